// Carrying out what a node asked for: timers are drawn, messages leave, arrive or die. What clients do is in
// client_play.cpp.
#include "raft/sim/act.h"

#include <algorithm>
#include <array>
#include <utility>

#include "raft/core/decisions.h"
#include "raft/core/step.h"
#include "raft/sim/advance.h"
#include "raft/sim/draw.h"

namespace raft::sim {

const char* event_kind_name(EventKind kind) {
  static constexpr auto names = std::to_array<const char*>({
#define RAFT_EVENT_NAME(enumerator, name) name,
      RAFT_EVENT_KINDS(RAFT_EVENT_NAME)
#undef RAFT_EVENT_NAME
  });
  return names[static_cast<std::size_t>(kind)];
}

void Event::clear() {
  number = 0;
  at = 0;
  kind = EventKind::Start;
  node = no_node;
  client = no_client;
  flight.reset();
  intervention.reset();
  origin = Origin::Script;
  before = {};
  effects.clear();
  reasons.clear();
  sent.clear();
  lost.clear();
}

NodeSet nodes_of(const Event& event) {
  NodeSet nodes;
  if (event.intervention) {
    if (const auto* crash = std::get_if<Crash>(&*event.intervention)) return crash->nodes;
    if (const auto* restart = std::get_if<Restart>(&*event.intervention)) return restart->nodes;
  }
  if (event.node != no_node) nodes.add(event.node);
  return nodes;
}

void begin_event(World& world, EventKind kind, Event& event) {
  event.clear();
  world.events += 1;
  event.number = world.events;
  event.at = world.now;
  event.kind = kind;
}

namespace {

/// Number of messages sent on this link at this very moment, before this one.
std::uint64_t count_sent_now(World& world, std::uint16_t link) {
  if (world.sent_now_at != world.now) {
    world.sent_now.clear();
    world.sent_now_at = world.now;
  }
  for (SentNow& sent : world.sent_now) {
    if (sent.link == link) return sent.count++;
  }
  world.sent_now.push_back({link, 1});
  return 0;
}

void add_flight(World& world, Flight&& flight, Event& event) {
  flight.id = ++world.last_message;
  flight.sequence = world.next_sequence++;
  event.sent.push_back(flight.id);
  world.network.add(std::move(flight));
}

void dies_half_way(Flight& flight, Fate fate) {
  flight.fate = fate;
  flight.ends_at = later(flight.sent_at, (flight.arrives_at - flight.sent_at) / 2);
}

/// `drop next …`: the first rule that fits is used up. True if the message is to be copied.
bool apply_next_rule(World& world, Flight& flight, Time& copy_after) {
  auto& rules = world.network.next_rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!matches(rules[i].pattern, flight.message)) continue;
    const NextRule rule = rules[i];
    rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(i));
    switch (rule.action) {
      case NextRule::Action::Drop: dies_half_way(flight, Fate::DroppedByHand); return false;
      case NextRule::Action::Deliver: flight.arrives_at = flight.ends_at = world.now; return false;
      case NextRule::Action::Delay:
        flight.arrives_at = later(flight.arrives_at, rule.time);
        flight.ends_at = flight.arrives_at;
        return false;
      case NextRule::Action::Duplicate: copy_after = rule.time; return true;
    }
  }
  return false;
}

bool is_dropped(const World& world, const Message& message) {
  const auto& dropped = world.network.dropped;
  return std::any_of(dropped.begin(), dropped.end(),
                     [&message](const DropEvery& rule) {
                       return matches(rule.pattern, message) && (!rule.when || holds(*rule.when, message));
                     });
}

/// How messages fly from this sender to this receiver: as on all links, but for what the link has of its own.
struct Flying {
  TimeRange latency;
  Ratio loss;
  Ratio duplicate;
};
Flying flying(const Settings& settings, const Message& message) {
  Flying all{settings.latency, settings.loss, settings.duplicate};
  if (settings.links.empty()) return all;
  const LinkSettings* own = find_link(settings, message.from.node(), message.to.node());
  if (own == nullptr) return all;
  return {own->latency.value_or(all.latency), own->loss.value_or(all.loss), own->duplicate.value_or(all.duplicate)};
}

