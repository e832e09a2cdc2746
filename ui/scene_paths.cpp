// Lanes between nodes, where a message is on its lane, outlines, and what lies under the mouse.
#include <algorithm>
#include <cmath>
#include <span>

#include "ui/scene_arrange.h"

namespace ui {

namespace {

using raft::Endpoint;

Point unit_vector(Point from, Point to) {
  const float d = distance(from, to);
  return d < 1e-3F ? Point{1, 0} : (to - from) * (1 / d);
}

/// How far the ray from `center` runs inside the rectangle; 0 if it does not enter it.
float exit_of(Rect box, Point center, Point along) {
  float enter = 0;
  float leave = 1e9F;
  const auto slab = [&](float low, float high, float at, float step) {
    if (std::abs(step) < 1e-5F) {
      if (at < low || at > high) leave = -1;
      return;
    }
    const float a = (low - at) / step;
    const float b = (high - at) / step;
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  };
  slab(box.left, box.right, center.x, along.x);
  slab(box.top, box.bottom, center.y, along.y);
  return leave > enter ? leave : 0;
}

/// Where a lane that leaves along `along` comes out from behind the node and its plate.
Point rim(const Scene& scene, const NodeShape& node, Point along, Point aside, bool around) {
  const Point start = node.center + aside;
  const float clear = node.ring * 0.48F;  // room for the message itself
  float way = node.ring + clear;
  if (around) way = std::max(way, exit_of(node.plate.inset(-std::max(clear * 0.6F, 12 * scene.mark)), start, along));
  if (around && node.badge.width() > 0) way = std::max(way, exit_of(node.badge.inset(-clear), start, along));
  return start + along * way;
}

std::optional<Point> center_of(const Scene& scene, Endpoint end) {
  if (end.is_node() && raft::index_of(end.node()) < scene.nodes.size()) return scene.node(end.node()).center;
  if (!end.is_client()) return std::nullopt;
  for (const ClientShape& client : scene.clients) {
    if (client.id == end.client()) return client.center;
  }
  return std::nullopt;
}

Point leave(const Scene& scene, Endpoint end, Point center, Point along, Point aside, bool around) {
  if (end.is_node()) return rim(scene, scene.node(end.node()), along, aside, around);
  const ClientShape& client = scene.clients[static_cast<std::size_t>(end.client()) - 1];
  const float way = client.radius * 2;
  return center + aside + along * std::max(way, exit_of(client.words.inset(-client.radius * 0.6F), center + aside, along));
}

}  // namespace

bool covers(const NodeShape& node, Point at, float reach) {
  return distance(node.center, at) < node.ring + reach * 0.5F || node.plate.inset(-reach).contains(at) ||
         (node.badge.width() > 0 && node.badge.inset(-reach).contains(at));
}

Point Lane::at(float t) const { return between(between(from, bend, t), between(bend, to, t), t); }

Point Lane::heading(float t) const { return unit_vector(between(from, bend, t), between(bend, to, t)); }

namespace {

/// How much of the way lies over what a message must not cover: nodes and plates, or the edge of the stage.
int covered(const Scene& scene, const Lane& lane) {
  constexpr int steps = 16;
  const float reach = message_reach * scene.mark;
  int count = 0;
  for (int i = 0; i <= steps; ++i) {
    const Point at = lane.at(static_cast<float>(i) / steps);
    const auto covered_there = [&](const NodeShape& node) { return covers(node, at, reach); };
    if (std::any_of(scene.nodes.begin(), scene.nodes.end(), covered_there)) ++count;
    if (!scene.area.inset(reach).contains(at)) ++count;
  }
  return count;
}

/// Bends the way aside until it covers nothing, or as little as can be.
void bend_around(const Scene& scene, Lane& lane, Point right, float span) {
  const Point middle = between(lane.from, lane.to, 0.5F);
  const float least = 6 * scene.unit + 0.05F * span;
  lane.bend = middle + right * least;
  int best = covered(scene, lane);
  for (const float share : {0.16F, 0.28F, -0.2F, 0.42F, -0.34F, 0.6F, -0.5F}) {
    if (best == 0) return;
    Lane other = lane;
    other.bend = middle + right * (least + share * span);
    const int count = covered(scene, other);
    if (count >= best) continue;
    best = count;
    lane.bend = other.bend;
  }
}

struct LaneEnds {
  Endpoint from;
  Endpoint to;
  Point start;
  Point end;
};

Point turned(Point way, float angle) {
  return {way.x * std::cos(angle) - way.y * std::sin(angle), way.x * std::sin(angle) + way.y * std::cos(angle)};
}

/// Where the straight way lies over plates or tallies however it bends, it leaves its nodes at their sides.
void leave_aside(const Scene& scene, Lane& lane, const LaneEnds& ends) {
  constexpr float turn = 1.05F;  // 60 degrees
  int best = covered(scene, lane);
  const Point along = unit_vector(ends.start, ends.end);
  const Point right{-along.y, along.x};
  const Point aside = right * (4 * scene.unit);
  for (const float first : {0.0F, turn, -turn}) {
    for (const float last : {0.0F, -turn, turn}) {
      if (best < 3) return;
      if ((first != 0 && !ends.from.is_node()) || (last != 0 && !ends.to.is_node()) || first == last) continue;
      Lane other = lane;
      if (first != 0) other.from = leave(scene, ends.from, ends.start, turned(along, first), aside, false);
      if (last != 0) other.to = leave(scene, ends.to, ends.end, turned(along * -1.0F, last), aside, false);
      bend_around(scene, other, right, distance(ends.start, ends.end));
      const int count = covered(scene, other);
      if (count + 1 >= best) continue;
      best = count;
      lane = other;
    }
  }
}

}  // namespace

std::optional<Lane> lane_between(const Scene& scene, Endpoint from, Endpoint to) {
  const auto start = center_of(scene, from);
  const auto end = center_of(scene, to);
  if (!start || !end || from == to) return std::nullopt;
  const Point along = unit_vector(*start, *end);
  // Traffic keeps to the right of its own direction.
  const Point right{-along.y, along.x};
  const Point aside = right * (9 * scene.unit);
  Lane lane;
  // Where plates and tallies leave no room between two nodes, the way goes over them.
  for (const bool around : {true, false}) {
    lane.from = leave(scene, from, *start, along, aside, around);
    lane.to = leave(scene, to, *end, along * -1.0F, aside, around);
    const Point way = lane.to - lane.from;
    if (way.x * along.x + way.y * along.y > std::max(40 * scene.unit, 0.4F * distance(*start, *end))) break;
  }
  bend_around(scene, lane, right, distance(*start, *end));
  leave_aside(scene, lane, {from, to, *start, *end});
  return lane;
}

float progress_of(const raft::sim::Flight& flight, raft::sim::Time clock) {
  // These stand still: in the tray of a held link, or before a paused node.
  if (flight.fate == raft::sim::Fate::Held) return 0.04F;
  if (flight.fate == raft::sim::Fate::Waiting) return 0.97F;
  if (flight.arrives_at <= flight.sent_at) return 1;
  const auto done = static_cast<float>(clock - flight.sent_at);
  return std::clamp(done / static_cast<float>(flight.arrives_at - flight.sent_at), 0.0F, 1.0F);
}

namespace {

/// Where on the lane the barrier of its link is; nullopt where the link is open.
std::optional<float> barrier_on(const Scene& scene, const Lane& lane, const raft::Message& message) {
  const auto stops = [&message](const LinkShape& link) {
    return (!link.a_to_b && message.from == Endpoint(link.a) && message.to == Endpoint(link.b)) ||
           (!link.b_to_a && message.from == Endpoint(link.b) && message.to == Endpoint(link.a));
  };
  const auto link = std::find_if(scene.links.begin(), scene.links.end(), stops);
  if (link == scene.links.end()) return std::nullopt;
  float best = 0.5F;
  for (float t = 0.05F; t < 0.96F; t += 0.05F) {
    if (distance(lane.at(t), link->barrier) < distance(lane.at(best), link->barrier)) best = t;
  }
  return best;
}

}  // namespace

Point toward_receiver(const Scene& scene, const FlightShape& flight) {
  const std::optional<Point> receiver = center_of(scene, flight.flight->message.to);
  return receiver ? unit_vector(flight.at, *receiver) : flight.lane.heading(1);
}

float flown_of(const Scene& scene, const Lane& lane, const raft::sim::Flight& flight, raft::sim::Time clock) {
  const float progress = progress_of(flight, clock);
  if (flight.fate != raft::sim::Fate::LinkIsCut || flight.ends_at <= flight.sent_at) return progress;
  const std::optional<float> barrier = barrier_on(scene, lane, flight.message);
  if (!barrier) return progress;
  const auto life = static_cast<float>(clock - flight.sent_at) / static_cast<float>(flight.ends_at - flight.sent_at);
  return *barrier * std::clamp(life, 0.0F, 1.0F);
}

namespace {

/// Its corners in order; Andrew's monotone chain.
std::vector<Point> convex_hull(std::vector<Point> cloud) {
  if (cloud.size() < 2) return cloud;  // below, a pass takes away what begins the next one
  std::sort(cloud.begin(), cloud.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  const auto turns_left = [](Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
  };
  std::vector<Point> hull;
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t base = hull.size();
    for (const Point p : cloud) {
      while (hull.size() >= base + 2 && !turns_left(hull[hull.size() - 2], hull.back(), p)) hull.pop_back();
      hull.push_back(p);
    }
    if (!hull.empty()) hull.pop_back();
    std::reverse(cloud.begin(), cloud.end());
  }
  return hull;
}

}  // namespace

std::vector<Point> rounded_hull(const std::vector<Point>& points, float margin, int facets) {
  // Every corner of the hull becomes a small circle: the hull of circles is round and grown by their radius.
  std::vector<Point> circle;
  for (int i = 0; i < facets; ++i) {
    const float angle = static_cast<float>(i) * (2 * pi / static_cast<float>(facets));
    circle.push_back(Point{std::cos(angle), std::sin(angle)} * margin);
  }
  std::vector<Point> cloud;
  for (const Point corner : convex_hull(points)) {
    for (const Point off : circle) cloud.push_back(corner + off);
  }
  return convex_hull(std::move(cloud));
}

bool overlaps(Rect a, Rect b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

bool inside(std::span<const Point> polygon, Point p) {
  bool in = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Point a = polygon[i];
    const Point b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

bool segments_cross(Point a, Point b, Point c, Point d) {
  const auto side = [](Point p, Point q, Point r) { return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x); };
  return (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
}

float distance_to_segment(Point p, Point a, Point b) {
  const Point ab = b - a;
  const float squared = ab.x * ab.x + ab.y * ab.y;
  const Point ap = p - a;
  const float t = squared < 1e-6F ? 0 : std::clamp((ap.x * ab.x + ap.y * ab.y) / squared, 0.0F, 1.0F);
  return distance(p, a + ab * t);
}

Hit hit_test(const Scene& scene, Point p) {
  if (!scene.area.contains(p)) return {};
  const FlightShape* nearest = nullptr;
  for (const FlightShape& flight : scene.flights) {
    if (distance(flight.at, p) > 16 * scene.mark) continue;
    if (nearest == nullptr || distance(flight.at, p) < distance(nearest->at, p)) nearest = &flight;
  }
  if (nearest != nullptr) return {.kind = Hit::Kind::Message, .message = nearest->id};
  for (const NodeShape& node : scene.nodes) {
    if (distance(node.center, p) <= node.ring || node.plate.contains(p))
      return {.kind = Hit::Kind::Node, .node = node.id};
  }
  for (const ClientShape& client : scene.clients) {
    if (distance(client.center, p) <= client.radius * 1.4F) return {.kind = Hit::Kind::Client, .client = client.id};
  }
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    const LinkShape& link = scene.links[i];
    if (link.has_barrier() && distance(link.barrier, p) <= barrier_reach * scene.unit) return {.kind = Hit::Kind::Barrier, .link = i};
  }
  float best = 7;
  Hit hit;
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    const LinkShape& link = scene.links[i];
    const bool cut = !link.a_to_b || !link.b_to_a;
    float away = cut ? std::min(best, distance(p, link.barrier) - 8) : best;
    if (!link.across || link.has_barrier()) away = std::min(away, distance_to_segment(p, link.from, link.to));
    if (away >= best) continue;
    best = away;
    hit = {.kind = Hit::Kind::Link, .link = i};
  }
  return hit;
}

}  // namespace ui
