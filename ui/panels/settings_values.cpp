// Numbers of settings. Every table here names settings by the enumerators of cluster_config.h.
#include "ui/panels/settings_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "raft/explain/explain.h"

namespace ui {

namespace {

using raft::sim::Setting;
using raft::sim::SettingKind;
using raft::sim::SettingValue;
using namespace raft::sim;

constexpr std::int64_t hundred_percent = 10'000;  // hundredths of a percent
constexpr Time longest_time = 3'600'000'000'000;

struct Span {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

/// What the slider reaches; more can be typed.
Span slider_span(Setting setting) {
  switch (setting) {
    case Setting::ElectionTimeout: return {10_ms, 1_s};
    case Setting::Heartbeat: return {5_ms, 500_ms};
    case Setting::Latency: return {0, 200_ms};
    case Setting::ClientTimeout: return {100_ms, 10_s};
    case Setting::DiskDelay: return {0, 200_ms};
    case Setting::Batch: return {1, 64};
    case Setting::SnapshotAfter: return {0, 100};
    case Setting::MaxSessions: return {0, 20};
    default: break;
  }
  return kind_of(setting) == SettingKind::Probability ? Span{0, hundred_percent / 2} : Span{0, 100};
}

/// What the language allows.
Span limits(Setting setting) {
  switch (kind_of(setting)) {
    case SettingKind::Range: return {setting == Setting::ElectionTimeout ? 1_ms : 0, longest_time};
    case SettingKind::Duration: return {setting == Setting::DiskDelay ? 0 : 1_ms, longest_time};
    case SettingKind::Probability: return {0, hundred_percent};
    case SettingKind::Count: return {1, raft::sim::max_batch};
    case SettingKind::CountOrOff: return {0, raft::sim::max_counted};
    default: return {0, 2};
  }
}

bool is_time(Setting setting) {
  return kind_of(setting) == SettingKind::Range || kind_of(setting) == SettingKind::Duration;
}

/// Between two numbers that a person would name.
std::int64_t step_at(Setting setting, std::int64_t number) {
  if (is_time(setting)) {
    if (number < 10_ms) return 500;
    if (number < 100_ms) return 1_ms;
    return number < 1_s ? 10_ms : 100_ms;
  }
  if (kind_of(setting) == SettingKind::Probability) return number < 1000 ? 50 : 100;
  return number < 100 ? 1 : 10;
}

std::int64_t readable(Setting setting, std::int64_t number) {
  const std::int64_t step = step_at(setting, number);
  return (number + step / 2) / step * step;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The number at the front of `text`, which it loses.
std::optional<double> take_number(std::string_view& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(number)) return std::nullopt;
  text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return number;
}

std::optional<double> factor_of(Setting setting, std::string_view unit) {
  if (!is_time(setting)) return unit.empty() ? std::optional(1.0) : std::nullopt;
  if (unit.empty() || unit == "ms") return 1'000.0;
  if (unit == "s") return 1'000'000.0;
  if (unit == "us" || unit == "µs") return 1.0;
  if (unit == "min") return 60'000'000.0;
  return std::nullopt;
}

std::optional<double> read_share(std::string_view text) {
  const std::optional<double> number = take_number(text);
  if (!number) return std::nullopt;
  if (text.empty() || text == "%") return *number * 100;
  if (text.front() != '/') return std::nullopt;
  text = trimmed(text.substr(1));
  const std::optional<double> of = take_number(text);
  if (!of || *of <= 0 || !text.empty()) return std::nullopt;
  return *number / *of * hundred_percent;
}

std::optional<double> read_plain(Setting setting, std::string_view text) {
  const std::optional<double> number = take_number(text);
  const std::optional<double> factor = factor_of(setting, text);
  if (!number || !factor) return std::nullopt;
  if (!is_time(setting) && *number != std::floor(*number)) return std::nullopt;
  return *number * *factor;
}

SettingValue share(std::int64_t number) {
  if (number <= 0) return {0, 1};
  std::int64_t of = hundred_percent;
  for (const std::int64_t prime : {2, 5}) {
    while (number % prime == 0 && of % prime == 0) number /= prime, of /= prime;
  }
  return {number, of};
}

}  // namespace

SettingGroup group_of(Setting setting) {
  switch (setting) {
    case Setting::Latency:
    case Setting::Loss:
    case Setting::Duplicate: return SettingGroup::Network;
    case Setting::ElectionTimeout:
    case Setting::Heartbeat:
    case Setting::TimerMode: return SettingGroup::Time;
    case Setting::Sessions:
    case Setting::MaxSessions:
    case Setting::ClientTimeout:
    case Setting::ClientRetry: return SettingGroup::Clients;
    case Setting::DiskDelay: return SettingGroup::Disk;
    default: return SettingGroup::Features;
  }
}

SettingKind kind_of(Setting setting) { return raft::sim::info_of(setting).kind; }

SettingValue default_of(Setting setting) { return value_of(Settings{}, setting); }

std::int64_t number_of(Setting setting, SettingValue value, bool second) {
  if (kind_of(setting) != SettingKind::Probability) return second ? value.second : value.first;
  return (value.first * hundred_percent + value.second / 2) / std::max<std::int64_t>(value.second, 1);
}

SettingValue with_number(Setting setting, SettingValue value, bool second, std::int64_t number) {
  const Span allowed = limits(setting);
  number = std::clamp(number, allowed.least, allowed.most);
  if (kind_of(setting) == SettingKind::Probability) return share(number);
  if (kind_of(setting) != SettingKind::Range) return {number, 0};
  return second ? SettingValue{std::min(value.first, number), number}
                : SettingValue{number, std::max(value.second, number)};
}

float slider_place(Setting setting, std::int64_t number) {
  const Span span = slider_span(setting);
  const auto share = static_cast<float>(number - span.least) / static_cast<float>(span.most - span.least);
  return std::sqrt(std::clamp(share, 0.0F, 1.0F));
}

std::int64_t slider_number(Setting setting, float place) {
  const Span span = slider_span(setting);
  const float at = std::clamp(place, 0.0F, 1.0F);
  const auto number = span.least + std::llround(at * at * static_cast<float>(span.most - span.least));
  return std::clamp(readable(setting, number), span.least, span.most);
}

std::int64_t nudged(Setting setting, std::int64_t number, int by) {
  const std::int64_t step = step_at(setting, by < 0 ? number - 1 : number);
  return readable(setting, number) + by * step;
}

std::string number_text(Setting setting, std::int64_t number) {
  if (is_time(setting)) return raft::explain::time_text(number);
  if (kind_of(setting) != SettingKind::Probability) return number == 0 ? "" : std::to_string(number);
  std::string text = std::to_string(number / 100);
  if (number % 100 != 0) {
    text += "." + std::to_string(number % 100 + 100).substr(1);
    if (text.back() == '0') text.pop_back();
  }
  return text + " %";
}

std::optional<std::int64_t> read_number(Setting setting, std::string_view typed) {
  const std::string_view text = trimmed(typed);
  if (kind_of(setting) == SettingKind::CountOrOff && (text == "off" || text == "0")) return 0;
  const std::optional<double> number =
      kind_of(setting) == SettingKind::Probability ? read_share(text) : read_plain(setting, text);
  const Span allowed = limits(setting);
  if (!number || *number < static_cast<double>(allowed.least) || *number > static_cast<double>(allowed.most)) {
    return std::nullopt;
  }
  return std::llround(*number);
}

}  // namespace ui
