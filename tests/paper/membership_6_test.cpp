// §6 and dissertation 4: changes of members. One test case for each sentence that says what a node must do.
#include <doctest/doctest.h>

#include "tests/support/nodes.h"

namespace raft::test {

namespace {

/// A leads term 1 and has committed its no-op.
Node settled_leader(int size = 3) {
  Node node(size);
  node.settings.features.noop = true;
  node.leader();
  for (const NodeId peer : node.state.electors()) {
    if (node.commit() == 1) break;
    node.receive(peer, 1, stored_up_to(1));
  }
  return node;
}

AppendEntries carrying(EntryId prev, const Configuration& configuration, Term term = 1) {
  AppendEntries request{prev, 0, {{term, {}}}};
  request.entries[0].command.kind = CommandKind::Configure;
  request.entries[0].command.configuration = configuration;
  return request;
}

}  // namespace

TEST_CASE("§6 a configuration is an entry; a node uses the latest in its log, committed or not") {
  Node node;
  node.receive(B, 1, carrying({0, 0}, voters(set_of({A, B, C, D}))));
  CHECK(node.commit() == 0);
  CHECK(node.state.configuration == voters(set_of({A, B, C, D})));
  CHECK(node.gave(ReasonCode::ConfigurationStored));
}

TEST_CASE("§6 a configuration that is deleted from the log gives way to the one before") {
  Node node;
  node.receive(B, 1, carrying({0, 0}, voters(set_of({A, B, C, D})))).append(C, 2, {0, 0}, {2});
  CHECK(node.state.configuration == voters(set_of({A, B, C})));
  CHECK(node.gave(ReasonCode::ConfigurationUndone));
}

TEST_CASE("§6 a restarted node finds its configuration in its log") {
  Node node;
  node.receive(B, 1, carrying({0, 0}, voters(set_of({A, B, C, D}))));
  node.state.configured_at.clear();
  node.state.configuration = {};
  node.start();
  CHECK(node.state.configuration == voters(set_of({A, B, C, D})));
  CHECK(node.state.configured_at == std::vector<Index>{1});
}

TEST_CASE("§6 joint consensus: elections need a majority of the old and one of the new configuration") {
  Node node(3);
  node.receive(B, 1, carrying({0, 0}, {.voters = set_of({A, B, C}), .next = set_of({C, D, E}), .learners = {}}));
  node.timeout();
  CHECK(node.sent<RequestVote>().size() == 4);
  Node new_half = node;
  new_half.receive(D, 2, RequestVoteReply{true}).receive(E, 2, RequestVoteReply{true});
  CHECK(new_half.role() == Role::Candidate);
  new_half.receive(B, 2, RequestVoteReply{true});
  CHECK(new_half.role() == Role::Leader);
  Node old_half = node;
  old_half.receive(B, 2, RequestVoteReply{true}).receive(D, 2, RequestVoteReply{true});
  CHECK(old_half.role() == Role::Candidate);
  old_half.receive(E, 2, RequestVoteReply{true});
  CHECK(old_half.role() == Role::Leader);
}

TEST_CASE("§6 joint consensus: once it is committed by both majorities the leader appends the new configuration") {
  Node node = settled_leader();
  node.configure({.voters = set_of({A, B, C}), .next = set_of({A, D, E}), .learners = {}});
  CHECK(node.gave(ReasonCode::JointConfiguration));
  node.receive(D, 1, stored_up_to(2)).receive(E, 1, stored_up_to(2));
  CHECK(node.commit() == 1);
  node.receive(B, 1, stored_up_to(2));
  CHECK(node.commit() == 2);
  CHECK(node.gave(ReasonCode::ConfigurationCommitted));
  CHECK(node.state.configuration == voters(set_of({A, D, E})));
  CHECK(node.state.durable.log.last_index() == 3);
  CHECK(node.sent_to<AppendEntries>(D) != nullptr);
  CHECK(node.sent_to<AppendEntries>(B) == nullptr);
}

TEST_CASE("§6 a new leader finishes a joint configuration that it finds in its log") {
  Node node(3);
  node.settings.features.noop = true;
  node.receive(B, 1, carrying({0, 0}, {.voters = set_of({A, B, C}), .next = set_of({A, B, D}), .learners = {}}));
  node.timeout().receive(B, 2, RequestVoteReply{true});
  REQUIRE(node.role() == Role::Leader);
  node.receive(B, 2, stored_up_to(2));
  CHECK(node.state.configuration == voters(set_of({A, B, D})));
}

TEST_CASE("§6 a joint configuration is finished also when a snapshot has taken its place at once") {
  Node node = settled_leader(1);
  node.settings.features.snapshot_after = 1;
  node.configure({.voters = set_of({A}), .next = set_of({A, B}), .learners = {}});
  node.receive(B, 1, stored_up_to(2));
  CHECK(node.state.configuration == voters(set_of({A, B})));
}

TEST_CASE("§6 a leader that is not in the new configuration steps down when that is committed") {
  Node node = settled_leader(3);
  node.configure(voters(set_of({B, C})));
  CHECK(node.role() == Role::Leader);
  node.receive(B, 1, stored_up_to(2));
  CHECK(node.role() == Role::Leader);  // 4.2.2: it does not count itself
  node.receive(C, 1, stored_up_to(2));
  CHECK(node.commit() == 2);
  CHECK(node.role() == Role::Follower);
  CHECK(node.gave(ReasonCode::RemovedLeaderStepsDown));
  CHECK(node.sent<AppendEntries>().empty());
}

TEST_CASE("§6 joint consensus: the new configuration waits until the joint one itself is committed") {
  Node node = settled_leader();
  node.ask(c1, write(1)).configure({.voters = set_of({A, B, C}), .next = set_of({A, D, E}), .learners = {}});
  node.receive(B, 1, stored_up_to(2)).receive(D, 1, stored_up_to(2));
  CHECK(node.commit() == 2);
  CHECK(node.state.durable.log.last_index() == 3);
  CHECK(node.state.configuration.joint());
}

TEST_CASE("§6 only a leader begins a change, and not while it hands over") {
  Node follower;
  follower.append(B, 1, {0, 0}, {1}, 1).configure(voters(set_of({A, B, C, D})));
  CHECK(follower.state.durable.log.last_index() == 1);
  Node leader = settled_leader();
  leader.transfer(B).configure(voters(set_of({A, B, C, D})));
  CHECK(leader.gave(ReasonCode::TransferUnderWay));
  CHECK(leader.state.durable.log.last_index() == 1);
}

TEST_CASE("§6 a leader that has been removed names nobody as leader") {
  Node node = settled_leader(3);
  node.configure(voters(set_of({B, C}))).receive(B, 1, stored_up_to(2)).receive(C, 1, stored_up_to(2));
  CHECK(node.state.memory.leader == no_node);
}

TEST_CASE("4.1 no change before the previous one is committed") {
  Node node = settled_leader();
  node.configure(voters(set_of({A, B, C, D}))).configure(voters(set_of({A, B, C, D, E})));
  CHECK(node.gave(ReasonCode::ChangeUnderWay));
  CHECK(node.state.durable.log.last_index() == 2);
  node.receive(B, 1, stored_up_to(2)).receive(C, 1, stored_up_to(2));
  node.configure(voters(set_of({A, B, C, D, E})));
  CHECK(node.state.durable.log.last_index() == 3);
}

TEST_CASE("4.3 no other change while the joint configuration is in force, committed though it may be") {
  AppendEntries request = carrying({0, 0}, {.voters = set_of({A, B, C}), .next = set_of({A, B, D}), .learners = {}});
  request.leader_commit = 1;
  Node node(3);
  node.receive(B, 1, request).timeout().receive(B, 2, RequestVoteReply{true});
  REQUIRE(node.role() == Role::Leader);
  REQUIRE(node.commit() == 1);
  node.configure(voters(set_of({A, B, C})));
  CHECK(node.gave(ReasonCode::ChangeUnderWay));
  CHECK(node.state.durable.log.last_index() == 1);
}

TEST_CASE("4.1 (erratum) no change before the leader has committed an entry of its own term") {
  Node node(3);
  node.log({1}).term(1).leader().configure(voters(set_of({A, B, C, D})));
  CHECK(node.gave(ReasonCode::ChangeWaitsForTerm));
  node.ask(c1, write(1)).receive(B, 2, stored_up_to(2)).configure(voters(set_of({A, B, C, D})));
  CHECK(node.state.configuration.voters == set_of({A, B, C, D}));
}

TEST_CASE("4.1 a node accepts votes and entries of whoever sends them, in its configuration or not") {
  Node node(3);
  node.receive(E, 1, RequestVote{});
  CHECK(node.granted(E));
  node.append(E, 1, {0, 0}, {1});
  CHECK(node.accepted(E));
}

TEST_CASE("4.1 a node that is started to join begins no election before it knows of a configuration") {
  Node node(0, D);
  node.start().timeout();
  CHECK(node.role() == Role::Follower);
  CHECK(node.term() == 0);
  CHECK(node.gave(ReasonCode::HasNoVote));
  CHECK(node.timer_reset());
  node.receive(A, 1, carrying({0, 0}, voters(set_of({A, B, C, D})))).timeout();
  CHECK(node.role() == Role::Candidate);
}

TEST_CASE("4.2.1 a learner gets the log, has no vote, and does not count") {
  Node node = settled_leader();
  node.configure({.voters = set_of({A, B, C}), .next = {}, .learners = set_of({D})});
  CHECK(node.sent_to<AppendEntries>(D) != nullptr);
  node.receive(D, 1, stored_up_to(2));
  CHECK(node.commit() == 1);
  Node learner(3, D);
  learner.state.configuration.learners = learner.state.first_configuration.learners = set_of({D});
  learner.timeout();
  CHECK(learner.role() == Role::Follower);
  CHECK(learner.effects.messages.empty());
}

TEST_CASE("4.2.1 a learner begins no election, also while the configuration that made it one is not committed") {
  Node node(0, D);
  node.receive(B, 1, carrying({0, 0}, {.voters = set_of({A, B, C}), .next = {}, .learners = set_of({D})})).timeout();
  CHECK(node.commit() == 0);
  CHECK(node.role() == Role::Follower);
  CHECK(node.gave(ReasonCode::HasNoVote));
}

TEST_CASE("4.2.2 a node that is not in its latest configuration still asks for votes until that is committed") {
  Node node(3);
  node.receive(B, 1, carrying({0, 0}, voters(set_of({B, C})))).timeout();
  CHECK(node.role() == Role::Candidate);
  CHECK(node.state.memory.votes_granted.empty());  // its own does not count
  node.receive(B, 2, RequestVoteReply{true});
  CHECK(node.role() == Role::Candidate);
  node.receive(C, 2, RequestVoteReply{true});
  CHECK(node.role() == Role::Leader);

  Node gone(3);
  gone.receive(B, 1, carrying({0, 0}, voters(set_of({B, C})))).append(B, 1, {1, 1}, {}, 1).timeout();
  CHECK(gone.role() == Role::Follower);
}

TEST_CASE("4.2.2 a leader that is being removed manages the cluster but does not count itself") {
  Node node = settled_leader(4);
  node.configure(voters(set_of({B, C, D}))).receive(B, 1, stored_up_to(2));
  CHECK(node.commit() == 1);
  CHECK(node.role() == Role::Leader);
  node.ask(c1, write(1));
  CHECK(node.sent<AppendEntries>().size() == 3);
  node.receive(C, 1, stored_up_to(2));
  CHECK(node.commit() == 2);
}

TEST_CASE("4.2.3 a node that hears from a leader ignores candidates: no vote, no new term") {
  Node node;
  node.settings.features.ignore_disruptive = true;
  node.append(B, 1, {0, 0}, {}).wait(149'999).receive(C, 9, RequestVote{{9, 9}});
  CHECK(node.term() == 1);
  CHECK(node.effects.messages.empty());
  CHECK(node.gave(ReasonCode::LeaderIsAlive));
  node.wait(1).receive(C, 9, RequestVote{{9, 9}});
  CHECK(node.granted(C));
  Node leader;
  leader.settings.features.ignore_disruptive = true;
  leader.leader().receive(C, 9, RequestVote{{9, 9}});
  CHECK(leader.role() == Role::Leader);
}

TEST_CASE("a node that comes back after its removal is a stranger: nothing that it had counts") {
  Node node = settled_leader();
  CHECK(node.progress(B).match_index == 1);
  node.configure(voters(set_of({A, C}))).receive(C, 1, stored_up_to(2));
  CHECK(node.progress(B).match_index == 0);
  node.receive(B, 1, stored_up_to(2));
  CHECK(node.gave(ReasonCode::OldReplyIgnored));
  node.configure(voters(set_of({A, B, C})));
  CHECK(node.progress(B).match_index == 0);
}

}  // namespace raft::test
