// What the space-time diagram remembers between frames: which part of the run it shows, what is being done in it, and
// what has been found out about that part. All of it could be lost without harm.
#pragma once

#include "ui/diagram_index.h"
#include "ui/diagram_past.h"
#include "ui/point.h"

namespace ui {

enum class DiagramTool : std::uint8_t {
  Select,  // click, pan, drag heads
  Snip,    // a click on a message drops it
  Copy,    // a click on a message duplicates it
};

struct DiagramDrag {
  enum class Kind : std::uint8_t { None, Pressed, Pan, Delay };
  Kind kind = Kind::None;
  raft::sim::MessageId head = raft::sim::no_message;  // the message whose head was pressed
  Point pressed{};
  raft::sim::Time from = 0;  // what was at the left edge then
};

/// The small menu beside the message that was clicked.
struct DiagramMenu {
  raft::sim::MessageId message = raft::sim::no_message;
  Point at{};
};

/// How much one frame had to do; a test asserts that it does not grow with the run.
struct DiagramWork {
  std::int64_t replayed = 0;  // events played again
  std::int64_t read = 0;      // records and stretches read
  std::int64_t lines = 0;     // of messages
  std::int64_t marks = 0;
  std::int64_t columns = 0;
  bool unfinished = false;    // the distant past is still being played again: there is more for the next frame
};

struct DiagramState {
  bool open = false;
  raft::sim::Time from = 0;   // at the left edge; may be before the start
  raft::sim::Time span = 0;   // 0: not chosen yet
  raft::sim::Time clock = -1; // of the frame before: where it moves, the view follows
  DiagramTool tool = DiagramTool::Select;
  DiagramDrag drag;
  DiagramMenu menu;
  DiagramIndex index;
  DiagramColumns columns;
  DiagramPast past;
  DiagramCuts cuts;
  DiagramWork work;
};

}  // namespace ui
