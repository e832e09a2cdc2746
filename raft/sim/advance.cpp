// What is due, and handling the first of it. What people do to the world is in intervene.cpp.
#include "raft/sim/advance.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/act.h"

namespace raft::sim {

namespace {

bool sooner(const Upcoming& a, const Upcoming& b) { return a.at != b.at ? a.at < b.at : a.sequence < b.sequence; }

/// Calls `visit` with everything that is due, in no particular order; of the flights only the first `flights`.
template <typename Visit>
void visit_due(const World& world, std::size_t flights, Visit visit) {
  for (std::size_t i = 0; i < flights; ++i) {
    const Flight& flight = world.network.flight(i);
    if (flight.ends_at == never) break;  // held, or waiting at a paused node
    visit(Upcoming{Upcoming::What::MessageEnds, flight.ends_at, flight.sequence, no_node, no_client, flight.id});
  }
  for (std::size_t i = 0; i < world.machines.size(); ++i) {
    const Machine& machine = world.machines[i];
    if (machine.paused) continue;
    if (machine.election.running() && !world.settings.manual_timers) {
      visit(Upcoming{Upcoming::What::ElectionTimer, machine.election.fires_at, machine.election.sequence, node_at(i)});
    }
    if (machine.heartbeat.running()) {
      visit(Upcoming{Upcoming::What::HeartbeatTimer, machine.heartbeat.fires_at, machine.heartbeat.sequence,
                     node_at(i)});
    }
    if (!machine.writes.empty()) {
      const DiskWrite& write = machine.writes.front();
      visit(Upcoming{Upcoming::What::DiskWrite, write.done_at, write.sequence, node_at(i)});
    }
  }
  for (std::size_t i = 0; i < world.clients.size(); ++i) {
    const Client& client = world.clients[i];
    if (client.gives_up_at == never) continue;
    visit(Upcoming{Upcoming::What::ClientTimeout, client.gives_up_at, client.sequence, no_node,
                   static_cast<ClientId>(i + 1)});
  }
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
  Upcoming next;
  visit_due(world, std::min<std::size_t>(world.network.in_flight(), 1), [&next](const Upcoming& due) {
    if (next.what == Upcoming::What::Nothing || sooner(due, next)) next = due;
  });
  return next;
}

std::vector<Upcoming> queue(const World& world) {
  std::vector<Upcoming> all;
  visit_due(world, world.network.in_flight(), [&all](const Upcoming& due) { all.push_back(due); });
  std::sort(all.begin(), all.end(), sooner);
  return all;
}

bool advance(World& world, Event& event) {
  const Upcoming next = upcoming(world);
  if (next.what == Upcoming::What::Nothing) return false;
  world.now = std::max(world.now, next.at);
  switch (next.what) {
    case Upcoming::What::Nothing: return false;
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
  assert(time >= world.now);
  world.now = time;
}

}  // namespace raft::sim
