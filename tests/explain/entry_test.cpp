// "Why is this entry not committed?": one scenario for every answer, its operands asserted.
#include <algorithm>

#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

using explain::EntryAnswer;

GivenNode given(NodeId node, Term term, std::initializer_list<Term> log, Index commit = 0) {
  GivenNode state{node, term, no_node, commit, {}, false};
  for (const Term entry : log) state.log.push_back({entry, write_text("x", std::to_string(entry))});
  return state;
}

/// Elects `leader` with the help of `voters` only; other messages of the election are dropped.
void elect_with(Cluster& cluster, NodeId leader, std::initializer_list<NodeId> voters) {
  cluster.timeout(leader);
  for (const NodeId voter : voters) {
    cluster.deliver(MessageType::RequestVote, leader, voter);
    cluster.deliver(MessageType::RequestVoteReply, voter, leader);
  }
  REQUIRE(cluster.role(leader) == Role::Leader);
}

EntryAnswer answer(const Cluster& cluster, NodeId node, Index index, const explain::Words& words = english()) {
  EntryAnswer found = explain::explain_entry(words, cluster.world, node, index);
  check_finished(words, found.sentence);
  return found;
}

bool has(const EntryAnswer& found, const Reason& reason) {
  return std::find(found.reasons.begin(), found.reasons.end(), reason) != found.reasons.end();
}

/// Figure 8 (c): entry 2 of term 2 is on a majority again, under a leader of term 4.
Cluster figure_8_c() {
  ClusterConfig config = manual_cluster_of(5);
  config.given = {given(A, 3, {1, 2}, 1), given(B, 3, {1, 2}, 1), given(C, 3, {1, 2}, 1), given(D, 3, {1}, 1),
                  given(E, 3, {1}, 1)};
  Cluster cluster(config);
  elect_with(cluster, A, {B, C});
  return cluster;
}

}  // namespace

