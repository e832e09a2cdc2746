// What the scene is made of: nodes in their places, clients, islands, links. How nodes are arranged is in
// scene_arrange.cpp; lanes, outlines and hits are in scene_paths.cpp.
#include "ui/scene_arrange.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace ui {

namespace {

using raft::NodeId;
using raft::NodeSet;

void place_nodes(Scene& scene, const SceneInput& input, const std::vector<NodeSet>& islands) {
  const float edge = islands.size() > 1 ? 20.0F : 12.0F;  // an island's ground reaches beyond its nodes
  const Rect room{scene.client_lane.right, scene.area.top + edge, scene.area.right - edge - 4,
                  scene.area.bottom - edge};
  float most = std::max(1.5F * input.text_scale, scene.area.height() / 420);
  Arrangement best = best_of({input.world.all_nodes()}, input, room, most, {});
  if (islands.size() > 1) {
    // A cut does not blow the nodes up.
    most = std::max(best.design.unit, 0.45F * input.text_scale);
    best = best_of(islands, input, room, most, best.shapes);
  }
  scene.unit = best.design.unit;
  scene.mark = std::max(scene.unit, std::min(0.66F * input.text_scale, 2 * scene.unit));
  scene.nodes = std::move(best.shapes);
  for (NodeShape& shape : scene.nodes) {
    const auto placed = input.stage.placed.find(shape.id);
    if (placed == input.stage.placed.end()) continue;
    const Point center{scene.area.left + placed->second.x * scene.area.width(),
                       scene.area.top + placed->second.y * scene.area.height()};
    const Point lean{(placed->second.x - 0.5F) * 2, (placed->second.y - 0.5F) * 2};
    shape = shape_at(shape.id, center, lean.x, lean.y, best.design);
  }
}

/// How far a tally of that width is moved to the side of the plate: from a node below the middle, messages leave upwards
/// to the other side.
float tally_aside(const Scene& scene, const NodeShape& node, float half, float words) {
  const bool beside = node.plate.right < node.center.x || node.plate.left > node.center.x;
  if (!beside || node.center.y <= scene.area.center().y) return 0;
  const float inner = node.ring * 0.4F;
  return node.plate.right < node.center.x ? inner - half - words : half - inner;
}

/// A leader wears a crown; a candidate's tally is wider than its ring.
void place_badges(Scene& scene, const SceneInput& input) {
  const raft::sim::World& world = input.world;
  for (NodeShape& node : scene.nodes) {
    if (!world.machine(node.id).up) continue;
    const raft::Role role = world.node(node.id).memory.role;
    if (role == raft::Role::Follower) continue;
    const auto voters = static_cast<float>(world.node(node.id).configuration.all_voters().count());
    const float half = role == raft::Role::Leader ? 16 * scene.unit : std::min(10 * voters, 62.0F) * scene.unit + 2;
    // "2 of 3" stands after the tally; the word after the crown of a node that is too small for it.
    const bool small = scene.unit < small_node * input.text_scale;
    const float words = role == raft::Role::Leader ? (small ? 44 * input.text_scale : 0) : std::max(52 * scene.unit, 48 * input.text_scale);
    const float middle = node.center.x + (role == raft::Role::Leader ? 0 : tally_aside(scene, node, half, words));
    node.badge = {middle - half, node.center.y - node.ring - above_ring * scene.unit, middle + half + words,
                  node.center.y - node.ring};
  }
}

void place_clients(Scene& scene, const SceneInput& input) {
  const std::size_t count = std::min<std::size_t>(input.world.clients.size(), 12);
  const float wanted = std::min(15 * std::max(scene.unit, 0.8F * input.text_scale), scene.client_lane.width() * 0.17F);
  const float share = scene.client_lane.height() / static_cast<float>(std::max<std::size_t>(count, 1));
  // Under it stand what it asks for, how that stands and, with sessions, which is its own; of many clients only the first.
  const float words = (input.world.settings.sessions ? 3.0F : 2.0F) * 18 * std::max(scene.unit, input.text_scale);
  const float radius = std::min(wanted, std::max(share * 0.2F, (share - words) / 2.6F - 2));
  const float half = radius * 1.3F;  // of the diamond
  const float step = std::min(2 * half + words + radius, share);
  const float top = scene.client_lane.center().y - step * static_cast<float>(count) / 2;
  for (std::size_t i = 0; i < count; ++i) {
    scene.clients.push_back({static_cast<raft::ClientId>(i + 1),
                             {scene.client_lane.center().x, top + step * static_cast<float>(i) + half + 1},
                             radius,
                             {}});
    ClientShape& client = scene.clients.back();
    client.words = {scene.client_lane.left + 7, client.center.y + half, scene.client_lane.right - 7,
                    client.center.y + half + words};
  }
}

void add_islands(Scene& scene, const std::vector<NodeSet>& islands) {
  if (islands.size() < 2) return;
  for (const NodeSet nodes : islands)
    scene.islands.push_back({nodes, outline_of(scene.nodes, nodes, 8 * scene.unit, 16)});
}

/// Half way between two islands, on the line from one node to another; in the middle for others.
Point barrier_between(const Scene& scene, const LinkShape& link) {
  constexpr int steps = 60;
  if (!link.across) {  // where no node's plate covers it, as near to the middle as can be
    for (int i = 0; i < steps; ++i) {
      const float t = 0.5F + static_cast<float>(i % 2 == 0 ? i : -i) * 0.4F / steps;
      const Point at = between(link.from, link.to, t);
      const auto covers = [&](const NodeShape& node) { return node.plate.inset(-22 * scene.unit).contains(at); };
      if (std::none_of(scene.nodes.begin(), scene.nodes.end(), covers)) return at;
    }
    return between(link.from, link.to, 0.5F);
  }
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
      scene.links.push_back({a.id,
                             b.id,
                             a.center + along * a.ring,
                             b.center - along * b.ring,
                             world.network.is_open(a.id, b.id),
                             world.network.is_open(b.id, a.id),
                             island_of(a.id) != island_of(b.id),
                             {}});
      scene.links.back().barrier = barrier_between(scene, scene.links.back());
    }
  }
}

}  // namespace

