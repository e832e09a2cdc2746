// The branches as the transport draws them: lanes that share the seek bar's time, and the button with the list.
#pragma once

#include <functional>

#include "ui/panels/panels.h"

namespace ui {

using TimeToX = std::function<float(raft::sim::Time)>;

/// A lane for each branch, from where it leaves its parent; a click stands on it.
void draw_branch_lanes(Panel& panel, const Rect& rect, const TimeToX& x_of);
/// Says on which branch one stands and how many others there are, and opens the list.
void draw_branch_button(Panel& panel, const Rect& rect);

}  // namespace ui
