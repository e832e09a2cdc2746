// How many simulated seconds a second: five nodes, idle and writing, with the five properties checked and
// without. A program of its own, not a test: nothing fails here. usage: raftlab_sim_speed [SECONDS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "tests/support/cluster.h"

namespace {

using namespace raft;
using namespace raft::test;

enum class Checks { Off, On };

struct Load {
  World world = make_world(cluster_of(5));
  std::optional<check::Safety> safety;
  Event event;
  Time every = never;  // between two writes
  Time next_write = never;

  Load(int writes_per_second, Checks checks) {
    if (checks == Checks::On) safety.emplace(world);
    if (writes_per_second > 0) next_write = every = 1_s / writes_per_second;
  }

  void play_until(Time end) {
    while (world.now < end) {
      if (upcoming(world).at > next_write) {
        wait_until(world, std::max(world.now, next_write));
        next_write += every;
        const Intervention write = ClientAsk{write_text("x", std::to_string(world.events)), no_node, no_client};
        if (refusal(world, write)) continue;
        intervene(world, write, Origin::Script, event);
      } else if (!advance(world, event)) {
        return;
      }
      if (safety) safety->observe(world, event);
    }
  }

  /// Simulated seconds a second while playing the next `seconds`.
  double speed(Time seconds) {
    const auto start = std::chrono::steady_clock::now();
    play_until(world.now + seconds * 1_s);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    return static_cast<double>(seconds) / taken.count();
  }
};

void print(const char* what, int writes, Time seconds) {
  for (int round = 0; round < 3; ++round) {
    const double off = Load(writes, Checks::Off).speed(seconds);
    const double on = Load(writes, Checks::On).speed(seconds);
    std::printf("%-18s %8.0f sim/s unchecked %8.0f sim/s checked\n", what, off, on);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Time seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 2000;
  print("idle", 0, seconds);
  print("1 write/s", 1, seconds);
  print("100 writes/s", 100, std::max<Time>(1, seconds / 10));
  Load load(1, Checks::On);
  const double first = load.speed(200);
  load.speed(1600);
  const double last = load.speed(200);
  std::printf("1 write/s, checked: the last 200 s of 2000 at %.2f of the speed of the first 200 s\n", last / first);
  return 0;
}
