// How the nodes are arranged: on an ellipse, or each island in a part of its own; plates beside them or below, and
// everything as large as it fits. What is drawn between them is in scene.cpp.
#include "ui/scene_arrange.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/scene_slots.h"

namespace ui {

using raft::NodeId;
using raft::NodeSet;

NodeShape shape_at(NodeId id, Point center, float lean_x, float lean_y, const Design& design) {
  const float u = design.unit;
  NodeShape shape{.id = id,
                  .center = center,
                  .radius = circle_radius * u,
                  .ring = ring_radius * u,
                  .badge = {},
                  .plate = {},
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
    const float top = center.y - height / 2 + std::clamp(lean_y, -1.0F, 1.0F) * 17 * u;
    shape.plate = {left, top, left + width, top + height};
  }
  shape.block = {std::min(center.x - shape.ring, shape.plate.left),
                 std::min(center.y - (ring_radius + above_ring) * u, shape.plate.top),
                 std::max(center.x + shape.ring, shape.plate.right),
                 std::max(center.y + (ring_radius + below_ring) * u, shape.plate.bottom)};
  return shape;
}

std::vector<Point> outline_of(const std::vector<NodeShape>& shapes, NodeSet island, float margin, int facets) {
  std::vector<Point> corners;
  for (const NodeId id : island) {
    const Rect block = shapes[raft::index_of(id)].block;
    corners.insert(corners.end(), {{block.left, block.top},
                                   {block.right, block.top},
                                   {block.right, block.bottom},
                                   {block.left, block.bottom}});
  }
  return rounded_hull(corners, margin, facets);
}

namespace {

/// Plates look away from the nodes that a node talks to: those of its island.
float lean_of(const Slots& slots, const std::vector<NodeSet>& islands, std::size_t node) {
  for (const NodeSet island : islands) {
    if (islands.size() < 2 || island.count() < 2 || !island.contains(raft::node_at(node))) continue;
    float sum = 0;
    for (const NodeId id : island) sum += slots[raft::index_of(id)].x;
    return slots[node].x - sum / static_cast<float>(island.count());
  }
  return slots[node].x;
}

std::vector<NodeShape> shapes_for(const Slots& slots, const Design& design, Rect room,
                                  const std::vector<NodeSet>& islands = {}) {
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
    shapes.push_back(shape_at(raft::node_at(i), center, lean_of(slots, islands, i), slot.y, design));
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
      // Between two circles there is room for a message to be seen.
      if (distance(shapes[i].center, shapes[j].center) < shapes[i].ring * 2 + 64 * unit) return false;
    }
  }
  return true;
}

/// More nodes than that cannot all have it.
constexpr std::size_t most_with_clear_links = 5;

/// Whether no link runs behind a third node or its plate, where a message on it would seem to be that node's.
bool links_are_clear(const std::vector<NodeShape>& shapes, const std::vector<NodeSet>& islands) {
  if (shapes.size() < 3 || shapes.size() > most_with_clear_links) return true;
  const float away = shapes.size() == 3 ? 1.4F : 1.05F;  // rings: two links of one node must be told apart
  const auto clear_of = [&](const NodeShape& a, const NodeShape& b, const NodeShape& third) {
    if (distance_to_segment(third.center, a.center, b.center) < third.ring * away) return false;
    const Rect& plate = third.plate;
    return !segments_cross(a.center, b.center, {plate.left, plate.top}, {plate.right, plate.bottom}) &&
           !segments_cross(a.center, b.center, {plate.left, plate.bottom}, {plate.right, plate.top});
  };
  for (const NodeSet island : islands) {
    for (const NodeId a : island) {
      for (const NodeId b : island) {
        for (const NodeId third : island) {
          if (b <= a || third == a || third == b) continue;
          if (!clear_of(shapes[raft::index_of(a)], shapes[raft::index_of(b)], shapes[raft::index_of(third)])) return false;
        }
      }
    }
  }
  return true;
}

/// Where nodes stand without islands. The eye looks for them there.
using Homes = std::vector<Point>;

/// Islands side by side as their nodes stand without them.
std::vector<NodeSet> from_left_to_right(std::vector<NodeSet> islands, const Homes& homes) {
  const auto middle = [&homes](NodeSet island) {
    float sum = 0;
    for (const NodeId id : island) sum += homes[raft::index_of(id)].x;
    return sum / static_cast<float>(island.count());
  };
  std::stable_sort(islands.begin(), islands.end(), [&](NodeSet a, NodeSet b) { return middle(a) < middle(b); });
  return islands;
}

