// Messages of the space-time diagram: slanted lines from where they were sent to where they arrive or die, each with
// the shape that it has on the stage; and the head that is dragged to a later time.
#include <imgui.h>

#include <algorithm>

#include "ui/icons.h"
#include "ui/panels/diagram_parts.h"

namespace ui {

namespace {

using raft::sim::Time;

constexpr float shape_size = 8;
constexpr float shape_room = 26;  // a steeper line has no place for a shape

struct LineLook {
  Color ink = 0;
  float width = 1;
};

bool is_marked(const Diagram& diagram, const DiagramLine& line) {
  const raft::sim::MessageId id = line.flight->flight.id;
  const Selection here{.kind = Selection::Kind::Message, .message = id};
  return diagram.hit.message == id || diagram.panel.state.hovered == here || diagram.panel.state.selection == here ||
         diagram.panel.state.diagram.menu.message == id || diagram.panel.state.diagram.drag.head == id;
}

LineLook look_of(const Diagram& diagram, const DiagramLine& line) {
  const Theme& theme = diagram.theme();
  if (is_marked(diagram, line)) return {theme.accent, diagram.u(2.5F)};
  const float pale = line.tense == DiagramTense::Future ? 0.5F : 1.0F;
  if (line.quiet) return {with_alpha(theme.message, 0.30F * pale), diagram.u(1)};
  const bool reply = is_reply(line.flight->flight.message.type());
  return {with_alpha(theme.message, (reply ? 0.62F : 0.85F) * pale), diagram.u(reply ? 1.25F : 1.75F)};
}

/// Solid as far as it has come, dashed from the cursor on.
void draw_way(const Diagram& diagram, const DiagramLine& line, const LineLook& look) {
  const Stroke stroke{look.ink, look.width};
  if (line.tense == DiagramTense::Past) {
    diagram.canvas().line(line.from, line.to, stroke);
    return;
  }
  if (line.tense == DiagramTense::Future) {
    diagram.canvas().line(line.from, line.to, stroke, Dash::Dotted);
    return;
  }
  const Point here = line.at(diagram.cursor_x());
  diagram.canvas().line(line.from, here, stroke);
  diagram.canvas().line(here, line.to, stroke, Dash::Dashed);
}

void draw_end(const Diagram& diagram, const DiagramLine& line, const LineLook& look) {
  if (line.dies) {
    diagram.canvas().cross(line.to, diagram.u(line.quiet ? 4 : 6),
                           {diagram.theme().danger, diagram.u(line.quiet ? 1.5F : 2.25F)});
    return;
  }
  const Point way = line.to - line.from;
  const float far = length(way);
  if (far < diagram.u(6)) return;
  diagram.canvas().arrow_head(line.to, way * (1 / far), diagram.u(line.quiet ? 5 : 8), look.ink);
}

/// Where the message is now, or about the middle of its way; where it would cover another it is left out.
void draw_shape(Diagram& diagram, const DiagramLine& line, Stage& stage) {
  const bool moving = line.tense == DiagramTense::OnItsWay;
  if (diagram.scene.level != DiagramLevel::Near || line.quiet) return;
  if (!moving && line.to.x - line.from.x < diagram.u(shape_room)) return;
  const Point at = moving ? line.at(diagram.cursor_x()) : between(line.from, line.to, 0.55F);
  const float reach = diagram.u(shape_size);
  const Rect box{at.x - reach, at.y - reach, at.x + reach, at.y + reach};
  const auto covers = [&box](const Rect& other) { return overlaps(box, other); };
  if (!moving && std::any_of(diagram.taken.begin(), diagram.taken.end(), covers)) return;
  diagram.taken.push_back(box);
  draw_message_shape(stage, line.flight->flight.message, at, diagram.u(shape_size),
                     line.tense != DiagramTense::Future);
}

const DiagramLine* line_with(const DiagramScene& scene, raft::sim::MessageId id) {
  for (const DiagramLine& line : scene.lines) {
    if (line.flight->flight.id == id) return &line;
  }
  return nullptr;
}

}  // namespace

void draw_message_lines(Diagram& diagram) {
  Stage stage{.panel = diagram.panel, .scene = {}, .hit = {}};
  for (const DiagramLine& line : diagram.scene.lines) {
    const LineLook look = look_of(diagram, line);
    draw_way(diagram, line, look);
    draw_end(diagram, line, look);
  }
  for (const DiagramTense first : {DiagramTense::OnItsWay, DiagramTense::Past, DiagramTense::Future}) {
    for (const DiagramLine& line : diagram.scene.lines) {
      if (line.tense == first) draw_shape(diagram, line, stage);
    }
  }
}

void draw_line_labels(Diagram& diagram) {
  if (diagram.scene.level != DiagramLevel::Near) return;
  const Theme& theme = diagram.theme();
  const TextStyle style{.size = Size::Small, .color = theme.text, .zoom = 0.92F};
  for (const bool moving : {true, false}) {
    for (const DiagramLine& line : diagram.scene.lines) {
      // What is only known later, such as a new client's words, is not told before.
      if (line.quiet || line.tense == DiagramTense::Future || (line.tense == DiagramTense::OnItsWay) != moving) continue;
      const std::string text = message_label(diagram.panel, line.flight->flight.message);
      const float width = diagram.canvas().text_width(text, style);
      if (length(line.to - line.from) < width * 0.7F) continue;
      // Beside the line, where it is not on its shape.
      const float aside = width / 2 + diagram.u(8);
      for (const auto& [share, side] : {std::pair(0.3F, aside), std::pair(0.7F, aside), std::pair(0.7F, -aside), std::pair(0.3F, -aside)}) {
        const Point at = between(line.from, line.to, share) + Point{side, 0};
        if (diagram.label(at, text, style, with_alpha(theme.panel, 0.88F))) break;
      }
    }
  }
}

void draw_delay(Diagram& diagram) {
  const DiagramDrag& drag = diagram.state().drag;
  if (drag.kind != DiagramDrag::Kind::Delay) return;
  const DiagramLine* line = line_with(diagram.scene, drag.head);
  if (line == nullptr) return;
  const Theme& theme = diagram.theme();
  const float x = ImGui::GetMousePos().x;
  const Time by = diagram.scene.scale.time_at(x) - line->ends_at;
  const bool later = by > 0;
  const Point there{std::max(x, line->to.x), line->to.y};
  diagram.canvas().line(line->from, there, {theme.accent, diagram.u(2)}, Dash::Dashed);
  diagram.canvas().circle(there, diagram.u(5), theme.accent);
  std::string text = later ? "+" + raft::explain::time_text(by) : diagram.panel.text("diagram.later_only");
  const auto before_it = overtakers(diagram.past(), drag.head, line->ends_at + std::max<Time>(by, 0));
  if (!before_it.empty()) text += " · " + diagram.panel.text("diagram.overtakes", {{"n", before_it.size()}});
  for (const raft::sim::MessageId id : before_it) {
    if (const DiagramLine* other = line_with(diagram.scene, id)) {
      diagram.canvas().ring(other->to, diagram.u(7), {theme.accent, diagram.u(1.5F)});
    }
  }
  const TextStyle style{.size = Size::Small, .color = theme.text, .align = Align::Center, .anchor = Anchor::Middle};
  const float half = diagram.canvas().text_width(text, style) / 2 + diagram.u(10);
  const Rect& plot = diagram.scene.plot;
  const float middle = std::clamp(there.x, plot.left + half, std::max(plot.left + half, plot.right - half));
  const float y = there.y - diagram.u(22) > plot.top ? there.y - diagram.u(22) : there.y + diagram.u(24);
  diagram.canvas().rect({middle - half, y - diagram.u(11), middle + half, y + diagram.u(11)}, theme.raised,
                        {theme.accent, 1}, diagram.u(5));
  diagram.canvas().text({middle, y}, text, style);
}

}  // namespace ui
