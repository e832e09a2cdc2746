// Histories of whole runs: with the rules on every one is linearizable, whatever is done to the nodes.
#include <doctest/doctest.h>

#include "raft/sim/draw.h"
#include "tests/support/observed.h"

namespace raft::history_test {

using check::Answer;
using check::check_linearizable;
using check::OperationStatus;

namespace {

class Storm {
 public:
  Storm(const sim::ClusterConfig& config, int clients, int keys)
      : run(config), bits_(sim::mix(config.seed)), clients_(clients), keys_(keys) {}

  Observed run;

  /// Every 20 ms something happens to the nodes, perhaps, and whoever is idle asks for something, perhaps.
  void rage(sim::Time time) {
    for (sim::Time passed = 0; passed < time; passed += 20_ms) {
      if (pick(12) == 0) disturb();
      for (int number = 1; number <= clients_; ++number) {
        if (pick(3) == 0) run.act_if_possible(sim::ClientAsk{command(), no_node, client(number)});
      }
      run.run_for(20_ms);
    }
  }

 private:
  int pick(int n) { return static_cast<int>((bits_ = sim::mix(bits_)) % static_cast<std::uint64_t>(n)); }
  NodeId node() { return node_at(static_cast<std::size_t>(pick(static_cast<int>(run.world.node_count())))); }

  sim::CommandText command() {
    const std::string key = "k" + std::to_string(pick(keys_));
    switch (pick(5)) {
      case 0: return write_command(key, std::to_string(pick(1000)));
      case 1: return cas_command(key, std::to_string(pick(5)), std::to_string(pick(5)));
      case 2: return incr_command(key);
      default: return read_command(key);
    }
  }
  void disturb() {
    switch (pick(6)) {
      case 0: run.act_if_possible(sim::Crash{nodes({node()})}); return;
      case 1: run.act_if_possible(sim::Isolate{nodes({node()})}); return;
      case 2: run.act_if_possible(sim::Pause{node()}); return;
      case 3: run.act_if_possible(sim::Heal{}); return;
      default:
        for (const NodeId any : run.world.all_nodes()) {
          run.act_if_possible(sim::Restart{nodes({any})});
          run.act_if_possible(sim::Resume{any});
        }
    }
  }

  std::uint64_t bits_;
  int clients_;
  int keys_;
};

sim::ClusterConfig five_nodes(std::uint64_t seed) {
  sim::ClusterConfig config;
  config.node_names = {"A", "B", "C", "D", "E"};
  config.seed = seed;
  config.settings.loss = {1, 50};
  config.settings.duplicate = {1, 50};
  return config;
}

struct Counts {
  int ok = 0;
  int unknown = 0;
};

Counts storm_counts(const check::History& history) {
  Counts counts;
  for (std::size_t i = 0; i < history.operations().size(); ++i) {
    const OperationStatus status = history.operations()[i].status;
    counts.ok += check::is_answered(status) ? 1 : 0;
    counts.unknown += status == OperationStatus::Unknown ? 1 : 0;
  }
  return counts;
}

}  // namespace

TEST_CASE("crashes, partitions, pauses, losses: reads through the log are linearizable") {
  Counts sum;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Storm storm(five_nodes(seed), 5, 3);
    storm.rage(20_s);
    const Counts counts = storm_counts(storm.run.history);
    sum.ok += counts.ok;
    sum.unknown += counts.unknown;
    CHECK(check_linearizable(storm.run.history).answer == Answer::Yes);
  }
  CHECK(sum.ok > 10'000);
  CHECK(sum.unknown > 500);
}

TEST_CASE("crashes, partitions, pauses, losses: reads by ReadIndex are linearizable") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    sim::ClusterConfig config = five_nodes(seed);
    config.settings.core.features.noop = true;
    config.settings.core.features.reads = ReadMode::ReadIndex;
    Storm storm(config, 5, 3);
    storm.rage(20_s);
    CHECK(check_linearizable(storm.run.history).answer == Answer::Yes);
  }
}

TEST_CASE("retries without sessions apply twice: in a storm the clients notice") {
  int found = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    sim::ClusterConfig config = five_nodes(seed);
    config.settings.client_retry = true;
    Storm storm(config, 5, 3);
    storm.rage(20_s);
    found += check_linearizable(storm.run.history).answer == Answer::No ? 1 : 0;
  }
  CHECK(found > 10);
}

TEST_CASE("read_confirmed_by_round off: an old leader answers from the past, and the history shows it") {
  sim::ClusterConfig config = three_nodes();
  config.settings.core.features.reads = ReadMode::ReadIndex;
  const auto stale_read = [&config](bool rule) {
    Observed run(config);
    run.settings().core.rules.set(Rule::ReadConfirmedByRound, rule);
    run.elect(A).ask(write_command("x", "1"), 1).run_for(200_ms);
    run.act(sim::Isolate{nodes({A})}).elect(B).ask(write_command("x", "2"), 2, B).run_for(200_ms);
    run.ask(read_command("x"), 3, A).run_for(200_ms);
    return check_linearizable(run.history);
  };
  CHECK(stale_read(true).answer == Answer::Yes);
  const check::Linearizability result = stale_read(false);
  REQUIRE(result.answer == Answer::No);
  CHECK(result.anomalies.front().operation == 2);
  CHECK(result.anomalies.front().preceded_by == 1);
  CHECK(result.anomalies.front().fitting == std::vector<Value>{Value::number(2)});
}

TEST_CASE("ten thousand operations of five clients on ten keys are little work") {
  Storm storm(five_nodes(7), 5, 10);
  while (storm.run.history.operations().size() < 10'000) storm.rage(10_s);
  const check::Linearizability result = check_linearizable(storm.run.history);
  CHECK(result.answer == Answer::Yes);
  CHECK(result.steps < 2'000'000);  // counted, not timed: as bounded on a slow machine
}

}  // namespace raft::history_test
