// What the files of the space-time diagram share. Not for use outside ui/panels/diagram*.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/diagram_scene.h"
#include "ui/panels/stage_parts.h"

namespace ui {

/// One frame of the diagram.
struct Diagram {
  Panel& panel;
  DiagramScene scene;
  DiagramHit hit;                // under the mouse
  std::vector<Rect> taken = {};  // labels keep off

  const raft::sim::World& world() const { return panel.world(); }
  const Theme& theme() const { return panel.theme(); }
  const Canvas& canvas() const { return panel.canvas; }
  DiagramState& state() { return panel.state.diagram; }
  const DiagramPast& past() const { return panel.state.diagram.past; }
  float u(float units) const { return units * scene.unit; }
  float x_of(raft::sim::Time time) const { return scene.scale.x_of(time); }
  float cursor_x() const { return x_of(scene.clock); }
  /// For a mark that reaches so many units: labels keep off it.
  void keep_free(Point middle, float units) {
    taken.push_back({middle.x - u(units), middle.y - u(units), middle.x + u(units), middle.y + u(units)});
  }
  /// Draws nothing where something is already. True if there was room.
  bool label(Point middle, std::string_view text, const TextStyle& style, Color ground);
};

// --- diagram_lanes.cpp ---
void draw_lanes(Diagram& diagram);
void draw_cut_spans(Diagram& diagram);
/// Who is together in them; over the lanes.
void draw_cut_captions(Diagram& diagram);
void draw_lane_heads(Diagram& diagram);
void draw_time_axis(Diagram& diagram);
void draw_cursor(Diagram& diagram);

// --- diagram_messages.cpp ---
void draw_message_lines(Diagram& diagram);
void draw_line_labels(Diagram& diagram);
/// With what follows the head that is dragged.
void draw_delay(Diagram& diagram);

// --- diagram_events.cpp ---
void draw_event_marks(Diagram& diagram);
void draw_columns(Diagram& diagram);
/// Timers that are due after the cursor.
void draw_due_timers(Diagram& diagram);
void tell_of_hovered(Diagram& diagram);

// --- diagram_tools.cpp ---
void draw_diagram_tools(Diagram& diagram);
void handle_diagram_mouse(Diagram& diagram);

// --- diagram_edit.cpp ---
/// What it takes to do something to a message, wherever the cursor stands.
struct MessageEdit {
  raft::sim::Intervention what;
  std::int64_t seek_to = -1;  // the event after which it is done; -1: at the cursor
  std::string refusal;        // why it would do nothing; "": it would act
};
MessageEdit plan_edit(const Panel& panel, raft::sim::MessageId id, const raft::sim::Intervention& what);
void carry_out(Panel& panel, const MessageEdit& edit);

/// What a message is about; of one that is not sent yet only what it is and whose, for it may carry what is not there yet.
/// Requires that both its ends are there.
std::string phrase_of(const Panel& panel, const PastFlight& flight);

raft::sim::MessagePick pick_message(raft::sim::MessageId id);

}  // namespace ui
