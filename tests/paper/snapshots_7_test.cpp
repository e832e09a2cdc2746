// §7: log compaction and InstallSnapshot (Figure 13).
#include <doctest/doctest.h>

#include <memory>

#include "tests/support/nodes.h"

namespace raft::test {

namespace {

Snapshot snapshot_of(EntryId last, int keys = 1) {
  SnapshotContent content{last, {}, {.voters = NodeSet::first(3), .next = {}, .learners = {}}};
  for (int key = 0; key < keys; ++key) {
    content.machine.store.push_back({static_cast<SymbolId>(key), Value::number(key)});
  }
  return std::make_shared<const SnapshotContent>(content);
}

InstallSnapshot chunk_of(const Snapshot& snapshot, std::int32_t chunk = 0) {
  return {snapshot->last, chunk, chunk_count(*snapshot), snapshot};
}

/// Committed and compacted up to entry 3 of term 1; a fourth follows.
Node compacted_leader() {
  Node node;
  node.log({1, 1, 1, 1}).term(1).commit(3).take_snapshot(3).leader();
  return node;
}

}  // namespace

TEST_CASE("§7 a snapshot replaces the entries up to its last, and keeps that one's index and term") {
  Node node;
  node.log({1, 1, 2, 2}).term(2).commit(3).take_snapshot(3);
  CHECK(node.state.durable.log.base() == EntryId{3, 2});
  CHECK(node.log() == std::vector<Term>{2});
  CHECK(node.state.durable.snapshot->last == EntryId{3, 2});
  CHECK(node.gave(ReasonCode::TookSnapshot));
  node.append(B, 2, {3, 2}, {2, 2});  // the consistency check of the first entry after it
  CHECK(node.accepted(B));
}

TEST_CASE("§7 only what is applied is compacted") {
  Node node;
  node.log({1, 1, 1}).term(1).commit(2).take_snapshot(3);
  CHECK(node.state.durable.log.base() == EntryId{2, 1});
  node.take_snapshot(1);  // an older one is not taken
  CHECK(node.state.durable.log.base() == EntryId{2, 1});
}

TEST_CASE("§7 a restarted node begins from its snapshot") {
  Node node(1);
  node.timeout().ask(c1, write(5)).ask(c1, write(6)).take_snapshot().start();
  CHECK(node.commit() == 2);
  CHECK(node.applied() == 2);
  CHECK(read(node.state.memory.machine.store, SymbolId{0}) == Value::number(6));
}

TEST_CASE("§7 a snapshot of an earlier index holds the state as it was then") {
  Node node(1);
  node.timeout().ask(c1, write(5)).ask(c1, write(6)).take_snapshot(1);
  CHECK(read(node.state.durable.snapshot->machine.store, SymbolId{0}) == Value::number(5));
}

TEST_CASE("§7 a snapshot stands on the one before it") {
  Node node(1);
  node.timeout().ask(c1, write(5, 0)).take_snapshot().ask(c1, write(6, 1)).ask(c1, write(7, 2)).take_snapshot(2);
  const KeyValueStore& store = node.state.durable.snapshot->machine.store;
  CHECK(read(store, SymbolId{0}) == Value::number(5));
  CHECK(read(store, SymbolId{1}) == Value::number(6));
  CHECK(read(store, SymbolId{2}) == Value{});
}

TEST_CASE("§7 a snapshot holds the latest configuration as of its last entry, not a later one") {
  Node node(1);
  node.settings.features.noop = true;
  node.timeout().configure({.voters = set_of({A}), .next = {}, .learners = set_of({D})});
  CHECK(node.commit() == 2);
  node.take_snapshot(1);
  CHECK(node.state.durable.snapshot->configuration.learners.empty());
  node.take_snapshot(2);
  CHECK(node.state.durable.snapshot->configuration.learners == set_of({D}));
  CHECK(node.state.configuration.learners == set_of({D}));
}

TEST_CASE("§7 each node compacts by itself after so many entries") {
  Node node(1);
  node.settings.features.snapshot_after = 3;
  node.timeout();
  for (int i = 0; i < 10; ++i) node.ask(c1, write(i));
  CHECK(node.state.durable.log.base().index >= 6);
}

TEST_CASE("§7 a leader that has discarded what a follower needs sends its snapshot") {
  Node node = compacted_leader();
  node.receive(B, 2, AppendEntriesReply{.prev_index = 4});
  CHECK(node.sent_to<AppendEntries>(B) != nullptr);
  node.receive(B, 2, AppendEntriesReply{.prev_index = 3});
  REQUIRE(node.sent_to<InstallSnapshot>(B) != nullptr);
  CHECK(node.sent_to<InstallSnapshot>(B)->last == EntryId{3, 1});
  node.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1, .done = true});
  CHECK(node.progress(B).match_index == 3);
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->prev_log == EntryId{3, 1});
}

