// The palette, predict mode and the menus' groups in the real window.
#include <doctest/doctest.h>

#include "tests/window/story.h"

using namespace window_test;

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
  bench.quit();
}
