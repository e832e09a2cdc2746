// The list of what happens next, by mouse: it happens now, it does not happen, it is played up to.
#include <doctest/doctest.h>

#include "raft/sim/advance.h"
#include "tests/window/story.h"
#include "ui/icons.h"

using namespace window_test;
using What = raft::sim::Upcoming::What;

namespace {

ui::Rect list(Bench& bench) { return bench.twin().layout().upcoming; }

/// What is due first: it stands at the top.
raft::sim::Upcoming first(Bench& bench) { return raft::sim::upcoming(bench.twin().world()); }

/// Event by event, until the list begins with a message.
raft::sim::MessageId go_on_to_message(Bench& bench) {
  for (int i = 0; i < 40 && first(bench).what != What::MessageEnds; ++i) bench.key("Right");
  REQUIRE(first(bench).what == What::MessageEnds);
  bench.see();
  return first(bench).message;
}

/// Presses the topmost button with this sign.
Json press(Bench& bench, const char* sign) {
  const Json line = bench.act([&] { bench.click_on(sign, list(bench)); });
  CHECK(line["origin"] == "mouse");
  bench.move({Display::width - 3, 3});  // what it was pressed on is gone
  bench.see();
  return line;
}

}  // namespace

TEST_CASE("what happens next: a timer fires now, a message arrives now, is lost, is played up to") {
  Bench bench({.name = "upcoming"});
  start_free_play(bench, 3);
  REQUIRE(first(bench).what == What::ElectionTimer);
  const std::string node = bench.twin().world().name(first(bench).node);
  const Json fired = press(bench, ui::icon::bolt);
  CHECK(fired["command"] == "timeout " + node);

  const raft::sim::MessageId arrives = go_on_to_message(bench);
  const Json delivered = press(bench, ui::icon::bolt);
  CHECK(delivered["command"] == "deliver m" + std::to_string(arrives));
  const raft::sim::MessageId is_lost = go_on_to_message(bench);
  const Json lost = press(bench, ui::icon::scissors);
  CHECK(lost["command"] == "drop m" + std::to_string(is_lost));
  CHECK(lost["kind"] == "lose");

  const raft::sim::MessageId awaited = go_on_to_message(bench);
  const raft::sim::Time at = first(bench).at;
  const ui::Rect top = bench.find(ui::icon::bolt, list(bench));
  play_until_it_arrives(bench, awaited, at, [&] { bench.click({list(bench).left + 120, top.center().y}); });
  bench.keep_picture("played");
  bench.quit();
}
