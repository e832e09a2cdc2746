// The stage in whole frames: it changes nothing of the run, bears every world, and returns what the mouse asks for.
#include <doctest/doctest.h>
#include <imgui.h>

#include "raft/sim/world_hash.h"
#include "tests/support/random_run.h"
#include "tests/ui/window.h"
#include "ui/layout.h"

namespace ui::test {

using raft::node_at;
using raft::NodeId;

namespace {

constexpr Size2 window_size{1600, 900};

Rect stage_area(int nodes) {
  return make_layout({.width = window_size.width, .height = window_size.height, .nodes = nodes}).stage;
}

/// Where a node was drawn in the last frame.
Point place_of(const Window& window, NodeId node, int nodes) {
  const Rect area = stage_area(nodes);
  const Point at = window.state.stage.eased.at(node);
  return {area.left + at.x * area.width(), area.top + at.y * area.height()};
}

template <typename What>
const What* first(const Actions& actions) {
  for (const Action& action : actions) {
    const auto* intervene = std::get_if<Intervene>(&action);
    if (intervene == nullptr) continue;
    if (const auto* what = std::get_if<What>(&intervene->what)) return what;
  }
  return nullptr;
}

Actions drag(Window& window, const Played& played, const std::vector<Point>& way) {
  Actions actions = window.drag(played, window_size, way);
  window.point(played, window_size, {-100, -100}, false, actions);
  return actions;
}

}  // namespace

TEST_CASE("no node moves when the first client appears, where a walkthrough has clients; without any the nodes have their room") {
  for (const bool has_clients : {true, false}) {
    Window window(1.5F);
    window.reduced_motion = true;  // at once, not eased
    window.walkthrough.emplace();
    window.walkthrough->step = 0;
    window.walkthrough->has_clients = has_clients;
    Played played(5);
    const auto places = [&] {
      window.frame(played, {1280, 720});
      return window.state.stage.eased;
    };
    const auto before = places();
    played.write("x", "1");
    REQUIRE_FALSE(played.run.world().clients.empty());
    const auto after = places();
    float moved = 0;
    for (const auto& [node, at] : before) moved = std::max(moved, distance(at, after.at(node)));
    CHECK((moved < 1e-3F) == has_clients);
  }
}

TEST_CASE("drawing random worlds changes none of them") {
  Window window;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Played played(raft::test::random_config(seed));
    raft::test::RandomFaults faults(seed);
    window.state = {};
    window.state.legend_open = seed % 3 == 0;
    window.theme = seed % 2 == 0 ? ThemeName::Paper : ThemeName::Ink;
    for (int i = 0; i < 60; ++i) {
      if (const auto what = faults.maybe(played.run.world())) played.act(*what);
      played.step(5);
      const std::uint64_t before = raft::sim::world_hash(played.run.world());
      window.state.selection = {.kind = Selection::Kind::Node, .node = node_at(0)};
      window.state.stage.menu = {.kind = StageMenu::Kind::Node, .node = node_at(0)};
      window.frame(played, {1280, 720});
      CHECK(raft::sim::world_hash(played.run.world()) == before);
    }
  }
}

TEST_CASE("a click on a node selects it and opens its menu, a click on nothing closes it") {
  Window window;
  Played played(5);
  played.play_a_while();
  window.frame(played, window_size);
  window.click(played, window_size, place_of(window, node_at(2), 5));
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Node, .node = node_at(2)});
  CHECK(window.state.stage.menu.kind == StageMenu::Kind::Node);
  const Rect area = stage_area(5);
  window.click(played, window_size, {area.right - 30, area.bottom - 6});
  CHECK(window.state.stage.menu.kind == StageMenu::Kind::Closed);
  CHECK(window.state.selection == Selection{});
}

