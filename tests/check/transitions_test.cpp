// The one-transition checks: each is shown a node that does what it forbids, and names it; and what Raft allows passes.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "raft/check/oracles.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

using check::Property;

/// A cluster with a leader A and one committed entry, in which nodes then misbehave.
class Tampered {
 public:
  explicit Tampered(const ClusterConfig& config = manual_cluster_of(3)) : Tampered(led_by_a(config)) {}

  /// What breaks when an event changes `node` like this; "" if nothing does.
  std::string after(NodeId node, const std::function<void(Machine&)>& change, EventKind kind = EventKind::Receive) {
    change(world_.machine(node));
    Event event;
    event.number = world_.events + ++events_;
    event.kind = kind;
    event.node = node;
    event.effects = effects;
    transitions_.observe(world_, event);
    const auto& found = transitions_.violations();
    if (found.empty()) return "";
    CHECK(found.front().node == node);
    CHECK(found.front().event == event.number);
    return std::string(check::property_name(found.front().property)) + ": " + found.front().detail;
  }

  World& world() { return world_; }
  Effects effects;  // of the event to come

 private:
  explicit Tampered(const Cluster& cluster) : world_(cluster.world), transitions_(world_) {}

  static Cluster led_by_a(const ClusterConfig& config) {
    Cluster cluster(config);
    cluster.elect(A).write("1", A).run_for(200_ms);
    REQUIRE(cluster.all_held());
    return cluster;
  }

  World world_;
  check::Transitions transitions_;
  int events_ = 0;
};

Durable& disk(Machine& machine) { return machine.node.durable; }
Volatile& memory(Machine& machine) { return machine.node.memory; }

void crash(Machine& machine) {
  machine.up = false;
  machine.election.fires_at = machine.heartbeat.fires_at = never;
  machine.node.memory = Volatile{};
  machine.node.leading = LeaderOnly{};
}

Entry configuration_entry(NodeSet voters, NodeSet next = {}) {
  Entry entry;
  entry.term = 1;
  entry.command.kind = CommandKind::Configure;
  entry.command.configuration = {voters, next, {}};
  return entry;
}

/// The node stores this configuration and uses it, as it should.
void store(Machine& machine, Effects& effects, const Entry& entry) {
  disk(machine).log.append(entry);
  effects.appended_from = disk(machine).log.last_index();
  machine.node.configuration = entry.command.configuration;
}

void commit_all(Machine& machine) {
  memory(machine).commit_index = memory(machine).last_applied = disk(machine).log.last_index();
}

}  // namespace

TEST_CASE("Term Monotonicity: a term never goes back, nor does it across a crash") {
  CHECK(Tampered().after(B, [](Machine& b) { disk(b).current_term = 2; }) == "");
  CHECK(Tampered().after(B, [](Machine& b) { disk(b).current_term = 0; }) == "Term Monotonicity: its term went back");
  const auto forget = [](Machine& b) { crash(b), disk(b).current_term = 0; };
  CHECK(Tampered().after(B, forget, EventKind::Crash) == "Term Monotonicity: its term went back");
}

TEST_CASE("Term Monotonicity: a log holds no entry of a later term") {
  const auto later = [](Machine& b) { disk(b).log.append({2, Command{}}); };
  CHECK(Tampered().after(B, later) == "Term Monotonicity: its log holds an entry of a later term than its own");
}

TEST_CASE("Vote Stability: a vote never changes within a term, nor does it across a crash") {
  const auto again = [](Machine& b) { disk(b).voted_for = C; };
  CHECK(Tampered().after(B, again) == "Vote Stability: its vote changed within a term");
  const auto forget = [](Machine& b) { crash(b), disk(b).voted_for = no_node; };
  CHECK(Tampered().after(B, forget, EventKind::Crash) == "Vote Stability: its vote changed within a term");
  const auto in_the_next = [](Machine& b) { disk(b).current_term = 2, disk(b).voted_for = C; };
  CHECK(Tampered().after(B, in_the_next) == "");
}

