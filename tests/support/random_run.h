// The swarm's random clusters and faults (raft/search) for tests that play a world event by event themselves.
#pragma once

#include <cstdlib>
#include <optional>

#include "raft/search/chaos.h"
#include "tests/support/cluster.h"

namespace raft::test {

inline search::SeedPlan random_plan(std::uint64_t seed) { return search::plan_of(search::SwarmOptions{}, seed); }
inline ClusterConfig random_config(std::uint64_t seed) { return random_plan(seed).config; }

/// How many random sessions a test plays: as many as it usually does, or RAFTLAB_SESSIONS in a long run.
inline std::uint64_t session_count(std::uint64_t usual) {
  const char* const wanted = std::getenv("RAFTLAB_SESSIONS");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : usual;
}

class RandomFaults {
 public:
  explicit RandomFaults(std::uint64_t seed) : RandomFaults(random_plan(seed)) {}
  explicit RandomFaults(const search::SeedPlan& plan) : chaos_(plan), picks_(plan.config.seed) {}
  std::uint64_t pick(std::uint64_t below) { return picks_.pick(below); }

  /// Something to do now, if the time has come for it. It may be refused.
  std::optional<Intervention> maybe(const World& world) {
    if (chaos_.next_at() > world.now) return std::nullopt;
    const std::optional<search::Mischief> move = chaos_.next(world);
    if (!move) return std::nullopt;
    return move->what;
  }

 private:
  search::Chaos chaos_;
  search::Picks picks_;
};

}  // namespace raft::test
