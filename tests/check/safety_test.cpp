// The checker itself: what it says of runs that hold and of runs that do not, of given states, of copies.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/cluster.h"

namespace raft::test {

using check::Property;
using check::Violation;

namespace {

GivenNode given(NodeId node, Term term, Index commit, std::initializer_list<Term> log) {
  GivenNode state{node, term, no_node, commit, {}, false};
  for (const Term entry_term : log) state.log.push_back({entry_term, write_text("x", std::to_string(entry_term))});
  return state;
}

/// Two leaders of term 1: A, then B, with C's vote twice.
Cluster two_leaders() {
  Cluster cluster(manual_cluster_of(3));
  cluster.off(Rule::OneVotePerTerm).timeout(A).timeout(B).run_for(60_ms);
  return cluster;
}

const Violation* first(const Cluster& cluster, Property property) {
  for (const Violation& violation : cluster.safety.violations()) {
    if (violation.property == property) return &violation;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("the properties are named as in Figure 3") {
  CHECK(std::string(property_name(Property::ElectionSafety)) == "Election Safety");
  CHECK(std::string(property_name(Property::LeaderAppendOnly)) == "Leader Append-Only");
  CHECK(std::string(property_name(Property::LogMatching)) == "Log Matching");
  CHECK(std::string(property_name(Property::LeaderCompleteness)) == "Leader Completeness");
  CHECK(std::string(property_name(Property::StateMachineSafety)) == "State Machine Safety");
}

TEST_CASE("a run with writes, crashes and restarts breaks nothing") {
  Cluster cluster(cluster_of(5));
  for (int round = 0; round < 20; ++round) {
    cluster.run_for(400_ms);
    const NodeId leader = current_leader(cluster.world);
    REQUIRE(leader != no_node);
    cluster.write(std::to_string(round), leader);
    if (round % 3 == 0) cluster.run_for(25_ms).crash({leader}).run_for(500_ms).restart({leader});
  }
  CHECK(cluster.all_held());
  CHECK(cluster.safety.events_checked() == cluster.world.events);
}

TEST_CASE("Election Safety: a violation names both leaders, the term and the event") {
  const Cluster cluster = two_leaders();
  const Violation* violation = first(cluster, Property::ElectionSafety);
  REQUIRE(violation != nullptr);
  CHECK(set_of({violation->node, violation->other}) == set_of({A, B}));
  CHECK(violation->term == 1);
  CHECK(violation->event > 0);
  CHECK(violation->event <= cluster.world.events);
}

TEST_CASE("Election Safety: two leaders of different terms at one time are no violation") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).isolate({A}).elect(B);
  CHECK(cluster.role(A) == Role::Leader);
  CHECK(cluster.role(B) == Role::Leader);
  CHECK(cluster.all_held());
}

TEST_CASE("Log Matching: two leaders of one term write different commands to one place") {
  Cluster cluster = two_leaders();
  cluster.write("1", A).write("2", B).run_for(30_ms);
  const Violation* violation = first(cluster, Property::LogMatching);
  REQUIRE(violation != nullptr);
  CHECK(violation->entry == EntryId{1, 1});
  CHECK(violation->other != no_node);
}

TEST_CASE("Log Matching speaks of logs as they are: an entry that nobody holds any more matches everything") {
  // A forgets its log and its term, is elected for the same term again and reuses the place.
  Cluster cluster(manual_cluster_of(3));
  cluster.off(Rule::TermAndLogPersisted).elect(A).isolate({A}).write("1", A).run_for(30_ms);
  CHECK(cluster.log(A) == std::vector<Term>{1});
  cluster.crash({A, B, C}).restart({A, B, C}).heal().elect(A).write("2", A).run_for(60_ms);
  CHECK(cluster.log(B) == std::vector<Term>{1});
  CHECK_FALSE(cluster.broken(Property::LogMatching));
}

TEST_CASE("Log Matching holds given logs to each other") {
  ClusterConfig config = cluster_of(3);
  config.given = {given(A, 3, 0, {1, 2}), given(B, 3, 0, {1, 1, 2}), given(C, 3, 0, {1, 2, 3})};
  CHECK(check::Safety(make_world(config)).violations().empty());
  config.given[1].log[0].command.value = "9";
  const check::Safety safety(make_world(config));
  REQUIRE_FALSE(safety.violations().empty());
  CHECK(safety.violations()[0].property == Property::LogMatching);
  CHECK(safety.violations()[0].entry == EntryId{1, 1});
  CHECK(safety.violations()[0].event == 0);
}

TEST_CASE("Log Matching: the same entry after different predecessors") {
  ClusterConfig config = cluster_of(3);
  config.given = {given(A, 3, 0, {1, 3}), given(B, 3, 0, {2, 3})};
  CHECK(check::Safety(make_world(config)).broken(Property::LogMatching));
}

TEST_CASE("Leader Completeness: given commits bind the leaders of later terms") {
  ClusterConfig config = manual_cluster_of(3);
  config.settings.core.rules.set(Rule::CandidateLogUpToDate, false);
  config.given = {given(A, 2, 2, {1, 2}), given(B, 2, 2, {1, 2}), given(C, 2, 0, {1})};
  Cluster cluster(config);
  CHECK(cluster.all_held());
  cluster.elect(C);
  const Violation* violation = first(cluster, Property::LeaderCompleteness);
  REQUIRE(violation != nullptr);
  CHECK(violation->node == C);
  CHECK(violation->entry == EntryId{2, 2});
  CHECK(violation->term == 3);
}

TEST_CASE("Leader Completeness: a leader of a term below the committing one owes nothing") {
  // B leads term 1, cut off and without the entry that A commits in term 2.
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(B).run_for(30_ms).isolate({B}).elect(A);
  REQUIRE(cluster.role(B) == Role::Leader);
  REQUIRE(cluster.node(A).durable.current_term > cluster.node(B).durable.current_term);
  cluster.write("1", A).run_for(60_ms);
  CHECK(cluster.node(A).memory.commit_index == 1);
  CHECK(cluster.node(B).durable.log.last_index() == 0);
  CHECK(cluster.all_held());
}

TEST_CASE("Leader Completeness: an entry committed late binds leaders of higher terms that are there already") {
  // Without a majority, A and C lead their islands; A commits in term 1 while C leads term 2.
  Cluster cluster(manual_cluster_of(4));
  cluster.off(Rule::MajorityNeeded).act(Partition{{set_of({A, B}), set_of({C, D})}});
  cluster.elect(A).timeout(C).run_for(5_ms).timeout(C).run_for(60_ms);
  REQUIRE(cluster.role(C) == Role::Leader);
  REQUIRE(cluster.node(C).durable.current_term == 2);
  CHECK(cluster.all_held());
  cluster.write("1", A).run_for(60_ms);
  const Violation* violation = first(cluster, Property::LeaderCompleteness);
  REQUIRE(violation != nullptr);
  CHECK(violation->node == C);
  CHECK(violation->other == A);
  CHECK(violation->entry == EntryId{1, 1});
}

TEST_CASE("State Machine Safety: a node that applies again after a restart is no violation, another entry is") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).write("1", A).run_for(200_ms);
  cluster.crash({B}).restart({B}).run_for(200_ms);
  CHECK(cluster.node(B).memory.last_applied == 1);
  CHECK(cluster.all_held());

