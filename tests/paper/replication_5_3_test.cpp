// §5.3, log replication, seen from the follower and from the leader. One test case for each sentence that
// says what a node must do.
#include <doctest/doctest.h>

#include "tests/support/nodes.h"

namespace raft::test {

using Terms = std::vector<Term>;

// The leader's side.

TEST_CASE("§5.3 a leader appends a command with its term and sends it to all others in parallel") {
  Node node(5);
  node.term(3).log({1, 2}).leader().ask(c1, write(7));
  CHECK(node.log() == Terms{1, 2, 4});
  CHECK(node.state.durable.log.at(3).command.value == Value::number(7));
  REQUIRE(node.sent<AppendEntries>().size() == 4);
  for (const Message& message : node.sent<AppendEntries>()) {
    const auto& request = std::get<AppendEntries>(message.body);
    CHECK(request.prev_log == EntryId{2, 2});
    REQUIRE(request.entries.size() == 1);
    CHECK(request.entries[0].term == 4);
  }
  CHECK(node.gave(Reason{ReasonCode::AppendedCommand, {EntryId{3, 4}}}));
}

TEST_CASE("§5.3 an entry is committed once a majority stores it; then it is applied and the client answered") {
  Node node(5);
  node.leader().ask(c1, write(7), 3);
  CHECK(node.sent<ClientReply>().empty());
  node.receive(B, 1, AppendEntriesReply{true, 0, 1});
  CHECK(node.commit() == 0);
  CHECK(node.sent<ClientReply>().empty());
  CHECK(node.gave(Reason{ReasonCode::NotOnMajority, {EntryId{1, 1}, 2, 3}}));
  node.receive(C, 1, AppendEntriesReply{true, 0, 1});
  CHECK(node.commit() == 1);
  CHECK(node.applied() == 1);
  REQUIRE(node.sent_to<ClientReply>(c1) != nullptr);
  CHECK(*node.sent_to<ClientReply>(c1) == ClientReply{3, ReplyStatus::Done, Value::number(7), A});
  CHECK(node.gave(Reason{ReasonCode::CommittedByMajority, {EntryId{1, 1}, 3, 3}}));
}

TEST_CASE("§5.3 slow or silent followers do not hold up the majority") {
  Group group(5);
  group.timeout(A);
  group.deliver(set_of({A, B, C}));
  group.ask(A, write(1));
  group.deliver(set_of({A, B, C}));
  CHECK(group[A].commit() == 1);
}

TEST_CASE("§5.3 a leader retries until every follower stores every entry, also after it has answered") {
  Node node;
  node.leader().ask(c1, write(1)).receive(B, 1, AppendEntriesReply{true, 0, 1});
  REQUIRE(node.commit() == 1);
  node.heartbeat();
  REQUIRE(node.sent_to<AppendEntries>(C) != nullptr);
  CHECK(node.sent_to<AppendEntries>(C)->entries.size() == 1);
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->entries.empty());
}

TEST_CASE("§5.3 clients are answered in the order of the log, each exactly once") {
  Node node;
  node.leader().ask(c1, write(1), 1).ask(c2, write(2), 1);
  node.receive(B, 1, AppendEntriesReply{true, 0, 2});
  const std::vector<Message> replies = node.sent<ClientReply>();
  REQUIRE(replies.size() == 2);
  CHECK(replies[0].to == Endpoint(c1));
  CHECK(replies[1].to == Endpoint(c2));
  node.receive(C, 1, AppendEntriesReply{true, 0, 2});
  CHECK(node.sent<ClientReply>().empty());
}

TEST_CASE("§5.3 a deposed leader does not answer for what somebody else commits") {
  Node node;
  node.leader().ask(c1, write(1));
  node.append(B, 2, {1, 1}, {2}, 2);
  CHECK(node.applied() == 2);
  CHECK(node.sent<ClientReply>().empty());
}

TEST_CASE("§5.3 a leader tells in every AppendEntries, heartbeats included, how far it has committed") {
  Node node;
  node.leader().ask(c1, write(1)).receive(B, 1, AppendEntriesReply{true, 0, 1});
  node.heartbeat();
  for (const Message& message : node.sent<AppendEntries>()) {
    CHECK(std::get<AppendEntries>(message.body).leader_commit == 1);
  }
  node.ask(c1, write(2), 2);
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->leader_commit == 1);
}