TEST_CASE("Figure 13: reply at once if the term is old") {
  Node node;
  node.term(5).receive(B, 4, chunk_of(snapshot_of({9, 4})));
  REQUIRE(node.sent_to<InstallSnapshotReply>(B) != nullptr);
  CHECK_FALSE(node.sent_to<InstallSnapshotReply>(B)->done);
  CHECK(node.state.durable.snapshot == nullptr);
}

TEST_CASE("§5.2 and §7: a chunk is a valid RPC from a leader: a candidate follows it, and the election timer starts anew") {
  Node node;
  node.timeout().receive(B, 1, chunk_of(snapshot_of({9, 1}, 12)));
  CHECK(node.role() == Role::Follower);
  CHECK(node.state.memory.leader == B);
  CHECK(node.timer_reset());
}

TEST_CASE("Figure 13: the chunks are collected in order, a repeated or early one is not counted") {
  const Snapshot snapshot = snapshot_of({9, 1}, 12);
  Node node;
  node.receive(B, 1, chunk_of(snapshot, 1));
  CHECK(node.gave(ReasonCode::ChunkOutOfOrder));
  CHECK(node.sent_to<InstallSnapshotReply>(B)->next_chunk == 0);
  node.receive(B, 1, chunk_of(snapshot, 0)).receive(B, 1, chunk_of(snapshot, 0));
  CHECK(node.sent_to<InstallSnapshotReply>(B)->next_chunk == 1);
  node.receive(B, 1, chunk_of(snapshot, 1));
  CHECK(node.state.durable.snapshot == nullptr);
  node.receive(B, 1, chunk_of(snapshot, 2));
  CHECK(node.sent_to<InstallSnapshotReply>(B)->done);
  CHECK(node.commit() == 9);
  CHECK(node.state.memory.machine.store.size() == 12);
}

TEST_CASE("Figure 13: a follower that crashes in between is sent the first chunk again") {
  const Snapshot snapshot = snapshot_of({9, 1}, 12);
  Node leader = compacted_leader();
  leader.state.durable.snapshot = snapshot_of({3, 1}, 12);
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 4}).receive(B, 2, AppendEntriesReply{.prev_index = 3});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1});
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == 1);
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 0});
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == 0);
}

TEST_CASE("Figure 13: if the log holds the snapshot's last entry, what follows it stays") {
  Node node;
  node.log({1, 1, 1, 1}).receive(B, 1, chunk_of(snapshot_of({2, 1})));
  CHECK(node.gave(ReasonCode::SnapshotRetainsLog));
  CHECK(node.log() == std::vector<Term>{1, 1});
  CHECK(node.applied() == 2);
}

TEST_CASE("Figure 13: otherwise the whole log is discarded") {
  Node node;
  node.log({1, 1, 1, 1}).receive(B, 2, chunk_of(snapshot_of({2, 2})));
  CHECK(node.log().empty());
  CHECK(node.state.durable.log.last() == EntryId{2, 2});
  CHECK(node.effects.deleted_from == 3);  // what lies beyond the snapshot
  CHECK(node.effects.deleted.size() == 2);
}

TEST_CASE("Figure 13: what a disk was still writing of a discarded log is not counted as stored") {
  Node node;
  node.log({1, 1, 1, 1, 1, 1});
  node.state.memory.unwritten_from = 6;
  node.receive(B, 2, chunk_of(snapshot_of({2, 2})));
  REQUIRE(node.state.durable.log.last_index() == 2);
  node.leader();
  // From a time in which the rules were others, B is thought to hold more than there is.
  node.state.leading.progress[index_of(B)].match_index = 5;
  node.state.leading.progress[index_of(C)].match_index = 5;
  node.heartbeat();
  CHECK(node.state.memory.commit_index == 2);
}