TEST_CASE("a disk that has not written yet may forget in a crash, and one that is wiped begins anew") {
  Tampered slow;
  const auto not_written = [](Machine& b) {
    b.written = disk(b);
    b.writes.emplace_back();
    disk(b).current_term = 2;
    disk(b).voted_for = C;
  };
  CHECK(slow.after(B, not_written) == "");
  const auto lost = [](Machine& b) { disk(b) = b.written, b.writes.clear(), crash(b); };
  CHECK(slow.after(B, lost, EventKind::Crash) == "");
  const auto wiped = [](Machine& b) { disk(b) = Durable{}, crash(b); };
  CHECK(slow.after(B, wiped, EventKind::Wipe) == "");
}

TEST_CASE("within a boot a slow disk is no excuse for going back") {
  const auto slow_and_back = [](Machine& b) {
    b.written = disk(b);
    b.writes.emplace_back();
    disk(b).current_term = 0;
  };
  CHECK(Tampered().after(B, slow_and_back) == "Term Monotonicity: its term went back");
  const auto slow_and_fickle = [](Machine& b) {
    b.written = disk(b);
    b.writes.emplace_back();
    disk(b).voted_for = C;
  };
  CHECK(Tampered().after(B, slow_and_fickle) == "Vote Stability: its vote changed within a term");
}

TEST_CASE("Commit Monotonicity: commit index and last applied start again at 0 only after a crash") {
  const auto back = [](Machine& b) { memory(b).commit_index = memory(b).last_applied = 0; };
  CHECK(Tampered().after(B, back) == "Commit Monotonicity: its commit index went back");
  const auto unapplied = [](Machine& b) { memory(b).last_applied = 0; };
  CHECK(Tampered().after(B, unapplied) == "Commit Monotonicity: its last applied went back");
  CHECK(Tampered().after(B, [](Machine& b) { crash(b); }, EventKind::Crash) == "");
}

TEST_CASE("Index Bounds: applied <= commit <= last index, and nothing is compacted that is not committed") {
  const auto beyond = [](Machine& b) { memory(b).commit_index = 2; };
  CHECK(Tampered().after(B, beyond) == "Index Bounds: it commits beyond its log");
  const auto early = [](Machine& b) { memory(b).last_applied = 2; };
  CHECK(Tampered().after(B, early) == "Index Bounds: it applies beyond its commit index");
  const auto slow = [](Machine& b) { disk(b).log.append({1, Command{}}), memory(b).commit_index = 2; };
  CHECK(Tampered().after(B, slow) == "Index Bounds: it has not applied what it knows to be committed");
  const auto compacted = [](Machine& b) { disk(b).log.append({1, Command{}}), disk(b).log.compact(2); };
  CHECK(Tampered().after(B, compacted) == "Index Bounds: it has compacted what it does not know to be committed");
}

TEST_CASE("Index Bounds: matchIndex < nextIndex <= last index + 1, and matchIndex <= last index") {
  const auto progress = [](Index match, Index next) {
    return [match, next](Machine& a) {
      a.node.leading.progress[index_of(C)].match_index = match;
      a.node.leading.progress[index_of(C)].next_index = next;
    };
  };
  CHECK(Tampered().after(A, progress(0, 1)) == "");
  CHECK(Tampered().after(A, progress(1, 2)) == "");
  CHECK(Tampered().after(A, progress(2, 3)) == "Index Bounds: it believes a follower to have more than itself");
  CHECK(Tampered().after(A, progress(1, 1)) == "Index Bounds: its nextIndex of a follower is not after its matchIndex");
  CHECK(Tampered().after(A, progress(1, 3)) == "Index Bounds: it would send a follower what it does not have");
}

