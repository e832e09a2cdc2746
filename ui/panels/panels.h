// The panels of the window, one file each. A panel draws into its own rectangle, asks for actions, and decides
// nothing about the run. The stage has a header of its own, stage.h.
#pragma once

#include "ui/input.h"
#include "ui/layout.h"
#include "ui/widgets/widgets.h"

namespace ui {

/// The sign of the program.
void draw_mark(const Panel& panel, Point center, float size);
void draw_top_bar(Panel& panel);
void draw_rules_strip(Panel& panel);
void draw_log_table(Panel& panel, const Layout& layout);
void draw_inspector(Panel& panel);
void draw_upcoming(Panel& panel);
void draw_events(Panel& panel);
void draw_author(Panel& panel);
void draw_legend_column(Panel& panel);
void draw_safety_strip(Panel& panel);
void draw_caption(Panel& panel, const Layout& layout);
void draw_transport(Panel& panel);

// What lies over the panels. `area` is the whole window.
void draw_help(Panel& panel);
void draw_home(Panel& panel);
void draw_settings(Panel& panel);
void draw_file_dialog(Panel& panel);

/// Under the top bar, in the middle; as high as what it offers.
Rect palette_rect(const View& view, const Layout& layout, float width);
void draw_palette(Panel& panel);
void draw_state_text(Panel& panel);
/// Arrows, Tab and Enter belong to the palette while it is open; so do all letters. False: the key is not for it.
bool palette_takes(Palette& palette, const View& view, const KeyPress& press);

void draw_name_prompt(Panel& panel);
/// A crash has left a recording behind, and nobody has said yet what is to become of it.
bool asks_about_recovery(const View& view, const UiState& state);
/// A sheet, a list or the palette: then only it takes part in the keyboard's focus (ui.cpp).
bool lies_over_panels(const View& view, const UiState& state);
void draw_recovery(Panel& panel);

/// Where there is no column for the legend; empty while it is closed.
Rect legend_card_rect(const View& view, const UiState& state, const Layout& layout);
void draw_legend_card(Panel& panel);

/// The list of branches; empty while it is closed.
Rect branch_list_rect(const View& view, const UiState& state, const Layout& layout);
void draw_branch_list(Panel& panel);

/// In room mode, where there is no top bar; empty while nothing is recorded.
Rect recording_mark_rect(const View& view, const Layout& layout, const Canvas& canvas);
void draw_recording_mark(Panel& panel);
void draw_steps(Panel& panel);        // of a walkthrough, to jump to
void draw_author_text(Panel& panel);  // the whole file

/// Where the bar with the message lies; empty if there is no message.
Rect message_bar_rect(const View& view, const Layout& layout, const Canvas& canvas);
void draw_message_bar(Panel& panel);

}  // namespace ui
