// Log replication: the consistency check and the repair of followers' logs (§5.3). Clients' commands are in
// requests.cpp.
#include <algorithm>
#include <optional>

#include "raft/core/decisions.h"

namespace raft {

void send_append_entries(Step& step, NodeId follower) {
  const Log& log = step.node.durable.log;
  Progress& progress = step.node.leading.progress[index_of(follower)];
  // §5.3: it includes the index and term of the entry that immediately precedes the new entries.
  const Index prev = std::min(progress.next_index - 1, log.last_index());
  if (prev < log.base().index) {
    // §7: the leader has already discarded the next log entry that it needs to send.
    send_snapshot_chunk(step, follower);
    return;
  }
  const Index last = prev + std::min(log.last_index() - prev, step.settings.batch);
  AppendEntries request;
  request.prev_log = log.id_at(prev);
  request.leader_commit = step.node.memory.commit_index;
  request.sent_at = step.now;
  request.round = step.node.leading.round;
  request.entries.reserve(static_cast<std::size_t>(last - prev));
  for (Index index = prev + 1; index <= last; ++index) request.entries.push_back(log.at(index));
  progress.sent_index = std::max(progress.sent_index, last);
  step.send(follower, std::move(request));
}

void send_heartbeats(Step& step) {
  const NodeState& node = step.node;
  for (const NodeId peer : node.peers()) {
    const Progress& progress = node.leading.progress[index_of(peer)];
    // §5.3: the leader retries AppendEntries indefinitely until all followers store all log entries.
    if (progress.sent_index >= progress.next_index) {
      step.why(ReasonCode::Resent, {peer, progress.next_index, progress.sent_index});
    }
    send_append_entries(step, peer);
  }
  step.effects.heartbeat_timer = TimerAction::Arm;
  step.why(ReasonCode::SentHeartbeats, {node.peers().count()});
}

namespace {

/// Figure 2, AppendEntries receiver, rules 3 and 4. Entries that are there already stay: a delayed
/// message must not delete what followed it.
void store_entries(Step& step, const AppendEntries& request) {
  Log& log = step.node.durable.log;
  const Index first = request.prev_log.index + 1;
  const Index last = request.prev_log.index + static_cast<Index>(request.entries.size());
  Index index = std::max(first, log.first_index());  // what a snapshot covers is committed and stays
  if (step.rule(Rule::DeleteOnlyOnConflict)) {
    while (index <= last && index <= log.last_index() &&
           log.term_at(index) == request.entries[static_cast<std::size_t>(index - first)].term) {
      ++index;
    }
  }
  const bool deletes = log.last_index() >= index && (index <= last || !step.rule(Rule::DeleteOnlyOnConflict));
  if (deletes) {
    const Term their_term =
        index <= last ? request.entries[static_cast<std::size_t>(index - first)].term : request.prev_log.term;
    step.why(ReasonCode::DeletedConflicting, {index, log.last_index(), their_term});
    note_deleted(step, index);
    truncate_log(step, index);
  }
  if (index > first && first <= last) step.why(ReasonCode::AlreadyStored, {first, std::min(index - 1, last)});
  if (index > last) return;
  step.why(ReasonCode::StoredEntries, {index, last});
  for (; index <= last; ++index) append_entry(step, request.entries[static_cast<std::size_t>(index - first)]);
}

/// §5.3: if the follower does not find an entry in its log with the same index and term, then it
/// refuses the new entries.
bool log_matches(Step& step, EntryId prev) {
  const Log& log = step.node.durable.log;
  if (prev.index > log.last_index()) {
    if (step.rule(Rule::ConsistencyCheck)) step.why(ReasonCode::MissingEntry, {prev, log.last_index()});
    return false;
  }
  if (prev.index < log.base().index || log.term_at(prev.index) == prev.term) {
    step.why(ReasonCode::LogMatches, {prev});
    return true;
  }
  if (!step.rule(Rule::ConsistencyCheck)) return true;
  step.why(ReasonCode::ConflictingTerm, {prev, log.id_at(prev.index)});
  return false;
}

/// §5.3: with fast repair the refusal names the term of the conflicting entry and its first index here.
void refuse_entries(Step& step, NodeId leader, const AppendEntries& request) {
  AppendEntriesReply reply{
      .prev_index = request.prev_log.index, .sent_at = request.sent_at, .round = request.round};
  if (step.features().fast_repair) {
    const Log& log = step.node.durable.log;
    if (request.prev_log.index > log.last_index()) {
      reply.conflict = {log.last_index() + 1, 0};
    } else {
      reply.conflict = log.id_at(request.prev_log.index);
      while (reply.conflict.index > log.first_index() && log.term_at(reply.conflict.index - 1) == reply.conflict.term) {
        --reply.conflict.index;
      }
    }
  }
  step.send(leader, reply);
}

/// §5.3: where the leader's log may match again: after its own last entry of the conflicting term, or at the
/// first index of that term, which it does not have at all.
Index next_index_after_conflict(const Log& log, EntryId conflict, Index prev_index) {
  if (conflict.term == 0) return conflict.index;
  for (Index index = prev_index; index >= conflict.index && index >= log.base().index; --index) {
    if (index <= log.last_index() && log.term_at(index) == conflict.term) return index + 1;
  }
  return conflict.index;
}

/// With the consistency check off a gap is closed up: the entries go where the log ends.
AppendEntries moved_to_end_of_log(const Step& step, const AppendEntries& request) {
  AppendEntries moved = request;
  if (request.prev_log.index > step.node.durable.log.last_index()) moved.prev_log = step.node.durable.log.last();
  return moved;
}

void learn_commit_index(Step& step, const AppendEntries& request) {
  // Figure 2, rule 5: commitIndex = min(leaderCommit, index of last new entry). Entries after that one
  // have not been compared with the leader's.
  const Index last_new = request.prev_log.index + static_cast<Index>(request.entries.size());
  Index commit = request.leader_commit;
  if (step.rule(Rule::CommitOnlyNewEntries) && last_new < commit) {
    step.why(ReasonCode::CommitLimited, {last_new, commit});
    commit = last_new;
  }
  commit = std::min(commit, step.node.durable.log.last_index());
  if (commit <= step.node.memory.commit_index) return;
  step.why(ReasonCode::LearntCommit, {commit, request.leader_commit});
  commit_up_to(step, commit);
}

}  // namespace

void recognize_leader(Step& step, NodeId leader) {
  NodeState& node = step.node;
  // §5.2: if the leader's term is at least as large as the candidate's, the candidate recognizes the
  // leader as legitimate and returns to follower state.
  return_to_follower(step);
  if (node.memory.leader != leader) step.why(ReasonCode::RecognizedLeader, {leader, node.durable.current_term});
  node.memory.leader = leader;
  node.memory.leader_heard_at = step.now;
  // §5.2: a server remains in follower state as long as it receives valid RPCs from a leader.
  step.effects.election_timer = TimerAction::Arm;
  step.why(ReasonCode::TimerReset);
}

void handle_append_entries(Step& step, const Message& message, const AppendEntries& request) {
  NodeState& node = step.node;
  const NodeId leader = message.from.node();
  if (node.memory.role == Role::Leader && message.term == node.durable.current_term) {
    // Election Safety excludes this; with a rule off it happens, and neither gives way.
    step.why(ReasonCode::SecondLeaderInTerm, {leader, message.term});
    return;
  }
  recognize_leader(step, leader);
  const bool matches = log_matches(step, request.prev_log);
  if (!matches && step.rule(Rule::ConsistencyCheck)) {
    refuse_entries(step, leader, request);
    return;
  }
  std::optional<AppendEntries> moved;  // nearly always none: what comes is stored without being copied
  if (!matches) moved = moved_to_end_of_log(step, request);
  const AppendEntries& entries = moved ? *moved : request;
  store_entries(step, entries);
  learn_commit_index(step, entries);
  const Index match = request.prev_log.index + static_cast<Index>(request.entries.size());
  step.send(leader, AppendEntriesReply{.success = true,
                                       .prev_index = request.prev_log.index,
                                       .match_index = match,
                                       .sent_at = request.sent_at,
                                       .round = request.round});
}

bool hear_from(Step& step, NodeId follower, LocalTime sent_at, Round round, Index about) {
  NodeState& node = step.node;
  if (node.memory.role != Role::Leader) {
    step.why(ReasonCode::NoLongerLeader, {follower, node.memory.role});
    return false;
  }
  if (!node.peers().contains(follower)) {
    step.why(ReasonCode::OldReplyIgnored, {follower, about});  // it has been removed
    return false;
  }
  Progress& progress = node.leading.progress[index_of(follower)];
  progress.heard_at = step.now;
  progress.acked_sent = std::max(progress.acked_sent, sent_at);
  progress.acked_round = std::max(progress.acked_round, round);
  return true;
}

namespace {

void follower_refused(Step& step, NodeId follower, const AppendEntriesReply& reply) {
  Progress& progress = step.node.leading.progress[index_of(follower)];
  // A refusal of another request than the last one, or of entries that have matched since, is old news.
  if (reply.prev_index != progress.next_index - 1 || reply.prev_index <= progress.match_index) {
    step.why(ReasonCode::OldReplyIgnored, {follower, reply.prev_index});
    return;
  }
  // §5.3: after a rejection, the leader decrements nextIndex and retries the AppendEntries RPC.
  progress.next_index = std::max(reply.prev_index, 1);
  if (step.features().fast_repair && reply.conflict.index != 0) {
    const Index next = next_index_after_conflict(step.node.durable.log, reply.conflict, reply.prev_index);
    progress.next_index = std::clamp(next, progress.match_index + 1, progress.next_index);
  }
  // Of a log that is only too short no term conflicts.
  if (reply.conflict.term != 0 && step.features().fast_repair) {
    step.why(ReasonCode::SkippedTerm, {follower, reply.conflict.term, progress.next_index});
  } else {
    step.why(ReasonCode::WalkedBack, {follower, progress.next_index});
  }
  progress.sent_index = progress.next_index - 1;
  send_append_entries(step, follower);
}

void follower_stored(Step& step, NodeId follower, const AppendEntriesReply& reply) {
  NodeState& node = step.node;
  Progress& progress = node.leading.progress[index_of(follower)];
  if (reply.match_index < progress.match_index) {
    step.why(ReasonCode::OldReplyIgnored, {follower, reply.prev_index});
    return;
  }
  const bool news = reply.match_index > progress.match_index;
  progress.match_index = reply.match_index;
  progress.next_index = std::max(progress.next_index, reply.match_index + 1);
  progress.sent_index = std::max(progress.sent_index, reply.match_index);
  step.why(ReasonCode::FollowerMatches, {follower, reply.match_index});
  if (news) advance_commit_index(step);
  // What has been committed may be its own removal, or the follower's.
  if (node.memory.role != Role::Leader || !node.peers().contains(follower)) return;
  if (node.leading.transfer_to == follower) continue_transfer(step, follower);
  // Figure 2, leaders: if last log index ≥ nextIndex, send AppendEntries. What is under way already is not
  // sent again before the next heartbeat; and a reply without news (a copy, say) sends nothing, or copies of
  // replies would call forth requests, and those more replies, without end.
  if (news && node.durable.log.last_index() > progress.sent_index) send_append_entries(step, follower);
}

}  // namespace

void handle_append_entries_reply(Step& step, const Message& message, const AppendEntriesReply& reply) {
  const NodeId follower = message.from.node();
  if (!hear_from(step, follower, reply.sent_at, reply.round, reply.prev_index)) return;
  if (reply.success) {
    follower_stored(step, follower, reply);
  } else {
    follower_refused(step, follower, reply);
  }
  serve_reads(step);
}

}  // namespace raft
