// Times to a leader of clusters like the one that is open: measured a slice in each frame, anew when the cluster has changed.
#include "app/app.h"
#include "raft/sim/world_hash.h"

namespace app {

namespace {

/// Of all runs together, in one frame: it stays smooth and can be stopped.
constexpr int events_played_a_frame = 8'000;

/// Equal starts, equal times.
std::uint64_t start_of(const raft::sim::ClusterConfig& config) { return world_hash(raft::sim::make_world(config)); }

}  // namespace

void App::on(const ui::MeasureElections& what) {
  elections_.reset();
  if (!what.on) return;
  const raft::sim::ClusterConfig now = raft::sim::fresh_cluster(session_.run().world());
  elections_.emplace(now);
  elections_of_ = start_of(now);
}

/// While the sheet that shows it is open. True: there is more to be played.
bool App::measure_elections() {
  if (!elections_ || !ui_state_.settings.open) return false;
  const raft::sim::ClusterConfig now = raft::sim::fresh_cluster(session_.run().world());
  const std::uint64_t start = start_of(now);
  if (start != elections_of_) elections_.emplace(now);
  elections_of_ = start;
  return elections_->advance(events_played_a_frame);
}

}  // namespace app
