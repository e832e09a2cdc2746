// Whether the run is played, how fast, and up to when. It moves nothing: it says how much simulated time is due.
#pragma once

#include <optional>

#include "raft/sim/sim_time.h"

namespace app {

class Playback {
 public:
  /// Speeds are powers of two of real time: -5 is 1/32x.
  explicit Playback(int speed_exponent);

  bool on() const { return on_; }
  void start(std::optional<raft::sim::Time> until = std::nullopt);
  void stop();
  /// What it was started for has come.
  bool is_over(raft::sim::Time clock) const { return until_ && clock >= *until_; }

  /// Of the step, if it sets one; the speed is then the nearest to it.
  const std::optional<raft::sim::Ratio>& pace() const { return pace_; }
  int speed_exponent() const;
  /// Somebody chooses a speed: the step's pace does not count any more.
  void set_speed(int exponent);
  void set_pace(std::optional<raft::sim::Ratio> pace) { pace_ = pace; }

  /// How much simulated time passes in `elapsed_s` of real time from `clock` on, in whole microseconds: what is left of
  /// one is owed to the next call.
  raft::sim::Time due(double elapsed_s, raft::sim::Time clock);

 private:
  bool on_ = false;
  int chosen_exponent_;
  std::optional<raft::sim::Ratio> pace_;
  std::optional<raft::sim::Time> until_;
  double owed_us_ = 0;
};

}  // namespace app
