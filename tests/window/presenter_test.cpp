// A presenter's keys: forward, back, again, blank, jump, and an answer chosen by a digit.
#include <doctest/doctest.h>

#include "app/asset_store.h"
#include "raft/sim/world_hash.h"
#include "tests/window/story.h"

using namespace window_test;

TEST_CASE("a presenter goes forward, replays, blanks, jumps and answers, and always knows where they are") {
  Bench bench({.name = "presenter", .file = app::asset_path("walkthroughs/split_vote.walk")});
  app::Session& session = bench.twin().session();
  const auto hash = [&] { return raft::sim::world_hash(bench.twin().world()); };
  bench.next_step();
  bench.next_step();
  const std::uint64_t second = hash();
  bench.next_step();
  CHECK(session.step_at_cursor() == 2);
  const std::uint64_t third = hash();

  // The question of the third step waits: B is "no".
  bench.see();
  bench.keep_picture("question");
  bench.key("2");
  bench.see();
  CHECK(bench.twin().ui_state().choice.option == 1);
  CHECK(bench.twin().ui_state().selection.kind == ui::Selection::Kind::Nothing);
  bench.keep_picture("answer");

  bench.key("Prior");
  bench.see();
  CHECK(hash() == second);
  bench.next_step();
  CHECK(hash() == third);

  for (const char* blank : {"b", "period"}) {
    bench.key(blank);
    bench.see();
    CHECK(bench.twin().ui_state().blank);
    bench.key(blank);
    bench.see();
    CHECK_FALSE(bench.twin().ui_state().blank);
    CHECK(hash() == third);
  }

  bench.key("j");
  bench.see();
  bench.keep_picture("steps");
  bench.click_on("Calm", whole_window);
  bench.see();
  CHECK(session.step_at_cursor() == 9);
  CHECK(session.step_complete_at_cursor());
  CHECK_FALSE(bench.twin().ui_state().steps_open);
  bench.key("j");
  bench.see();
  bench.click_on("C votes for A, D for B", whole_window);
  bench.see();
  CHECK(hash() == third);

  // A click on where one is opens the list as well; Escape closes it.
  bench.click_on("3 / 10", whole_window);
  bench.see();
  CHECK(bench.twin().ui_state().steps_open);
  bench.key("Escape");
  bench.see();
  CHECK_FALSE(bench.twin().ui_state().steps_open);
  bench.quit();
}

TEST_CASE("Shift and Page Up play the step again from its start") {
  Bench bench({.name = "replay", .file = app::asset_path("walkthroughs/split_vote.walk")});
  app::Session& session = bench.twin().session();
  bench.next_step();
  bench.next_step();
  const std::uint64_t end = raft::sim::world_hash(bench.twin().world());
  const auto start = session.player()->end_of_step(0)->event;
  const auto last = session.run().position();
  REQUIRE(last > start);
  // The real one plays on while the twin waits to be told; the next press completes the step in both.
  bench.key("shift+Prior");
  CHECK(session.run().position() == start);
  bench.key("Next");
  bench.see();
  CHECK(session.step_at_cursor() == 1);
  CHECK(raft::sim::world_hash(bench.twin().world()) == end);
  bench.quit();
}