TEST_CASE("an entry of an earlier term on a majority waits for one of the leader's term (§5.4.2)") {
  Cluster cluster = figure_8_c();
  REQUIRE(cluster.node(A).durable.current_term == 4);
  const EntryAnswer found = answer(cluster, A, 2);
  CHECK_FALSE(found.committed_anywhere);
  CHECK(found.stored_on == set_of({A, B, C}));
  CHECK(has(found, Reason(ReasonCode::NotCurrentTerm, {EntryId{2, 2}, 4})));
  CHECK(found.sentence ==
        "Entry 2 is on 3 of 5 nodes, but it is of term 2 and the leader is in term 4: it commits only together with "
        "an entry of term 4 (§5.4.2).");
  CHECK(answer(cluster, B, 2).sentence == found.sentence);
  CHECK(answer(cluster, A, 2, chinese()).sentence ==
        "条目 2 已存于 5 个节点中的 3 个，但它属于任期 2，而领导者在任期 4：只能随任期 4 的条目一起提交（§5.4.2）。");

  cluster.write("9", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  const EntryAnswer carried = answer(cluster, A, 2);
  CHECK(has(carried, Reason(ReasonCode::NotOnMajority, {EntryId{3, 4}, 1, 3})));
  CHECK(carried.sentence ==
        "Entry 2 is on 3 of 5 nodes, but it is of term 2 and the leader is in term 4: it commits together with entry 3 "
        "of term 4, which is on 1 of the 3 nodes it needs (§5.4.2).");
  cluster.run_for(100_ms);
  CHECK(answer(cluster, A, 2).committed_here);
  CHECK(answer(cluster, A, 2).sentence == "Entry 2 is committed: 5 of 5 nodes store it, and A knows.");
}

TEST_CASE("the same with the rule switched off says nothing of terms") {
  Cluster cluster = figure_8_c();
  cluster.off(Rule::CommitOnlyCurrentTerm);
  const EntryAnswer found = answer(cluster, A, 2);
  for (const Reason& reason : found.reasons) CHECK(reason.code != ReasonCode::NotCurrentTerm);
  CHECK(found.sentence == "Entry 2 is on 3 of 5 nodes, but A knows of 1 only: a confirmation has still to reach it.");
}

TEST_CASE("an entry on too few nodes: what keeps each of the others from having it") {
  ClusterConfig config = manual_cluster_of(5);
  config.given = {given(A, 1, {1}), given(B, 1, {1}), given(C, 1, {}), given(D, 1, {1}), given(E, 1, {1})};
  Cluster cluster(config);
  elect_with(cluster, A, {B, D});
  cluster.run_for(0_ms);
  cluster.crash({E}).act(Cut{A, D, Direction::BothWays});
  cluster.write("7", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  const EntryAnswer found = answer(cluster, A, 2);
  CHECK(found.stored_on == set_of({A}));
  CHECK(has(found, Reason(ReasonCode::NotOnMajority, {EntryId{2, 2}, 1, 3})));
  CHECK(has(found, Reason(ReasonCode::WalkedBack, {C, 2})));
  CHECK(has(found, Reason(ReasonCode::NodeIsDown, {E})));
  CHECK(found.sentence ==
        "Entry 2 is on 1 of 5 nodes; 3 are needed. It is on its way to B. C's log does not match yet: A goes back "
        "until it does, trying from entry 2 next. D is cut off from A. E is down.");
}

TEST_CASE("in a minority nothing commits") {
  Cluster cluster(manual_cluster_of(5));
  cluster.elect(B).run_for(100_ms);
  cluster.act(Partition{{set_of({A, B}), set_of({C, D, E})}});
  cluster.write("bob", B).run_for(100_ms);
  for (const NodeId node : {A, B}) {
    const EntryAnswer found = answer(cluster, node, 1);
    CHECK(found.stored_on == set_of({A, B}));
    CHECK(has(found, Reason(ReasonCode::NotOnMajority, {EntryId{1, 1}, 2, 3})));
    CHECK(found.sentence == "B is in touch with 2 of 5 only, itself included: without a majority nothing commits.");
  }
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({A, B})) == "2 of 5: cannot commit");
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({C, D, E})) == "3 of 5: can elect a leader");

  SUBCASE("a leader that is paused, or that the others have gone beyond, commits nothing either") {
    cluster.elect(C).run_for(100_ms);
    CHECK(explain::quorum_caption(english(), cluster.world, set_of({C, D, E})) == "3 of 5: can commit");
    Cluster mixed = cluster;
    mixed.act(Partition{{set_of({A, E}), set_of({B, C, D})}});
    CHECK(explain::quorum_caption(english(), mixed.world, set_of({B, C, D})) == "3 of 5: can commit");
    mixed.act(Partition{{set_of({A, C}), set_of({B, D, E})}});
    CHECK(explain::quorum_caption(english(), mixed.world, set_of({B, D, E})) == "3 of 5: can elect a leader");
    cluster.act(Pause{C});
    CHECK(explain::quorum_caption(english(), cluster.world, set_of({C, D, E})) == "3 of 5: can elect a leader");
  }

  SUBCASE("and what is committed on the other side dooms it") {
    cluster.elect(C).write("tom", C).run_for(200_ms);
    const EntryAnswer found = answer(cluster, B, 1);
    CHECK(has(found, Reason(ReasonCode::ConflictingTerm, {EntryId{1, 2}, EntryId{1, 1}})));
    CHECK(found.sentence ==
          "Entry 1 of term 1 will never be committed: entry 1 of term 2 is committed in its place. It is overwritten "
          "here once C and B are in touch again.");
    cluster.heal();
    CHECK(answer(cluster, B, 1).sentence.ends_with("C leads: its AppendEntries overwrite it here."));
    Cluster beyond = cluster;  // B refuses C's AppendEntries, and is overwritten by a later leader
    beyond.isolate({B}).crash({B}).restart({B}).act(FireElectionTimer{B}).act(FireElectionTimer{B});
    REQUIRE(beyond.node(B).durable.current_term == 3);
    CHECK(answer(beyond, B, 1).sentence.ends_with("The next leader overwrites it."));
    Cluster paused = cluster;
    paused.act(Pause{C});
    CHECK(answer(paused, B, 1).sentence.ends_with("The next leader overwrites it."));
    Cluster without = cluster;
    without.crash({C});  // B leads on, and holds nothing else
    for (const NodeId node : {A, B}) CHECK(answer(without, node, 1).sentence.ends_with("The next leader overwrites it."));
    without = cluster;
    without.crash({A});
    CHECK(has(answer(without, A, 1), Reason(ReasonCode::NodeIsDown, {A})));
    CHECK(answer(without, A, 1).sentence.ends_with("It is overwritten after A's restart, when C reaches it."));
    cluster.run_for(300_ms);
    CHECK(answer(cluster, B, 1).committed_here);
  }
  SUBCASE("and a leader elsewhere that has nothing at this place will replace it") {
    cluster.elect(C).heal().run_for(200_ms);
    const EntryAnswer found = answer(cluster, B, 1);
    CHECK(has(found, Reason(ReasonCode::MissingEntry, {EntryId{1, 1}, 0})));
    CHECK(found.sentence ==
          "C, who leads term 2, does not hold entry 1: what it writes there next replaces this one.");
  }
  SUBCASE("and so will one that holds another entry there, though that is not committed either") {
    cluster.elect(C).run_for(100_ms);
    MessagePattern of_c = pattern(MessageType::AppendEntries, C, A);
    of_c.any_to = true;
    cluster.act(DropEvery{of_c}).write("tom", C).heal().run_for(200_ms);
    REQUIRE(cluster.role(B) == Role::Follower);
    const EntryAnswer found = answer(cluster, B, 1);
    CHECK(has(found, Reason(ReasonCode::ConflictingTerm, {EntryId{1, 2}, EntryId{1, 1}})));
    CHECK(found.sentence == "C, who leads term 2, holds an entry of term 2 at 1: it replaces this one.");
  }
}