TEST_CASE("§5.3 a new leader takes every follower to be as far as itself, and to match nowhere yet") {
  Node node(5);
  node.term(2).log({1, 1, 2}).leader();
  for (const NodeId peer : node.state.peers()) {
    CHECK(node.progress(peer).next_index == 4);
    CHECK(node.progress(peer).match_index == 0);
  }
}

TEST_CASE("§5.3 after a rejection a leader decrements nextIndex and tries again") {
  Node node;
  node.term(2).log({1, 1, 2}).leader();
  for (Index next = 3; next >= 1; --next) {
    CAPTURE(next);
    node.receive(B, 3, AppendEntriesReply{false, next, 0});
    CHECK(node.progress(B).next_index == next);
    REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
    CHECK(node.sent_to<AppendEntries>(B)->prev_log.index == next - 1);
    CHECK(node.sent_to<AppendEntries>(B)->entries.size() == static_cast<std::size_t>(4 - next));
    CHECK(node.sent<AppendEntries>().size() == 1);  // nobody else is bothered
  }
}

TEST_CASE("§5.3 nextIndex never goes below 1, nor below what is known to match") {
  Node node;
  node.log({1, 1, 1}).term(1).leader();
  node.receive(B, 2, AppendEntriesReply{true, 3, 3});
  node.receive(B, 2, AppendEntriesReply{false, 3, 0});  // an old refusal, late
  CHECK(node.progress(B).next_index == 4);
  CHECK(node.progress(B).match_index == 3);
  CHECK(node.gave(ReasonCode::OldReplyIgnored));
  for (Index prev = 3; prev >= 0; --prev) node.receive(C, 2, AppendEntriesReply{false, prev, 0});
  CHECK(node.progress(C).next_index == 1);
}

TEST_CASE("§5.3 the same rejection twice moves nextIndex once") {
  Node node;
  node.log({1, 1, 1}).term(1).leader();
  node.receive(B, 2, AppendEntriesReply{false, 3, 0}).receive(B, 2, AppendEntriesReply{false, 3, 0});
  CHECK(node.progress(B).next_index == 3);
}

TEST_CASE("§5.3 a late copy of an earlier rejection does not move nextIndex forward again") {
  Node node;
  node.log({1, 1, 1}).term(1).leader();
  node.receive(B, 2, AppendEntriesReply{.prev_index = 3}).receive(B, 2, AppendEntriesReply{.prev_index = 2});
  CHECK(node.progress(B).next_index == 2);
  node.receive(B, 2, AppendEntriesReply{.prev_index = 3});
  CHECK(node.progress(B).next_index == 2);
  CHECK(node.gave(ReasonCode::OldReplyIgnored));
  CHECK(node.effects.messages.empty());
}

TEST_CASE("§5.3 nextIndex does not go back on a success: what is assumed is tried first") {
  Node node;
  node.log({1, 1, 1, 1}).term(1).leader();
  node.receive(B, 2, AppendEntriesReply{.success = true, .prev_index = 2, .match_index = 2});
  CHECK(node.progress(B).match_index == 2);
  CHECK(node.progress(B).next_index == 5);
}

TEST_CASE("§5.3 fast repair: a log that is too short asks for what follows its last entry, and is sent that") {
  Node follower;
  follower.settings.features.fast_repair = true;
  follower.log({1, 1}).term(2).append(B, 2, {5, 2}, {2});
  CHECK(follower.sent_to<AppendEntriesReply>(B)->conflict == EntryId{3, 0});
  Node leader;
  leader.settings.features.fast_repair = true;
  leader.log({1, 1, 1, 1, 1}).term(1).leader();
  leader.receive(B, 2, AppendEntriesReply{.prev_index = 5, .conflict = {3, 0}});
  CHECK(leader.progress(B).next_index == 3);
  CHECK(leader.gave(Reason(ReasonCode::WalkedBack, {B, 3})));  // no term conflicts
  CHECK_FALSE(leader.gave(ReasonCode::SkippedTerm));
}

TEST_CASE("§5.3 fast repair: a late refusal does not take nextIndex below what is known to match") {
  Node node;
  node.settings.features.fast_repair = true;
  node.log({1, 1, 1, 1}).term(1).leader();
  node.receive(B, 2, AppendEntriesReply{.success = true, .prev_index = 2, .match_index = 3});
  node.receive(B, 2, AppendEntriesReply{.prev_index = 4, .conflict = {1, 0}});
  CHECK(node.progress(B).next_index == 4);
}

