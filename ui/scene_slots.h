// Where nodes may stand, without regard to what they look like: around an ellipse, or in rows. For ui/scene*.cpp only.
#pragma once

#include <cstddef>
#include <vector>

#include "raft/core/types.h"
#include "ui/point.h"

namespace ui {

/// A place for each node, from -1 to 1 in both directions around the middle, filled to the edges.
using Slots = std::vector<Point>;

/// Evenly around an ellipse, so much wider than high; islands side by side, with a gap.
Slots slots_of(const std::vector<raft::NodeSet>& islands, std::size_t count, float wide, float high);

/// Many nodes on a flat stage, in rows from the top, as one goes that ploughs: every other row backwards, so that the last
/// node of two rows stands under the first.
Slots rows_of(std::size_t count, std::size_t rows);

}  // namespace ui
