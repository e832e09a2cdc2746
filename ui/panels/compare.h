// Two runs side by side: what each of them is, and where they stop being alike.
#pragma once

#include "ui/layout.h"
#include "ui/widgets/panel.h"

namespace ui {

void draw_compare_heads(Panel& panel);

/// What the run can be compared with; empty while the list is closed.
Rect compare_list_rect(const View& view, const UiState& state, const Layout& layout);
void draw_compare_list(Panel& panel);

}  // namespace ui
