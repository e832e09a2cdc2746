// A mouse that rests: where it was left while keys are pressed, and what it is told about the parts of a node.
#include <doctest/doctest.h>

#include "tests/ui/window.h"
#include "ui/layout.h"
#include "ui/scene.h"

namespace ui::test {

using raft::node_at;
using raft::NodeId;

namespace {

/// Where everything stands on the stage of a free play.
Scene scene_of(const Window& window, const Played& played) {
  const Rect area = make_layout({.width = usual_size.width, .height = usual_size.height, .nodes = 3}).stage;
  return make_scene({.world = played.run.world(), .clock = played.run.clock(), .stage = window.state.stage, .text_scale = 1, .area = area,
                     .keep_clear = {area.left + 10, area.top + 10, area.left + 210, area.top + 46}, .has_clients = true});
}

/// What the tip says after the mouse has rested for two thirds of a second; "" without one.
std::string tip_of(Window& window, const Played& played) {
  for (int i = 0; i < 40; ++i) window.frame(played, usual_size);
  std::string all;
  for (const DrawnItem& item : window.drawn(played, usual_size)) {
    if (item.panel.find("Foreground") != std::string::npos) all += (all.empty() ? "" : " ") + item.what;
  }
  return all;
}

}  // namespace

TEST_CASE("a mouse that was left on the stage lights nothing while keys are pressed, until it is moved or pressed") {
  Played played(3);
  Window window;
  window.frame(played, usual_size);
  const Scene scene = scene_of(window, played);
  const auto lit = [&window] { return window.state.hovered.kind == Selection::Kind::Node; };
  window.mouse = scene.node(raft::node_at(1)).center;
  for (int i = 0; i < 3; ++i) window.frame(played, usual_size);
  REQUIRE(lit());
  window.frame(played, usual_size, {press(Key::Right)});
  window.frame(played, usual_size);
  CHECK_FALSE(lit());
  window.mouse = window.mouse + Point{2, 0};
  for (int i = 0; i < 2; ++i) window.frame(played, usual_size);
  CHECK(lit());
  // Characters that are typed are keys, too; a turn of the wheel wakes it as a movement does, whichever way.
  for (const bool sideways : {false, true}) {
    window.type("x");
    for (int i = 0; i < 2; ++i) window.frame(played, usual_size);
    CHECK_FALSE(lit());
    window.turn_wheel(sideways ? Point{1, 0} : Point{0, 1});
    for (int i = 0; i < 2; ++i) window.frame(played, usual_size);
    CHECK(lit());
  }
}

TEST_CASE("a mouse that was left on a button shows no tip there while keys are pressed") {
  Played played(3);
  played.play_a_while();
  Window window;
  const Layout layout = make_layout({.width = usual_size.width, .height = usual_size.height, .nodes = 3});
  window.mouse = {layout.caption.right - 100, layout.buttons_middle};  // Next
  CHECK(tip_of(window, played) == "Next thing worth seeing");
  window.frame(played, usual_size, {press(Key::Right)});
  CHECK(tip_of(window, played).empty());
  window.mouse = window.mouse + Point{2, 0};
  CHECK(tip_of(window, played) == "Next thing worth seeing");
}

TEST_CASE("the parts of a node say what they mean once the mouse has rested on them") {
  Played played(3);
  played.play_a_while();
  Window window;
  window.frame(played, usual_size);
  const NodeId leader = raft::sim::current_leader(played.run.world());
  const Scene scene = scene_of(window, played);
  const auto tip_at = [&](Point at) {
    window.mouse = at;
    return tip_of(window, played);
  };
  const auto ring_of = [](const NodeShape& shape) { return shape.center + Point{0, (shape.radius + shape.ring) / 2}; };
  const NodeShape& leads = scene.node(leader);
  const std::string name = played.run.world().name(leader);
  CHECK(tip_at({leads.badge.left + 3, leads.badge.center().y}) == name + " is the leader of term 1. Raft allows no other one in that term; the next leader has a higher one. §5.2");
  CHECK(tip_at({leads.plate.right - 3, leads.plate.bottom - 3}) == name + "'s disk: its term, vote and log. A crash means: memory lost: role, commit index, timer, votes counted.");
  const auto time_of = [&](const raft::sim::Timer& timer) { return raft::explain::time_text(timer.fires_at - played.run.clock()); };
  CHECK(tip_at(ring_of(leads)) == "In " + time_of(played.run.world().machine(leader).heartbeat) + " " + name +
                                      " sends its next heartbeats, which keep the others from asking for votes. §5.2");
  const NodeId follower = node_at(leader == node_at(0) ? 1 : 0);
  CHECK(tip_at(ring_of(scene.node(follower))) ==
        "In " + time_of(played.run.world().machine(follower).election) + " " + played.run.world().name(follower) +
            " asks for votes, unless a leader's message or a vote that it grants restarts the countdown. None is shorter than the mark. §5.2");
}

TEST_CASE("what lies under the mouse after a click says nothing of itself until the mouse is moved") {
  Played played(3);
  Window window;
  window.frame(played, usual_size);
  const Scene scene = scene_of(window, played);
  const Rect plate = scene.node(node_at(1)).plate;
  const Point at{plate.right - 3, plate.bottom - 3};
  window.click(played, usual_size, at);
  window.frame(played, usual_size, {press(Key::Escape)});
  window.mouse = at;
  window.state.mouse_rests = false;
  CHECK(tip_of(window, played).empty());
  window.mouse = at + Point{-2, 0};
  CHECK_FALSE(tip_of(window, played).empty());
}

TEST_CASE("no ring says when its timer ends where that is done by hand, or its node is paused") {
  for (const bool by_hand : {true, false}) {
    raft::sim::ClusterConfig config = cluster(3);
    config.settings.manual_timers = by_hand;
    Played played(config);
    Window window;
    window.frame(played, usual_size);
    const Scene scene = scene_of(window, played);
    const NodeShape& shape = scene.node(node_at(1));
    window.mouse = shape.center + Point{0, (shape.radius + shape.ring) / 2};
    CHECK(tip_of(window, played).empty() == by_hand);
    played.act(raft::sim::Pause{node_at(1)});
    CHECK(tip_of(window, played).empty());
  }
}

}  // namespace ui::test
