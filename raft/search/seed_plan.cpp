// Swarm testing (Groce et al., 2012): no run does everything. Each seed leaves out features and faults at random, so
// that those which hinder each other get their turn.
#include "raft/search/seed_plan.h"

#include <algorithm>
#include <string_view>


namespace raft::search {

namespace {

using sim::operator""_ms;  // NOLINT(misc-unused-using-decls): clang-tidy 14 does not see literals

/// Mostly 3 to 5, sometimes anything that a cluster may have.
std::size_t voters(Picks& picks) {
  static constexpr std::array<std::size_t, 20> usual = {3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5, 2, 1, 6, 7, 0};
  const std::size_t count = usual[picks.pick(usual.size())];
  return count != 0 ? count : 8 + picks.pick(sim::max_voters - 7);
}

void pick_times(Picks& picks, FaultSet faults, sim::Settings& settings) {
  static constexpr std::array<sim::TimeRange, 3> timeouts = {{{150_ms, 300_ms}, {100_ms, 200_ms}, {300_ms, 600_ms}}};
  if (picks.one_in(3)) settings.election_timeout = timeouts[picks.pick(timeouts.size())];
  if (picks.one_in(4)) settings.heartbeat = settings.election_timeout.min / picks.from(3, 6);
  if (picks.one_in(4)) settings.latency = {2_ms, 6_ms};
  if (faults.has(Fault::Reorder) && picks.one_in(2)) settings.latency = {1_ms, 60_ms};
  if (faults.has(Fault::Loss) && picks.one_in(2)) settings.loss = {picks.from(1, 4), 20};
  if (faults.has(Fault::Duplicate) && picks.one_in(2)) settings.duplicate = {picks.from(1, 4), 20};
  if (picks.one_in(3)) settings.disk_delay = picks.from(1, 20) * 1_ms;
  if (picks.one_in(3)) settings.client_timeout = picks.from(3, 20) * 100_ms;
  if (picks.one_in(4)) settings.core.batch = picks.from(1, 3);
}

/// What some links and clocks are like from the start; faults change them later.
void pick_links_and_clocks(Picks& picks, FaultSet faults, sim::ClusterConfig& config) {
  const std::size_t nodes = config.node_names.size() + config.learner_names.size();
  const auto own = [&](Fault fault, sim::Setting setting) {
    if (nodes < 2 || !faults.has(fault) || !picks.one_in(3)) return;
    const std::size_t from = picks.pick(nodes);
    const std::size_t to = (from + 1 + picks.pick(nodes - 1)) % nodes;
    const auto direction = picks.one_in(2) ? sim::Direction::BothWays : sim::Direction::OneWay;
    assign(config.settings, {setting, node_at(from), node_at(to), direction, own_value_of_link(setting, picks)});
  };
  own(Fault::SlowLink, sim::Setting::Latency);
  own(Fault::LossyLink, sim::Setting::Loss);
  own(Fault::CopyingLink, sim::Setting::Duplicate);
  const bool lease = config.settings.core.features.reads == ReadMode::Lease;
  if (!faults.has(lease ? Fault::Drift : Fault::Clock) || !picks.one_in(3)) return;
  for (std::size_t i = 0; i < nodes; ++i) {
    if (picks.one_in(2)) config.clocks.push_back({node_at(i), {lease ? picks.from(2, 40) : picks.from(7, 14), 10}});
  }
}

void pick_features(Picks& picks, sim::Settings& settings) {
  Features& features = settings.core.features;
  features.noop = !picks.one_in(4);
  features.fast_repair = picks.one_in(2);
  features.pre_vote = picks.one_in(3);
  features.check_quorum = picks.one_in(3);
  features.ignore_disruptive = picks.one_in(3);
  if (picks.one_in(2)) features.snapshot_after = picks.from(1, 12);
  settings.sessions = !picks.one_in(3);
  if (settings.sessions && picks.one_in(5)) settings.max_sessions = picks.from(1, 3);
  // Without a session a request that is repeated may be done twice (§8): no order of the operations explains that.
  settings.client_retry = settings.sessions && picks.one_in(2);
  if (picks.one_in(2)) assign(settings, sim::Setting::Reads, {picks.from(1, 2), 0});
}

/// A rule that is off shows only where the feature is that it belongs to, and soonest where nothing else hinders.
void suit_rule(const RuleInfo& rule, const SwarmOptions& options, Picks& picks, SeedPlan& plan) {
  sim::Settings& settings = plan.config.settings;
  const std::string_view needs = rule.needs;
  const auto use = [&](Fault fault) {
    if (options.faults.has(fault)) plan.faults.add(fault);
  };
  if (picks.one_in(2)) settings.core.features = Features{};
  if (needs == "sessions") {
    settings.sessions = settings.client_retry = true;
    use(Fault::Duplicate);
  } else if (needs == "snapshots") {
    settings.core.features.snapshot_after = picks.from(1, 4);
  } else if (needs == "changes of members") {
    use(Fault::Members);
  } else if (needs == "joint consensus") {
    use(Fault::Joint);
  } else if (needs == "learners") {
    use(Fault::Learners);
    if (plan.config.learner_names.empty()) plan.config.learner_names = {"L1", "L2"};
  } else if (needs == "reads index") {
    assign(settings, sim::Setting::Reads, {static_cast<int>(ReadMode::ReadIndex), 0});
  }
}

}  // namespace

sim::SettingValue own_value_of_link(sim::Setting setting, Picks& picks) {
  if (setting != sim::Setting::Latency) return {picks.from(2, 12), 20};
  const sim::Time least = picks.from(5, 150) * 1_ms;
  return {least, least + picks.from(0, 100) * 1_ms};
}

SeedPlan plan_of(const SwarmOptions& options, std::uint64_t seed) {
  Picks picks(seed * 7919 + 1);
  SeedPlan plan;
  for (const FaultInfo& info : fault_table) {
    if (options.faults.has(info.fault) && !picks.one_in(2)) plan.faults.add(info.fault);
  }
  if (plan.faults.empty()) plan.faults = options.faults;
  sim::ClusterConfig& config = plan.config;
  config.seed = seed;
  const std::size_t usual = voters(picks);
  for (std::size_t i = 0; i < (options.nodes != 0 ? options.nodes : usual); ++i) {
    config.node_names.emplace_back(1, static_cast<char>('A' + i));
  }
  if (picks.one_in(4)) config.learner_names.emplace_back("L1");
  if (picks.one_in(8)) config.learner_names = {"L1", "L2"};
  pick_times(picks, plan.faults, config.settings);
  pick_features(picks, config.settings);
  static constexpr std::array<sim::Time, 4> paces = {100_ms, 250_ms, 600_ms, 1500_ms};
  plan.fault_every = paces[picks.pick(paces.size())];
  plan.ask_every = paces[picks.pick(paces.size())] * 3;
  plan.clients = picks.from(1, 5);
  config.settings.core.rules = options.rules;
  for (const RuleInfo& rule : rule_table) {
    if (!options.rules.on(rule.rule)) suit_rule(rule, options, picks, plan);
  }
  tell_core(config.settings);
  // Last, since a rule that is off may have chosen another way of reading.
  pick_links_and_clocks(picks, plan.faults, config);
  return plan;
}

const char* feature_name(Feature feature) {
  static constexpr std::array<const char*, feature_count> names = {
      "noop", "fast_repair", "pre_vote", "check_quorum", "ignore_disruptive", "snapshot_after", "sessions", "max_sessions",
      "reads index", "reads lease", "disk_delay", "learners", "client_retry", "batch", "set latency A B", "set clock"};
  return names[static_cast<std::size_t>(feature)];
}

bool has_feature(const sim::ClusterConfig& config, Feature feature) {
  const sim::Settings& settings = config.settings;
  const Features& core = settings.core.features;
  switch (feature) {
    case Feature::Noop: return core.noop;
    case Feature::FastRepair: return core.fast_repair;
    case Feature::PreVote: return core.pre_vote;
    case Feature::CheckQuorum: return core.check_quorum;
    case Feature::IgnoreDisruptive: return core.ignore_disruptive;
    case Feature::Snapshots: return core.snapshot_after > 0;
    case Feature::Sessions: return settings.sessions;
    case Feature::MaxSessions: return settings.max_sessions > 0;
    case Feature::ReadIndex: return core.reads == ReadMode::ReadIndex;
    case Feature::Lease: return core.reads == ReadMode::Lease;
    case Feature::SlowDisk: return settings.disk_delay > 0;
    case Feature::Learners: return !config.learner_names.empty();
    case Feature::ClientRetry: return settings.client_retry;
    case Feature::SmallBatch: return settings.core.batch < CoreSettings{}.batch;
    case Feature::OwnLinks: return !settings.links.empty();
    case Feature::OwnClocks: return !config.clocks.empty();
  }
  return false;
}

}  // namespace raft::search
