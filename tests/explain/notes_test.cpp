// What stands beside a node while it is in the middle of something, and the captions of islands in joint consensus.
#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

std::vector<std::string> notes(const Cluster& cluster, NodeId node, const explain::Words& words = english()) {
  return explain::node_notes(words, cluster.world, node, cluster.world.now);
}

Cluster led_by_a(ClusterConfig config) {
  config.settings.manual_timers = true;
  Cluster cluster(config);
  cluster.elect(A).run_for(120_ms);
  return cluster;
}

}  // namespace

TEST_CASE("a node at rest says nothing") {
  const Cluster cluster = led_by_a(cluster_of(3));
  for (const NodeId node : {A, B, C}) CHECK(notes(cluster, node).empty());
}

TEST_CASE("a clock that runs at another rate says so") {
  Cluster cluster = led_by_a(cluster_of(3));
  cluster.act(SetClock{B, {11, 10}});
  cluster.act(SetClock{C, {9, 10}});
  CHECK(notes(cluster, B) == std::vector<std::string>{"fast clock: 11/10"});
  CHECK(notes(cluster, C) == std::vector<std::string>{"slow clock: 9/10"});
  CHECK(notes(cluster, C, chinese()) == std::vector<std::string>{"时钟偏慢：9/10"});
}

TEST_CASE("a read by index waits for its round of heartbeats, and says how many have confirmed it") {
  ClusterConfig config = cluster_of(3);
  assign(config.settings, Setting::Reads, {static_cast<int>(ReadMode::ReadIndex), 0});
  Cluster cluster = led_by_a(config);
  cluster.isolate({A});
  cluster.act(ClientAsk{{CommandKind::Read, "x", "", ""}, A, no_client});
  cluster.act(DeliverMessage{oldest(MessageType::ClientRequest, static_cast<ClientId>(1), A)});
  CHECK(notes(cluster, A) == std::vector<std::string>{"read x waits: 1 of 2 confirm, leader included"});
}

TEST_CASE("a lease says how long it lasts, and that there is none") {
  ClusterConfig config = cluster_of(3);
  assign(config.settings, Setting::Reads, {static_cast<int>(ReadMode::Lease), 0});
  Cluster cluster = led_by_a(config);
  const std::vector<std::string> held = notes(cluster, A);
  REQUIRE(held.size() == 1);
  CHECK(held.front().starts_with("lease: "));
  const sim::Time later = cluster.world.now + config.settings.election_timeout.min;
  CHECK(explain::node_notes(english(), cluster.world, A, later) == std::vector<std::string>{"no lease"});
}

TEST_CASE("a disk that writes says so") {
  ClusterConfig config = cluster_of(3);
  assign(config.settings, Setting::DiskDelay, {40'000, 0});
  config.settings.manual_timers = true;
  Cluster cluster(config);
  cluster.timeout(A);
  CHECK(notes(cluster, A) == std::vector<std::string>{"1 write not on disk yet, 40 ms"});
}

TEST_CASE("in joint consensus an island's caption speaks of both majorities") {
  Cluster cluster = led_by_a(cluster_of(3));
  cluster.write("1", A).run_for(120_ms);  // an entry of its term, before the members may change
  cluster.act(Reconfigure{{"C", "D", "E"}});
  REQUIRE(cluster.world.node(A).configuration.joint());
  CHECK(notes(cluster, A) == std::vector<std::string>{"old: A B C; new: C D E"});
  // Only A knows of it yet: by themselves B and C are still two of the three old ones.
  Cluster apart = cluster;
  apart.act(Partition{{set_of({B, C}), set_of({A, D, E})}});
  CHECK(explain::quorum_caption(english(), apart.world, set_of({B, C})) == "2 of 3: can elect a leader");
  CHECK(explain::can_commit(apart.world, set_of({B, C})));
  CHECK(notes(cluster, A, chinese()) == std::vector<std::string>{"旧成员：A B C；新成员：C D E"});
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({A, B, D})) ==
        "2 of 3 old, 1 of 3 new: cannot commit");
  CHECK_FALSE(explain::can_commit(cluster.world, set_of({A, B, D})));
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({A, C, D})) == "2 of 3 old, 2 of 3 new: can commit");
  CHECK(explain::quorum_caption(chinese(), cluster.world, set_of({A, C, D})) == "旧 2/3，新 2/3：可以提交");
}

