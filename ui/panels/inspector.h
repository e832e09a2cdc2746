// The inspector's sheet: titles and rows of "name, value" from top to bottom. What is written on it is in
// inspector_*.cpp, one file for each kind of thing one can select.
#pragma once

#include "ui/panels/panels.h"

namespace ui {

class Sheet {
 public:
  Sheet(Panel& panel, Point top_left, float width) : panel_(panel), pen_(top_left), width_(width) {}

  Panel& panel() { return panel_; }
  Point pen() const { return pen_; }
  float width() const { return width_; }
  void skip(float units) { pen_.y += panel_.units(units); }

  /// A large name, and quiet words behind it.
  void headline(std::string_view name, std::string_view about);
  void title(std::string_view text, std::string_view about = {});
  /// `changed`: by the event one stands at.
  void row(std::string_view name, std::string_view value, bool changed = false);
  void term_row(std::string_view name, raft::Term term, bool changed = false);
  void paragraph(std::string_view text, bool quiet = false);
  void rule();
  /// The rectangle of the next row, which is thereby used up.
  Rect take_row(float units);

 private:
  void row_ground(const Rect& rect, bool changed);

  Panel& panel_;
  Point pen_;
  float width_;
};

void write_summary(Sheet& sheet);
void write_node(Sheet& sheet, raft::NodeId node);
void write_message(Sheet& sheet, const raft::sim::Flight& flight);
void write_entry(Sheet& sheet, raft::NodeId node, raft::Index index);

/// "A", "c1"
std::string name_of(const raft::sim::World& world, raft::Endpoint end);
/// "3 · term 2"
std::string entry_text(const Panel& panel, raft::EntryId entry);

}  // namespace ui
