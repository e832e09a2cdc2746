// Who is asked to take part (§6, dissertation 4). The leader decides; what it would refuse is refused here, in time.
#include <algorithm>

#include "raft/core/step.h"
#include "raft/sim/intervene.h"

namespace raft::sim {

namespace {

/// What the leader has now, or why it cannot be asked.
WantedChange from_leader(const World& world) {
  WantedChange wanted;
  const NodeId leader = current_leader(world);
  if (leader == no_node) {
    wanted.refusal = Reason(ReasonCode::NoLeader);
  } else if (world.machine(leader).paused) {
    wanted.refusal = Reason(ReasonCode::NodeIsPaused, {leader});
  } else {
    wanted.refusal = change_refusal(world.node(leader), world.settings.core);
    wanted.configuration = world.node(leader).configuration;
  }
  return wanted;
}

/// The node of that name; one that does not exist yet gets the next number.
NodeId node_named(const World& world, const std::string& name, WantedChange& wanted) {
  const NodeId known = world.find_node(name);
  if (known != no_node) return known;
  const auto at = std::find(wanted.new_nodes.begin(), wanted.new_nodes.end(), name);
  const std::size_t id = world.node_count() + static_cast<std::size_t>(at - wanted.new_nodes.begin());
  if (at == wanted.new_nodes.end()) wanted.new_nodes.push_back(name);
  return node_at(id);
}

WantedChange refused(ReasonCode code, std::initializer_list<Operand> operands) {
  WantedChange wanted;
  wanted.refusal = Reason(code, operands);
  return wanted;
}

/// The last check: is there room for it, and is anybody left?
WantedChange within_limits(const World& world, WantedChange wanted) {
  const auto most = static_cast<std::int32_t>(max_voters);
  const bool too_many = world.node_count() + wanted.new_nodes.size() > max_nodes;
  if (too_many) return refused(ReasonCode::TooManyNodes, {static_cast<std::int32_t>(max_nodes)});
  if (std::max(wanted.configuration.voters.count(), wanted.configuration.next.count()) > most) {
    return refused(ReasonCode::TooManyNodes, {most});
  }
  return wanted;
}

}  // namespace

WantedChange wanted_change(const World& world, const AddNode& what) {
  WantedChange wanted = from_leader(world);
  if (wanted.refusal) return wanted;
  const NodeId node = node_named(world, what.name, wanted);
  if (index_of(node) >= max_nodes) return within_limits(world, wanted);  // too many, and refused for that
  if (wanted.configuration.voters.contains(node)) return refused(ReasonCode::AlreadyVoter, {node});
  wanted.configuration.voters.add(node);
  wanted.configuration.learners.remove(node);
  return within_limits(world, wanted);
}

WantedChange wanted_change(const World& world, const RemoveNode& what) {
  WantedChange wanted = from_leader(world);
  if (wanted.refusal) return wanted;
  if (!wanted.configuration.members().contains(what.node)) return refused(ReasonCode::NotAMember, {what.node});
  const bool votes = wanted.configuration.voters.contains(what.node);
  if (votes && wanted.configuration.voters.count() == 1) return refused(ReasonCode::LastVoter, {what.node});
  wanted.configuration.voters.remove(what.node);
  wanted.configuration.learners.remove(what.node);
  return wanted;
}

WantedChange wanted_change(const World& world, const AddLearner& what) {
  WantedChange wanted = from_leader(world);
  if (wanted.refusal) return wanted;
  const NodeId node = node_named(world, what.name, wanted);
  if (index_of(node) >= max_nodes) return within_limits(world, wanted);  // too many, and refused for that
  if (wanted.configuration.voters.contains(node)) return refused(ReasonCode::AlreadyVoter, {node});
  if (wanted.configuration.learners.contains(node)) return refused(ReasonCode::AlreadyLearner, {node});
  wanted.configuration.learners.add(node);
  return within_limits(world, wanted);
}

WantedChange wanted_change(const World& world, const PromoteLearner& what) {
  WantedChange wanted = from_leader(world);
  if (wanted.refusal) return wanted;
  if (!wanted.configuration.learners.contains(what.node)) return refused(ReasonCode::NotALearner, {what.node});
  // Dissertation 4.2.1: a learner becomes a voter once it has caught up, so that its vote does not delay commitment.
  const NodeState& leader = world.node(current_leader(world));
  const Index match = leader.leading.progress[index_of(what.node)].match_index;
  if (match < leader.memory.commit_index) {
    return refused(ReasonCode::LearnerIsBehind, {what.node, match, leader.memory.commit_index});
  }
  wanted.configuration.learners.remove(what.node);
  wanted.configuration.voters.add(what.node);
  return within_limits(world, wanted);
}

WantedChange wanted_change(const World& world, const Reconfigure& what) {
  WantedChange wanted = from_leader(world);
  if (wanted.refusal) return wanted;
  NodeSet next;
  for (const std::string& name : what.names) {
    if (index_of(node_named(world, name, wanted)) >= max_nodes) break;  // too many, and refused for that
    next.add(node_named(world, name, wanted));
  }
  if (next == wanted.configuration.voters || next.empty()) return refused(ReasonCode::SameConfiguration, {});
  wanted.configuration.next = next;
  wanted.configuration.learners = wanted.configuration.learners - next;
  return within_limits(world, wanted);
}

void change_members(World& world, const WantedChange& wanted, Event& event) {
  event.kind = EventKind::Configure;
  // §8, dissertation 4.1: without an entry of its own term committed, a leader must not begin a change.
  world.settings.core.features.noop = true;
  const NodeId leader = current_leader(world);
  for (const std::string& name : wanted.new_nodes) {
    const NodeId node = add_machine(world, name, Configuration{});
    step_node(world, node, {.kind = InputKind::Start}, event);
  }
  step_node(world, leader, {.kind = InputKind::Configure, .configuration = wanted.configuration}, event);
}

}  // namespace raft::sim
