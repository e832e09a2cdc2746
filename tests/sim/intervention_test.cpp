// What people do to a world: links, messages, clients, and why an intervention may be refused.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "raft/sim/trace.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

bool open(const Cluster& cluster, NodeId from, NodeId to) { return cluster.world.network.is_open(from, to); }

/// The first message of the type that is in flight; its id.
MessageId in_flight(const Cluster& cluster, MessageType type) {
  MessagePattern wanted;
  wanted.types = MessagePattern::Types::One;
  wanted.type = type;
  const Flight* flight = cluster.world.network.oldest(wanted);
  return flight != nullptr ? flight->id : no_message;
}

}  // namespace

TEST_CASE("a partition leaves links open inside an island and cut between islands; unnamed nodes are alone") {
  Cluster cluster(cluster_of(5));
  cluster.act(Partition{{set_of({A, B}), set_of({C, D})}});
  CHECK(open(cluster, A, B));
  CHECK(open(cluster, B, A));
  CHECK(open(cluster, C, D));
  CHECK_FALSE(open(cluster, B, C));
  CHECK_FALSE(open(cluster, C, B));
  for (const NodeId node : {A, B, C, D}) {
    CHECK_FALSE(open(cluster, E, node));
    CHECK_FALSE(open(cluster, node, E));
  }
  CHECK(islands(cluster.world) == std::vector<NodeSet>{set_of({A, B}), set_of({C, D}), set_of({E})});
  // Another partition says all of it anew.
  cluster.act(Partition{{set_of({A, E})}});
  CHECK(open(cluster, A, E));
  CHECK_FALSE(open(cluster, A, B));
  CHECK_FALSE(open(cluster, C, D));
}

TEST_CASE("isolating nodes cuts them from all others and from each other, and leaves the rest as it was") {
  Cluster cluster(cluster_of(4));
  cluster.act(Cut{C, D, Direction::OneWay}).isolate({A, B});
  CHECK_FALSE(open(cluster, A, B));
  CHECK_FALSE(open(cluster, A, C));
  CHECK_FALSE(open(cluster, D, B));
  CHECK_FALSE(open(cluster, C, D));
  CHECK(open(cluster, D, C));
}

TEST_CASE("a cut and a mend have a direction") {
  Cluster cluster(cluster_of(3));
  cluster.act(Cut{A, B, Direction::OneWay});
  CHECK_FALSE(open(cluster, A, B));
  CHECK(open(cluster, B, A));
  CHECK(islands(cluster.world).size() == 1);  // through C
  cluster.act(Cut{A, B});
  CHECK_FALSE(open(cluster, B, A));
  cluster.act(Mend{B, A, Direction::OneWay});
  CHECK(open(cluster, B, A));
  CHECK_FALSE(open(cluster, A, B));
  cluster.act(Mend{A, B});
  CHECK(cluster.world.network.all_open());
}

TEST_CASE("heal opens every link") {
  Cluster cluster(cluster_of(5));
  cluster.act(Partition{{set_of({A}), set_of({B, C})}}).act(Cut{B, C, Direction::OneWay}).heal();
  CHECK(cluster.world.network.all_open());
  CHECK(islands(cluster.world).size() == 1);
}

TEST_CASE("a cut stops the messages in flight across it, and only those") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A);
  REQUIRE(cluster.world.network.in_flight() == 2);
  cluster.act(Cut{A, B, Direction::OneWay});
  CHECK(cluster.event.lost.size() == 1);
  CHECK(cluster.world.network.in_flight() == 1);
  CHECK(cluster.world.network.flight(0).message.to == Endpoint(C));
  REQUIRE(cluster.world.lost.size() == 1);
  CHECK(cluster.world.lost[0].to == Endpoint(B).code());
  // In the other direction it still flies.
  Cluster other(manual_cluster_of(3));
  other.timeout(A).act(Cut{B, A, Direction::OneWay});
  CHECK(other.event.lost.empty());
  CHECK(other.world.network.in_flight() == 2);
}

TEST_CASE("what is sent over a cut link dies half-way, and healing does not bring it back") {
  Cluster cluster(manual_cluster_of(2));
  cluster.act(Cut{A, B}).timeout(A);
  REQUIRE(cluster.world.network.in_flight() == 1);
  const Flight flight = cluster.world.network.flight(0);
  CHECK(flight.fate == Fate::LinkIsCut);
  CHECK(flight.ends_at < flight.arrives_at);
  CHECK(flight.ends_at > flight.sent_at);
  cluster.heal().step();
  CHECK(cluster.event.kind == EventKind::Lose);
  CHECK(cluster.event.reasons.at(0).code == ReasonCode::LinkIsCut);
  CHECK(cluster.node(B).durable.current_term == 0);
}