/// Gives the nodes of an island its places: walked either way round, from whichever brings them nearest to their homes.
void take_places(std::vector<NodeShape>& shapes, const std::vector<NodeShape>& placed, NodeSet island, const Homes& homes) {
  const std::size_t count = placed.size();
  struct Walk { std::size_t first = 0; std::size_t by = 1; };
  const auto each = [&](Walk walk, const auto& what) {
    std::size_t at = walk.first;
    for (const NodeId id : island) {
      what(id, placed[at]);
      at = (at + walk.by) % count;
    }
  };
  Walk best;
  float least = -1;
  for (std::size_t first = 0; first < count; ++first) {
    for (const std::size_t by : {std::size_t{1}, count - 1}) {
      float far = 0;
      each({first, by}, [&](NodeId id, const NodeShape& place) {
        const float off = distance(place.center, homes[raft::index_of(id)]);
        far += off * off;
      });
      if (least >= 0 && far > least * 0.999F) continue;  // rounding does not make another one of it further right
      least = far;
      best = {first, by};
    }
  }
  each(best, [&](NodeId id, const NodeShape& place) {
    shapes[raft::index_of(id)] = place;
    shapes[raft::index_of(id)].id = id;
  });
}

/// Each island in a part of the room of its own, from left to right; without rows on a ring.
std::vector<NodeShape> columns_for(const std::vector<NodeSet>& islands, const Homes& homes, const Design& design, Rect room,
                                   std::size_t rows) {
  std::vector<NodeShape> shapes(homes.size());
  const auto weight = [](NodeSet island) { return std::sqrt(static_cast<float>(island.count())) + 0.35F; };
  float total = 0;
  for (const NodeSet island : islands) total += weight(island);
  const float gap = 44 * design.unit;
  const float wide = room.width() - gap * static_cast<float>(islands.size() - 1);
  float left = room.left;
  for (const NodeSet island : islands) {
    const Rect part{left, room.top, left + wide * weight(island) / total, room.bottom};
    left = part.right + gap;
    const auto members = static_cast<std::size_t>(island.count());
    const std::vector<NodeSet> whole{NodeSet::first(members)};
    Slots slots = rows > 0 ? rows_of(members, std::min(rows, members)) : slots_of(whole, members, part.width(), part.height());
    if (members == 2 && part.width() < part.height() * 1.6F) slots = {{0, -1}, {0, 1}};
    take_places(shapes, shapes_for(slots, design, part), island, homes);
  }
  return shapes;
}

/// Whether the grounds of two islands would touch.
bool grounds_clash(const std::vector<NodeShape>& shapes, const std::vector<NodeSet>& islands, float unit) {
  std::vector<std::vector<Point>> outlines;
  outlines.reserve(islands.size());
  for (const NodeSet island : islands) outlines.push_back(outline_of(shapes, island, 17 * unit, 4));
  for (std::size_t i = 0; i < islands.size(); ++i) {
    for (std::size_t j = 0; j < islands.size(); ++j) {
      if (i == j) continue;
      for (const Point corner_at : outlines[j]) {
        if (inside(outlines[i], corner_at)) return true;
      }
      for (const NodeId id : islands[j]) {
        if (inside(outlines[i], shapes[raft::index_of(id)].center)) return true;
      }
    }
  }
  return false;
}

constexpr float smallest_unit = 0.3F;
/// At text scale 1: circles that are smaller beside the words than this are dots. Two runs side by side in a lecture hall
/// come to it.
constexpr float hard_to_read = 0.3F;

/// A ring, or rows where it is flat: of all nodes, or of each island in a part of the stage of its own. Rows stand under the
/// tools or, where the stage is too low for that, beside them.
struct Shape {
  std::size_t rows = 0;         // 0: a ring
  bool columns = false;         // a part for each island
  bool beside_tools = columns;  // where there are rows
};
constexpr Shape ring;
constexpr Shape columns_of_rings{.columns = true};