TEST_CASE("an entry that the leader has not is replaced for certain only where the leader gets to it (Figure 8)") {
  ClusterConfig config = manual_cluster_of(5);
  config.given = {given(A, 3, {1, 2}), given(B, 3, {1, 2}), given(C, 3, {1}), given(D, 3, {1}), given(E, 3, {1, 3})};
  Cluster cluster(config);
  cluster.crash({E});
  elect_with(cluster, A, {B, C});
  const std::string theirs = "A, who leads term 4, holds an entry of term 2 at 2";
  CHECK(answer(cluster, E, 2).sentence ==
        theirs + ". That one replaces this one once A, or a later leader that holds it, gets it to E; otherwise this one may survive (Figure 8).");
  cluster.restart({E});
  CHECK(answer(cluster, E, 2).sentence == theirs + ": it replaces this one.");
  cluster.act(Cut{A, E, Direction::BothWays});
  CHECK(answer(cluster, E, 2).sentence.starts_with(theirs + ". That one replaces this one once A"));
  Cluster held = cluster;
  held.act(Mend{A, E, Direction::BothWays}).act(Hold{A, E});
  CHECK(answer(held, E, 2).sentence.starts_with(theirs + ". That one replaces this one once A"));
  cluster.timeout(E);
  cluster.heal().crash({B}).restart({B});
  // Nobody leads E's term, and it refuses what a leader of an older one sends.
  REQUIRE(cluster.node(E).durable.current_term == 4);
  cluster.timeout(E);
  REQUIRE(cluster.node(E).durable.current_term == 5);
  CHECK(answer(cluster, E, 2).sentence == theirs + ". E is in a later term and would refuse what A sends: the next leader decides about this one.");
  cluster.isolate({E});
  CHECK(answer(cluster, E, 2).sentence.find("E is in a later term and would refuse") != std::string::npos);
}

TEST_CASE("in a one-way cut no answer comes back: that is told, not that the follower is cut off") {
  Cluster cluster(manual_cluster_of(5));
  cluster.elect(A).run_for(100_ms);
  cluster.act(Cut{B, A, Direction::OneWay}).crash({D, E});
  cluster.write("7", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  cluster.restart({D}).act(Cut{A, D, Direction::BothWays}).restart({E}).crash({E});
  const EntryAnswer found = answer(cluster, A, 1);
  CAPTURE(found.sentence);
  CHECK(found.sentence.find("A is in touch with 2 of 5 only, itself included") != std::string::npos);
  cluster.restart({E});
  CHECK(answer(cluster, A, 1).sentence.find("What A sends arrives at B, but no answer comes back. ") != std::string::npos);
  CHECK(answer(cluster, A, 1).sentence.find("D is cut off from A.") != std::string::npos);
}

TEST_CASE("a follower that has not heard of the commit yet") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A);
  CHECK(cluster.run_until([&] { return cluster.node(A).memory.commit_index == 1; }, 100_ms));
  const NodeId follower = cluster.node(B).durable.log.last_index() == 1 ? B : C;
  const std::string name = cluster.world.name(follower);
  const EntryAnswer found = answer(cluster, follower, 1);
  CHECK_FALSE(found.committed_here);
  CHECK(found.committed_anywhere);
  CHECK(found.sentence == "Entry 1 is committed and A knows. " + name + " learns it with A's next AppendEntries.");
  cluster.isolate({follower});
  CHECK(answer(cluster, follower, 1).sentence ==
        "Entry 1 is committed and A knows, but A's messages do not reach " + name + ".");
  cluster.crash({follower});
  CHECK(answer(cluster, follower, 1).sentence.ends_with(name + " is down; it learns it after a restart."));
}

TEST_CASE("a new leader does not know what its predecessor committed (§5.4.2)") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A).run_for(200_ms);
  CHECK(cluster.node(A).memory.commit_index == 1);
  cluster.crash({B}).restart({B}).crash({C}).restart({C});  // they forget how far they had committed
  cluster.isolate({A}).elect(B);
  const EntryAnswer found = answer(cluster, B, 1);
  CHECK(found.committed_anywhere);
  CHECK_FALSE(found.committed_here);
  CHECK(has(found, Reason(ReasonCode::NotCurrentTerm, {EntryId{1, 1}, 2})));
  CHECK(found.sentence ==
        "Entry 1 is committed and A knows, but B leads term 2 and may conclude it only from an entry of that term "
        "(§5.4.2).");
  CHECK(answer(cluster, C, 1).sentence == found.sentence);
}