TEST_CASE("§5.3 on success a leader updates nextIndex and matchIndex, and a late reply takes nothing back") {
  Node node;
  node.leader().ask(c1, write(1)).ask(c1, write(2), 2);
  node.receive(B, 1, AppendEntriesReply{true, 0, 2});
  CHECK(node.progress(B).next_index == 3);
  CHECK(node.progress(B).match_index == 2);
  node.receive(B, 1, AppendEntriesReply{true, 0, 1});
  CHECK(node.progress(B).next_index == 3);
  CHECK(node.progress(B).match_index == 2);
}

TEST_CASE("§5.3 an AppendEntries carries at most a batch; the rest follows when it is acknowledged") {
  Node node;
  node.settings.batch = 2;
  node.term(1).log({1, 1, 1, 1, 1}).leader();
  for (Index prev = 5; prev >= 1; --prev) node.receive(B, 2, AppendEntriesReply{false, prev, 0});
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->prev_log.index == 0);
  CHECK(node.sent_to<AppendEntries>(B)->entries.size() == 2);
  node.receive(B, 2, AppendEntriesReply{true, 0, 2});
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->prev_log.index == 2);
  CHECK(node.sent_to<AppendEntries>(B)->entries.size() == 2);
  node.receive(B, 2, AppendEntriesReply{true, 2, 4});
  CHECK(node.sent_to<AppendEntries>(B)->entries.size() == 1);
  node.receive(B, 2, AppendEntriesReply{true, 4, 5});
  CHECK(node.effects.messages.empty());
}

TEST_CASE("§5.3 a copy of a reply calls forth no further request: messages do not multiply") {
  Node node;
  node.settings.batch = 1;
  node.term(1).log({1, 1, 1}).leader();
  node.receive(B, 2, AppendEntriesReply{.prev_index = 3}).receive(B, 2, AppendEntriesReply{.prev_index = 2});
  node.receive(B, 2, AppendEntriesReply{.success = true, .prev_index = 1, .match_index = 1});
  CHECK(node.sent_to<AppendEntries>(B)->prev_log.index == 1);
  CHECK(node.gave(ReasonCode::NotCurrentTerm));
  node.receive(B, 2, AppendEntriesReply{.success = true, .prev_index = 1, .match_index = 1});
  CHECK(node.effects.messages.empty());
  CHECK_FALSE(node.gave(ReasonCode::NotCurrentTerm));  // nor is what was decided decided again
}

TEST_CASE("§5.3 a leader does not delete or overwrite entries of its own log") {
  Node node;
  node.leader().ask(c1, write(1)).ask(c1, write(2), 2);
  node.append(B, 1, {0, 0}, {1}, 0);  // cannot happen; must not hurt
  CHECK(node.log() == Terms{1, 1});
  CHECK(node.role() == Role::Leader);
}

// The follower's side.

TEST_CASE("§5.3 a follower refuses entries when it has nothing at the place before them") {
  Node node;
  node.term(1).log({1}).append(B, 1, {2, 1}, {1});
  CHECK(node.refused_append(B));
  CHECK(node.log() == Terms{1});
  CHECK(node.gave(Reason{ReasonCode::MissingEntry, {EntryId{2, 1}, Index{1}}}));
}

TEST_CASE("§5.3 a follower refuses entries when the entry before them has another term") {
  Node node;
  node.term(2).log({1, 1}).append(B, 3, {2, 2}, {3});
  CHECK(node.refused_append(B));
  CHECK(node.log() == Terms{1, 1});
  CHECK(node.gave(Reason{ReasonCode::ConflictingTerm, {EntryId{2, 2}, EntryId{2, 1}}}));
}

TEST_CASE("§5.3 a refusal says which request it answers, and tells nothing of a match") {
  Node node;
  node.append(B, 1, {5, 1}, {1});
  REQUIRE(node.sent_to<AppendEntriesReply>(B) != nullptr);
  CHECK(*node.sent_to<AppendEntriesReply>(B) == AppendEntriesReply{false, 5, 0});
}

TEST_CASE("§5.3 entries from the very beginning of the log always fit") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1});
  CHECK(node.accepted(B));
  CHECK(node.log() == Terms{1, 1});
  CHECK(node.sent_to<AppendEntriesReply>(B)->match_index == 2);
}

TEST_CASE("§5.3 entries that follow a matching one are stored") {
  Node node;
  node.term(2).log({1, 2}).append(B, 2, {2, 2}, {2, 2});
  CHECK(node.accepted(B));
  CHECK(node.log() == Terms{1, 2, 2, 2});
  CHECK(node.gave(Reason{ReasonCode::StoredEntries, {Index{3}, Index{4}}}));
}

