// One JSON object a line for every event, for `--trace` and for tests.
#pragma once

#include <span>
#include <string>

#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::sim {

/// The event as one line of JSON, without the newline. `after` is the world right after it; `command` is the
/// text of the intervention, "" if there was none; `broken` the names of the properties that the event broke.
std::string trace_line(const World& after, const Event& event, const std::string& command, std::span<const std::string> broken = {});

}  // namespace raft::sim
