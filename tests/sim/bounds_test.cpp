// Where a world ends: configurations from which none can be made, the end of time, the last event, and what the world and
// the timeline require of their callers.
#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "raft/sim/timeline.h"
#include "tests/support/aborts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

std::string wrong_with(const std::function<void(ClusterConfig&)>& change) {
  ClusterConfig config = cluster_of(3);
  change(config);
  return invalid(config).value_or("");
}

/// One node that leads, whose heartbeats are as far apart as the language can say.
ClusterConfig slowest_heart() {
  ClusterConfig config = manual_cluster_of(1);
  config.settings.heartbeat = max_duration;
  config.clocks = {{A, {1, max_ratio_part}}};
  return config;
}

}  // namespace

TEST_CASE("a configuration from which no world can be made says what is wrong with it") {
  CHECK(wrong_with([](ClusterConfig&) {}) == "");
  CHECK(wrong_with([](ClusterConfig& config) { config.node_names.clear(); }) == "there is no voter");
  CHECK(wrong_with([](ClusterConfig& config) { config.learner_names = {"B"}; }) == "two nodes have one name");
  CHECK(wrong_with([](ClusterConfig& config) { config.node_names.back().clear(); }) == "a node has no name");
  for (const std::size_t nodes : {17U, 32U}) {
    CHECK(wrong_with([nodes](ClusterConfig& config) { config = cluster_of(nodes); }) == "there are more than 16 nodes");
  }
  CHECK(wrong_with([](ClusterConfig& config) { config = cluster_of(16); }) == "");

  CHECK(wrong_with([](ClusterConfig& config) { config.settings.loss = {1, 0}; }) == "loss is a fraction such as 1/20");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.duplicate = {3, 2}; }) == "duplicate is at most 1");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.latency = {10, 9}; }) == "latency ends before it starts");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.latency = {0, never}; }) == "latency is at most 1000h");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.election_timeout = {999, 2000}; }) ==
        "election_timeout is at least 1ms");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.heartbeat = 0; }) == "heartbeat is at least 1ms");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.core.batch = 0; }) == "batch is from 1 to 10000");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.max_sessions = -1; }) == "max_sessions is from 0 to 1000000");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.links = {{A, B, {}, Ratio{1, -1}, {}}}; }) ==
        "loss of a link is a fraction such as 1/20");
  CHECK(wrong_with([](ClusterConfig& config) { config.settings.links = {{B, A, {}, Ratio{}, {}}, {A, B, {}, Ratio{}, {}}}; }) ==
        "the links are out of order");

  const auto given = [](const GivenNode& node) {
    return wrong_with([&node](ClusterConfig& config) { config.given = {node}; });
  };
  CHECK(given({.node = B, .term = max_given, .vote = C, .commit = 1, .log = {{1, {}}}}) == "");
  CHECK(given({.node = D, .log = {}}) == "a state is given to no node, or twice to one");
  CHECK(given({.node = A, .vote = E, .log = {}}) == "a vote is given to no node");
  CHECK(given({.node = A, .term = max_given + 1, .log = {}}) == "a given term is out of bounds");
  CHECK(given({.node = A, .log = {{INT32_MAX, {}}}}) == "a given term is out of bounds");
  CHECK(given({.node = A, .commit = 1, .log = {}}) == "a given commit index is beyond the log");
  CHECK(wrong_with([](ClusterConfig& config) { config.clocks = {{A, {0, 1}}}; }) == "a clock is of no node, or does not run");

  ClusterConfig config = cluster_of(3);
  CHECK_FALSE(aborts([&config] { make_world(config); }));
  config.settings.loss = {1, 0};
  CHECK(aborts([&config] { make_world(config); }));
  Cluster cluster(cluster_of(3));
  CHECK(aborts([&cluster] { cluster.act(ChangeSetting{Setting::Loss, {1, 0}}); }));
  CHECK(aborts([&cluster] { cluster.act(ChangeLink{Setting::Loss, A, B, Direction::OneWay, SettingValue{1, 0}}); }));
}