TEST_CASE("Role Transitions: Figure 4") {
  const auto role = [](Role to, Term term, NodeId vote) {
    return [to, term, vote](Machine& machine) {
      memory(machine).role = to;
      disk(machine).current_term = term;
      disk(machine).voted_for = vote;
      machine.election.fires_at = to == Role::Leader ? never : Time{1_s};
      machine.heartbeat.fires_at = to == Role::Follower ? never : Time{1_s};
      for (Progress& progress : machine.node.leading.progress) progress.next_index = 2;
    };
  };
  CHECK(Tampered().after(B, role(Role::Candidate, 2, B)) == "");
  CHECK(Tampered().after(B, role(Role::PreCandidate, 1, A)) == "");
  CHECK(Tampered().after(A, role(Role::Follower, 2, no_node)) == "");
  CHECK(Tampered().after(B, role(Role::Leader, 2, B)) ==
        "Role Transitions: it leads without having been a candidate of that term");
  CHECK(Tampered().after(A, role(Role::Candidate, 2, A)) == "Role Transitions: a leader became a candidate");
  CHECK(Tampered().after(A, role(Role::PreCandidate, 2, A)) == "Role Transitions: a leader became a candidate");
  CHECK(Tampered().after(A, role(Role::Leader, 2, A)) == "Role Transitions: it took another term and kept leading");
  CHECK(Tampered().after(A, role(Role::Follower, 1, A)) == "Role Transitions: a leader stepped down in its own term");
  CHECK(Tampered().after(B, role(Role::Candidate, 2, A)) ==
        "Role Transitions: it stands for election or leads without its own vote");

  Tampered twice;
  CHECK(twice.after(B, role(Role::Candidate, 2, B)) == "");
  CHECK(twice.after(B, role(Role::Leader, 2, B)) == "");
  Tampered same_term;
  CHECK(same_term.after(B, [](Machine& b) { disk(b).voted_for = no_node; }, EventKind::Wipe) == "");
  CHECK(same_term.after(B, role(Role::Candidate, 1, B)) == "Role Transitions: it stands for election without a new term");
}

TEST_CASE("Role Transitions: a leader may step down in its term without a majority, or when it is removed") {
  const auto step_down = [](Machine& a) {
    memory(a).role = Role::Follower;
    a.election.fires_at = 1_s;
    a.heartbeat.fires_at = never;
  };
  Tampered check_quorum;
  check_quorum.world().settings.core.features.check_quorum = true;
  CHECK(check_quorum.after(A, step_down) == "");
  Tampered removed;
  const auto stored = [&](Machine& a) { store(a, removed.effects, configuration_entry(set_of({B, C}))); };
  CHECK(removed.after(A, stored) == "");
  removed.effects = {};
  const auto committed = [&](Machine& a) { commit_all(a), step_down(a); };
  CHECK(removed.after(A, committed) == "");
}

TEST_CASE("Role Transitions: timers run as the role demands") {
  const auto no_timeout = [](Machine& b) { b.election.fires_at = never; };
  CHECK(Tampered().after(B, no_timeout) == "Role Transitions: its election timer does not fit its role");
  const auto silent = [](Machine& a) { a.heartbeat.fires_at = never; };
  CHECK(Tampered().after(A, silent) == "Role Transitions: its heartbeat timer does not fit its role");
}

TEST_CASE("Configuration Order: a node uses the latest configuration of its log") {
  Tampered stored;
  const auto uses = [&](Machine& b) { store(b, stored.effects, configuration_entry(set_of({A, B}))); };
  CHECK(stored.after(B, uses) == "");
  stored.effects = {};
  const auto undone = [&](Machine& b) {
    disk(b).log.truncate_from(2);
    stored.effects.deleted_from = 2;
    b.node.configuration = b.node.first_configuration;
  };
  CHECK(stored.after(B, undone) == "");
  Tampered skipped;
  const auto skips = [&](Machine& b) {
    store(b, skipped.effects, configuration_entry(set_of({A, B})));
    b.node.configuration = b.node.first_configuration;
  };
  CHECK(skipped.after(B, skips) == "Configuration Order: it does not use the latest configuration of its log");
}

TEST_CASE("Configuration Order: what a snapshot brings is in force too") {
  const NodeSet abcd = set_of({A, B, C, D});
  const auto installing = [&](NodeSet in_snapshot, NodeSet in_force) {
    Tampered installed;
    const auto commit = [&](Machine& a) { store(a, installed.effects, configuration_entry(abcd)), commit_all(a); };
    CHECK(installed.after(A, commit) == "");
    const auto install = [&](Machine& b) {
      auto content = std::make_shared<SnapshotContent>();
      content->last = {3, 1};
      content->configuration.voters = in_snapshot;
      b.node.configuration.voters = in_force;
      disk(b).snapshot = content;
      disk(b).log.replace_by_snapshot({3, 1});
      commit_all(b);
      installed.effects.snapshot_installed = {3, 1};
    };
    return installed.after(B, install);
  };
  CHECK(installing(abcd, abcd) == "");
  CHECK(installing(abcd, set_of({A, B, C})) == "Configuration Order: it does not use the latest configuration of its log");
  CHECK(installing(set_of({A, B, C}), set_of({A, B, C})) ==
        "Configuration Order: its snapshot holds another configuration than the committed one");
}

