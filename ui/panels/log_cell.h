// One entry of one node's log, as a cell. The stage's plates and the log table say the same with the same marks.
#pragma once

#include <string>

#include "ui/widgets/widgets.h"

namespace ui {

enum class CellState {
  Committed,  // solid, closed corner
  Stored,     // hatched
  OnItsWay,   // ghost with how many hold it
  Missing,    // ghost
  Deleted,    // by the event one stands at: torn
};

struct CellContent {
  CellState state{};
  raft::Term term = 0;
  std::string text = {};  // the command, or "2/5"
  std::string replaced = {};  // what the event one stands at has deleted here, with its term: 1:x; "": nothing
  bool selected = false;
  bool hovered = false;
  bool broken = false;  // a promise is broken by it
};

void draw_log_cell(const Panel& panel, const Rect& rect, const CellContent& content);
void draw_log_legend(const Panel& panel, const Rect& rect);

}  // namespace ui
