// Times to a leader: what a plain loop over worlds finds, in whatever slices they are played, and the clusters that are
// known to elect nobody, to split, or to lose their leader.
#include "raft/sim/election_times.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include <doctest/doctest.h>

#include "tests/support/cluster.h"

namespace raft::test {

namespace {

constexpr int all_events = std::numeric_limits<int>::max();

ElectionTimes measured_times(const ClusterConfig& config, int seeds) {
  ElectionTimes times(config, seeds);
  CHECK_FALSE(times.advance(all_events));
  CHECK(times.complete());
  return times;
}

ClusterConfig with_timeouts(std::size_t nodes, TimeRange timeout, TimeRange latency) {
  ClusterConfig config = cluster_of(nodes);
  config.settings.election_timeout = timeout;
  config.settings.latency = latency;
  tell_core(config.settings);
  return config;
}

}  // namespace

TEST_CASE("times to a leader are those of a plain loop over worlds, in whatever slices they are played") {
  constexpr int seeds = 60;
  ClusterConfig config = cluster_of(4);
  std::vector<Time> plain;
  int split = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    config.seed = static_cast<std::uint64_t>(seed);
    World world = make_world(config);
    Event event;
    while (current_leader(world) == no_node) REQUIRE(advance(world, event));
    plain.push_back(world.now);
    if (world.node(current_leader(world)).durable.current_term > 1) ++split;
  }
  std::sort(plain.begin(), plain.end());
  const ElectionTimes at_once = measured_times(config, seeds);
  CHECK(at_once.times() == plain);
  CHECK(at_once.split() == split);
  CHECK(split > 0);
  CHECK(at_once.without_leader() == 0);
  CHECK(at_once.replaced() == 0);
  CHECK(at_once.percentile(50) == plain[29]);
  CHECK(at_once.percentile(95) == plain[56]);

  ElectionTimes in_slices(config, seeds);
  CHECK_FALSE(in_slices.percentile(50).has_value());
  CHECK(in_slices.stability() == Stability::Unknown);
  int slices = 1;
  while (in_slices.advance(7)) ++slices;
  CHECK(slices > seeds);
  CHECK(in_slices.times() == plain);
  CHECK(in_slices.split() == split);
}

TEST_CASE("timeouts that are all alike elect nobody, ever") {
  const ElectionTimes times = measured_times(with_timeouts(5, {150_ms, 150_ms}, {10_ms, 20_ms}), 20);
  CHECK(times.times().empty());
  CHECK(times.without_leader() == 20);
  CHECK(times.split() == 20);
  CHECK(times.stability() == Stability::NeverElects);
  CHECK_FALSE(times.percentile(50).has_value());
  CHECK(times.histogram().width == 0);
}

TEST_CASE("the usual timeouts are stable; a narrow range splits votes; heartbeats that come too late keep no leader") {
  const ElectionTimes usual = measured_times(cluster_of(5), 100);
  CHECK(usual.stability() == Stability::Stable);
  const ElectionTimes narrow = measured_times(with_timeouts(5, {150_ms, 175_ms}, {10_ms, 20_ms}), 100);
  CHECK(narrow.stability() == Stability::SplitsOften);
  CHECK(narrow.split() > usual.split());
  CHECK(*narrow.percentile(95) > *narrow.percentile(50));
  ClusterConfig late = cluster_of(5);
  late.settings.heartbeat = 400_ms;
  const ElectionTimes replaced = measured_times(late, 50);
  CHECK(replaced.stability() == Stability::CannotStay);
  CHECK(replaced.replaced() == 50);
}

TEST_CASE("leaders often cannot stay where one in five is replaced, though most are not") {
  const ElectionTimes times = measured_times(with_timeouts(5, {57'000, 85'500}, {10_ms, 20_ms}), 50);
  CHECK(times.stability() == Stability::CannotStay);
  CHECK(5 * times.replaced() >= 50);
  CHECK(2 * times.replaced() < 50);
}

TEST_CASE("without a leader the first election has been in vain, even if pre-votes have begun no term") {
  ClusterConfig config = with_timeouts(5, {8_ms, 12_ms}, {10_ms, 20_ms});
  config.settings.core.features.pre_vote = true;
  const ElectionTimes times = measured_times(config, 10);
  CHECK(times.without_leader() == 10);
  CHECK(times.split() == 10);
}

TEST_CASE("every time has its place in the histogram, in steps that can be read off") {
  const ElectionTimes times = measured_times(cluster_of(5), 200);
  const ElectionTimes::Histogram histogram = times.histogram();
  CHECK(std::accumulate(histogram.bars.begin(), histogram.bars.end(), 0) == 200);
  Time step = histogram.width;
  while (step % 10 == 0) step /= 10;
  CHECK((step == 1 || step == 2 || step == 5));
  const auto first = static_cast<std::size_t>(times.times().front() / histogram.width);
  CHECK(histogram.bars[first] > 0);
  CHECK(std::all_of(histogram.bars.begin(), histogram.bars.begin() + static_cast<std::ptrdiff_t>(first), [](int bar) { return bar == 0; }));
}

TEST_CASE("a fresh cluster has the voters of now with their clocks and links, and timers that run by themselves") {
  Cluster cluster(manual_cluster_of(4));
  cluster.elect(B).write("1", B).run_for(100_ms).act(RemoveNode{A}).run_for(400_ms);
  cluster.act(SetClock{C, {11, 10}});
  cluster.act(ChangeLink{Setting::Latency, B, D, Direction::OneWay, SettingValue{5000, 80000}});
  cluster.act(ChangeLink{Setting::Latency, A, B, Direction::OneWay, SettingValue{1000, 1000}});  // A has gone
  const ClusterConfig fresh = fresh_cluster(cluster.world);
  CHECK(fresh.node_names == std::vector<std::string>{"B", "C", "D"});
  CHECK_FALSE(fresh.settings.manual_timers);
  CHECK(fresh.given.empty());
  REQUIRE(fresh.clocks.size() == 1);
  CHECK(fresh.clocks[0].node == B);  // the second of those that are left
  CHECK(fresh.clocks[0].rate == Ratio{11, 10});
  REQUIRE(fresh.settings.links.size() == 1);
  CHECK(fresh.settings.links[0].from == A);
  CHECK(fresh.settings.links[0].to == C);
  CHECK(broadcast_time(fresh) == TimeRange{10_ms, 160_ms});
}

}  // namespace raft::test
