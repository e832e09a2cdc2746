// What was tried before a walkthrough was written from it: which of these runs the walkthrough does not do itself, and
// whether they can be branches of it.
#pragma once

#include <cstdint>
#include <optional>

#include "raft/sim/timeline.h"

namespace app {

/// The same nodes, seed and settings at the start.
bool same_cluster(const raft::sim::ClusterConfig& a, const raft::sim::ClusterConfig& b);

/// The last event that `run` has in common with `trunk`, a run of the same cluster; nullopt if it does nothing that the
/// trunk does not do as well, or would if it were played on.
std::optional<std::int64_t> leaves_after(const raft::sim::Timeline& trunk, const raft::sim::Timeline& run);

}  // namespace app
