// Interventions: first whether one would act (refusal), then what it does (intervene).
#include <algorithm>
#include <cassert>

#include "raft/core/overloaded.h"
#include "raft/sim/act.h"
#include "raft/sim/advance.h"

namespace raft::sim {

namespace {

using MaybeReason = std::optional<Reason>;

Reason why(ReasonCode code, std::initializer_list<Operand> operands = {}) { return Reason(code, operands); }

/// What the links are to be: the nodes that each node's messages do not reach.
using Links = std::array<NodeSet, max_nodes>;

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

const Flight* picked(const World& world, const MessagePick& pick) {
  return pick.how == MessagePick::How::ById ? world.network.find(pick.id) : world.network.oldest(pick.pattern);
}

MaybeReason refuse_pick(const World& world, const MessagePick& pick) {
  if (pick.how == MessagePick::How::Next) return std::nullopt;
  if (picked(world, pick) == nullptr) return why(ReasonCode::NoSuchMessage);
  return std::nullopt;
}

/// A message whose fate is to be lost cannot be delivered, delayed or copied any more.
MaybeReason refuse_pick_to_arrive(const World& world, const MessagePick& pick) {
  if (MaybeReason reason = refuse_pick(world, pick)) return reason;
  if (pick.how == MessagePick::How::Next) return std::nullopt;
  if (picked(world, pick)->fate != Fate::Arrives) return why(ReasonCode::MessageIsLost);
  return std::nullopt;
}

MaybeReason refuse_cut(const World& world, NodeId from, NodeId to, Direction direction, bool open) {
  const bool forth = world.network.is_open(from, to) == open;
  const bool back = direction == Direction::OneWay || world.network.is_open(to, from) == open;
  if (!forth || !back) return std::nullopt;
  return why(open ? ReasonCode::LinkNotCut : ReasonCode::LinkAlreadyCut, {from, to});
}

ClientId first_idle_client(const World& world) {
  for (std::size_t number = 1; number <= max_clients; ++number) {
    const auto id = static_cast<ClientId>(number);
    const Client* client = world.client(id);
    if (client == nullptr || client->status != ClientStatus::Waiting) return id;
  }
  return no_client;
}

MaybeReason refuse_ask(const World& world, const ClientAsk& ask) {
  const Client* client = world.client(ask.by);
  if (client != nullptr && client->status == ClientStatus::Waiting) {
    return why(ReasonCode::ClientIsWaiting, {ask.by});
  }
  if (ask.by == no_client && first_idle_client(world) == no_client) return why(ReasonCode::TooManyClients);
  if (ask.to == no_node && node_to_ask(world, client != nullptr ? *client : Client{}) == no_node) {
    return why(ReasonCode::NoNodeIsUp);
  }
  return std::nullopt;
}

MaybeReason refuse_all(const World& world, NodeSet nodes, bool up) {
  for (const NodeId node : nodes) {
    if (world.machine(node).up == up) return why(up ? ReasonCode::NodeIsUp : ReasonCode::NodeIsDown, {node});
  }
  return std::nullopt;
}

}  // namespace

std::optional<Reason> refusal(const World& world, const Intervention& intervention) {
  const auto visitor = Overloaded{
      [&](const Crash& crash) { return refuse_all(world, crash.nodes, false); },
      [&](const Restart& restart) { return refuse_all(world, restart.nodes, true); },
      [&](const FireElectionTimer& fire) -> MaybeReason {
        if (!world.machine(fire.node).up) return why(ReasonCode::NodeIsDown, {fire.node});
        if (world.node(fire.node).memory.role == Role::Leader) {
          return why(ReasonCode::LeaderDoesNotTimeOut, {fire.node});
        }
        return std::nullopt;
      },
      [&](const FireHeartbeatTimer& fire) -> MaybeReason {
        if (!world.machine(fire.node).up) return why(ReasonCode::NodeIsDown, {fire.node});
        if (world.node(fire.node).memory.role != Role::Leader) {
          return why(ReasonCode::OnlyALeaderSendsHeartbeats, {fire.node});
        }
        return std::nullopt;
      },
      [&](const Partition& partition) -> MaybeReason {
        if (links_for(world, partition) == links_now(world)) return why(ReasonCode::SamePartition);
        return std::nullopt;
      },
      [&](const Isolate& isolate) -> MaybeReason {
        if (links_for(world, isolate) == links_now(world)) return why(ReasonCode::AlreadyIsolated);
        return std::nullopt;
      },
      [&](const Cut& cut) { return refuse_cut(world, cut.from, cut.to, cut.direction, false); },
      [&](const Mend& mend) { return refuse_cut(world, mend.from, mend.to, mend.direction, true); },
      [&](const Heal&) -> MaybeReason {
        if (world.network.all_open()) return why(ReasonCode::NothingIsCut);
        return std::nullopt;
      },
      [&](const DropMessage& drop) { return refuse_pick(world, drop.pick); },
      [&](const DeliverMessage& deliver) { return refuse_pick_to_arrive(world, deliver.pick); },
      [&](const DelayMessage& delay) { return refuse_pick_to_arrive(world, delay.pick); },
      [&](const DuplicateMessage& duplicate) { return refuse_pick_to_arrive(world, duplicate.pick); },
      [&](const ClientAsk& ask) { return refuse_ask(world, ask); },
      [&](const RetryClient& retry) -> MaybeReason {
        const Client* client = world.client(retry.client);
        if (client == nullptr) return why(ReasonCode::ClientHasNothingToRetry, {retry.client});
        if (client->status == ClientStatus::Waiting) return why(ReasonCode::ClientIsWaiting, {retry.client});
        if (client->status == ClientStatus::Ok || client->status == ClientStatus::Idle) {
          return why(ReasonCode::ClientHasNothingToRetry, {retry.client});
        }
        if (node_to_ask(world, *client) == no_node) return why(ReasonCode::NoNodeIsUp);
        return std::nullopt;
      },
      [&](const ChangeSetting&) -> MaybeReason { return std::nullopt; },
      [&](const ChangeRule&) -> MaybeReason { return std::nullopt; },
  };
  return std::visit(visitor, intervention);
}

namespace {

void crash(World& world, NodeId id, Event& event) {
  Machine& machine = world.machine(id);
  event.reasons.emplace_back(ReasonCode::Crashed, std::initializer_list<Operand>{machine.node.memory.role});
  machine.up = false;
  machine.election.fires_at = never;
  machine.heartbeat.fires_at = never;
  // What was in memory is gone; the disk stays (§5.1), unless a rule is switched off.
  machine.node.memory = Volatile{};
  machine.node.leading = LeaderOnly{};
  const Rules rules = world.settings.core.rules;
  if (!rules.on(Rule::TermAndLogPersisted)) machine.node.durable = Durable{};
  if (!rules.on(Rule::VotePersisted)) machine.node.durable.voted_for = no_node;
}

void set_links(World& world, const Links& links, Event& event) {
  event.kind = EventKind::Network;
  for (const NodeId from : world.all_nodes()) {
    for (const NodeId to : world.all_nodes()) {
      world.network.set_open(from, to, !links[index_of(from)].contains(to));
    }
  }
  // A cut stops messages already in flight across it.
  for (std::size_t i = 0; i < world.network.in_flight();) {
    const Message& message = world.network.flight(i).message;
    const bool between_nodes = message.from.is_node() && message.to.is_node();
    if (!between_nodes || world.network.is_open(message.from.node(), message.to.node())) {
      ++i;
      continue;
    }
    count_lost(world, message);
    event.lost.push_back(world.network.flight(i).id);
    world.network.take(world.network.flight(i).id);
  }
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

void add_next_rule(World& world, NextRule::Action action, const MessagePick& pick, Time time, Event& event) {
  event.kind = EventKind::NextRule;
  world.network.next_rules.push_back({action, pick.pattern, time});
}

void drop(World& world, const DropMessage& drop, Event& event) {
  if (drop.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Drop, drop.pick, 0, event);
    return;
  }
  lose(world, world.network.take(picked(world, drop.pick)->id), ReasonCode::DroppedByHand, event);
}

void deliver_now(World& world, const DeliverMessage& deliver_message, Event& event) {
  if (deliver_message.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Deliver, deliver_message.pick, 0, event);
    return;
  }
  event.kind = EventKind::Receive;
  Flight flight = world.network.take(picked(world, deliver_message.pick)->id);
  flight.arrives_at = flight.ends_at = world.now;
  deliver(world, std::move(flight), event);
}

void delay(World& world, const DelayMessage& delay_message, Event& event) {
  if (delay_message.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Delay, delay_message.pick, delay_message.by, event);
    return;
  }
  event.kind = EventKind::Message;
  const Flight& flight = *picked(world, delay_message.pick);
  event.flight = flight;
  world.network.reschedule(flight.id, flight.ends_at + delay_message.by, world.next_sequence++, Fate::Arrives);
}

