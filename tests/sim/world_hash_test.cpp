// The hash of a world: it sees every field that decides how a run goes on; runs that are equal have it equal; a
// few fixed runs have fixed hashes, whatever compiled them.
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/cluster.h"
#include "tests/support/golden_runs.h"

namespace raft::test {

TEST_CASE("equal runs have equal hashes at every event; another seed has another") {
  Cluster first(cluster_of(5));
  Cluster second(cluster_of(5));
  Cluster other(cluster_of(5, 2));
  CHECK(world_hash(first.world) != world_hash(other.world));
  for (int i = 0; i < 2000; ++i) {
    first.step();
    second.step();
    REQUIRE(world_hash(first.world) == world_hash(second.world));
  }
}

TEST_CASE("a copy has the same hash, and goes on to the same") {
  Cluster original(cluster_of(3));
  original.run_for(1_s).write("1", current_leader(original.world)).run_for(10_ms);
  Cluster copy = original;
  CHECK(world_hash(copy.world) == world_hash(original.world));
  original.run_for(5_s);
  copy.run_for(5_s);
  CHECK(world_hash(copy.world) == world_hash(original.world));
}

TEST_CASE("the hash changes with every field that decides how a run goes on") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).write("1", A, c1).run_until([&] { return cluster.node(A).durable.log.last_index() == 1; }, 1_s);
  cluster.act(DropMessage{next(MessageType::RequestVote, A, B)}).timeout(B);
  const World base = cluster.world;
  REQUIRE(base.network.in_flight() > 0);
  const std::uint64_t hash = world_hash(base);

  using Change = std::function<void(World&)>;
  const std::vector<std::pair<std::string, Change>> changes = {
      {"seed", [](World& w) { w.seed += 1; }},
      {"now", [](World& w) { w.now += 1; }},
      {"events", [](World& w) { w.events += 1; }},
      {"next sequence", [](World& w) { w.next_sequence += 1; }},
      {"last message", [](World& w) { w.last_message += 1; }},
      {"heartbeat setting", [](World& w) { w.settings.heartbeat += 1; }},
      {"latency setting", [](World& w) { w.settings.latency.max += 1; }},
      {"election timeout setting", [](World& w) { w.settings.election_timeout.min += 1; }},
      {"loss setting", [](World& w) { w.settings.loss = {1, 9}; }},
      {"duplicate setting", [](World& w) { w.settings.duplicate = {1, 9}; }},
      {"client timeout setting", [](World& w) { w.settings.client_timeout += 1; }},
      {"client retry setting", [](World& w) { w.settings.client_retry = !w.settings.client_retry; }},
      {"timer mode", [](World& w) { w.settings.manual_timers = !w.settings.manual_timers; }},
      {"batch", [](World& w) { w.settings.core.batch += 1; }},
      {"a rule", [](World& w) { w.settings.core.rules.set(Rule::ConsistencyCheck, false); }},
      {"a new word", [](World& w) { w.symbols.intern("never said before"); }},
      {"up", [](World& w) { w.machines[1].up = false; }},
      {"a name", [](World& w) { w.machines[1].name = "Z"; }},
      {"election timer", [](World& w) { w.machines[1].election.fires_at += 1; }},
      {"election timer's start", [](World& w) { w.machines[1].election.armed_at += 1; }},
      {"election timer's place in the order", [](World& w) { w.machines[1].election.sequence += 1; }},
      {"heartbeat timer", [](World& w) { w.machines[0].heartbeat.fires_at += 1; }},
      {"term", [](World& w) { w.machines[2].node.durable.current_term += 1; }},
      {"vote", [](World& w) { w.machines[2].node.durable.voted_for = C; }},
      {"log", [](World& w) { w.machines[2].node.durable.log.append(entry_for(1, 1)); }},
      {"role", [](World& w) { w.machines[2].node.memory.role = Role::Candidate; }},
      {"leader", [](World& w) { w.machines[2].node.memory.leader = B; }},
      {"commit index", [](World& w) { w.machines[2].node.memory.commit_index += 1; }},
      {"last applied", [](World& w) { w.machines[2].node.memory.last_applied += 1; }},
      {"store", [](World& w) { w.machines[2].node.memory.machine.store.push_back({SymbolId{0}, Value::number(1)}); }},
      {"votes granted", [](World& w) { w.machines[1].node.memory.votes_granted.add(C); }},
      {"votes refused", [](World& w) { w.machines[1].node.memory.votes_refused.add(C); }},
      {"voters", [](World& w) { w.machines[1].node.configuration.voters.remove(C); }},
      {"next index", [](World& w) { w.machines[0].node.leading.progress[1].next_index += 1; }},
      {"match index", [](World& w) { w.machines[0].node.leading.progress[1].match_index += 1; }},
      {"sent index", [](World& w) { w.machines[0].node.leading.progress[1].sent_index += 1; }},
      {"pending requests", [](World& w) { w.machines[0].node.leading.pending.clear(); }},
      {"a link", [](World& w) { w.network.set_open(A, C, false, w.now); }},
      {"a rule for the next message", [](World& w) { w.network.next_rules.clear(); }},
      {"a message less", [](World& w) { w.network.take_first(); }},
      {"a message's end",
       [](World& w) {
         const Flight flight = w.network.flight(0);
         w.network.reschedule(flight.id, flight.ends_at + 1, flight.sequence, flight.fate);
       }},
      {"a message's fate",
       [](World& w) {
         const Flight flight = w.network.flight(0);
         w.network.reschedule(flight.id, flight.ends_at, flight.sequence, Fate::LostByChance);
       }},
      {"what was sent at this moment", [](World& w) { w.sent_now.clear(); }},
      {"a client's status", [](World& w) { w.clients[0].status = ClientStatus::Idle; }},
      {"a client's serial", [](World& w) { w.clients[0].serial += 1; }},
      {"a client's patience", [](World& w) { w.clients[0].gives_up_at += 1; }},
      {"whom a client knows", [](World& w) { w.clients[0].known_leader = C; }},
      {"whom a client asked", [](World& w) { w.clients[0].asked = C; }},
      {"a client's command", [](World& w) { w.clients[0].command.value = Value::number(99); }},
      {"paused", [](World& w) { w.machines[1].paused = true; }},
      {"a clock's rate", [](World& w) { w.machines[1].clock = {9, 10}; }},
      {"what a clock showed", [](World& w) { w.machines[1].clock_base += 1; }},
      {"a held link", [](World& w) { w.network.set_held(A, C, true); }},
      {"a standing rule", [](World& w) { w.network.dropped.emplace_back(); }},
      {"what a standing rule asks",
       [](World& w) { w.network.dropped = {DropEvery{{}, MessageCondition{}}}; }},
      {"a link's latency", [](World& w) { assign(w.settings, ChangeLink{Setting::Latency, A, B, Direction::OneWay, SettingValue{1, 2}}); }},
      {"a link's loss", [](World& w) { assign(w.settings, ChangeLink{Setting::Loss, A, B, Direction::OneWay, SettingValue{0, 1}}); }},
      {"a write under way", [](World& w) { w.machines[1].writes.emplace_back(); }},
      {"what the disk holds", [](World& w) { w.machines[2].node.memory.unwritten_from = 1; }},
      {"a snapshot", [](World& w) { w.machines[2].node.durable.snapshot = std::make_shared<SnapshotContent>(); }},
      {"a snapshot that comes in", [](World& w) { w.machines[2].node.memory.chunks_here += 1; }},
      {"a session", [](World& w) { w.machines[2].node.memory.machine.sessions.emplace_back(); }},
      {"learners", [](World& w) { w.machines[1].node.configuration.learners.add(C); }},
      {"when the leader was heard", [](World& w) { w.machines[2].node.memory.leader_heard_at += 1; }},
      {"when a follower was heard", [](World& w) { w.machines[0].node.leading.progress[1].heard_at += 1; }},
      {"which round a follower answered", [](World& w) { w.machines[0].node.leading.progress[1].acked_round += 1; }},
      {"a read that waits", [](World& w) { w.machines[0].node.leading.reads.emplace_back(); }},
      {"a transfer", [](World& w) { w.machines[0].node.leading.transfer_to = B; }},
      {"a lease given up", [](World& w) { w.machines[0].node.leading.lease_given_up = true; }},
      {"a client's session", [](World& w) { w.clients[0].session += 1; }},
      {"disk delay", [](World& w) { w.settings.disk_delay += 1; }},
      {"sessions setting", [](World& w) { w.settings.sessions = !w.settings.sessions; }},
      {"a feature", [](World& w) { w.settings.core.features.check_quorum = true; }},
      {"a client more", [](World& w) { w.clients.emplace_back(); }},
  };
  for (const auto& change : changes) {
    CAPTURE(change.first);
    World world = base;
    change.second(world);
    CHECK(world_hash(world) != hash);
  }
  CHECK(world_hash(base) == hash);  // and no copy has disturbed the original
}

TEST_CASE("golden runs: these hashes are the same for every compiler and optimisation level") {
  for (const GoldenRun& run : golden_runs()) {
    CAPTURE(std::string(run.name));
    CHECK(hash_of(run) == run.hash);
  }
}

}  // namespace raft::test
