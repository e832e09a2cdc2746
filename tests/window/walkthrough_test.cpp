// A walkthrough told with a presenter's keys.
#include <doctest/doctest.h>

#include "app/asset_store.h"
#include "raft/sim/world_hash.h"
#include "tests/window/story.h"

using namespace window_test;

TEST_CASE("a walkthrough: forward by Page Down, back exactly by Page Up, in both languages and themes") {
  Bench bench({.name = "walkthrough", .file = app::asset_path("walkthroughs/bob_and_tom.walk")});
  const raft::walkthrough::Player& player = *bench.twin().session().player();
  const auto steps = static_cast<int>(player.walkthrough().steps.size());
  const auto hash = [&] { return raft::sim::world_hash(bench.twin().world()); };
  bench.keep_picture("start");

  std::vector<std::uint64_t> ends{hash()};
  for (int step = 0; step < steps; ++step) {
    bench.next_step();
    REQUIRE_MESSAGE(!player.failure(), player.failure()->message());
    REQUIRE(player.step_index() == step);
    REQUIRE(player.step_complete());
    ends.push_back(hash());
  }
  bench.keep_picture("last-step");
  CHECK_FALSE(player.failure());  // every expectation held
  bench.same_trace();
  const std::size_t told = bench.trace().size();
  const auto logs = logs_of(bench.trace());
  CHECK(logs.size() == 5);
  for (const auto& log : logs) CHECK_MESSAGE(log.second == logs.begin()->second, log.first);

  for (int back = 1; back <= 3; ++back) {
    bench.key("Prior");
    bench.see();
    CHECK(bench.twin().session().step_at_cursor() == steps - 1 - back);
    CHECK(hash() == ends.at(static_cast<std::size_t>(steps - back)));
  }
  const std::uint64_t here = hash();
  for (const std::string key : {"ctrl+l", "ctrl+t"}) {
    bench.key(key);
    bench.see();
    CHECK(hash() == here);
  }
  bench.keep_picture("chinese-ink");
  for (const std::string key : {"ctrl+l", "ctrl+t"}) {
    bench.key(key);
    bench.see();
  }
  bench.next_step();
  CHECK(hash() == ends.at(static_cast<std::size_t>(steps - 2)));
  bench.same_trace();
  CHECK(bench.trace().size() == told);

  bench.click_text("ui.back", {0, 0, Display::width, Display::height});
  bench.see();
  CHECK(hash() == here);
  bench.quit();
}
