// The world: draws, latencies, loss, crash and restart, the total order of events, given states.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "raft/sim/act.h"
#include "raft/sim/draw.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

/// Everything that was sent in a run: who, to whom, when, and how long it flies.
using Sending = std::tuple<Time, std::uint8_t, std::uint8_t, MessageType, Time>;

std::vector<Sending> sendings(Cluster& cluster, Time until) {
  std::vector<Sending> all;
  while (upcoming(cluster.world).at <= until) {
    cluster.step();
    for (const MessageId id : cluster.event.sent) {
      const Flight& flight = *cluster.world.network.find(id);
      all.emplace_back(flight.sent_at, flight.message.from.code(), flight.message.to.code(), flight.message.type(),
                       flight.arrives_at - flight.sent_at);
    }
  }
  return all;
}

}  // namespace

TEST_CASE("a draw depends on each of seed, purpose, who, when and which, and on nothing else") {
  std::set<std::uint64_t> seen;
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const Purpose purpose : {Purpose::ElectionTimeout, Purpose::Latency, Purpose::Loss, Purpose::Duplicate}) {
      for (std::uint64_t who = 0; who < 12; ++who) {
        for (Time when = 0; when < 20; ++when) {
          for (std::uint64_t which = 0; which < 3; ++which) seen.insert(draw(seed, purpose, who, when, which));
        }
      }
    }
  }
  CHECK(seen.size() == 2 * 4 * 12 * 20 * 3);
  CHECK(draw(1, Purpose::Latency, 2, 3, 4) == draw(1, Purpose::Latency, 2, 3, 4));
}