TEST_CASE("a crash takes the memory, and with a rule off the vote or everything") {
  Cluster cluster(cluster_of(3));
  CHECK(explain::lost_in_a_crash(english(), cluster.world) == "memory lost: role, commit index, timer, votes counted");
  cluster.off(Rule::VotePersisted);
  CHECK(explain::lost_in_a_crash(english(), cluster.world).starts_with("lost: its vote, "));
  CHECK(explain::lost_in_a_crash(chinese(), cluster.world).starts_with("丢失：投出的一票、"));
  cluster.off(Rule::TermAndLogPersisted);
  CHECK(explain::lost_in_a_crash(english(), cluster.world) == "lost: term, vote, log and all its memory");
}

TEST_CASE("what is always dropped is named") {
  Cluster cluster = led_by_a(cluster_of(3));
  MessagePattern votes = pattern(MessageType::RequestVote, A, B);
  votes.any_from = true;
  cluster.act(DropEvery{votes});
  CHECK(explain::dropped_phrases(english(), cluster.world) == std::vector<std::string>{"RequestVote to B"});
}

TEST_CASE("a read by index waits for a commit in the leader's own term first, then for what it must see applied") {
  ClusterConfig config = manual_cluster_of(3);
  assign(config.settings, Setting::Reads, {static_cast<int>(ReadMode::ReadIndex), 0});
  Cluster cluster(config);
  cluster.elect(A).isolate({A});  // its first entry has reached nobody
  for (const ClientId client : {c1, c2}) {
    cluster.act(ClientAsk{{CommandKind::Read, "x", "", ""}, A, client});
    cluster.act(DeliverMessage{oldest(MessageType::ClientRequest, client, A)});
  }
  CHECK(notes(cluster, A) == std::vector<std::string>{"read x waits for a commit in term 1", "+1 more read"});
  PendingRead& read = cluster.world.machine(A).node.leading.reads.front();
  read.indexed = true;
  read.read_index = 3;
  CHECK(notes(cluster, A).front() == "read x waits until entry 3 is applied");
  CHECK(notes(cluster, A, chinese()).front() == "read x 等待应用到条目 3");
}

TEST_CASE("a leader that hears from no majority says when it steps down") {
  ClusterConfig config = cluster_of(3);
  config.settings.core.features.check_quorum = true;
  Cluster cluster = led_by_a(config);
  CHECK(notes(cluster, A).empty());
  cluster.isolate({A}).run_for(110_ms);
  const std::vector<std::string> said = notes(cluster, A);
  REQUIRE(said.size() == 1);
  CHECK(said.front().starts_with("majority silent: steps down in "));
  CHECK(explain::node_notes(english(), cluster.world, A, cluster.world.now + 1_s) ==
        std::vector<std::string>{"majority silent: steps down in 0 ms"});
}

TEST_CASE("a snapshot in several parts says how many of them are here") {
  Cluster cluster = led_by_a(cluster_of(3));
  cluster.crash({C});
  for (int key = 0; key < 12; ++key) {
    cluster.act(ClientAsk{write_text("k" + std::to_string(key), "1"), A, no_client}).run_for(120_ms);
  }
  cluster.act(CompactLog{A, 0}).run_for(40_ms).restart({C});  // what was under way with the entries has died
  REQUIRE(cluster.run_until([&] { return cluster.node(C).memory.chunks_here == 1; }, 1_s));
  const std::int32_t parts = chunk_count(*cluster.node(A).durable.snapshot);
  REQUIRE(parts > 1);
  CHECK(notes(cluster, C) == std::vector<std::string>{"snapshot to 12: 1 of " + std::to_string(parts) + " parts"});
}

}  // namespace raft::test