  Cluster broken = two_leaders();
  broken.off(Rule::MajorityNeeded).write("1", A).write("2", B).run_for(100_ms);
  // Three nodes, "one less than a majority" is one: each commits alone.
  const Violation* violation = first(broken, Property::StateMachineSafety);
  REQUIRE(violation != nullptr);
  CHECK(set_of({violation->node, violation->other}) == set_of({A, B}));
  CHECK(violation->entry == EntryId{1, 1});
}

TEST_CASE("Leader Append-Only: a leader that deletes what it stored is caught") {
  // Nothing that a switched-off rule allows makes a leader delete, so the world is changed behind its back.
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).write("1", A).run_for(200_ms);
  CHECK(cluster.all_held());
  cluster.world.machine(A).node.durable.log.truncate_from(1);
  cluster.world.machine(A).node.memory.commit_index = 0;
  cluster.act(FireHeartbeatTimer{A});
  const Violation* violation = first(cluster, Property::LeaderAppendOnly);
  REQUIRE(violation != nullptr);
  CHECK(violation->node == A);
  CHECK(violation->entry == EntryId{1, 1});
}

TEST_CASE("Leader Append-Only: a leader deposed by the very message that makes it delete has done nothing wrong") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).isolate({A}).write("1", A).run_for(30_ms);
  cluster.elect(B).write("2", B).run_for(100_ms).heal().run_for(200_ms);
  CHECK(cluster.log(A) == std::vector<Term>{2});
  CHECK(cluster.all_held());
}

