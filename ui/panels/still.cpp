// The stage in the size of a card. It says what can be said without reading: roles, terms by hue, logs, islands,
// messages. Everything is placed anew for the area; nothing can be touched.
#include "ui/panels/still.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/scene.h"

namespace ui {

namespace {

using raft::NodeId;

constexpr int most_cells = 5;

struct Miniature {
  const Panel& panel;
  const Still& still;
  Rect area;
  float radius = 0;  // of a node
  std::vector<Point> centers;  // by node

  const raft::sim::World& world() const { return still.world; }
  const Canvas& canvas() const { return panel.canvas; }
  const Theme& theme() const { return panel.theme(); }
  Point center(NodeId node) const { return centers[raft::index_of(node)]; }
};

/// Around a circle, the first node at the top, stretched to fill the area: a crown has room above, a log below.
void place(Miniature& small) {
  const auto count = static_cast<float>(small.world().node_count());
  const float room = std::min(small.area.width() * 0.6F, small.area.height());
  small.radius = std::clamp(room * 0.34F / std::sqrt(count), room * 0.075F, room * 0.16F);
  const float r = small.radius;
  const Rect inner{small.area.left + r * 2, small.area.top + r * 2.1F, small.area.right - r * 2,
                   small.area.bottom - r * 2};
  Rect box{0, 0, 0, 0};  // of the circle's points, before they are stretched
  std::vector<Point> points;
  for (std::size_t i = 0; i < small.world().node_count(); ++i) {
    const float turn = static_cast<float>(i) / count * 2 * std::numbers::pi_v<float>;
    points.push_back({std::sin(turn), -std::cos(turn)});
    const Point at = points.back();
    if (i == 0) box = {at.x, at.y, at.x, at.y};
    box = {std::min(box.left, at.x), std::min(box.top, at.y), std::max(box.right, at.x), std::max(box.bottom, at.y)};
  }
  const float tall = inner.height() / std::max(box.height(), 0.5F);
  const float wide = std::min(inner.width() / std::max(box.width(), 0.5F), tall * 1.7F);
  for (const Point at : points) {
    small.centers.push_back(inner.center() + Point{(at.x - box.center().x) * wide, (at.y - box.center().y) * tall});
  }
}

void draw_grounds(const Miniature& small, const std::vector<raft::NodeSet>& islands) {
  if (islands.size() < 2) return;
  for (const raft::NodeSet island : islands) {
    std::vector<Point> corners;
    for (const NodeId node : island) corners.push_back(small.center(node));
    const std::vector<Point> outline = rounded_hull(corners, small.radius * 1.35F, 24);
    small.canvas().polygon(outline, with_alpha(small.theme().island, 0.28F));
    small.canvas().polyline(outline, {with_alpha(small.theme().barrier, 0.9F), 1}, true);
  }
}

void draw_links(const Miniature& small, const std::vector<raft::NodeSet>& islands) {
  const auto together = [&islands](NodeId a, NodeId b) {
    return std::any_of(islands.begin(), islands.end(),
                       [a, b](raft::NodeSet island) { return island.contains(a) && island.contains(b); });
  };
  for (const NodeId a : small.world().all_nodes()) {
    for (const NodeId b : small.world().all_nodes()) {
      if (a >= b || !together(a, b)) continue;
      const bool both = small.world().network.is_open(a, b) && small.world().network.is_open(b, a);
      const Stroke stroke{both ? small.theme().hairline : small.theme().barrier, 1};
      small.canvas().line(small.center(a), small.center(b), stroke, both ? Dash::Solid : Dash::Dashed);
    }
  }
}

/// Committed entries are full, others are outlines; the last ones of a long log.
void draw_log(const Miniature& small, NodeId node) {
  const raft::NodeState& state = small.world().node(node);
  const raft::Log& log = state.durable.log;
  const raft::Index last = log.last_index();
  const raft::Index first = std::max(log.first_index(), last - most_cells + 1);
  if (last < first) return;
  const float side = small.radius * 0.42F;
  const float gap = std::max(1.0F, side * 0.22F);
  const float width = static_cast<float>(last - first + 1) * (side + gap) - gap;
  const Point center = small.center(node);
  Rect cell{center.x - width / 2, center.y + small.radius * 1.28F, 0, 0};
  for (raft::Index index = first; index <= last; ++index) {
    cell = {cell.left, cell.top, cell.left + side, cell.top + side};
    const Color hue = term_color(small.theme(), log.term_at(index));
    if (index <= state.memory.commit_index) {
      small.canvas().rect(cell, hue, side * 0.2F);
    } else {
      small.canvas().rect(cell, with_alpha(hue, 0.28F), {hue, 1}, side * 0.2F);
    }
    cell.left = cell.right + gap;
  }
}

void draw_role(const Miniature& small, NodeId node) {
  const Theme& theme = small.theme();
  const Canvas& canvas = small.canvas();
  const raft::NodeState& state = small.world().node(node);
  const Point center = small.center(node);
  const float r = small.radius;
  const float thin = std::max(1.0F, r * 0.08F);
  switch (state.memory.role) {
    case raft::Role::Leader:
      canvas.ring(center, r, {theme.node_stroke, r * 0.22F});
      canvas.crown({center.x, center.y - r * 1.42F}, r * 0.95F, theme.text);
      break;
    case raft::Role::Candidate: canvas.ring(center, r, {theme.node_stroke, r * 0.14F}, Dash::Dashed); break;
    case raft::Role::PreCandidate: canvas.ring(center, r, {theme.node_stroke, r * 0.14F}, Dash::Dotted); break;
    case raft::Role::Follower: canvas.ring(center, r, {theme.node_stroke, thin}); break;
  }
}

void draw_node(const Miniature& small, NodeId node) {
  const Theme& theme = small.theme();
  const Canvas& canvas = small.canvas();
  const raft::sim::Machine& machine = small.world().machine(node);
  const Point center = small.center(node);
  const float r = small.radius;
  draw_log(small, node);
  TextStyle letter{.face = Face::SansBold, .size = Size::Small, .color = theme.text, .align = Align::Center,
                   .anchor = Anchor::Middle};
  letter.zoom = r * 1.0F / (text_points(Size::Small) * small.panel.view.text_scale);
  if (!machine.up) {
    canvas.circle(center, r, theme.stage);
    canvas.ring(center, r, {theme.text_quiet, 1}, Dash::Dashed);
    canvas.cross(center, r * 0.62F, {theme.danger, std::max(1.5F, r * 0.14F)});
    return;
  }
  const raft::Term term = machine.node.durable.current_term;
  canvas.circle(center, r, theme.node_fill);
  draw_role(small, node);
  canvas.text(center, machine.name, letter);
  if (term > 0) canvas.circle({center.x + r * 0.82F, center.y - r * 0.72F}, r * 0.3F, term_color(theme, term));
}

void draw_flights(const Miniature& small) {
  const raft::sim::Network& network = small.world().network;
  for (const raft::sim::Flight& flight : network.flights()) {
    const raft::Message& message = flight.message;
    if (!message.from.is_node() || !message.to.is_node()) continue;
    const Point from = small.center(message.from.node());
    const Point to = small.center(message.to.node());
    const float away = std::max(distance(from, to), 1.0F);
    const Point along = (to - from) * (1 / away);
    // Each keeps to its own side of the link.
    const Point aside{-along.y * small.radius * 0.32F, along.x * small.radius * 0.32F};
    // Between the edges of the two, with room for the head of its arrow.
    const float edge = std::min(small.radius * 1.5F / away, 0.4F);
    const float share = edge + (1 - 2.3F * edge) * progress_of(flight, small.still.clock);
    const Point at = between(from, to, share) + aside;
    const float size = small.radius * (raft::is_heartbeat(message) ? 0.14F : 0.26F);
    const bool carries = !raft::is_heartbeat(message);
    const Color ink = carries ? small.theme().message : with_alpha(small.theme().message, 0.5F);
    small.canvas().line(at - along * (size * 2.5F), at, {with_alpha(ink, 0.35F), std::max(1.0F, size * 0.4F)});
    small.canvas().circle(at, size, ink);
    if (carries) small.canvas().arrow_head(at + along * (size * 2.3F), along, size * 1.2F, ink);
  }
}

}  // namespace

void draw_still(const Panel& panel, const Rect& area, const Still& still) {
  Miniature small{panel, still, area, 0, {}};
  place(small);
  const std::vector<raft::NodeSet> islands = raft::sim::islands(still.world);
  draw_grounds(small, islands);
  draw_links(small, islands);
  draw_flights(small);
  for (const NodeId node : still.world.all_nodes()) draw_node(small, node);
}

}  // namespace ui
