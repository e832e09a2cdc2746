// The guards of the rules of §6 to §8 and of the dissertation: members, snapshots, sessions, reads.
#include <utility>

#include "tests/check/guards.h"

namespace raft::test {

namespace {

/// The leader of term 1 that has committed its no-op, entry 1.
Node settled_leader(Node node) {
  node.settings.features.noop = true;
  node.leader();
  for (const NodeId peer : node.state.electors()) {
    if (node.commit() == 1) break;
    node.receive(peer, 1, AppendEntriesReply{.success = true, .prev_index = 0, .match_index = 1});
  }
  return node;
}

// One node.

bool repeated_command_is_applied_once(const Rules& rules) {
  Node node = with(rules, 1);
  Command open;
  open.kind = CommandKind::OpenSession;
  node.timeout().ask(c1, open, 1);
  Command increment;
  increment.kind = CommandKind::Increment;
  increment.key = SymbolId{0};
  increment.session = 1;
  node.ask(c1, increment, 2).ask(c1, increment, 2);
  return read(node.state.memory.machine.store, SymbolId{0}) == Value::number(1);
}

bool snapshot_knows_its_last_term(const Rules& rules) {
  Node node = with(rules);
  node.term(2).log({1, 2}).commit(2).take_snapshot();
  return node.state.durable.log.last() == EntryId{2, 2};
}

bool second_change_waits_for_the_first(const Rules& rules) {
  Node node = settled_leader(with(rules));
  node.configure(voters(set_of({A, B, C, D}))).configure(voters(set_of({A, B, C, D, E})));
  return node.state.durable.log.last_index() == 2;
}

bool stored_configuration_is_in_force(const Rules& rules) {
  Node node = with(rules);
  AppendEntries request{{0, 0}, 0, {{1, {}}}};
  request.entries[0].command.kind = CommandKind::Configure;
  request.entries[0].command.configuration = voters(set_of({A, B, C, D}));
  node.receive(B, 1, request);
  return node.state.configuration.voters == set_of({A, B, C, D});
}

bool new_majority_alone_commits_nothing(const Rules& rules) {
  Node node = settled_leader(with(rules));
  node.configure({.voters = set_of({A, B, C}), .next = set_of({A, D, E}), .learners = {}});
  node.receive(D, 1, stored_up_to(2)).receive(E, 1, stored_up_to(2));
  return node.commit() == 1;
}

bool learner_does_not_commit(const Rules& rules) {
  Node node = with(rules);
  node.state.configuration.learners = node.state.first_configuration.learners = set_of({D});
  node.leader().ask(c1, write(1)).receive(D, 1, stored_up_to(1));
  return node.commit() == 0;
}

bool removed_leader_does_not_commit(const Rules& rules) {
  Node node = settled_leader(with(rules, 4));
  node.configure(voters(set_of({B, C, D}))).receive(B, 1, stored_up_to(2));
  return node.commit() == 1;
}

bool read_waits_for_its_round(const Rules& rules) {
  Node node = settled_leader(with(rules));
  node.settings.features.reads = ReadMode::ReadIndex;
  node.ask(c1, read_of());
  return node.sent<ClientReply>().empty();
}

bool new_leader_does_not_read(const Rules& rules) {
  Node node = with(rules);
  node.settings.features.reads = ReadMode::ReadIndex;
  node.log({1}).leader().ask(c1, read_of());
  const Round round = node.state.leading.round;
  node.receive(B, node.term(), AppendEntriesReply{.success = true, .prev_index = 0, .match_index = 0, .round = round});
  return node.sent<ClientReply>().empty();
}

// A world.

/// As in the language: what is refused does nothing.
void try_to(Cluster& cluster, const Intervention& what) {
  if (!cluster.refused(what)) cluster.act(what);
}

Cluster settled_cluster(std::size_t size, const Rules& rules) {
  Cluster cluster = story_cluster(size, rules);
  cluster.act(ChangeSetting{Setting::Noop, {1, 0}}).elect(A).run_for(200_ms);
  return cluster;
}

/// A request of the client arrives twice.
bool counted_twice(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.act(ChangeSetting{Setting::Sessions, {1, 0}}).elect(A).run_for(30_ms).write("1", A, c1).run_for(300_ms);
  cluster.act(DuplicateMessage{next(MessageType::ClientRequest, c1, A), 5_ms});
  cluster.act(ClientAsk{{CommandKind::Increment, "x", "", ""}, A, c1}).run_for(200_ms);
  return cluster.node(A).memory.machine.store.at(0).second == Value::number(3);
}

/// A and B have committed an entry of term 2 and compacted their logs; C comes with an older one of term 1.
bool a_snapshot_without_a_term(const Rules& rules) {
  ClusterConfig config = manual_cluster_of(3);
  config.given = {{C, 1, no_node, 0, {{1, write_text("x", "0")}}, false}};
  Cluster cluster(config);
  cluster.rules(rules).isolate({C}).timeout(A).elect(A).write("1", A).run_for(120_ms);
  cluster.act(CompactLog{A}).act(CompactLog{B}).heal();
  cluster.timeout(C).run_for(5_ms).timeout(C).run_for(60_ms);
  return cluster.role(C) == Role::Leader && cluster.broken(check::Property::LeaderCompleteness);
}

/// A adds D and E, whom B and C have never heard of; then each side elects a leader.
bool two_changes_at_once(const Rules& rules) {
  Cluster cluster = settled_cluster(3, rules);
  cluster.act(Partition{{set_of({A}), set_of({B, C})}});
  try_to(cluster, AddNode{"D"});
  try_to(cluster, AddNode{"E"});
  cluster.run_for(300_ms).act(Partition{{set_of({A, D, E}), set_of({B, C})}});
  cluster.timeout(D).timeout(B).run_for(100_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// E and D are removed. C restarts, does not know yet what is committed, and is elected by those that are gone.
bool a_forgotten_configuration(const Rules& rules) {
  Cluster cluster = settled_cluster(5, rules);
  cluster.act(RemoveNode{E}).run_for(300_ms).act(RemoveNode{D}).run_for(300_ms);
  cluster.act(Partition{{set_of({A, B}), set_of({C, D, E})}}).crash({C}).restart({C});
  cluster.timeout(C).timeout(B).run_for(100_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// From A, B, C to A, D, E, while B and C hear of nothing.
bool a_new_majority_alone(const Rules& rules) {
  Cluster cluster = settled_cluster(3, rules);
  cluster.act(Partition{{set_of({A}), set_of({B, C})}}).act(Reconfigure{{"A", "D", "E"}}).run_for(300_ms);
  cluster.act(Partition{{set_of({A, D, E}), set_of({B, C})}}).timeout(D).timeout(B).run_for(100_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// A commits with the learner D alone; B and C elect B.
bool a_learner_that_counts(const Rules& rules) {
  ClusterConfig config = manual_cluster_of(3);
  config.learner_names = {"D"};
  Cluster cluster(config);
  cluster.rules(rules).elect(A).run_for(30_ms).act(Partition{{set_of({A, D}), set_of({B, C})}});
  cluster.write("1", A).run_for(100_ms).elect(B);
  return cluster.broken(check::Property::LeaderCompleteness);
}

/// A leads while it is being removed, and takes an entry that only B has besides itself as committed.
bool a_removed_leader_that_counts(const Rules& rules) {
  Cluster cluster = settled_cluster(4, rules);
  cluster.act(Cut{C, A, Direction::OneWay}).act(Cut{D, A, Direction::OneWay}).act(Hold{B, A});
  cluster.act(RemoveNode{A}).run_for(30_ms);
  cluster.act(Cut{A, C, Direction::OneWay}).act(Cut{A, D, Direction::OneWay}).write("1", A).run_for(70_ms);
  // Of B's answers only the last arrives.
  const auto answers = [&] {
    int count = 0;
    for (std::size_t i = 0; i < cluster.world.network.in_flight(); ++i) {
      count += cluster.world.network.flight(i).fate == Fate::Held ? 1 : 0;
    }
    return count;
  };
  while (answers() > 1) cluster.drop(MessageType::AppendEntriesReply, B, A);
  cluster.act(Release{B, A}).run_for(30_ms).act(Partition{{set_of({A, B}), set_of({C, D})}});
  cluster.elect(C);
  return cluster.broken(check::Property::LeaderCompleteness);
}

/// A has been replaced by B without noticing, and is asked.
bool a_read_from_an_old_leader(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.act(ChangeSetting{Setting::Reads, {1, 0}}).elect(A).write("1", A, c1).run_for(200_ms);
  cluster.act(Partition{{set_of({A}), set_of({B, C})}}).elect(B).write("2", B, c1).run_for(200_ms);
  cluster.act(ClientAsk{{CommandKind::Read, "x", "", ""}, A, c2}).run_for(100_ms);
  return cluster.world.client(c2)->status == ClientStatus::Ok && cluster.world.client(c2)->result == Value::number(1);
}

/// B leads and has what A committed, but does not know yet that it is committed.
bool a_read_too_early(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.act(ChangeSetting{Setting::Reads, {1, 0}}).act(ChangeSetting{Setting::Noop, {0, 0}});
  cluster.elect(A).run_for(30_ms).write("1", A, c1);
  cluster.run_until([&] { return cluster.world.client(c1)->status == ClientStatus::Ok; }, 1_s);
  cluster.isolate({A}).timeout(B);
  cluster.run_until([&] { return cluster.role(B) == Role::Leader; }, 1_s);
  cluster.act(ClientAsk{{CommandKind::Read, "x", "", ""}, B, c2}).run_for(200_ms);
  return cluster.world.client(c2)->status == ClientStatus::Ok && cluster.world.client(c2)->result == Value{};
}

}  // namespace

std::vector<Guard> guards_of_features() {
  return {
      GUARD(SessionCheck, repeated_command_is_applied_once, counted_twice),
      GUARD(SnapshotKeepsLast, snapshot_knows_its_last_term, a_snapshot_without_a_term),
      GUARD(OneChangeAtATime, second_change_waits_for_the_first, two_changes_at_once),
      GUARD(ConfigurationWhenStored, stored_configuration_is_in_force, a_forgotten_configuration),
      GUARD(JointMajorities, new_majority_alone_commits_nothing, a_new_majority_alone),
      GUARD(LearnersDoNotCount, learner_does_not_commit, a_learner_that_counts),
      GUARD(RemovedLeaderNotCounted, removed_leader_does_not_commit, a_removed_leader_that_counts),
      GUARD(ReadConfirmedByRound, read_waits_for_its_round, a_read_from_an_old_leader),
      GUARD(CommitBeforeReadIndex, new_leader_does_not_read, a_read_too_early),
  };
}

}  // namespace raft::test
