// Seed after seed; a failure is shrunk before the next one begins.
#include "raft/search/swarm.h"

namespace raft::search {

Swarm::Swarm(const SwarmOptions& options) : options_(options), seed_(options.first_seed - 1) {}

Swarm::Progress Swarm::advance(int events) {
  if (shrinker_) {
    if (shrinker_->advance()) return Progress::Working;
    failures_.back().smallest = shrinker_->smallest();
    shrinker_.reset();
    return Progress::Shrunk;
  }
  if (seed_is_done_) {
    if (seed_ == options_.last_seed) return Progress::Done;
    ++seed_;
    run_.emplace(plan_of(options_, seed_), options_.time);
    seed_is_done_ = false;
  }
  for (int i = 0; i < events; ++i) {
    if (!run_->step()) return end_run();
  }
  return Progress::Working;
}

Swarm::Progress Swarm::end_run() {
  seed_is_done_ = true;
  ++runs_;
  simulated_ += run_->world().now;
  undecided_ += run_->undecided() ? 1 : 0;
  coverage_.add(run_->coverage());
  coverage_.count(run_->config());
  if (!run_->finding()) return Progress::SeedDone;
  Culprit culprit = culprit_of(*run_, options_.time);
  failures_.push_back({seed_, *run_->finding(), culprit.acts.size(), culprit});
  shrinker_.emplace(std::move(culprit));
  return Progress::SeedDone;
}

}  // namespace raft::search
