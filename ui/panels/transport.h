// The seek bar, which the transport draws: the whole run on one line.
#pragma once

#include "ui/panels/panels.h"

namespace ui {

void draw_seek_bar(Panel& panel, const Rect& rect);

/// What its marks mean, while the mouse is over it; it lies above the panels. `panel` is the transport's.
Rect seek_legend_rect(const Panel& panel);
void draw_seek_legend(Panel& panel);

/// Takes in what the run has grown by; costs nothing while it has not. False: there is more for the next picture.
bool refresh(SeekBarCache& cache, const raft::sim::Timeline& run);

}  // namespace ui
