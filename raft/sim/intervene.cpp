// What an intervention does. Whether it would act at all is in refuse.cpp; links, messages, clients and members have
// files of their own.
#include "raft/sim/intervene.h"

#include <cassert>

namespace raft::sim {

namespace {

void crash(World& world, NodeId id, Unwritten unwritten, Event& event) {
  Machine& machine = world.machine(id);
  event.reasons.emplace_back(ReasonCode::Crashed, std::initializer_list<Operand>{machine.node.memory.role});
  machine.up = false;
  machine.election.fires_at = never;
  machine.heartbeat.fires_at = never;
  if (unwritten == Unwritten::Lost && !machine.writes.empty()) {
    machine.node.durable = machine.written;
    const Index last = machine.node.durable.log.last_index();
    event.reasons.emplace_back(ReasonCode::WritesLost, std::initializer_list<Operand>{id, last});
  }
  // What waited for the disk never leaves.
  for (const DiskWrite& write : machine.writes) world.waits_for_disks -= weight_of(write);
  machine.writes.clear();
  machine.written = Durable{};
  lose_memory(machine.node, world.settings.core.rules);
  if (!machine.paused) return;
  machine.paused = false;
  let_waiting_go(world, id);  // and find nobody there
}

void wipe(World& world, NodeId id, Event& event) {
  if (world.machine(id).up) crash(world, id, Unwritten::Lost, event);
  event.kind = EventKind::Wipe;
  event.node = id;
  NodeState& node = world.machine(id).node;
  node.durable = Durable{};
  node.configured_at.clear();
  node.configuration = node.first_configuration;
  event.reasons.emplace_back(ReasonCode::DiskWiped, std::initializer_list<Operand>{id});
}

void resume(World& world, NodeId node, Event& event) {
  event.kind = EventKind::Resume;
  event.node = node;
  world.machine(node).paused = false;
  let_waiting_go(world, node);
}

void set_clock_rate(World& world, const SetClock& what) {
  Machine& machine = world.machine(what.node);
  machine.clock_base = local_time(world, what.node);
  machine.clock_set_at = world.now;
  machine.clock = what.rate;
}

void change_setting(World& world, const ChangeSetting& change) {
  assert(!invalid(change.setting, change.value));
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
          crash(world, node, what.unwritten, event);
        }
      },
      [&](const Restart& what) {
        event.kind = EventKind::Restart;
        for (const NodeId node : what.nodes) {
          world.machine(node).up = true;
          step_node(world, node, {.kind = InputKind::Start}, event);
        }
      },
      [&](const FireElectionTimer& what) {
        event.kind = EventKind::ElectionTimeout;
        world.machine(what.node).election.fires_at = never;
        step_node(world, what.node, {.kind = InputKind::ElectionTimeout}, event);
      },
      [&](const FireHeartbeatTimer& what) {
        event.kind = EventKind::Heartbeat;
        step_node(world, what.node, {.kind = InputKind::HeartbeatTimeout}, event);
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
      [&](const Pause& what) {
        event.kind = EventKind::Pause;
        event.node = what.node;
        world.machine(what.node).paused = true;
      },
      [&](const Resume& what) { resume(world, what.node, event); },
      [&](const Hold& what) { hold(world, what, event); },
      [&](const Release& what) { release(world, what, event); },
      [&](const TransferLeadership& what) {
        event.kind = EventKind::Transfer;
        step_node(world, current_leader(world), {.kind = InputKind::Transfer, .target = what.to}, event);
      },
      [&](const SetClock& what) { set_clock_rate(world, what); },
      [&](const Wipe& what) { wipe(world, what.node, event); },
      [&](const AddNode& what) { change_members(world, wanted_change(world, what), event); },
      [&](const RemoveNode& what) { change_members(world, wanted_change(world, what), event); },
      [&](const AddLearner& what) { change_members(world, wanted_change(world, what), event); },
      [&](const PromoteLearner& what) { change_members(world, wanted_change(world, what), event); },
      [&](const Reconfigure& what) { change_members(world, wanted_change(world, what), event); },
      [&](const CompactLog& what) {
        event.kind = EventKind::Snapshot;
        step_node(world, what.node, {.kind = InputKind::TakeSnapshot, .index = what.index}, event);
      },
      [&](const OpenSession& what) {
        ask(world, {{CommandKind::OpenSession, "", "", ""}, no_node, what.client}, event);
      },
      [&](const ExpireSession& what) {
        event.kind = EventKind::Propose;
        Command command;
        command.kind = CommandKind::ExpireSession;
        command.client = what.client;
        step_node(world, current_leader(world), {.kind = InputKind::Propose, .command = &command}, event);
      },
      [&](const DropEvery& what) {
        event.kind = EventKind::NextRule;
        world.network.dropped.push_back(what);
      },
      [&](const DropNothing&) {
        event.kind = EventKind::NextRule;
        world.network.dropped.clear();
      },
      [&](const ChangeSetting& what) { change_setting(world, what); },
      [&](const ChangeLink& what) {
        assert(!what.value || !invalid(what.setting, *what.value));
        assign(world.settings, what);
      },
      [&](const ChangeRule& what) { world.settings.core.rules.set(what.rule, what.on); },
  };
  std::visit(visitor, intervention);
}

}  // namespace raft::sim
