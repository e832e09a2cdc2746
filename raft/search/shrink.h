// Makes a run that broke a promise as small as it gets while it still breaks that promise: fewer acts, an earlier
// end, a plainer cluster. What the smallest looks like as a walkthrough is in found_walk.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "raft/search/seed_run.h"

namespace raft::search {

/// A run and the promise that it breaks.
struct Culprit {
  sim::ClusterConfig config;
  std::vector<TimedAct> acts;  // while the faults last
  sim::Time until = 0;         // when they stop
  Finding finding;
};

/// Delta debugging (Zeller and Hildebrandt, 2002) in pieces, one run played again with every advance().
class Shrinker {
 public:
  struct Limits {
    int runs = 3'000;
    std::int64_t events = 12'000'000;
  };

  explicit Shrinker(Culprit culprit) : Shrinker(std::move(culprit), Limits()) {}
  Shrinker(Culprit culprit, Limits limits);

  /// Plays one smaller run. False when nothing smaller was found, or the limits are reached.
  bool advance();
  /// The smallest so far.
  const Culprit& smallest() const { return best_; }
  int runs() const { return runs_; }

 private:
  enum class Stage : std::uint8_t { Acts, Settings, Own, Nodes, Times, Over };

  bool try_out(const Culprit& candidate);
  void advance_acts();
  void advance_settings();
  void advance_own();
  void advance_nodes();
  void advance_times();
  void next_stage(Stage stage);

  Culprit best_;
  Limits limits_;
  Stage stage_ = Stage::Acts;
  std::size_t chunk_ = 0;     // Acts: how many are left out at once, from `position_` on
  std::size_t position_ = 0;
  sim::Time earlier_ = 0;     // Times: by how much the acts from `position_` on are to come earlier; 0: not known yet
  bool smaller_ = false;      // something was left out since the last round began
  int runs_ = 0;
  std::int64_t events_ = 0;
};

/// What a run that has found something did. Of a recovery that failed only the faults before it: the recovery is made
/// anew with every try.
Culprit culprit_of(const SeedRun& run, sim::Time until);

/// Played to its end.
SeedRun run_of(const Culprit& culprit);

/// Plays it: the same culprit with its acts as they were carried out and its end right after the violation; nullopt if
/// the promise holds. `events`: how many it took.
std::optional<Culprit> play_again(const Culprit& culprit, std::int64_t& events);

}  // namespace raft::search
