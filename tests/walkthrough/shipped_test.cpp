// The walkthroughs that come with the program: they hold, and they are made as lessons are to be made.
#include <algorithm>
#include <cctype>
#include <filesystem>

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

/// A walkthrough in which one step does nothing, and the lines of that step.
struct Idle {
  std::string text;
  std::string step;
  int first = 0;
  int last = 0;
};

/// One for each step that does something; the other lines stay where they are.
std::vector<Idle> each_without_its_commands(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::vector<Idle> made;
  for (std::size_t from = 0; from < lines.size(); ++from) {
    if (!starts(lines[from], "step ")) continue;
    Idle idle{.text = "", .step = lines[from], .first = static_cast<int>(from) + 1, .last = 0};
    bool acts = false;
    bool inside = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (starts(lines[i], "step ")) inside = i == from;
      if (inside) idle.last = static_cast<int>(i) + 1;
      const bool command = inside && starts(lines[i], "do ");
      acts = acts || command;
      idle.text += (command ? "" : lines[i]) + "\n";
    }
    if (acts) made.push_back(idle);
  }
  return made;
}

/// Where and why it comes to nothing.
raft::walkthrough::Diagnostic failure_of(const std::string& text) {
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
  if (!parsed.errors.empty()) return parsed.errors.front();
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  return walkthrough_test::play(player).empty() ? raft::walkthrough::Diagnostic{} : *player.failure();
}

/// A caption without the panel of a figure, "(c) ", that may stand in front of it.
std::string without_panel(std::string caption) {
  if (caption.starts_with("(")) caption.erase(0, caption.find(' ') + 1);
  return caption;
}

std::string up_to(std::string text, const std::vector<std::string>& ends) {
  for (const std::string& end : ends) text.resize(std::min(text.find(end), text.size()));
  return text;
}

/// The first words of a caption.
std::string opening(const std::string& caption) {
  return up_to(without_panel(caption), {",", ":", ".", "，", "：", "。"});
}

/// What an option answers, without its reason: up to its colon, or up to its comma if it has no colon.
std::string answer_of(const std::string& option) {
  const std::string answer = up_to(option, {":", "："});
  return answer == option ? up_to(option, {",", "，"}) : answer;
}

/// "x" does not begin "xyz": the words end where the answer ends. Chinese captions may put "是 " in front.
bool begins_with(std::string caption, std::string answer) {
  caption = without_panel(caption);
  if (caption.starts_with("是 ")) caption.erase(0, std::string("是 ").size());
  const auto lower = [](std::string& text) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  };
  lower(caption);
  lower(answer);
  return caption.starts_with(answer) && std::isalnum(static_cast<unsigned char>(caption[answer.size()])) == 0;
}

/// A full stop with words behind it ends a sentence; what stands in brackets at the end, "(§8)", is none.
bool is_one_sentence(const std::string& caption) {
  for (const std::string end : {". ", "? ", "! ", "。", "？", "！"}) {
    for (std::size_t at = caption.find(end); at != std::string::npos; at = caption.find(end, at + 1)) {
      const std::string behind = caption.substr(at + end.size());
      const bool is_reference = behind.starts_with("(") || behind.starts_with("[") || behind.starts_with("（");
      if (!behind.empty() && !is_reference) return false;
    }
  }
  return true;
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

TEST_CASE("a caption is one sentence, in whatever comes with the program") {
  for (const auto& file : std::filesystem::recursive_directory_iterator(source_dir() + "/assets/walkthroughs")) {
    if (file.path().extension() != ".walk") continue;
    const std::string path = std::filesystem::relative(file.path(), source_dir()).generic_string();
    for (const auto& step : walkthrough_test::parse(walkthrough_test::read_source(path)).walkthrough.steps) {
      for (const auto& caption : step.say) CHECK_MESSAGE(is_one_sentence(caption.text), path << ": " << caption.text);
    }
  }
}

TEST_CASE("what a step does is needed: without its commands an expectation or a wait of that very step fails") {
  for (const std::string& path : walkthrough_test::shipped) {
    for (const Idle& idle : each_without_its_commands(walkthrough_test::read_source(path))) {
      const raft::walkthrough::Diagnostic failure = failure_of(idle.text);
      const std::string where = path + ": " + idle.step + ": " + failure.message();
      // Without the step that adds a node, the lines that speak of that node are refused.
      CHECK_MESSAGE((failure.text.starts_with("expected ") || failure.text.starts_with("there is no node ")), where);
      CHECK_MESSAGE(failure.line >= idle.first, where);
      CHECK_MESSAGE(failure.line <= idle.last, where);
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

TEST_CASE("a question is the only one of its step, and the next caption begins with its answer: yes, no, a node, an option") {
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
      for (const std::size_t right : answer.options) {
        const auto& option = steps[i].questions[0].options[right];
        CHECK_MESSAGE(begins_with(english, answer_of(text_in(option.texts, "en"))), where);
        CHECK_MESSAGE(begins_with(chinese, answer_of(text_in(option.texts, "zh"))), where);
      }
    }
  }
}
