// A few fixed runs and what their worlds hash to at the end. The numbers change only with engine_number in
// raft/sim/world_hash.h, knowingly: then every saved session plays by its expectations instead of by its hash.
#pragma once

#include <vector>

#include "raft/sim/world_hash.h"
#include "tests/support/random_run.h"

namespace raft::test {

struct GoldenRun {
  const char* name;
  ClusterConfig config;
  std::uint64_t fault_seed;  // 0: no faults
  int events;
  std::uint64_t hash;
};

inline std::uint64_t hash_of(const GoldenRun& run) {
  World world = make_world(run.config);
  RandomFaults faults(run.fault_seed);
  Event event;
  while (world.events < run.events) {
    const auto what = run.fault_seed != 0 ? faults.maybe(world) : std::nullopt;
    if (what && !refusal(world, *what)) {
      intervene(world, *what, Origin::Script, event);
    } else if (!advance(world, event)) {
      break;
    }
  }
  return world_hash(world);
}

inline std::vector<GoldenRun> golden_runs() {
  return {
      {"one node", cluster_of(1), 0, 200, 0x84efe58177731711},
      {"five nodes, undisturbed", cluster_of(5), 0, 2000, 0xda4c617131287062},
      {"three nodes under faults", cluster_of(3, 7), 3, 5000, 0x61580e7adbcbadd1},
      {"a random cluster under faults", random_config(21), 21, 5000, 0x84f99205e74f93c0},
      {"another one", random_config(1234567), 99, 5000, 0x863134dc2eb6150c},
  };
}

}  // namespace raft::test
