// Finds what is broken at the cursor in the list of all violations, which is in the order of the events.
#include "ui/panels/violations.h"

#include <cctype>

namespace ui {

using raft::check::Property;
using raft::check::Violation;

std::string as_key(std::string_view name) {
  std::string key(name);
  for (char& c : key) c = c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return key;
}

const std::string& property_title(const View& view, Property property) {
  return view.words.text("property." + as_key(raft::check::property_name(property)));
}

std::vector<raft::check::Breach> breaches(const View& view) {
  return raft::check::breaches(view.oracles.violations(), view.run.position(), raft::check::rules_on_again(view.run));
}

bool clients_breach_is_past(const View& view) {
  // Who steps from event to event switches the rule on at the very time of the last answer: that one came before.
  const std::optional<raft::sim::RunPlace> on_again = raft::check::rules_on_again(view.run);
  return on_again && view.clients.shown_at <= on_again->clock;
}

std::optional<Violation> entry_violation(const View& view, raft::NodeId node, raft::Index index) {
  return first_violation_where(
      view, [node, index](const Violation& one) { return one.node == node && one.entry.index == index; });
}

}  // namespace ui
