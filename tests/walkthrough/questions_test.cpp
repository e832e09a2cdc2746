// Questions: the answer is found by running a copy ahead, and the run itself is left alone.
#include "raft/sim/world_hash.h"
#include "tests/walkthrough/play.h"

namespace {

walkthrough_test::Player ask(const std::string& lines) {
  walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::with_steps(lines));
  REQUIRE(walkthrough_test::play(player) == "");
  REQUIRE(player.asked().size() == 1);
  return player;
}

}  // namespace

TEST_CASE("yes or no: does it ever hold within that time") {
  CHECK(ask("ask en: A leader?\nanswer leaders = 1 within 1s").asked()[0].yes);
  CHECK_FALSE(ask("ask en: A leader?\nanswer leaders = 1 within 100ms").asked()[0].yes);
}

TEST_CASE("which: the nodes for which it first holds") {
  const walkthrough_test::Player first = ask("ask en: Who?\nanswer which n: role n = candidate within 1s");
  CHECK(first.walkthrough().names.list(first.asked()[0].nodes) == "A");
  CHECK(ask("ask en: Who?\nanswer which n: term n = 9 within 1s").asked()[0].nodes.empty());
}

TEST_CASE("options: those that come true; the second language does not say the condition again") {
  const walkthrough_test::Player player = ask(
      "ask en: How many?\nask zh: 几个？\noption en: one when leaders = 1 within 1s\noption zh: 一个\n"
      "option en: two when leaders = 2 within 1s\noption zh: 两个");
  CHECK(player.asked()[0].options == std::vector<std::size_t>{0});
  CHECK(text_in(player.asked()[0].question->options[1].texts, "zh") == "两个");
}

TEST_CASE("running ahead leaves no trace in the run") {
  walkthrough_test::Player with = walkthrough_test::player_of(
      walkthrough_test::with_steps("ask en: A leader?\nanswer leaders = 2 within 5s\nfor 700ms"));
  walkthrough_test::Player without = walkthrough_test::player_of(walkthrough_test::with_steps("for 700ms"));
  REQUIRE(walkthrough_test::play(with) == "");
  REQUIRE(walkthrough_test::play(without) == "");
  CHECK(world_hash(with.timeline().world()) == world_hash(without.timeline().world()));
}

TEST_CASE("a question that ten million events do not answer fails at its place") {
  const std::string head = "walkthrough 1\ncluster A\nset clock A 1000000/1\nstep \"s\"\n";  // no countdown lasts a microsecond
  walkthrough_test::Player player = walkthrough_test::player_of(head + "  ask en: q\n  answer term A = 99 within 1s\n");
  const std::string said = walkthrough_test::play(player);
  CHECK(said.find("ten million events do not tell the answer") != std::string::npos);
  REQUIRE(player.failure());
  CHECK(player.failure()->message().find(":5:") != std::string::npos);
}