/// The largest unit at which everything fits, for one way of arranging nodes and plates. `clear`: no link may run behind a
/// third node or its plate.
Arrangement arranged(PlateSide side, const Shape& shape, const std::vector<NodeSet>& islands, const SceneInput& input,
                     Rect room, float most, const Homes& homes, bool clear) {
  const std::size_t count = input.world.node_count();
  const bool split = islands.size() > 1;
  const Rect keep_clear = split ? input.keep_clear.inset(-12) : input.keep_clear;
  if (shape.rows > 0 && shape.beside_tools) room.left = std::max(room.left, keep_clear.right + 4);
  if (shape.rows > 0 && !shape.beside_tools) room.top = std::max(room.top, keep_clear.bottom + 4);
  const Slots slots = shape.rows > 0 && !shape.columns ? rows_of(count, shape.rows) : slots_of(islands, count, room.width(), room.height());
  const auto placed = [&](const Design& design) -> std::optional<Arrangement> {
    Arrangement next{design, shape.columns ? columns_for(islands, homes, design, room, shape.rows) : shapes_for(slots, design, room, islands)};
    if (!fits(next.shapes, room, keep_clear, design.unit) || (clear && !links_are_clear(next.shapes, islands)) ||
        (split && grounds_clash(next.shapes, islands, design.unit))) {
      return std::nullopt;
    }
    return next;
  };
  Arrangement best;
  struct Least {
    float plate;
    float narrow;
  };
  for (const auto [least, narrow] : {Least{1, 1}, {0.92F, 1}, {0.85F, 1}, {0.76F, 1}, {0.76F, 0.88F}, {0.76F, 0.58F}}) {
    if (best.design.unit > (narrow < 0.7F ? hard_to_read : 0.62F) * input.text_scale) break;
    const float floor = std::max(smallest_unit, best.design.unit * 1.1F);
    std::optional<Arrangement> next;
    for (float unit = most; unit > floor && !next; unit *= 0.96F) {
      next = placed({.side = side, .least_plate = least * input.text_scale, .unit = unit, .wide = narrow});
    }
    if (next) best = *std::move(next);
  }
  if (best.shapes.empty()) {  // no room: as small as can be
    best.design = {.side = side, .least_plate = input.text_scale, .unit = smallest_unit};
    best.shapes = shapes_for(slots, best.design, room);
    return best;
  }
  if (!input.logs_on_plates) return best;
  for (const float wider : {1.5F, 1.4F, 1.3F, 1.2F, 1.1F}) {
    Design design = best.design;
    design.wide *= wider;
    if (std::optional<Arrangement> next = placed(design)) return *std::move(next);
  }
  return best;
}

}  // namespace

Arrangement best_of(const std::vector<NodeSet>& unordered, const SceneInput& input, Rect room, float most,
                    const std::vector<NodeShape>& without_islands) {
  Homes homes;
  for (const NodeShape& node : without_islands) homes.push_back(node.center);
  const std::vector<NodeSet> islands = homes.empty() ? unordered : from_left_to_right(unordered, homes);
  // Large is good, and so is where the nodes stood before: half the stage further is worth a third of the size.
  const auto worth = [&](const Arrangement& found) {
    if (found.design.unit <= smallest_unit) return 0.0F;  // it does not fit
    float moved = 0;
    for (std::size_t i = 0; i < homes.size(); ++i) moved += distance(homes[i], found.shapes[i].center);
    return found.design.unit / (1 + moved / (room.width() * static_cast<float>(found.shapes.size())));
  };
  Arrangement best = arranged(PlateSide::Beside, ring, islands, input, room, most, homes, true);
  const auto try_instead = [&](PlateSide side, const Shape& shape, float by, bool clear = true) {
    Arrangement other = arranged(side, shape, islands, input, room, most, homes, clear);
    if (worth(other) > worth(best) * by) best = std::move(other);
  };
  try_instead(PlateSide::Below, ring, 1.12F);
  if (input.world.node_count() > 5 && best.design.unit < 0.5F * input.text_scale) {
    for (const PlateSide side : {PlateSide::Beside, PlateSide::Below}) try_instead(side, {.rows = 2}, 1.02F);
    try_instead(PlateSide::Below, {.rows = 2, .beside_tools = true}, 1.02F);
    if (best.design.unit < hard_to_read * input.text_scale) try_instead(PlateSide::Below, {.rows = 3}, 1.1F);
  }
  // On a very small stage a link behind a plate is the lesser evil: without it nothing would be where it belongs, or nobody
  // could read it.
  for (const PlateSide side : {PlateSide::Beside, PlateSide::Below}) {
    if (input.world.node_count() > most_with_clear_links) break;  // nobody has asked it of them
    if (best.design.unit <= std::max(smallest_unit, hard_to_read * input.text_scale)) try_instead(side, ring, 1.3F, false);
  }
  if (best.design.unit <= smallest_unit) try_instead(PlateSide::Beside, {.rows = 2, .beside_tools = true}, 1.0F, false);
  if (islands.size() < 2) return best;
  try_instead(PlateSide::Beside, columns_of_rings, 0.95F);
  try_instead(PlateSide::Below, columns_of_rings, 1.12F);
  if (best.design.unit > 0.62F * input.text_scale) return best;
  for (const PlateSide side : {PlateSide::Beside, PlateSide::Below}) try_instead(side, {.rows = 2, .columns = true}, 1.02F);
  if (best.design.unit < hard_to_read * input.text_scale) try_instead(PlateSide::Below, {.rows = 3, .columns = true}, 1.1F);
  return best;
}

}  // namespace ui
