// Figure 2 where the text of §5 does not say it already, and what §8 says of clients.
#include <doctest/doctest.h>

#include <memory>

#include "tests/support/nodes.h"

namespace raft::test {

TEST_CASE("Figure 2: initial values") {
  const NodeState node = make_node(B, {.voters = NodeSet::first(3), .next = {}, .learners = {}});
  CHECK(node.durable.current_term == 0);
  CHECK(node.durable.voted_for == no_node);
  CHECK(node.durable.log.last_index() == 0);
  CHECK(node.memory.commit_index == 0);
  CHECK(node.memory.last_applied == 0);
  CHECK(node.peers() == set_of({A, C}));
}

TEST_CASE("Figure 2: AppendEntries tells the entry before the new ones and the leader's commit index") {
  Node node;
  node.term(2).log({1, 2}).leader().heartbeat();
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->prev_log == EntryId{2, 2});
  CHECK(node.sent_to<AppendEntries>(B)->leader_commit == 0);
}

TEST_CASE("Figure 2: when entries wait for a follower, its reply brings them at once") {
  Node node;
  node.settings.batch = 1;
  node.leader().ask(c1, write(1)).ask(c1, write(2), 2);
  CHECK(node.sent<AppendEntries>().empty());  // a full batch is on its way to each
  node.receive(B, 1, AppendEntriesReply{true, 0, 1});
  REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B)->prev_log == EntryId{1, 1});
  CHECK(node.sent_to<AppendEntries>(C) == nullptr);
}

TEST_CASE("Figure 2: what is under way is not sent twice before the next heartbeat") {
  Node node;
  node.leader().ask(c1, write(1));
  node.receive(B, 1, AppendEntriesReply{true, 0, 0});  // to the first heartbeat
  CHECK(node.sent_to<AppendEntries>(B) == nullptr);
}

TEST_CASE("Figure 2: commitIndex catches up in one step and everything between is applied") {
  Node node;
  node.append(B, 1, {0, 0}, {1, 1, 1, 1, 1}, 5);
  CHECK(node.effects.applied.size() == 5);
  CHECK(node.gave(Reason{ReasonCode::Applied, {Index{1}, Index{5}}}));
}

TEST_CASE("Figure 2: a write to a leader without followers is committed at once") {
  Node node(1);
  node.timeout().ask(c1, write(1));
  CHECK(node.commit() == 1);
  REQUIRE(node.sent_to<ClientReply>(c1) != nullptr);
  CHECK(node.sent_to<ClientReply>(c1)->status == ReplyStatus::Done);
}

TEST_CASE("Figure 2: one node with entries of an older term commits them with its next one") {
  Node node(1);
  node.term(2).log({1, 2}).timeout();
  CHECK(node.commit() == 0);
  node.ask(c1, write(1));
  CHECK(node.commit() == 3);
}

TEST_CASE("§8 a node that knows no leader says so") {
  Node node;
  node.ask(c1, write(1), 4);
  REQUIRE(node.sent_to<ClientReply>(c1) != nullptr);
  CHECK(*node.sent_to<ClientReply>(c1) == ClientReply{4, ReplyStatus::NotLeader, Value{}, no_node});
  CHECK(node.gave(ReasonCode::NoLeaderKnown));
  Node candidate;
  candidate.append(B, 1, {0, 0}, {}).timeout().ask(c1, write(1));
  CHECK(candidate.sent_to<ClientReply>(c1)->leader == no_node);
}

TEST_CASE("§8 a command that is asked twice is stored twice: exactly once needs sessions") {
  Node node;
  node.leader().ask(c1, write(1), 1).ask(c1, write(1), 1);
  CHECK(node.log() == std::vector<Term>{1, 1});
}

TEST_CASE("§2 the state machine: write, read, compare and set, increment") {
  Node node(1);
  node.timeout();
  const auto ask = [&node](CommandKind kind, std::uint32_t key, Value value, Value expected) {
    Command command{kind, no_client, SymbolId{key}, 0, 0, value, expected};
    node.ask(c1, command);
    return node.sent_to<ClientReply>(c1)->result;
  };
  const Value one = Value::number(1);
  const Value two = Value::number(2);
  const Value word = Value::text(SymbolId{9});
  CHECK(ask(CommandKind::Read, 1, {}, {}) == Value{});
  CHECK(ask(CommandKind::Write, 1, one, {}) == one);
  CHECK(ask(CommandKind::Read, 1, {}, {}) == one);
  CHECK(ask(CommandKind::CompareAndSet, 1, two, word) == Value::number(0));
  CHECK(ask(CommandKind::Read, 1, {}, {}) == one);
  CHECK(ask(CommandKind::CompareAndSet, 1, two, one) == Value::number(1));
  CHECK(ask(CommandKind::Increment, 1, {}, {}) == Value::number(3));
  CHECK(ask(CommandKind::Increment, 2, {}, {}) == one);
  CHECK(ask(CommandKind::Write, 3, word, {}) == word);
  CHECK(ask(CommandKind::Increment, 3, {}, {}) == word);
  CHECK(node.applied() == 10);
}

TEST_CASE("every input in every state has a defined result") {
  const auto snapshot = std::make_shared<SnapshotContent>(SnapshotContent{{5, 1}, {}, {}});
  const auto old_snapshot = std::make_shared<SnapshotContent>(SnapshotContent{{1, 1}, {}, {}});
  const Message::Body bodies[] = {RequestVote{{3, 3}}, RequestVoteReply{true},          RequestVoteReply{false},
                                  AppendEntries{},     AppendEntries{{9, 9}, 99, {{9, write(9)}}}, AppendEntriesReply{true, 4, 9},
                                  AppendEntriesReply{false, 9, 0},  ClientRequest{write(1)}, ClientReply{},
                                  PreVote{2, {3, 3}},  PreVoteReply{2, true},  PreVoteReply{9, false},  TimeoutNow{},
                                  InstallSnapshot{{5, 1}, 0, 1, snapshot},  InstallSnapshot{{1, 1}, 0, 1, old_snapshot},
                                  InstallSnapshot{{5, 1}, 3, 4, snapshot},  InstallSnapshotReply{{5, 1}, 0, true},
                                  InstallSnapshotReply{{5, 1}, 7, false},  ClientRequest{read_of(0)}};
  const Endpoint senders[] = {B, C, node_at(9), c1, Endpoint{}};
  for (std::size_t rules = 0; rules <= rule_table.size(); ++rules) {
    for (int role = 0; role < 6; ++role) {
      Features features;
      if (role >= 3) {
        features = {.noop = true, .fast_repair = true, .pre_vote = true, .check_quorum = true, .ignore_disruptive = true,
                    .reads = ReadMode::ReadIndex, .snapshot_after = 2};
      }
      for (const Endpoint from : senders) {
        for (const Message::Body& body : bodies) {
          for (const Term term : {0, 1, 2, 7}) {
            Node node;
            if (rules < rule_table.size()) node.off(rule_table[rules].rule);
            node.settings.features = features;
            node.term(1).log({1, 1});
            if (role % 3 == 1) node.candidate();
            if (role % 3 == 2) node.leader();
            node.receive(from, term, body);
            node.heartbeat().timeout();
            CHECK(node.applied() <= node.state.durable.log.last_index());
          }
        }
      }
    }
  }
}

}  // namespace raft::test
