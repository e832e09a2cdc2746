// The state of a cluster as a few lines of text, one node a line.
#pragma once

#include <string>

#include "raft/sim/world.h"

namespace app {

std::string state_text(const raft::sim::World& world);

}  // namespace app
