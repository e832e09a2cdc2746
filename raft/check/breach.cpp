// What a rule that was off has broken is past once it is on; what was broken with every rule on is not.
#include "raft/check/breach.h"

#include <algorithm>
#include <array>
#include <variant>

namespace raft::check {

namespace {

bool is_past(const std::vector<RulesOff>& off, std::int64_t event) {
  return std::any_of(off.begin(), off.end(), [event](const RulesOff& one) { return one.from <= event && event < one.until; });
}

}  // namespace

std::vector<RulesOff> rules_off(const sim::Timeline& run) {
  Rules rules = run.config().settings.core.rules;
  std::vector<RulesOff> ended;
  std::int64_t since = 0;
  for (const sim::Act& act : run.acts()) {
    if (act.number > run.position()) break;
    const auto* change = std::get_if<sim::ChangeRule>(&act.what);
    if (change == nullptr) continue;
    const bool were_on = rules.all_on();
    rules.set(change->rule, change->on);
    if (were_on && !rules.all_on()) since = act.number;
    if (!were_on && rules.all_on()) ended.push_back({since, act.number});
  }
  return ended;
}

std::vector<Breach> breaches(const std::vector<Violation>& found, std::int64_t event, const std::vector<RulesOff>& off) {
  std::array<std::optional<Breach>, property_table.size()> by_property;
  for (const Violation& violation : found) {
    if (violation.event > event) break;
    std::optional<Breach>& breach = by_property[static_cast<std::size_t>(violation.property)];
    if (breach && !breach->past) continue;
    const bool past = is_past(off, violation.event);
    if (!breach || !past) breach = Breach{violation, past};
  }
  std::vector<Breach> broken;
  for (const std::optional<Breach>& breach : by_property) {
    if (breach) broken.push_back(*breach);
  }
  return broken;
}

std::optional<ClientsBreach> clients_breach(const Linearizability& found, const History& history, std::int64_t event,
                                            const std::vector<RulesOff>& off) {
  std::optional<ClientsBreach> breach;
  for (const Anomaly& anomaly : found.anomalies) {
    const std::int64_t shown_by = history.operation(anomaly.operation).ended_by;
    if (shown_by > event) continue;
    const bool past = is_past(off, shown_by);
    if (!breach || (breach->past && !past)) breach = ClientsBreach{anomaly, past};
  }
  return breach;
}

Broken broken_at_cursor(const sim::Timeline& run, const std::vector<Violation>& violations,
                        const Linearizability& found, const History& history) {
  const std::vector<RulesOff> off = rules_off(run);
  return {breaches(violations, run.position(), off), clients_breach(found, history, run.position(), off)};
}

}  // namespace raft::check
