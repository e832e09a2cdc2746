// Predict mode in free play: it asks at an event, by playing and by steps; what it says is right is what then happens.
#include <doctest/doctest.h>

#include "tests/window/story.h"

using namespace window_test;

namespace {

/// The words can be read somewhere, blanks apart.
bool shows(Bench& bench, std::string words) {
  std::erase(words, ' ');
  return transcript_of(bench.twin().letters()).find(words) != std::string::npos;
}

bool asks(Bench& bench) { return shows(bench, bench.words("upcoming_panel.asks")); }

/// What the caption band says of the answer that was given.
bool was_right(Bench& bench) {
  const bool right = shows(bench, bench.words("guess.right") + " · ");
  CHECK(right != shows(bench, bench.words("guess.wrong") + " · "));
  return right;
}

}  // namespace

TEST_CASE("predict mode asks while one plays and while one steps, and calls right what the trace then tells") {
  Bench bench({.name = "guessing"});
  start_free_play(bench, 5);
  bench.key("g");
  bench.see();
  bench.play_until_it_stops();
  CHECK(asks(bench));
  CHECK(shows(bench, "Who will lead term 1?"));
  bench.keep_picture("asked");
  bench.key("1");  // A
  bench.see();
  const bool a_leads = was_right(bench);
  CHECK(shows(bench, a_leads ? "right 1 of 1" : "right 0 of 1"));
  bench.keep_picture("answered");

  // Going on leaves the question behind.
  for (int i = 0; i < 20; ++i) bench.key("Right");
  bench.see();
  CHECK_FALSE(asks(bench));
  const auto leader = std::find_if(bench.trace().begin(), bench.trace().end(), is_leader);
  REQUIRE(leader != bench.trace().end());
  CHECK((*leader)["state"]["term"] == 1);
  CHECK(((*leader)["node"] == "A") == a_leads);

  bench.key("slash");
  bench.see();
  bench.type("write x=1");
  bench.see();
  bench.act([&] { bench.key("Return"); });
  bench.see();
  for (int i = 0; i < 20 && !asks(bench); ++i) {
    bench.key("Right");
    bench.see();
  }
  CHECK(asks(bench));
  CHECK(shows(bench, "Will it be committed in the next 3 seconds?"));
  const raft::sim::Time asked_at = bench.twin().session().run().clock();
  bench.click_text("ui.yes", {0, Display::height * 0.75F, Display::width, Display::height});
  bench.see();
  const bool commits = was_right(bench);
  CHECK(shows(bench, a_leads == commits ? (commits ? "right 2 of 2" : "right 0 of 2") : "right 1 of 2"));
  bench.play(Bench::By::Space);
  const Json committed = bench.wait_for("a commit", [](const Json& line) { return line.contains("state") && line["state"]["commit"] == 1; });
  CHECK((committed["at_us"].get<raft::sim::Time>() <= asked_at + 3'000'000) == commits);
  bench.stop();
  bench.quit();
}
