// Where every panel of the window is: a pure function of its size, the text scale and what there is to show.
// No drawing, no state.
#pragma once

#include "raft/core/types.h"
#include "ui/point.h"

namespace ui {

/// Of the list of what happens next, in units.
inline constexpr float upcoming_head = 36;
inline constexpr float upcoming_row = 26;
/// Back and Next are so high.
inline constexpr float caption_button = 40;

struct LayoutInput {
  float width = 0;  // points
  float height = 0;
  float text_scale = 1;
  int nodes = 5;
  raft::Index log_length = 0;
  float right_width = 0;  // as dragged by hand; 0: by the layout
  float log_height = 0;
  float diagram_height = 0;  // the same
  bool diagram = false;      // the space-time diagram is open, in the place of the log table
  bool room = false;
  bool branches = false;   // there are several futures: they have lanes under the seek bar
  bool compare = false;  // two runs share the middle; there is no right column
  bool picked = false;   // something is, and the inspector tells of it
  bool author = false;  // a walkthrough is being written: its panel takes the right column
  bool legend = false;   // it is open: it takes the right column, unless that is the author's
  bool rules_off = false;  // some rule is switched off: the strip that says so has its place in every window
};

/// The panels fill the window and do not overlap; an empty rectangle is a panel that has no room.
/// The splitters lie over the edges that they move. The stage has no room only beside a diagram in a small window.
struct Layout {
  Rect top_bar;
  Rect rules;  // the strip of rules that are off
  Rect compare;  // the heads of two runs, above their stages
  Rect stage;
  Rect other_stage;
  Rect log;
  Rect other_log;
  Rect diagram;
  Rect inspector;
  Rect upcoming;  // what happens next
  Rect events;
  Rect author;
  Rect legend;  // beside the stage
  Rect safety;
  Rect caption;
  float buttons_middle = 0;  // of Back and Next, which stay where they are when branches push the caption up
  Rect transport;
  Rect log_splitter;
  Rect right_splitter;
  float log_row = 0;  // height of a node's row in the log table
  bool log_legend = true;
};

Layout make_layout(const LayoutInput& input);

/// Above and below the rows of the log table, in points at text scale 1.
inline constexpr float log_header = 32;
inline constexpr float log_footer = 36;
inline constexpr float log_bare_footer = 12;  // without the legend

constexpr bool is_empty(const Rect& rect) { return rect.width() <= 0 || rect.height() <= 0; }

}  // namespace ui
