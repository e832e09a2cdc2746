// The space-time diagram by mouse: opened, clicked, snipped, dragged, copied.
#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <tuple>

#include "tests/window/story.h"
#include "ui/diagram_scene.h"
#include "ui/icons.h"

using namespace window_test;
using ui::DiagramHit;
using ui::DiagramLine;
using ui::DiagramTense;
using ui::Point;
using ui::Rect;

namespace {

Rect diagram_area(Bench& bench) { return bench.twin().layout().diagram; }

/// What the diagram shows; made with a copy of what it remembers, so that looking changes nothing.
struct Seen {
  ui::DiagramState state;
  ui::DiagramScene scene;
};

Seen look(Bench& bench) {
  Seen seen{bench.twin().ui_state().diagram, {}};
  app::Session& session = bench.twin().session();
  seen.scene = ui::make_diagram({.run = std::as_const(session).run(), .state = seen.state, .rewrites = session.rewrites(),
                                 .unit = 1, .hide_heartbeats = false, .area = diagram_area(bench)});
  return seen;
}

Rect header(Bench& bench) {
  const Rect area = diagram_area(bench);
  return {area.left, area.top, area.right, area.top + 40};
}

void open_diagram(Bench& bench, int nodes) {
  start_free_play(bench, nodes);
  bench.key("d");
  bench.see();
  REQUIRE(bench.twin().ui_state().diagram.open);
}

struct Met {
  raft::sim::MessageId message = raft::sim::no_message;
  Point at;
  Point head;
};

bool hits_around(const Seen& seen, Point at, DiagramHit::Kind kind, raft::sim::MessageId id) {
  for (const Point by : {Point{0, 0}, Point{1, 0}, Point{-1, 0}, Point{0, 1}, Point{0, -1}}) {
    const DiagramHit hit = ui::hit_diagram(seen.scene, seen.state, at + by);
    if (hit.kind != kind || hit.message != id) return false;
  }
  return true;
}

std::optional<Point> free_place_on(const Seen& seen, const DiagramLine& line) {
  for (float share = 0.25F; share < 0.8F; share += 0.05F) {
    const Point at = ui::between(line.from, line.to, share);
    if (hits_around(seen, at, DiagramHit::Kind::Message, line.flight->flight.id)) return at;
  }
  return std::nullopt;
}

/// A message, not a heartbeat, whose line and head lie free, after as many events as that takes.
Met meet(Bench& bench, DiagramTense tense) {
  for (int i = 0; i < 80; ++i) {
    bench.key("Right");
    const Seen seen = look(bench);
    for (const DiagramLine& line : seen.scene.lines) {
      const raft::sim::MessageId id = line.flight->flight.id;
      if (line.tense != tense || line.quiet || line.dies) continue;
      if (!hits_around(seen, line.to, DiagramHit::Kind::Head, id)) continue;
      if (const auto at = free_place_on(seen, line)) return {id, *at, line.to};
    }
  }
  FAIL("no message lies free in the diagram within 80 events");
  return {};
}

/// Where the line of this message lies free now.
Point place_of(Bench& bench, raft::sim::MessageId message) {
  const Seen seen = look(bench);
  for (const DiagramLine& line : seen.scene.lines) {
    if (line.flight->flight.id != message) continue;
    if (const auto at = free_place_on(seen, line)) return *at;
  }
  FAIL("the line does not lie free");
  return {};
}

void open_menu(Bench& bench, raft::sim::MessageId message) {
  bench.click(place_of(bench, message));
  bench.see();
  REQUIRE(bench.twin().ui_state().diagram.menu.message == message);
}

/// Where the menu stands: around the one of its rows whose words stand nowhere else.
Rect menu(Bench& bench) {
  const Rect delay = bench.find("Delay · 20 ms", {0, 0, diagram_area(bench).right, Display::height});
  return {delay.left - 40, delay.top - 80, delay.right + 160, delay.bottom + 90};
}

/// The row of a line's menu acts on its message, by the mouse. Returns the line of the trace.
Json choose_in_menu(Bench& bench, raft::sim::MessageId message, const std::string& row, const std::string& command) {
  CAPTURE(command);
  open_menu(bench, message);
  const Json line = bench.act([&] { bench.click_on(row, menu(bench)); });
  CHECK(line["command"] == command);
  CHECK(line["origin"] == "mouse");
  CHECK(line["message"]["id"] == message);
  CHECK(bench.twin().ui_state().diagram.menu.message == raft::sim::no_message);
  return line;
}

std::string name_of(raft::sim::MessageId message) { return "m" + std::to_string(message); }

}  // namespace

