// The buttons of the inspector by mouse: what each of them did is read from the trace, and that the mouse did it.
#include <doctest/doctest.h>

#include "tests/window/places.h"
#include "tests/window/story.h"

using namespace window_test;

namespace {

/// A button of the inspector, by its words.
Json press(Bench& bench, const char* words) {
  CAPTURE(words);
  const Json line = bench.act([&] { bench.click_text(words, inspector(bench)); });
  CHECK(line["origin"] == "mouse");
  bench.see();
  return line;
}

void click_away_menu(Bench& bench) {
  bench.key("Escape");
  bench.see();
}

}  // namespace

TEST_CASE("the inspector of a node by mouse: it times out, is cut off, crashes, comes back, is written to") {
  Bench bench({.name = "inspector-node"});
  start_free_play(bench, 3);
  bench.click(bench.middle_of(raft::node_at(0)));
  bench.see();
  click_away_menu(bench);
  CHECK(press(bench, "ui.time_out")["command"] == "timeout A");
  CHECK(press(bench, "ui.isolate")["command"] == "isolate A");
  CHECK(press(bench, "ui.crash")["command"] == "crash A");
  CHECK(press(bench, "ui.restart")["command"] == "restart A");
  bench.click_text("ui.write", inspector(bench));
  bench.see();
  bench.type("x=1");
  bench.see();
  const Json asked = bench.act([&] { bench.key("Return"); });
  CHECK(asked["command"] == "write x=1 to A");
  bench.see();
  bench.quit();
}

TEST_CASE("the inspector of a message and of a link by mouse: it arrives at once, is lost; the link is cut and mended") {
  Bench bench({.name = "inspector-message"});
  start_free_play(bench, 3);
  for (const char* button : {"ui.deliver_now", "ui.drop"}) {
    const ui::FlightShape flight = find_flight(bench);
    bench.click(flight.at);
    bench.see();
    click_away_menu(bench);
    const Json line = press(bench, button);
    CHECK(line["message"]["id"] == flight.id);
    CHECK(line["kind"] == (button == std::string("ui.drop") ? "lose" : "receive"));
  }
  const LinkPlace place = find_open_link(bench);
  bench.click(place.at);
  bench.see();
  click_away_menu(bench);
  press(bench, "ui.cut_link");
  CHECK_FALSE(bench.twin().world().network.is_open(place.link.a, place.link.b));
  CHECK_FALSE(bench.twin().world().network.is_open(place.link.b, place.link.a));
  press(bench, "ui.mend");
  CHECK(bench.twin().world().network.all_open());
  bench.quit();
}
