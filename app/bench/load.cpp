// Playing the workload, live and recorded.
#include "app/bench/load.h"

#include <algorithm>

#include "app/bench/measure.h"

namespace app::bench {

using namespace raft::sim;  // the literals 10_ms, and the names of interventions

ClusterConfig workload(std::uint64_t seed) {
  ClusterConfig config;
  config.node_names = {"A", "B", "C", "D", "E"};
  config.seed = seed;
  config.settings.election_timeout = {100_ms, 200_ms};
  config.settings.heartbeat = 50_ms;
  config.settings.latency = {10_ms, 15_ms};
  return config;
}

Writes::Writes(int per_second) : every_(per_second > 0 ? 1_s / per_second : never), next_(every_) {}

std::optional<Intervention> Writes::due(Time now) {
  if (now < next_) return std::nullopt;
  next_ += every_;
  ++asked_;
  return ClientAsk{{raft::CommandKind::Write, "x", std::to_string(asked_), ""}, raft::no_node, raft::no_client};
}

Load::Load(const ClusterConfig& config, int writes_per_second, Checks checks)
    : world_(make_world(config)), writes_(writes_per_second) {
  if (checks == Checks::On) oracles_.emplace(world_);
}

double Load::play(std::int64_t seconds) {
  const Time end = world_.now + seconds * 1_s;
  const double start = processor_seconds();
  while (world_.now < end && !cancelled()) {
    if (const auto write = writes_.due(world_.now)) {
      if (refusal(world_, *write)) continue;
      intervene(world_, *write, Origin::Script, event_);
    } else {
      advance(world_, event_);
    }
    if (oracles_) oracles_->observe(world_, event_);
  }
  return processor_seconds() - start;
}

std::string Load::trouble() const {
  if (oracles_ && !oracles_->violations().empty()) return "a property was violated";
  const raft::NodeId leader = current_leader(world_);
  if (leader == raft::no_node) return "the cluster has no leader";
  const std::int64_t committed = world_.node(leader).memory.commit_index;
  return committed * 10 >= writes_.asked() * 9 ? "" : "the cluster fell behind its clients";
}

RecordedLoad::RecordedLoad(int writes_per_second) : timeline_(workload()), writes_(writes_per_second) {}

bool RecordedLoad::play_one() {
  // Refused while every client waits: that write is left out.
  if (const auto write = writes_.due(timeline_.world().now)) (void)timeline_.act(*write, Origin::Script);
  return timeline_.step() && !cancelled();
}

double RecordedLoad::play_until(Time end) {
  const double start = processor_seconds();
  while (timeline_.world().now < end && play_one()) {
  }
  return processor_seconds() - start;
}

double RecordedLoad::play_events(std::int64_t end) {
  const double start = processor_seconds();
  while (timeline_.end() < end && play_one()) {
  }
  return processor_seconds() - start;
}

}  // namespace app::bench
