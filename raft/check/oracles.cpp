// What an event broke, of all that the oracles have found.
#include "raft/check/oracles.h"

#include <algorithm>

namespace raft::check {

std::vector<Property> broken_by(const Oracles& oracles, std::int64_t event, const std::vector<Property>& also) {
  const auto has = [](const std::vector<Property>& all, Property one) { return std::find(all.begin(), all.end(), one) != all.end(); };
  std::vector<Property> broken;
  for (const Violation& violation : oracles.violations()) {
    const bool told = oracles.counts(violation) || has(also, violation.property);
    if (violation.event == event && told && !has(broken, violation.property)) broken.push_back(violation.property);
  }
  return broken;
}

}  // namespace raft::check
