// The menus of the stage by mouse, row by row. What each row did is read from the trace, and that the mouse did it; what
// a row puts into the palette, to be completed there, is done by the palette.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "raft/sim/intervene.h"
#include "tests/window/places.h"
#include "tests/window/story.h"

using namespace window_test;
using raft::NodeId;
using ui::Point;

namespace {

/// A row as it reads on the screen.
struct Row {
  std::string entry;
  std::string command;                    // what the trace says was done
  std::string group = {};                 // the row that leads to it
  std::optional<std::string> typed = {};  // after what the row has put into the palette
};

void choose(Bench& bench, Point at, const Row& row) {
  CAPTURE(row.command);
  bench.click(at);
  bench.see();
  if (!row.group.empty()) {
    bench.click_on(row.group, bench.twin().stage());
    bench.see();
  }
  const auto click = [&] { bench.click_on(row.entry, bench.twin().stage()); };
  if (row.typed) {
    click();
    bench.see();
    bench.type(*row.typed);
    bench.see();
  }
  const Json line = row.typed ? bench.act([&] { bench.key("Return"); }) : bench.act(click);
  CHECK(line["command"] == row.command);
  CHECK(line["origin"] == (row.typed ? "palette" : "mouse"));
}

/// From one thing worth seeing to the next, or where none comes from event to event; the mouse is elsewhere, for messages fly past
/// below it.
void go_on_until(Bench& bench, const std::string& what, const std::function<bool(const raft::sim::World&)>& so) {
  constexpr int most_steps = 30;
  bench.move({Display::width - 3, 3});
  for (int i = 0; i < most_steps; ++i) {
    if (so(bench.twin().world())) return bench.see();
    const std::int64_t before = bench.twin().session().run().position();
    bench.key("shift+Right");
    constexpr int events = 10;
    for (int event = 0; event < events && bench.twin().session().run().position() < before + events; ++event) {
      if (bench.twin().session().run().position() == before + event) bench.key("Right");
    }
  }
  FAIL(what << " does not come to pass within " << most_steps << " steps");
}

void go_on_until_allowed(Bench& bench, const std::string& what, const raft::sim::Intervention& next) {
  go_on_until(bench, what, [&](const raft::sim::World& world) { return !raft::sim::refusal(world, next); });
}

bool is_led_by(const raft::sim::World& world, NodeId node) { return raft::sim::current_leader(world) == node; }

}  // namespace

TEST_CASE("menu of a node: its timers, what it is asked, its disk, its clock") {
  Bench bench({.name = "menu-node"});
  start_free_play(bench, 3);
  const NodeId a = raft::node_at(0);
  const NodeId b = raft::node_at(1);
  const auto on = [&](NodeId node, const Row& row) { choose(bench, bench.middle_of(node), row); };

  on(a, {"Time out", "timeout A"});
  go_on_until(bench, "an election", [&](const auto& world) { return is_led_by(world, a); });
  on(a, {"Increment n here", "incr n to A", "Ask it"});
  go_on_until(bench, "an answer", [&](const auto& world) { return !world.machine(a).node.memory.machine.store.empty(); });
  on(a, {"Read n here", "read n from A", "Ask it"});
  on(a, {"Read a key …", "read n from A", "Ask it", ""});
  on(a, {"Compare and set …", "cas n 1 2 to A", "Ask it", ""});
  on(a, {"Take a snapshot", "snapshot A", "Disk"});
  on(a, {"Send heartbeats", "heartbeat A", "Clock and timers"});
  on(a, {"Clock half as fast again", "set clock A 3/2", "Clock and timers"});
  on(a, {"Clock a third slower", "set clock A 2/3", "Clock and timers"});
  on(a, {"Clock right again", "set clock A 1", "Clock and timers"});
  on(b, {"Crash, unwritten is lost", "crash B unsynced", "Disk"});
  on(b, {"Wipe the whole disk", "wipe B", "Disk"});
  on(b, {"Restart", "restart B"});
  bench.see();
  bench.quit();
}

TEST_CASE("menu of a node: members") {
  Bench bench({.name = "menu-members"});
  start_free_play(bench, 3);
  const NodeId a = raft::node_at(0);
  const NodeId b = raft::node_at(1);
  const NodeId c = raft::node_at(2);
  const NodeId fresh = raft::node_at(3);
  const auto on = [&](NodeId node, const Row& row) { choose(bench, bench.middle_of(node), row); };
  const auto go_on_until_settled = [&] { go_on_until_allowed(bench, "a change of members", raft::sim::RemoveNode{b}); };

  on(a, {"Time out", "timeout A"});
  go_on_until(bench, "an election", [&](const auto& world) { return is_led_by(world, a); });
  on(a, {"Increment n here", "incr n to A", "Ask it"});  // without an entry of its term committed it may change nothing
  go_on_until_settled();
  on(c, {"Remove it", "remove C", "Members"});
  go_on_until_settled();
  on(a, {"Joint consensus …", "reconfigure A B C", "Members", ""});
  go_on_until_settled();
  on(a, {"Add a learner …", "learner D", "Members", "D"});
  go_on_until_allowed(bench, "a learner that has caught up", raft::sim::PromoteLearner{fresh});
  on(fresh, {"Give it a vote", "promote D", "Members"});
  go_on_until_settled();
  bench.keep_picture("four");
  bench.quit();
}