TEST_CASE("drop, deliver, delay and duplicate a message by its id") {
  const auto start = [] {
    Cluster cluster(manual_cluster_of(2));
    cluster.timeout(A);
    return cluster;
  };
  Cluster dropped = start();
  dropped.act(DropMessage{by_id(in_flight(dropped, MessageType::RequestVote))});
  CHECK(dropped.event.kind == EventKind::Lose);
  CHECK(dropped.world.network.in_flight() == 0);

  Cluster delivered = start();
  delivered.act(DeliverMessage{by_id(in_flight(delivered, MessageType::RequestVote))});
  CHECK(delivered.event.kind == EventKind::Receive);
  CHECK(delivered.event.node == B);
  CHECK(delivered.world.now == 0);
  CHECK(delivered.node(B).durable.voted_for == A);

  Cluster delayed = start();
  const Time arrives = delayed.world.network.flight(0).arrives_at;
  delayed.act(DelayMessage{by_id(in_flight(delayed, MessageType::RequestVote)), 20_ms});
  CHECK(delayed.world.network.flight(0).arrives_at == arrives + 20_ms);
  delayed.run_until([&] { return delayed.event.kind == EventKind::Receive; }, 1_s);
  CHECK(delayed.event.at == arrives + 20_ms);

  Cluster doubled = start();
  doubled.act(DuplicateMessage{by_id(in_flight(doubled, MessageType::RequestVote)), 5_ms});
  REQUIRE(doubled.world.network.in_flight() == 2);
  CHECK(doubled.world.network.flight(1).arrives_at == arrives + 5_ms);
  CHECK(doubled.world.network.flight(1).message == doubled.world.network.flight(0).message);
  CHECK(doubled.world.network.flight(1).id != doubled.world.network.flight(0).id);
}

TEST_CASE("a pattern picks the oldest message that matches") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A).timeout(A);  // two requests to each
  const auto wanted = pattern(MessageType::RequestVote, A, C);
  const Flight* first = cluster.world.network.oldest(wanted);
  REQUIRE(first != nullptr);
  const MessageId id = first->id;
  CHECK(first->message.term == 1);
  cluster.drop(MessageType::RequestVote, A, C);
  CHECK(cluster.event.flight->id == id);
  CHECK(cluster.world.network.oldest(wanted)->message.term == 2);
  MessagePattern any;
  CHECK(cluster.world.network.oldest(any)->id == 1);
  MessagePattern heartbeats;
  heartbeats.types = MessagePattern::Types::Heartbeats;
  CHECK(cluster.world.network.oldest(heartbeats) == nullptr);
}

TEST_CASE("next: two drops take the next two messages that match, and no other") {
  Cluster cluster(manual_cluster_of(3));
  cluster.act(DropMessage{next(MessageType::RequestVote, A, B)}).act(DropMessage{next(MessageType::RequestVote, A, B)});
  CHECK(cluster.world.network.next_rules.size() == 2);
  cluster.timeout(A).timeout(A).timeout(A);
  CHECK(cluster.world.network.next_rules.empty());
  int lost = 0;
  for (std::size_t i = 0; i < cluster.world.network.in_flight(); ++i) {
    const Flight& flight = cluster.world.network.flight(i);
    if (flight.fate != Fate::DroppedByHand) continue;
    ++lost;
    CHECK(flight.message.to == Endpoint(B));
    CHECK(flight.message.term <= 2);
  }
  CHECK(lost == 2);
}

TEST_CASE("next: deliver, delay and duplicate what has not been sent yet") {
  Cluster cluster(manual_cluster_of(4));
  cluster.act(DeliverMessage{next(MessageType::RequestVote, A, B)});
  cluster.act(DelayMessage{next(MessageType::RequestVote, A, C), 500_ms});
  cluster.act(DuplicateMessage{next(MessageType::RequestVote, A, D), 5_ms});
  cluster.timeout(A);
  const auto flight_to = [&](NodeId to) { return cluster.world.network.oldest(pattern(MessageType::RequestVote, A, to)); };
  CHECK(flight_to(B)->arrives_at == 0);
  CHECK(flight_to(C)->arrives_at >= 510_ms);
  CHECK(cluster.world.network.in_flight() == 4);
  CHECK(cluster.world.network.next_rules.empty());
}

