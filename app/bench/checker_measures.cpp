// Rows about judging a run after it has been played.
#include <array>

#include "app/bench/load.h"
#include "app/bench/measure.h"
#include "raft/check/linearizable.h"
#include "raft/sim/draw.h"

namespace app::bench {

namespace {

using namespace raft::sim;

constexpr std::size_t operation_count = 10'000;
constexpr std::uint64_t key_count = 10;
constexpr std::uint64_t client_count = 5;

/// Half of the operations read, a quarter write, a quarter compare and set.
Intervention random_operation(std::uint64_t client, std::uint64_t bits) {
  raft::sim::CommandText command;
  command.key = "k" + std::to_string(bits % key_count);
  command.value = std::to_string(bits / 16 % 5);
  command.expected = std::to_string(bits / 128 % 5);
  const std::uint64_t kind = bits / 1024 % 4;
  command.kind = kind < 2    ? raft::CommandKind::Read
                 : kind == 2 ? raft::CommandKind::Write
                             : raft::CommandKind::CompareAndSet;
  return ClientAsk{command, raft::no_node, static_cast<raft::ClientId>(client + 1)};
}

/// Clients that never rest, and a network that loses a message now and then: some operations stay without an answer.
raft::check::History recorded_history() {
  ClusterConfig config = workload();
  config.settings.loss = {1, 100};
  World world = make_world(config);
  raft::check::History history(world);
  Event event;
  std::uint64_t bits = 1;
  while (history.operations().size() < operation_count) {
    if (!advance(world, event)) break;
    history.observe(world, event);
    for (std::uint64_t client = 0; client < client_count; ++client) {
      bits = mix(bits);
      const Intervention operation = random_operation(client, bits);
      if (refusal(world, operation)) continue;  // it waits for an answer
      intervene(world, operation, Origin::Script, event);
      history.observe(world, event);
    }
  }
  return history;
}

Sample linearizability() {
  static const raft::check::History history = recorded_history();
  const double start = processor_seconds();
  const raft::check::Linearizability verdict = raft::check::check_linearizable(history);
  const double taken = processor_seconds() - start;
  const bool decided = verdict.answer == raft::check::Answer::Yes;
  return {taken * 1000, operation_count / taken, decided ? "" : "a right history was not found right"};
}

constexpr auto checker_rows = std::to_array<Measure>({
    {"linearizability", "10,000 operations, 10 keys, 5 clients", "ms", Better::Less, 1'000, 50, 5, linearizability},
});

}  // namespace

std::span<const Measure> checker_measures() { return checker_rows; }

}  // namespace app::bench
