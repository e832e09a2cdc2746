// §5.2, leader election. One test case for each sentence that says what a node must do.
#include <doctest/doctest.h>

#include <set>

#include "tests/support/cluster.h"

namespace raft::test {

TEST_CASE("§5.2 a follower that hears nothing for its timeout begins an election") {
  Node node(5);
  node.start().term(3).log({1, 3}).timeout();
  CHECK(node.role() == Role::Candidate);
  CHECK(node.term() == 4);
  CHECK(node.vote() == A);
  CHECK(node.state.memory.votes_granted == set_of({A}));
  CHECK(node.timer_reset());
  REQUIRE(node.sent<RequestVote>().size() == 4);
  for (const Message& message : node.sent<RequestVote>()) {
    CHECK(message.term == 4);
    CHECK(std::get<RequestVote>(message.body).last_log == EntryId{2, 3});
  }
}

TEST_CASE("§5.2 votes from a majority of the whole cluster for the same term win the election") {
  const int majority[] = {0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
  for (int size = 1; size <= 11; ++size) {
    CAPTURE(size);
    Node node(size);
    node.timeout();
    int votes = 1;
    for (const NodeId peer : node.state.peers()) {
      if (node.role() == Role::Leader) break;
      CHECK(votes < majority[size]);
      node.receive(peer, 1, RequestVoteReply{true});
      ++votes;
    }
    CHECK(node.role() == Role::Leader);
    CHECK(votes == majority[size]);
  }
}

TEST_CASE("§5.2 one node's vote counts once, however often it arrives") {
  Node node(5);
  node.timeout();
  for (int i = 0; i < 4; ++i) node.receive(B, 1, RequestVoteReply{true});
  CHECK(node.role() == Role::Candidate);
  CHECK(node.state.memory.votes_granted == set_of({A, B}));
}

TEST_CASE("§5.2 only the votes of servers in the cluster are counted") {
  Node node(3);
  node.timeout().receive(E, 1, RequestVoteReply{true});
  CHECK(node.role() == Role::Candidate);
  CHECK(node.state.memory.votes_granted == set_of({A}));
  CHECK_FALSE(node.gave(ReasonCode::CountedVote));
}

TEST_CASE("§5.2 a refusal is not a vote") {
  Node node(3);
  node.timeout().receive(B, 1, RequestVoteReply{false}).receive(C, 1, RequestVoteReply{false});
  CHECK(node.role() == Role::Candidate);
  CHECK(node.state.memory.votes_refused == set_of({B, C}));
}

TEST_CASE("§5.2 a node votes for one candidate a term, first come, first served") {
  Node node(5);
  node.receive(C, 1, RequestVote{});
  CHECK(node.granted(C));
  CHECK(node.vote() == C);
  node.receive(B, 1, RequestVote{{7, 1}});
  CHECK(node.refused_vote(B));
  CHECK(node.gave(Reason{ReasonCode::AlreadyVoted, {C, Term{1}}}));
  CHECK(node.vote() == C);
}

TEST_CASE("§5.2 the candidate that has the vote gets it again when it asks again") {
  Node node;
  node.receive(C, 1, RequestVote{});
  node.receive(C, 1, RequestVote{});
  CHECK(node.granted(C));
}

TEST_CASE("§5.2 in a new term a node may vote anew") {
  Node node;
  node.receive(C, 1, RequestVote{});
  node.receive(B, 2, RequestVote{});
  CHECK(node.granted(B));
  CHECK(node.vote() == B);
}

TEST_CASE("§5.2 a candidate does not vote for another one of its term") {
  Node node;
  node.timeout().receive(B, 1, RequestVote{});
  CHECK(node.refused_vote(B));
  CHECK(node.vote() == A);
}

TEST_CASE("§5.2 a vote holds across a restart") {
  Node node;
  node.receive(C, 1, RequestVote{}).start().receive(B, 1, RequestVote{});
  CHECK(node.refused_vote(B));
  node.receive(C, 1, RequestVote{});
  CHECK(node.granted(C));
}

TEST_CASE("§5.2 a vote survives a crash") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A).deliver(MessageType::RequestVote, A, B).crash({B}).restart({B});
  CHECK(cluster.node(B).durable.voted_for == A);
}

