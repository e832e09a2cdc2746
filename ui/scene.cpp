// Where nodes, clients and islands stand, and how large everything is. Lanes, flights and hits are in scene_paths.cpp.
#include "ui/scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ui {

namespace {

using raft::NodeId;
using raft::NodeSet;

constexpr float pi = 3.14159265F;

// The design of one node, in units; the countdown ring is its widest part.
constexpr float circle_radius = 38;
constexpr float ring_radius = 46;
constexpr float above_ring = 22;  // crown, or the tally of votes
constexpr float below_ring = 4;
constexpr float plate_height = 64;
constexpr float plate_gap = 6;
// Words do not shrink with everything else, so a plate does not either below this size; in points at text scale 1.
constexpr float least_plate_width = 118;
constexpr float least_plate_height = 50;

/// Where a node's plate is. Beside suits a wide stage, and keeps the middle free for messages.
enum class PlateSide { Below, Beside };

struct Design {
  PlateSide side = PlateSide::Beside;
  float text_scale = 1;
  float unit = 1;

  float plate_wide() const { return std::max(164 * unit, least_plate_width * text_scale); }
  float plate_high() const { return std::max(plate_height * unit, least_plate_height * text_scale); }
};

/// A place on the ellipse around the middle, as a fraction of its half axes.
using Slots = std::vector<Point>;

Point on_circle(float turn) { return {std::sin(turn * 2 * pi), -std::cos(turn * 2 * pi)}; }

/// Turns at which the ellipse has been walked by the given fractions of its length, from twelve o'clock.
std::vector<float> turns_at(const std::vector<float>& fractions, float wide, float high) {
  constexpr int steps = 360;
  std::array<float, steps + 1> walked{};
  for (int i = 1; i <= steps; ++i) {
    const Point a = on_circle(static_cast<float>(i - 1) / steps);
    const Point b = on_circle(static_cast<float>(i) / steps);
    walked[static_cast<std::size_t>(i)] =
        walked[static_cast<std::size_t>(i - 1)] + length({(b.x - a.x) * wide, (b.y - a.y) * high});
  }
  std::vector<float> turns;
  for (const float fraction : fractions) {
    const float wanted = (fraction - std::floor(fraction)) * walked.back();
    const auto after = std::lower_bound(walked.begin(), walked.end(), wanted);
    turns.push_back(static_cast<float>(after - walked.begin()) / steps);
  }
  return turns;
}

/// The order in which nodes stand around the ellipse, and how far along it: islands side by side, with a gap.
std::vector<float> fractions_of(const std::vector<NodeSet>& islands, std::size_t count) {
  const float gap = islands.size() > 1 ? 0.45F : 0.0F;
  const float total = static_cast<float>(count) + gap * static_cast<float>(islands.size() > 1 ? islands.size() : 0);
  std::vector<float> fractions(count, 0);
  float at = 0;
  for (const NodeSet island : islands) {
    for (const NodeId node : island) {
      fractions[raft::index_of(node)] = at / total;
      at += 1;
    }
    at += gap;
  }
  // Turn the whole ring until the nodes are, taken together, as near as can be to where they stand without islands.
  float shift_x = 0;
  float shift_y = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const float home = static_cast<float>(i) / static_cast<float>(count);
    shift_x += std::cos((home - fractions[i]) * 2 * pi);
    shift_y += std::sin((home - fractions[i]) * 2 * pi);
  }
  const float shift = islands.size() > 1 ? std::atan2(shift_y, shift_x) / (2 * pi) : 0;
  for (float& fraction : fractions) fraction += shift;
  return fractions;
}

/// From -1 to 1 in both directions, filled to the edges.
Slots slots_of(const std::vector<NodeSet>& islands, std::size_t count, float wide, float high) {
  Slots slots;
  if (count == 1) return {{0, 0}};
  if (count == 2) return {{-1, 0}, {1, 0}};
  for (const float turn : turns_at(fractions_of(islands, count), wide, high)) slots.push_back(on_circle(turn));
  Point low = slots.front();
  Point high_end = slots.front();
  for (const Point slot : slots) {
    low = {std::min(low.x, slot.x), std::min(low.y, slot.y)};
    high_end = {std::max(high_end.x, slot.x), std::max(high_end.y, slot.y)};
  }
  for (Point& slot : slots) {
    slot.x = std::clamp((slot.x - low.x) / std::max(high_end.x - low.x, 0.01F) * 2 - 1, -1.0F, 1.0F);
    slot.y = std::clamp((slot.y - low.y) / std::max(high_end.y - low.y, 0.01F) * 2 - 1, -1.0F, 1.0F);
  }
  return slots;
}