TEST_CASE("menu of a node: a node is added, the leadership is handed over to another; greyed rows do nothing, the title leads back") {
  Bench bench({.name = "menu-leadership"});
  start_free_play(bench, 3);
  const NodeId a = raft::node_at(0);
  const NodeId b = raft::node_at(1);
  const auto on = [&](NodeId node, const Row& row) { choose(bench, bench.middle_of(node), row); };

  bench.click(bench.middle_of(b));
  bench.see();
  bench.click_on("Make it leader", bench.twin().stage());  // there is none that could hand over
  bench.see();
  CHECK(bench.twin().session().run().acts().empty());
  bench.click_on("Members", bench.twin().stage());
  bench.see();
  bench.click_on("B  ·  Members", bench.twin().stage());
  bench.see();
  bench.find("Members", bench.twin().stage());

  on(a, {"Time out", "timeout A"});
  go_on_until(bench, "an election", [&](const auto& world) { return is_led_by(world, a); });
  on(a, {"Increment n here", "incr n to A", "Ask it"});  // without an entry of its term committed it may change nothing
  go_on_until_allowed(bench, "an entry of the term", raft::sim::RemoveNode{b});
  on(b, {"Add a node …", "add D", "Members", "D"});
  go_on_until_allowed(bench, "a change of members", raft::sim::RemoveNode{b});
  CHECK(bench.twin().world().node(a).configuration.all_voters().count() == 4);
  on(b, {"Make it leader", "transfer B"});
  go_on_until(bench, "the other's election", [&](const auto& world) { return is_led_by(world, b); });
  bench.keep_picture("handed-over");
  bench.quit();
}

TEST_CASE("menu of a message: later, twice, at once; and those that are still to come") {
  Bench bench({.name = "menu-message"});
  start_free_play(bench, 3);
  const ui::FlightShape flight = find_flight(bench);
  bench.see();
  const auto& message = flight.flight->message;
  const std::string way = raft::sim::endpoint_name(bench.twin().world(), message.from) + " -> " +
                          raft::sim::endpoint_name(bench.twin().world(), message.to);
  const std::string same = std::string(raft::message_type_name(message.type())) + " " + way;
  const std::string id = "m" + std::to_string(flight.id);
  const std::string later = "Those to come";

  // In the tray of a link that is held it lies elsewhere.
  const auto place = [&] {
    const ui::Scene scene = bench.twin().scene();
    const auto same_one = [&](const ui::FlightShape& other) { return other.id == flight.id; };
    return std::find_if(scene.flights.begin(), scene.flights.end(), same_one)->at;
  };
  for (const Row& row : {Row{"Drop the next like it", "drop next " + same, later}, {"Drop all like it", "drop every " + same, later},
                         {"Drop nothing more", "drop nothing", later}, {"Hold this way", "hold " + way, later},
                         {"Release this way", "release " + way, later}, {"Duplicate", "duplicate " + id + " after 10ms"},
                         {"Delay · 20 ms", "delay " + id + " 20ms"}}) {
    choose(bench, place(), row);
  }
  bench.see();
  const ui::FlightShape next = find_flight(bench);
  bench.see();
  choose(bench, next.at, {"Deliver now", "deliver m" + std::to_string(next.id)});
  bench.see();
  bench.quit();
}

TEST_CASE("menu of a link: each way held and released, cut and mended; both at once; a latency and a loss of its own") {
  Bench bench({.name = "menu-link"});
  start_free_play(bench, 5);
  const ui::LinkShape link = find_open_link(bench).link;
  const auto on = [&](const Row& row) { choose(bench, find_place_on(bench, link.a, link.b), row); };
  const auto is_open = [&](NodeId from, NodeId to) { return bench.twin().world().network.is_open(from, to); };
  const auto name = [&](NodeId node) { return bench.twin().world().name(node); };

  for (const auto& [from, to] : {std::pair{link.a, link.b}, std::pair{link.b, link.a}}) {
    const std::string shown = "  " + name(from) + " → " + name(to);
    const std::string way = name(from) + " -> " + name(to);
    on({"Hold" + shown, "hold " + way});
    on({"Release" + shown, "release " + way});
    on({"Cut one way" + shown, "cut " + way});
    CHECK_FALSE(is_open(from, to));
    CHECK(is_open(to, from));
    on({"Mend" + shown, "mend " + way});
    CHECK(is_open(from, to));
  }
  const std::string both = name(link.a) + " " + name(link.b);
  on({"Cut link", "cut " + both});
  on({"Mend", "mend " + both});
  CHECK(bench.twin().world().network.all_open());
  const std::string alone = "This link alone";
  for (const Row& row : {Row{"Slow: 80 to 90 ms", "set latency " + both + " 80ms..90ms", alone},
                         {"Latency as all", "set latency " + both + " default", alone},
                         {"Lose every second one", "set loss " + both + " 1/2", alone},
                         {"Loss as all", "set loss " + both + " default", alone}}) {
    on(row);
  }
  bench.see();
  bench.quit();
}