Time election_timeout(const World& world, NodeId node) {
  const TimeRange range = world.settings.election_timeout;
  // §5.2: election timeouts are chosen randomly from a fixed interval.
  if (!world.settings.core.rules.on(Rule::RandomizedTimeouts)) return range.min;
  return draw_from(range, draw(world.seed, Purpose::ElectionTimeout, index_of(node), world.now, 0));
}

void set_timers(World& world, NodeId node, const Effects& effects) {
  Machine& machine = world.machine(node);
  if (effects.election_timer == TimerAction::Arm) arm_election_timer(world, node);
  if (effects.election_timer == TimerAction::Stop) machine.election.fires_at = never;
  if (effects.heartbeat_timer == TimerAction::Arm) {
    machine.heartbeat = {world.now, later(world.now, on_world_clock(machine, world.settings.heartbeat)),
                         world.next_sequence++};
  }
  if (effects.heartbeat_timer == TimerAction::Stop) machine.heartbeat.fires_at = never;
}

}  // namespace

void arm_election_timer(World& world, NodeId node) {
  Machine& machine = world.machine(node);
  machine.election = {world.now, later(world.now, on_world_clock(machine, election_timeout(world, node))),
                      world.next_sequence++};
}

void send(World& world, Message&& message, Event& event) {
  Flight flight;
  const auto link = static_cast<std::uint16_t>(message.from.code() * 256 + message.to.code());
  const std::uint64_t which = count_sent_now(world, link);
  const Flying how = flying(world.settings, message);
  flight.sent_at = world.now;
  flight.arrives_at = later(world.now, draw_from(how.latency, draw(world.seed, Purpose::Latency, link, world.now, which)));
  flight.ends_at = flight.arrives_at;
  flight.message = std::move(message);
  // Clients stand outside partitions and reach any node that is up: only nodes lose each other's messages.
  const bool between_nodes = flight.message.from.is_node() && flight.message.to.is_node();
  Time copy_after = 0;
  bool copy = !world.network.next_rules.empty() && apply_next_rule(world, flight, copy_after);
  if (between_nodes && flight.fate == Fate::Arrives) {
    if (!world.network.is_open(flight.message.from.node(), flight.message.to.node())) {
      dies_half_way(flight, Fate::LinkIsCut);
    } else if (how.loss.numerator > 0 &&
               draw_chance(how.loss, draw(world.seed, Purpose::Loss, link, world.now, which))) {
      dies_half_way(flight, Fate::LostByChance);
    }
  }
  if (flight.fate == Fate::Arrives && is_dropped(world, flight.message)) dies_half_way(flight, Fate::DroppedByHand);
  if (between_nodes && flight.fate == Fate::Arrives &&
      world.network.is_held(flight.message.from.node(), flight.message.to.node())) {
    flight.fate = Fate::Held;
    flight.ends_at = never;
  }
  if (between_nodes && !copy && how.duplicate.numerator > 0 &&
      draw_chance(how.duplicate, draw(world.seed, Purpose::Duplicate, link, world.now, which))) {
    copy = true;
    copy_after = draw_from(how.latency, draw(world.seed, Purpose::DuplicateLatency, link, world.now, which));
  }
  if (!copy) {
    add_flight(world, std::move(flight), event);
    return;
  }
  Flight second = flight;
  add_flight(world, std::move(flight), event);
  second.arrives_at = later(second.arrives_at, copy_after);
  if (second.fate == Fate::Arrives) second.ends_at = second.arrives_at;
  add_flight(world, std::move(second), event);
}

void step_node(World& world, NodeId node, Input input, Event& event) {
  Machine& machine = world.machine(node);
  const NodeState& state = machine.node;
  event.node = node;
  event.before = {state.memory.role,         state.durable.current_term, state.durable.voted_for,
                  state.durable.log.last_index(), state.memory.commit_index,  state.memory.last_applied};
  input.local_time = local_time(world, node);
  const bool slow = disk_is_slow(world, node);
  std::optional<Durable> before;
  if (slow && machine.writes.empty()) before = state.durable;
  step(machine.node, world.settings.core, input, event.effects);
  event.reasons.insert(event.reasons.end(), event.effects.reasons.begin(), event.effects.reasons.end());
  set_timers(world, node, event.effects);
  if (slow) begin_write(world, node, std::move(before), event);
  for (Message& message : event.effects.messages) {
    if (machine.writes.empty()) {
      send(world, std::move(message), event);
    } else {
      world.waits_for_disks += weight_of(message);
      machine.writes.back().messages.push_back(std::move(message));
    }
  }
  event.effects.messages.clear();
}

