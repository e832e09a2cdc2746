// One world a seed; of each only what is counted is kept.
#include "raft/sim/election_times.h"

#include <algorithm>

namespace raft::sim {

namespace {

/// The ids that nodes have where only `nodes` are there.
NodeId renumbered(NodeSet nodes, NodeId node) {
  std::size_t before = 0;
  for (const NodeId one : nodes) {
    if (one == node) return node_at(before);
    ++before;
  }
  return no_node;
}

}  // namespace

ClusterConfig fresh_cluster(const World& world) {
  ClusterConfig config;
  config.settings = world.settings;
  config.settings.manual_timers = false;
  config.settings.links.clear();
  const NodeSet known = configuration_of(world).all_voters();
  const NodeSet voters = known.empty() ? world.all_nodes() : known;
  for (const NodeId node : voters) {
    const Machine& machine = world.machine(node);
    config.node_names.push_back(machine.name);
    if (machine.clock != Ratio{1, 1}) config.clocks.push_back({renumbered(voters, node), machine.clock});
  }
  for (LinkSettings link : world.settings.links) {
    link.from = renumbered(voters, link.from);
    link.to = renumbered(voters, link.to);
    if (link.from != no_node && link.to != no_node) config.settings.links.push_back(link);
  }
  return config;
}

TimeRange broadcast_time(const ClusterConfig& config) {
  const Settings& settings = config.settings;
  TimeRange way = settings.latency;
  for (const LinkSettings& link : settings.links) {
    if (!link.latency) continue;
    way.min = std::min(way.min, link.latency->min);
    way.max = std::max(way.max, link.latency->max);
  }
  return {2 * way.min + settings.disk_delay, 2 * way.max + settings.disk_delay};
}

ElectionTimes::ElectionTimes(ClusterConfig config, int seeds) : config_(std::move(config)), seeds_(seeds) {}

bool ElectionTimes::advance(int events) {
  for (int played = 0; played < events && done_ < seeds_; ++played) {
    if (!world_) {
      config_.seed = static_cast<std::uint64_t>(done_) + 1;
      world_ = make_world(config_);
      elected_at_ = never;
      gave_way_ = false;
    }
    const Time end = (elected_at_ == never ? 0 : elected_at_) + limit_of(config_);
    const bool over = gave_way_ || upcoming(*world_).at > end || !sim::advance(*world_, event_);
    if (over) {
      end_run();
      continue;
    }
    const NodeId node = event_.node;
    if (node == no_node) continue;
    const NodeState& state = world_->node(node);
    if (elected_at_ == never && leads(*world_, node)) {
      elected_at_ = world_->now;
      elected_in_ = state.durable.current_term;
      leader_ = node;
    }
    const bool deposed = state.durable.current_term > elected_in_ || (node == leader_ && !leads(*world_, node));
    gave_way_ = elected_at_ != never && deposed;
  }
  return done_ < seeds_;
}

/// A leader of a later term than the first has had an election in vain before it. Where nobody leads, all were, whatever
/// the term: a pre-vote in vain begins none.
void ElectionTimes::end_run() {
  const bool elected = elected_at_ != never;
  if (elected) times_.insert(std::upper_bound(times_.begin(), times_.end(), elected_at_), elected_at_);
  if (!elected || elected_in_ > 1) ++split_;
  if (gave_way_) ++replaced_;
  ++done_;
  world_.reset();
}

std::optional<Time> ElectionTimes::percentile(int of_hundred) const {
  const auto wanted = (static_cast<std::size_t>(done_) * static_cast<std::size_t>(of_hundred) + 99) / 100;
  if (wanted == 0 || wanted > times_.size()) return std::nullopt;
  return times_[wanted - 1];
}

Stability ElectionTimes::stability() const {
  if (done_ == 0) return Stability::Unknown;
  if (2 * without_leader() > done_) return Stability::NeverElects;
  if (5 * replaced_ >= static_cast<int>(times_.size())) return Stability::CannotStay;
  return 5 * split_ >= done_ ? Stability::SplitsOften : Stability::Stable;
}

ElectionTimes::Histogram ElectionTimes::histogram() const {
  Histogram histogram;
  if (times_.empty()) return histogram;
  // Up to the time of 98 of a hundred: a few that took very long would press all others into one bar.
  const Time most = times_[(times_.size() - 1) * 98 / 100] + 1;
  // In steps that can be read off: 1, 2 or 5 with noughts.
  Time width = 1;
  for (int step = 0; width * static_cast<Time>(bar_count) < most; ++step) width = step % 3 == 1 ? width / 2 * 5 : width * 2;
  histogram.width = width;
  for (const Time time : times_) {
    ++histogram.bars[std::min<std::size_t>(static_cast<std::size_t>(time / width), bar_count - 1)];
  }
  return histogram;
}

}  // namespace raft::sim
