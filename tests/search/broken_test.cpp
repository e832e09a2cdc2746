// The walkthroughs of what breaks when a rule is off: each holds because of its rule, and can be read in both languages.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "raft/core/rules.h"
#include "tests/walkthrough/play.h"

namespace {

using raft::walkthrough::Statement;
using raft::walkthrough::Texts;

/// assets/walkthroughs/broken/RULE.walk
std::string rule_of(const std::string& path) {
  const std::size_t from = path.rfind('/') + 1;
  return path.substr(from, path.rfind('.') - from);
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void are_in_both_languages(const Texts& texts) {
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].language == "en");
  CHECK(texts[1].language == "zh");
  for (const auto& text : texts) CHECK_MESSAGE(characters(text.text) <= 90, text.text);
}

}  // namespace

TEST_CASE("broken: each walkthrough has one rule off, the one it is named after, and breaks what it says") {
  for (const std::string& path : walkthrough_test::shipped_broken) {
    CAPTURE(path);
    const std::string text = walkthrough_test::read_source(path);
    walkthrough_test::Player player = walkthrough_test::player_of(text);
    raft::Rules rules;
    const auto rule = raft::rule_from_name(rule_of(path));
    REQUIRE(rule.has_value());
    rules.set(*rule, false);
    CHECK(player.walkthrough().config.settings.core.rules == rules);
    REQUIRE(player.walkthrough().allowed.size() == 1);
    CHECK(walkthrough_test::play(player) == "");
    CHECK(player.safety().broken(player.walkthrough().allowed.front()));
  }
}

TEST_CASE("broken: with the rule on the same story does not happen") {
  for (const std::string& path : walkthrough_test::shipped_broken) {
    CAPTURE(path);
    std::string text = walkthrough_test::read_source(path);
    const std::string off = "set rule " + rule_of(path) + " off\n";
    REQUIRE(text.find(off) != std::string::npos);
    text.erase(text.find(off), off.size());
    walkthrough_test::Player player = walkthrough_test::player_of(text);
    CHECK(walkthrough_test::play(player) != "");
    CHECK(player.safety().violations().empty());
  }
}

TEST_CASE("broken: canonical, a caption in both languages and a fact in every step") {
  for (const std::string& path : walkthrough_test::shipped_broken) {
    CAPTURE(path);
    const std::string text = walkthrough_test::read_source(path);
    const walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
    CHECK(raft::walkthrough::write(parsed.walkthrough) == text);
    are_in_both_languages(parsed.walkthrough.titles);
    are_in_both_languages(parsed.walkthrough.abouts);
    CHECK(parsed.walkthrough.steps.size() >= 3);
    CHECK(parsed.walkthrough.steps.size() <= 20);
    for (const auto& step : parsed.walkthrough.steps) {
      CAPTURE(step.name);
      are_in_both_languages(step.say);
      CHECK(std::any_of(step.statements.begin(), step.statements.end(),
                        [](const Statement& one) { return one.kind == Statement::Kind::Expect; }));
    }
  }
}
