// Commands that belong together, as the world stands.
#include "app/handfuls.h"

#include <string>
#include <utility>

#include "raft/sim/advance.h"

namespace app {

using raft::NodeId;
using raft::NodeSet;
using raft::sim::Intervention;

namespace {

/// The nodes whose election timers end next, soonest first, that would really stand for election.
std::vector<NodeId> next_candidates(const raft::sim::World& world) {
  std::vector<std::pair<raft::sim::Time, NodeId>> due;
  for (const raft::sim::Upcoming& next : raft::sim::queue(world)) {
    if (next.what == raft::sim::Upcoming::What::ElectionTimer) due.emplace_back(next.at, next.node);
  }
  std::vector<NodeId> nodes;
  for (const auto& [at, node] : due) {
    const bool stands = raft::may_start_election(world.node(node));
    if (stands && !raft::sim::refusal(world, raft::sim::FireElectionTimer{node})) nodes.push_back(node);
  }
  return nodes;
}

std::vector<Intervention> bring_back(const raft::sim::World& world) {
  std::vector<Intervention> all;
  NodeSet down;
  for (const NodeId node : world.all_nodes()) {
    if (!world.machine(node).up) down.add(node);
    if (world.machine(node).paused) all.emplace_back(raft::sim::Resume{node});
  }
  if (!down.empty()) all.emplace_back(raft::sim::Restart{down});
  if (!world.network.all_open()) all.emplace_back(raft::sim::Heal{});
  return all;
}

/// Down and up at once: its disk stays, what was in its memory is gone.
std::vector<Intervention> restart_leader(const raft::sim::World& world) {
  const NodeId leader = raft::sim::current_leader(world);
  if (leader == raft::no_node) return {};
  return {raft::sim::Crash{NodeSet::only(leader)}, raft::sim::Restart{NodeSet::only(leader)}};
}

}  // namespace

std::vector<Intervention> handful(std::string_view name, const raft::sim::World& world) {
  if (name == "everyone_back") return bring_back(world);
  if (name == "restart_leader") return restart_leader(world);
  if (name == "request") {
    const raft::sim::CommandText command{.key = "x", .value = std::to_string(world.events), .expected = {}};
    return {raft::sim::ClientAsk{command, raft::no_node, raft::no_client}};
  }
  const std::vector<NodeId> next = next_candidates(world);
  const std::size_t count = name == "align" ? 2 : 1;
  std::vector<Intervention> all;
  if (next.size() < count) return all;
  for (std::size_t i = 0; i < count; ++i) all.emplace_back(raft::sim::FireElectionTimer{next[i]});
  return all;
}

}  // namespace app
