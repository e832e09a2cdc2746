// Links: cut, mended, held; what a change of links does to messages in flight.
#include <algorithm>

#include "raft/sim/intervene.h"

namespace raft::sim {

Links links_now(const World& world) {
  Links links{};
  for (const NodeId node : world.all_nodes()) links[index_of(node)] = world.network.blocked_from(node);
  return links;
}

Links links_for(const World& world, const Partition& partition) {
  Links links{};
  for (const NodeId node : world.all_nodes()) {
    NodeSet reached;
    reached.add(node);
    for (const NodeSet island : partition.islands) {
      if (island.contains(node)) reached = reached | island;
    }
    links[index_of(node)] = world.all_nodes() - reached;
  }
  return links;
}

Links links_for(const World& world, const Isolate& isolate) {
  Links links = links_now(world);
  for (const NodeId node : world.all_nodes()) {
    NodeSet self;
    self.add(node);
    links[index_of(node)] = isolate.nodes.contains(node) ? world.all_nodes() - self
                                                         : links[index_of(node)] | (isolate.nodes - self);
  }
  return links;
}

void set_links(World& world, const Links& links, Event& event) {
  event.kind = EventKind::Network;
  for (const NodeId from : world.all_nodes()) {
    for (const NodeId to : world.all_nodes()) {
      world.network.set_open(from, to, !links[index_of(from)].contains(to), world.now);
    }
  }
  // A cut stops messages already in flight across it.
  for (const Flight& flight : world.network.flights()) {
    const Message& message = flight.message;
    const bool between_nodes = message.from.is_node() && message.to.is_node();
    if (!between_nodes || world.network.is_open(message.from.node(), message.to.node())) continue;
    count_lost(world, message);
    event.lost.push_back(flight.id);
  }
  for (const MessageId id : event.lost) world.network.take(id);
}

void set_link(World& world, NodeId from, NodeId to, Direction direction, bool open, Event& event) {
  Links links = links_now(world);
  const auto set = [&links, open](NodeId a, NodeId b) {
    if (open) {
      links[index_of(a)].remove(b);
    } else {
      links[index_of(a)].add(b);
    }
  };
  set(from, to);
  if (direction == Direction::BothWays) set(to, from);
  set_links(world, links, event);
}

namespace {

/// Messages that wait go on, in the order in which they were sent.
template <typename Choose>
void let_go(World& world, Choose chosen) {
  std::vector<MessageId> ids;
  for (const Flight& flight : world.network.flights()) {
    if (chosen(flight)) ids.push_back(flight.id);
  }
  std::sort(ids.begin(), ids.end());
  for (const MessageId id : ids) {
    const Time arrives_at = std::max(world.now, world.network.find(id)->arrives_at);
    world.network.reschedule(id, arrives_at, world.next_sequence++, Fate::Arrives);
  }
}

}  // namespace

void hold(World& world, const Hold& link, Event& event) {
  event.kind = EventKind::Network;
  world.network.set_held(link.from, link.to, true);
  std::vector<MessageId> ids;
  for (const Flight& flight : world.network.flights()) {
    const bool on_link = flight.message.from == Endpoint(link.from) && flight.message.to == Endpoint(link.to);
    if (on_link && flight.fate == Fate::Arrives) ids.push_back(flight.id);
  }
  for (const MessageId id : ids) world.network.reschedule(id, never, world.next_sequence++, Fate::Held);
}

void release(World& world, const Release& link, Event& event) {
  event.kind = EventKind::Network;
  world.network.set_held(link.from, link.to, false);
  let_go(world, [&link](const Flight& flight) {
    return flight.fate == Fate::Held && flight.message.from == Endpoint(link.from) &&
           flight.message.to == Endpoint(link.to);
  });
}

void let_waiting_go(World& world, NodeId node) {
  let_go(world, [node](const Flight& flight) {
    return flight.fate == Fate::Waiting && flight.message.to == Endpoint(node);
  });
}

}  // namespace raft::sim
