// Nodes that join later, and what still holds on to them once somebody has gone back to before that.
#include <algorithm>
#include <array>
#include <variant>

#include <doctest/doctest.h>

#include "tests/app/running.h"

namespace app::test {

namespace {

void play_events(App& app, int events) {
  for (int i = 0; i < events; ++i) app.apply(ui::StepForward{ui::Stride::Event});
}

void act_by_key(App& app, const raft::sim::Intervention& what) { app.apply(ui::Intervene{what, raft::sim::Origin::Key}); }

/// To where D has just been added. Returns the event before that.
std::int64_t add_d(App& app) {
  play_events(app, 150);
  act_by_key(app, raft::sim::ClientAsk{.command = {.key = "x", .value = "1", .expected = {}}});  // else no member may join
  play_events(app, 60);
  const std::int64_t before = app.session().run().position();
  act_by_key(app, raft::sim::AddNode{"D"});
  REQUIRE(app.session().run().world().all_nodes().contains(raft::node_at(3)));
  return before;
}

}  // namespace

TEST_CASE("app: a node that joins later is nobody before that: picked, voted for, compared, in the diagram and under every key") {
  Running running({});
  App& app = *running.app;
  branch_off(app);  // the other branch has no D
  const std::int64_t before = add_d(app);
  const raft::NodeId d = raft::node_at(3);
  play_events(app, 200);
  act_by_key(app, raft::sim::FireElectionTimer{d});
  play_events(app, 40);
  REQUIRE(app.session().run().world().node(raft::node_at(1)).durable.voted_for == d);
  const auto look = [&] {
    app.ui_state().selection = {.kind = ui::Selection::Kind::Node, .node = d};
    app.ui_state().stage.menu = {.kind = ui::StageMenu::Kind::Node, .node = d, .by_key = true};
    app.ui_state().write = {.open = true, .to = d};
    running.frame();
    running.frame();
  };
  const auto press_all = [&] {
    for (const ui::KeyBinding& key : ui::key_table()) {
      if (key.command == ui::Command::QuitProgram || key.command == ui::Command::FullScreen) continue;
      app.ui_state().selection = {.kind = ui::Selection::Kind::Node, .node = d};
      running.frame([&](FrameInput& input) { input.keys.push_back({.key = key.key, .shift = key.shift, .ctrl = key.ctrl}); });
      for (int i = 0; i < 4; ++i) {
        running.frame([](FrameInput& input) { input.keys.push_back({.key = ui::Key::Escape}); });
      }
    }
  };
  app.apply(ui::Compare{});
  app.ui_state().diagram.open = true;
  look();
  const std::int64_t end = app.session().run().end();
  for (const std::int64_t event : {before, std::int64_t{30}, std::int64_t{0}}) {
    CAPTURE(event);
    app.apply(ui::SeekEvent{event});
    running.frame();
    CHECK(app.ui_state().selection == ui::Selection{});
    look();
    const std::size_t acts = app.session().run().acts().size();
    act_by_key(app, raft::sim::Isolate{raft::NodeSet::only(d)});  // nobody is cut off
    CHECK(app.session().branches().all().size() == 2);
    CHECK(app.session().run().position() == event);
    CHECK(app.session().run().acts().size() == acts);
  }
  CHECK(app.session().run().end() == end);
  app.apply(ui::SelectBranch{0});
  look();
  press_all();
}

TEST_CASE("app: the menu of a message in the diagram, before anybody knows the node that it is about or is for") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  const std::int64_t before = add_d(app);
  const raft::NodeId leader = raft::sim::current_leader(app.session().run().world());
  const raft::NodeId follower = leader == raft::node_at(0) ? raft::node_at(1) : raft::node_at(0);
  // One that tells a follower of the members with D, and one that is sent to D itself.
  raft::sim::MessageId of_members = raft::sim::no_message;
  raft::sim::MessageId to_new = raft::sim::no_message;
  for (int i = 0; i < 200 && (of_members == raft::sim::no_message || to_new == raft::sim::no_message); ++i) {
    play_events(app, 1);
    const raft::sim::World& world = app.session().run().world();
    for (const raft::sim::Flight& flight : world.network.flights()) {
      const auto* append = std::get_if<raft::AppendEntries>(&flight.message.body);
      if (append == nullptr || flight.message.from != leader) continue;
      if (flight.message.to == raft::node_at(3)) to_new = flight.id;
      const bool tells = std::any_of(append->entries.begin(), append->entries.end(), [](const raft::Entry& entry) {
        return entry.command.kind == raft::CommandKind::Configure;
      });
      if (tells && flight.message.to == follower) of_members = flight.id;
    }
  }
  REQUIRE(of_members != raft::sim::no_message);
  REQUIRE(to_new != raft::sim::no_message);
  ui::DiagramState& diagram = app.ui_state().diagram;
  diagram.open = true;
  const auto open_menu_of = [&](raft::sim::MessageId message) {
    running.frame();
    REQUIRE(diagram.past.find(message) != nullptr);
    diagram.menu = {.message = message};
  };
  const auto go_back = [&] {
    app.apply(ui::SeekEvent{before});
    diagram.clock = app.session().run().clock();  // the view stays
  };
  open_menu_of(of_members);
  CHECK(says(running, "[A B C D]"));
  go_back();
  running.frame();
  CHECK(diagram.menu.message == of_members);
  CHECK(says(running, "AppendEntries " + app.session().run().world().name(leader) + " → " +
                          app.session().run().world().name(follower)));
  CHECK_FALSE(says(running, "[A B C D]"));
  app.apply(ui::SeekEvent{app.session().run().end()});
  open_menu_of(to_new);
  go_back();
  running.frame();
  CHECK(diagram.menu.message == raft::sim::no_message);
}

TEST_CASE("app: a node that only the other run has is lit while the mouse rests on it, and then nothing is drawn anew") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  app.apply(ui::Compare{.nodes = 5});
  running.frame();
  const ui::Drawn drawn = drawn_by(running);
  const auto e = std::find_if(drawn.begin(), drawn.end(), [](const ui::DrawnItem& item) {
    return item.kind == ui::DrawnKind::Text && item.what == "E" && item.panel.find("other stage") != std::string::npos;
  });
  REQUIRE(e != drawn.end());
  running.mouse = Pointer{.x = e->box.center().x, .y = e->box.center().y};
  for (int i = 0; i < 3; ++i) running.frame();
  CHECK(app.ui_state().hovered == ui::Selection{.kind = ui::Selection::Kind::Node, .node = raft::node_at(4)});
  CHECK(running.frame() == NextFrame::WhenSomethingHappens);
}

TEST_CASE("app: events of a node that is picked, and is not there any more, are asked for no longer") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  add_d(app);
  app.ui_state().selection = {.kind = ui::Selection::Kind::Node, .node = raft::node_at(3)};
  app.ui_state().events_of_picked = true;
  running.frame();
  app.apply(ui::SeekEvent{100});
  int frames = 0;
  while (running.frame() != NextFrame::WhenSomethingHappens && frames < 10) ++frames;
  CHECK(frames > 0);  // the first of them was still for D
  CHECK(frames < 10);
}

}  // namespace app::test
