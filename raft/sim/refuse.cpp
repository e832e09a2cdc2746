// Why an intervention would do nothing here. What those do that act is in intervene.cpp and the files beside it.
#include <algorithm>

#include "raft/sim/intervene.h"

namespace raft::sim {

namespace {

using MaybeReason = std::optional<Reason>;

Reason why(ReasonCode code, std::initializer_list<Operand> operands = {}) { return Reason(code, operands); }

MaybeReason refuse_unless_running(const World& world, NodeId node) {
  if (!world.machine(node).up) return why(ReasonCode::NodeIsDown, {node});
  if (world.machine(node).paused) return why(ReasonCode::NodeIsPaused, {node});
  return std::nullopt;
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
  if (is_doomed(picked(world, pick)->fate)) return why(ReasonCode::MessageIsLost);
  return std::nullopt;
}

MaybeReason refuse_delivery(const World& world, const MessagePick& pick) {
  if (MaybeReason reason = refuse_pick_to_arrive(world, pick)) return reason;
  if (pick.how == MessagePick::How::Next) return std::nullopt;
  const NodeId to = picked(world, pick)->message.to.node();
  if (to != no_node && world.machine(to).paused) return why(ReasonCode::NodeIsPaused, {to});
  return std::nullopt;
}

MaybeReason refuse_delay(const World& world, const MessagePick& pick) {
  if (MaybeReason reason = refuse_pick_to_arrive(world, pick)) return reason;
  if (pick.how == MessagePick::How::Next) return std::nullopt;
  if (picked(world, pick)->fate != Fate::Arrives) return why(ReasonCode::MessageIsHeld);
  return std::nullopt;
}

/// Nobody asks a leader that cannot hear.
MaybeReason refuse_to_ask_leader(const World& world) {
  const NodeId leader = current_leader(world);
  if (leader == no_node) return why(ReasonCode::NoLeader);
  if (world.machine(leader).paused) return why(ReasonCode::NodeIsPaused, {leader});
  return std::nullopt;
}

/// A disk on which nothing has been written yet.
bool is_empty(const Durable& disk) {
  return disk.current_term == 0 && disk.voted_for == no_node && disk.log.last_index() == 0;
}

/// Wiping the disk of a running node stops it, whatever is on it.
MaybeReason refuse_wipe(const World& world, NodeId id) {
  if (world.machine(id).up || !is_empty(world.node(id).durable)) return std::nullopt;
  return why(ReasonCode::NothingToWipe, {id});
}

MaybeReason refuse_compaction(const World& world, const CompactLog& what) {
  if (MaybeReason reason = refuse_unless_running(world, what.node)) return reason;
  const NodeState& node = world.node(what.node);
  const Index base = node.durable.log.base().index;
  const Index last = what.index == 0 ? node.memory.last_applied : what.index;
  if (last > node.memory.last_applied) return why(ReasonCode::NotYetApplied, {what.node, last, node.memory.last_applied});
  if (last <= base) return why(ReasonCode::NothingToCompact, {what.node, base});
  return std::nullopt;
}

MaybeReason refuse_cut(const World& world, NodeId from, NodeId to, Direction direction, bool open) {
  const bool forth = world.network.is_open(from, to) == open;
  const bool back = direction == Direction::OneWay || world.network.is_open(to, from) == open;
  if (!forth || !back) return std::nullopt;
  return why(open ? ReasonCode::LinkNotCut : ReasonCode::LinkAlreadyCut, {from, to});
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

MaybeReason refuse_election_timeout(const World& world, const FireElectionTimer& fire) {
  if (MaybeReason reason = refuse_unless_running(world, fire.node)) return reason;
  if (world.node(fire.node).memory.role == Role::Leader) {
    return why(ReasonCode::LeaderDoesNotTimeOut, {fire.node});
  }
  return std::nullopt;
}

MaybeReason refuse_heartbeat(const World& world, const FireHeartbeatTimer& fire) {
  if (MaybeReason reason = refuse_unless_running(world, fire.node)) return reason;
  if (world.node(fire.node).memory.role != Role::Leader) {
    return why(ReasonCode::OnlyALeaderSendsHeartbeats, {fire.node});
  }
  return std::nullopt;
}

MaybeReason refuse_retry(const World& world, const RetryClient& retry) {
  const Client* client = world.client(retry.client);
  if (client == nullptr) return why(ReasonCode::ClientHasNothingToRetry, {retry.client});
  if (client->status == ClientStatus::Waiting) return why(ReasonCode::ClientIsWaiting, {retry.client});
  // What was asked in a session that has ended may have been done; in a new one it would be done again.
  if (client->status == ClientStatus::Ok || client->status == ClientStatus::Idle ||
      client->status == ClientStatus::Expired) {
    return why(ReasonCode::ClientHasNothingToRetry, {retry.client});
  }
  if (node_to_ask(world, *client) == no_node) return why(ReasonCode::NoNodeIsUp);
  return std::nullopt;
}

MaybeReason refuse_transfer(const World& world, const TransferLeadership& what) {
  const NodeId leader = current_leader(world);
  if (leader == no_node) return why(ReasonCode::NoLeaderToHandOver);
  if (leader == what.to) return why(ReasonCode::AlreadyLeads, {what.to});
  if (!world.node(leader).configuration.all_voters().contains(what.to)) {
    return why(ReasonCode::NotAVoter, {what.to});
  }
  return refuse_to_ask_leader(world);
}

MaybeReason refuse_expiry(const World& world, const ExpireSession& what) {
  if (MaybeReason reason = refuse_to_ask_leader(world)) return reason;
  const Client* client = world.client(what.client);
  if (client == nullptr || client->session == 0) return why(ReasonCode::NoSessionOpen, {what.client});
  return std::nullopt;
}

}  // namespace

std::optional<Reason> refusal(const World& world, const Intervention& intervention) {
  const auto visitor = Overloaded{
      [&](const Crash& crash) { return refuse_all(world, crash.nodes, false); },
      [&](const Restart& restart) { return refuse_all(world, restart.nodes, true); },
      [&](const FireElectionTimer& fire) { return refuse_election_timeout(world, fire); },
      [&](const FireHeartbeatTimer& fire) { return refuse_heartbeat(world, fire); },
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
      [&](const DeliverMessage& deliver) { return refuse_delivery(world, deliver.pick); },
      [&](const DelayMessage& delay) { return refuse_delay(world, delay.pick); },
      [&](const DuplicateMessage& duplicate) { return refuse_pick_to_arrive(world, duplicate.pick); },
      [&](const ClientAsk& ask) { return refuse_ask(world, ask); },
      [&](const RetryClient& retry) { return refuse_retry(world, retry); },
      [&](const Pause& what) -> MaybeReason {
        return refuse_unless_running(world, what.node);
      },
      [&](const Resume& what) -> MaybeReason {
        if (!world.machine(what.node).paused) return why(ReasonCode::NodeIsNotPaused, {what.node});
        return std::nullopt;
      },
      [&](const Hold& what) -> MaybeReason {
        if (world.network.is_held(what.from, what.to)) return why(ReasonCode::LinkAlreadyHeld, {what.from, what.to});
        return std::nullopt;
      },
      [&](const Release& what) -> MaybeReason {
        if (!world.network.is_held(what.from, what.to)) return why(ReasonCode::LinkNotHeld, {what.from, what.to});
        return std::nullopt;
      },
      [&](const TransferLeadership& what) { return refuse_transfer(world, what); },
      [&](const SetClock& what) -> MaybeReason {
        if (what.rate.numerator <= 0 || what.rate.denominator <= 0) return why(ReasonCode::ClockMustRun, {what.node});
        return std::nullopt;
      },
      [&](const Wipe& wipe) { return refuse_wipe(world, wipe.node); },
      [&](const AddNode& what) { return wanted_change(world, what).refusal; },
      [&](const RemoveNode& what) { return wanted_change(world, what).refusal; },
      [&](const AddLearner& what) { return wanted_change(world, what).refusal; },
      [&](const PromoteLearner& what) { return wanted_change(world, what).refusal; },
      [&](const Reconfigure& what) { return wanted_change(world, what).refusal; },
      [&](const CompactLog& what) { return refuse_compaction(world, what); },
      [&](const OpenSession& what) { return refuse_ask(world, {.command = {}, .to = no_node, .by = what.client}); },
      [&](const ExpireSession& what) { return refuse_expiry(world, what); },
      [&](const DropEvery& what) -> MaybeReason {
        const auto& dropped = world.network.dropped;
        if (std::find(dropped.begin(), dropped.end(), what) == dropped.end()) return std::nullopt;
        return why(ReasonCode::AlreadyDropped);
      },
      [&](const DropNothing&) -> MaybeReason {
        if (world.network.dropped.empty()) return why(ReasonCode::NothingIsDropped);
        return std::nullopt;
      },
      [&](const ChangeSetting&) -> MaybeReason { return std::nullopt; },
      [&](const ChangeLink&) -> MaybeReason { return std::nullopt; },
      [&](const ChangeRule&) -> MaybeReason { return std::nullopt; },
  };
  return std::visit(visitor, intervention);
}

}  // namespace raft::sim
