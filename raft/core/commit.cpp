// When an entry is committed (§5.3, §5.4.2), and applying it to the state machine.
#include <algorithm>

#include "raft/core/decisions.h"

namespace raft {

namespace {

/// Who is known to store the entry at `index`, the leader itself included as soon as its disk has it.
NodeSet stored_on(const Step& step, Index index) {
  const NodeState& node = step.node;
  const Index unwritten = node.memory.unwritten_from;
  NodeSet stored;
  if (index <= node.durable.log.last_index() && (unwritten == 0 || index < unwritten)) stored.add(node.id);
  for (const NodeId peer : node.peers()) {
    if (node.leading.progress[index_of(peer)].match_index >= index) stored.add(peer);
  }
  return stored;
}

/// The highest index that a quorum is known to store; no lower than what is committed already.
Index quorum_index(const Step& step) {
  const NodeState& node = step.node;
  Index best = node.memory.commit_index;
  const auto consider = [&](Index index) {
    if (index > best && tally(step, stored_on(step, index)).reached()) best = index;
  };
  consider(node.durable.log.last_index());
  // A snapshot may have taken the place of what the disk still writes.
  if (node.memory.unwritten_from != 0) consider(std::min(node.memory.unwritten_from - 1, node.durable.log.last_index()));
  for (const NodeId peer : node.peers()) {
    consider(std::min(node.leading.progress[index_of(peer)].match_index, node.durable.log.last_index()));
  }
  return best;
}

/// §5.3: the leader applies the entry to its state machine and returns the result to the client.
void answer_pending(Step& step, Index index, const ApplyResult& result) {
  auto& pending = step.node.leading.pending;
  if (step.node.memory.role != Role::Leader || pending.empty() || pending.front().index != index) return;
  const PendingRequest request = pending.front();
  pending.erase(pending.begin());
  if (request.client == no_client) return;
  const ReplyStatus status =
      result.outcome == Outcome::NoSession ? ReplyStatus::SessionExpired : ReplyStatus::Done;
  step.send(request.client, ClientReply{request.serial, status, result.value, step.node.id});
  step.why(ReasonCode::AnsweredClient, {request.client, index});
}

/// Figure 2, all servers: if commitIndex > lastApplied, apply log[lastApplied] to the state machine.
void apply_committed(Step& step) {
  Volatile& memory = step.node.memory;
  const Index last = std::min(memory.commit_index, step.node.durable.log.last_index());
  if (last <= memory.last_applied) return;
  step.why(ReasonCode::Applied, {memory.last_applied + 1, last});
  while (memory.last_applied < last) {
    memory.last_applied += 1;
    const Command& command = step.node.durable.log.at(memory.last_applied).command;
    const ApplyResult result = apply(memory.machine, memory.last_applied, command, session_check(step));
    if (result.outcome == Outcome::Repeated) {
      step.why(ReasonCode::RepeatedCommand, {command.client, command.serial, memory.last_applied});
    }
    if (result.outcome == Outcome::NoSession) step.why(ReasonCode::SessionExpired, {command.client});
    step.effects.applied.push_back({memory.last_applied, result.value, result.outcome});
    answer_pending(step, memory.last_applied, result);
  }
}

}  // namespace

SessionCheck session_check(const Step& step) {
  return step.rule(Rule::SessionCheck) ? SessionCheck::On : SessionCheck::Off;
}

bool committed_in_own_term(const NodeState& node) {
  const Index commit = node.memory.commit_index;
  return commit > 0 && commit <= node.durable.log.last_index() &&
         node.durable.log.term_at(commit) == node.durable.current_term;
}

void commit_up_to(Step& step, Index index) {
  step.node.memory.commit_index = index;
  apply_committed(step);
  if (!step.rule(Rule::ConfigurationWhenStored)) refresh_configuration(step);
  compact_if_due(step);
}

/// Dissertation 10.2.1: a leader may count itself once its own disk has the entries.
void entries_written(Step& step, Index last) {
  Volatile& memory = step.node.memory;
  if (memory.unwritten_from == 0) return;
  memory.unwritten_from = last >= step.node.durable.log.last_index() ? 0 : std::max(memory.unwritten_from, last + 1);
  if (memory.role != Role::Leader) return;
  advance_commit_index(step);
  serve_reads(step);
}

void advance_commit_index(Step& step) {
  const NodeState& node = step.node;
  const Log& log = node.durable.log;
  const Index index = quorum_index(step);
  if (index <= node.memory.commit_index) {
    if (node.memory.commit_index < log.last_index()) {
      const Index next = node.memory.commit_index + 1;
      const Tally stored = tally(step, stored_on(step, next));
      step.why(ReasonCode::NotOnMajority, {log.id_at(next), stored.count, stored.needed});
    }
    return;
  }
  // §5.4.2: only log entries from the leader's current term are committed by counting replicas; once one
  // is, all prior entries are committed indirectly.
  if (log.term_at(index) != node.durable.current_term && step.rule(Rule::CommitOnlyCurrentTerm)) {
    step.why(ReasonCode::NotCurrentTerm, {log.id_at(index), node.durable.current_term});
    return;
  }
  const Tally stored = tally(step, stored_on(step, index));
  step.why(ReasonCode::CommittedByMajority, {log.id_at(index), stored.count, stored.needed});
  commit_up_to(step, index);
  configuration_committed(step);
}

}  // namespace raft
