// The walkthroughs that come with the program: they hold, and they are made as lessons are to be made.
#include <algorithm>

#include "tests/walkthrough/play.h"

namespace {

using raft::walkthrough::Statement;
using raft::walkthrough::Texts;

void check_texts(const Texts& texts, const std::string& where) {
  CHECK_MESSAGE(texts.size() == 2, where);
  for (const auto& text : texts) CHECK_MESSAGE(walkthrough_test::characters(text.text) <= 90, where << ": " << text.text);
}

bool starts(const std::string& line, const std::string& word) {
  const std::size_t first = line.find_first_not_of(' ');
  return first != std::string::npos && line.compare(first, word.size(), word) == 0;
}

/// For each step that does something: the same walkthrough in which it does nothing.
std::vector<std::string> each_without_its_commands(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::vector<std::string> made;
  for (std::size_t from = 0; from < lines.size(); ++from) {
    if (!starts(lines[from], "step ")) continue;
    std::string without;
    bool acts = false;
    bool inside = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (starts(lines[i], "step ")) inside = i == from;
      const bool command = inside && starts(lines[i], "do ");
      acts = acts || command;
      if (!command) without += lines[i] + "\n";
    }
    if (acts) made.push_back(without);
  }
  return made;
}

/// The first words of a caption; in front of them may stand the panel of a figure: "(c) ".
std::string opening(std::string caption) {
  if (caption.starts_with("(")) caption.erase(0, caption.find(' ') + 1);
  for (const char* const end : {",", ":", ".", "，", "：", "。"}) {
    caption.resize(std::min(caption.find(end), caption.size()));
  }
  return caption;
}

bool has(const raft::walkthrough::Step& step, Statement::Kind kind) {
  return std::any_of(step.statements.begin(), step.statements.end(),
                     [kind](const Statement& statement) { return statement.kind == kind; });
}

}  // namespace

TEST_CASE("every shipped walkthrough holds") {
  for (const std::string& path : walkthrough_test::shipped) {
    walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(path));
    CHECK_MESSAGE(walkthrough_test::play(player) == "", path);
    CHECK_MESSAGE(player.safety().violations().empty() == player.walkthrough().allowed.empty(), path);
  }
}

TEST_CASE("they have 5 to 20 steps, captions in both languages of at most 90 characters, and only the paper's figures are staged") {
  for (const std::string& path : walkthrough_test::shipped) {
    const walkthrough_test::Parsed parsed = walkthrough_test::parse(walkthrough_test::read_source(path));
    const walkthrough_test::Walkthrough& walkthrough = parsed.walkthrough;
    CHECK_MESSAGE(walkthrough.steps.size() >= 5, path);
    CHECK_MESSAGE(walkthrough.steps.size() <= 20, path);
    const bool is_figure = path.find("/figure_") != std::string::npos;
    CHECK_MESSAGE((is_figure || walkthrough.config.given.empty()), path);
    check_texts(walkthrough.titles, path);
    check_texts(walkthrough.abouts, path);
    for (const auto& step : walkthrough.steps) check_texts(step.say, path + ": " + step.name);
  }
}

TEST_CASE("each step checks a fact, waits for facts and never for a duration; each walkthrough asks something") {
  for (const std::string& path : walkthrough_test::shipped) {
    const walkthrough_test::Parsed parsed = walkthrough_test::parse(walkthrough_test::read_source(path));
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

TEST_CASE("what a step does is needed: without its commands an expectation fails") {
  for (const std::string& path : walkthrough_test::shipped) {
    for (const std::string& text : each_without_its_commands(walkthrough_test::read_source(path))) {
      // Without the step that adds a node, the lines that speak of that node are refused.
      const std::string refused = walkthrough_test::error_of(text);
      const std::string failure = refused.empty() ? walkthrough_test::outcome(text) : refused;
      const std::string why = refused.empty() ? ": expected " : ": there is no node ";
      CHECK_MESSAGE(failure.find(why) != std::string::npos, path << ": " << failure);
    }
  }
}

TEST_CASE("a step that answers the question before asks none itself, for its answer would stand small above that") {
  for (const std::string& path : walkthrough_test::shipped) {
    const walkthrough_test::Parsed parsed = walkthrough_test::parse(walkthrough_test::read_source(path));
    bool answers = false;
    for (const auto& step : parsed.walkthrough.steps) {
      CHECK_MESSAGE((!answers || step.questions.empty()), path << ": " << step.name);
      answers = !step.questions.empty();
    }
  }
}

TEST_CASE("a question is the only one of its step, and the next caption begins with its answer: yes, no, or a node") {
  for (const std::string& path : walkthrough_test::shipped) {
    walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(path));
    REQUIRE(walkthrough_test::play(player) == "");
    const auto& steps = player.walkthrough().steps;
    std::size_t asked = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i].questions.empty()) continue;
      CHECK_MESSAGE(steps[i].questions.size() == 1, path << ": " << steps[i].name);
      REQUIRE_MESSAGE(i + 1 < steps.size(), path << ": " << steps[i].name);
      const auto& answer = player.asked()[asked++];
      const std::string english = text_in(steps[i + 1].say, "en");
      const std::string chinese = text_in(steps[i + 1].say, "zh");
      const std::string where = path + ": " + english + " " + chinese;
      if (steps[i].questions[0].kind == raft::walkthrough::Question::Kind::YesNo) {
        CHECK_MESSAGE(opening(english) == (answer.yes ? "Yes" : "No"), where);
        CHECK_MESSAGE((opening(chinese).find("不") != std::string::npos) == !answer.yes, where);
      }
      if (steps[i].questions[0].kind == raft::walkthrough::Question::Kind::Which) {
        for (const raft::NodeId node : answer.nodes) {
          const std::string name = raft::walkthrough::Names::of(player.timeline().world()).node(node);
          CHECK_MESSAGE(english.find(name) != std::string::npos, where);
          CHECK_MESSAGE(chinese.find(name) != std::string::npos, where);
        }
      }
    }
  }
}