TEST_CASE("a client follows a redirection; with `to` it asks that node alone and reports what it was told") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  cluster.world.clients.resize(1);
  cluster.world.clients[0].known_leader = B;  // an old belief
  cluster.act(ClientAsk{write_text("x", "1"), no_node, c1}).run_for(200_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::Ok);
  CHECK(cluster.world.client(c1)->known_leader == A);
  CHECK(cluster.node(A).durable.log.last_index() == 1);

  cluster.act(ClientAsk{write_text("x", "2"), C, c2}).run_for(200_ms);
  CHECK(cluster.world.client(c2)->status == ClientStatus::Redirected);
  CHECK(cluster.world.client(c2)->known_leader == A);
  CHECK(cluster.node(A).durable.log.last_index() == 1);
}

TEST_CASE("a client asks the leader of the highest term when it knows none") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).isolate({A}).elect(B).write("1", no_node);
  CHECK(cluster.world.client(c1)->asked == B);
}

TEST_CASE("a client without an answer times out and says so; it may be told to try again") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).isolate({A}).write("1", A, c1);
  cluster.run_for(999_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::Waiting);
  cluster.run_for(2_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::TimedOut);
  CHECK(cluster.node(A).durable.log.last_index() == 1);  // it may still be done
  cluster.heal().act(RetryClient{c1}).run_for(300_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::Ok);
  CHECK(cluster.world.client(c1)->serial == 1);  // the same operation, twice in the log
  CHECK(cluster.node(A).durable.log.last_index() == 2);
}

TEST_CASE("with client_retry on a client asks again by itself after each timeout") {
  ClusterConfig config = manual_cluster_of(3);
  config.settings.client_retry = true;
  Cluster cluster(config);
  cluster.write("1", no_node, c1).run_for(2500_ms);  // nobody leads yet
  CHECK(cluster.world.client(c1)->status == ClientStatus::Waiting);
  cluster.elect(B).run_for(1500_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::Ok);
  CHECK(cluster.node(B).memory.commit_index == 1);
}

TEST_CASE("a client that is told of no leader has failed, unless it retries") {
  Cluster cluster(manual_cluster_of(3));
  cluster.write("1", A, c1).run_for(100_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::Failed);
}

TEST_CASE("the first client that is not waiting takes an unnamed request") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).write("1", A).write("2", A);
  CHECK(cluster.world.clients.size() == 2);
  cluster.run_for(100_ms).write("3", A);
  CHECK(cluster.world.clients.size() == 2);
  CHECK(cluster.world.client(c1)->serial == 2);
}