TEST_CASE("Configuration Order: a committed configuration is one step from the one before it") {
  const auto committing = [](std::initializer_list<Entry> entries) {
    Tampered tampered;
    for (const Entry& entry : entries) {
      const auto change = [&](Machine& a) { store(a, tampered.effects, entry), commit_all(a); };
      if (std::string wrong = tampered.after(A, change); !wrong.empty()) return wrong;
    }
    return std::string();
  };
  const NodeSet abc = set_of({A, B, C});
  const NodeSet cde = set_of({C, D, E});
  const std::string wrong = "Configuration Order: a committed configuration is not one step from the one before it";
  CHECK(committing({configuration_entry(set_of({A, B})), configuration_entry(set_of({A, B, D}))}) == "");
  CHECK(committing({configuration_entry(abc, cde), configuration_entry(cde)}) == "");
  CHECK(committing({configuration_entry(set_of({A, B, D}))}) == wrong);
  CHECK(committing({configuration_entry(cde)}) == wrong);
  CHECK(committing({configuration_entry(abc, cde), configuration_entry(abc)}) == wrong);
  CHECK(committing({configuration_entry(abc, cde), configuration_entry(abc, set_of({A, B}))}) == wrong);
  CHECK(committing({configuration_entry(set_of({A, B}), cde)}) == wrong);
}

TEST_CASE("Configuration Order: a leader begins no change while another is not committed") {
  Tampered hasty;
  CHECK(hasty.after(A, [&](Machine& a) { store(a, hasty.effects, configuration_entry(set_of({A, B}))); }) == "");
  const auto another = [&](Machine& a) { store(a, hasty.effects, configuration_entry(set_of({A}))); };
  CHECK(hasty.after(A, another) == "Configuration Order: it began a change while another was not committed");
  Tampered follower;
  CHECK(follower.after(B, [&](Machine& b) { store(b, follower.effects, configuration_entry(set_of({A, B}))); }) == "");
  CHECK(follower.after(B, [&](Machine& b) { store(b, follower.effects, configuration_entry(set_of({A}))); }) == "");
}

TEST_CASE("what was wrong at the start is not judged, only what becomes of it") {
  Tampered given;
  given.world().machine(B).node.memory.commit_index = 9;
  check::Transitions transitions(given.world());
  Event event;
  event.node = B;
  transitions.observe(given.world(), event);
  CHECK(transitions.violations().empty());
}

TEST_CASE("with every rule on a broken transition counts; once one was off, only the promises of Figure 3 do") {
  Cluster cluster(manual_cluster_of(3));
  check::Oracles oracles(cluster.world);
  const check::Violation transition{.property = Property::VoteStability};
  const check::Violation promise{.property = Property::ElectionSafety};
  CHECK(oracles.counts(transition));
  cluster.off(Rule::OneVotePerTerm);
  oracles.observe(cluster.world, cluster.event);
  CHECK_FALSE(oracles.counts(transition));
  cluster.act(ChangeRule{Rule::OneVotePerTerm, true});
  oracles.observe(cluster.world, cluster.event);
  CHECK_FALSE(oracles.counts(transition));
  CHECK(oracles.counts(promise));
}

TEST_CASE("the oracles together tell what broke in the order in which it was found") {
  Cluster cluster(manual_cluster_of(3));
  cluster.off(Rule::OneVotePerTerm);
  check::Oracles oracles(cluster.world);
  const auto watch = [&] { oracles.observe(cluster.world, cluster.event); };
  cluster.timeout(A), watch();
  cluster.timeout(B), watch();
  cluster.deliver(MessageType::RequestVote, A, C), watch();
  cluster.deliver(MessageType::RequestVote, B, C), watch();
  cluster.deliver(MessageType::RequestVoteReply, C, A), watch();
  cluster.deliver(MessageType::RequestVoteReply, C, B), watch();
  REQUIRE(oracles.violations().size() == 2);
  CHECK(oracles.violations()[0].property == Property::VoteStability);
  CHECK(oracles.violations()[1].property == Property::ElectionSafety);
  CHECK(oracles.broken(Property::VoteStability));
  CHECK(oracles.broken(Property::ElectionSafety));
  CHECK_FALSE(oracles.broken(Property::LogMatching));
}

}  // namespace raft::test