TEST_CASE("Figure 13: a snapshot brings its configuration") {
  SnapshotContent content{{4, 1}, {}, {.voters = set_of({A, D}), .next = {}, .learners = {}}};
  Node node;
  node.receive(B, 1, chunk_of(std::make_shared<const SnapshotContent>(content)));
  CHECK(node.state.configuration.voters == set_of({A, D}));
  // One of a node that never knew who was there at first says nothing: the receiver knows better.
  content = {{6, 1}, {}, {}};
  Node other;
  other.receive(B, 1, chunk_of(std::make_shared<const SnapshotContent>(content)));
  CHECK(other.state.configuration.voters == NodeSet::first(3));
}

TEST_CASE("a snapshot that arrives twice, or late, does not take back what has been applied since") {
  const Snapshot snapshot = snapshot_of({2, 1});
  Node node;
  node.receive(B, 1, chunk_of(snapshot)).append(B, 1, {2, 1}, {1, 1}, 4);
  CHECK(node.applied() == 4);
  node.receive(B, 1, chunk_of(snapshot));
  CHECK(node.gave(ReasonCode::SnapshotIsOld));
  CHECK(node.applied() == 4);
  CHECK(node.log() == std::vector<Term>{1, 1});
  CHECK(node.sent_to<InstallSnapshotReply>(B)->done);
}

TEST_CASE("entries that a snapshot has overtaken change nothing and are acknowledged") {
  Node node;
  node.receive(B, 1, chunk_of(snapshot_of({5, 1}))).append(B, 1, {1, 1}, {1, 1}, 3);
  CHECK(node.accepted(B));
  CHECK(node.log().empty());
  node.append(B, 1, {3, 1}, {1, 1, 1}, 6);  // the last of them is new
  CHECK(node.log() == std::vector<Term>{1});
  CHECK(node.commit() == 6);
}

TEST_CASE("§5.3 and §7: fast repair stops at the snapshot, and goes on with it") {
  Node node = compacted_leader();
  node.settings.features.fast_repair = true;
  node.receive(B, 2, AppendEntriesReply{.prev_index = 4, .conflict = {1, 0}});
  CHECK(node.sent_to<InstallSnapshot>(B) != nullptr);
}

TEST_CASE("§5.3 fast repair: one refusal skips all entries of a conflicting term") {
  Node follower;
  follower.settings.features.fast_repair = true;
  follower.log({1, 2, 2, 2}).term(3).append(B, 3, {4, 3}, {3});
  CHECK(follower.sent_to<AppendEntriesReply>(B)->conflict == EntryId{2, 2});
  Node leader;
  leader.settings.features.fast_repair = true;
  leader.log({1, 1, 3, 3}).term(3).leader().receive(B, 4, AppendEntriesReply{.prev_index = 4, .conflict = {2, 2}});
  CHECK(leader.progress(B).next_index == 2);
  // It has that term itself: it goes on after its own last entry of it.
  Node other;
  other.settings.features.fast_repair = true;
  other.log({1, 2, 3, 3}).term(3).leader().receive(B, 4, AppendEntriesReply{.prev_index = 4, .conflict = {2, 2}});
  CHECK(other.progress(B).next_index == 3);
}

TEST_CASE("Figure 13: chunks of one snapshot are not counted for another") {
  Node node;
  node.receive(B, 1, chunk_of(snapshot_of({9, 1}, 12), 0)).receive(B, 1, chunk_of(snapshot_of({10, 1}, 12), 1));
  CHECK(node.gave(ReasonCode::ChunkOutOfOrder));
  CHECK(node.sent_to<InstallSnapshotReply>(B)->next_chunk == 0);
}

TEST_CASE("Figure 13: a leader finishes the snapshot that it began; a newer one starts at its first chunk") {
  Node leader = compacted_leader();
  leader.state.durable.snapshot = snapshot_of({3, 1}, 12);
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 4}).receive(B, 2, AppendEntriesReply{.prev_index = 3});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1});
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == 1);
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1});  // the same answer twice
  CHECK(leader.effects.messages.empty());
  leader.receive(B, 2, InstallSnapshotReply{.last = {2, 1}, .next_chunk = 2});  // about another snapshot
  CHECK(leader.effects.messages.empty());
  leader.state.durable.snapshot = snapshot_of({4, 1}, 12);
  leader.heartbeat();
  CHECK(leader.sent_to<InstallSnapshot>(B)->last == EntryId{3, 1});
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == 1);
  leader.state.durable.log.compact(4);
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .done = true});
  leader.heartbeat();
  CHECK(leader.sent_to<InstallSnapshot>(B)->last == EntryId{4, 1});
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == 0);
}