TEST_CASE("a copy goes its own way") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).write("1", A).run_for(100_ms);
  Cluster copy = cluster;
  copy.off(Rule::OneVotePerTerm).timeout(B).timeout(C).run_for(5_ms);
  copy.run_for(100_ms);
  cluster.write("2", A).run_for(100_ms);
  CHECK(cluster.all_held());
  CHECK(copy.safety.events_checked() != cluster.safety.events_checked());
}

TEST_CASE("of each property only so many violations are kept") {
  Cluster cluster(cluster_of(5));
  cluster.off(Rule::OneVotePerTerm).off(Rule::MajorityNeeded).off(Rule::CandidateLogUpToDate);
  for (int i = 0; i < 3000; ++i) {
    cluster.run_for(40_ms);
    cluster.write(std::to_string(i), node_at(static_cast<std::size_t>(i) % 5), static_cast<ClientId>(1 + i % 90));
    for (const NodeId node : {A, B, C}) {
      if (!cluster.refused(FireElectionTimer{node})) cluster.timeout(node);
    }
  }
  CHECK(cluster.broken(Property::ElectionSafety));
  CHECK(cluster.safety.violations().size() <= check::property_count * check::Violations::max_each);
}

TEST_CASE("a checker that starts in the middle of a run finds no fault with it") {
  Cluster cluster(cluster_of(5));
  for (int i = 0; i < 10; ++i) {
    cluster.run_for(300_ms);
    if (const NodeId leader = current_leader(cluster.world); leader != no_node) {
      cluster.write("1", leader).run_for(30_ms).crash({leader}).run_for(300_ms).restart({leader});
    }
    cluster.safety = check::Safety(cluster.world);
    CHECK(cluster.all_held());
  }
}

TEST_CASE("a checker takes what a snapshot stands for, where nobody holds those entries any more") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms).crash({C});
  for (const char* value : {"1", "2"}) cluster.write(value, A).run_for(200_ms);
  cluster.act(CompactLog{A, 0}).run_for(40_ms).restart({C});
  const auto under_way = [&] { return cluster.world.network.oldest(pattern(MessageType::InstallSnapshot, A, C)) != nullptr; };
  REQUIRE(cluster.run_until(under_way, 1_s));
  cluster.act(Wipe{A}).act(Wipe{B});
  cluster.safety = check::Safety(cluster.world);
  cluster.deliver(MessageType::InstallSnapshot, A, C);
  CHECK(cluster.node(C).memory.commit_index == 2);
  CHECK(cluster.safety.violations().empty());
  cluster.restart({A, B}).elect(C).write("3", C).run_for(500_ms);
  for (const NodeId node : {A, B, C}) CHECK(cluster.node(node).memory.commit_index == 3);
  CHECK(cluster.safety.violations().empty());
}

}  // namespace raft::test
