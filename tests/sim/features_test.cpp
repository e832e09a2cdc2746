// What people do to a world with features: members, snapshots, sessions, slow disks, held links, paused nodes, clocks,
// standing rules; and what real systems got wrong.
#include <doctest/doctest.h>

#include <string>

#include "raft/sim/trace.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

constexpr ClientId c3{3};

/// A leads, its no-op is committed everywhere.
Cluster settled(std::size_t size) {
  Cluster cluster(manual_cluster_of(size));
  cluster.act(ChangeSetting{Setting::Noop, {1, 0}}).elect(A).run_for(200_ms);
  return cluster;
}

ClientAsk read_x(NodeId from, ClientId by) { return {{CommandKind::Read, "x", "", ""}, from, by}; }

ClientStatus status(const Cluster& cluster, ClientId client) { return cluster.world.client(client)->status; }
const std::string& config(const Cluster& cluster, NodeId node) {
  static std::string text;
  return text = configuration_text(cluster.world, cluster.node(node).configuration);
}

}  // namespace

TEST_CASE("add: a name not seen before starts a fresh node, which gets the log and then counts") {
  Cluster cluster = settled(3);
  cluster.write("1", A).run_for(100_ms).act(AddNode{"D"});
  CHECK(cluster.world.node_count() == 4);
  CHECK(config(cluster, A) == "[A B C D]");
  cluster.run_for(500_ms);
  CHECK(config(cluster, D) == "[A B C D]");
  CHECK(cluster.node(D).memory.commit_index == 3);
  CHECK(cluster.all_held());
  CHECK(why_not(cluster, AddNode{"D"}) == "already_voter");
  // A majority of four is three.
  cluster.crash({C, D}).write("2", A).run_for(200_ms);
  CHECK(cluster.node(A).memory.commit_index == 3);
}

TEST_CASE("remove: a member that is gone no longer counts; it may be the leader itself") {
  Cluster cluster = settled(3);
  cluster.act(RemoveNode{C}).run_for(300_ms).crash({C});
  CHECK(config(cluster, B) == "[A B]");
  CHECK(why_not(cluster, RemoveNode{C}) == "not_a_member");
  cluster.act(RemoveNode{A}).run_for(300_ms);
  CHECK(cluster.role(A) == Role::Follower);
  cluster.elect(B).run_for(200_ms);
  CHECK(config(cluster, B) == "[B]");
  CHECK(why_not(cluster, RemoveNode{B}) == "last_voter");
  cluster.write("1", B).run_for(100_ms);
  CHECK(cluster.node(B).memory.commit_index == cluster.node(B).durable.log.last_index());
  CHECK(cluster.all_held());
}

TEST_CASE("learner and promote: refused with its reason until it has caught up") {
  Cluster cluster = settled(3);
  cluster.act(AddLearner{"D"}).run_for(20_ms);
  CHECK(config(cluster, A) == "[A B C]");
  cluster.run_for(30_ms);
  cluster.act(Isolate{set_of({D})}).run_for(300_ms).write("1", A).run_for(300_ms);
  CHECK(why_not(cluster, PromoteLearner{D}) == "learner_is_behind");
  CHECK(why_not(cluster, PromoteLearner{B}) == "not_a_learner");
  CHECK(why_not(cluster, AddLearner{"D"}) == "already_learner");
  cluster.heal().run_for(500_ms).act(PromoteLearner{D}).run_for(300_ms);
  CHECK(config(cluster, D) == "[A B C D]");
}

