// Reads without an entry in the log (dissertation 6.4): confirmed by a round of heartbeats, or by a lease.
#include <vector>

#include "raft/core/decisions.h"

namespace raft {

namespace {

/// Who is known to have followed this leader at `time` or later.
NodeSet followed_since(const Step& step, LocalTime time) {
  NodeSet followed = step.node.self();
  for (const NodeId peer : step.node.peers()) {
    if (step.node.leading.progress[index_of(peer)].acked_sent >= time) followed.add(peer);
  }
  return followed;
}

bool committed_in_this_term(const Step& step) {
  const NodeState& node = step.node;
  if (!step.rule(Rule::CommitBeforeReadIndex)) return true;
  return node.memory.commit_index > 0 && node.memory.commit_index <= node.durable.log.last_index() &&
         node.durable.log.term_at(node.memory.commit_index) == node.durable.current_term;
}

bool confirmed(Step& step, const PendingRead& read) {
  if (!step.rule(Rule::ReadConfirmedByRound)) return true;
  // Dissertation 6.4.1: while the round is younger than the shortest election timeout, nobody else can lead.
  const LocalTime lease_from = step.now - step.settings.election_timeout_min + 1;
  if (step.features().reads == ReadMode::Lease && tally(step, followed_since(step, lease_from)).reached()) {
    step.why(ReasonCode::ReadByLease, {read.read_index});
    return true;
  }
  const Tally round = tally(step, followed_since(step, read.asked_at));
  if (!round.reached()) return false;
  step.why(ReasonCode::ReadConfirmed, {read.read_index, round.count, round.needed});
  return true;
}

bool serve(Step& step, PendingRead& read) {
  NodeState& node = step.node;
  if (read.read_index == 0 && committed_in_this_term(step)) read.read_index = node.memory.commit_index;
  if (!committed_in_this_term(step) || node.memory.last_applied < read.read_index) return false;
  if (!confirmed(step, read)) return false;
  const Value result = raft::read(node.memory.machine.store, read.command.key);
  step.send(read.client, ClientReply{read.command.serial, ReplyStatus::Done, result, node.id});
  return true;
}

}  // namespace

bool start_read(Step& step, const Message& message, const Command& command) {
  if (command.kind != CommandKind::Read || step.features().reads == ReadMode::ThroughLog) return false;
  PendingRead read{command, message.from.client(), step.now, 0};
  if (!committed_in_this_term(step)) step.why(ReasonCode::ReadWaitsForTerm, {step.node.durable.current_term});
  if (serve(step, read)) return true;
  if (read.read_index != 0) step.why(ReasonCode::ReadWaitsForRound, {read.read_index});
  step.node.leading.reads.push_back(read);
  send_heartbeats(step);
  return true;
}

void serve_reads(Step& step) {
  auto& reads = step.node.leading.reads;
  std::erase_if(reads, [&step](PendingRead& read) { return serve(step, read); });
}

}  // namespace raft
