// What the palette offers as one line and is made of several commands.
#pragma once

#include <string_view>
#include <vector>

#include "raft/sim/intervention.h"
#include "raft/sim/world.h"

namespace app {

/// `name`: align (two timers end at once), spread (the next ends now), everyone_back, restart_leader, request. Empty: it
/// would do nothing.
std::vector<raft::sim::Intervention> handful(std::string_view name, const raft::sim::World& world);

}  // namespace app