TEST_CASE("reconfigure goes through joint consensus, to other nodes altogether") {
  Cluster cluster = settled(3);
  cluster.act(Reconfigure{{"D", "E", "F"}});
  CHECK(config(cluster, A) == "[A B C]+[D E F]");
  const auto newest = [&cluster](NodeId node) {
    const Log& log = cluster.node(node).durable.log;
    return content_text(cluster.world, log.at(log.last_index()).command);
  };
  CHECK(newest(A) == "ABC→DEF");
  CHECK(why_not(cluster, AddNode{"G"}) == "change_under_way");
  cluster.run_for(2_s);
  CHECK(config(cluster, D) == "[D E F]");
  CHECK(newest(D) == "→DEF");
  CHECK(cluster.role(A) == Role::Follower);  // it has led until C_new was committed
  cluster.crash({A, B, C}).elect(E).write("1", E).run_for(300_ms);
  CHECK(cluster.node(D).memory.commit_index == cluster.node(E).durable.log.last_index());
  CHECK(cluster.all_held());
  CHECK(why_not(cluster, Reconfigure{{"D", "E", "F"}}) == "same_configuration");
}

TEST_CASE("a new leader must commit an entry of its term before a change: the single-server bug") {
  Cluster cluster = settled(4);
  cluster.act(Cut{A, B}).act(Cut{A, C}).act(Cut{A, D}).act(AddNode{"E"}).run_for(100_ms);  // never gets further
  cluster.elect(B);
  CHECK(why_not(cluster, RemoveNode{A}) == "change_waits_for_term");
  cluster.run_for(200_ms).act(RemoveNode{A}).run_for(200_ms);
  cluster.heal().run_for(300_ms);
  CHECK(cluster.all_held());
  CHECK(config(cluster, B) == "[B C D]");
}

TEST_CASE("members: what cannot be done is refused") {
  Cluster cluster(manual_cluster_of(3));
  CHECK(why_not(cluster, AddNode{"D"}) == "no_leader");
  cluster.elect(A);
  CHECK(why_not(cluster, AddNode{"D"}) == "change_waits_for_term");
  cluster.act(Pause{A});
  CHECK(why_not(cluster, AddNode{"D"}) == "node_is_paused");
  Cluster full = settled(11);
  CHECK(why_not(full, AddNode{"Z"}) == "too_many_nodes");
  CHECK(why_not(full, AddLearner{"Z"}).empty());
  CHECK(why_not(full, TransferLeadership{A}) == "already_leads");
}

TEST_CASE("a removed node disrupts the others, unless they ignore it") {
  for (const bool ignore : {false, true}) {
    Cluster cluster = settled(4);
    cluster.act(ChangeSetting{Setting::IgnoreDisruptive, {ignore ? 1 : 0, 0}});
    cluster.act(Cut{A, D}).act(RemoveNode{D}).run_for(200_ms).heal();  // D has not heard of it
    cluster.timeout(D).run_for(100_ms);
    CHECK((cluster.role(A) == Role::Leader) == ignore);
    CHECK(cluster.all_held());
  }
}

TEST_CASE("transfer: another node leads at once, whatever the features") {
  for (const std::int64_t on : {0, 1}) {
    Cluster cluster = settled(3);
    cluster.act(ChangeSetting{Setting::PreVote, {on, 0}}).act(ChangeSetting{Setting::IgnoreDisruptive, {on, 0}});
    cluster.act(TransferLeadership{C}).run_for(150_ms);
    CHECK(cluster.role(C) == Role::Leader);
    CHECK(cluster.role(A) == Role::Follower);
  }
  Cluster other = settled(3);
  other.crash({C}).act(TransferLeadership{C}).run_for(400_ms).write("1", A, c1).run_for(200_ms);
  CHECK(status(other, c1) == ClientStatus::Ok);
}

TEST_CASE("snapshot: compacted logs bring a node up to date; what is not applied is not compacted") {
  Cluster cluster = settled(3);
  cluster.isolate({C});
  for (const char* value : {"1", "2", "3"}) cluster.write(value, A).run_for(100_ms);
  CHECK(why_not(cluster, CompactLog{A, 99}) == "not_yet_applied");
  cluster.act(CompactLog{A});
  CHECK(cluster.node(A).durable.log.base().index == 4);
  CHECK(why_not(cluster, CompactLog{A}) == "nothing_to_compact");
  cluster.heal().run_for(500_ms);
  CHECK(cluster.node(C).durable.log.base().index == 4);
  CHECK(cluster.node(C).memory.machine.store == cluster.node(A).memory.machine.store);
  cluster.crash({C}).restart({C}).run_for(200_ms);
  CHECK(cluster.node(C).memory.commit_index == 4);
  CHECK(cluster.all_held());
}