void duplicate(World& world, const DuplicateMessage& duplicate_message, Event& event) {
  if (duplicate_message.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Duplicate, duplicate_message.pick, duplicate_message.after, event);
    return;
  }
  event.kind = EventKind::Message;
  Flight copy = *picked(world, duplicate_message.pick);
  event.flight = copy;
  copy.arrives_at += duplicate_message.after;
  copy.ends_at = copy.arrives_at;
  copy.id = ++world.last_message;
  copy.sequence = world.next_sequence++;
  event.sent.push_back(copy.id);
  world.network.add(std::move(copy));
}

void start_waiting(World& world, Client& client) {
  client.status = ClientStatus::Waiting;
  client.gives_up_at = world.now + world.settings.client_timeout;
  client.sequence = world.next_sequence++;
}

void ask(World& world, const ClientAsk& request, Event& event) {
  event.kind = EventKind::ClientAsk;
  const ClientId id = request.by != no_client ? request.by : first_idle_client(world);
  event.client = id;
  const auto number = static_cast<std::size_t>(id);
  if (world.clients.size() < number) world.clients.resize(number);
  Client& client = world.clients[number - 1];
  client.serial += 1;
  client.command = intern(world.symbols, request.command);
  client.command.client = id;
  client.command.serial = client.serial;
  client.only_that_node = request.to != no_node;
  client.result = Value{};
  client.called_at = world.now;
  start_waiting(world, client);
  const NodeId to = request.to != no_node ? request.to : node_to_ask(world, client);
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, to});
  client_sends(world, id, to, event);
}