TEST_CASE("the first line of a node's menu crashes it") {
  Window window;
  Played played(5);
  played.step(1);
  window.frame(played, window_size);
  const Point node = place_of(window, node_at(4), 5);
  window.click(played, window_size, node);
  // The menu stands beside the node; its lines are looked for with the mouse.
  for (float y = node.y - 130; y < node.y + 130; y += 10) {
    for (const float x : {node.x + 90, node.x - 90}) {
      window.state.stage.menu = {.kind = StageMenu::Kind::Node, .node = node_at(4)};
      window.state.selection = {.kind = Selection::Kind::Node, .node = node_at(4)};
      const Actions actions = window.click(played, window_size, {x, y});
      if (const auto* crash = first<raft::sim::Crash>(actions)) {
        CHECK(crash->nodes.contains(node_at(4)));
        return;
      }
    }
  }
  FAIL("no line of the menu crashes the node");
}

TEST_CASE("a row of a menu is greyed where things are so already: a link without a latency of its own has none to lose") {
  Window window;
  Played played(3);
  played.step(1);
  window.frame(played, window_size);
  const Point middle = between(place_of(window, node_at(0), 3), place_of(window, node_at(1), 3), 0.5F);
  // The rows of its last group, looked for with the mouse: what they do.
  const auto usual_again = [&] {
    for (float y = middle.y - 130; y < middle.y + 130; y += 10) {
      window.state.selection = {.kind = Selection::Kind::Link, .node = node_at(0), .other = node_at(1)};
      window.state.stage.menu = {.kind = StageMenu::Kind::Link, .node = node_at(0), .other = node_at(1), .open_group = 6, .at = middle};
      const Actions actions = window.click(played, window_size, {middle.x + 60, y});
      const auto* change = first<raft::sim::ChangeLink>(actions);
      if (change != nullptr && !change->value) return true;
    }
    return false;
  };
  CHECK_FALSE(usual_again());
  played.act(raft::sim::ChangeLink{raft::sim::Setting::Latency, node_at(0), node_at(1), raft::sim::Direction::BothWays,
                                   raft::sim::SettingValue{80'000, 90'000}});
  CHECK(usual_again());
}

TEST_CASE("a lasso makes an island of the nodes inside and one of the rest") {
  Window window;
  Played played(5);
  played.step(1);
  window.frame(played, window_size);
  window.state.stage.tool = Tool::Lasso;
  const Point at = place_of(window, node_at(0), 5);
  const Actions actions =
      drag(window, played, {at + Point{-70, -40}, at + Point{70, -40}, at + Point{70, 60}, at + Point{-70, 60}});
  const auto* partition = first<raft::sim::Partition>(actions);
  REQUIRE(partition != nullptr);
  REQUIRE(partition->islands.size() == 2);
  CHECK(partition->islands[0].count() == 1);
  CHECK(partition->islands[0].contains(node_at(0)));
  CHECK(partition->islands[1].count() == 4);
}

TEST_CASE("a line across a link cuts it both ways") {
  Window window;
  Played played(2);
  played.step(1);
  window.frame(played, window_size);
  window.state.stage.tool = Tool::Cut;
  const Point middle = between(place_of(window, node_at(0), 2), place_of(window, node_at(1), 2), 0.5F);
  const Actions actions = drag(window, played, {middle + Point{0, -60}, middle + Point{0, 60}});
  const auto* cut = first<raft::sim::Cut>(actions);
  REQUIRE(cut != nullptr);
  CHECK(cut->direction == raft::sim::Direction::BothWays);
}

TEST_CASE("a line that is drawn back to where it began cuts nothing, and mends nothing") {
  Window window;
  Played played(2);
  played.act(raft::sim::Cut{node_at(0), node_at(1), raft::sim::Direction::OneWay});
  const Drawn drawn = window.drawn(played, window_size);
  const auto barrier = std::find_if(drawn.begin(), drawn.end(), [](const DrawnItem& item) { return item.what == "barrier"; });
  REQUIRE(barrier != drawn.end());
  const Point at = barrier->box.center();
  window.state.stage.tool = Tool::Cut;
  CHECK(drag(window, played, {at, at + Point{0, 60}, at}).empty());
  CHECK(first<raft::sim::Mend>(drag(window, played, {at})) != nullptr);  // a press alone
}

