// The safety strip and the stamps on the stage: what is broken now is never told of as past, and they say the same.
#include <doctest/doctest.h>

#include "tests/support/two_leaders.h"
#include "tests/ui/window.h"

namespace ui::test {

namespace {

constexpr Size2 strip_window{1600, 900};

void step_until_leads(Played& played, raft::NodeId node) {
  for (int i = 0; i < 200 && played.run.world().node(node).memory.role != raft::Role::Leader; ++i) played.step(1);
  REQUIRE(played.run.world().node(node).memory.role == raft::Role::Leader);
}

/// Two leaders of term 1; the rule that forbids it is on again, since before the second one or since after it.
Played two_leaders(bool on_before) {
  Played played(3);
  for (const raft::sim::Intervention& what : raft::test::a_leads_alone()) played.act(what);
  step_until_leads(played, raft::test::A);
  if (on_before) played.act(raft::test::majority_needed_again());
  played.act(raft::test::b_stands());
  step_until_leads(played, raft::test::B);
  if (!on_before) played.act(raft::test::majority_needed_again());
  return played;
}

bool says(const Drawn& drawn, const std::string& text) {
  return std::any_of(drawn.begin(), drawn.end(), [&text](const DrawnItem& item) { return item.what == text; });
}

}  // namespace

TEST_CASE("A promise broken with every rule on again is broken, in the strip and on the stage") {
  const Played played = two_leaders(true);
  Window window;
  const Drawn drawn = window.drawn(played, strip_window);
  CHECK(says(drawn, "Election Safety · broken"));
  CHECK(says(drawn, "Election Safety is broken"));
  CHECK(says(drawn, "Election Safety is broken by event " + std::to_string(played.run.position())));
  CHECK_FALSE(says(drawn, "Election Safety was broken"));
}

TEST_CASE("A promise broken only before every rule was on again was broken, in the strip and on the stage") {
  const Played played = two_leaders(false);
  Window window;
  const Drawn drawn = window.drawn(played, strip_window);
  CHECK(says(drawn, "Election Safety · was broken"));
  CHECK(says(drawn, "Election Safety was broken"));
  CHECK_FALSE(says(drawn, "Election Safety is broken"));
}

TEST_CASE("What the clients were told is broken in the strip, or was") {
  const Played played(3);
  Window window;
  window.clients = {.answer = raft::check::Answer::No, .sentence = "No order explains it.", .past = true};
  CHECK(says(window.drawn(played, strip_window), "Linearizable · was broken"));
  window.clients.past = false;
  CHECK(says(window.drawn(played, strip_window), "Linearizable · broken"));
}

TEST_CASE("The strip's sentence is about what is broken now, rather than about what the clients were told before") {
  const Played played = two_leaders(true);
  Window window;
  window.clients = {.answer = raft::check::Answer::No, .sentence = "No order explains it.", .past = true};
  const Drawn drawn = window.drawn(played, strip_window);
  CHECK(says(drawn, "Election Safety is broken by event " + std::to_string(played.run.position())));
  CHECK_FALSE(says(drawn, "No order explains it."));
}

}  // namespace ui::test
