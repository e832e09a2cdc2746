// The sign of a recording that is under way: in the top bar, and in room mode over the stage.
#pragma once

#include "ui/panels/panels.h"

namespace ui {

float recording_width(const View& view, const Canvas& canvas);
/// A click on it stops the recording.
void draw_recording(Panel& panel, const Rect& rect);

}  // namespace ui
