// The palette, predict mode and the menus' groups in the real window.
#include <doctest/doctest.h>

#include <functional>

#include "tests/window/story.h"

using namespace window_test;
using Kind = ui::Selection::Kind;

TEST_CASE("a command typed in the palette acts, and the trace says that it came from there") {
  Bench bench({.name = "palette"});
  start_free_play(bench, 5);
  bench.key("slash");
  bench.see();
  bench.type("crash B");
  bench.see();
  bench.keep_picture("typed");
  const Json crashed = bench.act([&] { bench.key("Return"); });
  CHECK(crashed["kind"] == "crash");
  CHECK(crashed["command"] == "crash B");
  CHECK(crashed["origin"] == "palette");
  bench.see();
  CHECK_FALSE(bench.twin().ui_state().palette.open);

  // By plain words, chosen with an arrow key; what was done last is first.
  bench.key("ctrl+k");
  bench.see();
  bench.type("revive B");
  bench.see();
  const Json back = bench.act([&] { bench.key("Return"); });
  CHECK(back["command"] == "restart B");
  CHECK(back["origin"] == "palette");
  bench.see();  // until the palette is away it takes the keys
  bench.quit();
}

TEST_CASE("by keyboard alone a message in flight and an entry are opened in the inspector, and the message is dropped there") {
  Bench bench({.name = "palette-shows"});
  start_free_play(bench, 3);
  const auto world = [&]() -> const raft::sim::World& { return bench.twin().world(); };
  const auto selected = [&] { return bench.twin().ui_state().selection; };
  const auto go_on_until = [&](const std::function<bool()>& so) {
    for (int i = 0; i < 200 && !so(); ++i) bench.key("Right");
    REQUIRE(so());
    bench.see();
  };
  go_on_until([&] { return raft::sim::current_leader(world()) != raft::no_node; });
  bench.key("w");
  bench.see();
  CHECK(bench.act([&] { bench.key("Return"); })["origin"] == "key");
  const raft::NodeId leader = raft::sim::current_leader(world());
  go_on_until([&] { return world().node(leader).durable.log.last_index() == 1; });

  show_by_palette(bench, "show entry 1 of " + world().name(leader));
  CHECK(selected() == ui::Selection{.kind = Kind::Entry, .node = leader, .entry = 1});
  show_by_palette(bench, "show AppendEntries");
  REQUIRE(selected().kind == Kind::Message);
  const raft::sim::MessageId message = selected().message;
  REQUIRE(world().network.find(message) != nullptr);
  tab_to_words(bench, bench.words("ui.drop"), inspector(bench));
  bench.keep_picture("focus");
  lose_by_enter(bench, message);
  bench.quit();
}
