// What of the promises is broken at the cursor, or was: who goes back sees them hold again. How they are found is in raft/check.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/check/breach.h"
#include "raft/check/property.h"
#include "ui/view.h"

namespace ui {

/// "Election Safety" to the end of its key in the texts, election_safety.
std::string as_key(std::string_view name);

const std::string& property_title(const View& view, raft::check::Property property);

/// Every promise that has been broken up to the cursor, as the safety strip and the stamps on the stage tell of it.
std::vector<raft::check::Breach> breaches(const View& view);
/// The same of what the clients were told, if no order explains it.
bool clients_breach_is_past(const View& view);
/// The first violation up to the cursor for which `fits` is true.
template <typename Fits>
std::optional<raft::check::Violation> first_violation_where(const View& view, const Fits& fits) {
  for (const raft::check::Violation& violation : view.oracles.violations()) {
    if (violation.event > view.run.position()) break;
    if (fits(violation)) return violation;
  }
  return std::nullopt;
}
/// The first that has to do with the entry at `index` of the node's log.
std::optional<raft::check::Violation> entry_violation(const View& view, raft::NodeId node, raft::Index index);

}  // namespace ui
