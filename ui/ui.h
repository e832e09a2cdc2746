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

/// In room mode all type is this much larger; fonts are to be built for it.
inline constexpr float room_factor = 2;

FrameResult draw_window(const View& view, UiState& state, const Frame& frame);

}  // namespace ui
