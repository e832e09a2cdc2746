// Long random runs in which people do anything that can be done to a world, sensible or not. For the tests of sentences.
#pragma once

#include "tests/support/cluster.h"

namespace raft::test {

/// Small numbers that depend on nothing but their place in the test.
struct Dice {
  std::uint64_t seed = 1;
  std::uint64_t counter = 0;
  std::uint64_t roll(std::uint64_t sides) {
    std::uint64_t x = seed * 0x9E3779B97F4A7C15ULL + ++counter;
    x ^= x >> 31U;
    x *= 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 29U;
    return x % sides;
  }
  NodeId node(std::size_t count) { return node_at(roll(count)); }
};

inline Intervention anything(Dice& dice, const World& world) {
  const std::size_t n = world.node_count();
  const NodeId node = dice.node(n);
  const NodeId other = dice.node(n);
  const MessageId in_flight =
      world.network.in_flight() == 0 ? no_message : world.network.flight(dice.roll(world.network.in_flight())).id;
  MessagePattern any;
  switch (dice.roll(44)) {
    case 0: return Crash{set_of({node})};
    case 1: return Crash{set_of({node, other})};
    case 2: return Restart{set_of({node})};
    case 3: return Restart{set_of({node, other})};
    case 4: return FireElectionTimer{node};
    case 5: return FireHeartbeatTimer{node};
    case 6: return Isolate{set_of({node})};
    case 7: return Cut{node, other, Direction::OneWay};
    case 8: return Mend{node, other, Direction::BothWays};
    case 9: return Partition{{set_of({node, other})}};
    case 10: return DropMessage{by_id(in_flight)};
    case 11: return DeliverMessage{by_id(in_flight)};
    case 12: return DelayMessage{by_id(in_flight), 5_ms};
    case 13: return DuplicateMessage{by_id(in_flight), 3_ms};
    case 14: return DropMessage{next(MessageType::AppendEntries, node, other)};
    case 15: return DelayMessage{{MessagePick::How::Next, no_message, any}, 7_ms};
    case 16: return RetryClient{c1};
    case 17: return ChangeSetting{Setting::ClientRetry, {static_cast<std::int64_t>(dice.roll(2)), 0}};
    case 18: return Pause{node};
    case 19: return Resume{node};
    case 20: return Hold{node, other};
    case 21: return Release{node, other};
    case 22: return TransferLeadership{node};
    case 23: return SetClock{node, {static_cast<std::int32_t>(dice.roll(3)), 2}};
    case 24: return Wipe{node};
    case 25: return AddNode{"F"};
    case 26: return RemoveNode{node};
    case 27: return AddLearner{"G"};
    case 28: return PromoteLearner{node};
    case 29: return Reconfigure{{"A", "B", "H"}};
    case 30: return CompactLog{node, 0};
    case 31: return OpenSession{c1};
    case 32: return ExpireSession{c1};
    case 33: return DropEvery{next(MessageType::RequestVote, node, other).pattern};
    case 34: return DropNothing{};
    case 35: return Crash{set_of({node}), Unwritten::Lost};
    case 36: return ChangeSetting{Setting::Reads, {static_cast<std::int64_t>(dice.roll(3)), 0}};
    case 37: return ChangeSetting{Setting::DiskDelay, {static_cast<std::int64_t>(dice.roll(3)) * 2'000, 0}};
    case 38: return CompactLog{node, static_cast<Index>(dice.roll(5))};
    case 39: return ClientAsk{{CommandKind::Read, "x", "", ""}, no_node, no_client};
    case 42: return ChangeLink{Setting::Latency, node, other, Direction::BothWays, SettingValue{5'000, 30'000}};
    case 43: return DropEvery{next(MessageType::AppendEntries, node, other).pattern, MessageCondition{}};
    default: break;
  }
  if (dice.roll(2) == 0) return Heal{};
  return ClientAsk{write_text("x", std::to_string(dice.roll(100))), dice.roll(2) == 0 ? node : no_node, no_client};
}

/// Every second run is that of Figure 2; the others have what goes beyond it.
inline void switch_on_features(Settings& settings, std::uint64_t seed) {
  if (seed % 2 == 0) return;
  settings.core.features = {.noop = true,
                            .fast_repair = true,
                            .pre_vote = true,
                            .check_quorum = true,
                            .ignore_disruptive = seed % 3 == 0,
                            .reads = seed % 4 == 1 ? ReadMode::ReadIndex : ReadMode::ThroughLog,
                            .snapshot_after = 4};
  settings.sessions = true;
  settings.max_sessions = 2;
  settings.client_retry = true;
}

}  // namespace raft::test