void retry(World& world, ClientId id, Event& event) {
  event.kind = EventKind::ClientAsk;
  event.client = id;
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.only_that_node = false;
  start_waiting(world, client);
  const NodeId to = node_to_ask(world, client);
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, to});
  client_sends(world, id, to, event);
}

void change_setting(World& world, const ChangeSetting& change) {
  const bool were_manual = world.settings.manual_timers;
  assign(world.settings, change.setting, change.value);
  // Timers that stood still by hand start anew when they run by themselves again.
  if (!were_manual || world.settings.manual_timers) return;
  for (const NodeId node : world.all_nodes()) {
    if (world.machine(node).election.running()) arm_election_timer(world, node);
  }
}

}  // namespace

void intervene(World& world, const Intervention& intervention, Origin origin, Event& event) {
  assert(!refusal(world, intervention));
  begin_event(world, EventKind::Setting, event);
  event.intervention = intervention;
  event.origin = origin;
  const auto visitor = Overloaded{
      [&](const Crash& what) {
        event.kind = EventKind::Crash;
        for (const NodeId node : what.nodes) {
          event.node = node;
          crash(world, node, event);
        }
      },
      [&](const Restart& what) {
        event.kind = EventKind::Restart;
        for (const NodeId node : what.nodes) {
          world.machine(node).up = true;
          step_node(world, node, {InputKind::Start, nullptr}, event);
        }
      },
      [&](const FireElectionTimer& what) {
        event.kind = EventKind::ElectionTimeout;
        world.machine(what.node).election.fires_at = never;
        step_node(world, what.node, {InputKind::ElectionTimeout, nullptr}, event);
      },
      [&](const FireHeartbeatTimer& what) {
        event.kind = EventKind::Heartbeat;
        step_node(world, what.node, {InputKind::HeartbeatTimeout, nullptr}, event);
      },
      [&](const Partition& what) { set_links(world, links_for(world, what), event); },
      [&](const Isolate& what) { set_links(world, links_for(world, what), event); },
      [&](const Cut& what) { set_link(world, what.from, what.to, what.direction, false, event); },
      [&](const Mend& what) { set_link(world, what.from, what.to, what.direction, true, event); },
      [&](const Heal&) { set_links(world, Links{}, event); },
      [&](const DropMessage& what) { drop(world, what, event); },
      [&](const DeliverMessage& what) { deliver_now(world, what, event); },
      [&](const DelayMessage& what) { delay(world, what, event); },
      [&](const DuplicateMessage& what) { duplicate(world, what, event); },
      [&](const ClientAsk& what) { ask(world, what, event); },
      [&](const RetryClient& what) { retry(world, what.client, event); },
      [&](const ChangeSetting& what) { change_setting(world, what); },
      [&](const ChangeRule& what) { world.settings.core.rules.set(what.rule, what.on); },
  };
  std::visit(visitor, intervention);
}

}  // namespace raft::sim
