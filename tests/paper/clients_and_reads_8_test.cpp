// §8 and dissertation 6.3, 6.4: sessions, the no-op, reads without an entry in the log.
#include <doctest/doctest.h>

#include "tests/support/nodes.h"

namespace raft::test {

namespace {

Command open_session(std::int64_t most = 0) {
  Command command;
  command.kind = CommandKind::OpenSession;
  if (most > 0) command.value = Value::number(most);
  return command;
}

Command increment(Index session) {
  Command command;
  command.kind = CommandKind::Increment;
  command.key = SymbolId{0};
  command.session = session;
  return command;
}

AppendEntriesReply answer(Index match, LocalTime sent_at = 0, Round round = 0) {
  return {.success = true, .prev_index = match, .match_index = match, .sent_at = sent_at, .round = round};
}

/// Leads term 1 with its no-op committed.
Node reading_leader(ReadMode mode) {
  Node node;
  node.settings.features.reads = mode;
  node.settings.features.noop = true;
  node.leader().receive(B, 1, answer(1));
  return node;
}

Value counter(const Node& node) { return read(node.state.memory.machine.store, SymbolId{0}); }

}  // namespace

TEST_CASE("§8 a leader commits a no-op at the start of its term, and with it what came before") {
  Node node;
  node.settings.features.noop = true;
  node.log({1}).term(1).leader();
  CHECK(node.log() == std::vector<Term>{1, 2});
  CHECK(node.gave(ReasonCode::AppendedNoop));
  node.receive(B, 2, answer(2));
  CHECK(node.commit() == 2);
}

TEST_CASE("§8 a command whose serial number has been executed is answered without being executed again") {
  Node node(1);
  node.timeout().ask(c1, open_session(), 1).ask(c1, increment(1), 2).ask(c1, increment(1), 2);
  CHECK(node.gave(ReasonCode::RepeatedCommand));
  CHECK(node.sent_to<ClientReply>(c1)->result == Value::number(1));
  CHECK(counter(node) == Value::number(1));
}

TEST_CASE("6.3 without a session a command is not executed, and the client is told") {
  Node node(1);
  node.timeout().ask(c1, increment(7), 1);
  CHECK(node.sent_to<ClientReply>(c1)->status == ReplyStatus::SessionExpired);
  CHECK(counter(node) == Value{});
}

TEST_CASE("6.3 the least recently used session expires when there are too many") {
  Node node(1);
  node.timeout().ask(c1, open_session(2), 1).ask(c2, open_session(2), 1).ask(c1, increment(1), 2);
  node.ask(ClientId{3}, open_session(2), 1);
  CHECK(node.state.memory.machine.session(c2) == nullptr);
  node.ask(c2, increment(2), 2);
  CHECK(node.sent_to<ClientReply>(c2)->status == ReplyStatus::SessionExpired);
  node.ask(c1, increment(1), 3);
  CHECK(counter(node) == Value::number(2));
}

TEST_CASE("6.3 what was asked in an expired session is not executed in a new one") {
  Node node(1);
  Command expire;
  expire.kind = CommandKind::ExpireSession;
  node.timeout().ask(c1, open_session(), 1).ask(c1, increment(1), 2).ask(c1, expire, 3).ask(c1, open_session(), 4);
  node.ask(c1, increment(1), 2);  // the old request arrives once more
  CHECK(counter(node) == Value::number(1));
  CHECK(node.sent_to<ClientReply>(c1)->status == ReplyStatus::SessionExpired);
  node.ask(c1, increment(1), 9);
  CHECK(counter(node) == Value::number(1));
}

TEST_CASE("6.4 ReadIndex: a leader answers once a majority has answered a round begun after the read") {
  Node node = reading_leader(ReadMode::ReadIndex);
  node.ask(c1, read_of());
  CHECK(node.state.durable.log.last_index() == 1);
  CHECK(node.sent<ClientReply>().empty());
  CHECK(node.sent<AppendEntries>().size() == 2);
  const Round round = node.sent_to<AppendEntries>(B)->round;
  node.receive(B, 1, answer(1, node.now, round - 1));
  CHECK(node.sent<ClientReply>().empty());
  node.receive(B, 1, answer(1, node.now, round));
  CHECK(node.sent<ClientReply>().size() == 1);
  CHECK(node.gave(ReasonCode::ReadConfirmed));
}

TEST_CASE("6.4 ReadIndex: a refusal of entries confirms the leader as well") {
  Node node = reading_leader(ReadMode::ReadIndex);
  node.ask(c1, read_of());
  const Round round = node.state.leading.round;
  node.receive(C, 1, AppendEntriesReply{.prev_index = 1, .round = round});
  CHECK(node.sent<ClientReply>().size() == 1);
}

TEST_CASE("6.4 ReadIndex: a new leader waits until it has committed an entry of its term") {
  Node node;
  node.settings.features.reads = ReadMode::ReadIndex;
  node.settings.features.noop = true;
  node.leader().ask(c1, read_of());
  CHECK(node.gave(ReasonCode::ReadWaitsForTerm));
  const Round round = node.state.leading.round;
  node.receive(B, 1, answer(0, node.now, round));
  CHECK(node.sent<ClientReply>().empty());
  node.receive(B, 1, answer(1, node.now, round));
  CHECK(node.sent<ClientReply>().size() == 1);
}

TEST_CASE("6.4 ReadIndex: a leader that steps down forgets its reads") {
  Node node = reading_leader(ReadMode::ReadIndex);
  node.ask(c1, read_of()).receive(C, 2, RequestVote{{9, 1}});
  CHECK(node.state.leading.reads.empty());
  CHECK(node.sent<ClientReply>().empty());
}

TEST_CASE("6.4 ReadIndex: a cluster of one needs nobody's answer") {
  Node node(1);
  node.settings.features = {.noop = true, .reads = ReadMode::ReadIndex};
  node.timeout().ask(c1, read_of());
  CHECK(node.sent<ClientReply>().size() == 1);
}

TEST_CASE("6.4.1 a lease lasts the shortest election timeout from the sending of the round that was answered") {
  Node node = reading_leader(ReadMode::Lease);
  const LocalTime sent = node.now;
  node.receive(B, 1, answer(1, sent)).wait(149'999).ask(c1, read_of());
  CHECK(node.sent<ClientReply>().size() == 1);
  CHECK(node.gave(ReasonCode::ReadByLease));
  node.wait(1).ask(c1, read_of());
  CHECK(node.sent<ClientReply>().empty());
  CHECK(node.sent<AppendEntries>().size() == 2);
}

TEST_CASE("6.4.1 a leader that has told another to take over has no lease any more") {
  Node node = reading_leader(ReadMode::Lease);
  node.receive(B, 1, answer(1, node.now)).transfer(B);
  CHECK(node.gave(ReasonCode::ToldToTakeOver));
  node.wait(150'000).heartbeat().receive(B, 1, answer(1, node.now)).ask(c1, read_of());
  CHECK(node.sent<ClientReply>().empty());
}

TEST_CASE("after 6.4.1: a node that restarts keeps the lease that it has granted") {
  Node node;
  node.settings.features.reads = ReadMode::Lease;
  node.settings.features.ignore_disruptive = true;
  node.append(B, 1, {0, 0}, {}).start().receive(C, 2, RequestVote{{9, 1}});
  CHECK(node.term() == 1);
  node.wait(150'000).receive(C, 2, RequestVote{{9, 1}});
  CHECK(node.granted(C));
}

TEST_CASE("10.2.1 a leader counts itself only for what its disk has") {
  Node node(1);
  node.settings.slow_disk = true;
  node.timeout().ask(c1, write(1));
  CHECK(node.commit() == 0);
  node.written(1);
  CHECK(node.commit() == 1);
  CHECK(node.sent<ClientReply>().size() == 1);
}

TEST_CASE("6.3 a session belongs to the client that opened it") {
  Node node(1);
  node.timeout().ask(c1, open_session(), 1).ask(c2, increment(1), 2);
  CHECK(node.sent_to<ClientReply>(c2)->status == ReplyStatus::SessionExpired);
  CHECK(counter(node) == Value{});
}

TEST_CASE("6.3 an older request of the session is not executed either, when it arrives after a newer one") {
  Node node(1);
  node.timeout().ask(c1, open_session(), 1).ask(c1, increment(1), 3).ask(c1, increment(1), 2);
  CHECK(counter(node) == Value::number(1));
}

TEST_CASE("6.4 ReadIndex: what a follower answered before the read was asked does not count, however recent") {
  Node node = reading_leader(ReadMode::ReadIndex);
  node.receive(B, 1, answer(1, node.now)).receive(C, 1, answer(1, node.now)).ask(c1, read_of());
  CHECK(node.sent<ClientReply>().empty());
}

TEST_CASE("6.4 ReadIndex: the read index is the commit index when the read was asked") {
  Node node = reading_leader(ReadMode::ReadIndex);
  node.ask(c1, read_of()).ask(c2, write(1));
  const Round round = node.state.leading.round;
  node.receive(B, 1, answer(2, 0, round));
  CHECK(node.gave(Reason(ReasonCode::ReadConfirmed, {1, 2, 2})));
}

TEST_CASE("6.4 ReadIndex: a command that changes something is an entry, whatever reads are") {
  Node node = reading_leader(ReadMode::ReadIndex);
  node.ask(c1, write(1));
  CHECK(node.state.durable.log.last_index() == 2);
  CHECK(node.state.leading.reads.empty());
}

TEST_CASE("6.4 ReadIndex: in a cluster of one a read is answered as soon as its term has committed, and when the others leave") {
  Node alone(1);
  alone.settings.features.reads = ReadMode::ReadIndex;
  alone.timeout().ask(c1, read_of());
  REQUIRE(alone.sent_to<ClientReply>(c1) == nullptr);
  alone.ask(c2, write(1));
  REQUIRE(alone.commit() == 1);
  CHECK(alone.sent_to<ClientReply>(c1) != nullptr);

  Node slow(1);
  slow.settings.slow_disk = true;
  slow.settings.features.reads = ReadMode::ReadIndex;
  slow.timeout().ask(c2, write(1)).ask(c1, read_of());
  REQUIRE(slow.sent_to<ClientReply>(c1) == nullptr);
  slow.written(1);
  CHECK(slow.sent_to<ClientReply>(c1) != nullptr);

  Node two(2);
  two.settings.features.reads = ReadMode::ReadIndex;
  two.settings.features.noop = true;
  two.leader().receive(B, 1, answer(1)).ask(c1, read_of());
  REQUIRE(two.sent_to<ClientReply>(c1) == nullptr);
  Configuration only;
  only.voters = two.state.self();
  two.configure(only);
  CHECK(two.sent_to<ClientReply>(c1) != nullptr);
}

TEST_CASE("10.2.1 each entry counts when the disk has it, not sooner") {
  Node node(1);
  node.settings.slow_disk = true;
  node.timeout().ask(c1, write(1)).ask(c2, write(2));
  CHECK(node.commit() == 0);
  node.written(1);
  CHECK(node.commit() == 1);
  node.written(2);
  CHECK(node.commit() == 2);
}

TEST_CASE("10.2.1 an entry that replaces a written one is not written yet") {
  Node node;
  node.settings.slow_disk = true;
  node.append(B, 1, {0, 0}, {1, 1, 1}).written(3).append(B, 1, {3, 1}, {1});
  CHECK(node.state.memory.unwritten_from == 4);
  node.append(C, 2, {1, 1}, {2, 2});
  CHECK(node.state.memory.unwritten_from == 2);
}

TEST_CASE("6.4 ReadIndex: a late answer to an earlier round does not take back the answer to this one") {
  Node node(5);
  node.settings.features = {.noop = true, .reads = ReadMode::ReadIndex};
  node.leader().receive(B, 1, answer(1)).receive(C, 1, answer(1)).ask(c1, read_of());
  const Round round = node.state.leading.round;
  node.receive(B, 1, answer(1, 0, round)).receive(B, 1, answer(1, 0, round - 1));
  CHECK(node.sent<ClientReply>().empty());
  node.receive(C, 1, answer(1, 0, round));
  CHECK(node.sent<ClientReply>().size() == 1);
}

TEST_CASE("6.4.1 a late answer to an earlier round does not shorten the lease") {
  Node node = reading_leader(ReadMode::Lease);
  node.receive(B, 1, answer(1, node.now)).receive(B, 1, answer(1, node.now - 100'000)).wait(100'000).ask(c1, read_of());
  CHECK(node.sent<ClientReply>().size() == 1);
}

TEST_CASE("6.3 a command of nobody's, such as the end of a session, is appended by a leader and by nobody else") {
  Command expire;
  expire.kind = CommandKind::ExpireSession;
  const Input input{.kind = InputKind::Propose, .command = &expire};
  Node follower;
  follower.append(B, 1, {0, 0}, {});
  step(follower.state, follower.settings, input, follower.effects);
  CHECK(follower.log().empty());
  Node leader;
  leader.leader();
  step(leader.state, leader.settings, input, leader.effects);
  CHECK(leader.log() == std::vector<Term>{1});
}

}  // namespace raft::test