TEST_CASE("§5.3 an entry that conflicts with a new one is deleted, with all that follow it") {
  Node node;
  node.term(2).log({1, 1, 2, 2, 2}).append(B, 3, {1, 1}, {1, 3});
  CHECK(node.accepted(B));
  CHECK(node.log() == Terms{1, 1, 3});
  CHECK(node.effects.deleted_from == 3);
  CHECK(node.effects.deleted == std::vector<Entry>{entry_for(3, 2), entry_for(4, 2), entry_for(5, 2)});
  CHECK(node.effects.appended_from == 3);
}

TEST_CASE("§5.3 entries that do not conflict stay") {
  Node node;
  node.term(1).log({1, 1, 1}).append(B, 1, {0, 0}, {1, 1});
  CHECK(node.log() == Terms{1, 1, 1});
  CHECK(node.effects.deleted_from == 0);
  CHECK(node.gave(Reason{ReasonCode::AlreadyStored, {Index{1}, Index{2}}}));
}

TEST_CASE("§5.3 a delayed AppendEntries does not cut off what came after it") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1, 1});
  node.append(B, 1, {0, 0}, {1});
  node.append(B, 1, {1, 1}, {});
  CHECK(node.accepted(B));
  CHECK(node.log() == Terms{1, 1, 1});
  CHECK(node.sent_to<AppendEntriesReply>(B)->match_index == 1);  // no more than that message proves
}

TEST_CASE("§5.3 a heartbeat deletes nothing, also when the follower's log is longer") {
  Node node;
  node.term(2).log({1, 2, 2}).append(B, 3, {1, 1}, {});
  CHECK(node.accepted(B));
  CHECK(node.log() == Terms{1, 2, 2});
}

TEST_CASE("§5.3 a follower commits what its leader has committed, up to its last new entry") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1}, 1);
  CHECK(node.commit() == 1);
  node.append(B, 1, {2, 1}, {1}, 9);
  CHECK(node.commit() == 3);
  CHECK(node.gave(Reason{ReasonCode::CommitLimited, {Index{3}, Index{9}}}));
}

TEST_CASE("§5.3 entries beyond the last new one are not committed: nobody has compared them") {
  Node node;
  node.term(1).log({1, 1, 1}).append(B, 2, {1, 1}, {}, 3);
  CHECK(node.commit() == 1);
  CHECK(node.applied() == 1);
}

TEST_CASE("§5.3 a node commits nothing that it does not have, also when it trusts its leader too far") {
  Node node;
  node.off(Rule::CommitOnlyNewEntries).append(B, 1, {0, 0}, {1, 1}, 9);
  CHECK(node.commit() == 2);
}

TEST_CASE("§5.3 the commit index never goes back") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1, 1}, 3);
  node.append(B, 1, {0, 0}, {1}, 1);
  CHECK(node.commit() == 3);
  node.append(B, 1, {3, 1}, {}, 0);
  CHECK(node.commit() == 3);
}

TEST_CASE("§5.3 committed entries are applied in the order of the log, each once") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1, 1}, 2);
  REQUIRE(node.effects.applied.size() == 2);
  CHECK(node.effects.applied[0].index == 1);
  CHECK(node.effects.applied[1].index == 2);
  node.append(B, 1, {3, 1}, {}, 3);
  REQUIRE(node.effects.applied.size() == 1);
  CHECK(node.effects.applied[0].index == 3);
  CHECK(node.applied() == 3);
  CHECK(node.state.memory.machine.store == KeyValueStore{{SymbolId{0}, Value::number(3001)}});
}

TEST_CASE("§5.3 after a restart the log is applied again from its beginning, once it is known committed") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1}, 2).start();
  CHECK(node.effects.applied.empty());
  node.append(B, 1, {2, 1}, {}, 2);
  CHECK(node.effects.applied.size() == 2);
  CHECK(node.applied() == 2);
}

TEST_CASE("§2 the same log gives the same state on every node") {
  Group group(3);
  group.timeout(A);
  group.deliver(NodeSet::first(3));
  for (std::uint32_t i = 0; i < 20; ++i) group.ask(A, write(i, i % 4));
  group.deliver(NodeSet::first(3));
  group.round(A, NodeSet::first(3));
  CHECK(group[A].applied() == 20);
  CHECK(group[B].state.memory.machine.store == group[A].state.memory.machine.store);
  CHECK(group[C].state.memory.machine.store == group[A].state.memory.machine.store);
}

}  // namespace raft::test
