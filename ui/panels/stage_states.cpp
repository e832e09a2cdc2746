// What nodes and links are in the middle of, in words beside them: reads that wait, leases, handovers, snapshots coming
// in, disks that write, clocks that run fast, links that are held, messages that are always dropped.
#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/panels/stage_parts.h"
#include "ui/panels/violations.h"

namespace ui {

void draw_label_at(Stage& stage, Point at, const Label& label) {
  const Color ground = label.ground != 0 ? label.ground : stage.theme().raised;
  stage.taken.push_back(stage.canvas().pill(at, label.text, label.style, ground, {label.border, 1.5F}));
}

bool is_free(const Stage& stage, Rect box) {
  const Rect room = stage.scene.area.inset(4);
  if (box.left < room.left || box.right > room.right || box.top < room.top || box.bottom > room.bottom) return false;
  return std::none_of(stage.taken.begin(), stage.taken.end(), [box](Rect other) { return overlaps(box, other); });
}

std::optional<Point> nearest_free(const Stage& stage, Point wanted, float width, float height,
                                  const std::function<float(const Rect&)>& cost) {
  const Rect room = stage.scene.area;
  const float step = std::max(height * 0.6F, 8.0F);
  std::optional<Point> best;
  float least = 0;
  for (float y = room.top + 4 + height / 2; y + height / 2 <= room.bottom - 4; y += step) {
    for (float x = room.left + 4 + width / 2; x + width / 2 <= room.right - 4; x += step) {
      const Point at{x, y};
      const Rect box = box_around(at, width, height);
      float away = distance(at, wanted);
      if ((best && away >= least) || !is_free(stage, box)) continue;
      if (cost) away += cost(box);
      if (best && away >= least) continue;
      best = at;
      least = away;
    }
  }
  return best;
}

bool draw_label(Stage& stage, std::span<const Point> places, const Label& label) {
  for (const Point at : places) {
    if (!is_free(stage, stage.canvas().measure_pill(at, label.text, label.style))) continue;
    draw_label_at(stage, at, label);
    return true;
  }
  if (places.empty()) return false;
  const Rect size = stage.canvas().measure_pill({0, 0}, label.text, label.style);
  const Point wanted = label.about.empty() ? places.front() : label.about.front().center();
  const std::optional<Point> at = nearest_free(stage, wanted, size.width(), size.height());
  if (!at) return false;
  // From further off a line says what it is about.
  const Rect box = stage.canvas().measure_pill(*at, label.text, label.style);
  Point end = wanted;
  for (std::size_t i = 0; i < label.about.size(); ++i) {
    const Point near = nearest_in(label.about[i], box.center());
    if (i == 0 || distance(near, box.center()) < distance(end, box.center())) end = near;
  }
  const Point edge = nearest_in(box, end);
  if (distance(edge, end) > stage.mark(label.about.empty() ? 28 : 8)) stage.canvas().line(edge, end, {label.border, 1}, Dash::Dotted);
  draw_label_at(stage, *at, label);
  return true;
}

namespace {

/// Under the node and its plate first, then above them, then at their sides.
std::vector<Point> places_beside(const Stage& stage, const NodeShape& shape, float width) {
  const float line = stage.panel.units(12);
  std::vector<Point> places;
  for (int row = 0; row < 4; ++row) {
    const float step = line + static_cast<float>(row) * 2 * line;
    const float below_plate = shape.plate.bottom + step;
    places.push_back({shape.plate.center().x, below_plate});
    places.push_back({shape.center.x, std::max(shape.center.y + shape.ring, shape.plate.bottom) + step});
    places.push_back({shape.center.x, shape.center.y + shape.ring + step});
    places.push_back({shape.plate.center().x, shape.plate.top - step});
    places.push_back({shape.center.x, shape.center.y - shape.ring - stage.u(22) - step});
  }
  for (const float lines : {-4.0F, 4.0F, -2.0F, 2.0F, 0.0F}) {  // messages leave in the middle
    for (const float side : {1.0F, -1.0F}) {
      places.push_back(shape.center + Point{side * (shape.ring + width / 2 + 6), lines * line});
    }
  }
  return places;
}

}  // namespace

void draw_stamps(Stage& stage) {
  const Theme& theme = stage.theme();
  for (const NodeShape& shape : stage.scene.nodes) {
    for (const raft::check::Breach& breach : breaches_by(stage.panel.view, shape.id)) {
      const std::string& title = raft::explain::property_title(stage.panel.view.words, breach.violation.property);
      const char* stamp = breach.past ? "ui.safety_was_violated" : "ui.safety_violated";
      Label label{.text = stage.panel.text(stamp, {{"property", title}}),
                  .style = stage.type(Size::Small, breach.past ? theme.text_quiet : theme.text_on_fill, Face::SansBold),
                  .border = breach.past ? theme.text_quiet : theme.danger,
                  .ground = breach.past ? theme.panel : theme.danger,
                  .about = {shape.ring_box(), shape.plate}};
      label.style.align = Align::Center;
      label.style.zoom = std::min(label.style.zoom, 1.5F);
      const Rect size = stage.canvas().measure_pill({0, 0}, label.text, label.style);
      if (draw_label(stage, places_beside(stage, shape, size.width()), label)) continue;
      // It is said in any case: rather over something else than not at all.
      const Rect area = stage.scene.area.inset(4 + size.width() / 2, 4 + size.height() / 2);
      const Point below{shape.plate.center().x, shape.plate.bottom};
      draw_label_at(stage, {std::clamp(below.x, area.left, std::max(area.left, area.right)), std::min(below.y, area.bottom)}, label);
    }
  }
}

void draw_node_notes(Stage& stage) {
  const Panel& panel = stage.panel;
  for (const NodeShape& shape : stage.scene.nodes) {
    for (std::string& note :
         raft::explain::node_notes(panel.view.words, stage.world(), shape.id, panel.view.run.clock())) {
      Label label{.text = std::move(note), .style = stage.type(Size::Small, stage.theme().text),
                  .border = stage.theme().node_stroke,
                  .about = {shape.ring_box(), shape.plate}};
      label.style.align = Align::Center;
      label.style.zoom = std::min(label.style.zoom, 1.5F);
      const float width = stage.canvas().measure_pill({0, 0}, label.text, label.style).width();
      draw_label(stage, places_beside(stage, shape, width), label);
    }
  }
}

namespace {

void draw_held_links(Stage& stage) {
  for (const LinkShape& link : stage.scene.links) {
    for (const bool forth : {true, false}) {
      const raft::NodeId from = forth ? link.a : link.b;
      const raft::NodeId to = forth ? link.b : link.a;
      if (!stage.world().network.is_held(from, to)) continue;
      const std::string text =
          stage.panel.text("stage.held_link", {{"from", stage.world().name(from)}, {"to", stage.world().name(to)}});
      Label label{.text = text, .style = stage.type(Size::Small, stage.theme().barrier, Face::SansBold),
                  .border = stage.theme().barrier};
      label.style.align = Align::Center;
      std::vector<Point> places;
      for (const float t : {0.62F, 0.5F, 0.72F, 0.4F, 0.3F}) {
        const Point on = forth ? between(link.from, link.to, t) : between(link.to, link.from, t);
        for (const float y : {0.0F, 24.0F, -24.0F}) places.push_back(on + Point{0, stage.u(y)});
      }
      draw_label(stage, places, label);
    }
  }
}

/// A card in the lower left corner for every standing rule, and the button that ends them all.
void draw_dropped(Stage& stage) {
  Panel& panel = stage.panel;
  const Theme& theme = panel.theme();
  const std::vector<std::string> dropped = raft::explain::dropped_phrases(panel.view.words, stage.world());
  if (dropped.empty()) return;
  const ButtonStyle end{.icon = icon::cross, .label = panel.text("ui.stop_dropping"), .kind = ButtonKind::Outline};
  const TextStyle style{.size = Size::Small, .color = theme.barrier, .anchor = Anchor::Middle};
  float width = button_width(panel, end);
  std::vector<std::string> lines;
  for (const std::string& pattern : dropped) {
    lines.push_back(panel.text("ui.dropping", {{"pattern", pattern}}));
    width = std::max(width, panel.canvas.text_width(lines.back(), style));
  }
  width = std::min(width, stage.scene.area.width() * 0.4F) + panel.units(24);
  const bool can_end = !panel.view.read_only;
  const float height = panel.units(22 * static_cast<float>(lines.size()) + (can_end ? 50.0F : 18.0F));
  const Rect area = stage.scene.area.inset(panel.units(10));
  const Rect card{area.left, area.bottom - height, area.left + width, area.bottom};
  panel.canvas.rect(card, theme.raised, {theme.barrier, 1.5F}, panel.units(corner));
  float y = card.top + panel.units(20);
  for (const std::string& line : lines) {
    line_of_text(panel, {card.left + panel.units(12), y - panel.units(11), card.right - panel.units(12), y + panel.units(11)},
                 line, style);
    y += panel.units(22);
  }
  stage.taken.push_back(card);
  if (!can_end) return;
  const Rect place{card.left + panel.units(12), card.bottom - panel.units(36), card.left + panel.units(12) + button_width(panel, end),
                   card.bottom - panel.units(8)};
  if (button(panel, "drop nothing", place, end)) panel.act(Intervene{raft::sim::DropNothing{}, panel.origin()});
}

}  // namespace

void draw_network_notes(Stage& stage) {
  draw_dropped(stage);
  draw_held_links(stage);
}

void draw_differences(Stage& stage) {
  const Theme& theme = stage.theme();
  TextStyle style = stage.type(Size::Small, theme.accent, Face::SansBold);
  style.align = Align::Center;
  style.anchor = Anchor::Middle;
  style.zoom = std::min(style.zoom, 1.2F);
  const float radius = std::max(stage.u(11), stage.canvas().line_height(style) * 0.5F);
  for (const NodeShape& shape : stage.scene.nodes) {
    if (!stage.panel.view.differing.contains(shape.id)) continue;
    // On its ring, where it can be nobody else's, and away from its letter and its plate; "paused" stands at the lower right,
    // crown and tally in the middle above.
    const float away = 0.72F * std::max(shape.ring, radius + stage.u(15));
    const bool plate_left = shape.plate.right < shape.center.x;
    const bool plate_below = shape.plate.top > shape.center.y && shape.center.y + away + radius > shape.plate.top;
    const bool above = plate_below || (plate_left && stage.world().machine(shape.id).paused);
    Point at = shape.center + Point{plate_left ? away : -away, above ? -away : away};
    if (above && !plate_left && shape.badge.width() > 0) at.x = std::min(at.x, shape.badge.left - radius);
    stage.canvas().circle(at, radius, theme.raised);
    stage.canvas().ring(at, radius, {theme.accent, std::max(1.5F, stage.u(1.5F))});
    stage.canvas().text(at, stage.panel.text("compare.differs"), style);
    const Rect disc = box_around(at, 2 * radius, 2 * radius);
    stage.taken.push_back(disc);
    stage.canvas().note(DrawnKind::Mark, "differs", disc);
  }
}

}  // namespace ui
