// What the parts cost, in nanoseconds, for somebody who makes them faster. What was promised as a whole is measured by
// `raftlab bench`; nothing here has a budget.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "app/bench/load.h"
#include "raft/sim/trace.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/player.h"

namespace {

using app::bench::Checks;
using app::bench::Load;
using app::bench::RecordedLoad;
using app::bench::workload;
using namespace raft::sim;

std::string read_shipped(const std::string& name) {
  std::ifstream file(RAFTLAB_SOURCE_DIR "/assets/walkthroughs/" + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A cluster of that many nodes in the middle of its work.
World busy_world(std::int64_t events) {
  World world = make_world(workload());
  Event event;
  while (world.events < events) advance(world, event);
  return world;
}

void advance_one_event(benchmark::State& state) {
  World world = busy_world(10'000);
  Event event;
  for (auto _ : state) advance(world, event);
}
BENCHMARK(advance_one_event);

void advance_and_check(benchmark::State& state) {
  World world = make_world(workload());
  raft::check::Oracles oracles(world);
  Event event;
  for (auto _ : state) {
    advance(world, event);
    oracles.observe(world, event);
  }
}
BENCHMARK(advance_and_check);

void copy_world(benchmark::State& state) {
  const World world = busy_world(10'000);
  for (auto _ : state) {
    World copy = world;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(copy_world);

void hash_world(benchmark::State& state) {
  const World world = busy_world(10'000);
  for (auto _ : state) benchmark::DoNotOptimize(world_hash(world));
}
BENCHMARK(hash_world);

void line_of_the_trace(benchmark::State& state) {
  World world = busy_world(10'000);
  Event event;
  advance(world, event);
  for (auto _ : state) benchmark::DoNotOptimize(trace_line(world, event, ""));
}
BENCHMARK(line_of_the_trace);

/// Anywhere in a run of so many events.
void seek(benchmark::State& state) {
  RecordedLoad load(100);
  load.play_events(state.range(0));
  std::int64_t number = 1;
  for (auto _ : state) {
    number = (number * 7919 + 13) % state.range(0);
    load.timeline().seek(number);
  }
}
BENCHMARK(seek)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);

void parse_a_walkthrough(benchmark::State& state) {
  const std::string text = read_shipped("bob_and_tom.walk");
  for (auto _ : state) benchmark::DoNotOptimize(raft::walkthrough::parse(text, "b.walk"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_a_walkthrough)->Unit(benchmark::kMicrosecond);

void play_a_walkthrough(benchmark::State& state) {
  const auto story = std::make_shared<const raft::walkthrough::Walkthrough>(
      raft::walkthrough::parse(read_shipped("bob_and_tom.walk"), "b.walk").walkthrough);
  for (auto _ : state) {
    raft::walkthrough::Player player(story);
    while (player.play_one() < raft::walkthrough::Player::Progress::Ended) {
    }
  }
}
BENCHMARK(play_a_walkthrough)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
