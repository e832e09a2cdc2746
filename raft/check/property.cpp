// Which nodes an event has changed. How they are checked is in the files beside this one.
#include "raft/check/property.h"

namespace raft::check {

NodeSet changed_nodes(const sim::Event& event) { return event.kind == sim::EventKind::Lose ? NodeSet{} : sim::nodes_of(event); }

std::vector<std::string> names_of(const std::vector<Property>& properties) {
  std::vector<std::string> names;
  names.reserve(properties.size());
  for (const Property property : properties) names.emplace_back(property_name(property));
  return names;
}

}  // namespace raft::check
