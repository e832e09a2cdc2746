// What is due, and handling the first of it. What people do to the world is in intervene.cpp.
#include "raft/sim/advance.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/act.h"

namespace raft::sim {

namespace {

/// Calls `visit` with the parts of an Upcoming for every timer, write and timeout that may be due, in no particular
/// order. What does not run is visited with the time `never`: upcoming() asks after every
/// event, and it is cheaper to let that comparison sort it out.
template <typename Visit>
void visit_due(const World& world, Visit visit) {
  for (std::size_t i = 0; i < world.machines.size(); ++i) {
    const Machine& machine = world.machines[i];
    if (machine.paused) continue;
    const NodeId node = node_at(i);
    const Timer& election = machine.election;
    const Timer& heartbeat = machine.heartbeat;
    if (!world.settings.manual_timers) {
      visit(Upcoming::What::ElectionTimer, election.fires_at, election.sequence, node, no_client);
    }
    visit(Upcoming::What::HeartbeatTimer, heartbeat.fires_at, heartbeat.sequence, node, no_client);
    if (!machine.writes.empty()) {
      const DiskWrite& write = machine.writes.front();
      visit(Upcoming::What::DiskWrite, write.done_at, write.sequence, node, no_client);
    }
  }
  for (std::size_t i = 0; i < world.clients.size(); ++i) {
    const Client& client = world.clients[i];
    visit(Upcoming::What::ClientTimeout, client.gives_up_at, client.sequence, no_node, static_cast<ClientId>(i + 1));
  }
}

Upcoming end_of(const Flight& flight) {
  return {Upcoming::What::MessageEnds, flight.ends_at, flight.sequence, no_node, no_client, flight.id};
}

ReasonCode why_lost(Fate fate) {
  switch (fate) {
    case Fate::LinkIsCut: return ReasonCode::LinkIsCut;
    case Fate::LostByChance: return ReasonCode::LostByChance;
    case Fate::DroppedByHand:
    case Fate::Held:
    case Fate::Waiting:
    case Fate::Arrives: return ReasonCode::DroppedByHand;
  }
  return ReasonCode::DroppedByHand;
}

void end_flight(World& world, Event& event) {
  begin_event(world, EventKind::Receive, event);
  Flight flight = world.network.take_first();
  if (flight.fate == Fate::Arrives) {
    deliver(world, std::move(flight), event);
  } else {
    const ReasonCode why = why_lost(flight.fate);
    lose(world, std::move(flight), why, event);
  }
}

void fire_heartbeat_timer(World& world, NodeId node, Event& event) {
  const bool leads = world.node(node).memory.role == Role::Leader;
  begin_event(world, leads ? EventKind::Heartbeat : EventKind::AskAgain, event);
  world.machine(node).heartbeat.fires_at = never;
  step_node(world, node, {.kind = InputKind::HeartbeatTimeout}, event);
}

}  // namespace

Upcoming upcoming(const World& world) {
  Upcoming next;  // at `never`: nothing that does not run is sooner
  if (is_full(world)) {
    next.what = Upcoming::What::Full;
    return next;
  }
  if (world.events >= most_events) return next;
  if (world.network.in_flight() > 0 && world.network.first().ends_at != never) next = end_of(world.network.first());
  visit_due(world, [&next](Upcoming::What what, Time at, std::int64_t sequence, NodeId node, ClientId client) {
    if (at > next.at || (at == next.at && sequence >= next.sequence)) return;
    next = {what, at, sequence, node, client, no_message};
  });
  return next;
}

std::vector<Upcoming> queue(const World& world) {
  std::vector<Upcoming> all;
  for (const Flight& flight : world.network.flights()) {
    if (flight.ends_at != never) all.push_back(end_of(flight));
  }
  visit_due(world, [&all](Upcoming::What what, Time at, std::int64_t sequence, NodeId node, ClientId client) {
    if (at != never) all.push_back({what, at, sequence, node, client, no_message});
  });
  std::sort(all.begin(), all.end(), [](const Upcoming& a, const Upcoming& b) {
    return a.at != b.at ? a.at < b.at : a.sequence < b.sequence;
  });
  return all;
}

bool advance(World& world, Event& event) {
  const Upcoming next = upcoming(world);
  if (next.at == never) return false;
  world.now = std::max(world.now, next.at);
  switch (next.what) {
    case Upcoming::What::Nothing:
    case Upcoming::What::Full: return false;
    case Upcoming::What::MessageEnds: end_flight(world, event); return true;
    case Upcoming::What::ElectionTimer:
      begin_event(world, EventKind::ElectionTimeout, event);
      world.machine(next.node).election.fires_at = never;
      step_node(world, next.node, {.kind = InputKind::ElectionTimeout}, event);
      return true;
    case Upcoming::What::DiskWrite:
      begin_event(world, EventKind::Written, event);
      finish_write(world, next.node, event);
      return true;
    case Upcoming::What::HeartbeatTimer: fire_heartbeat_timer(world, next.node, event); return true;
    case Upcoming::What::ClientTimeout:
      begin_event(world, EventKind::ClientTimeout, event);
      client_times_out(world, next.client, event);
      return true;
  }
  return false;
}

void wait_until(World& world, Time time) {
  assert(time >= world.now && time <= end_of_time);
  const bool nothing_is_due_before = time == world.now || time <= upcoming(world).at;
  assert(nothing_is_due_before);
  world.now = time;
}

}  // namespace raft::sim
