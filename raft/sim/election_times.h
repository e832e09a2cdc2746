// How long clusters like one take to elect a leader, and whether it stays: the same cluster started anew once a seed, played
// until somebody leads, and on from there for as long as an election could take. It is advanced in slices.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "raft/sim/advance.h"
#include "raft/sim/cluster_config.h"

namespace raft::sim {

/// A first start of the cluster as it is now: who has a vote, the settings, the nodes' own clocks. Timers run by themselves,
/// and no link is cut.
ClusterConfig fresh_cluster(const World& world);

/// What one AppendEntries to everybody and the answers take: there and back, and a write to the disk in between.
TimeRange broadcast_time(const ClusterConfig& config);

/// broadcastTime << electionTimeout << MTBF (§5.6), as what came of it.
enum class Stability : std::uint8_t {
  Unknown,      // nothing has been played yet
  Stable,
  SplitsOften,  // one first election in five, or more, ends without a leader
  CannotStay,   // one leader in five, or more, is replaced although nothing fails
  NeverElects,  // most clusters find no leader within the limit
};

class ElectionTimes {
 public:
  static constexpr int usual_seeds = 1000;
  static constexpr std::size_t bar_count = 40;

  /// One run for each of the seeds 1 to `seeds`.
  explicit ElectionTimes(ClusterConfig config, int seeds = usual_seeds);

  /// Plays so many events at most. False: all is done.
  bool advance(int events);

  const ClusterConfig& config() const { return config_; }
  int seeds() const { return seeds_; }
  int done() const { return done_; }
  bool complete() const { return done_ == seeds_; }
  /// From the start to the first leader, ascending; of those runs that had one.
  const std::vector<Time>& times() const { return times_; }
  int without_leader() const { return done_ - static_cast<int>(times_.size()); }
  /// Runs whose first election ended without a leader: votes were split, or came too late.
  int split() const { return split_; }
  /// Runs whose first leader had to give way within as long again as an election may take, and nothing had failed.
  int replaced() const { return replaced_; }
  /// The time within which so many of a hundred runs had their leader; nullopt: they have none.
  std::optional<Time> percentile(int of_hundred) const;
  Stability stability() const;

  /// How many times lie in each of the stretches of `width` from 0 on; the last holds all that took longer.
  struct Histogram {
    Time width = 0;
    std::array<int, bar_count> bars{};
  };
  Histogram histogram() const;

  /// A run is given up as long after its start, and a leader has stayed as long after its election.
  static Time limit_of(const ClusterConfig& config) { return 20 * config.settings.election_timeout.max; }

 private:
  void end_run();

  ClusterConfig config_;
  int seeds_ = 0;
  int done_ = 0;
  std::optional<World> world_;  // of the run that is under way
  Event event_;
  Time elected_at_ = never;     // in that run
  Term elected_in_ = 0;
  NodeId leader_ = no_node;
  bool gave_way_ = false;
  std::vector<Time> times_;
  int split_ = 0;
  int replaced_ = 0;
};

}  // namespace raft::sim
