// The stage: nodes, their disks, messages in flight, islands and cuts, and everything that can be done to them
// with the mouse. It draws; it decides nothing about the run.
#pragma once

#include "ui/action.h"
#include "ui/point.h"
#include "ui/ui_state.h"
#include "ui/view.h"

namespace ui {

/// Draws the stage into `area` of the current Dear ImGui window's draw list and handles the mouse over it.
/// `animating` becomes true while something on it moves by itself.
void draw_stage(const View& view, UiState& state, Rect area, Actions& actions, bool& animating);

}  // namespace ui
