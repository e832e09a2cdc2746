// The stage by mouse: a node is moved, a lasso makes a third island, the menu of a node; and the lecture hall by its key.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/window/story.h"
#include "ui/icons.h"

using namespace window_test;

namespace {

/// The nodes that stand furthest to the left: a line around them encloses nobody else.
raft::NodeSet leftmost(const ui::Scene& scene, std::size_t count) {
  std::vector<ui::NodeShape> nodes = scene.nodes;
  std::sort(nodes.begin(), nodes.end(), [](const ui::NodeShape& a, const ui::NodeShape& b) { return a.center.x < b.center.x; });
  raft::NodeSet set;
  for (std::size_t i = 0; i < count; ++i) set.add(nodes[i].id);
  return set;
}

Json lasso_by_mouse(Bench& bench, raft::NodeSet nodes) {
  bench.drag(lasso(bench.twin().scene(), nodes));
  const Json line = bench.act([&] { bench.release(); });
  bench.see();
  return line;
}

Json menu_of(Bench& bench, raft::NodeId node, std::string_view item) {
  bench.click(bench.middle_of(node));
  bench.see();
  const Json line = bench.act([&] { bench.click_text(item, bench.twin().stage()); });
  bench.see();
  return line;
}

}  // namespace

TEST_CASE("a node is dragged elsewhere, and nothing happens to the cluster") {
  Bench bench({.name = "drag"});
  start_free_play(bench, 5);
  const ui::Scene before = bench.twin().scene();
  const raft::NodeId node = before.nodes.front().id;
  const ui::Point from = before.node(node).center;
  const ui::Point to{before.area.center().x, before.area.center().y};
  REQUIRE(ui::distance(from, to) > 40);
  bench.drag({from, ui::between(from, to, 0.5F), to});
  bench.release();
  bench.see();
  bench.keep_picture("dragged");
  CHECK(ui::distance(bench.twin().scene().node(node).center, to) < 2);
  CHECK(bench.twin().session().run().acts().empty());
  bench.quit();
}

TEST_CASE("two lassos make three islands, of which none has a majority of six") {
  Bench bench({.name = "three-islands"});
  start_free_play(bench, 7);
  bench.click_on(ui::icon::users, bench.twin().stage());
  bench.see();
  const Json first = lasso_by_mouse(bench, leftmost(bench.twin().scene(), 2));
  CHECK(first["kind"] == "network");
  CHECK(first["origin"] == "mouse");
  REQUIRE(raft::sim::islands(bench.twin().world()).size() == 2);
  // Of those that are still together, the two at the right.
  std::vector<ui::NodeShape> nodes = bench.twin().scene().nodes;
  std::sort(nodes.begin(), nodes.end(), [](const ui::NodeShape& a, const ui::NodeShape& b) { return a.center.x > b.center.x; });
  raft::NodeSet right;
  right.add(nodes[0].id);
  right.add(nodes[1].id);
  const Json second = lasso_by_mouse(bench, right);
  CHECK(second["origin"] == "mouse");
  CHECK(raft::sim::islands(bench.twin().world()).size() == 3);
  bench.keep_picture("three");
  const Json healed = bench.act([&] { bench.click_on(ui::icon::link, bench.twin().stage()); });
  CHECK(healed["command"] == "heal");
  CHECK(raft::sim::islands(bench.twin().world()).size() == 1);
  bench.see();
  bench.quit();
}

TEST_CASE("the menu of a node pauses it, lets it go on, and makes it time out") {
  Bench bench({.name = "node-menu"});
  start_free_play(bench, 3);
  const raft::NodeId node = raft::node_at(1);
  const Json paused = menu_of(bench, node, "ui.pause_node");
  CHECK(paused["command"] == "pause B");
  CHECK(paused["origin"] == "mouse");
  CHECK(bench.twin().world().machine(node).paused);
  bench.keep_picture("paused");
  const Json resumed = menu_of(bench, node, "ui.resume_node");
  CHECK(resumed["command"] == "resume B");
  CHECK(resumed["origin"] == "mouse");
  CHECK_FALSE(bench.twin().world().machine(node).paused);
  const Json candidate = menu_of(bench, node, "ui.time_out");
  CHECK(candidate["kind"] == "election_timeout");
  CHECK(candidate["origin"] == "mouse");
  CHECK(candidate["state"]["role"] == "candidate");
  bench.quit();
}

TEST_CASE("F2 makes it fit for a lecture hall, at the same moment of the same run, and F2 takes that back") {
  Bench bench({.name = "room"});
  start_free_play(bench, 5);
  for (int i = 0; i < 8; ++i) bench.key("Right");
  bench.see();
  const std::int64_t position = bench.twin().session().run().position();
  bench.key("F2");
  bench.see();
  bench.keep_picture("room");
  CHECK(bench.twin().ui_state().room);
  CHECK(bench.twin().session().run().position() == position);
  bench.key("F2");
  bench.see();
  CHECK_FALSE(bench.twin().ui_state().room);
  bench.quit();
}
