// Reads without an entry in the log (dissertation 6.4): confirmed by a round of heartbeats, or by a lease.
#include <algorithm>
#include <array>

#include "raft/core/decisions.h"

namespace raft {

namespace {

/// The latest moment at which a majority is known to have followed this leader: the quorum-th latest sending
/// time among the AppendEntries that have been answered.
LocalTime confirmed_at(const Step& step) {
  const NodeState& node = step.node;
  std::array<LocalTime, max_nodes> acked{};
  std::size_t count = 0;
  for (const NodeId voter : node.voters) {
    acked[count++] = voter == node.id ? step.now : node.leading.progress[index_of(voter)].acked_sent;
  }
  std::sort(acked.begin(), acked.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>());
  return count == 0 ? long_ago : acked[static_cast<std::size_t>(quorum(step)) - 1];
}

int confirmed_by(const Step& step, LocalTime asked_at) {
  const NodeState& node = step.node;
  int count = node.voters.contains(node.id) ? 1 : 0;
  for (const NodeId peer : node.peers()) {
    if (node.leading.progress[index_of(peer)].acked_sent >= asked_at) ++count;
  }
  return count;
}

bool committed_in_this_term(const Step& step) {
  const NodeState& node = step.node;
  if (!step.rule(Rule::CommitBeforeReadIndex)) return true;
  return node.memory.commit_index > 0 && node.memory.commit_index <= node.durable.log.last_index() &&
         node.durable.log.term_at(node.memory.commit_index) == node.durable.current_term;
}

bool confirmed(Step& step, const PendingRead& read) {
  if (!step.rule(Rule::ReadConfirmedByRound)) return true;
  const LocalTime since = confirmed_at(step);
  // Dissertation 6.4.1: while the round is younger than the shortest election timeout, nobody else can lead.
  if (step.features().reads == ReadMode::Lease && step.now - since < step.settings.election_timeout_min) {
    step.why(ReasonCode::ReadByLease, {read.read_index});
    return true;
  }
  if (since < read.asked_at) return false;
  step.why(ReasonCode::ReadConfirmed, {read.read_index, confirmed_by(step, read.asked_at), quorum(step)});
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
