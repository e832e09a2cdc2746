// When a cluster has come to rest: what `settle` waits for.
#include "raft/walkthrough/settle.h"

#include <algorithm>

namespace raft::walkthrough {

namespace {

/// A message that dies on its way, or that nobody will be there for, changes nothing any more.
bool will_be_heard(const sim::World& world, const sim::Flight& flight) {
  if (flight.fate != sim::Fate::Arrives) return false;
  return !flight.message.to.is_node() || world.machine(flight.message.to.node()).up;
}

bool is_quiet(const sim::World& world) {
  for (const sim::Flight& flight : world.network.flights()) {
    if (is_heartbeat(flight.message) || is_heartbeat_reply(flight.message)) continue;
    if (will_be_heard(world, flight)) return false;
  }
  return std::none_of(world.clients.begin(), world.clients.end(),
                      [](const sim::Client& client) { return client.status == sim::ClientStatus::Waiting; });
}

NodeSet reachable_from(const sim::World& world, NodeId leader) {
  NodeSet reachable;
  const auto passes = [&world](NodeId from, NodeId to) {
    return world.network.is_open(from, to) && !world.network.is_held(from, to);
  };
  for (const NodeId node : world.node(leader).peers()) {
    const bool hears = world.machine(node).up && !world.machine(node).paused;
    if (hears && passes(leader, node) && passes(node, leader)) reachable.add(node);
  }
  return reachable;
}

bool contains(const std::vector<sim::MessageId>& ids, sim::MessageId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

void Settling::observe(const sim::World& after, const sim::Event& event) {
  const NodeId leader = sim::current_leader(after);
  const Term term = leader != no_node ? after.node(leader).durable.current_term : 0;
  if (leader != leader_ || term != term_) {
    leader_ = leader;
    term_ = term;
    rounds_.clear();
  }
  if (leader == no_node) return;
  if (event.kind == sim::EventKind::Heartbeat && event.node == leader) {
    // Rounds with a lost message never come back; there is no need to remember many of them.
    if (rounds_.size() >= 64) rounds_.erase(rounds_.begin() + 2);
    rounds_.push_back({event.sent, {}, {}});
    return;
  }
  if (event.kind != sim::EventKind::Receive || !event.flight) return;
  for (Round& round : rounds_) {
    if (contains(round.heartbeats, event.flight->id)) {
      round.replies.insert(round.replies.end(), event.sent.begin(), event.sent.end());
    } else if (event.node == leader && contains(round.replies, event.flight->id)) {
      round.back.add(event.flight->message.from.node());
    }
  }
}

bool Settling::has_come_back(const Round& round, NodeSet reachable) const { return (reachable - round.back).empty(); }

bool Settling::settled(const sim::World& world) const {
  if (!is_quiet(world)) return false;
  const NodeId leader = sim::current_leader(world);
  if (leader == no_node) return true;
  if (leader != leader_) return false;
  const NodeSet reachable = reachable_from(world, leader);
  return std::count_if(rounds_.begin(), rounds_.end(), [&](const Round& round) {
           return has_come_back(round, reachable);
         }) >= 2;
}

}  // namespace raft::walkthrough
