// Two runs of one cluster are the same as long as the same is done in them at the same places.
#include "app/kept_branches.h"

#include <algorithm>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/recorder.h"

namespace app {

using raft::sim::Act;
using raft::sim::Timeline;
using raft::walkthrough::Names;

bool same_cluster(const raft::sim::ClusterConfig& a, const raft::sim::ClusterConfig& b) {
  const auto start = [](const raft::sim::ClusterConfig& config) { return write(raft::walkthrough::record({config, {}, 0, 0})); };
  return start(a) == start(b);
}

std::optional<std::int64_t> leaves_after(const Timeline& trunk, const Timeline& run) {
  const Names trunk_names = raft::walkthrough::names_at_end(trunk);
  const Names run_names = raft::walkthrough::names_at_end(run);
  const auto same = [&](const Act& a, const Act& b) {
    return a.number == b.number && a.at == b.at && command_text(a.what, trunk_names) == command_text(b.what, run_names);
  };
  const auto [a, b] = std::mismatch(trunk.acts().begin(), trunk.acts().end(), run.acts().begin(), run.acts().end(), same);
  const bool trunk_acts = a != trunk.acts().end() && a->number <= run.end();
  const bool run_acts = b != run.acts().end();
  if (!trunk_acts && !run_acts) return std::nullopt;
  std::int64_t last = trunk.end();
  if (trunk_acts) last = std::min(last, a->number - 1);
  if (run_acts) last = std::min(last, b->number - 1);
  return last;
}

}  // namespace app
