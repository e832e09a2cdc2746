// The space-time diagram: a lane for each node, time from left to right, messages as slanted lines.
#pragma once

#include "ui/panels/panels.h"

namespace ui {

void draw_diagram(Panel& panel);

/// The menu beside a message that was clicked; it lies above the panels. `panel` is the diagram's.
Rect diagram_menu_rect(const Panel& panel);
void draw_diagram_menu(Panel& panel);

}  // namespace ui