TEST_CASE("an answer to an operation that is over is ignored") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms).act(ChangeSetting{Setting::ClientTimeout, {20'000, 0}});
  cluster.write("1", A, c1).run_for(30_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::TimedOut);
  cluster.run_until([&] { return cluster.event.client == c1 && cluster.event.kind == EventKind::Receive; }, 1_s);
  CHECK(cluster.event.reasons.at(0).code == ReasonCode::ClientStoppedWaiting);
  CHECK(cluster.world.client(c1)->status == ClientStatus::TimedOut);
}

TEST_CASE("what would do nothing is refused with its reason; what acts is not") {
  Cluster cluster(manual_cluster_of(3));
  CHECK(why_not(cluster, Restart{set_of({A})}) == "node_is_up");
  CHECK(why_not(cluster, Heal{}) == "nothing_is_cut");
  CHECK(why_not(cluster, Mend{A, B}) == "link_not_cut");
  CHECK(why_not(cluster, FireHeartbeatTimer{A}) == "only_a_leader_sends_heartbeats");
  CHECK(why_not(cluster, Partition{{NodeSet::first(3)}}) == "same_partition");
  CHECK(why_not(cluster, DropMessage{by_id(1)}) == "no_such_message");
  CHECK(why_not(cluster, DeliverMessage{oldest(MessageType::RequestVote, A, B)}) == "no_such_message");
  CHECK(why_not(cluster, DelayMessage{by_id(77), 1_ms}) == "no_such_message");
  CHECK(why_not(cluster, DuplicateMessage{by_id(77), 1_ms}) == "no_such_message");
  CHECK(why_not(cluster, RetryClient{c1}) == "client_has_nothing_to_retry");
  CHECK(why_not(cluster, DropMessage{next(MessageType::RequestVote, A, B)}).empty());
  CHECK(why_not(cluster, FireElectionTimer{A}).empty());
  CHECK(why_not(cluster, Crash{set_of({A})}).empty());
  CHECK(why_not(cluster, ChangeRule{Rule::MajorityNeeded, false}).empty());
  CHECK(why_not(cluster, ChangeSetting{Setting::Heartbeat, {20'000, 0}}).empty());

  cluster.elect(A);
  CHECK(why_not(cluster, FireElectionTimer{A}) == "leader_does_not_time_out");
  CHECK(why_not(cluster, FireHeartbeatTimer{A}).empty());

  cluster.act(Cut{A, B});
  CHECK(why_not(cluster, Cut{A, B}) == "link_already_cut");
  CHECK(why_not(cluster, Cut{B, A, Direction::OneWay}) == "link_already_cut");
  CHECK(why_not(cluster, Mend{B, A}).empty());
  cluster.isolate({A});
  CHECK(why_not(cluster, Isolate{set_of({A})}) == "already_isolated");
  CHECK(why_not(cluster, Heal{}).empty());

  cluster.crash({C});
  CHECK(why_not(cluster, Crash{set_of({B, C})}) == "node_is_down");
  CHECK(why_not(cluster, FireElectionTimer{C}) == "node_is_down");
  CHECK(why_not(cluster, FireHeartbeatTimer{C}) == "node_is_down");
  CHECK(why_not(cluster, Restart{set_of({C})}).empty());

  cluster.write("1", A, c2);
  CHECK(why_not(cluster, ClientAsk{write_text("x", "2"), A, c2}) == "client_is_waiting");
  CHECK(why_not(cluster, RetryClient{c2}) == "client_is_waiting");
  CHECK(why_not(cluster, RetryClient{c1}) == "client_has_nothing_to_retry");  // it has never asked
  cluster.crash({A, B});
  CHECK(why_not(cluster, ClientAsk{write_text("x", "2"), no_node, c1}) == "no_node_is_up");
  CHECK(why_not(cluster, ClientAsk{write_text("x", "2"), A, c1}).empty());  // nobody hears it, and it times out
}

TEST_CASE("a message whose fate is to be lost can no longer be delivered, delayed or copied") {
  Cluster cluster(manual_cluster_of(2));
  cluster.act(Cut{A, B}).timeout(A);
  const MessagePick pick = oldest(MessageType::RequestVote, A, B);
  CHECK(why_not(cluster, DeliverMessage{pick}) == "message_is_lost");
  CHECK(why_not(cluster, DelayMessage{pick, 1_ms}) == "message_is_lost");
  CHECK(why_not(cluster, DuplicateMessage{pick, 1_ms}) == "message_is_lost");
}

TEST_CASE("all clients busy: an unnamed request is refused") {
  Cluster cluster(manual_cluster_of(1));
  for (std::size_t i = 0; i < max_clients; ++i) cluster.write("1", A);
  CHECK(why_not(cluster, ClientAsk{write_text("x", "1"), A, no_client}) == "too_many_clients");
}

TEST_CASE("asking whether one may act, what is next and what is due changes nothing") {
  Cluster cluster(cluster_of(5));
  cluster.run_for(1_s);
  const std::uint64_t before = world_hash(cluster.world);
  const World& world = cluster.world;
  static_cast<void>(refusal(world, Crash{set_of({A})}));
  static_cast<void>(refusal(world, Partition{{set_of({A, B})}}));
  static_cast<void>(refusal(world, ClientAsk{write_text("new key", "new text"), no_node, no_client}));
  static_cast<void>(queue(world));
  static_cast<void>(upcoming(world));
  static_cast<void>(islands(world));
  static_cast<void>(current_leader(world));
  CHECK(world_hash(world) == before);
}

TEST_CASE("the trace says by what hand an act was done") {
  for (const auto& [origin, name] : {std::pair{Origin::Script, "script"}, std::pair{Origin::Mouse, "mouse"},
                                     std::pair{Origin::Key, "key"}, std::pair{Origin::Palette, "palette"}}) {
    Cluster cluster(cluster_of(3));
    intervene(cluster.world, Isolate{set_of({A})}, origin, cluster.event);
    CHECK(trace_line(cluster.world, cluster.event, "isolate A").find(std::string("\"origin\":\"") + name + "\"") != std::string::npos);
  }
}

}  // namespace raft::test
