// Two runs side by side in the real window: a branch beside the future it left, and a cluster beside itself with
// pre-vote.
#include <doctest/doctest.h>

#include "tests/window/story.h"

using namespace window_test;

TEST_CASE("a leader is killed in the past; what would have been stands beside what is, with the first difference") {
  Bench bench({.name = "compare"});
  start_free_play(bench, 5);
  const auto leader = [&] { return raft::sim::current_leader(bench.twin().world()); };
  for (int events = 0; events < 200 && leader() == raft::no_node; ++events) bench.key("Right");
  REQUIRE(leader() != raft::no_node);
  for (int events = 0; events < 30; ++events) bench.key("Right");
  for (int events = 0; events < 12; ++events) bench.key("Left");
  bench.see();
  const auto fork = bench.twin().session().run().position();
  bench.key(std::to_string(1 + static_cast<int>(raft::index_of(leader()))));
  bench.key("k");
  bench.see();
  bench.key("c");
  bench.see();
  const ui::Rect window{0, 0, Display::width, Display::height};
  bench.find(bench.words("ui.main_branch"), window);
  bench.find("≠", window);
  bench.keep_picture("branch");
  CHECK(bench.trace().back()["event"] == fork + 1);

  // The list of choices: the same from the start with pre-vote.
  bench.click_on(bench.words("ui.main_branch"), {Display::width / 2.0F, 48, Display::width, 100});
  bench.see();
  bench.keep_picture("list");
  bench.click_on("With 3 nodes", {Display::width / 2.0F, 100, Display::width, 500});
  bench.see();
  bench.keep_picture("three");

  // And of those the first difference, which is gone to. From there on they part, and the cross leaves one alone.
  const ui::Rect heads{Display::width / 2.0F, 48, Display::width, 100};
  bench.click_on("With 3 nodes", heads);
  bench.see();
  bench.click_on("With: Pre-vote", {Display::width / 2.0F, 100, Display::width, 500});
  bench.see();
  bench.find("With: Pre-vote", heads);
  const std::int64_t here = bench.twin().session().run().position();
  bench.click_on("≠ First difference at 0:00.175", {0, 48, Display::width, 140});
  bench.see();
  bench.keep_picture("first difference");
  const std::int64_t first = bench.twin().session().run().position();
  CHECK(first < here);
  CHECK(bench.twin().session().run().event().kind == raft::sim::EventKind::ElectionTimeout);  // one asks first, the other stands
  bench.click_on(ui::icon::cross, heads);
  bench.see();
  bench.keep_picture("alone");
  CHECK(bench.twin().session().run().position() == first);
  CHECK(find_text(bench.twin().letters(), "With: Pre-vote", window).empty());
  bench.quit();
}
