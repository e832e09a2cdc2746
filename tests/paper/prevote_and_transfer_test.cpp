// Dissertation 9.6 (pre-vote), 6.2 (check-quorum) and 3.10 (leadership transfer).
#include <doctest/doctest.h>

#include "tests/support/nodes.h"

namespace raft::test {

namespace {

Node cautious(int size = 3) {
  Node node(size);
  node.settings.features.pre_vote = true;
  return node;
}

AppendEntriesReply agrees_up_to(Index index) { return {.success = true, .prev_index = index, .match_index = index}; }

}  // namespace

TEST_CASE("9.6 a node asks first, and only after a majority's yes begins an election in a new term") {
  Node node = cautious();
  node.term(4).log({4}).timeout();
  CHECK(node.role() == Role::PreCandidate);
  CHECK(node.term() == 4);
  CHECK(node.vote() == no_node);
  REQUIRE(node.sent<PreVote>().size() == 2);
  CHECK(node.sent_to<PreVote>(B)->next_term == 5);
  CHECK(node.sent_to<PreVote>(B)->last_log == EntryId{1, 4});
  node.receive(B, 4, PreVoteReply{5, true});
  CHECK(node.role() == Role::Candidate);
  CHECK(node.term() == 5);
  CHECK(node.sent<RequestVote>().size() == 2);
}

TEST_CASE("9.6 a yes from a node in a lower term counts: it answers for the term that was asked about") {
  Node node = cautious();
  node.term(4).timeout().receive(B, 1, PreVoteReply{5, true});
  CHECK(node.role() == Role::Candidate);
}

TEST_CASE("9.6 a no from a node in a higher term brings that term") {
  Node node = cautious();
  node.timeout().receive(B, 7, PreVoteReply{1, false});
  CHECK(node.term() == 7);
  CHECK(node.role() == Role::Follower);
}

TEST_CASE("9.6 being asked changes nothing in a node") {
  Node node = cautious();
  node.term(3).receive(B, 9, PreVote{10, {}});
  CHECK(node.term() == 3);
  CHECK(node.vote() == no_node);
  CHECK_FALSE(node.timer_reset());
  CHECK(node.sent_to<PreVoteReply>(B)->granted);
}

TEST_CASE("9.6 no to a log that is behind, to a term that is too low, and while a leader is heard") {
  Node behind = cautious();
  behind.log({1, 1}).term(1).receive(B, 1, PreVote{2, {1, 1}});
  CHECK_FALSE(behind.sent_to<PreVoteReply>(B)->granted);
  Node late = cautious();
  late.term(5).receive(B, 3, PreVote{4, {9, 4}});
  CHECK_FALSE(late.sent_to<PreVoteReply>(B)->granted);
  Node follower = cautious();
  follower.append(C, 1, {0, 0}, {}).wait(149'999).receive(B, 1, PreVote{2, {}});
  CHECK_FALSE(follower.sent_to<PreVoteReply>(B)->granted);
  follower.wait(1).receive(B, 1, PreVote{2, {}});
  CHECK(follower.sent_to<PreVoteReply>(B)->granted);
  Node leader = cautious();
  leader.leader().wait(10'000'000).receive(B, 1, PreVote{2, {}});
  CHECK_FALSE(leader.sent_to<PreVoteReply>(B)->granted);
}

TEST_CASE("9.6 a pre-candidate that hears from a leader of its term follows it") {
  Node node = cautious();
  node.timeout().append(B, 0, {0, 0}, {});
  CHECK(node.role() == Role::Follower);
  CHECK(node.effects.heartbeat_timer == TimerAction::Stop);
}

TEST_CASE("9.6 a candidate that asks again before the next election says that it has not won this one") {
  Node node = cautious();
  node.timeout().receive(B, 0, PreVoteReply{1, true});
  REQUIRE(node.role() == Role::Candidate);
  node.timeout();
  CHECK(node.role() == Role::PreCandidate);
  CHECK(node.gave(Reason{ReasonCode::NoWinner, {Term{1}, 1, 2}}));
  CHECK_FALSE(node.timeout().gave(ReasonCode::NoWinner));  // asking is no election
}

TEST_CASE("9.6 an answer to an earlier question does not count") {
  Node node = cautious();
  node.term(4).timeout().receive(B, 4, PreVoteReply{4, true});
  CHECK(node.role() == Role::PreCandidate);
}

TEST_CASE("9.6 a cluster of one elects itself at once") {
  Node node = cautious(1);
  node.timeout();
  CHECK(node.role() == Role::Leader);
}

TEST_CASE("9.6 a pre-candidate follows nobody, and asks again whoever has not answered") {
  Node node = cautious();
  node.append(B, 1, {0, 0}, {}).timeout();
  CHECK(node.state.memory.leader == no_node);
  CHECK(node.timer_reset());
  CHECK(node.effects.heartbeat_timer == TimerAction::Arm);
  node.receive(B, 1, PreVoteReply{2, false}).heartbeat();
  CHECK(node.sent<PreVote>().size() == 1);
  CHECK(node.sent_to<PreVote>(C) != nullptr);
  node.timeout().heartbeat();  // a new question: B has not answered that one
  CHECK(node.sent<PreVote>().size() == 2);
}

TEST_CASE("9.6 the answer is what the vote would be: yes for a term in which the vote is still free, or given to the asker") {
  const auto granted = [](NodeId vote, Term next_term) {
    Node node = cautious();
    node.term(5).voted(vote).receive(B, next_term - 1, PreVote{next_term, {}});
    return node.sent_to<PreVoteReply>(B)->granted;
  };
  CHECK(granted(no_node, 5));
  CHECK(granted(B, 5));
  CHECK_FALSE(granted(C, 5));
  CHECK(granted(C, 6));
  CHECK_FALSE(granted(no_node, 4));
}

TEST_CASE("9.6 answers count only for a pre-candidate, and only those of voters") {
  Node follower = cautious();
  follower.receive(B, 0, PreVoteReply{1, true}).receive(C, 0, PreVoteReply{1, true});
  CHECK(follower.role() == Role::Follower);
  CHECK(follower.term() == 0);
  Node node = cautious();
  node.timeout().receive(E, 0, PreVoteReply{1, true});
  CHECK(node.role() == Role::PreCandidate);
  CHECK_FALSE(node.state.memory.votes_granted.contains(E));
}

TEST_CASE("6.2 a leader that has stepped down names nobody as leader") {
  Node node;
  node.settings.features.check_quorum = true;
  node.leader().wait(150'000).heartbeat().ask(c1, write(1));
  CHECK(node.state.memory.leader == no_node);
  CHECK(node.sent_to<ClientReply>(c1)->leader == no_node);
}

TEST_CASE("6.2 a leader that hears from no majority for an election timeout steps down, in its own term") {
  Node node;
  node.settings.features.check_quorum = true;
  node.leader().wait(149'999).heartbeat();
  CHECK(node.role() == Role::Leader);
  node.receive(B, 1, agrees_up_to(0)).wait(149'999).heartbeat();
  CHECK(node.role() == Role::Leader);
  node.wait(1).heartbeat();
  CHECK(node.role() == Role::Follower);
  CHECK(node.term() == 1);
  CHECK(node.timer_reset());
  CHECK(node.effects.messages.empty());
}

TEST_CASE("6.2 the leader of a cluster of one never loses its quorum") {
  Node node(1);
  node.settings.features.check_quorum = true;
  node.timeout().wait(10'000'000).heartbeat();
  CHECK(node.role() == Role::Leader);
}

TEST_CASE("3.10 the leader takes no requests, brings the target up to date and tells it to take over") {
  Node node;
  node.leader().ask(c1, write(1)).transfer(B);
  CHECK(node.gave(ReasonCode::TransferWaits));
  CHECK(node.sent<TimeoutNow>().empty());
  node.ask(c2, write(2));
  CHECK(node.sent_to<ClientReply>(c2)->status == ReplyStatus::NotLeader);
  CHECK(node.sent_to<ClientReply>(c2)->leader == B);
  node.receive(B, 1, agrees_up_to(1));
  CHECK(node.sent_to<TimeoutNow>(B) != nullptr);
}

TEST_CASE("3.10 a target that is behind is told only when it has caught up") {
  Node node;
  node.log({1, 1, 1}).term(1).leader().transfer(B);
  CHECK(node.sent<TimeoutNow>().empty());
  node.receive(B, 2, agrees_up_to(2));
  CHECK(node.sent<TimeoutNow>().empty());
  node.receive(B, 2, agrees_up_to(3));
  CHECK(node.sent_to<TimeoutNow>(B) != nullptr);
}

TEST_CASE("3.10 the target begins an election at once, without asking first, and nobody ignores it") {
  Node target = cautious();
  target.settings.features.ignore_disruptive = true;
  target.append(B, 1, {0, 0}, {}).receive(B, 1, TimeoutNow{});
  CHECK(target.role() == Role::Candidate);
  CHECK(target.term() == 2);
  REQUIRE(target.sent_to<RequestVote>(B) != nullptr);
  CHECK(target.sent_to<RequestVote>(B)->transfer);
  Node voter;
  voter.settings.features.ignore_disruptive = true;
  voter.append(B, 1, {0, 0}, {}).receive(C, 2, RequestVote{{0, 0}, true});
  CHECK(voter.granted(C));
}

TEST_CASE("3.10 told twice, the target begins one election") {
  Node target;
  target.append(B, 1, {0, 0}, {}).receive(B, 1, TimeoutNow{}).receive(B, 1, TimeoutNow{});
  CHECK(target.term() == 2);
}

TEST_CASE("3.10 when it does not happen within an election timeout the leader takes requests again") {
  Node node;
  node.leader().transfer(B).wait(149'999).heartbeat();
  CHECK(node.state.leading.transfer_to == B);
  node.wait(1).heartbeat();
  CHECK(node.gave(ReasonCode::TransferAborted));
  node.ask(c1, write(1));
  CHECK(node.sent<ClientReply>().empty());
  CHECK(node.state.durable.log.last_index() == 1);
}

TEST_CASE("3.10 a node without a vote is no target, and does not take over when it is told to") {
  Node node;
  node.leader().transfer(E);
  CHECK(node.state.leading.transfer_to == no_node);
  Node fresh(0, D);
  fresh.receive(A, 1, TimeoutNow{});
  CHECK(fresh.role() == Role::Follower);
}

TEST_CASE("3.10 only a leader hands over, and not to itself; whoever leads already takes over from nobody") {
  Node follower;
  follower.append(B, 1, {0, 0}, {}).transfer(C);
  CHECK(follower.state.leading.transfer_to == no_node);
  CHECK(follower.effects.messages.empty());
  Node leader;
  leader.leader().transfer(A);
  CHECK(leader.state.leading.transfer_to == no_node);
  leader.receive(B, 1, TimeoutNow{});
  CHECK(leader.role() == Role::Leader);
  CHECK(leader.term() == 1);
}

TEST_CASE("3.10 the leader sends the target at once what it has not sent yet") {
  Node node;
  node.settings.batch = 1;
  node.leader().ask(c1, write(1)).ask(c2, write(2));
  CHECK(node.sent<AppendEntries>().empty());  // a full batch is on its way
  node.transfer(B);
  CHECK(node.sent_to<AppendEntries>(B) != nullptr);
  CHECK(node.sent_to<AppendEntries>(C) == nullptr);
}

TEST_CASE("3.10 the target's requests say that it was asked to take over, also those it repeats, but not in its next term") {
  Node target;
  target.append(B, 1, {0, 0}, {}).receive(B, 1, TimeoutNow{}).heartbeat();
  CHECK(target.sent_to<RequestVote>(C)->transfer);
  target.timeout();
  CHECK_FALSE(target.sent_to<RequestVote>(C)->transfer);
}

}  // namespace raft::test
