// What a rule that was off has broken is past once it is on, but what is broken after that is broken.
#include "raft/check/breach.h"

#include <array>
#include <variant>

namespace raft::check {

std::optional<sim::RunPlace> rules_on_again(const sim::Timeline& run) {
  Rules rules = run.config().settings.core.rules;
  std::optional<sim::RunPlace> place;
  for (const sim::Act& act : run.acts()) {
    if (act.number > run.position()) break;
    const auto* change = std::get_if<sim::ChangeRule>(&act.what);
    if (change == nullptr) continue;
    const bool were_on = rules.all_on();
    rules.set(change->rule, change->on);
    if (!rules.all_on()) place.reset();
    if (!were_on && rules.all_on()) place = {act.number, act.at};
  }
  return place;
}

std::vector<Breach> breaches(const std::vector<Violation>& found, std::int64_t event,
                             const std::optional<sim::RunPlace>& on_again) {
  std::array<std::optional<Breach>, property_table.size()> by_property;
  for (const Violation& violation : found) {
    if (violation.event > event) break;
    const bool past = on_again && violation.event < on_again->event;
    std::optional<Breach>& breach = by_property[static_cast<std::size_t>(violation.property)];
    if (!breach || (breach->past && !past)) breach = Breach{violation, past};
  }
  std::vector<Breach> broken;
  for (const std::optional<Breach>& breach : by_property) {
    if (breach) broken.push_back(*breach);
  }
  return broken;
}

}  // namespace raft::check