void move_node(NodeShape& node, Point by) {
  const auto moved = [by](Rect r) { return Rect{r.left + by.x, r.top + by.y, r.right + by.x, r.bottom + by.y}; };
  node.center = node.center + by;
  node.badge = moved(node.badge);
  node.plate = moved(node.plate);
  node.block = moved(node.block);
}

namespace {

using Ends = std::pair<std::uint8_t, std::uint8_t>;

Ends ends_of(const raft::Message& message) { return {message.from.code(), message.to.code()}; }

using Ways = std::map<Ends, std::vector<FlightShape*>>;

/// How many nodes a message covers there, or their plates, crowns and tallies.
std::ptrdiff_t standing_at(const Scene& scene, Point at, bool quiet) {
  const float reach = (quiet ? heartbeat_reach : message_reach) * scene.mark;
  return std::count_if(scene.nodes.begin(), scene.nodes.end(), [&](const NodeShape& node) { return covers(node, at, reach); });
}

/// How far apart the middles of two messages are that do not touch.
float clear_of(const Scene& scene, const FlightShape& a, const FlightShape& b) {
  const auto reach = [](const FlightShape& flight) { return is_heartbeat(flight.flight->message) ? 6.0F : 13.0F; };
  return (reach(a) + reach(b)) * scene.mark;
}

/// Moves it along its way by the least that frees it of those that stand already and of nodes and their plates; if nothing
/// does, to where it covers least. `from` is where it may begin.
void move_clear(const Scene& scene, FlightShape& flight, float from, const std::vector<const FlightShape*>& standing) {
  const bool quiet = is_heartbeat(flight.flight->message);
  const auto covered_at = [&](float progress) {
    const Point at = flight.lane.at(progress);
    return std::count_if(standing.begin(), standing.end(), [&](const FlightShape* other) {
      const bool in_line = ends_of(other->flight->message) == ends_of(flight.flight->message);
      return !in_line && distance(other->at, at) < clear_of(scene, flight, *other);
    }) + standing_at(scene, at, quiet);
  };
  const float way = std::max(distance(flight.lane.from, flight.lane.to), 1.0F);
  const float middle = 1 - 2 * flight.progress;  // positive: it leaves; half way none is moved, so that nothing jumps there
  const float room = 90 * scene.mark / way * std::abs(middle) + std::abs(from - flight.progress);
  const float step = (middle > 0 ? 3.0F : -3.0F) * scene.mark / way;
  float best = from;
  std::ptrdiff_t least = covered_at(from);
  for (float at = from + step; least > 0 && std::abs(at - flight.progress) < room && at > 0 && at < 1; at += step) {
    const std::ptrdiff_t count = covered_at(at);
    if (count >= least) continue;
    least = count;
    best = at;
  }
  flight.progress = std::clamp(best, 0.0F, 1.0F);
  flight.at = flight.lane.at(flight.progress);
}

bool leaves(const FlightShape* flight) { return flight->progress < 0.5F; }

/// A line that reaches over the middle of its way is not moved.
bool is_long(const std::vector<FlightShape*>& line) { return leaves(line.front()) != leaves(line.back()); }

/// Where ways of several messages leave one node, or reach it, they stand apart, from the node on. Those that share a way
/// stay in its line.
void keep_apart(Scene& scene, const Ways& ways) {
  std::vector<const FlightShape*> standing;
  std::vector<FlightShape*> order;
  for (const auto& [ends, line] : ways) {
    if (is_long(line)) {
      standing.insert(standing.end(), line.begin(), line.end());
    } else {
      order.insert(order.end(), line.begin(), line.end());
    }
  }
  const auto arriving = std::stable_partition(order.begin(), order.end(), leaves);
  std::stable_sort(order.begin(), arriving, [](const FlightShape* a, const FlightShape* b) { return a->progress < b->progress; });
  std::stable_sort(arriving, order.end(), [](const FlightShape* a, const FlightShape* b) { return a->progress > b->progress; });
  std::map<Ends, float> moved;  // the last of each way, which those before it move on with
  for (FlightShape* flight : order) {
    const float stood = flight->progress;
    float& by = moved[ends_of(flight->flight->message)];
    move_clear(scene, *flight, std::clamp(stood + by, 0.0F, 1.0F), standing);
    by = flight->progress - stood;
    standing.push_back(flight);
  }
}

/// Messages on the same way that would lie on each other stand in a line, the one that is to arrive first in front.
void spread_flights(Scene& scene) {
  Ways ways;
  for (FlightShape& flight : scene.flights) {
    ways[ends_of(flight.flight->message)].push_back(&flight);
  }
  for (auto& [ends, flights] : ways) {
    std::stable_sort(flights.begin(), flights.end(),
                     [](const FlightShape* a, const FlightShape* b) { return a->progress < b->progress; });
    const float way = std::max(distance(flights.front()->lane.from, flights.front()->lane.to), 1.0F);
    const float gap = std::min(36 * scene.mark / way, 0.9F / static_cast<float>(flights.size()));
    float most = 1.0F - gap * static_cast<float>(flights.size() - 1);
    float least = 0;
    for (FlightShape* flight : flights) {
      flight->progress = std::clamp(flight->progress, least, std::max(least, most));
      least = flight->progress + gap;
      most += gap;
    }
  }
  for (FlightShape& flight : scene.flights) flight.at = flight.lane.at(flight.progress);
  keep_apart(scene, ways);
  for (FlightShape& flight : scene.flights) flight.heading = toward_receiver(scene, flight);
}

}  // namespace

