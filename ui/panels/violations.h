// What of the promises is broken at the cursor, or was: who goes back sees them hold again. How they are found is in raft/check.
#pragma once

#include <vector>

#include "raft/check/breach.h"
#include "raft/check/property.h"
#include "ui/view.h"

namespace ui {

/// Every promise that has been broken up to the cursor, as the safety strip and the stamps on the stage tell of it.
std::vector<raft::check::Breach> breaches(const View& view);
/// Whether the entry at `index` of the node's log has to do with a violation that is not past.
bool is_entry_broken(const View& view, raft::NodeId node, raft::Index index);
/// Of each promise that this node broke.
std::vector<raft::check::Breach> breaches_by(const View& view, raft::NodeId node);

}  // namespace ui