NodeShape shape_at(NodeId id, Point center, float lean_x, float lean_y, const Design& design) {
  const float u = design.unit;
  NodeShape shape{.id = id, .center = center, .radius = circle_radius * u, .ring = ring_radius * u, .plate = {},
                  .block = {}};
  const float width = design.plate_wide();
  const float height = design.plate_high();
  if (design.side == PlateSide::Below) {
    const float top = center.y + (ring_radius + plate_gap) * u;
    shape.plate = {center.x - width / 2, top, center.x + width / 2, top + height};
  } else {
    // Outwards; nodes at the top and the bottom lift theirs out of the way of their messages.
    const float reach = (ring_radius + plate_gap) * u;
    const float left = lean_x < -0.02F ? center.x - reach - width : center.x + reach;
    const float top = center.y - height / 2 + std::clamp(lean_y, -1.0F, 1.0F) * 12 * u;
    shape.plate = {left, top, left + width, top + height};
  }
  shape.block = {std::min(center.x - shape.ring, shape.plate.left),
                 std::min(center.y - (ring_radius + above_ring) * u, shape.plate.top),
                 std::max(center.x + shape.ring, shape.plate.right),
                 std::max(center.y + (ring_radius + below_ring) * u, shape.plate.bottom)};
  return shape;
}

std::vector<NodeShape> shapes_for(const Slots& slots, const Design& design, Rect room) {
  const float u = design.unit;
  const float half_width = std::max(design.plate_wide() / 2, ring_radius * u);
  const float outside = (ring_radius + plate_gap) * u + design.plate_wide();
  Rect centers = room;
  centers.top += (ring_radius + above_ring) * u;
  if (design.side == PlateSide::Below) {
    centers.left += half_width;
    centers.right -= half_width;
    centers.bottom -= (ring_radius + plate_gap) * u + design.plate_high();
  } else {
    centers.left += slots.size() == 1 ? ring_radius * u : outside;
    centers.right -= outside;
    centers.bottom -= (ring_radius + below_ring) * u;
  }
  const Point middle = centers.center();
  std::vector<NodeShape> shapes;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const Point slot = slots[i];
    const Point center{middle.x + slot.x * centers.width() / 2, middle.y + slot.y * centers.height() / 2};
    shapes.push_back(shape_at(raft::node_at(i), center, slot.x, slot.y, design));
  }
  return shapes;
}

bool fits(const std::vector<NodeShape>& shapes, Rect room, Rect keep_clear, float unit) {
  const float gap = 6 * unit;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Rect block = shapes[i].block.inset(-gap);
    if (shapes[i].block.left < room.left - 1 || shapes[i].block.right > room.right + 1) return false;
    if (shapes[i].block.top < room.top - 1 || shapes[i].block.bottom > room.bottom + 1) return false;
    if (overlaps(block, keep_clear)) return false;
    for (std::size_t j = i + 1; j < shapes.size(); ++j) {
      if (overlaps(block, shapes[j].block.inset(-gap))) return false;
    }
  }
  return true;
}

/// The largest unit at which everything fits, for one way of placing the plates.
Design best_design(PlateSide side, const std::vector<NodeSet>& islands, const SceneInput& input, Rect room, float most) {
  const std::size_t count = input.world.node_count();
  const Rect keep_clear = input.keep_clear;
  Design design{.side = side, .text_scale = input.text_scale, .unit = 0};
  for (float unit = most; unit > 0.3F; unit *= 0.97F) {
    design.unit = unit;
    const Slots slots = slots_of(islands, count, room.width(), room.height());
    if (fits(shapes_for(slots, design, room), room, keep_clear, unit)) return design;
  }
  return design;
}

void place_nodes(Scene& scene, const SceneInput& input, const std::vector<NodeSet>& islands) {
  const std::size_t count = input.world.node_count();
  const float edge = islands.size() > 1 ? 20.0F : 12.0F;  // an island's ground reaches beyond its nodes
  const Rect room{scene.client_lane.right, scene.area.top + edge, scene.area.right - edge - 4, scene.area.bottom - edge};
  const float most = std::max(1.5F * input.text_scale, scene.area.height() / 420);
  const std::vector<NodeSet> whole{input.world.all_nodes()};
  // The size is found without islands too, and the smaller one taken, so that a cut does not blow the nodes up.
  Design design = best_design(PlateSide::Beside, whole, input, room, most);
  const Design below = best_design(PlateSide::Below, whole, input, room, most);
  if (below.unit > design.unit * 1.12F) design = below;
  if (islands.size() > 1) {
    design.unit = std::min(design.unit,
                           best_design(design.side, islands, input, room, most).unit);
  }
  scene.unit = design.unit;
  scene.nodes = shapes_for(slots_of(islands, count, room.width(), room.height()), design, room);
  for (NodeShape& shape : scene.nodes) {
    const auto placed = input.stage.placed.find(shape.id);
    if (placed == input.stage.placed.end()) continue;
    const Point center{scene.area.left + placed->second.x * scene.area.width(),
                       scene.area.top + placed->second.y * scene.area.height()};
    const Point lean{(placed->second.x - 0.5F) * 2, (placed->second.y - 0.5F) * 2};
    shape = shape_at(shape.id, center, lean.x, lean.y, design);
  }
}