TEST_CASE("Figure 13: a snapshot that the follower has overtaken is not sent any further") {
  Node leader = compacted_leader();
  leader.state.durable.snapshot = snapshot_of({3, 1}, 12);
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 4}).receive(B, 2, AppendEntriesReply{.prev_index = 3});
  CHECK(leader.sent_to<InstallSnapshot>(B)->last == EntryId{3, 1});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1});
  leader.receive(B, 2, AppendEntriesReply{.success = true, .prev_index = 3, .match_index = 3});
  leader.state.durable.snapshot = snapshot_of({4, 1}, 12);
  leader.state.durable.log.compact(4);
  leader.heartbeat();
  CHECK(leader.sent_to<InstallSnapshot>(B)->last == EntryId{4, 1});
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == 0);
}

TEST_CASE("Figure 13: a late answer to an earlier chunk of a snapshot that is complete sends nothing") {
  Node leader = compacted_leader();
  leader.state.durable.snapshot = snapshot_of({3, 1}, 12);
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 4}).receive(B, 2, AppendEntriesReply{.prev_index = 3});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .done = true});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 2});
  CHECK(leader.effects.messages.empty());
}

TEST_CASE("Figure 13: an answer that asks for more chunks than there are is sent the last") {
  Node leader = compacted_leader();
  leader.state.durable.snapshot = snapshot_of({3, 1}, 12);
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 4}).receive(B, 2, AppendEntriesReply{.prev_index = 3});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 9});
  REQUIRE(leader.sent_to<InstallSnapshot>(B) != nullptr);
  CHECK(leader.sent_to<InstallSnapshot>(B)->chunk == leader.sent_to<InstallSnapshot>(B)->chunks - 1);
}

TEST_CASE("§7 and 3.10: a chunk that is on its way to the target is not sent twice") {
  Node leader = compacted_leader();
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 4}).receive(B, 2, AppendEntriesReply{.prev_index = 3});
  CHECK(leader.sent_to<InstallSnapshot>(B) != nullptr);
  leader.transfer(B);
  CHECK(leader.gave(ReasonCode::TransferWaits));
  CHECK(leader.effects.messages.empty());
}

TEST_CASE("Figure 13: a late answer does not take back what is known to match") {
  Node leader = compacted_leader();
  leader.receive(B, 2, AppendEntriesReply{.success = true, .prev_index = 4, .match_index = 4});
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1, .done = true});
  CHECK(leader.gave(ReasonCode::OldReplyIgnored));
  CHECK(leader.progress(B).match_index == 4);
}

TEST_CASE("Figure 13: a snapshot that ends where the node has committed brings nothing new") {
  Node node;
  node.log({1, 1}).term(1).commit(2).receive(B, 1, chunk_of(snapshot_of({2, 1})));
  CHECK(node.gave(ReasonCode::SnapshotIsOld));
  CHECK(node.state.durable.snapshot == nullptr);
}

TEST_CASE("§7 and 3.10: a target that needs a snapshot is told to take over once it has it") {
  Node leader = compacted_leader();
  leader.commit(4).take_snapshot().transfer(B);
  CHECK(leader.sent<TimeoutNow>().empty());
  leader.receive(B, 2, InstallSnapshotReply{.last = {4, 1}, .next_chunk = 1, .done = true});
  CHECK(leader.sent_to<TimeoutNow>(B) != nullptr);
}

TEST_CASE("§7 and 6.4: an answer to a chunk confirms the leader for its readers") {
  Node leader = compacted_leader();
  leader.settings.features.reads = ReadMode::ReadIndex;
  leader.ask(c1, write(1)).receive(C, 2, AppendEntriesReply{.success = true, .prev_index = 4, .match_index = 5});
  leader.ask(c2, read_of());
  CHECK(leader.sent<ClientReply>().empty());
  leader.receive(B, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1, .round = leader.state.leading.round});
  CHECK(leader.sent<ClientReply>().size() == 1);
}

TEST_CASE("answers to chunks mean nothing to a follower, nor from a node that is no member") {
  Node leader = compacted_leader();
  leader.receive(E, 2, InstallSnapshotReply{.last = {3, 1}, .next_chunk = 1, .done = true});
  CHECK(leader.progress(E).match_index == 0);
  CHECK(leader.gave(ReasonCode::OldReplyIgnored));
  Node follower;
  follower.receive(B, 0, InstallSnapshotReply{.last = {3, 1}, .done = true});
  CHECK(follower.gave(ReasonCode::NoLongerLeader));
  CHECK(follower.progress(B).match_index == 0);
}

}  // namespace raft::test
