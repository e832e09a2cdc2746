// §5.1, Raft basics: roles, terms, RPCs. One test case for each sentence that says what a node must do.
#include <doctest/doctest.h>

#include "tests/support/cluster.h"

namespace raft::test {

TEST_CASE("§5.1 a node that starts for the first time is a follower of term 0 with an empty log") {
  Node node;
  node.start();
  CHECK(node.role() == Role::Follower);
  CHECK(node.term() == 0);
  CHECK(node.vote() == no_node);
  CHECK(node.log().empty());
  CHECK(node.timer_reset());
  CHECK(node.effects.messages.empty());
}

TEST_CASE("§5.1 followers issue no requests of their own") {
  Node node;
  node.start();
  node.heartbeat();
  CHECK(node.effects.messages.empty());
  node.append(B, 1, {0, 0}, {});
  CHECK(node.sent<RequestVote>().empty());
  CHECK(node.sent<AppendEntries>().empty());
}

TEST_CASE("§5.1 a follower tells a client who leads instead of serving it") {
  Node node;
  node.append(B, 1, {0, 0}, {});
  node.ask(c1, write(1), 7);
  const auto* reply = node.sent_to<ClientReply>(c1);
  REQUIRE(reply != nullptr);
  CHECK(reply->status == ReplyStatus::NotLeader);
  CHECK(reply->leader == B);
  CHECK(reply->serial == 7);
  CHECK(node.log().empty());
}

TEST_CASE("§5.1 terms are consecutive: each election begins the next one") {
  Node node;
  for (Term term = 1; term <= 5; ++term) {
    node.timeout();
    CHECK(node.term() == term);
  }
}

TEST_CASE("§5.1 every message between nodes carries the sender's current term") {
  Node node(5);
  node.term(6).log({1, 4}).timeout();
  for (const Message& message : node.effects.messages) CHECK(message.term == 7);
  node.receive(B, 7, RequestVoteReply{true}).receive(C, 7, RequestVoteReply{true});
  REQUIRE(node.role() == Role::Leader);
  REQUIRE(node.effects.messages.size() == 4);
  for (const Message& message : node.effects.messages) CHECK(message.term == 7);
  node.receive(B, 9, RequestVote{{9, 9}});
  REQUIRE(node.effects.messages.size() == 1);
  CHECK(node.effects.messages[0].term == 9);
  node.append(B, 9, {0, 0}, {});
  REQUIRE(node.effects.messages.size() == 1);
  CHECK(node.effects.messages[0].term == 9);
}

TEST_CASE("§5.1 a smaller current term is raised to the larger one, whatever message brings it") {
  const Message::Body bodies[] = {RequestVote{}, RequestVoteReply{}, AppendEntries{}, AppendEntriesReply{}};
  for (const Message::Body& body : bodies) {
    CAPTURE(body.index());
    Node node;
    node.term(3).voted(C);
    node.receive(B, 8, body);
    CHECK(node.term() == 8);
    CHECK(node.vote() != C);  // the vote belonged to the old term
    CHECK(node.gave(Reason{ReasonCode::HigherTermSeen, {Term{8}, Term{3}}}));
  }
}

TEST_CASE("§5.1 a candidate or leader that learns of a higher term is a follower at once") {
  const Message::Body bodies[] = {RequestVote{}, RequestVoteReply{}, AppendEntries{}, AppendEntriesReply{}};
  for (const Message::Body& body : bodies) {
    CAPTURE(body.index());
    Node candidate;
    candidate.candidate().receive(B, 8, body);
    CHECK(candidate.role() == Role::Follower);
    CHECK(candidate.term() == 8);
    CHECK(candidate.state.memory.votes_granted.empty());

    Node leader;
    leader.leader();
    REQUIRE(leader.role() == Role::Leader);
    leader.receive(B, 8, body);
    CHECK(leader.role() == Role::Follower);
    CHECK(leader.term() == 8);
    CHECK(leader.effects.heartbeat_timer == TimerAction::Stop);
    CHECK(leader.timer_reset());  // it had no election timer while it led
  }
}

TEST_CASE("§5.1 a request with a stale term is rejected, and the answer says what the term is now") {
  Node node;
  node.term(5).log({1, 2});
  node.receive(B, 4, RequestVote{{9, 4}});
  CHECK(node.refused_vote(B));
  CHECK(node.effects.messages.at(0).term == 5);
  CHECK(node.vote() == no_node);

  node.append(B, 4, {2, 2}, {4}, 3);
  CHECK(node.refused_append(B));
  CHECK(node.effects.messages.at(0).term == 5);
  CHECK(node.log() == std::vector<Term>{1, 2});
  CHECK(node.commit() == 0);
  CHECK(node.state.memory.leader == no_node);
}

TEST_CASE("§5.1 a rejection with a higher term makes a stale leader step down") {
  Node stale;
  stale.leader();
  stale.receive(B, 4, AppendEntriesReply{false, 0, 0});
  CHECK(stale.role() == Role::Follower);
  CHECK(stale.term() == 4);
}

TEST_CASE("§5.1 a reply from an older term is not taken for one of this term") {
  Node candidate;
  candidate.timeout().timeout();
  candidate.receive(B, 1, RequestVoteReply{true});
  CHECK(candidate.role() == Role::Candidate);
  CHECK(candidate.state.memory.votes_granted == set_of({A}));

  Node leader;
  leader.term(2).log({1}).leader().ask(c1, write(1));
  leader.receive(B, 2, AppendEntriesReply{true, 1, 2});
  CHECK(leader.progress(B).match_index == 0);
  CHECK(leader.commit() == 0);
}

TEST_CASE("§5.1 a candidate asks again those who have not answered, and only those") {
  Node node(5);
  node.log({1}).timeout();
  node.receive(B, 1, RequestVoteReply{true});
  node.receive(C, 1, RequestVoteReply{false});
  node.heartbeat();
  CHECK(node.effects.messages.size() == 2);
  REQUIRE(node.sent_to<RequestVote>(D) != nullptr);
  CHECK(node.sent_to<RequestVote>(D)->last_log == EntryId{1, 1});
  CHECK(node.sent_to<RequestVote>(E) != nullptr);
  CHECK(node.term() == 1);  // the same election
  CHECK(node.effects.heartbeat_timer == TimerAction::Arm);
}

TEST_CASE("§5.1 a leader sends again what a follower has not acknowledged") {
  Node node;
  node.leader().ask(c1, write(1));
  for (int round = 0; round < 3; ++round) {
    node.heartbeat();
    REQUIRE(node.sent_to<AppendEntries>(B) != nullptr);
    CHECK(node.sent_to<AppendEntries>(B)->entries.size() == 1);
    CHECK(node.gave(Reason{ReasonCode::Resent, {B, Index{1}, Index{1}}}));
  }
}

TEST_CASE("§5.1 requests for votes go out to all others in parallel") {
  Node node(5);
  node.timeout();
  CHECK(node.sent<RequestVote>().size() == 4);
  CHECK(node.sent_to<RequestVote>(A) == nullptr);
}

TEST_CASE("§5.5 receiving a request twice does no harm") {
  Node voter;
  voter.receive(B, 1, RequestVote{}).receive(B, 1, RequestVote{});
  CHECK(voter.granted(B));
  CHECK(voter.gave(ReasonCode::GrantedVoteAgain));

  Node follower;
  follower.append(B, 1, {0, 0}, {1, 1}, 1);
  follower.append(B, 1, {0, 0}, {1, 1}, 1);
  CHECK(follower.accepted(B));
  CHECK(follower.log() == std::vector<Term>{1, 1});
  CHECK(follower.effects.applied.empty());
  CHECK(follower.effects.appended_from == 0);
  CHECK(follower.effects.deleted_from == 0);
}

TEST_CASE("§5.1 term, vote and log survive a restart and nothing else does") {
  Node node;
  node.leader().ask(c1, write(1));
  node.receive(B, 1, AppendEntriesReply{true, 0, 1});
  REQUIRE(node.commit() == 1);
  node.start();
  CHECK(node.term() == 1);
  CHECK(node.vote() == A);
  CHECK(node.log() == std::vector<Term>{1});
  CHECK(node.role() == Role::Follower);
  CHECK(node.state.memory.leader == no_node);
  CHECK(node.commit() == 0);
  CHECK(node.applied() == 0);
  CHECK(node.state.memory.machine.store.empty());
  CHECK(node.state.leading.pending.empty());
  CHECK(node.gave(Reason{ReasonCode::Restarted, {Term{1}, A, Index{1}}}));
}

TEST_CASE("§5.1 term and log survive a crash") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).write("1", A).run_for(100_ms).crash({B}).restart({B});
  CHECK(cluster.node(B).durable.current_term == 1);
  CHECK(cluster.log(B) == std::vector<Term>{1});
}

}  // namespace raft::test
