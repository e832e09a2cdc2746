// What the files of the stage share. Not for use outside ui/panels/stage*.cpp.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/scene.h"
#include "ui/widgets/widgets.h"

namespace ui {

/// How cards are written where they are narrow: alike on all of them.
struct CardWords {
  bool short_term = false;    // "T3" for "Term 3"
  bool short_vote = false;    // "→ A" for "vote → A"
  float number = 0;           // above the log stands that of the last entry, in so much room; 0: beside the log
};

/// One frame of the stage: what is drawn, where it is, and which places are taken for the labels to come.
struct Stage {
  Panel& panel;
  Scene scene;
  Hit hit;                       // under the mouse
  bool free = false;             // the mouse is on the stage, and on nothing that lies over it
  raft::sim::Time clock = 0;     // what is shown: the run's own, unless a step is being eased
  raft::NodeSet lit = {};        // whatever the spotlight is on
  std::vector<Rect> taken = {};  // labels keep off
  CardWords cards = {};

  const raft::sim::World& world() const { return panel.world(); }
  const Theme& theme() const { return panel.theme(); }
  const Canvas& canvas() const { return panel.canvas; }
  float u(float units) const { return units * scene.unit; }
  float mark(float units) const { return units * scene.mark; }
  /// Heartbeats are quiet; in a lecture hall still to be seen.
  float quiet_alpha() const { return panel.state.room ? 0.62F : 0.4F; }
  static constexpr float smallest_zoom = 11.0F / text_small;
  /// Type grows with the stage, and never becomes smaller than 11 points.
  TextStyle type(Size size, Color color, Face face = Face::Sans) const;
  /// A share of a size, for words that may be smaller than others; in a lecture hall none may.
  float less(float share) const { return panel.state.room ? 1.0F : share; }
  bool in_focus(raft::NodeId node) const;
  /// The colour of a shape, or of words, as it is seen outside the spotlight, where it is: paler, words still readable.
  Color tone(Color color, raft::NodeId node) const;
  Color tone_of_text(Color color, raft::NodeId node) const;
  bool at_event() const { return panel.view.run.clock() == world().now; }
};

std::string term_text(const Stage& stage, raft::Term term);

// --- stage_islands.cpp ---
void draw_islands(Stage& stage);
void draw_links(Stage& stage);
void draw_island_captions(Stage& stage);

// --- stage_node.cpp, stage_plate.cpp ---
void draw_nodes(Stage& stage);
/// How long until the next election timeout, and that of the node under the mouse; what a crash has taken.
void draw_beside_nodes(Stage& stage);
CardWords card_words(const Stage& stage);
void draw_plate(Stage& stage, const NodeShape& shape);
void draw_clients(Stage& stage);
/// The ground of what is committed, entry or snapshot.
Color committed_ground(const Theme& theme);
/// One entry as a cell: its command under a band of its term's hue.
void draw_entry_cell(const Stage& stage, Rect cell, raft::Term term, const std::string& text, bool committed,
                     raft::NodeId node);

// --- stage_states.cpp ---
/// Where a label may stand, best first, and what it looks like.
struct Label {
  std::string text;
  TextStyle style;
  Color border = 0;
  Color ground = 0;  // 0: that of what floats
  std::vector<Rect> about = {};  // a line from further off ends at the nearest of these; else at the best place
};
/// Nothing that has its place already is covered by the box, and it is on the stage.
bool is_free(const Stage& stage, Rect box);
/// The middle of the nearest place that is free for a box of this size; `cost` is how much further off a box counts as.
std::optional<Point> nearest_free(const Stage& stage, Point wanted, float width, float height,
                                  const std::function<float(const Rect&)>& cost = {});
void draw_label_at(Stage& stage, Point at, const Label& label);
/// Draws it at the first place where it covers nothing, or else at the nearest that is free. False if there is none.
bool draw_label(Stage& stage, std::span<const Point> places, const Label& label);
/// The promises that a node has broken, stamped on it.
void draw_stamps(Stage& stage);
void draw_node_notes(Stage& stage);
/// Nodes that are in another state in the run beside this one.
void draw_differences(Stage& stage);
void draw_network_notes(Stage& stage);

// --- stage_messages.cpp, stage_labels.cpp ---
/// The message that this very event is about, where it is drawn: dying, or arrived where nothing leaves on its account.
struct EventMessage {
  FlightShape shape;
  bool lost = false;
};
std::optional<EventMessage> event_message(const Stage& stage);
/// Keeps the places of the messages for them: labels go elsewhere.
void reserve_messages(Stage& stage);
void draw_tails(const Stage& stage);
void draw_messages(Stage& stage);
void draw_message_labels(Stage& stage);
/// The last `length` of a message's way up to `end`, both shares of the whole, fading backwards.
void draw_fading_way(const Stage& stage, const Lane& lane, float end, float length, Stroke stroke, float alpha);
/// The line from one point to the other runs through the box, or begins in it.
bool goes_through(const Rect& box, Point from, Point to);
/// A message's shape at a place, as large as the stage's unit says.
void draw_message_shape(const Stage& stage, const raft::Message& message, Point at, float size, bool strong);
bool is_quiet(const raft::Message& message);
/// Nobody wants to see it now.
bool is_hidden(const Stage& stage, const raft::Message& message);
bool is_reply(raft::MessageType type);
std::string message_label(const Panel& panel, const raft::Message& message);
/// "A→B vote for me?": where labels crowd, a label that names both ends cannot be taken for another link's.
std::string label_with_ends(const Panel& panel, const raft::Message& message);

// --- stage_tips.cpp ---
/// Says what the part of a node under the mouse means, once it has rested there.
void explain_part(Stage& stage, Point mouse);

// --- stage_tools.cpp, stage_menu.cpp, stage_write.cpp ---
Rect toolbar_rect(const Panel& panel);
void draw_toolbar(Stage& stage, Rect toolbar);
/// A node or a message under the mouse, as the other panels know it.
Selection hovered_by(const Hit& hit);
/// What is under the mouse is lit wherever it is shown.
void point_at(Stage& stage);
void handle_mouse(Stage& stage);
void draw_gesture(Stage& stage);
Rect menu_rect(const Stage& stage);
void draw_menu(Stage& stage);
bool menu_row(Panel& panel, std::string_view id, Rect row, const ButtonStyle& style);
Rect write_prompt_rect(const Stage& stage);
void draw_write_prompt(Stage& stage);
}  // namespace ui
