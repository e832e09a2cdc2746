// The seek bar, which the transport draws: the whole run on one line.
#pragma once

#include "ui/panels/panels.h"

namespace ui {

void draw_seek_bar(Panel& panel, const Rect& rect);

/// Takes in what the run has grown by; costs nothing while it has not.
void refresh(SeekBarCache& cache, const raft::sim::Timeline& run);

}  // namespace ui
