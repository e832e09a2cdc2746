// Log compaction and InstallSnapshot (§7, Figure 13).
#include "raft/core/snapshot.h"

#include <algorithm>

#include "raft/core/decisions.h"

namespace raft {

std::int32_t chunk_count(const SnapshotContent& snapshot) {
  const std::size_t items = snapshot.machine.store.size() + snapshot.machine.sessions.size();
  return static_cast<std::int32_t>(std::max<std::size_t>(1, (items + snapshot_items_per_chunk - 1) / snapshot_items_per_chunk));
}

void restore_from_snapshot(Step& step) {
  NodeState& node = step.node;
  if (node.durable.snapshot == nullptr) return;
  node.memory.machine = node.durable.snapshot->machine;
  node.memory.commit_index = node.memory.last_applied = node.durable.snapshot->last.index;
}

namespace {

/// §7: the snapshot keeps the index and term of its last entry, for the consistency check of the entry after it
/// and for elections while there is none.
void compact(Step& step, EntryId last) {
  step.node.durable.log.compact(last.index);
  if (!step.rule(Rule::SnapshotKeepsLast)) step.node.durable.log.forget_base_term();
}

/// The state machine as it was after entry `last`, which is applied.
StateMachine machine_after(const Step& step, Index last) {
  const NodeState& node = step.node;
  if (last == node.memory.last_applied) return node.memory.machine;
  // From the snapshot before, the entries up to there applied again.
  StateMachine machine;
  if (node.durable.snapshot != nullptr) machine = node.durable.snapshot->machine;
  const Log& log = node.durable.log;
  for (Index i = log.first_index(); i <= last; ++i) apply(machine, i, log.at(i).command, session_check(step));
  return machine;
}

}  // namespace

void take_snapshot(Step& step, Index index) {
  NodeState& node = step.node;
  Log& log = node.durable.log;
  const Index last = index == 0 ? node.memory.last_applied : std::min(index, node.memory.last_applied);
  if (last <= log.base().index || last > log.last_index()) return;
  auto content = std::make_shared<SnapshotContent>();
  content->last = log.id_at(last);
  content->configuration = configuration_before_log(node);
  content->machine = machine_after(step, last);
  for (const Index i : node.configured_at) {
    if (i <= last) content->configuration = log.at(i).command.configuration;
  }
  step.why(ReasonCode::TookSnapshot, {content->last, last - log.base().index});
  step.effects.snapshot_taken = content->last;
  compact(step, content->last);
  node.durable.snapshot = std::move(content);
  refresh_configuration(step);
}

void compact_if_due(Step& step) {
  const std::int32_t after = step.features().snapshot_after;
  if (after == 0 || step.node.memory.last_applied - step.node.durable.log.base().index < after) return;
  // What this step has stored stays until the next one: an entry is seen in a log before it is replaced.
  const Index stored = step.effects.appended_from;
  const Index last = stored == 0 ? step.node.memory.last_applied : std::min(step.node.memory.last_applied, stored - 1);
  if (last > step.node.durable.log.base().index) take_snapshot(step, last);
}

void send_snapshot_chunk(Step& step, NodeId follower) {
  if (step.node.durable.snapshot == nullptr) return;
  Progress& progress = step.node.leading.progress[index_of(follower)];
  const bool needed = progress.snapshot != nullptr && progress.snapshot->last.index > progress.match_index;
  if (!needed) {
    progress.snapshot = step.node.durable.snapshot;
    progress.next_chunk = 0;
  }
  // What was begun is finished, though this leader may have compacted further since: a follower that always had to
  // begin anew would never have a whole one.
  const Snapshot& snapshot = progress.snapshot;
  const std::int32_t chunks = chunk_count(*snapshot);
  const std::int32_t chunk = std::min(progress.next_chunk, chunks - 1);
  step.why(ReasonCode::SendsSnapshot, {follower, snapshot->last, chunk + 1});
  progress.sent_index = std::max(progress.sent_index, step.node.durable.log.last_index());
  step.send(follower, InstallSnapshot{snapshot->last, chunk, chunks, snapshot, step.now, step.node.leading.round});
}

namespace {

/// Figure 13, rules 6 to 8.
void install(Step& step, const InstallSnapshot& request) {
  NodeState& node = step.node;
  Log& log = node.durable.log;
  const Index last = request.last.index;
  node.durable.snapshot = request.content;
  const bool have_it = last >= log.base().index && last <= log.last_index() && log.term_at(last) == request.last.term;
  if (have_it) {
    // The snapshot describes a prefix of this log: what follows is still valid and is kept.
    step.why(ReasonCode::SnapshotRetainsLog, {request.last, log.last_index()});
    compact(step, request.last);
  } else {
    if (log.last_index() > last) note_deleted(step, last + 1);
    log.replace_by_snapshot(request.last);
    if (!step.rule(Rule::SnapshotKeepsLast)) log.forget_base_term();
  }
  step.effects.snapshot_installed = request.last;
  step.why(ReasonCode::InstalledSnapshot, {request.last});
  restore_from_snapshot(step);
  refresh_configuration(step);
}

}  // namespace

void handle_install_snapshot(Step& step, const Message& message, const InstallSnapshot& request) {
  NodeState& node = step.node;
  const NodeId leader = message.from.node();
  if (node.memory.role == Role::Leader && message.term == node.durable.current_term) {
    step.why(ReasonCode::SecondLeaderInTerm, {leader, message.term});
    return;
  }
  recognize_leader(step, leader);
  InstallSnapshotReply reply{.last = request.last, .sent_at = request.sent_at, .round = request.round};
  if (request.last.index <= node.memory.commit_index) {
    // Late or repeated: what it holds is here already, and going back would undo what has been applied.
    step.why(ReasonCode::SnapshotIsOld, {request.last, node.memory.commit_index});
    reply.done = true;
    step.send(leader, reply);
    return;
  }
  if (node.memory.incoming != request.last) {
    node.memory.incoming = request.last;
    node.memory.chunks_here = 0;
  }
  if (request.chunk == node.memory.chunks_here) {
    node.memory.chunks_here += 1;
    step.why(ReasonCode::StoredChunk, {request.last, node.memory.chunks_here});
  } else {
    step.why(ReasonCode::ChunkOutOfOrder, {request.chunk + 1, node.memory.chunks_here + 1});
  }
  if (node.memory.chunks_here == request.chunks) {
    install(step, request);
    node.memory.incoming = {};
    node.memory.chunks_here = 0;
    reply.done = true;
  }
  reply.next_chunk = node.memory.chunks_here;
  step.send(leader, reply);
}

namespace {

/// Figure 13, sender: the next chunk, and what follows the snapshot when the last one is there.
void snapshot_answered(Step& step, NodeId follower, const InstallSnapshotReply& reply) {
  NodeState& node = step.node;
  Progress& progress = node.leading.progress[index_of(follower)];
  if (!reply.done) {
    const bool of_this_one = progress.snapshot != nullptr && progress.snapshot->last == reply.last;
    if (!of_this_one || reply.next_chunk == progress.next_chunk) return;
    progress.next_chunk = reply.next_chunk;
    send_snapshot_chunk(step, follower);
    return;
  }
  if (reply.last.index <= progress.match_index) {
    step.why(ReasonCode::OldReplyIgnored, {follower, reply.last.index});
    return;
  }
  progress.snapshot = nullptr;
  progress.next_chunk = 0;
  progress.match_index = reply.last.index;
  progress.next_index = std::max(progress.next_index, reply.last.index + 1);
  progress.sent_index = progress.next_index - 1;
  step.why(ReasonCode::FollowerMatches, {follower, reply.last.index});
  advance_commit_index(step);
  // What has been committed may be its own removal, or the follower's.
  if (node.memory.role != Role::Leader || !node.peers().contains(follower)) return;
  if (node.leading.transfer_to == follower) continue_transfer(step, follower);
  if (node.durable.log.last_index() > progress.sent_index) send_append_entries(step, follower);
}

}  // namespace

void handle_install_snapshot_reply(Step& step, const Message& message, const InstallSnapshotReply& reply) {
  const NodeId follower = message.from.node();
  if (!hear_from(step, follower, reply.sent_at, reply.round, reply.last.index)) return;
  snapshot_answered(step, follower, reply);
  serve_reads(step);
}

}  // namespace raft
