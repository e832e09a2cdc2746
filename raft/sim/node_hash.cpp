// The fields of one node: its disk, its memory, its state machine.
#include "raft/sim/hasher.h"

namespace raft::sim {

void add(Hasher& hasher, const Configuration& configuration) {
  hasher.add(configuration.voters.bits());
  hasher.add(configuration.next.bits());
  hasher.add(configuration.learners.bits());
}
void add(Hasher& hasher, const Command& command) {
  hasher.add(static_cast<std::int64_t>(command.kind));
  hasher.add(static_cast<std::int64_t>(command.client));
  hasher.add(static_cast<std::int64_t>(command.key));
  hasher.add(command.serial);
  hasher.add(command.session);
  hasher.add(command.value.bits());
  hasher.add(command.expected.bits());
  add(hasher, command.configuration);
}
void add(Hasher& hasher, const Entry& entry) {
  hasher.add(entry.term);
  add(hasher, entry.command);
}

namespace {

void add(Hasher& hasher, const StateMachine& machine) {
  hasher.add(static_cast<std::int64_t>(machine.store.size()));
  for (const auto& [key, value] : machine.store) {
    hasher.add(static_cast<std::int64_t>(key));
    hasher.add(value.bits());
  }
  hasher.add(static_cast<std::int64_t>(machine.sessions.size()));
  for (const Session& session : machine.sessions) {
    hasher.add(session.id);
    hasher.add(static_cast<std::int64_t>(session.client));
    hasher.add(session.last_serial);
    hasher.add(session.last_result.bits());
    hasher.add(session.last_used);
  }
}

}  // namespace

void add(Hasher& hasher, const SnapshotContent& snapshot) {
  add(hasher, snapshot.last);
  add(hasher, snapshot.machine);
  add(hasher, snapshot.configuration);
}

void add(Hasher& hasher, const Durable& disk) {
  hasher.add(disk.current_term);
  add(hasher, disk.voted_for);
  hasher.add(disk.log.last_index());
  add(hasher, disk.log.base());
  if (disk.snapshot != nullptr) add(hasher, *disk.snapshot);
  for (Index i = disk.log.first_index(); i <= disk.log.last_index(); ++i) add(hasher, disk.log.at(i));
}

void add(Hasher& hasher, const NodeState& node) {
  add(hasher, node.first_configuration);
  add(hasher, node.configuration);
  add(hasher, node.durable);
  hasher.add(static_cast<std::int64_t>(node.memory.role));
  add(hasher, node.memory.leader);
  hasher.add(node.memory.commit_index);
  hasher.add(node.memory.last_applied);
  hasher.add(node.memory.unwritten_from);
  add(hasher, node.memory.machine);
  add(hasher, node.memory.incoming);
  hasher.add(node.memory.chunks_here);
  hasher.add(node.memory.votes_granted.bits());
  hasher.add(node.memory.votes_refused.bits());
  hasher.add(node.memory.leader_heard_at);
  hasher.add(node.memory.transferred ? 1 : 0);
  if (node.memory.role != Role::Leader) return;
  for (const NodeId peer : node.peers()) {
    const Progress& progress = node.leading.progress[index_of(peer)];
    hasher.add(progress.next_index);
    hasher.add(progress.match_index);
    hasher.add(progress.sent_index);
    add(hasher, progress.snapshot != nullptr ? progress.snapshot->last : EntryId{});
    hasher.add(progress.next_chunk);
    hasher.add(progress.heard_at);
    hasher.add(progress.acked_sent);
    hasher.add(progress.acked_round);
  }
  hasher.add(static_cast<std::int64_t>(node.leading.pending.size()));
  for (const PendingRequest& pending : node.leading.pending) {
    hasher.add(pending.index);
    hasher.add(static_cast<std::int64_t>(pending.client));
    hasher.add(pending.serial);
  }
  hasher.add(static_cast<std::int64_t>(node.leading.reads.size()));
  for (const PendingRead& read : node.leading.reads) {
    add(hasher, read.command);
    hasher.add(static_cast<std::int64_t>(read.client));
    hasher.add(read.round);
    hasher.add(read.indexed ? 1 : 0);
    hasher.add(read.read_index);
  }
  add(hasher, node.leading.transfer_to);
  hasher.add(node.leading.transfer_since);
  hasher.add(node.leading.lease_given_up ? 1 : 0);
  hasher.add(node.leading.round);
}

}  // namespace raft::sim