void lose_memory(NodeState& node, const Rules& rules) {
  node.memory = Volatile{};
  node.leading = LeaderOnly{};
  if (!rules.on(Rule::TermAndLogPersisted)) node.durable = Durable{};
  if (!rules.on(Rule::VotePersisted)) node.durable.voted_for = no_node;
}

void recall_commit(World& world, NodeId node, Index commit) {
  Effects effects;
  Step step{world.machine(node).node, world.settings.core, effects};
  commit_up_to(step, commit);
}

void deliver(World& world, Flight&& flight, Event& event) {
  const Endpoint to = flight.message.to;
  if (to.is_client()) {
    event.flight = std::move(flight);
    client_receives(world, to.client(), event.flight->message, event);
    return;
  }
  if (!world.machine(to.node()).up) {
    lose(world, std::move(flight), ReasonCode::ReceiverIsDown, event);
    return;
  }
  if (world.machine(to.node()).paused) {
    event.kind = EventKind::Wait;
    event.node = to.node();
    event.reasons.emplace_back(ReasonCode::WaitsAtPausedNode, std::initializer_list<Operand>{to.node()});
    flight.fate = Fate::Waiting;
    flight.ends_at = never;
    event.flight = flight;
    world.network.add(std::move(flight));
    return;
  }
  event.flight = std::move(flight);
  step_node(world, to.node(), {.kind = InputKind::Receive, .message = &event.flight->message}, event);
}

Arrival if_it_arrived(const World& world, MessageId id, Time time) {
  Arrival arrival{world, {}};
  wait_until(arrival.after, std::max(time, world.now));
  begin_event(arrival.after, EventKind::Receive, arrival.event);
  Flight flight = arrival.after.network.take(id);
  flight.arrives_at = flight.ends_at = arrival.after.now;
  flight.fate = Fate::Arrives;
  const NodeId from = flight.message.from.node();
  const NodeId to = flight.message.to.node();
  if (from != no_node && to != no_node && !world.network.is_open(from, to)) {
    lose(arrival.after, std::move(flight), ReasonCode::LinkIsCut, arrival.event);
  } else {
    deliver(arrival.after, std::move(flight), arrival.event);
  }
  return arrival;
}

void count_lost(World& world, const Message& message) {
  const bool heartbeat = is_heartbeat(message);
  for (LostCount& lost : world.lost) {
    if (lost.from == message.from.code() && lost.to == message.to.code() && lost.type == message.type() &&
        lost.heartbeat == heartbeat) {
      ++lost.count;
      return;
    }
  }
  world.lost.push_back({message.from.code(), message.to.code(), message.type(), heartbeat, 1});
}

namespace {

/// The link may have been mended since, and cut once more.
Reason cut_on_the_way(const World& world, const Flight& flight) {
  const NodeId from = flight.message.from.node();
  const NodeId to = flight.message.to.node();
  const Reason reason = link_is_cut(world.network, from, to);
  const bool was_cut_then = reason.operands[2].moment() <= flight.sent_at || flight.fate != Fate::LinkIsCut;
  return was_cut_then ? reason : Reason(ReasonCode::LinkIsCut, {from, to, Operand::moment_of(-1)});
}

}  // namespace

void lose(World& world, Flight&& flight, ReasonCode why, Event& event) {
  event.kind = EventKind::Lose;
  event.node = flight.message.to.node();
  event.client = flight.message.to.client();
  if (why == ReasonCode::ReceiverIsDown) {
    event.reasons.emplace_back(why, std::initializer_list<Operand>{event.node});
  } else if (why == ReasonCode::LinkIsCut) {
    event.reasons.push_back(cut_on_the_way(world, flight));
  } else {
    event.reasons.emplace_back(why);
  }
  count_lost(world, flight.message);
  event.flight = std::move(flight);
}

}  // namespace raft::sim
