// A moment of a run as a small picture: who leads, who is cut off from whom, what is stored, what flies.
#pragma once

#include "ui/library_view.h"
#include "ui/widgets/panel.h"

namespace ui {

/// In the visual language of the stage, without its words.
void draw_still(const Panel& panel, const Rect& area, const Still& still);

}  // namespace ui
