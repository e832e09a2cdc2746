// Finds what is broken at the cursor in the list of all violations, which is in the order of the events.
#include "ui/panels/violations.h"

#include <algorithm>
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

std::optional<Violation> first_violation(const View& view, Property property) {
  return first_violation_where(view, [property](const Violation& one) { return one.property == property; });
}

bool rules_are_on_again(const View& view) {
  if (!view.world().settings.core.rules.all_on()) return false;
  if (!view.run.config().settings.core.rules.all_on()) return true;
  const std::vector<raft::sim::Act>& acts = view.run.acts();
  return std::any_of(acts.begin(), acts.end(), [&view](const raft::sim::Act& act) {
    const auto* change = std::get_if<raft::sim::ChangeRule>(&act.what);
    return change != nullptr && !change->on && act.number <= view.run.position();
  });
}

std::optional<Violation> entry_violation(const View& view, raft::NodeId node, raft::Index index) {
  return first_violation_where(
      view, [node, index](const Violation& one) { return one.node == node && one.entry.index == index; });
}

}  // namespace ui
