// Messages and links by mouse.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/window/places.h"
#include "tests/window/story.h"
#include "ui/icons.h"

using namespace window_test;
using ui::Point;

namespace {

bool open(Bench& bench, raft::NodeId from, raft::NodeId to) { return bench.twin().world().network.is_open(from, to); }

/// A stroke across the place, from one side to the other, short enough to meet no other link.
std::vector<Point> stroke_across(const LinkPlace& place) {
  const Point along = (place.link.to - place.link.from) * (1 / ui::distance(place.link.from, place.link.to));
  const Point aside = Point{-along.y, along.x} * 12;
  return {place.at - aside, place.at, place.at + aside};
}

/// The link as it is drawn now.
ui::LinkShape now(Bench& bench, const ui::LinkShape& link) {
  const ui::Scene scene = bench.twin().scene();
  const auto same = [&link](const ui::LinkShape& other) { return other.a == link.a && other.b == link.b; };
  return *std::find_if(scene.links.begin(), scene.links.end(), same);
}

void open_link_menu(Bench& bench, Point at) {
  bench.click(at);
  bench.see();
  REQUIRE(bench.twin().ui_state().stage.menu.kind == ui::StageMenu::Kind::Link);
}

}  // namespace

TEST_CASE("a message in flight is dropped by mouse") {
  Bench bench({.name = "drop"});
  start_free_play(bench, 5);
  const ui::FlightShape flight = find_flight(bench);
  bench.see();
  bench.click(flight.at);
  bench.see();
  REQUIRE(bench.twin().ui_state().selection == ui::Selection{.kind = ui::Selection::Kind::Message, .message = flight.id});
  bench.keep_picture("menu");
  const Json lost = bench.act([&] { bench.click_text("ui.drop", bench.twin().stage()); });
  CHECK(lost["kind"] == "lose");
  CHECK(lost["origin"] == "mouse");
  CHECK(lost["message"]["id"] == flight.id);
  bool by_hand = false;
  for (const Json& reason : lost["reasons"]) by_hand = by_hand || reason["reason"] == "dropped_by_hand";
  CHECK(by_hand);
  bench.see();
  bench.quit();
}

TEST_CASE("links are cut by mouse, both ways and one way, from the menu and by a stroke, and mended") {
  Bench bench({.name = "links"});
  start_free_play(bench, 5);

  const LinkPlace first = find_open_link(bench);
  open_link_menu(bench, first.at);
  bench.keep_picture("menu");
  const Json cut = bench.act([&] { bench.click_text("ui.cut_link", bench.twin().stage()); });
  CHECK(cut["kind"] == "network");
  CHECK(cut["origin"] == "mouse");
  CHECK_FALSE(open(bench, first.link.a, first.link.b));
  CHECK_FALSE(open(bench, first.link.b, first.link.a));
  bench.see();
  const ui::LinkShape barred = now(bench, first.link);
  REQUIRE(barred.has_barrier());
  const Json mended = bench.act([&] { bench.click(barred.barrier); });
  CHECK(mended["kind"] == "network");
  CHECK(mended["origin"] == "mouse");
  CHECK(open(bench, first.link.a, first.link.b));
  CHECK(open(bench, first.link.b, first.link.a));
  bench.see();

  const LinkPlace second = find_open_link(bench);
  open_link_menu(bench, second.at);
  const std::string way = bench.twin().world().name(second.link.a) + " → " + bench.twin().world().name(second.link.b);
  const Json half = bench.act([&] { bench.click_on(bench.words("ui.cut_one_way") + "  " + way, bench.twin().stage()); });
  CHECK(half["origin"] == "mouse");
  CHECK_FALSE(open(bench, second.link.a, second.link.b));
  CHECK(open(bench, second.link.b, second.link.a));
  bench.see();

  bench.click_on(ui::icon::scissors, bench.twin().stage());
  bench.see();
  const LinkPlace third = find_open_link(bench);
  bench.drag(stroke_across(third));
  const Json stroke = bench.act([&] { bench.release(); });
  CHECK(stroke["kind"] == "network");
  CHECK(stroke["origin"] == "mouse");
  CHECK_FALSE(open(bench, third.link.a, third.link.b));
  CHECK_FALSE(open(bench, third.link.b, third.link.a));
  bench.see();

  const LinkPlace fourth = find_open_link(bench);
  bench.hold_alt(true);
  bench.drag(stroke_across(fourth));
  bench.act([&] { bench.release(); });
  bench.hold_alt(false);
  CHECK(open(bench, fourth.link.a, fourth.link.b) != open(bench, fourth.link.b, fourth.link.a));
  bench.see();
  bench.keep_picture("cuts");

  bench.click_on(ui::icon::hand_pointer, bench.twin().stage());
  bench.see();
  const ui::LinkShape last = now(bench, third.link);
  open_link_menu(bench, last.from + (last.to - last.from) * 0.8F);  // away from the words, which would mend it at once
  const Json by_menu = bench.act([&] { bench.click_text("ui.mend", bench.twin().stage()); });
  CHECK(by_menu["origin"] == "mouse");
  CHECK(open(bench, third.link.a, third.link.b));
  bench.see();
  bench.quit();
}
