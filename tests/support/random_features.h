// Random features and everything that can be done to a world with them on; on top of random_run.h, whose draws stay as
// they are. Sabotage (wiped disks, clocks beyond any bound, timers fired under a lease) is left out.
#pragma once

#include "tests/support/random_run.h"

namespace raft::test {

inline ClusterConfig random_feature_config(std::uint64_t seed) {
  Picks picks(seed * 6151 + 3);
  ClusterConfig config = random_config(seed);
  if (config.node_names.size() > 7) config.node_names.resize(7);
  if (picks.pick(3) == 0) config.learner_names = {"L"};
  Settings& settings = config.settings;
  Features& features = settings.core.features;
  features.noop = picks.pick(4) != 0;
  features.fast_repair = picks.pick(2) == 0;
  features.pre_vote = picks.pick(2) == 0;
  features.check_quorum = picks.pick(2) == 0;
  features.ignore_disruptive = picks.pick(2) == 0;
  if (picks.pick(2) == 0) features.snapshot_after = 1 + static_cast<std::int32_t>(picks.pick(12));
  settings.sessions = picks.pick(3) != 0;
  if (picks.pick(4) == 0) settings.max_sessions = 1 + static_cast<std::int32_t>(picks.pick(3));
  if (picks.pick(3) == 0) settings.disk_delay = static_cast<Time>(1 + picks.pick(20)) * 1_ms;
  assign(settings, Setting::Reads, {static_cast<std::int64_t>(picks.pick(3)), 0});
  return config;
}

class FeatureFaults {
 public:
  explicit FeatureFaults(std::uint64_t seed) : base_(seed), picks_(seed * 15331 + 11) {}

  std::optional<Intervention> maybe(const World& world) {
    const bool lease = world.settings.core.features.reads == ReadMode::Lease;
    auto what = base_.maybe(world);
    if (what && lease && std::holds_alternative<FireElectionTimer>(*what)) what.reset();
    // Writes come from the clients below, whose answers are checked.
    if (what && !std::holds_alternative<ClientAsk>(*what)) return what;
    if (pick(12) != 0) return std::nullopt;
    switch (pick(30)) {
      case 0: return Pause{node(world)};
      case 1:
      case 2: return Resume{node(world)};
      case 3: return Hold{node(world), node(world)};
      case 4:
      case 5: return Release{node(world), node(world)};
      case 6: return TransferLeadership{node(world)};
      case 7:
        if (lease) return std::nullopt;
        return SetClock{node(world), {static_cast<std::int32_t>(9 + pick(3)), 10}};
      case 8: return AddNode{name(world)};
      case 9: return RemoveNode{node(world)};
      case 10: return AddLearner{name(world)};
      case 11: return PromoteLearner{node(world)};
      case 12: return Reconfigure{{name(world), name(world), name(world)}};
      case 13: return CompactLog{node(world), static_cast<Index>(pick(2) * pick(40))};
      case 14: return ExpireSession{static_cast<ClientId>(1 + pick(3))};
      case 15: return OpenSession{static_cast<ClientId>(1 + pick(3))};
      case 16: return Crash{set_of({node(world)}), Unwritten::Lost};
      case 17: return DropEvery{pattern(static_cast<MessageType>(pick(message_type_count)), node(world), node(world))};
      case 18:
      case 19: return DropNothing{};
      case 20:
      case 21:
      case 22: return ClientAsk{{CommandKind::Write, "x", std::to_string(++written), ""}, no_node, c1};
      case 23:
      case 24: return ClientAsk{{CommandKind::Increment, "y", "", ""}, no_node, c2};
      case 25:
      case 26:
      case 27: return ClientAsk{{CommandKind::Read, "x", "", ""}, no_node, ClientId{3}};
      case 28: return RetryClient{static_cast<ClientId>(1 + pick(3))};
      default: return RetryClient{c1};
    }
  }

 private:
  std::uint64_t pick(std::uint64_t below) { return picks_.pick(below); }
  NodeId node(const World& world) { return node_at(pick(world.node_count())); }
  std::string name(const World& world) {
    if (world.node_count() < 9 && pick(4) == 0) return "N" + std::to_string(pick(3));
    return world.name(node(world));
  }

  RandomFaults base_;
  Picks picks_;
  std::int64_t written = 0;
};

}  // namespace raft::test
