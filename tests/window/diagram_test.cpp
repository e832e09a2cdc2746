// The space-time diagram by mouse: opened, clicked, snipped, dragged, copied.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/window/story.h"
#include "ui/diagram_scene.h"
#include "ui/icons.h"
#include "ui/layout.h"

using namespace window_test;
using ui::DiagramHit;
using ui::DiagramLine;
using ui::DiagramTense;
using ui::Point;
using ui::Rect;

namespace {

Rect diagram_area(Bench& bench) {
  return ui::make_layout({.width = Display::width, .height = Display::height,
                          .nodes = static_cast<int>(bench.twin().world().node_count()), .diagram = true})
      .diagram;
}

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

/// A message, not a heartbeat, whose line and head lie free, after as many events as that takes.
Met meet(Bench& bench, DiagramTense tense) {
  for (int i = 0; i < 80; ++i) {
    bench.key("Right");
    const Seen seen = look(bench);
    for (const DiagramLine& line : seen.scene.lines) {
      const raft::sim::MessageId id = line.flight->flight.id;
      if (line.tense != tense || line.quiet || line.dies) continue;
      if (!hits_around(seen, line.to, DiagramHit::Kind::Head, id)) continue;
      for (float share = 0.25F; share < 0.8F; share += 0.05F) {
        const Point at = ui::between(line.from, line.to, share);
        if (hits_around(seen, at, DiagramHit::Kind::Message, id)) return {id, at, line.to};
      }
    }
  }
  FAIL("no message lies free in the diagram within 80 events");
  return {};
}

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