TEST_CASE("§5.2 election timeouts are chosen randomly from a fixed interval") {
  const World world = make_world(cluster_of(11));
  const TimeRange range = world.settings.election_timeout;
  std::set<Time> different;
  for (const NodeId node : world.all_nodes()) {
    const Time fires_at = world.machine(node).election.fires_at;
    CHECK(fires_at >= range.min);
    CHECK(fires_at <= range.max);
    different.insert(fires_at);
  }
  CHECK(different.size() == 11);
}

TEST_CASE("§5.2 a node that wins sends heartbeats to all others at once") {
  Node node(5);
  node.log({1}).leader();
  CHECK(node.role() == Role::Leader);
  CHECK(node.sent<AppendEntries>().size() == 4);
  for (const Message& message : node.sent<AppendEntries>()) CHECK(is_heartbeat(message));
  CHECK(node.effects.heartbeat_timer == TimerAction::Arm);
  CHECK(node.effects.election_timer == TimerAction::Stop);
}

TEST_CASE("§5.2 a leader sends heartbeats to all others every time its heartbeat timer fires") {
  Node node(4);
  node.leader();
  for (int round = 0; round < 3; ++round) {
    node.heartbeat();
    CHECK(node.sent<AppendEntries>().size() == 3);
    CHECK(node.effects.heartbeat_timer == TimerAction::Arm);
  }
}

TEST_CASE("§5.2 heartbeats are for idle periods: the timer starts anew only when everyone has just been written to") {
  Node node;
  node.settings.batch = 1;
  node.leader().ask(c1, write(1));
  CHECK(node.effects.heartbeat_timer == TimerAction::Arm);
  node.ask(c2, write(2));  // waits for the answer to a full batch
  CHECK(node.effects.heartbeat_timer == TimerAction::Keep);
}

TEST_CASE("§5.2 a node stays a follower as long as it hears from a leader") {
  Node node;
  node.append(B, 1, {0, 0}, {});
  CHECK(node.timer_reset());
  CHECK(node.state.memory.leader == B);
  node.append(B, 1, {0, 0}, {});
  CHECK(node.timer_reset());
  CHECK(node.role() == Role::Follower);
}

TEST_CASE("§5.2 a candidate recognises a leader of its own term and becomes its follower") {
  Node node;
  node.timeout().append(B, 1, {0, 0}, {});
  CHECK(node.role() == Role::Follower);
  CHECK(node.state.memory.leader == B);
  CHECK(node.term() == 1);
  CHECK(node.vote() == A);  // its vote of this term stays given
  CHECK(node.accepted(B));
  CHECK(node.effects.heartbeat_timer == TimerAction::Stop);
}

TEST_CASE("§5.2 a candidate recognises a leader of a later term") {
  Node node;
  node.timeout().append(B, 3, {0, 0}, {});
  CHECK(node.role() == Role::Follower);
  CHECK(node.term() == 3);
  CHECK(node.state.memory.leader == B);
}

TEST_CASE("§5.2 a candidate rejects a leader of an earlier term and stays candidate") {
  Node node;
  node.term(4).timeout().append(B, 4, {0, 0}, {});
  CHECK(node.role() == Role::Candidate);
  CHECK(node.refused_append(B));
  CHECK_FALSE(node.timer_reset());
}

TEST_CASE("§5.2 when votes are split a candidate begins the next election after its timeout") {
  Node node(4);
  node.timeout().receive(B, 1, RequestVoteReply{true}).receive(C, 1, RequestVoteReply{false});
  node.timeout();
  CHECK(node.role() == Role::Candidate);
  CHECK(node.term() == 2);
  CHECK(node.state.memory.votes_granted == set_of({A}));
  CHECK(node.state.memory.votes_refused.empty());
  CHECK(node.sent<RequestVote>().size() == 3);
  CHECK(node.gave(Reason{ReasonCode::NoWinner, {Term{1}, 2, 3}}));
}

