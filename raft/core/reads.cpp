// Reads without an entry in the log (dissertation 6.4): confirmed by a round of heartbeats, or by a lease.
#include <vector>

#include "raft/core/decisions.h"

namespace raft {

namespace {

/// Who has answered this round of the leader's, or a later one. A round is a number and not a time: a slow clock
/// shows the same time twice.
NodeSet answered_round(const Step& step, Round round) {
  NodeSet answered = step.node.self();
  for (const NodeId peer : step.node.peers()) {
    if (step.node.leading.progress[index_of(peer)].acked_round >= round) answered.add(peer);
  }
  return answered;
}

/// Dissertation 6.4.1: while the last round that a majority has answered is younger than the shortest election
/// timeout, nobody else can lead, since nobody votes that soon after hearing from a leader (4.2.3). That holds if all
/// clocks run equally fast: the lease is not shortened by a bound on their drift, so that one can see what drift breaks.
bool has_lease(const Step& step) {
  const LocalTime lease_from = step.now - step.settings.election_timeout_min + 1;
  if (step.features().reads != ReadMode::Lease || step.node.leading.lease_given_up) return false;
  NodeSet followed = step.node.self();
  for (const NodeId peer : step.node.peers()) {
    if (step.node.leading.progress[index_of(peer)].acked_sent >= lease_from) followed.add(peer);
  }
  return tally(step, followed).reached();
}

bool may_index(const Step& step) {
  return committed_in_own_term(step.node) || !step.rule(Rule::CommitBeforeReadIndex);
}

bool confirmed(Step& step, const PendingRead& read) {
  if (!step.rule(Rule::ReadConfirmedByRound)) return true;
  if (has_lease(step)) {
    step.why(ReasonCode::ReadByLease, {read.read_index});
    return true;
  }
  const Tally round = tally(step, answered_round(step, read.round));
  if (!round.reached()) return false;
  step.why(ReasonCode::ReadConfirmed, {read.read_index, round.count, round.needed});
  return true;
}

bool serve(Step& step, PendingRead& read) {
  NodeState& node = step.node;
  if (!read.indexed && may_index(step)) {
    read.indexed = true;
    read.read_index = node.memory.commit_index;
  }
  if (!read.indexed || node.memory.last_applied < read.read_index || !confirmed(step, read)) return false;
  const Value result = raft::read(node.memory.machine.store, read.command.key);
  step.send(read.client, ClientReply{read.command.serial, ReplyStatus::Done, result, node.id});
  step.why(ReasonCode::AnsweredRead, {read.client, node.memory.last_applied});
  return true;
}

}  // namespace

bool start_read(Step& step, const Message& message, const Command& command) {
  if (command.kind != CommandKind::Read || step.features().reads == ReadMode::ThroughLog) return false;
  NodeState& node = step.node;
  PendingRead read{command, message.from.client(), node.leading.round + 1, false, 0};
  if (serve(step, read)) return true;
  if (read.indexed) {
    step.why(ReasonCode::ReadWaitsForRound, {read.read_index});
  } else {
    step.why(ReasonCode::ReadWaitsForTerm, {node.durable.current_term});
  }
  node.leading.round = read.round;
  node.leading.reads.push_back(read);
  // The heartbeat timer runs on: reads without end must not keep a leader from noticing that nobody answers.
  for (const NodeId peer : node.peers()) send_append_entries(step, peer);
  return true;
}

void serve_reads(Step& step) {
  auto& reads = step.node.leading.reads;
  if (reads.empty()) return;
  std::erase_if(reads, [&step](PendingRead& read) { return serve(step, read); });
}

}  // namespace raft
