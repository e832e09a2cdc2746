// Settings by their number, for the tables and the language. Their defaults are in the header.
#include "raft/sim/cluster_config.h"

namespace raft::sim {

void assign(Settings& settings, Setting setting, SettingValue value) {
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
  }
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
  }
  return {};
}

}  // namespace raft::sim
