// The stories that the swarm found and a person told: each breaks its promise, and does not with the rule on.
#include "tests/walkthrough/play.h"

namespace {

const std::string told[] = {"commit_before_read_index", "randomized_timeouts", "read_confirmed_by_round", "session_check",
                            "snapshot_keeps_last"};

std::string story(const std::string& rule) {
  return walkthrough_test::read_source("assets/walkthroughs/broken/" + rule + ".walk");
}

}  // namespace

TEST_CASE("what the swarm found without a rule is told in both languages and plays to its end") {
  for (const std::string& rule : told) {
    CAPTURE(rule);
    const std::string text = story(rule);
    const walkthrough_test::Walkthrough walkthrough = walkthrough_test::parse(text).walkthrough;
    CHECK(write(walkthrough) == text);
    CHECK(walkthrough.titles.size() == 2);
    for (const auto& step : walkthrough.steps) CHECK(step.say.size() == 2);
    CHECK(walkthrough_test::outcome(text) == "");
  }
}

TEST_CASE("with the rule on the same story does not end so") {
  for (const std::string& rule : told) {
    CAPTURE(rule);
    std::string text = story(rule);
    const std::string off = "set rule " + rule + " off";
    REQUIRE(text.find(off) != std::string::npos);
    text.replace(text.find(off), off.size(), "set rule " + rule + " on");
    if (text.find("\nhash ") != std::string::npos) text.resize(text.find("\nhash ") + 1);  // it is another run
    CHECK(walkthrough_test::outcome(text) != "");
  }
}
