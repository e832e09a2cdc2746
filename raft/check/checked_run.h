// A run with all that watches it. Oracles and history know every event up to its end, wherever its cursor stands.
#pragma once

#include <optional>
#include <utility>

#include "raft/check/history.h"
#include "raft/check/oracles.h"
#include "raft/sim/timeline.h"

namespace raft::check {

class CheckedRun {
 public:
  explicit CheckedRun(const sim::ClusterConfig& config) : CheckedRun(sim::Timeline(config)) {}
  /// What there is to find out about it is found by playing it again, up to its end.
  explicit CheckedRun(sim::Timeline timeline);
  /// Somebody has found it out already.
  CheckedRun(sim::Timeline timeline, Oracles oracles, History history)
      : timeline_(std::move(timeline)), oracles_(std::move(oracles)), history_(std::move(history)) {}

  const sim::Timeline& timeline() const { return timeline_; }
  /// As those of the timeline: moving the cursor changes nothing that is known.
  void seek(std::int64_t number) { timeline_.seek(number); }
  void set_clock(sim::Time time) { timeline_.set_clock(time); }
  void set_checkpoint_budget(std::size_t bytes) { timeline_.set_checkpoint_budget(bytes); }
  const Oracles& oracles() const { return oracles_; }
  const History& history() const { return history_; }
  /// Nothing that has been played lies ahead of the cursor.
  bool at_end() const { return timeline_.position() == timeline_.end(); }

  /// The next event, recorded or new. False if nothing will ever happen.
  bool step();
  /// As Timeline::act: with a future ahead, that is forgotten, and what was found out is found out again.
  [[nodiscard]] std::optional<Reason> act(const sim::Intervention& what, sim::Origin origin);

 private:
  void observe();
  void find_out_again();

  sim::Timeline timeline_;
  Oracles oracles_;
  History history_;
};

}  // namespace raft::check
