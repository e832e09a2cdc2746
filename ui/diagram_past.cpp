// A part of the run, played again and taken down.
#include "ui/diagram_past.h"

#include <algorithm>

namespace ui {

namespace {

using raft::sim::Act;
using raft::sim::Event;
using raft::sim::EventKind;
using raft::sim::Flight;
using raft::sim::Time;
using raft::sim::Timeline;
using raft::sim::World;

/// What is kept may be so many times what is looked at.
constexpr std::int64_t slack = 3;
constexpr std::size_t spans_max = 32;
constexpr int acts_looked_at = 4096;  // in one frame

LaneState state_of(const World& world, raft::NodeId id) {
  const raft::sim::Machine& machine = world.machine(id);
  return {.at = world.now,
          .term = machine.node.durable.current_term,
          .role = machine.node.memory.role,
          .up = machine.up,
          .paused = machine.paused,
          .learner = raft::sim::is_learner(machine.node)};
}

LaneState state_of(const World& world, const raft::sim::Client& client) {
  return {.at = world.now, .waiting = client.status == raft::sim::ClientStatus::Waiting};
}

void note(std::vector<LaneState>& lane, const LaneState& state) {
  if (lane.empty() || !lane.back().same_as(state)) lane.push_back(state);
}

void note_lanes(DiagramPast& past, const World& world, const Event& event, bool all) {
  past.nodes.resize(std::max(past.nodes.size(), world.node_count()));
  past.clients.resize(std::max(past.clients.size(), world.clients.size()));
  for (std::size_t i = 0; i < world.node_count(); ++i) {
    const raft::NodeId id = raft::node_at(i);
    if (all || id == event.node || event.intervention || past.nodes[i].empty()) note(past.nodes[i], state_of(world, id));
  }
  for (std::size_t i = 0; i < world.clients.size(); ++i) note(past.clients[i], state_of(world, world.clients[i]));
}

void begin_flight(DiagramPast& past, const Flight& flight, std::int64_t sent_event) {
  if (!past.by_id.emplace(flight.id, past.flights.size()).second) return;
  past.flights.push_back({.flight = flight, .sent_event = sent_event});
}

void end_flight(DiagramPast& past, const Event& event, raft::sim::MessageId id, bool lost) {
  const auto found = past.by_id.find(id);
  if (found == past.by_id.end()) return;
  PastFlight& flight = past.flights[found->second];
  flight.end_event = event.number;
  flight.ended_at = event.at;
  flight.lost = lost;
}

/// What was done by hand may have changed the way of any message.
void look_again(DiagramPast& past, const World& world) {
  for (PastFlight& flight : past.flights) {
    if (flight.end_event >= 0) continue;
    if (const Flight* now = world.network.find(flight.flight.id)) flight.flight = *now;
  }
}

raft::Endpoint lane_of(const Event& event) {
  if (event.node != raft::no_node) return event.node;
  if (event.client != raft::no_client) return event.client;
  // A message that dies belongs to nobody: its own line ends in a cross.
  return {};
}

PastEvent taken_down(const World& world, const Event& event) {
  PastEvent down{.number = event.number, .at = event.at, .kind = event.kind, .lane = lane_of(event)};
  down.by_hand = event.intervention.has_value();
  if (event.flight) down.message = event.flight->id;
  if (event.kind == EventKind::Lose || event.node == raft::no_node) return down;
  const raft::NodeState& node = world.node(event.node);
  down.role = node.memory.role;
  down.term = node.durable.current_term;
  down.commit = node.memory.commit_index;
  if (event.kind == EventKind::Crash || event.kind == EventKind::Wipe) return down;
  down.role_changed = down.role != event.before.role;
  down.committed = down.commit > event.before.commit;
  down.deleted_from = event.effects.deleted_from;
  down.snapshot = event.effects.snapshot_taken.index != 0 || event.effects.snapshot_installed.index != 0;
  const bool voted = node.durable.voted_for != event.before.vote || down.term != event.before.term;
  if (voted && node.durable.voted_for != event.node) down.vote = node.durable.voted_for;
  return down;
}

void take_in(DiagramPast& past, const World& world, const Event& event, bool is_first) {
  if (event.flight && is_first) begin_flight(past, *event.flight, -1);
  const bool ended = event.kind == EventKind::Receive || event.kind == EventKind::Lose;
  if (event.flight && ended) end_flight(past, event, event.flight->id, event.kind == EventKind::Lose);
  for (const raft::sim::MessageId id : event.lost) end_flight(past, event, id, true);
  if (is_first) {
    for (const Flight& flight : world.network.flights()) begin_flight(past, flight, -1);
  }
  if (event.intervention || event.kind == EventKind::Wait) look_again(past, world);
  for (const raft::sim::MessageId id : event.sent) {
    const Flight* flight = world.network.find(id);
    if (flight != nullptr) begin_flight(past, *flight, event.number);
  }
  note_lanes(past, world, event, is_first);
  past.events.push_back(taken_down(world, event));
}

bool is_about_links(const Act& act) {
  using namespace raft::sim;
  return std::holds_alternative<Partition>(act.what) || std::holds_alternative<Isolate>(act.what) ||
         std::holds_alternative<Cut>(act.what) || std::holds_alternative<Mend>(act.what) ||
         std::holds_alternative<Heal>(act.what);
}

const DiagramLinks& links_after(DiagramCuts& cuts, const Timeline& run, std::int64_t number) {
  const auto [found, is_new] = cuts.after.try_emplace(number);
  if (is_new) {
    ++cuts.replays;
    run.replay(number, number, [links = &found->second](const World& world, const Event&) {
      links->islands = raft::sim::islands(world);
      links->all_open = world.network.all_open();
    });
  }
  return found->second;
}

}  // namespace

bool LaneState::same_as(const LaneState& other) const {
  return term == other.term && role == other.role && up == other.up && paused == other.paused &&
         learner == other.learner && waiting == other.waiting;
}

const PastFlight* DiagramPast::find(raft::sim::MessageId id) const {
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : &flights[found->second];
}

void refresh(DiagramPast& past, const Timeline& run, std::int64_t rewrites, Time from, Time to) {
  const std::int64_t first = run.last_event_until(from - 1);
  const std::int64_t last = run.last_event_until(to);
  past.replayed = 0;
  const bool same_run = past.rewrites == rewrites && past.last <= run.end();
  const bool reaches = past.first <= first && first <= past.last + 1;
  const bool bounded = std::max(last, past.last) - past.first <= slack * (last - first) + 256;
  if (!same_run || !reaches || !bounded) {
    past = {.first = first, .last = first - 1, .rewrites = rewrites};
  }
  if (last <= past.last) return;
  run.replay(past.last + 1, last, [&past](const World& world, const Event& event) {
    take_in(past, world, event, past.events.empty());
    ++past.replayed;
  });
  past.last = last;
}

std::vector<CutSpan> cuts_between(DiagramCuts& cuts, const Timeline& run, std::int64_t rewrites, Time from, Time to) {
  cuts.replays = 0;
  if (cuts.rewrites != rewrites || cuts.after.size() > 4 * spans_max) cuts = {.rewrites = rewrites};
  const auto& acts = run.acts();
  std::vector<CutSpan> spans;
  Time until = to;
  const auto behind = std::upper_bound(acts.begin(), acts.end(), to,
                                       [](Time wanted, const Act& act) { return wanted < act.at; });
  int looked_at = 0;
  for (auto act = behind; act != acts.begin() && spans.size() < spans_max && looked_at < acts_looked_at; ++looked_at) {
    --act;
    if (!is_about_links(*act) || act->number > run.end()) continue;
    const DiagramLinks& links = links_after(cuts, run, act->number);
    if (!links.all_open && act->at < until) spans.push_back({std::max(act->at, from), until, &links});
    until = act->at;
    if (act->at <= from) break;
  }
  std::reverse(spans.begin(), spans.end());
  return spans;
}

}  // namespace ui
