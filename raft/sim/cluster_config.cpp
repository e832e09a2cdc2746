// Settings by their number, for the tables and the language. Their defaults are in the header.
#include "raft/sim/cluster_config.h"

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

}  // namespace raft::sim