TEST_CASE("menu of a client: it asks again, asks for more, opens a session and loses it") {
  Bench bench({.name = "menu-client"});
  start_free_play(bench, 3);
  const auto status = [](const raft::sim::World& world) { return world.clients.front().status; };
  const auto on = [&](const Row& row) { choose(bench, bench.twin().scene().clients.front().center, row); };
  const auto go_on_until_answered = [&] {
    go_on_until(bench, "an answer", [&](const auto& world) { return status(world) == raft::sim::ClientStatus::Ok; });
  };

  bench.key("w");
  bench.see();
  CHECK(bench.act([&] { bench.key("Return"); })["command"] == "write x=1");
  go_on_until(bench, "a refusal", [&](const auto& world) { return status(world) != raft::sim::ClientStatus::Waiting; });
  go_on_until(bench, "an election", [](const auto& world) { return raft::sim::current_leader(world) != raft::no_node; });
  on({"Ask again", "retry c1"});
  go_on_until_answered();
  for (const Row& row : {Row{"Write …", "write x=1 by c1", "", ""}, {"Read a key …", "read x by c1", "", ""},
                         {"Compare and set …", "cas x 1 2 by c1", "", ""}, {"Increment …", "incr n by c1", "", ""},
                         {"Open a session", "open c1"}}) {
    on(row);
    go_on_until_answered();
  }
  on({"Let its session expire", "expire c1"});
  bench.see();
  bench.keep_picture("expired");
  bench.quit();
}

TEST_CASE("menus by keyboard: M opens that of what is picked, arrows go through it, Enter acts and leads into a group, Escape closes it") {
  Bench bench({.name = "menu-keys"});
  start_free_play(bench, 3);
  const auto open = [&] { return bench.twin().ui_state().stage.menu.kind; };
  const auto acted = [&] {
    const Json line = bench.act([&] { bench.key("Return"); });
    CHECK(line["origin"] == "key");
    bench.see();
    CHECK(open() == ui::StageMenu::Kind::Closed);
    return line["command"].get<std::string>();
  };
  const auto press = [&](const std::string& key) {
    bench.key(key);
    bench.see();
  };
  press("2");
  press("m");
  CHECK(open() == ui::StageMenu::Kind::Node);
  press("Down");
  bench.keep_picture("by keyboard");
  CHECK(acted() == "timeout B");

  press("m");
  tab_to_words(bench, bench.words("menu.clock"), bench.twin().stage());
  press("Return");
  const int group = bench.twin().ui_state().stage.menu.open_group;
  CHECK(group >= 0);
  press("Up");  // to the title: back out of the group
  press("Return");
  CHECK(bench.twin().ui_state().stage.menu.open_group == -1);
  CHECK(open() == ui::StageMenu::Kind::Node);
  const auto in_menu = [&] {
    const std::vector<std::uint32_t>& rows = bench.twin().ui_state().stage.menu.rows;
    return std::find(rows.begin(), rows.end(), bench.twin().ui_state().focus.widget) != rows.end();
  };
  CHECK(in_menu());
  press("Down");
  CHECK(in_menu());
  tab_to_words(bench, bench.words("menu.clock"), bench.twin().stage());
  press("Return");
  CHECK(bench.twin().ui_state().stage.menu.open_group == group);
  CHECK(acted() == "set clock B 3/2");  // a candidate sends no heartbeats: that row is passed over

  press("m");
  press("Escape");
  CHECK(open() == ui::StageMenu::Kind::Closed);
  CHECK(bench.twin().ui_state().selection == ui::Selection{.kind = ui::Selection::Kind::Node, .node = raft::node_at(1)});

  show_by_palette(bench, "show RequestVote");
  const raft::sim::MessageId message = bench.twin().ui_state().selection.message;
  press("m");
  CHECK(open() == ui::StageMenu::Kind::Message);
  lose_by_enter(bench, message);
  bench.quit();
}