TEST_CASE("a confirmation under way") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  while (cluster.log(B).empty()) cluster.deliver(MessageType::AppendEntries, A, B);
  CHECK(answer(cluster, A, 1).sentence ==
        "Entry 1 is on 2 of 3 nodes, but A knows of 1 only: a confirmation has still to reach it.");
}

TEST_CASE("without a leader nobody commits, and with too few nodes neither") {
  Cluster cluster(manual_cluster_of(5));
  cluster.elect(A).run_for(100_ms);
  cluster.isolate({A});
  cluster.write("1", A).run_for(50_ms);
  cluster.crash({A});
  CHECK(answer(cluster, A, 1).sentence ==
        "Entry 1 is on 1 of 5 nodes, but there is no leader, and only a leader commits.");
  cluster.crash({B, C});
  const EntryAnswer found = answer(cluster, A, 1);
  CHECK(found.sentence == "Entry 1 cannot be committed now: only 2 of 5 nodes are running, and 3 are needed.");
  CHECK(has(found, Reason(ReasonCode::NodeIsDown, {C})));
}

TEST_CASE("an entry that a node does not have") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.crash({C});
  cluster.write("1", A).run_for(100_ms);
  CHECK(answer(cluster, C, 1).sentence == "C has no entry 1: its log is empty. C is down.");
  CHECK(has(answer(cluster, C, 1), Reason(ReasonCode::MissingEntry, {EntryId{1, 1}, 0})));
  CHECK(answer(cluster, B, 5).sentence == "B has no entry 5: its log ends at entry 1. The leader A has none either.");
}

TEST_CASE("an entry that a snapshot has replaced is committed, and never read from the log (§7)") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  for (const char* value : {"1", "2", "3"}) cluster.write(value, A).run_for(200_ms);
  cluster.crash({C}).act(CompactLog{A, 2});
  const EntryAnswer found = answer(cluster, A, 1);
  CHECK(found.committed_here);
  CHECK(found.sentence == "Entry 1 is committed: it is part of A's snapshot, which goes up to entry 2.");
  CHECK(answer(cluster, A, 1, chinese()).sentence == "条目 1 已提交：它包含在 A 的快照里，快照到条目 2 为止。");
  CHECK(answer(cluster, B, 1).sentence == "Entry 1 is committed: 3 of 3 nodes store it, and B knows.");
  cluster.act(Wipe{C}).restart({C}).act(FireHeartbeatTimer{A});
  cluster.deliver(MessageType::AppendEntries, A, C).deliver(MessageType::AppendEntriesReply, C, A);
  cluster.run_for(0_ms);
  CHECK(answer(cluster, C, 1).sentence.starts_with("C has no entry 1: its log is empty."));
}

TEST_CASE("in joint consensus both majorities are needed (§6)") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.act(ChangeSetting{Setting::Noop, {1, 0}}).write("1", A).run_for(200_ms);
  cluster.act(Reconfigure{{"A", "D", "E"}});
  const EntryAnswer found = answer(cluster, A, 2);
  CHECK(found.sentence.starts_with(
      "Entry 2 is on 1 of 3 nodes; 2 are needed. In joint consensus it takes a majority of the old and one of the new "
      "configuration."));
  const auto reasons = explain::explain_reasons(english(), cluster.world, cluster.event);
  REQUIRE(reasons.size() > 3);
  CHECK(reasons[0].sentence == "D starts as a follower in term 0, with an empty log.");
  CHECK(reasons[1].sentence == "E starts as a follower in term 0, with an empty log.");
  CHECK(reasons[2].sentence == "Entry 2 is joint: a majority of the 3 old and one of the 3 new voters must agree.");
  CHECK(reasons[2].self == A);
}

TEST_CASE("a leader that is paused commits nothing until it goes on") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)}).act(Pause{A});
  const EntryAnswer found = answer(cluster, A, 1);
  CHECK(has(found, Reason(ReasonCode::NodeIsPaused, {A})));
  CHECK(found.sentence == "A leads term 1 but is paused: nothing commits until it goes on or another is elected.");
}

TEST_CASE("a leader that does not know how far its own term is committed, while others do") {
  // A given state may say so: A committed the entry, and B forgot that when it was restarted.
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A).run_for(200_ms);
  REQUIRE(cluster.node(B).memory.commit_index == 1);
  for (const NodeId node : {A, C}) cluster.world.machine(node).node.memory.commit_index = 0;
  CHECK(answer(cluster, C, 1).sentence == "Entry 1 is committed and B knows, but A, who leads term 1, does not know it yet.");
}

}  // namespace raft::test
