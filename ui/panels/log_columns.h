// Numbers beside the logs: what each node knows to be committed, what the leader believes of it, and what its state
// machine holds. Only where the logs leave room for them.
#pragma once

#include "ui/widgets/widgets.h"

namespace ui {

/// How wide the columns are that fit beside logs that need `wanted` of `room`; 0: none.
float log_columns_width(const Panel& panel, float room, float wanted);
/// Their titles; `rect` is the line above the rows.
void draw_log_column_titles(const Panel& panel, const Rect& rect);
/// Those of one node. `leader`: whose next and match are shown, where this node follows it; or no_node.
void draw_log_columns(Panel& panel, const Rect& rect, raft::NodeId node, raft::NodeId leader);

}  // namespace ui
