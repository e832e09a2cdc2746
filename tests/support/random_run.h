// Random clusters under random faults, from a seed, with the project's own draws: the same run everywhere.
// Chaos that is made: loss, duplicates, delays, crashes, restarts, partitions, cuts one way and both, timeouts by
// hand, clients that write. What is checked is up to the test.
#pragma once

#include <optional>
#include <string>

#include "raft/sim/draw.h"
#include "tests/support/cluster.h"

namespace raft::test {

/// A sequence of picks; for tests only, where nothing has to stay as it was.
class Picks {
 public:
  explicit Picks(std::uint64_t seed) : bits_(mix(seed)) {}
  std::uint64_t pick(std::uint64_t below) { return (bits_ = mix(bits_)) % below; }

 private:
  std::uint64_t bits_;
};

/// 1 to 11 nodes; settings that differ from seed to seed.
inline ClusterConfig random_config(std::uint64_t seed) {
  Picks picks(seed * 7919 + 1);
  ClusterConfig config = cluster_of(1 + picks.pick(max_voters), seed);
  Settings& settings = config.settings;
  if (picks.pick(2) == 0) settings.loss = {static_cast<std::int32_t>(picks.pick(4)), 20};
  if (picks.pick(2) == 0) settings.duplicate = {static_cast<std::int32_t>(picks.pick(4)), 20};
  if (picks.pick(3) == 0) settings.latency = {1_ms, 60_ms};  // messages overtake each other
  if (picks.pick(4) == 0) settings.core.batch = 1 + static_cast<std::int32_t>(picks.pick(3));
  settings.client_retry = picks.pick(2) == 0;
  return config;
}

class RandomFaults {
 public:
  explicit RandomFaults(std::uint64_t seed) : picks_(seed * 104729 + 5) {}
  std::uint64_t pick(std::uint64_t below) { return picks_.pick(below); }

  /// Something to do now, about once in twenty events. It may be refused.
  std::optional<Intervention> maybe(const World& world) {
    if (pick(20) != 0) return std::nullopt;
    switch (pick(24)) {
      case 0: return Crash{one(world)};
      case 1:
      case 2: return Restart{one(world)};
      case 3: return Restart{down(world)};
      case 4: return Partition{{some(world), some(world)}};
      case 5: return Isolate{one(world)};
      case 6: return Cut{node(world), node(world), Direction::OneWay};
      case 7:
      case 8: return Heal{};
      case 9: return FireElectionTimer{node(world)};
      case 10: return DropMessage{any_message(world)};
      case 11: return DuplicateMessage{any_message(world), static_cast<Time>(pick(200)) * 1_ms};
      case 12: return DelayMessage{any_message(world), static_cast<Time>(pick(400)) * 1_ms};
      case 13: return DeliverMessage{any_message(world)};
      default: return write(world);
    }
  }

 private:
  NodeId node(const World& world) { return node_at(pick(world.node_count())); }
  NodeSet one(const World& world) { return set_of({node(world)}); }
  NodeSet some(const World& world) {
    return NodeSet::from_bits(static_cast<std::uint16_t>(pick(1U << world.node_count())));
  }
  static NodeSet down(const World& world) {
    NodeSet nodes;
    for (const NodeId id : world.all_nodes()) {
      if (!world.machine(id).up) nodes.add(id);
    }
    return nodes;
  }
  MessagePick any_message(const World& world) {
    if (world.network.in_flight() == 0) return by_id(no_message);
    return by_id(world.network.flight(pick(world.network.in_flight())).id);
  }
  Intervention write(const World& world) {
    const auto client = static_cast<ClientId>(1 + pick(5));
    const std::string key(1, static_cast<char>('p' + pick(4)));
    const NodeId to = pick(3) == 0 ? node(world) : no_node;
    return ClientAsk{write_text(key, std::to_string(world.events)), to, client};
  }

  Picks picks_;
};

}  // namespace raft::test
