// A run and its watchers, kept together.
#include "raft/check/checked_run.h"

#include <utility>

namespace raft::check {

namespace {

sim::World start_of(const sim::Timeline& timeline) { return sim::make_world(timeline.config()); }

}  // namespace

CheckedRun::CheckedRun(sim::Timeline timeline)
    : timeline_(std::move(timeline)), oracles_(start_of(timeline_)), history_(start_of(timeline_)) {
  find_out_again();
}

void CheckedRun::observe() {
  oracles_.observe(timeline_.world(), timeline_.event());
  history_.observe(timeline_.world(), timeline_.event());
}

void CheckedRun::find_out_again() {
  sim::Timeline again = timeline_;
  again.seek(0);
  oracles_ = Oracles(again.world());
  history_ = History(again.world());
  while (again.position() < again.end() && again.step()) {
    oracles_.observe(again.world(), again.event());
    history_.observe(again.world(), again.event());
  }
}

bool CheckedRun::step() {
  const bool is_new = at_end();
  if (!timeline_.step()) return false;
  if (is_new) observe();
  return true;
}

std::optional<Reason> CheckedRun::act(const sim::Intervention& what, sim::Origin origin) {
  const bool had_a_future = !at_end();
  if (std::optional<Reason> reason = timeline_.act(what, origin)) return reason;
  if (had_a_future) {
    find_out_again();
  } else {
    observe();
  }
  return std::nullopt;
}

}  // namespace raft::check
