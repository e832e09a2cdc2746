// What every panel is given: the run to look at, a canvas clipped to its rectangle, and where to put what the
// person asked for. One is made for every panel and frame; nothing of it is kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/canvas.h"
#include "ui/ui.h"

namespace ui {

/// What will be said in the tooltip at the end of the frame.
struct TooltipRequest {
  std::string text;
  Rect anchor;
};

/// What was pressed for the list, the grid or the cards that have the keyboard.
struct ListKeys {
  int rows = 0;   // down, less up
  int pages = 0;
  int columns = 0;  // to the right, less to the left
  int ends = 0;     // to the first one, less than 0, or to the last
  bool erase = false;
  bool enter = false;
  bool parent = false;
};

/// Shared by the panels of one frame.
struct FrameNotes {
  FrameResult result;
  TooltipRequest tooltip;
  Selection hovered;      // becomes UiState::hovered
  std::int64_t hovered_event = -1;  // becomes UiState::hovered_event
  float clear_top = 0;    // sheets keep below this: above it is the strip of rules that are off
  bool over_seek_bar = false;
  bool over_widget = false;  // the mouse is over something that can be touched
  bool overlay = false;   // something lies over the panels: only it takes part in the keyboard's focus
  bool arrows_inside = false;  // becomes FocusState::arrows_inside
  bool activate = false;  // Enter or Space was pressed for the widget that has the focus
  ListKeys list;
  int nudge = 0;          // how often the right arrow was pressed for it, less the left one
};

struct Panel {
  const View& view;
  UiState& state;
  FrameNotes& notes;
  Canvas canvas;
  Rect area;
  bool on_top = false;  // this is the overlay
  ScrollState* scrolled = nullptr;  // what scrolls within `scroll_view`, once scroll_vertically has been called
  Rect scroll_view = {};

  const Theme& theme() const { return canvas.theme(); }
  const raft::sim::World& world() const { return view.world(); }
  /// Points at text scale 1 to points.
  float units(float n) const { return n * view.text_scale; }
  const std::string& text(std::string_view key) const { return view.words.text(key); }
  std::string text(std::string_view key, const std::vector<raft::explain::Fact>& facts) const {
    return view.words.fill(key, facts);
  }
  /// Who asks for what is asked for in this frame.
  raft::sim::Origin origin() const {
    return notes.activate || notes.nudge != 0 ? raft::sim::Origin::Key : raft::sim::Origin::Mouse;
  }
  void act(Action action) const { notes.result.actions.push_back(std::move(action)); }
  /// Whether the mouse is over this panel and nothing lies above it.
  bool has_mouse() const;
  bool has_mouse(const Rect& rect) const;
};

/// 0:01.234
std::string clock_text(raft::sim::Time time);

}  // namespace ui
