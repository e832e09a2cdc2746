// What happened on the lanes of the space-time diagram, as marks; what is due after the cursor; and the words for what
// the mouse is over.
#include <imgui.h>

#include <algorithm>
#include <array>

#include "ui/panels/diagram_parts.h"

namespace ui {

namespace {

using raft::sim::EventKind;
using raft::sim::Time;

/// An hourglass: a timer has run out.
void draw_hourglass(const Diagram& diagram, Point at, Color ink, Color ground) {
  const float w = diagram.u(4.5F);
  const float h = diagram.u(6);
  diagram.canvas().circle(at, diagram.u(8), ground);
  const std::array<Point, 3> upper{at + Point{-w, -h}, at + Point{w, -h}, at};
  const std::array<Point, 3> lower{at, at + Point{w, h}, at + Point{-w, h}};
  diagram.canvas().polygon(upper, ink);
  diagram.canvas().polygon(lower, ink);
}

void draw_brick(const Diagram& diagram, Point at) {
  const Rect box{at.x - diagram.u(6), at.y - diagram.u(4), at.x + diagram.u(6), at.y + diagram.u(4)};
  diagram.canvas().rect(box, diagram.theme().panel, {diagram.theme().text, diagram.u(1.25F)}, 1);
  diagram.canvas().line({box.left, at.y}, {box.right, at.y}, {diagram.theme().text, diagram.u(1)});
}

/// What kind of event it was, on the lane itself.
void draw_kind(const Diagram& diagram, const PastEvent& event, Point at) {
  const Theme& theme = diagram.theme();
  switch (event.kind) {
    case EventKind::ElectionTimeout: draw_hourglass(diagram, at, theme.text, theme.panel); return;
    case EventKind::Crash:
    case EventKind::Wipe:
      diagram.canvas().circle(at, diagram.u(7), theme.panel);
      diagram.canvas().cross(at, diagram.u(6), {theme.danger, diagram.u(2.5F)});
      return;
    case EventKind::Restart:
    case EventKind::Resume:
      diagram.canvas().circle(at, diagram.u(6), theme.panel);
      diagram.canvas().ring(at, diagram.u(5), {theme.text, diagram.u(2)});
      return;
    case EventKind::Pause:
      diagram.canvas().circle(at, diagram.u(7), theme.panel);
      for (const float off : {-2.5F, 2.5F}) {
        diagram.canvas().line(at + Point{diagram.u(off), -diagram.u(5)}, at + Point{diagram.u(off), diagram.u(5)},
                              {theme.text, diagram.u(2)});
      }
      return;
    case EventKind::ClientTimeout: diagram.canvas().cross(at, diagram.u(5), {theme.danger, diagram.u(2)}); return;
    case EventKind::ClientAsk: diagram.canvas().diamond(at, diagram.u(5), theme.message, {theme.message, 1}); return;
    case EventKind::Receive:
    case EventKind::Written: diagram.canvas().circle(at, diagram.u(2.25F), theme.node_stroke); return;
    default: return;
  }
}

/// What the event changed, above and below the lane.
void draw_changes(Diagram& diagram, const PastEvent& event, Point at) {
  const Theme& theme = diagram.theme();
  const Point above = at + Point{0, -diagram.u(12)};
  const Point below = at + Point{0, diagram.u(11)};
  const TextStyle word{.size = Size::Small, .color = theme.text, .zoom = 0.85F};
  const bool roomy = diagram.scene.lanes.back().row.height() >= diagram.u(roomy_lane);
  if (event.role_changed && event.role == raft::Role::Leader) {
    diagram.canvas().crown(above, diagram.u(16), theme.text);
    diagram.keep_free(above, 9);
  } else if (event.role_changed && event.role == raft::Role::Follower) {
    diagram.canvas().arrow_head(at + Point{0, -diagram.u(4)}, {0, 1}, diagram.u(9), theme.text);
  }
  if (event.vote != raft::no_node) {
    diagram.canvas().check(above, diagram.u(5), {theme.text, diagram.u(2)});
    diagram.keep_free(above, 6);
    // What is drawn of the future may name a node that is not there yet.
    const bool known = diagram.world().all_nodes().contains(event.vote);
    const std::string name = roomy && known ? diagram.world().name(event.vote) : "";
    if (!name.empty()) diagram.label(above + Point{diagram.u(10) + diagram.canvas().text_width(name, word) / 2, 0}, name, word, 0);
  }
  if (event.committed) {
    diagram.canvas().line(at, below, {theme.good, diagram.u(2.5F)});
    if (roomy) diagram.label(below + Point{0, diagram.u(6)}, std::to_string(event.commit), word, with_alpha(theme.panel, 0.8F));
  }
  if (event.deleted_from != 0) {
    diagram.canvas().torn_edge(at + Point{0, diagram.u(3)}, at + Point{0, diagram.u(18)},
                               {theme.danger, diagram.u(1.75F)});
  }
  if (event.snapshot) draw_brick(diagram, above);
}

bool is_seen(const Diagram& diagram, float x) {
  return x >= diagram.scene.plot.left - diagram.u(10) && x <= diagram.scene.plot.right + diagram.u(10);
}

bool is_marked(const Diagram& diagram, const PastEvent& event) {
  return (diagram.hit.kind == DiagramHit::Kind::Event && diagram.hit.event == event.number) ||
         diagram.panel.state.hovered_event == event.number;
}

/// What was done to no node in particular: the network, the settings.
void draw_act(const Diagram& diagram, float x) {
  const Rect& plot = diagram.scene.plot;
  diagram.canvas().diamond({x, plot.top + diagram.u(6)}, diagram.u(5), diagram.theme().panel,
                           {diagram.theme().text, diagram.u(1.25F)});
}

std::string sentence_of_event(const Panel& panel, std::int64_t number) {
  std::string text;
  panel.view.run.replay(number, number, [&](const raft::sim::World& world, const raft::sim::Event& event) {
    text = raft::explain::event_sentence(panel.view.words, world, event);
  });
  return text;
}

std::string words_of_message(Diagram& diagram, const DiagramLine& line) {
  const Panel& panel = diagram.panel;
  std::string text = phrase_of(panel, *line.flight);
  text += " · " + clock_text(line.flight->flight.sent_at) + " – " + clock_text(line.ends_at);
  if (line.dies) text += " · " + panel.text("diagram.lost");
  if (line.tense == DiagramTense::Future) text += " · " + panel.text("diagram.not_sent");
  return text;
}

Color mark_of(const Theme& theme, bool marked) { return marked ? theme.accent : theme.text_quiet; }

}  // namespace

void draw_event_marks(Diagram& diagram) {
  const bool all = diagram.scene.level == DiagramLevel::Near;
  for (const PastEvent& event : diagram.past().events) {
    const float x = diagram.x_of(event.at);
    if (!is_seen(diagram, x)) continue;
    const DiagramLane* lane = diagram.scene.lane_of(event.lane);
    if (lane == nullptr) {
      if (event.by_hand) draw_act(diagram, x);
      continue;
    }
    const bool plain = event.kind == EventKind::Receive || event.kind == EventKind::Heartbeat;
    const Point at{x, lane->y};
    if (all || !plain) draw_kind(diagram, event, at);
    if (!plain) diagram.keep_free(at, 8);
    draw_changes(diagram, event, at);
    if (event.by_hand && event.kind != EventKind::ClientAsk) {
      diagram.canvas().diamond(at + Point{0, -diagram.u(11)}, diagram.u(4), diagram.theme().panel,
                               {diagram.theme().text, diagram.u(1.25F)});
    }
    if (is_marked(diagram, event)) diagram.canvas().ring(at, diagram.u(10), {diagram.theme().accent, diagram.u(2)});
    ++diagram.state().work.marks;
  }
}

void draw_due_timers(Diagram& diagram) {
  using What = raft::sim::Upcoming::What;
  if (diagram.panel.view.asks()) return;
  for (const UpcomingLine& due : diagram.panel.view.upcoming) {
    if (due.what.what == What::MessageEnds || due.what.what == What::Nothing) continue;
    const raft::Endpoint end = due.what.node != raft::no_node ? raft::Endpoint(due.what.node) : raft::Endpoint(due.what.client);
    const DiagramLane* lane = diagram.scene.lane_of(end);
    const float x = diagram.x_of(due.what.at);
    if (lane == nullptr || !is_seen(diagram, x)) continue;
    const Point at{x, lane->y};
    const Selection here{.kind = Selection::Kind::Node, .node = due.what.node};
    const bool marked = due.what.node != raft::no_node && diagram.panel.state.hovered == here;
    const Color ink = mark_of(diagram.theme(), marked);
    if (due.what.what == What::HeartbeatTimer) {
      diagram.canvas().circle(at, diagram.u(5), diagram.theme().panel);
      diagram.canvas().ring(at, diagram.u(4), {ink, diagram.u(1.5F)}, Dash::Dotted);
    } else {
      draw_hourglass(diagram, at, ink, diagram.theme().panel);
    }
    const float reach = diagram.u(9);
    const Touch touched = touch(diagram.panel, "due " + std::to_string(due.what.sequence),
                                {x - reach, lane->y - reach, x + reach, lane->y + reach}, {.focusable = false, .tip = due.sentence});
    if (touched.hovered && due.what.node != raft::no_node) diagram.panel.notes.hovered = here;
    ++diagram.state().work.marks;
  }
}

void tell_of_hovered(Diagram& diagram) {
  Panel& panel = diagram.panel;
  const DiagramHit& hit = diagram.hit;
  const ImVec2 mouse = ImGui::GetMousePos();
  // An open menu is not to be covered by words.
  const bool menu_open = diagram.state().menu.message != raft::sim::no_message;
  if (hit.kind == DiagramHit::Kind::Nothing || menu_open || diagram.state().drag.kind == DiagramDrag::Kind::Delay) return;
  const Rect around{mouse.x - diagram.u(4), mouse.y - diagram.u(10), mouse.x + diagram.u(4), mouse.y + diagram.u(10)};
  if (hit.message != raft::sim::no_message) {
    panel.notes.hovered = {.kind = Selection::Kind::Message, .message = hit.message};
    for (const DiagramLine& line : diagram.scene.lines) {
      if (line.flight->flight.id == hit.message) panel.notes.tooltip = {words_of_message(diagram, line), around};
    }
  } else if (hit.kind == DiagramHit::Kind::Event) {
    panel.notes.hovered_event = hit.event;
    panel.notes.tooltip = {sentence_of_event(panel, hit.event), around};
    if (hit.lane.is_node()) panel.notes.hovered = {.kind = Selection::Kind::Node, .node = hit.lane.node()};
  } else if (hit.lane.is_node()) {
    panel.notes.hovered = {.kind = Selection::Kind::Node, .node = hit.lane.node()};
  }
}

}  // namespace ui
