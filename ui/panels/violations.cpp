// Finds what is broken at the cursor in the list of all violations, which is in the order of the events.
#include "ui/panels/violations.h"

#include <algorithm>

namespace ui {

using raft::check::Violation;

namespace {

template <typename Fits>
std::vector<raft::check::Breach> breaches_where(const View& view, const Fits& fits) {
  std::vector<Violation> found;
  for (const Violation& violation : view.oracles.violations()) {
    if (fits(violation)) found.push_back(violation);
  }
  if (found.empty()) return {};
  return raft::check::breaches(found, view.run.position(), raft::check::rules_off(view.run));
}

}  // namespace

std::vector<raft::check::Breach> breaches(const View& view) {
  if (view.oracles.violations().empty()) return {};
  return raft::check::breaches(view.oracles.violations(), view.run.position(), raft::check::rules_off(view.run));
}

std::vector<raft::check::Breach> breaches_by(const View& view, raft::NodeId node) {
  return breaches_where(view, [node](const Violation& one) { return one.node == node; });
}

bool is_entry_broken(const View& view, raft::NodeId node, raft::Index index) {
  const auto found = breaches_where(view, [node, index](const Violation& one) { return one.node == node && one.entry.index == index; });
  return std::any_of(found.begin(), found.end(), [](const raft::check::Breach& one) { return !one.past; });
}

}  // namespace ui
