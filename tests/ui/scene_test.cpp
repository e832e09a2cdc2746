// The geometry of the stage: nothing overlaps, messages are where they should be, and the mouse finds what is
// drawn.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "raft/sim/timeline.h"
#include "tests/support/cluster.h"
#include "ui/layout.h"
#include "ui/scene.h"

namespace ui::test {

using namespace raft::sim;
using raft::node_at;
using raft::NodeSet;

namespace {

constexpr std::array<Rect, 6> areas{{{0, 48, 960, 327},
                                     {0, 48, 1200, 417},
                                     {0, 48, 1440, 600},
                                     {0, 48, 1000, 848},
                                     {0, 48, 2880, 1400},
                                     {0, 0, 1280, 500}}};

/// As large as type is in room mode, where each of two runs has half of a small window.
Scene scene_beside_another(const Timeline& run, Rect Layout::* stage = &Layout::other_stage) {
  const Layout layout = make_layout({.width = 1280, .height = 720, .text_scale = 1.75F, .nodes = static_cast<int>(run.world().node_count()), .room = true, .compare = true});
  const Rect area = layout.*stage;
  return make_scene({.world = run.world(), .clock = run.clock(), .stage = {}, .text_scale = 1.75F, .area = area,
                     .keep_clear = {area.left, area.top + 8, area.left, area.top + 8}, .logs_on_plates = true, .has_clients = true});
}

Scene scene_of(const Timeline& run, Rect area, const StageState& stage = {}) {
  return make_scene(
      {run.world(), run.clock(), stage, 1, area, {area.left + 10, area.top + 10, area.left + 224, area.top + 46}});
}

NodeSet set_of(std::initializer_list<int> nodes) {
  NodeSet set;
  for (const int node : nodes) set.add(node_at(static_cast<std::size_t>(node)));
  return set;
}

/// Of those that have gone less of their way than that, or have less of it left.
void check_beside_nodes(const Scene& scene, float share) {
  for (const FlightShape& flight : scene.flights) {
    if (flight.progress > share && flight.progress < 1 - share) continue;
    for (const NodeShape& node : scene.nodes) {
      CAPTURE(flight.progress);
      CHECK_FALSE(node.plate.contains(flight.at));
      CHECK(distance(node.center, flight.at) > node.ring);
    }
  }
}

void check_apart(const Scene& scene) {
  for (const NodeShape& a : scene.nodes) {
    CHECK(a.block.left >= scene.area.left);
    CHECK(a.block.top >= scene.area.top);
    CHECK(a.block.right <= scene.area.right);
    CHECK(a.block.bottom <= scene.area.bottom);
    CHECK(a.block.left >= scene.client_lane.right - 1);
    for (const NodeShape& b : scene.nodes) {
      if (a.id < b.id) CHECK_FALSE(overlaps(a.block, b.block));
    }
  }
}

float middle_x(const Scene& scene, NodeSet island) {
  float sum = 0;
  for (const raft::NodeId node : island) sum += scene.node(node).center.x;
  return sum / static_cast<float>(island.count());
}

/// The node that stands highest, if it stands clearly higher than all others.
raft::NodeId highest(const Scene& scene, NodeSet island) {
  raft::NodeId best = *island.begin();
  for (const raft::NodeId node : island) {
    if (scene.node(node).center.y < scene.node(best).center.y) best = node;
  }
  for (const raft::NodeId node : island) {
    if (node != best && scene.node(node).center.y < scene.node(best).center.y + scene.area.height() * 0.15F) return raft::no_node;
  }
  return best;
}

}  // namespace

TEST_CASE("1 to 11 nodes stand apart and inside the stage at every size") {
  for (std::size_t count = 1; count <= max_voters; ++count) {
    const Timeline run(raft::test::cluster_of(count, 1));
    for (const Rect area : areas) {
      CAPTURE(count);
      CAPTURE(area.width());
      const Scene scene = scene_of(run, area);
      REQUIRE(scene.nodes.size() == count);
      check_apart(scene);
    }
  }
}

TEST_CASE("of up to five nodes no link runs behind a third one, where its messages would seem to be that node's") {
  for (const std::size_t count : {std::size_t{3}, std::size_t{4}, std::size_t{5}}) {
    const Timeline run(raft::test::cluster_of(count, 1));
    for (const Rect area : areas) {
      CAPTURE(count);
      CAPTURE(area.width());
      const Scene scene = scene_of(run, area);
      for (const NodeShape& a : scene.nodes) {
        for (const NodeShape& b : scene.nodes) {
          for (const NodeShape& third : scene.nodes) {
            if (b.id <= a.id || third.id == a.id || third.id == b.id) continue;
            CHECK(distance_to_segment(third.center, a.center, b.center) > third.ring);
            // Of three nodes, the two links of each are at least a sixth of a right angle apart.
            const Point one = a.center - third.center;
            const Point other = b.center - third.center;
            const float sine = std::abs(one.x * other.y - one.y * other.x) / (length(one) * length(other));
            if (count == 3) CHECK(sine > 0.25F);
          }
        }
      }
    }
  }
}

TEST_CASE("islands stand side by side, and none reaches over a node of another") {
  const std::array<std::vector<NodeSet>, 4> splits{{{set_of({0, 1}), set_of({2, 3, 4})},
                                                    {set_of({0, 2}), set_of({1, 3, 4})},
                                                    {set_of({0, 2, 4}), set_of({1}), set_of({3})},
                                                    {set_of({4}), set_of({0, 1, 2, 3})}}};
  for (const auto& split : splits) {
    Timeline run(raft::test::cluster_of(5, 1));
    REQUIRE_FALSE(run.act(Partition{split}, Origin::Script));
    for (const Rect area : areas) {
      const Scene scene = scene_of(run, area);
      check_apart(scene);
      REQUIRE(scene.islands.size() == split.size());
      for (const IslandShape& island : scene.islands) {
        for (const NodeShape& node : scene.nodes)
          CHECK(inside(island.outline, node.center) == island.nodes.contains(node.id));
      }
    }
  }
}

TEST_CASE("when the network splits, nodes stay near where they stood") {
  struct Case { std::size_t nodes; std::vector<NodeSet> islands; float far; };
  const std::array<Case, 5> cases{{{3, {set_of({1}), set_of({0, 2})}, 0.1F},
                                   {5, {set_of({0, 1}), set_of({2, 3, 4})}, 0.25F},
                                   {5, {set_of({3, 4}), set_of({0, 1, 2})}, 0.25F},
                                   {5, {set_of({4}), set_of({0, 1, 2, 3})}, 0.25F},
                                   {9, {set_of({0, 1, 2}), set_of({3, 4, 5}), set_of({6, 7, 8})}, 0.3F}}};
  for (const Case& one : cases) {
    for (const Rect area : areas) {
      Timeline run(raft::test::cluster_of(one.nodes, 1));
      const Scene whole = scene_of(run, area);
      REQUIRE_FALSE(run.act(Partition{one.islands}, Origin::Script));
      const Scene split = scene_of(run, area);
      float moved = 0;
      for (const NodeShape& node : whole.nodes) moved += distance(node.center, split.node(node.id).center);
      CAPTURE(one.nodes);
      CAPTURE(area.width());
      CAPTURE(area.height());
      CHECK(moved / static_cast<float>(one.nodes) < one.far * area.width());
      CHECK(split.unit > 0.77F * whole.unit);  // nor are they drawn much smaller
      for (const NodeSet a : one.islands) {
        for (const NodeSet b : one.islands) {
          if (middle_x(whole, a) < middle_x(whole, b) - area.width() * 0.15F) CHECK(middle_x(split, a) < middle_x(split, b));
        }
        const raft::NodeId top = highest(whole, a);
        const raft::NodeId now = highest(split, a);
        if (top != raft::no_node && now != raft::no_node) CHECK(now == top);
      }
    }
  }
}

TEST_CASE("a message leaves its sender, arrives at its receiver, and is between them meanwhile") {
  Timeline run(raft::test::cluster_of(5, 1));
  while (run.world().network.in_flight() == 0) REQUIRE(run.step());
  for (const Rect area : areas) {
    const Scene before = scene_of(run, area);
    for (const FlightShape& flight : before.flights) {
      const raft::Message& message = flight.flight->message;
      const NodeShape& from = before.node(message.from.node());
      const NodeShape& to = before.node(message.to.node());
      CHECK(progress_of(*flight.flight, flight.flight->sent_at) == 0);
      CHECK(progress_of(*flight.flight, flight.flight->arrives_at) == 1);
      CHECK(distance(flight.lane.at(0), from.center) < distance(flight.lane.at(0), to.center));
      CHECK(distance(flight.lane.at(1), to.center) < distance(flight.lane.at(1), from.center));
      CHECK(distance(flight.lane.at(0), from.center) > from.ring);
      CHECK(distance(flight.lane.at(1), to.center) > to.ring);
    }
  }
}

TEST_CASE("a message points at the middle of its receiver, along a bend and beside a plate as well") {
  Timeline run(raft::test::cluster_of(4, 1));
  int seen = 0;
  for (int i = 0; i < 200; ++i) {
    REQUIRE(run.step());
    for (const Rect area : areas) {
      const Scene scene = scene_of(run, area);
      for (const FlightShape& flight : scene.flights) {
        const Point way = scene.node(flight.flight->message.to.node()).center - flight.at;
        CHECK(flight.heading.x * way.x + flight.heading.y * way.y > 0.999F * length(way));
        ++seen;
      }
    }
  }
  CHECK(seen > 100);
}

TEST_CASE("a message on a cut link reaches the barrier as it dies, and one that is lost by hand dies half way") {
  for (const bool by_hand : {false, true}) {
    CAPTURE(by_hand);
    Timeline run(raft::test::cluster_of(5, 1));
    if (by_hand) {
      REQUIRE_FALSE(run.act(DropEvery{}, Origin::Script));
    } else {
      REQUIRE_FALSE(run.act(Partition{{set_of({0}), set_of({1, 2, 3, 4})}}, Origin::Script));
    }
    REQUIRE_FALSE(run.act(FireElectionTimer{node_at(0)}, Origin::Script));
    const Scene scene = scene_of(run, areas[2]);
    const auto doomed = std::find_if(scene.flights.begin(), scene.flights.end(),
                                     [](const FlightShape& flight) { return is_doomed(flight.flight->fate); });
    REQUIRE(doomed != scene.flights.end());
    const Flight& flight = *doomed->flight;
    CHECK(flown_of(scene, doomed->lane, flight, flight.sent_at) == 0);
    const float dies = flown_of(scene, doomed->lane, flight, flight.ends_at);
    if (by_hand) {
      CHECK(dies == doctest::Approx(0.5F).epsilon(0.001));
      continue;
    }
    CHECK(flown_of(scene, doomed->lane, flight, (flight.sent_at + flight.ends_at) / 2) == doctest::Approx(dies / 2).epsilon(0.01));
    const auto link = std::find_if(scene.links.begin(), scene.links.end(), [&](const LinkShape& shape) {
      return flight.message.from == raft::Endpoint(shape.a) && flight.message.to == raft::Endpoint(shape.b);
    });
    REQUIRE(link != scene.links.end());
    for (const float t : {0.2F, 0.4F, 0.6F, 0.8F})
      CHECK(distance(doomed->lane.at(dies), link->barrier) <= distance(doomed->lane.at(t), link->barrier) + 1);
  }
}

TEST_CASE("the two directions of a link have lanes of their own") {
  const Timeline run(raft::test::cluster_of(5, 1));
  const Scene scene = scene_of(run, areas[1]);
  const auto forth = lane_between(scene, node_at(1), node_at(3));
  const auto back = lane_between(scene, node_at(3), node_at(1));
  REQUIRE((forth && back));
  CHECK(distance(forth->at(0.5F), back->at(0.5F)) > 20 * scene.unit);
  CHECK_FALSE(lane_between(scene, node_at(1), node_at(1)));
}

TEST_CASE("the mouse finds what is drawn") {
  Timeline run(raft::test::cluster_of(5, 1));
  while (run.world().network.in_flight() == 0) REQUIRE(run.step());
  run.set_clock((run.world().now + run.next_at()) / 2);
  const Scene scene = scene_of(run, areas[2]);
  for (const NodeShape& node : scene.nodes) {
    CHECK(hit_test(scene, node.center) == Hit{.kind = Hit::Kind::Node, .node = node.id});
    CHECK(hit_test(scene, node.plate.center()).node == node.id);
  }
  for (const FlightShape& flight : scene.flights) CHECK(hit_test(scene, flight.at).kind == Hit::Kind::Message);
  for (const LinkShape& link : scene.links) {
    const Hit hit = hit_test(scene, between(link.from, link.to, 0.15F));
    CHECK(hit.kind != Hit::Kind::Nothing);
  }
  CHECK(hit_test(scene, {-5, -5}) == Hit{});
}

TEST_CASE("a node that was dragged stays where it was put") {
  const Timeline run(raft::test::cluster_of(5, 1));
  StageState stage;
  stage.placed[node_at(2)] = {0.25F, 0.75F};
  const Scene scene = scene_of(run, areas[2], stage);
  CHECK(scene.node(node_at(2)).center.x == doctest::Approx(areas[2].left + 0.25F * areas[2].width()));
  CHECK(scene.node(node_at(2)).center.y == doctest::Approx(areas[2].top + 0.75F * areas[2].height()));
}

TEST_CASE("the outline of one point is a circle, and that of a line holds both ends") {
  const Point one{100, 50};
  const std::vector<Point> circle = rounded_hull({one}, 10, 24);
  CHECK(circle.size() == 24);
  for (const Point corner : circle) CHECK(distance(corner, one) == doctest::Approx(10));
  const Point other{160, 50};
  const std::vector<Point> pill = rounded_hull({one, other}, 10, 24);
  CHECK(inside(pill, one));
  CHECK(inside(pill, other));
}

TEST_CASE("an outline is convex and holds its points") {
  const std::vector<Point> points{{0, 0}, {100, 10}, {60, 80}, {50, 30}};
  const std::vector<Point> outline = rounded_hull(points, 8);
  for (const Point p : points) CHECK(inside(outline, p));
  CHECK_FALSE(inside(outline, {-20, 40}));
  CHECK(segments_cross({0, 0}, {10, 10}, {0, 10}, {10, 0}));
  CHECK_FALSE(segments_cross({0, 0}, {10, 0}, {0, 5}, {10, 5}));
}

TEST_CASE("Islands of up to eleven nodes stand apart, in the smallest window too") {
  struct Case { std::size_t nodes; std::vector<NodeSet> islands; };
  const std::array<Case, 5> cases{{{5, {set_of({0, 1}), set_of({2, 3, 4})}},
                                   {7, {set_of({0, 1, 2}), set_of({3, 4, 5, 6})}},
                                   {9, {set_of({0, 1, 2}), set_of({3, 4, 5}), set_of({6, 7, 8})}},
                                   {11, {set_of({0, 1, 2, 3, 4}), set_of({5, 6, 7, 8, 9, 10})}},
                                   {11, {set_of({0, 1, 2}), set_of({3, 4, 5, 6}), set_of({7, 8, 9, 10})}}}};
  for (const Case& one : cases) {
    for (const std::array<float, 2> size : {std::array<float, 2>{1280, 720}, {1600, 900}, {3840, 2160}}) {
      CAPTURE(one.nodes);
      CAPTURE(one.islands.size());
      CAPTURE(size[0]);
      Timeline run(raft::test::cluster_of(one.nodes, 1));
      REQUIRE_FALSE(run.act(Partition{one.islands}, Origin::Script));
      const Rect area = make_layout({.width = size[0], .height = size[1], .nodes = static_cast<int>(one.nodes)}).stage;
      check_apart(scene_of(run, area));
    }
  }
}

TEST_CASE("Messages that wait on the same way stand in a line") {
  raft::sim::ClusterConfig config = raft::test::cluster_of(3, 1);
  config.settings.latency = {3'600'000'000, 3'600'000'000};
  Timeline run(config);
  for (int i = 0; i < 4; ++i) REQUIRE_FALSE(run.act(FireElectionTimer{node_at(0)}, Origin::Script));
  const Scene scene = scene_of(run, areas[1]);
  REQUIRE(scene.flights.size() == 8);
  for (std::size_t i = 0; i < scene.flights.size(); ++i) {
    for (std::size_t j = i + 1; j < scene.flights.size(); ++j) {
      CHECK(distance(scene.flights[i].at, scene.flights[j].at) > 18 * scene.mark);
    }
  }
}

TEST_CASE("Requests that leave a candidate stand apart, and none covers its tally") {
  for (const int nodes : {3, 5, 7}) {
    for (int candidate = 0; candidate < nodes; ++candidate) {
      Timeline run(raft::test::cluster_of(static_cast<std::size_t>(nodes), 1));
      REQUIRE_FALSE(run.act(FireElectionTimer{node_at(static_cast<std::size_t>(candidate))}, Origin::Script));
      const Scene scene = scene_of(run, areas[2]);
      REQUIRE(scene.flights.size() == static_cast<std::size_t>(nodes - 1));
      const Rect tally = scene.node(node_at(static_cast<std::size_t>(candidate))).badge;
      CHECK(tally.left >= areas[2].left);
      CHECK(tally.right <= areas[2].right);
      for (const FlightShape& flight : scene.flights) {
        CHECK_FALSE(tally.contains(flight.at));
        // Of three nodes, all of its way is clear of the tally.
        for (float way = 0; nodes == 3 && way <= 1; way += 0.05F) CHECK_FALSE(tally.contains(flight.lane.at(way)));
        for (const FlightShape& other : scene.flights) {
          if (&other != &flight) CHECK(distance(flight.at, other.at) > 12 * scene.mark);
        }
      }
    }
  }
}

TEST_CASE("Clusters of up to eleven nodes stand apart beside their logs, in the smallest window too") {
  for (std::size_t nodes = 3; nodes <= 11; ++nodes) {
    for (const std::array<float, 2> size : {std::array<float, 2>{1280, 720}, {1600, 900}, {3840, 2160}}) {
      CAPTURE(nodes);
      CAPTURE(size[0]);
      const Timeline run(raft::test::cluster_of(nodes, 1));
      const Rect area = make_layout({.width = size[0], .height = size[1], .nodes = static_cast<int>(nodes)}).stage;
      check_apart(scene_of(run, area));
    }
  }
}

TEST_CASE("Cards that show the log alone grow into the room beside them, and make no node smaller") {
  for (const std::size_t nodes : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    CAPTURE(nodes);
    const Timeline run(raft::test::cluster_of(nodes, 1));
    const Rect area = make_layout({.width = 1280, .height = 720, .text_scale = 1.75F, .nodes = static_cast<int>(nodes), .room = true}).stage;
    const StageState stage;
    SceneInput input{.world = run.world(), .clock = run.clock(), .stage = stage, .text_scale = 1.75F, .area = area, .keep_clear = {}};
    const Scene beside_a_table = make_scene(input);
    input.logs_on_plates = true;
    const Scene alone = make_scene(input);
    CHECK(alone.unit == beside_a_table.unit);
    CHECK(alone.nodes.front().plate.width() > 1.2F * beside_a_table.nodes.front().plate.width());
    check_apart(alone);
  }
}

TEST_CASE("Of two runs side by side in a lecture hall each has its nodes apart, in circles that can be told by their letters") {
  for (std::size_t nodes = 1; nodes <= max_voters; ++nodes) {
    CAPTURE(nodes);
    const Scene scene = scene_beside_another(Timeline(raft::test::cluster_of(nodes, 1)));
    check_apart(scene);
    CHECK(scene.nodes.front().radius * 2 > (nodes < 10 ? 40 : 28));  // points; letters are 20 of them high
    if (nodes != 5 && nodes != 7 && nodes != 9) continue;
    Timeline split(raft::test::cluster_of(nodes, 1));
    REQUIRE_FALSE(split.act(Partition{{NodeSet::first(2), NodeSet::first(nodes) - NodeSet::first(2)}}, Origin::Script));
    const Scene right = scene_beside_another(split);
    check_apart(right);
    const Scene left = scene_beside_another(split, &Layout::stage);
    for (const NodeShape& node : left.nodes) {  // each where it is on the other side
      const float far = right.node(node.id).center.x - node.center.x - right.area.left + left.area.left;
      CHECK(std::abs(far) < 1);
      CHECK(node.center.y == doctest::Approx(right.node(node.id).center.y));
    }
  }
}

TEST_CASE("Messages that leave or reach a node stand beside plates and nodes, in islands too") {
  struct Case { std::size_t nodes; std::vector<NodeSet> islands; };
  const std::array<Case, 3> cases{{{5, {set_of({0, 1, 2}), set_of({3}), set_of({4})}},
                                   {7, {set_of({0, 2, 3, 6}), set_of({1, 4, 5})}},
                                   {9, {set_of({0, 1, 2}), set_of({3, 4, 5}), set_of({6, 7, 8})}}}};
  for (const Case& one : cases) {
    for (std::size_t sender = 0; sender < one.nodes; ++sender) {
      Timeline run(raft::test::cluster_of(one.nodes, 1));
      REQUIRE_FALSE(run.act(Partition{one.islands}, Origin::Script));
      REQUIRE_FALSE(run.act(FireElectionTimer{node_at(sender)}, Origin::Script));
      const Rect area = make_layout({.width = 1280, .height = 720, .nodes = static_cast<int>(one.nodes)}).stage;
      CAPTURE(one.nodes);
      CAPTURE(sender);
      check_beside_nodes(scene_of(run, area), 1);
      // Just before each of the first events, among which are arrivals in every island.
      for (std::size_t event = 0; event < 3 * one.nodes; ++event) {
        CAPTURE(event);
        run.set_clock(run.next_at() - 1);
        check_beside_nodes(scene_of(run, area), 0.1F);
        REQUIRE(run.step());
      }
    }
  }
}

TEST_CASE("Half way no message is moved off its place") {
  Timeline run(raft::test::cluster_of(5, 1));
  REQUIRE_FALSE(run.act(FireElectionTimer{node_at(0)}, Origin::Script));
  for (int i = 0; i < 20; ++i) {
    run.set_clock(run.clock() + 1'000);
    const Scene scene = scene_of(run, areas[2]);
    for (const FlightShape& flight : scene.flights) {
      const float progress = progress_of(*flight.flight, run.clock());
      const float moved = std::abs(flight.progress - progress) * distance(flight.lane.from, flight.lane.to);
      CHECK(moved <= 54 * scene.mark * std::abs(1 - 2 * progress) + 0.01F);
    }
  }
}

}  // namespace ui::test
