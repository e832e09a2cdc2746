// The sheet that lies over the window, for the start screen and the list of keys: a veil, a shadow, a title, a cross.
#pragma once

#include "ui/panels/panels.h"

namespace ui {

/// Between the sheet and what is on it, in units.
inline constexpr float sheet_edge = 40;

/// Draws the veil and the sheet in the middle of the panel; sizes in units, made smaller where they must be.
Rect overlay_sheet(Panel& panel, float width, float height);
/// Draws the title and the cross; true when the sheet is to be closed, also by a click beside it.
bool overlay_close(Panel& panel, const Rect& sheet, std::string_view title);

}  // namespace ui