void stand_clear(const Scene& scene, FlightShape& flight) {
  std::vector<const FlightShape*> standing;
  for (const FlightShape& other : scene.flights) standing.push_back(&other);
  move_clear(scene, flight, flight.progress, standing);
  flight.heading = toward_receiver(scene, flight);
}

void connect(Scene& scene, const SceneInput& input) {
  const std::vector<NodeSet> islands = raft::sim::islands(input.world);
  scene.islands.clear();
  scene.links.clear();
  scene.flights.clear();
  add_islands(scene, islands);
  add_links(scene, input.world, islands);
  const raft::sim::Network& network = input.world.network;
  std::map<Ends, std::optional<Lane>> lanes;
  for (const raft::sim::Flight& flight : network.flights()) {
    const auto [lane, is_new] = lanes.try_emplace(ends_of(flight.message));
    if (is_new) lane->second = lane_between(scene, flight.message.from, flight.message.to);
    if (!lane->second) continue;
    const float progress = input.reduced_motion ? 0.5F : flown_of(scene, *lane->second, flight, input.clock);
    scene.flights.push_back({flight.id, &flight, *lane->second, progress, {}, {}});
  }
  spread_flights(scene);
}

Scene make_scene(const SceneInput& input) {
  Scene scene;
  scene.area = input.area;
  const bool wide = input.area.width() > 800 * input.text_scale || input.has_clients;
  const float share = std::clamp(input.area.width() * 0.155F, 56.0F * input.text_scale, 84.0F * input.text_scale);
  const float lane = wide ? std::max(input.area.width() * 0.085F, share) : 12 * input.text_scale;
  scene.client_lane = {input.area.left, std::max(input.area.top, input.keep_clear.bottom + 6), input.area.left + lane,
                       input.area.bottom - 8};
  place_nodes(scene, input, raft::sim::islands(input.world));
  place_badges(scene, input);
  place_clients(scene, input);
  connect(scene, input);
  return scene;
}

}  // namespace ui
