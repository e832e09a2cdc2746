// How the window itself behaves, as rows of the settings sheet. None of it is part of the run.
#pragma once

#include "ui/widgets/widgets.h"

namespace ui {

inline constexpr int window_row_count = 3;

/// In points; `width` is the row's.
float window_row_height(const Panel& panel, int row, float width);
void draw_window_row(Panel& panel, int row, const Rect& rect);

}  // namespace ui
