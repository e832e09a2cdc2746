// One JSON object a line for every event, for `--trace` and for tests.
#pragma once

#include <string>

#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::sim {

/// The event as one line of JSON, without the newline. `after` is the world right after it; `command` is the
/// text of the intervention, "" if there was none.
std::string trace_line(const World& after, const Event& event, const std::string& command);

}  // namespace raft::sim
