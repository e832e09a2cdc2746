// Rows about growth: what an event costs in a large run against a small one, everything checked. 1 is flat. Both are
// played in turns in one run, so that a busy machine slows both alike.
#include <algorithm>
#include <array>

#include "app/bench/load.h"
#include "app/bench/measure.h"

namespace app::bench {

namespace {

using namespace raft::sim;

ClusterConfig cluster_of(std::size_t nodes) {
  ClusterConfig config = workload();
  config.node_names.clear();
  for (std::size_t i = 0; i < nodes; ++i) config.node_names.emplace_back(1, static_cast<char>('A' + i));
  return config;
}

/// So many messages are on their way, between patient nodes that are far apart. The leader sends 80 heartbeats a second and
/// gets as many replies, and each takes 1.25 times the latency on average.
Load with_messages(std::int64_t messages) {
  const std::int64_t latency_ms = messages * 5;
  ClusterConfig config = workload();
  config.settings.latency = {latency_ms * 1_ms, latency_ms * 1_ms * 3 / 2};
  config.settings.election_timeout = {latency_ms * 10_ms, latency_ms * 20_ms};
  Load load(config, 0, Checks::On);
  const std::int64_t far_s = latency_ms / 1000 + 1;
  for (int i = 0; i < 1'000 && !load.trouble().empty(); ++i) load.play(far_s);
  load.play(4 * far_s);
  return load;
}

/// Seconds of processor time an event, over the next simulated seconds.
double cost_of_event(Load& load, std::int64_t seconds) {
  const std::int64_t before = load.events();
  const double taken = load.play(seconds);
  return taken / static_cast<double>(std::max<std::int64_t>(load.events() - before, 1));
}

struct Pair {
  Load small;
  Load large;
  std::int64_t small_seconds;  // played in a slice; so many that both take about as long
  std::int64_t large_seconds;
};

Sample ratio_of(Pair pair) {
  double small = 0;
  double large = 0;
  for (int slice = 0; slice < 5; ++slice) {
    small += cost_of_event(pair.small, pair.small_seconds);
    large += cost_of_event(pair.large, pair.large_seconds);
  }
  const std::string trouble = pair.small.trouble();
  return {large / small, 0, trouble.empty() ? pair.large.trouble() : trouble};
}

Sample nodes() { return ratio_of({{cluster_of(3), 10, Checks::On}, {cluster_of(11), 10, Checks::On}, 200, 40}); }

Sample log_length() {
  Pair pair{{workload(), 100, Checks::On}, {workload(), 100, Checks::On}, 10, 10};
  pair.large.play(1'000);
  return ratio_of(std::move(pair));
}

template <std::int64_t messages>
Sample in_flight() {
  Pair pair{with_messages(100), with_messages(messages), 100, 100};
  if (pair.large.in_flight() < static_cast<std::size_t>(messages) * 9 / 10) return {.failed = "too few messages are in flight"};
  return ratio_of(std::move(pair));
}

/// Recorded: what an event costs after a million others, against the first ones.
Sample history_length() {
  RecordedLoad load(10);
  constexpr std::int64_t slice = 100'000;
  load.play_events(slice / 10);
  const double first = load.play_events(slice / 10 + slice);
  load.play_events(1'000'000);
  const double last = load.play_events(1'000'000 + slice);
  return {last / first, 0, ""};
}

constexpr auto growth_rows = std::to_array<Measure>({
    {"growth-nodes", "cost of an event, 11 nodes / 3 nodes", "", Better::Less, 3, 2, 3, nodes},
    {"growth-log", "cost of an event, log of 100,000 entries / empty log", "", Better::Less, 2, 1.2, 3, log_length},
    {"growth-flight", "cost of an event, 10,000 messages in flight / 100", "", Better::Less, 3, 2, 3, in_flight<10'000>},
    {"growth-flight-far", "cost of an event, 100,000 messages in flight / 100", "", Better::Less, 6, 3, 3, in_flight<100'000>},
    {"growth-history", "cost of a recorded event, after 1,000,000 / at first", "", Better::Less, 2, 1.2, 3, history_length},
});

}  // namespace

std::span<const Measure> growth_measures() { return growth_rows; }

}  // namespace app::bench
