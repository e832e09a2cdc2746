// Draws one frame of the window and returns what the person asked for. Never changes the run: a test compares
// the world's hash before and after.
#pragma once

#include <span>

#include "ui/action.h"
#include "ui/input.h"
#include "ui/ui_state.h"
#include "ui/view.h"

namespace ui {

struct Frame {
  float width = 0;   // points
  float height = 0;
  std::span<const KeyPress> keys;
};

struct FrameResult {
  Actions actions;
  bool animating = false;  // something moves by itself (an easing, a drag): draw another frame at once
};

/// In room mode all type is this much larger, so that the smallest is at least 1/36 of the window's height; fonts are
/// to be built for it.
float room_factor(float height, float text_scale);

FrameResult draw_window(const View& view, UiState& state, const Frame& frame);

}  // namespace ui
