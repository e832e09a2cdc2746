// Whose a key is: what lies on top takes it, what is typed in takes letters, and the rest are commands (keys.h).
#pragma once

#include "ui/input.h"
#include "ui/widgets/panel.h"

namespace ui {

/// Nothing lies over the home screen.
bool home_has_keys(const View& view, const UiState& state);
/// The keys of this frame, each to whom it belongs.
void handle_keys(const View& view, UiState& state, const Frame& frame, FrameNotes& notes);

}  // namespace ui