TEST_CASE("sessions: a client opens one first; a request that arrives twice is done once") {
  Cluster cluster = settled(3);
  cluster.act(ChangeSetting{Setting::Sessions, {1, 0}}).write("1", A, c1).run_for(300_ms);
  CHECK(status(cluster, c1) == ClientStatus::Ok);
  CHECK(cluster.world.client(c1)->session == 2);
  cluster.act(DuplicateMessage{next(MessageType::ClientRequest, c1, A), 5_ms});
  cluster.act(ClientAsk{{CommandKind::Increment, "x", "", ""}, A, c1}).run_for(300_ms);
  CHECK(cluster.node(B).memory.machine.store.at(0).second == Value::number(2));
}

TEST_CASE("open and expire: a client whose session has ended is told, and opens another for its next request") {
  Cluster cluster = settled(3);
  CHECK(why_not(cluster, ExpireSession{c1}) == "no_session_open");
  cluster.act(ChangeSetting{Setting::Sessions, {1, 0}}).act(OpenSession{c1}).run_for(200_ms);
  CHECK(status(cluster, c1) == ClientStatus::Ok);
  cluster.act(ExpireSession{c1}).run_for(200_ms).write("1", A, c1).run_for(200_ms);
  CHECK(status(cluster, c1) == ClientStatus::Expired);
  CHECK(why_not(cluster, RetryClient{c1}) == "client_has_nothing_to_retry");
  CHECK(cluster.node(A).memory.machine.store.empty());
  cluster.write("2", A, c1).run_for(300_ms);
  CHECK(status(cluster, c1) == ClientStatus::Ok);
}

