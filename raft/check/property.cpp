// Which nodes an event has changed, and which promises it broke. How they are checked is in the files beside this one.
#include "raft/check/property.h"

namespace raft::check {

NodeSet changed_nodes(const sim::Event& event) { return event.kind == sim::EventKind::Lose ? NodeSet{} : sim::nodes_of(event); }

std::vector<Property> broken_by(const std::vector<Violation>& found, std::int64_t event) {
  std::vector<Property> broken;
  for (const Violation& violation : found) {
    const bool known = std::find(broken.begin(), broken.end(), violation.property) != broken.end();
    if (violation.event == event && !known) broken.push_back(violation.property);
  }
  return broken;
}

std::vector<std::string> names_of(const std::vector<Property>& properties) {
  std::vector<std::string> names;
  for (const Property property : properties) names.emplace_back(property_name(property));
  return names;
}

}  // namespace raft::check
