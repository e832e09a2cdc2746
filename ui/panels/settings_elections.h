// How long clusters like this one take to elect a leader: a card of the settings sheet, below the timers.
#pragma once

#include "ui/widgets/widgets.h"

namespace ui {

/// Draws the card from `top_left` down; returns where it ends.
float draw_elections(Panel& panel, Point top_left, float width);

}  // namespace ui
