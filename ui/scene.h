// Where everything on the stage is: nodes, plates, lanes, messages, islands. The only float maths of the program;
// computed anew for every frame from the run and the stage's small memory, drawn by panels/stage*.cpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "raft/sim/world.h"
#include "ui/point.h"
#include "ui/ui_state.h"

namespace ui {

/// A node: its circle, and the plate of its disk. What is drawn of it stays inside `block`.
struct NodeShape {
  raft::NodeId id = raft::no_node;
  Point center;
  float radius = 0;  // of the circle
  float ring = 0;    // radius of the outside of the countdown ring
  Rect badge;        // crown or tally, above the ring; empty for a follower
  Rect plate;
  Rect block;

  Rect ring_box() const { return {center.x - ring, center.y - ring, center.x + ring, center.y + ring}; }
};

/// Nodes drawn smaller than this have no room for a word under their name; in units at text scale 1.
inline constexpr float small_node = 0.68F;

struct ClientShape {
  raft::ClientId id = raft::no_client;
  Point center;
  float radius = 0;
  Rect words;  // what stands under it at most
};

/// The way from one end to another: a curve that keeps to its own side of the link.
struct Lane {
  Point from;
  Point bend;
  Point to;
  Point at(float t) const;
  Point heading(float t) const;  // length 1
};

struct FlightShape {
  raft::sim::MessageId id = raft::sim::no_message;
  const raft::sim::Flight* flight = nullptr;
  Lane lane;
  float progress = 0;  // 0 at the sender, 1 at the receiver
  Point at;
  Point heading;
};

struct LinkShape {
  raft::NodeId a = raft::no_node;
  raft::NodeId b = raft::no_node;
  Point from;  // at a
  Point to;    // at b
  bool a_to_b = true;
  bool b_to_a = true;
  bool across = false;  // between two islands
  Point barrier;        // where it is drawn cut

  /// Between islands the gap and their captions say it better than a bar on every link.
  bool has_barrier() const { return a_to_b != b_to_a || (!a_to_b && !across); }
};

struct IslandShape {
  raft::NodeSet nodes;
  std::vector<Point> outline;  // convex, rounded
};

struct Scene {
  Rect area;
  float unit = 1;  // how large a point of the design is drawn
  float mark = 1;  // the same for messages, which stay large enough to be told apart on a crowded stage
  Rect client_lane;
  std::vector<NodeShape> nodes;  // by NodeId
  std::vector<ClientShape> clients;
  std::vector<LinkShape> links;
  std::vector<IslandShape> islands;  // empty while all is one
  std::vector<FlightShape> flights;  // in the order in which they end

  const NodeShape& node(raft::NodeId id) const { return nodes[raft::index_of(id)]; }
};

struct SceneInput {
  const raft::sim::World& world;
  raft::sim::Time clock = 0;
  const StageState& stage;
  float text_scale = 1;
  Rect area;
  Rect keep_clear;  // of the toolbar
  bool reduced_motion = false;  // messages stand half way
  bool logs_on_plates = false;  // there is no log table: plates are up to half wider where that makes no node smaller
  bool has_clients = false;     // or will have some: their lane keeps its room, so that no node moves when they appear
};

Scene make_scene(const SceneInput& input);
/// Moves a node with all that belongs to it; call connect() when all have moved.
void move_node(NodeShape& node, Point by);
/// Links, islands and flights between the nodes as they stand.
void connect(Scene& scene, const SceneInput& input);

/// The way of a message between two ends that are on the scene; nullopt if one is not.
std::optional<Lane> lane_between(const Scene& scene, raft::Endpoint from, raft::Endpoint to);
/// Moves a message along its way to where it covers least of nodes, of what belongs to them and of the scene's messages.
void stand_clear(const Scene& scene, FlightShape& flight);
/// How much of the time of its way has gone, 0 to 1.
float progress_of(const raft::sim::Flight& flight, raft::sim::Time clock);
/// From a place on the message's way to the middle of its receiver, length 1: along a bend, or to where a lane ends beside a
/// plate, it would point at somebody else.
Point toward_receiver(const Scene& scene, const FlightShape& flight);
/// How much of its lane it has flown, 0 to 1: the same, but where its link is cut it reaches the barrier as it dies.
float flown_of(const Scene& scene, const Lane& lane, const raft::sim::Flight& flight, raft::sim::Time clock);

/// Convex hull of the points, grown by `margin`, its corners rounded by so many facets of a circle.
std::vector<Point> rounded_hull(const std::vector<Point>& points, float margin, int facets = 16);
bool overlaps(Rect a, Rect b);
bool inside(std::span<const Point> polygon, Point p);
bool segments_cross(Point a, Point b, Point c, Point d);
float distance_to_segment(Point p, Point a, Point b);

inline constexpr float barrier_reach = 17;  // units around a barrier that take the mouse
/// What lies under a point: the topmost of messages, nodes, clients, barriers, links.
struct Hit {
  enum class Kind { Nothing, Node, Message, Client, Barrier, Link };
  Kind kind = Kind::Nothing;
  raft::NodeId node = raft::no_node;
  raft::sim::MessageId message = raft::sim::no_message;
  raft::ClientId client = raft::no_client;
  std::size_t link = 0;  // index into links; of a barrier, too
  friend bool operator==(const Hit&, const Hit&) = default;
};
Hit hit_test(const Scene& scene, Point p);

}  // namespace ui
