// The inspector's sheet: titles and rows of "name, value" from top to bottom. What is written on it is in
// inspector_*.cpp, one file for each kind of thing one can select.
#pragma once

#include <span>
#include <utility>
#include <vector>

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
  /// `changed`: by the event one stands at.
  void row(std::string_view name, std::string_view value, bool changed = false);
  void term_row(std::string_view name, raft::Term term, bool changed = false);
  /// Nodes, each with its term.
  void names_with_terms(std::string_view name, std::span<const std::pair<std::string_view, raft::Term>> values);
  void paragraph(std::string_view text, bool quiet = false);
  /// Why something is so, as in the list of events; with its section, if it has one.
  void because(std::string_view sentence, std::string_view section = {});
  /// Something that happened, with its time above it.
  void moment(std::string_view time, std::string_view what);
  void rule();
  /// The rectangle of the next row, which is thereby used up.
  Rect take_row(float units);
  /// Lights the row, if it is changed.
  void row_ground(const Rect& rect, bool changed);

 private:
  /// Returns the place of its value.
  Rect named_row(std::string_view name, bool changed);

  Panel& panel_;
  Point pen_;
  float width_;
};

/// A button that does something to the run. Where it would do nothing it is greyed, and says why.
struct SheetAction {
  const char* id;
  const char* icon;
  const char* text;  // a key
  raft::sim::Intervention what;
};
ButtonStyle style_of(const Panel& panel, const SheetAction& action);
void draw_sheet_action(Panel& panel, const Rect& rect, const SheetAction& action);
/// Two in a row.
void write_action_rows(Sheet& sheet, std::span<const SheetAction> actions);

void write_summary(Sheet& sheet);
void write_node(Sheet& sheet, raft::NodeId node);
void write_message(Sheet& sheet, const raft::sim::Flight& flight);
/// "What will B decide?", and the answer once somebody has asked.
void write_arrival(Sheet& sheet, const raft::sim::Flight& flight);
/// The answer belongs to one message at one place of the run, and to nobody who is to guess it.
void forget_arrival(Panel& panel);
void write_client(Sheet& sheet, raft::ClientId client);
void write_link(Sheet& sheet, raft::NodeId a, raft::NodeId b);
void write_entry(Sheet& sheet, raft::NodeId node, raft::Index index);

/// How long it is until then, seen from the clock: "12.5 ms left".
std::string time_left_text(const Panel& panel, raft::sim::Time at);
/// "A", "c1"
std::string name_of(const raft::sim::World& world, raft::Endpoint end);
/// "3 · term 2"
std::string entry_text(const Panel& panel, raft::EntryId entry);

}  // namespace ui