TEST_CASE("a slow disk: what depends on a write leaves when it is there; unsynced loses what is not") {
  Cluster cluster(manual_cluster_of(3));
  cluster.act(ChangeSetting{Setting::DiskDelay, {40'000, 0}}).timeout(A);
  CHECK(cluster.world.network.in_flight() == 0);
  cluster.run_for(39_ms);
  CHECK(cluster.world.network.in_flight() == 0);
  cluster.run_for(1_ms);
  CHECK(cluster.world.network.in_flight() == 2);
  cluster.run_until([&] { return cluster.node(B).durable.voted_for == A; }, 1_s);
  Cluster lost = cluster;
  lost.act(Crash{set_of({B}), Unwritten::Lost});
  CHECK(lost.node(B).durable.voted_for == no_node);
  CHECK(lost.node(B).durable.current_term == 0);
  cluster.crash({B});
  CHECK(cluster.node(B).durable.voted_for == A);
}

TEST_CASE("wipe: the node crashes and has nothing left") {
  Cluster cluster = settled(3);
  cluster.act(Wipe{C});
  CHECK_FALSE(cluster.world.machine(C).up);
  CHECK(cluster.node(C).durable.current_term == 0);
  CHECK(why_not(cluster, Wipe{C}) == "nothing_to_wipe");
  // Raft relies on disks: the leader knows that C has entry 1 and takes its refusals for old ones. The next leader
  // knows nothing of the kind.
  cluster.restart({C}).run_for(300_ms);
  CHECK(cluster.node(C).memory.commit_index == 0);
  cluster.elect(B).run_for(300_ms);
  CHECK(cluster.node(C).memory.commit_index == 2);
}

TEST_CASE("drop every: a standing rule, until drop nothing") {
  Cluster cluster(manual_cluster_of(3));
  const MessagePattern requests = pattern(MessageType::RequestVote, A, B);
  CHECK(why_not(cluster, DropNothing{}) == "nothing_is_dropped");
  cluster.act(DropEvery{requests}).timeout(A).timeout(A).run_for(100_ms);
  CHECK(cluster.node(B).durable.voted_for == no_node);
  CHECK(cluster.node(C).durable.voted_for == A);
  CHECK(why_not(cluster, DropEvery{requests}) == "already_dropped");
  cluster.act(DropNothing{}).timeout(B).run_for(100_ms);
}

TEST_CASE("hold and release: messages wait in a tray, and can be delivered by hand") {
  Cluster cluster(manual_cluster_of(2));
  cluster.act(Hold{A, B}).timeout(A).run_for(1_s);
  CHECK(cluster.node(B).durable.current_term == 0);
  const MessagePick held = oldest(MessageType::RequestVote, A, B);
  CHECK(why_not(cluster, DelayMessage{held, 1_ms}) == "message_is_held");
  cluster.act(DuplicateMessage{held, 1_ms}).act(DeliverMessage{held});
  CHECK(cluster.node(B).durable.voted_for == A);
  CHECK(cluster.world.network.oldest(held.pattern)->fate == Fate::Held);
  cluster.act(Release{A, B}).run_for(100_ms);
  CHECK(cluster.world.network.oldest(held.pattern) == nullptr);
}

TEST_CASE("pause and resume: nothing happens to a slow node until it goes on") {
  Cluster cluster(manual_cluster_of(2));
  cluster.act(Pause{B}).timeout(A).run_for(1_s);
  CHECK(cluster.node(B).durable.current_term == 0);
  CHECK(why_not(cluster, FireElectionTimer{B}) == "node_is_paused");
  CHECK(why_not(cluster, DeliverMessage{oldest(MessageType::RequestVote, A, B)}) == "node_is_paused");
  cluster.act(Resume{B}).run_for(1_ms);
  CHECK(cluster.node(B).durable.voted_for == A);
  // One that crashes while it is paused loses what waited for it.
  Cluster other(manual_cluster_of(2));
  other.act(Pause{B}).timeout(A).run_for(1_s).crash({B});
  other.run_for(1_ms);
  CHECK(other.event.kind == EventKind::Lose);
  for (std::size_t i = 0; i < other.world.network.in_flight(); ++i) {
    CHECK(other.world.network.flight(i).fate == Fate::Arrives);
  }
}

TEST_CASE("a lease is stale when the leader's clock runs too slow; a round of heartbeats is not") {
  for (const std::int64_t mode : {1, 2}) {
    Cluster cluster(manual_cluster_of(3));
    cluster.act(ChangeSetting{Setting::Reads, {mode, 0}}).elect(A).write("1", A, c1).run_for(300_ms);
    cluster.act(SetClock{A, {1, 20}}).act(Partition{{set_of({A}), set_of({B, C})}}).run_for(200_ms);
    cluster.elect(B).write("2", B, c2).run_for(200_ms).act(read_x(A, c3)).run_for(100_ms);
    CHECK((status(cluster, c3) == ClientStatus::Ok) == (mode == 2));
    if (mode == 2) CHECK(cluster.world.client(c3)->result == Value::number(1));  // B has committed 2
  }
}

TEST_CASE("two nodes, one node, an even number and eleven keep their promises with all features on") {
  for (const std::size_t size : {1U, 2U, 4U, 11U}) {
    CAPTURE(size);
    ClusterConfig start = cluster_of(size);
    start.settings.core.features = {.noop = true, .fast_repair = true, .pre_vote = true, .check_quorum = true,
                                    .ignore_disruptive = true, .reads = ReadMode::Lease, .snapshot_after = 5};
    start.settings.sessions = true;
    start.settings.disk_delay = 2_ms;
    Cluster cluster(start);
    cluster.run_for(3_s);
    for (int i = 0; i < 20; ++i) cluster.act(ClientAsk{write_text("x", std::to_string(i)), no_node, c1}).run_for(1_s);
    cluster.act(ClientAsk{{CommandKind::Read, "x", "", ""}, no_node, c2}).run_for(1_s);
    CHECK(cluster.world.client(c2)->result == Value::number(19));
    CHECK(cluster.all_held());
  }
}

}  // namespace raft::test