TEST_CASE("§5.2 the election timer starts anew when a vote is granted") {
  Node node;
  node.receive(B, 1, RequestVote{});
  CHECK(node.granted(B));
  CHECK(node.timer_reset());
}

TEST_CASE("§5.2 a refused request for a vote leaves the election timer alone") {
  Node voted;
  voted.term(1).voted(C).receive(B, 1, RequestVote{});
  CHECK(voted.refused_vote(B));
  CHECK_FALSE(voted.timer_reset());

  Node ahead;
  ahead.log({1, 1}).receive(B, 5, RequestVote{{1, 1}});  // a new term, but the candidate's log is behind
  CHECK(ahead.term() == 5);
  CHECK(ahead.refused_vote(B));
  CHECK_FALSE(ahead.timer_reset());

  Node stale;
  stale.term(5).receive(B, 4, RequestVote{{9, 4}});
  CHECK(stale.refused_vote(B));
  CHECK_FALSE(stale.timer_reset());
}

TEST_CASE("§5.2 AppendEntries of an old term leaves the election timer alone") {
  Node node;
  node.term(5).append(B, 4, {0, 0}, {});
  CHECK_FALSE(node.timer_reset());
}

TEST_CASE("§5.2 AppendEntries of the current leader resets the timer also when its entries are refused") {
  Node node;
  node.term(2).append(B, 2, {4, 2}, {2});
  CHECK(node.refused_append(B));
  CHECK(node.timer_reset());
}

TEST_CASE("§5.2 a leader has no election timeout, and a late one changes nothing") {
  Node node;
  node.leader().timeout();
  CHECK(node.role() == Role::Leader);
  CHECK(node.term() == 1);
  CHECK(node.effects.messages.empty());
}

TEST_CASE("§5.2 votes that come after the election are ignored") {
  Node leader(5);
  leader.leader();
  leader.receive(E, 1, RequestVoteReply{true});
  CHECK(leader.role() == Role::Leader);
  CHECK(leader.effects.messages.empty());

  Node follower;
  follower.timeout().append(B, 1, {0, 0}, {}).receive(C, 1, RequestVoteReply{true});
  CHECK(follower.role() == Role::Follower);
}

TEST_CASE("§5.2 a leader refuses its vote to a candidate of its own term") {
  Node node;
  node.leader().receive(B, 1, RequestVote{{9, 1}});
  CHECK(node.refused_vote(B));
  CHECK(node.role() == Role::Leader);
}

TEST_CASE("§5.2 a cluster of one elects itself without asking") {
  Node node(1);
  node.start().timeout();
  CHECK(node.role() == Role::Leader);
  CHECK(node.term() == 1);
  CHECK(node.effects.messages.empty());
}

TEST_CASE("§5.2 in a cluster of two both votes are needed") {
  Node node(2);
  node.timeout();
  CHECK(node.role() == Role::Candidate);
  node.receive(B, 1, RequestVoteReply{true});
  CHECK(node.role() == Role::Leader);
}

TEST_CASE("§5.2 half of an even cluster is not enough: nobody wins a split vote") {
  Group group(4);
  group.timeout(A);
  group.deliver(set_of({A, C}));
  group.timeout(B);
  group.deliver(set_of({B, D}));
  CHECK(group[A].role() == Role::Candidate);
  CHECK(group[B].role() == Role::Candidate);
  CHECK(group[A].term() == group[B].term());
}

TEST_CASE("§5.2 eleven nodes: one election, one leader, everybody follows it") {
  Group group(11);
  group.timeout(C);
  group.deliver(NodeSet::first(11));
  for (std::size_t i = 0; i < 11; ++i) {
    CHECK(group[node_at(i)].state.memory.leader == C);
    CHECK(group[node_at(i)].role() == (node_at(i) == C ? Role::Leader : Role::Follower));
  }
}

}  // namespace raft::test