TEST_CASE("the diagram is opened by its key and its button, and a click in it goes to that moment") {
  Bench bench({.name = "diagram"});
  open_diagram(bench, 5);
  for (int i = 0; i < 30; ++i) bench.key("Right");
  bench.see();
  bench.keep_picture("open");
  const Seen seen = look(bench);
  const raft::sim::Time before = bench.twin().session().run().clock();
  bool sought = false;
  for (float x = seen.scene.plot.left + 30; x < seen.scene.scale.x_of(before) - 30 && !sought; x += 11) {
    const Point at{std::round(x), std::round(seen.scene.lanes.back().row.bottom - 4)};
    if (ui::hit_diagram(seen.scene, seen.state, at).kind != DiagramHit::Kind::Lane) continue;
    bench.click(at);
    bench.see();
    CHECK(std::abs(bench.twin().session().run().clock() - seen.scene.scale.time_at(at.x)) <= 1);
    CHECK(bench.twin().session().run().clock() < before);
    sought = true;
  }
  CHECK(sought);
  bench.key("d");
  bench.see();
  CHECK_FALSE(bench.twin().ui_state().diagram.open);
  bench.quit();
}

TEST_CASE("the wheel goes closer in the diagram around the mouse, dragging it goes to an earlier time; the run stays where it is") {
  Bench bench({.name = "diagram-zoom"});
  open_diagram(bench, 5);
  for (int i = 0; i < 40; ++i) bench.key("Right");
  bench.see();
  const raft::sim::Time clock = bench.twin().session().run().clock();
  const Seen before = look(bench);
  const float y = std::round(before.scene.lanes.back().row.bottom - 4);
  Point at{std::round(before.scene.plot.center().x), y};
  while (ui::hit_diagram(before.scene, before.state, at).kind == DiagramHit::Kind::Head) at.x += 11;
  const auto under = [&bench](Point place) { return look(bench).scene.scale.time_at(place.x); };
  const raft::sim::Time middle = under(at);

  bench.wheel(at, 1);
  bench.see();
  const raft::sim::Time span = look(bench).scene.scale.span;
  CHECK(span < before.scene.scale.span);
  CHECK(std::abs(under(at) - middle) <= span / 1000);
  bench.wheel(at, -1);
  bench.see();
  CHECK(look(bench).scene.scale.span > span);
  bench.wheel(at, 1);
  bench.wheel(at, 1);
  bench.see();

  const Point to{at.x + 60, at.y};
  const raft::sim::Time grabbed = under(at);
  bench.drag({at, {at.x + 30, at.y}, to});
  bench.release();
  bench.see();
  bench.keep_picture("dragged");
  CHECK(std::abs(under(to) - grabbed) <= span / 500);
  CHECK(bench.twin().session().run().clock() == clock);
  bench.quit();
}

TEST_CASE("a line is snipped in the diagram: exactly that message is lost") {
  Bench bench({.name = "snip"});
  open_diagram(bench, 5);
  const Met met = meet(bench, DiagramTense::OnItsWay);
  bench.see();
  bench.click_on(ui::icon::scissors, header(bench));
  bench.see();
  const Json lost = bench.act([&] { bench.click(met.at); });
  CHECK(lost["kind"] == "lose");
  CHECK(lost["origin"] == "mouse");
  CHECK(lost["message"]["id"] == met.message);
  bench.see();
  bench.keep_picture("snipped");
  bench.quit();
}

TEST_CASE("a line of the past is snipped in the diagram: the run goes back to just before its end, and loses it there") {
  Bench bench({.name = "snip_past"});
  open_diagram(bench, 5);
  const Met met = meet(bench, DiagramTense::Past);
  const std::int64_t end_event = look(bench).state.past.find(met.message)->end_event;
  bench.see();
  bench.click_on(ui::icon::scissors, header(bench));
  bench.see();
  const Json lost = bench.act([&] { bench.click(met.at); });
  CHECK(lost["kind"] == "lose");
  CHECK(lost["origin"] == "mouse");
  CHECK(lost["message"]["id"] == met.message);
  CHECK(lost["event"] == end_event);
  bench.see();
  bench.quit();
}

TEST_CASE("a head is dragged in the diagram: that message arrives later") {
  Bench bench({.name = "delay"});
  open_diagram(bench, 5);
  const Met met = meet(bench, DiagramTense::OnItsWay);
  bench.see();
  const raft::sim::Time before = bench.twin().world().network.find(met.message)->ends_at;
  const Point there = met.head + Point{40, 0};
  bench.drag({met.head, met.head + Point{20, 0}, there});
  const Json delayed = bench.act([&] { bench.release(); });
  CHECK(delayed["kind"] == "message");
  CHECK(delayed["origin"] == "mouse");
  CHECK(delayed["message"]["id"] == met.message);
  const raft::sim::Flight* flight = bench.twin().world().network.find(met.message);
  REQUIRE(flight != nullptr);
  CHECK(flight->ends_at > before);
  bench.see();
  bench.keep_picture("delayed");
  bench.quit();
}

