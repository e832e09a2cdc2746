// The conditions of §5.6, what bound follows from the settings, and who waits for what.
#include "raft/check/liveness.h"

#include <algorithm>

namespace raft::check {

namespace {

using sim::Time;

bool talk(const sim::World& world, NodeId from, NodeId to) {
  return world.network.is_open(from, to) && !world.network.is_held(from, to);
}

/// Whoever `node` can hear or be heard by; empty if these are not all able to talk to each other.
NodeSet clique_of(const sim::World& world, NodeSet live, NodeId node) {
  NodeSet clique;
  for (const NodeId other : live) {
    if (other == node || talk(world, node, other) || talk(world, other, node)) clique.add(other);
  }
  for (const NodeId a : clique) {
    for (const NodeId b : live) {
      const bool inside = clique.contains(b);
      if (a != b && (talk(world, a, b) != inside || talk(world, b, a) != inside)) return {};
    }
  }
  return clique;
}

bool has_majority(NodeSet voters, NodeSet group) {
  return (voters & group).count() >= majority_of(voters.count());
}

/// The configuration of the group's member whose log holds the latest.
const Configuration& newest_configuration(const sim::World& world, NodeSet group) {
  const NodeState* newest = &world.node(*group.begin());
  const auto stored_at = [](const NodeState& node) {
    return node.configured_at.empty() ? node.durable.log.base().index : node.configured_at.back();
  };
  for (const NodeId node : group) {
    const NodeState& state = world.node(node);
    const bool knows_more = newest->configuration.members().empty() || stored_at(state) > stored_at(*newest);
    if (!state.configuration.members().empty() && knows_more) newest = &state;
  }
  return newest->configuration;
}

bool can_decide(const sim::World& world, NodeSet group) {
  if (group.empty()) return false;
  const Configuration& newest = newest_configuration(world, group);
  if (newest.members().empty()) return false;
  for (const NodeId node : group) {
    const Configuration& used = world.node(node).configuration;
    if (used.members().empty()) continue;  // it has just joined, and stays still
    if (!has_majority(used.voters, group)) return false;
    if (used.joint() && !has_majority(used.next, group)) return false;
    // Dissertation 4.2.3: a node that has been removed and does not know it disturbs the others.
    if (!newest.members().contains(node)) return false;
  }
  return true;
}

/// Client commands are what the cluster is there for; everything else may set it back.
bool disturbs(const sim::Event& event) {
  if (!event.intervention) return false;
  const sim::Intervention& what = *event.intervention;
  return !std::holds_alternative<sim::ClientAsk>(what) && !std::holds_alternative<sim::RetryClient>(what) &&
         !std::holds_alternative<sim::OpenSession>(what) && !std::holds_alternative<sim::ExpireSession>(what) &&
         !std::holds_alternative<sim::CompactLog>(what);
}

}  // namespace

NodeSet live_majority(const sim::World& world) {
  const auto& links = world.settings.links;
  const bool lossy = world.settings.loss.numerator > 0 ||
                     std::any_of(links.begin(), links.end(),
                                 [](const sim::LinkSettings& link) { return link.loss && link.loss->numerator > 0; });
  const bool fault = lossy || world.settings.manual_timers || !world.network.next_rules.empty() ||
                     !world.network.dropped.empty();
  if (fault) return {};
  NodeSet live;
  for (const NodeId node : world.all_nodes()) {
    if (world.machine(node).up && !world.machine(node).paused) live.add(node);
  }
  for (const NodeId node : live) {
    const NodeSet group = clique_of(world, live, node);
    if (can_decide(world, group)) return group;
  }
  return {};
}

// §5.6: broadcastTime << electionTimeout << MTBF. With the settings' names, and times as the world's clock shows them
// (a fast clock shortens a node's timeouts, a slow one stretches them):
//
//   way      = latency.max of the slowest link + disk_delay: a message leaves once what it says is on disk (Figure 2),
//              and flies
//   shortest = election_timeout.min of the fastest clock; longest = election_timeout.max of the slowest
//   spread   = what is left of the timeouts' range on the fastest clock (§5.2: chosen randomly from it)
//
// A leader stays one if the next heartbeat is there before the shortest timeout: heartbeat + way < shortest.
// An election that nobody disturbs ends well if requests, votes and the first heartbeat, and the round before them
// with pre_vote [9.6], take less than the shortest timeout.
//
// Who is sure to be electable is the live node with the most up-to-date log (§5.4.1). It wins if nobody else times out
// within one election before or after it. Each of the n - 1 others does so with a chance of at most 2 * election /
// spread, so a round of timeouts brings a leader with a chance of at least p = (1 - 2 * election / spread)^(n-1). After
// k rounds there is none with a chance of (1 - p)^k; we wait until this is below 2^-30. One round more for a leader that
// is still believed to be alive [4.2.3, 9.6], and one for candidates that are behind in their term.
Patience patience_of(const sim::World& world, NodeSet group) {
  const sim::Settings& settings = world.settings;
  Time shortest = sim::never;
  Time longest = 0;
  Time spread = sim::never;
  Time heartbeat = 0;
  for (const NodeId node : group) {
    const sim::Machine& machine = world.machine(node);
    const Time min = sim::on_world_clock(machine, settings.election_timeout.min);
    const Time max = sim::on_world_clock(machine, settings.election_timeout.max);
    shortest = std::min(shortest, min);
    longest = std::max(longest, max);
    spread = std::min(spread, max - min);
    heartbeat = std::max(heartbeat, sim::on_world_clock(machine, settings.heartbeat));
  }
  // Beyond a thousand hours there is no bound worth its name; below, nothing runs over.
  constexpr Time most = sim::max_duration;
  if (longest > most || heartbeat > most) return {};
  Time flight = settings.latency.max;
  for (const sim::LinkSettings& link : settings.links) {
    if (group.contains(link.from) && group.contains(link.to) && link.latency) flight = std::max(flight, link.latency->max);
  }
  const Time way = flight + settings.disk_delay;
  const Time election = settings.core.features.pre_vote ? 3 * way : way;
  const bool met = heartbeat + way < shortest && 3 * way + election < shortest && 2 * election < spread;
  if (!met) return {};

  constexpr std::int64_t one = 1 << 20;
  std::int64_t wins = one;
  for (int i = 1; i < group.count(); ++i) wins = wins * (spread - 2 * election) / spread;
  if (wins < one / 1000) return {};  // so many nodes in so short a range: no bound worth its name
  std::int64_t rounds = 2;
  for (std::int64_t fails = std::int64_t{1} << 30; fails > 0; ++rounds) fails = fails * (one - wins) / one;
  return {rounds * (longest + election + way), heartbeat + 2 * way};
}

void Liveness::begin(const sim::World& world) {
  calm_since_ = sim::never;
  due_at_ = sim::never;
  leader_ = no_node;
  next_rules_ = !world.network.next_rules.empty();
  group_ = live_majority(world);
  if (group_.empty()) return;
  patience_ = patience_of(world, group_);
  if (patience_.leader == sim::never) return;
  // What was sent or delayed before must have arrived.
  calm_since_ = world.now;
  for (const sim::Flight& flight : world.network.flights()) {
    if (flight.ends_at != sim::never) calm_since_ = std::max(calm_since_, flight.ends_at);
  }
  wait_for_leader(world);
}

void Liveness::wait_for_leader(const sim::World& world) {
  leader_ = no_node;
  for (const NodeId node : group_) {
    const bool better = leader_ == no_node || world.node(node).durable.current_term > world.node(leader_).durable.current_term;
    if (leads(world, node) && better) leader_ = node;
  }
  due_at_ = std::max(world.now, calm_since_) + patience_.leader;
  if (leader_ != no_node) wait_for_commit(world);
}

/// A new leader commits nothing before it has an entry of its own term (§5.4.2). Then every exchange with a follower
/// brings it one entry closer at least: back to where the logs agree, and forward again (§5.3), or one chunk of a
/// snapshot (§7) further.
void Liveness::wait_for_commit(const sim::World& world) {
  const NodeState& leader = world.node(leader_);
  const Log& log = leader.durable.log;
  committed_ = leader.memory.commit_index;
  due_at_ = sim::never;
  if (log.last_index() == committed_ || log.last_term() != leader.durable.current_term) return;
  Index behind = 0;
  for (const NodeId node : group_) behind = std::max(behind, log.last_index() - world.node(node).memory.commit_index);
  const Snapshot& snapshot = leader.durable.snapshot;
  const std::int64_t exchanges = 4 + 2 * behind + (snapshot == nullptr ? 0 : chunk_count(*snapshot));
  due_at_ = std::max(world.now, calm_since_) + exchanges * patience_.exchange;
}

void Liveness::observe(const sim::World& after, const sim::Event& event) {
  violations_.observe(after.settings.core.rules);
  if (disturbs(event) || (next_rules_ && after.network.next_rules.empty())) {
    begin(after);
    return;
  }
  if (calm_since_ == sim::never) return;
  if (after.now > due_at_) judge(after, event);
  if (event.node == no_node || calm_since_ == sim::never) return;
  if (event.node != leader_) {
    if (event.before.role != Role::Leader && group_.contains(event.node) && leads(after, event.node)) wait_for_leader(after);
    return;
  }
  if (!leads(after, leader_)) {
    wait_for_leader(after);
    return;
  }
  const NodeState& leader = after.node(leader_);
  const Index commit = leader.memory.commit_index;
  const bool as_before = due_at_ == sim::never ? leader.durable.log.last_index() == commit : commit <= committed_;
  if (!as_before) wait_for_commit(after);
}

/// The bound has passed. Meanwhile the configuration may have become another one: then the wait begins anew.
void Liveness::judge(const sim::World& world, const sim::Event& event) {
  if (live_majority(world) != group_) {
    begin(world);
    return;
  }
  violations_.add({.property = Property::Liveness, .event = event.number, .node = leader_,
                   .detail = leader_ == no_node ? "the bound has passed without a leader"
                                                : "the bound has passed and the leader's entry is not committed"});
  due_at_ = sim::never;
}

}  // namespace raft::check
