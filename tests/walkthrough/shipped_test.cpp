// The walkthroughs that come with the program: they hold, and they are made as lessons are to be made.
#include <algorithm>

#include "tests/walkthrough/play.h"

namespace {

using raft::walkthrough::Statement;
using raft::walkthrough::Texts;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void check_texts(const Texts& texts, const std::string& where) {
  CHECK_MESSAGE(texts.size() == 2, where);
  for (const auto& text : texts) CHECK_MESSAGE(characters(text.text) <= 90, where << ": " << text.text);
}

bool has(const raft::walkthrough::Step& step, Statement::Kind kind) {
  return std::any_of(step.statements.begin(), step.statements.end(),
                     [kind](const Statement& statement) { return statement.kind == kind; });
}

}  // namespace

TEST_CASE("every shipped walkthrough holds") {
  for (const std::string& path : test::shipped) {
    test::Player player = test::player_of(test::read_source(path));
    CHECK(test::play(player) == "");
    CHECK(player.safety().violations().empty());
  }
}

TEST_CASE("they have 5 to 20 steps, captions in both languages of at most 90 characters, and nothing staged") {
  for (const std::string& path : test::shipped) {
    const test::Parsed parsed = test::parse(test::read_source(path));
    const test::Walkthrough& walkthrough = parsed.walkthrough;
    CHECK(walkthrough.steps.size() >= 5);
    CHECK(walkthrough.steps.size() <= 20);
    CHECK(walkthrough.config.given.empty());
    check_texts(walkthrough.titles, path);
    check_texts(walkthrough.abouts, path);
    for (const auto& step : walkthrough.steps) check_texts(step.say, path + ": " + step.name);
  }
}

TEST_CASE("each step checks a fact, waits for facts and never for a duration; each walkthrough asks something") {
  for (const std::string& path : test::shipped) {
    const test::Parsed parsed = test::parse(test::read_source(path));
    bool asks = false;
    for (const auto& step : parsed.walkthrough.steps) {
      CHECK_MESSAGE(has(step, Statement::Kind::Expect), path << ": " << step.name);
      CHECK_FALSE(has(step, Statement::Kind::For));
      CHECK_FALSE(has(step, Statement::Kind::Events));
      asks = asks || !step.questions.empty();
    }
    CHECK_MESSAGE(asks, path);
  }
}