TEST_CASE("a dragged node stays where it is dropped, and does nothing to the run") {
  Window window;
  Played played(5);
  played.step(1);
  window.frame(played, window_size);
  const Point at = place_of(window, node_at(1), 5);
  const Actions actions = drag(window, played, {at, at + Point{-40, 30}, at + Point{-80, 50}});
  CHECK(actions.empty());
  window.frame(played, window_size);
  CHECK(distance(place_of(window, node_at(1), 5), at + Point{-80, 50}) < 2);
}

TEST_CASE("Escape drops what the mouse holds: a node goes back to where it was, a lasso and a line do nothing") {
  Window window;
  Played played(5);
  window.frame(played, window_size);
  const auto drag_and_escape = [&](const std::vector<Point>& way) {
    Actions actions;
    window.point(played, window_size, way.front(), false, actions);
    for (const Point at : way) window.point(played, window_size, at, true, actions);
    window.frame(played, window_size, {{.key = Key::Escape}});
    for (const bool down : {true, false, false}) window.point(played, window_size, way.back(), down, actions);
    return actions;
  };
  const Point at = place_of(window, node_at(1), 5);
  CHECK(drag_and_escape({at, at + Point{-40, 30}, at + Point{-80, 50}}).empty());
  CHECK(window.state.stage.placed.empty());
  const Point other = place_of(window, node_at(3), 5);  // a second press on the same would be a double click
  CHECK(drag(window, played, {other, other + Point{40, -30}, other + Point{80, -50}}).empty());
  REQUIRE(window.state.stage.placed.count(node_at(3)) == 1);
  const Point placed = window.state.stage.placed.at(node_at(3));
  const Point there = other + Point{80, -50};
  CHECK(drag_and_escape({there, there + Point{60, 0}, there + Point{90, 10}}).empty());
  REQUIRE(window.state.stage.placed.count(node_at(3)) == 1);
  CHECK(distance(window.state.stage.placed.at(node_at(3)), placed) < 1e-4F);

  const Point a = place_of(window, node_at(0), 5);
  const Point middle = between(a, place_of(window, node_at(2), 5), 0.5F);
  const std::vector<Point> around{a + Point{-70, -40}, a + Point{70, -40}, a + Point{70, 60}, a + Point{-70, 60}};
  const std::vector<Point> across{middle + Point{-60, 0}, middle + Point{60, 0}};
  for (const auto& [tool, way] : {std::pair{Tool::Lasso, around}, {Tool::Cut, across}}) {
    window.state.stage.tool = tool;
    CHECK_FALSE(drag(window, played, way).empty());
    CHECK(drag_and_escape(way).empty());
    CHECK(window.state.stage.tool == tool);
  }
  window.frame(played, window_size, {{.key = Key::Escape}});
  CHECK(window.state.stage.tool == Tool::Select);
}

TEST_CASE("what a candidate has just asked of all others has one label, and one each further on") {
  Window window;
  Played played(5);
  played.act(raft::sim::FireElectionTimer{node_at(0)});
  const auto labels = [&] {
    const Drawn drawn = window.drawn(played, window_size);
    std::vector<std::string> found;
    for (const DrawnItem& item : drawn) {
      if (item.kind == DrawnKind::Label && item.what.find("vote for me?") != std::string::npos) found.push_back(item.what);
    }
    return found;
  };
  CHECK(labels() == std::vector<std::string>{"A→B, C, D, E  vote for me? term 1"});
  played.run.set_clock(played.run.clock() + 9'000);
  for (int i = 0; i < 60; ++i) window.frame(played, window_size);  // eased
  CHECK(labels().size() == 4);
}

TEST_CASE("messages that stand half way have one label each, and their time moves none of them") {
  Window window;
  window.reduced_motion = true;
  Played played(5);
  played.act(raft::sim::FireElectionTimer{node_at(0)});
  const auto labels = [&] {
    const Drawn drawn = window.drawn(played, window_size);
    std::vector<std::pair<std::string, float>> found;
    for (const DrawnItem& item : drawn) {
      if (item.kind == DrawnKind::Label && item.what.find("vote for me?") != std::string::npos) found.emplace_back(item.what, item.box.left);
    }
    return found;
  };
  const auto just_sent = labels();
  CHECK(just_sent.size() == 4);
  played.run.set_clock(played.run.clock() + 9'000);
  CHECK(labels() == just_sent);
}

TEST_CASE("a double click puts a node back to its own place, and opens no menu") {
  Window window;
  Played played(3);
  window.frame(played, window_size);
  const Point from = place_of(window, node_at(0), 3);
  drag(window, played, {from, from + Point{60, 30}, from + Point{120, 60}});
  REQUIRE(window.state.stage.placed.size() == 1);
  const Point at = place_of(window, node_at(0), 3);
  window.click(played, window_size, at);
  CHECK(window.state.stage.menu.kind == StageMenu::Kind::Node);
  window.click(played, window_size, at);
  CHECK(window.state.stage.placed.empty());
  CHECK(window.state.stage.menu.kind == StageMenu::Kind::Closed);
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Node, .node = node_at(0)});
}

