// The panels of the window, one file each. A panel draws into its own rectangle, asks for actions, and decides
// nothing about the run. The stage has a header of its own, stage.h.
#pragma once

#include "ui/layout.h"
#include "ui/widgets/widgets.h"

namespace ui {

void draw_top_bar(Panel& panel);
void draw_rules_strip(Panel& panel);
void draw_log_table(Panel& panel, const Layout& layout);
void draw_inspector(Panel& panel);
void draw_events(Panel& panel);
void draw_author(Panel& panel);
void draw_safety_strip(Panel& panel);
void draw_caption(Panel& panel);
void draw_transport(Panel& panel);

// What lies over the panels. `area` is the whole window.
void draw_help(Panel& panel);
void draw_library(Panel& panel);
void draw_settings(Panel& panel);
void draw_steps(Panel& panel);        // of a walkthrough, to jump to
void draw_author_text(Panel& panel);  // the whole file

/// Where the bar with the message lies; empty if there is no message.
Rect message_bar_rect(const View& view, const Layout& layout, const Canvas& canvas);
void draw_message_bar(Panel& panel);

}  // namespace ui