TEST_CASE("draws from a range stay inside it, reach both ends and are spread evenly") {
  std::map<Time, int> counts;
  for (Time when = 0; when < 100'000; ++when) ++counts[draw_from({10, 19}, draw(7, Purpose::Latency, 1, when, 0))];
  REQUIRE(counts.size() == 10);
  for (const auto& [value, count] : counts) {
    CHECK(value >= 10);
    CHECK(value <= 19);
    CHECK(count > 9'600);
    CHECK(count < 10'400);
  }
  CHECK(draw_from({5, 5}, 123456789) == 5);
}

TEST_CASE("chances are integer ratios") {
  int hits = 0;
  for (Time when = 0; when < 100'000; ++when) hits += draw_chance({1, 20}, draw(7, Purpose::Loss, 1, when, 0)) ? 1 : 0;
  CHECK(hits > 4'700);
  CHECK(hits < 5'300);
  CHECK_FALSE(draw_chance({0, 1}, 5));
  CHECK(draw_chance({1, 1}, 5));
}

TEST_CASE("latencies lie in the range that is set, on every link and in every run") {
  Cluster cluster(cluster_of(5));
  std::set<Time> seen;
  for (const Sending& sending : sendings(cluster, 20_s)) {
    const Time latency = std::get<4>(sending);
    CHECK(latency >= 10_ms);
    CHECK(latency <= 20_ms);
    seen.insert(latency / 1_ms);
  }
  CHECK(seen.size() >= 10);
}

TEST_CASE("a setting acts from the next draw on") {
  Cluster cluster(cluster_of(3));
  cluster.run_for(1_s).act(ChangeSetting{Setting::Latency, {30'000, 30'000}});
  for (const Sending& sending : sendings(cluster, 3_s)) CHECK(std::get<4>(sending) == 30_ms);
}

TEST_CASE("election timeouts lie in the range, and differ") {
  Cluster cluster(cluster_of(11));
  std::set<Time> seen;
  for (const Machine& machine : cluster.world.machines) {
    CHECK(machine.election.fires_at >= 150_ms);
    CHECK(machine.election.fires_at <= 300_ms);
    seen.insert(machine.election.fires_at);
  }
  CHECK(seen.size() >= 10);
}

TEST_CASE("dropping one message leaves all other latencies as they were") {
  // A reply to a heartbeat decides nothing: without it the run is the same but for that message.
  Cluster whole(cluster_of(5));
  whole.run_for(5_s);
  REQUIRE(whole.run_until([&] {
    return whole.event.kind == EventKind::Heartbeat || whole.event.kind == EventKind::Receive;
  }, 1_s));
  while (whole.world.network.oldest({MessagePattern::Types::One, MessageType::AppendEntriesReply, true, true, {}, {}}) ==
         nullptr) {
    whole.step();
  }
  Cluster without = whole;
  without.act(DropMessage{{MessagePick::How::Oldest, no_message,
                           {MessagePattern::Types::One, MessageType::AppendEntriesReply, true, true, {}, {}}}});
  const std::vector<Sending> first = sendings(whole, 9_s);
  const std::vector<Sending> second = sendings(without, 9_s);
  CHECK(first.size() > 400);
  CHECK(first == second);
  for (const NodeId node : whole.world.all_nodes()) {
    CHECK(whole.world.machine(node).election.fires_at == without.world.machine(node).election.fires_at);
  }
}

TEST_CASE("losing a follower's heartbeats leaves the other links as they were") {
  Cluster whole(cluster_of(3));
  whole.run_for(2_s);
  Cluster cut = whole;
  const NodeId leader = current_leader(whole.world);
  const NodeId follower = *(whole.world.all_nodes() - whole.node(leader).self()).begin();
  cut.act(Cut{follower, leader, Direction::OneWay});  // its replies are lost, which it does not notice
  const auto from_leader = [&](Cluster& cluster) {
    std::vector<Sending> found = sendings(cluster, 4_s);
    std::erase_if(found, [&](const Sending& sending) { return std::get<1>(sending) != Endpoint(leader).code(); });
    return found;
  };
  const auto first = from_leader(whole);
  CHECK(first.size() > 50);
  CHECK(first == from_leader(cut));
}

TEST_CASE("two messages on one link at one moment have latencies of their own") {
  World world = make_world(cluster_of(3));
  Event event;
  for (int i = 0; i < 8; ++i) send(world, Message{A, B, 1, AppendEntries{}}, event);
  std::set<Time> latencies;
  for (std::size_t i = 0; i < world.network.in_flight(); ++i) latencies.insert(world.network.flight(i).arrives_at);
  CHECK(latencies.size() >= 7);
}

TEST_CASE("the ratio of loss is kept, and duplicates arrive later than their originals") {
  ClusterConfig config = cluster_of(5);
  config.settings.loss = {1, 10};
  config.settings.duplicate = {1, 10};
  Cluster cluster(config);
  std::int64_t sent = 0;
  std::int64_t lost = 0;
  while (cluster.world.now < 200_s) {
    cluster.step();
    sent += static_cast<std::int64_t>(cluster.event.sent.size());
    lost += cluster.event.kind == EventKind::Lose ? 1 : 0;
  }
  CHECK(cluster.all_held());
  const std::int64_t per_thousand = lost * 1000 / sent;
  CHECK(per_thousand > 90);
  CHECK(per_thousand < 110);
}

TEST_CASE("clients' messages are not lost by chance") {
  ClusterConfig config = cluster_of(1);
  config.settings.loss = {1, 1};
  Cluster cluster(config);
  cluster.run_for(1_s);
  for (int i = 0; i < 20; ++i) cluster.write("1", A, c1).run_for(100_ms);
  CHECK(cluster.world.client(c1)->status == ClientStatus::Ok);
  CHECK(cluster.node(A).memory.commit_index == 20);
}

TEST_CASE("a crash leaves term, vote and log, and nothing else; a restart begins from there") {
  Cluster cluster(cluster_of(3));
  cluster.run_for(1_s);
  const NodeId leader = current_leader(cluster.world);
  cluster.write("1", leader).run_for(100_ms);
  const Durable before = cluster.node(leader).durable;
  REQUIRE(cluster.node(leader).memory.commit_index == 1);
  cluster.crash({leader});
  const Machine& machine = cluster.world.machine(leader);
  CHECK_FALSE(machine.up);
  CHECK_FALSE(machine.election.running());
  CHECK_FALSE(machine.heartbeat.running());
  CHECK(machine.node.memory.role == Role::Follower);
  CHECK(machine.node.memory.commit_index == 0);
  CHECK(machine.node.memory.last_applied == 0);
  CHECK(machine.node.memory.machine.store.empty());
  CHECK(machine.node.leading.pending.empty());
  CHECK(machine.node.durable.current_term == before.current_term);
  CHECK(machine.node.durable.voted_for == before.voted_for);
  CHECK(machine.node.durable.log.last() == before.log.last());
  CHECK(current_leader(cluster.world) == no_node);
  cluster.restart({leader});
  CHECK(machine.up);
  CHECK(machine.election.running());
  CHECK(machine.node.durable.log.last() == before.log.last());
}

TEST_CASE("messages that reach a crashed node are lost and counted; those that reach it after its restart arrive") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A).crash({B}).run_for(41_ms);
  REQUIRE(cluster.world.lost.size() == 1);
  CHECK(cluster.world.lost[0].count == 1);
  CHECK(cluster.world.lost[0].type == MessageType::RequestVote);
  CHECK(cluster.world.lost[0].to == Endpoint(B).code());
  CHECK(cluster.role(A) == Role::Leader);  // with C's vote
  Cluster quick(manual_cluster_of(2));
  quick.timeout(A).crash({B}).restart({B}).run_for(30_ms);
  CHECK(quick.node(B).durable.voted_for == A);
}

TEST_CASE("several nodes crash and restart as one event") {
  Cluster cluster(cluster_of(5));
  cluster.run_for(1_s);
  const std::int64_t events = cluster.world.events;
  cluster.crash({A, B, C});
  CHECK(cluster.world.events == events + 1);
  for (const NodeId node : {A, B, C}) CHECK_FALSE(cluster.world.machine(node).up);
  cluster.restart({A, B, C}).run_for(3_s);
  CHECK(current_leader(cluster.world) != no_node);
  CHECK(cluster.all_held());
}

TEST_CASE("events happen in the order of their time, and those of one time in the order they were asked for") {
  ClusterConfig config = cluster_of(5);
  config.settings.latency = {10_ms, 10_ms};  // many things at one moment
  config.settings.election_timeout = {150_ms, 160_ms};
  Cluster cluster(config);
  Time at = 0;
  std::int64_t number = 0;
  for (int i = 0; i < 5000; ++i) {
    const Upcoming next = upcoming(cluster.world);
    const std::vector<Upcoming> all = queue(cluster.world);
    REQUIRE_FALSE(all.empty());
    CHECK(all.front().sequence == next.sequence);
    CHECK(all.front().at == next.at);
    cluster.step();
    CHECK(cluster.event.at >= at);
    CHECK(cluster.event.at == next.at);
    CHECK(cluster.event.number == number + 1);
    at = cluster.event.at;
    number = cluster.event.number;
    if (i > 300 && i % 100 != 0) continue;
    for (std::size_t k = 1; k < all.size(); ++k) {
      const bool sorted = all[k - 1].at < all[k].at ||
                          (all[k - 1].at == all[k].at && all[k - 1].sequence < all[k].sequence);
      CHECK(sorted);
    }
  }
}

TEST_CASE("with manual timers nothing times out by itself and heartbeats go on") {
  Cluster cluster(manual_cluster_of(3));
  cluster.run_for(10_s);
  CHECK(cluster.world.events == 0);
  Event event;
  CHECK_FALSE(advance(cluster.world, event));
  cluster.elect(A).run_for(1_s);
  CHECK(cluster.role(A) == Role::Leader);
  CHECK(cluster.world.events > 50);
  cluster.crash({A}).run_for(10_s);
  CHECK(current_leader(cluster.world) == no_node);
  cluster.act(ChangeSetting{Setting::TimerMode, {0, 0}}).run_for(3_s);
  CHECK(current_leader(cluster.world) != no_node);
}

TEST_CASE("a given state is what the nodes start with, and a given commit index has been applied") {
  ClusterConfig config = manual_cluster_of(3);
  config.given = {{A, 7, B, 2, {{1, write_text("x", "1")}, {4, write_text("y", "2")}, {7, {CommandKind::Noop, "", "", ""}}}, false},
                  {C, 3, no_node, 0, {}, true}};
  const World world = make_world(config);
  CHECK(world.node(A).durable.current_term == 7);
  CHECK(world.node(A).durable.voted_for == B);
  CHECK(world.node(A).durable.log.last() == EntryId{3, 7});
  CHECK(world.node(A).memory.commit_index == 2);
  CHECK(world.node(A).memory.last_applied == 2);
  CHECK(world.node(A).memory.machine.store.size() == 2);
  CHECK(world.node(B).durable.current_term == 0);
  CHECK_FALSE(world.machine(C).up);
  CHECK(world.events == 0);
  CHECK(world.machine(A).election.running());
}

TEST_CASE("of two leaders the one of the higher term is the current one") {
  Cluster cluster(manual_cluster_of(3));
  CHECK(current_leader(cluster.world) == no_node);
  cluster.elect(A).isolate({A}).elect(B);
  CHECK(cluster.role(A) == Role::Leader);
  CHECK(current_leader(cluster.world) == B);
  cluster.crash({B});
  CHECK(current_leader(cluster.world) == A);
}

}  // namespace raft::test