TEST_CASE("a click on a link or a client shows it in the inspector") {
  Window window;
  Played played(2);
  played.write("x", "1");
  window.frame(played, window_size);
  const Point a = place_of(window, node_at(0), 2);
  const Point b = place_of(window, node_at(1), 2);
  window.click(played, window_size, a + (b - a) * 0.4F);
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Link, .node = node_at(0), .other = node_at(1)});
  CHECK(window.state.stage.menu.kind == StageMenu::Kind::Link);
}

TEST_CASE("a click on a barrier, or on the words beside it, mends the link; between islands there is none to click") {
  Window window;
  Played played(3);
  const raft::sim::Cut cut{node_at(0), node_at(1), raft::sim::Direction::BothWays};
  played.act(cut);
  const auto middle_of = [&](std::string_view what) -> std::optional<Point> {
    const Drawn drawn = window.drawn(played, window_size);
    for (const DrawnItem& item : drawn) {
      if (item.what == what) return item.box.center();
    }
    return std::nullopt;
  };
  for (const std::string_view what : {"barrier", "A ↔ B cut"}) {
    CAPTURE(what);
    const std::optional<Point> at = middle_of(what);
    REQUIRE(at);
    const Actions actions = window.click(played, window_size, *at);
    const auto* mend = first<raft::sim::Mend>(actions);
    REQUIRE(mend != nullptr);
    CHECK(mend->from == node_at(0));
    CHECK(mend->to == node_at(1));
    CHECK(mend->direction == raft::sim::Direction::BothWays);
    CHECK(window.state.stage.menu.kind == StageMenu::Kind::Closed);
    CHECK(window.state.selection == Selection{});
  }
  played.act(raft::sim::Mend{node_at(0), node_at(1), raft::sim::Direction::BothWays});
  CHECK_FALSE(middle_of("barrier"));
  played.act(raft::sim::Isolate{raft::NodeSet::only(node_at(0))});
  CHECK_FALSE(middle_of("barrier"));
  played.act(raft::sim::Mend{node_at(0), node_at(1), raft::sim::Direction::OneWay});  // still an island: B cannot answer
  const std::optional<Point> one_way = middle_of("barrier");
  REQUIRE(one_way);
  const Actions actions = window.click(played, window_size, *one_way);
  const auto* mend = first<raft::sim::Mend>(actions);
  REQUIRE(mend != nullptr);
  CHECK(mend->from == node_at(0));
  CHECK(mend->to == node_at(1));
  CHECK(mend->direction == raft::sim::Direction::BothWays);
}

TEST_CASE("the stage draws the same picture twice") {
  Window window;
  Played played(5);
  played.play_a_while();
  for (int i = 0; i < 3; ++i) window.frame(played, window_size);
  const int first_count = ImGui::GetDrawData()->TotalVtxCount;
  window.frame(played, window_size);
  CHECK(ImGui::GetDrawData()->TotalVtxCount == first_count);
  CHECK_FALSE(window.frame(played, window_size).animating);
}

