// The tools of the stage: the small toolbar, and what the mouse does with each of them.
#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"

namespace ui {

Rect toolbar_rect(const Panel& panel) { return {panel.area.left + 8, panel.area.top + 8, panel.area.left + 208, panel.area.top + 40}; }
void draw_toolbar(Stage&, Rect) {}
void handle_mouse(Stage&, bool) {}
void draw_gesture(Stage&) {}
Rect menu_rect(const Stage&) { return {}; }
void draw_menu(Stage&) {}
void draw_write_prompt(Stage&) {}
void draw_legend(Stage&) {}

}  // namespace ui