void place_clients(Scene& scene, const SceneInput& input) {
  const std::size_t count = std::min<std::size_t>(input.world.clients.size(), 12);
  const float radius = 15 * std::clamp(scene.unit, 0.8F, 2.5F);
  const float step = std::min(radius * 6.2F, scene.client_lane.height() / static_cast<float>(std::max<std::size_t>(count, 1)));
  const float top = scene.client_lane.center().y - step * static_cast<float>(count) / 2;
  for (std::size_t i = 0; i < count; ++i) {
    scene.clients.push_back({static_cast<raft::ClientId>(i + 1),
                             {scene.client_lane.center().x, top + step * (static_cast<float>(i) + 0.32F)},
                             radius});
  }
}

void add_islands(Scene& scene, const std::vector<NodeSet>& islands) {
  if (islands.size() < 2) return;
  for (const NodeSet nodes : islands) {
    std::vector<Point> corners;
    for (const NodeId id : nodes) {
      const Rect block = scene.node(id).block;
      corners.insert(corners.end(), {{block.left, block.top}, {block.right, block.top}, {block.right, block.bottom},
                                     {block.left, block.bottom}});
    }
    scene.islands.push_back({nodes, rounded_hull(corners, 8 * scene.unit)});
  }
}

/// Half way between two islands, on the line from one node to another; in the middle for others.
Point barrier_between(const Scene& scene, const LinkShape& link) {
  if (!link.across) return between(link.from, link.to, 0.5F);
  constexpr int steps = 60;
  int left = -1;
  int reached = steps;
  for (int i = 0; i <= steps; ++i) {
    const Point at = between(link.from, link.to, static_cast<float>(i) / steps);
    for (const IslandShape& island : scene.islands) {
      if (!inside(island.outline, at)) continue;
      if (island.nodes.contains(link.a)) left = i;
      if (island.nodes.contains(link.b)) reached = std::min(reached, i);
    }
  }
  return between(link.from, link.to, static_cast<float>(left + reached) / (2 * steps));
}

void add_links(Scene& scene, const raft::sim::World& world, const std::vector<NodeSet>& islands) {
  const auto island_of = [&islands](NodeId node) {
    std::size_t i = 0;
    while (i < islands.size() && !islands[i].contains(node)) ++i;
    return i;
  };
  for (const NodeShape& a : scene.nodes) {
    for (const NodeShape& b : scene.nodes) {
      if (a.id >= b.id) continue;
      const Point along = (b.center - a.center) * (1 / std::max(distance(a.center, b.center), 1.0F));
      scene.links.push_back({a.id, b.id, a.center + along * a.ring, b.center - along * b.ring,
                             world.network.is_open(a.id, b.id), world.network.is_open(b.id, a.id),
                             island_of(a.id) != island_of(b.id), {}});
      scene.links.back().barrier = barrier_between(scene, scene.links.back());
    }
  }
}

}  // namespace

void move_node(NodeShape& node, Point by) {
  const auto moved = [by](Rect r) { return Rect{r.left + by.x, r.top + by.y, r.right + by.x, r.bottom + by.y}; };
  node.center = node.center + by;
  node.plate = moved(node.plate);
  node.block = moved(node.block);
}

void connect(Scene& scene, const SceneInput& input) {
  const std::vector<NodeSet> islands = raft::sim::islands(input.world);
  scene.islands.clear();
  scene.links.clear();
  scene.flights.clear();
  add_islands(scene, islands);
  add_links(scene, input.world, islands);
  const raft::sim::Network& network = input.world.network;
  for (std::size_t i = 0; i < network.in_flight(); ++i) {
    const raft::sim::Flight& flight = network.flight(i);
    const auto lane = lane_between(scene, flight.message.from, flight.message.to);
    if (!lane) continue;
    const float progress = progress_of(flight, input.clock);
    scene.flights.push_back({flight.id, &flight, *lane, progress, lane->at(progress), lane->heading(progress)});
  }
}

Scene make_scene(const SceneInput& input) {
  Scene scene;
  scene.area = input.area;
  const float lane = std::clamp(input.area.width() * 0.085F, 84.0F * input.text_scale, 220.0F);
  scene.client_lane = {input.area.left, std::max(input.area.top, input.keep_clear.bottom), input.area.left + lane,
                       input.area.bottom - 8};
  place_nodes(scene, input, raft::sim::islands(input.world));
  place_clients(scene, input);
  connect(scene, input);
  return scene;
}

}  // namespace ui