#if IMGUI_VERSION_NUM < 19200  // later ones draw characters when they are asked for
TEST_CASE("every character that the stage adds to the texts is in the fonts") {
  const Window window;
  for (const Face face : {Face::Sans, Face::SansBold, Face::Mono}) {
    for (const ImWchar c : {ImWchar{0x2192}, ImWchar{0x2026}, ImWchar{0xB7}, ImWchar{0x2013}, ImWchar{'#'}}) {
      CHECK(font(face, Size::Small)->FindGlyphNoFallback(c) != nullptr);
    }
  }
}
#endif

TEST_CASE("several answers to clients that leave a node at once have a label each: they go to nobody of the cluster") {
  using namespace raft::sim;
  Played played(3);
  const raft::NodeId a = raft::node_at(0);
  const auto step_until = [&played](const auto& so) {
    for (int i = 0; i < 200 && !so(played.run.world()); ++i) REQUIRE(played.run.step());
    REQUIRE(so(played.run.world()));
  };
  played.act(FireElectionTimer{a});
  step_until([&](const World& world) { return current_leader(world) == a; });
  played.act(Crash{raft::NodeSet::only(raft::node_at(1)) | raft::NodeSet::only(raft::node_at(2))});
  for (int client = 1; client <= 3; ++client) {
    played.act(ClientAsk{{.key = "x", .value = std::to_string(client), .expected = {}}, a, static_cast<raft::ClientId>(client)});
  }
  step_until([&](const World& world) { return world.node(a).durable.log.last_index() == 3; });
  played.act(Restart{raft::NodeSet::only(raft::node_at(1))});
  const auto answers = [](const World& world) {
    int count = 0;
    for (const Flight& flight : world.network.flights()) count += flight.message.type() == raft::MessageType::ClientReply ? 1 : 0;
    return count;
  };
  step_until([&](const World& world) { return answers(world) == 3; });
  Window window;
  const Drawn drawn = window.drawn(played, {1280, 720});
  for (const char* client : {"→c1", "→c2", "→c3"}) {
    CAPTURE(client);
    CHECK(std::any_of(drawn.begin(), drawn.end(), [client](const DrawnItem& item) {
      return item.kind == DrawnKind::Label && item.what.find(client) != std::string::npos;
    }));
  }
}

TEST_CASE("whoever goes back to before a node was there lets go of it: the mouse that drags it, the islands that it is in") {
  Window window;
  Played played(3);
  played.play_a_while();
  const std::int64_t before = played.run.position();
  played.act(raft::sim::AddNode{"D"});
  REQUIRE(played.run.world().all_nodes().count() == 4);
  window.frame(played, window_size);
  const Point at = place_of(window, node_at(3), 4);
  Actions actions;
  window.point(played, window_size, at, false, actions);
  for (const Point mouse : {at, at + Point{-40, 0}}) window.point(played, window_size, mouse, true, actions);
  StageState& stage = window.state.stage;
  REQUIRE(stage.dragged == node_at(3));
  played.run.seek(before);
  window.point(played, window_size, at, true, actions);
  CHECK_FALSE(stage.dragged);
  CHECK_FALSE(stage.pressing);
  window.point(played, window_size, at, false, actions);
  CHECK(actions.empty());

  // An island that was drawn around it stays without it, and so does one around it alone: with it when it is there again.
  played.act(raft::sim::Cut{node_at(0), node_at(1), raft::sim::Direction::OneWay});  // else they would be forgotten
  stage.new_islands = {raft::NodeSet::only(node_at(3)), raft::NodeSet::only(node_at(1)) | raft::NodeSet::only(node_at(3))};
  stage.tool = Tool::Lasso;
  window.frame(played, window_size);
  const Point a = place_of(window, node_at(0), 3);
  const Actions lassoed = drag(window, played, {a + Point{-70, -40}, a + Point{70, -40}, a + Point{70, 60}, a + Point{-70, 60}});
  const auto* partition = first<raft::sim::Partition>(lassoed);
  REQUIRE(partition != nullptr);
  CHECK(partition->islands == std::vector<raft::NodeSet>{raft::NodeSet::only(node_at(1)), raft::NodeSet::only(node_at(0)), raft::NodeSet::only(node_at(2))});
}

}  // namespace ui::test
