// Settings by their number, for the tables and the language, and those of single links. Their defaults are in the header.
#include "raft/sim/cluster_config.h"

#include <algorithm>

#include "raft/sim/intervention.h"

namespace raft::sim {

namespace {

void assign_one(Settings& settings, Setting setting, SettingValue value) {
  const auto ratio = Ratio{static_cast<std::int32_t>(value.first), static_cast<std::int32_t>(value.second)};
  switch (setting) {
    case Setting::ElectionTimeout: settings.election_timeout = {value.first, value.second}; return;
    case Setting::Heartbeat: settings.heartbeat = value.first; return;
    case Setting::Latency: settings.latency = {value.first, value.second}; return;
    case Setting::Loss: settings.loss = ratio; return;
    case Setting::Duplicate: settings.duplicate = ratio; return;
    case Setting::Batch: settings.core.batch = static_cast<std::int32_t>(value.first); return;
    case Setting::ClientTimeout: settings.client_timeout = value.first; return;
    case Setting::ClientRetry: settings.client_retry = value.first != 0; return;
    case Setting::TimerMode: settings.manual_timers = value.first != 0; return;
    case Setting::Noop: settings.core.features.noop = value.first != 0; return;
    case Setting::FastRepair: settings.core.features.fast_repair = value.first != 0; return;
    case Setting::PreVote: settings.core.features.pre_vote = value.first != 0; return;
    case Setting::CheckQuorum: settings.core.features.check_quorum = value.first != 0; return;
    case Setting::IgnoreDisruptive: settings.core.features.ignore_disruptive = value.first != 0; return;
    case Setting::SnapshotAfter: settings.core.features.snapshot_after = static_cast<std::int32_t>(value.first); return;
    case Setting::Sessions: settings.sessions = value.first != 0; return;
    case Setting::MaxSessions: settings.max_sessions = static_cast<std::int32_t>(value.first); return;
    case Setting::DiskDelay: settings.disk_delay = value.first; return;
    case Setting::Reads:
      settings.core.features.reads = static_cast<ReadMode>(value.first);
      // A read index means something only once an entry of the term is committed.
      if (value.first != 0) settings.core.features.noop = true;
      // A lease is one because nobody votes that soon after hearing from a leader.
      if (settings.core.features.reads == ReadMode::Lease) settings.core.features.ignore_disruptive = true;
      return;
  }
}

}  // namespace

std::optional<std::string> invalid(Setting setting, SettingValue value) {
  const auto outside = [&value](std::int64_t least, std::int64_t most) -> std::optional<std::string> {
    if (value.first >= least && value.first <= most) return std::nullopt;
    return "is from " + std::to_string(least) + " to " + std::to_string(most);
  };
  switch (info_of(setting).kind) {
    case SettingKind::Range:
      if (value.first < 0 || value.second < value.first) return "ends before it starts";
      if (value.second > max_duration) return "is at most 1000h";
      if (setting == Setting::ElectionTimeout && value.first < 1_ms) return "is at least 1ms";
      return std::nullopt;
    case SettingKind::Duration:
      if (value.first < (setting == Setting::DiskDelay ? 0 : 1_ms)) return "is at least 1ms";
      if (value.first > max_duration) return "is at most 1000h";
      return std::nullopt;
    case SettingKind::Probability:
      if (value.second < 1 || value.second > max_ratio_part || value.first < 0) return "is a fraction such as 1/20";
      if (value.first > value.second) return "is at most 1";
      return std::nullopt;
    case SettingKind::Count: return outside(1, max_batch);
    case SettingKind::CountOrOff: return outside(0, max_counted);
    case SettingKind::Switch:
    case SettingKind::Timers: return outside(0, 1);
    case SettingKind::Reads: return outside(0, static_cast<int>(ReadMode::Lease));
  }
  return std::nullopt;
}

namespace {

using MaybeWrong = std::optional<std::string>;

MaybeWrong wrong_names(const ClusterConfig& config) {
  if (config.node_names.empty()) return "there is no voter";
  std::vector<std::string> names = config.node_names;
  names.insert(names.end(), config.learner_names.begin(), config.learner_names.end());
  if (names.size() > max_nodes) return "there are more than 16 nodes";
  std::sort(names.begin(), names.end());
  if (names.front().empty()) return "a node has no name";
  if (std::adjacent_find(names.begin(), names.end()) != names.end()) return "two nodes have one name";
  return std::nullopt;
}

MaybeWrong wrong_settings(const Settings& settings) {
  for (const SettingInfo& info : setting_table) {
    if (MaybeWrong why = invalid(info.setting, value_of(settings, info.setting))) return info.name + (" " + *why);
  }
  const LinkSettings* before = nullptr;
  for (const LinkSettings& link : settings.links) {
    const bool in_order = before == nullptr || std::pair(before->from, before->to) < std::pair(link.from, link.to);
    if (!in_order || index_of(link.from) >= max_nodes || index_of(link.to) >= max_nodes) return "the links are out of order";
    before = &link;
    for (const SettingInfo& info : setting_table) {
      const std::optional<SettingValue> own = own_value(link, info.setting);
      if (!own) continue;
      if (MaybeWrong why = invalid(info.setting, *own)) return info.name + (" of a link " + *why);
    }
  }
  return std::nullopt;
}

bool is_given_number(std::int32_t number) { return number >= 0 && number <= max_given; }

MaybeWrong wrong_given(const ClusterConfig& config) {
  const std::size_t nodes = config.node_names.size() + config.learner_names.size();
  NodeSet seen;
  for (const GivenNode& given : config.given) {
    if (index_of(given.node) >= nodes || seen.contains(given.node)) return "a state is given to no node, or twice to one";
    seen.add(given.node);
    if (given.vote != no_node && index_of(given.vote) >= nodes) return "a vote is given to no node";
    const bool terms = is_given_number(given.term) &&
                       std::all_of(given.log.begin(), given.log.end(), [](const GivenEntry& entry) { return is_given_number(entry.term); });
    if (!terms) return "a given term is out of bounds";
    if (given.log.size() > static_cast<std::size_t>(max_given)) return "a given log is too long";
    if (given.commit < 0 || static_cast<std::size_t>(given.commit) > given.log.size()) return "a given commit index is beyond the log";
  }
  return std::nullopt;
}

bool is_clock_rate(Ratio rate) {
  return rate.numerator >= 1 && rate.numerator <= max_ratio_part && rate.denominator >= 1 && rate.denominator <= max_ratio_part;
}

}  // namespace

std::optional<std::string> invalid(const ClusterConfig& config) {
  if (MaybeWrong why = wrong_names(config)) return why;
  if (MaybeWrong why = wrong_settings(config.settings)) return why;
  if (MaybeWrong why = wrong_given(config)) return why;
  const std::size_t nodes = config.node_names.size() + config.learner_names.size();
  for (const NodeClock& clock : config.clocks) {
    if (index_of(clock.node) >= nodes || !is_clock_rate(clock.rate)) return "a clock is of no node, or does not run";
  }
  return std::nullopt;
}

void tell_core(Settings& settings) {
  settings.core.election_timeout_min = settings.election_timeout.min;
  settings.core.slow_disk = settings.disk_delay > 0;
}

void assign(Settings& settings, Setting setting, SettingValue value) {
  assign_one(settings, setting, value);
  tell_core(settings);
}

SettingValue value_of(const Settings& settings, Setting setting) {
  switch (setting) {
    case Setting::ElectionTimeout: return {settings.election_timeout.min, settings.election_timeout.max};
    case Setting::Heartbeat: return {settings.heartbeat, 0};
    case Setting::Latency: return {settings.latency.min, settings.latency.max};
    case Setting::Loss: return {settings.loss.numerator, settings.loss.denominator};
    case Setting::Duplicate: return {settings.duplicate.numerator, settings.duplicate.denominator};
    case Setting::Batch: return {settings.core.batch, 0};
    case Setting::ClientTimeout: return {settings.client_timeout, 0};
    case Setting::ClientRetry: return {settings.client_retry ? 1 : 0, 0};
    case Setting::TimerMode: return {settings.manual_timers ? 1 : 0, 0};
    case Setting::Noop: return {settings.core.features.noop ? 1 : 0, 0};
    case Setting::FastRepair: return {settings.core.features.fast_repair ? 1 : 0, 0};
    case Setting::PreVote: return {settings.core.features.pre_vote ? 1 : 0, 0};
    case Setting::CheckQuorum: return {settings.core.features.check_quorum ? 1 : 0, 0};
    case Setting::IgnoreDisruptive: return {settings.core.features.ignore_disruptive ? 1 : 0, 0};
    case Setting::SnapshotAfter: return {settings.core.features.snapshot_after, 0};
    case Setting::Sessions: return {settings.sessions ? 1 : 0, 0};
    case Setting::MaxSessions: return {settings.max_sessions, 0};
    case Setting::DiskDelay: return {settings.disk_delay, 0};
    case Setting::Reads: return {static_cast<std::int64_t>(settings.core.features.reads), 0};
  }
  return {};
}

namespace {

bool has_nothing(const LinkSettings& link) { return !link.latency && !link.loss && !link.duplicate; }

bool is_before(const LinkSettings& link, std::pair<NodeId, NodeId> ends) { return std::pair(link.from, link.to) < ends; }

std::optional<Ratio> ratio_of(std::optional<SettingValue> value) {
  if (!value) return std::nullopt;
  return Ratio{static_cast<std::int32_t>(value->first), static_cast<std::int32_t>(value->second)};
}

void assign_one_way(Settings& settings, NodeId from, NodeId to, Setting setting, std::optional<SettingValue> value) {
  auto& links = settings.links;
  auto link = std::lower_bound(links.begin(), links.end(), std::pair(from, to), is_before);
  if (link == links.end() || link->from != from || link->to != to) {
    link = links.insert(link, LinkSettings{from, to, {}, {}, {}});
  }
  if (setting == Setting::Latency) {
    link->latency = value ? std::optional(TimeRange{value->first, value->second}) : std::nullopt;
  }
  if (setting == Setting::Loss) link->loss = ratio_of(value);
  if (setting == Setting::Duplicate) link->duplicate = ratio_of(value);
  if (has_nothing(*link)) links.erase(link);
}

}  // namespace

void assign(Settings& settings, const ChangeLink& change) {
  assign_one_way(settings, change.from, change.to, change.setting, change.value);
  if (change.direction == Direction::OneWay) return;
  assign_one_way(settings, change.to, change.from, change.setting, change.value);
}

std::optional<SettingValue> own_value(const LinkSettings& link, Setting setting) {
  const auto of_ratio = [](const std::optional<Ratio>& ratio) -> std::optional<SettingValue> {
    if (!ratio) return std::nullopt;
    return SettingValue{ratio->numerator, ratio->denominator};
  };
  if (setting == Setting::Loss) return of_ratio(link.loss);
  if (setting == Setting::Duplicate) return of_ratio(link.duplicate);
  if (setting == Setting::Latency && link.latency) return SettingValue{link.latency->min, link.latency->max};
  return std::nullopt;
}

const LinkSettings* find_link(const Settings& settings, NodeId from, NodeId to) {
  const auto& links = settings.links;
  const auto link = std::lower_bound(links.begin(), links.end(), std::pair(from, to), is_before);
  return link != links.end() && link->from == from && link->to == to ? &*link : nullptr;
}

}  // namespace raft::sim