TEST_CASE("a line is copied in the diagram: the message is on its way twice") {
  Bench bench({.name = "copy"});
  open_diagram(bench, 5);
  const Met met = meet(bench, DiagramTense::OnItsWay);
  bench.see();
  bench.click_on(ui::icon::copy, header(bench));
  bench.see();
  const std::size_t before = bench.twin().world().network.in_flight();
  const Json copied = bench.act([&] { bench.click(met.at); });
  CHECK(copied["kind"] == "message");
  CHECK(copied["origin"] == "mouse");
  CHECK(copied["message"]["id"] == met.message);
  CHECK(bench.twin().world().network.in_flight() == before + 1);
  bench.see();
  bench.quit();
}

TEST_CASE("menu of a line on its way: later, twice, to where it was sent, on to where it arrives; lost, at once") {
  Bench bench({.name = "line-menu"});
  open_diagram(bench, 5);
  const raft::sim::MessageId message = meet(bench, DiagramTense::OnItsWay).message;
  bench.see();
  const auto ends_at = [&] { return bench.twin().world().network.find(message)->ends_at; };
  const raft::sim::Time at_first = ends_at();
  choose_in_menu(bench, message, "Delay · 20 ms", "delay " + name_of(message) + " 20ms");
  CHECK(ends_at() == at_first + 20'000);
  const std::size_t on_their_way = bench.twin().world().network.in_flight();
  choose_in_menu(bench, message, "Duplicate", "duplicate " + name_of(message) + " after 10ms");
  CHECK(bench.twin().world().network.in_flight() == on_their_way + 1);

  const raft::sim::Time late = ends_at();
  open_menu(bench, message);
  bench.keep_picture("open");
  bench.click_on("Sent", menu(bench));
  bench.see();
  CHECK(bench.twin().session().run().position() == look(bench).state.past.find(message)->sent_event);
  play_until_it_arrives(bench, message, late, [&] { bench.click_on("Arrives", menu(bench)); });

  bench.key("Escape");
  bench.see();
  const raft::sim::MessageId lost = meet(bench, DiagramTense::OnItsWay).message;
  bench.see();
  const Json snipped = choose_in_menu(bench, lost, "Snip", "drop " + name_of(lost));
  CHECK(snipped["kind"] == "lose");
  const raft::sim::MessageId next = meet(bench, DiagramTense::OnItsWay).message;
  bench.see();
  const Json delivered = choose_in_menu(bench, next, "Deliver now", "deliver " + name_of(next));
  CHECK(delivered["kind"] == "receive");
  bench.see();
  bench.quit();
}

TEST_CASE("menu of a line of the past: each row goes back to just before its end and acts there; its ends are gone to") {
  Bench bench({.name = "line-menu-past"});
  open_diagram(bench, 5);
  const auto past_of = [&](raft::sim::MessageId message) { return *look(bench).state.past.find(message); };
  const auto position = [&] { return bench.twin().session().run().position(); };
  for (const auto& [row, before, after] : {std::tuple{"Snip", "drop ", ""}, {"Deliver now", "deliver ", ""},
                                           {"Delay · 20 ms", "delay ", " 20ms"}, {"Duplicate", "duplicate ", " after 10ms"}}) {
    const raft::sim::MessageId message = meet(bench, DiagramTense::Past).message;
    const std::int64_t end_event = past_of(message).end_event;
    bench.see();
    const Json line = choose_in_menu(bench, message, row, before + name_of(message) + after);
    CHECK(line["event"] == end_event);
    CHECK(position() == end_event);
  }
  const raft::sim::MessageId message = meet(bench, DiagramTense::Past).message;
  bench.see();
  open_menu(bench, message);
  bench.click_on("Sent", menu(bench));
  bench.see();
  CHECK(position() == past_of(message).sent_event);
  bench.click_on("Arrives", menu(bench));
  bench.see();
  CHECK(position() == past_of(message).end_event);
  bench.quit();
}

TEST_CASE("menu of a line by keyboard: Tab reaches the message, Enter opens its menu, and a row of it acts") {
  Bench bench({.name = "line-menu-keys"});
  open_diagram(bench, 3);
  const raft::sim::MessageId message = meet(bench, DiagramTense::OnItsWay).message;
  bench.see();
  const ui::Selection it{.kind = ui::Selection::Kind::Message, .message = message};
  tab_to(bench, "the message in the diagram", [&](const Rect& place) {
    return diagram_area(bench).contains(place.center()) && bench.twin().ui_state().hovered == it;
  });
  bench.key("Return");
  bench.see();
  REQUIRE(bench.twin().ui_state().diagram.menu.message == message);
  const Point row = bench.find("Duplicate", menu(bench)).center();
  tab_to(bench, "the row", [&](const Rect& place) { return place.contains(row); });
  bench.keep_picture("focus");
  const Json copied = bench.act([&] { bench.key("Return"); });
  CHECK(copied["command"] == "duplicate " + name_of(message) + " after 10ms");
  CHECK(copied["origin"] == "key");
  bench.see();
  bench.quit();
}
