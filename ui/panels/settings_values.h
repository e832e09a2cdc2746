// The settings as numbers that a slider, an arrow key or a typed word can change: groups, scales, readable steps.
// No drawing; what a setting means is in raft/sim/cluster_config.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "raft/sim/cluster_config.h"

namespace ui {

enum class SettingGroup : std::uint8_t { Network, Time, Features, Clients, Disk };
inline constexpr int setting_group_count = 5;

SettingGroup group_of(raft::sim::Setting setting);

/// A whole number that one control changes: µs, entries, or hundredths of a percent. `second` is the end of a range.
std::int64_t number_of(raft::sim::Setting setting, raft::sim::SettingValue value, bool second);
/// The value with that number in place of the old one, within the limits of the language; a range never ends before
/// it starts.
raft::sim::SettingValue with_number(raft::sim::Setting setting, raft::sim::SettingValue value, bool second,
                                    std::int64_t number);

/// Where on its slider a number stands, from 0 to 1; small numbers have more room than large ones.
float slider_place(raft::sim::Setting setting, std::int64_t number);
/// The readable number nearest to a place.
std::int64_t slider_number(raft::sim::Setting setting, float place);
/// The next readable number, or the one before.
std::int64_t nudged(raft::sim::Setting setting, std::int64_t number, int by);

/// "150 ms", "2.5 %", "16"; "" for a count that is off.
std::string number_text(raft::sim::Setting setting, std::int64_t number);
/// What was typed: "150", "150ms", "2.5 ms", "1s", "5%", "1/20", "16", "off"; a bare time is in ms, a bare share in
/// percent. nullopt if it is no value of the setting.
std::optional<std::int64_t> read_number(raft::sim::Setting setting, std::string_view typed);

raft::sim::SettingKind kind_of(raft::sim::Setting setting);
raft::sim::SettingValue default_of(raft::sim::Setting setting);

}  // namespace ui
