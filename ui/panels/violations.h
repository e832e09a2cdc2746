// What of the promises is broken at the cursor: who goes back sees them hold again. How they are found is in raft/check.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "raft/check/property.h"
#include "ui/view.h"

namespace ui {

/// "Election Safety" to the end of its key in the texts, election_safety.
std::string as_key(std::string_view name);

const std::string& property_title(const View& view, raft::check::Property property);

/// The first violation of the property up to the cursor.
std::optional<raft::check::Violation> first_violation(const View& view, raft::check::Property property);
/// The first for which `fits` is true.
template <typename Fits>
std::optional<raft::check::Violation> first_violation_where(const View& view, const Fits& fits) {
  for (const raft::check::Violation& violation : view.oracles.violations()) {
    if (violation.event > view.run.position()) break;
    if (fits(violation)) return violation;
  }
  return std::nullopt;
}
/// A rule was off in this run, and all are on at the cursor: what has been broken is past.
bool rules_are_on_again(const View& view);
/// The first that has to do with the entry at `index` of the node's log.
std::optional<raft::check::Violation> entry_violation(const View& view, raft::NodeId node, raft::Index index);

}  // namespace ui
