// What follows `set`: a setting of the world, of one link or of one clock, or a rule. Reading only; written in
// command_text.cpp.
#include "raft/walkthrough/commands.h"

#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

std::int64_t read_switch(WordReader& reader, std::string_view name) {
  if (reader.take("on")) return 1;
  if (reader.take("off")) return 0;
  reader.fail(std::string(name) + " is on or off" + (reader.at_end() ? "" : ", not '" + reader.peek().text + "'"));
}

/// By its kind alone.
sim::SettingValue read_value_of_kind(WordReader& reader, const sim::SettingInfo& info) {
  const std::string_view name = info.name;
  switch (info.kind) {
    case sim::SettingKind::Range: {
      const sim::TimeRange range = read_range(reader, name);
      return {range.min, range.max};
    }
    case sim::SettingKind::Duration: return {read_duration(reader, name), 0};
    case sim::SettingKind::Probability: {
      const sim::Ratio ratio = read_ratio(reader, name);
      return {ratio.numerator, ratio.denominator};
    }
    case sim::SettingKind::Count: return {read_number(reader, name, 1, sim::max_batch), 0};
    case sim::SettingKind::CountOrOff:
      if (reader.take("off")) return {0, 0};
      return {read_number(reader, std::string(name) + " is off, or", 1, sim::max_counted), 0};
    case sim::SettingKind::Switch: return {read_switch(reader, name), 0};
    case sim::SettingKind::Reads:
      if (reader.take("log")) return {static_cast<int>(ReadMode::ThroughLog), 0};
      if (reader.take("index")) return {static_cast<int>(ReadMode::ReadIndex), 0};
      if (reader.take("lease")) return {static_cast<int>(ReadMode::Lease), 0};
      reader.fail("reads are log, index or lease" + (reader.at_end() ? "" : ", not '" + reader.peek().text + "'"));
    case sim::SettingKind::Timers:
      if (reader.take("auto")) return {0, 0};
      if (reader.take("manual")) return {1, 0};
      reader.fail("timers are auto or manual" + (reader.at_end() ? "" : ", not '" + reader.peek().text + "'"));
  }
  return {};
}

sim::SettingValue read_setting_value(WordReader& reader, const sim::SettingInfo& info) {
  const int column = reader.peek().column;
  const sim::SettingValue value = read_value_of_kind(reader, info);
  if (const auto why = sim::invalid(info.setting, value)) throw Problem{column, std::string(info.name) + " " + *why};
  return value;
}

sim::Intervention read_rule(WordReader& reader) {
  const Word& word = reader.peek();
  const std::optional<Rule> rule = rule_from_name(word.text);
  if (!rule) {
    std::vector<std::string> rules;
    rules.reserve(rule_table.size());
    for (const RuleInfo& info : rule_table) rules.emplace_back(info.name);
    reader.fail((reader.at_end() ? "expected a rule" : "there is no rule '" + word.text + "'") + "; " +
                suggestion(word.text, rules));
  }
  reader.next();
  return sim::ChangeRule{*rule, read_switch(reader, "a rule") != 0};
}

/// A -> B or A B, after the name of a setting that a link may have of its own; then its value, or `default`.
sim::Intervention read_link_setting(WordReader& reader, const Names& names, const sim::SettingInfo& info) {
  sim::ChangeLink change;
  change.setting = info.setting;
  const Link link = read_link(reader, names, info.name);
  change.from = link.from;
  change.to = link.to;
  change.direction = link.direction;
  if (!reader.take("default")) change.value = read_setting_value(reader, info);
  return change;
}

sim::Intervention read_clock(WordReader& reader, const Names& names) {
  sim::SetClock clock;
  clock.node = read_node(reader, names, "clock");
  const int column = reader.peek().column;
  clock.rate = read_ratio(reader, "the rate of a clock");
  if (clock.rate.numerator == 0) throw Problem{column, "a clock does not stand still"};
  return clock;
}

}  // namespace

sim::Intervention read_setting(WordReader& reader, const Names& names) {
  if (reader.take("rule")) return read_rule(reader);
  if (reader.take("clock")) return read_clock(reader, names);
  const Word& word = reader.peek();
  for (const sim::SettingInfo& info : sim::setting_table) {
    if (word.text != info.name) continue;
    reader.next();
    if (sim::is_of_links(info.setting) && looks_like_node(reader.peek())) return read_link_setting(reader, names, info);
    return sim::ChangeSetting{info.setting, read_setting_value(reader, info)};
  }
  std::vector<std::string> known;
  known.reserve(sim::setting_table.size() + 2);
  for (const sim::SettingInfo& info : sim::setting_table) known.emplace_back(info.name);
  known.emplace_back("rule");
  known.emplace_back("clock");
  reader.fail((reader.at_end() ? "expected a setting" : "there is no setting '" + word.text + "'") + "; " +
              suggestion(word.text, known));
}

}  // namespace raft::walkthrough
