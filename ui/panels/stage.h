// The stage: nodes, their disks, messages in flight, islands and cuts, and everything that can be done to them
// with the mouse. It draws; it decides nothing about the run.
#pragma once

#include "ui/action.h"
#include "ui/point.h"
#include "ui/ui_state.h"
#include "ui/view.h"
#include "ui/widgets/panel.h"

namespace ui {

/// Draws the stage into `area` of the current Dear ImGui window's draw list and handles the mouse over it.
/// `animating` becomes true while something on it moves by itself.
void draw_stage(const View& view, UiState& state, Rect area, Actions& actions, bool& animating);

/// The same for a panel that exists already; its tooltips go where those of all panels go.
void draw_stage_panel(Panel& panel);

}  // namespace ui