TEST_CASE("times are added and scaled up to the end of time, and no further") {
  static_assert(later(3, 4) == 7 && later(0, end_of_time) == end_of_time);
  static_assert(later(1, end_of_time) == never && later(end_of_time, end_of_time) == never);
  static_assert(later(never, 0) == never && later(never, never) == never && later(0, never) == never);
  static_assert(at_rate(10, {2, 3}) == 6 && at_rate(7, {1, 1}) == 7 && at_rate(999'999, {1, 1'000'000}) == 0);
  static_assert(at_rate(max_duration, {max_ratio_part, 1}) == max_duration * max_ratio_part);
  static_assert(at_rate(end_of_time, {max_ratio_part, 1}) == never);
  static_assert(at_rate(end_of_time, {max_ratio_part - 1, max_ratio_part}) < end_of_time);
}

TEST_CASE("a heartbeat that is due after the end of time is never due") {
  Timeline run(slowest_heart());
  REQUIRE_FALSE(run.act(FireElectionTimer{A}, Origin::Script));
  REQUIRE(leads(run.world(), A));
  CHECK(run.next_at() == max_duration * max_ratio_part);  // the first one still comes
  REQUIRE(run.step());
  CHECK(run.clock() == max_duration * max_ratio_part);
  CHECK(run.next_at() == never);
  CHECK_FALSE(run.step());
  CHECK(run.clock() == max_duration * max_ratio_part);
  run.set_clock(never);
  CHECK(run.clock() == end_of_time);
  REQUIRE_FALSE(run.act(FireHeartbeatTimer{A}, Origin::Script));
  CHECK(run.world().now == end_of_time);
  CHECK_FALSE(run.step());
}

TEST_CASE("a node's own clock stands still at the end of time") {
  ClusterConfig config = slowest_heart();
  config.clocks = {{A, {max_ratio_part, 1}}};
  World world = make_world(config);
  const Time hours = Time{3} * 3600 * 1'000'000;
  wait_until(world, hours);
  CHECK(local_time(world, A) == hours * max_ratio_part);
  wait_until(world, end_of_time);
  CHECK(local_time(world, A) == end_of_time);
  Event event;
  intervene(world, SetClock{A, {max_ratio_part, 1}}, Origin::Script, event);
  CHECK(local_time(world, A) == end_of_time);
}

TEST_CASE("messages, writes and clients that would end after the end of time never end") {
  ClusterConfig config = manual_cluster_of(3);
  config.settings.disk_delay = max_duration;
  Cluster cluster(config);
  wait_until(cluster.world, end_of_time);
  cluster.write("1", A);
  CHECK(cluster.world.clients[0].gives_up_at == never);
  REQUIRE(cluster.world.network.in_flight() == 1);
  CHECK(cluster.world.network.first().ends_at == never);
  const MessageId request = cluster.world.last_message;
  cluster.act(DelayMessage{by_id(request), max_duration}).act(DuplicateMessage{by_id(request), max_duration});
  for (const Flight& flight : cluster.world.network.flights()) CHECK(flight.arrives_at == never);
  cluster.timeout(A);
  CHECK(cluster.world.machine(A).writes.front().done_at == never);
  CHECK(upcoming(cluster.world).what == Upcoming::What::Nothing);
  CHECK(queue(cluster.world).empty());
}

TEST_CASE("a run ends after its last event") {
  Cluster cluster(cluster_of(3));
  cluster.world.events = most_events - 1;
  REQUIRE(advance(cluster.world, cluster.event));
  CHECK(upcoming(cluster.world).what == Upcoming::What::Nothing);
  CHECK(upcoming(cluster.world).at == never);
  CHECK_FALSE(advance(cluster.world, cluster.event));
  CHECK(cluster.world.events == most_events);
}

TEST_CASE("the world and the timeline assert what they require") {
  Cluster cluster(cluster_of(3));
  CHECK(aborts([&cluster] { cluster.world.machine(no_node).up = false; }));
  CHECK(aborts([&cluster] { cluster.world.machine(D).up = false; }));
  CHECK(aborts([&cluster] { wait_until(cluster.world, upcoming(cluster.world).at + 1); }));
  CHECK_FALSE(aborts([&cluster] { wait_until(cluster.world, upcoming(cluster.world).at); }));
  cluster.run_for(10_ms);
  CHECK(aborts([&cluster] { wait_until(cluster.world, 9_ms); }));
  World still = make_world(manual_cluster_of(3));
  CHECK_FALSE(aborts([&still] { wait_until(still, end_of_time); }));
  CHECK(aborts([&still] { wait_until(still, end_of_time + 1); }));

  Timeline run(cluster_of(3));
  for (int i = 0; i < 5; ++i) REQUIRE(run.step());
  CHECK(run.events(1, 5).size() == 5);
  CHECK(aborts([&run] { run.events(1, 6); }));
  CHECK(aborts([&run] { run.replay(1, 6, [](const World&, const Event&) {}); }));
}

}  // namespace raft::test
