// The shipped walkthroughs in the order of a course, and their texts. Parsing is in raft/walkthrough.
#include "app/library.h"

#include <algorithm>
#include <string_view>

#include "app/asset_store.h"
#include "app/course.h"
#include "app/walkthrough_file.h"
#include "raft/core/rules.h"

namespace app {

using raft::walkthrough::Parsed;
using raft::walkthrough::Walkthrough;

namespace {

/// What goes wrong without one of the rules: walkthroughs/broken/RULE.walk.
constexpr std::string_view broken_folder = "walkthroughs/broken/";

/// How the puzzles are solved: kept apart from them, and from whoever looks for a puzzle.
constexpr std::string_view solutions_folder = "walkthroughs/puzzles/solutions/";

/// Where its rule stands in the table of rules; before all of them what is about none.
std::ptrdiff_t place_of_rule(std::string_view name) {
  if (!name.starts_with(broken_folder)) return -1;
  name.remove_prefix(broken_folder.size());
  const std::string_view rule = name.substr(0, name.rfind('.'));
  const auto found = std::find_if(raft::rule_table.begin(), raft::rule_table.end(),
                                  [rule](const raft::RuleInfo& info) { return info.name == rule; });
  return found - raft::rule_table.begin();
}

/// The names of the shipped files: first those that the course names, in its order, then any others, and last those of
/// the rules that can be switched off, in the order of their table.
std::vector<std::string> in_course_order() {
  std::vector<std::string> found = list_assets("walkthroughs", ".walk");
  std::erase_if(found, [](const std::string& name) { return name.starts_with(solutions_folder); });
  std::vector<std::string> ordered;
  std::string error;
  for (const CourseChapter& chapter : read_course(error)) {
    for (const CourseWalkthrough& walkthrough : chapter.walkthroughs) {
      const auto at = std::find(found.begin(), found.end(), walkthrough.asset);
      if (at == found.end()) continue;
      ordered.push_back(*at);
      found.erase(at);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const std::string& a, const std::string& b) { return place_of_rule(a) < place_of_rule(b); });
  ordered.insert(ordered.end(), found.begin(), found.end());
  return ordered;
}

}  // namespace

std::vector<ui::LibraryEntry> list_library(raft::explain::Language language) {
  const char* code = raft::explain::language_code(language);
  std::vector<ui::LibraryEntry> entries;
  for (const std::string& name : in_course_order()) {
    const std::string path = asset_path(name);
    const Parsed parsed = read_walkthrough(path);
    if (!parsed.errors.empty()) continue;  // a test sees to it that every shipped file is right
    entries.push_back({path, raft::walkthrough::text_in(parsed.walkthrough.titles, code),
                       raft::walkthrough::text_in(parsed.walkthrough.abouts, code), name.starts_with(broken_folder)});
  }
  return entries;
}

std::shared_ptr<const Walkthrough> load_walkthrough(const std::string& path, std::string& error) {
  Parsed parsed = read_walkthrough(path);
  if (!parsed.errors.empty()) {
    error = parsed.errors.front().message();
    return nullptr;
  }
  return std::make_shared<const Walkthrough>(std::move(parsed.walkthrough));
}

std::string texts_of(const Walkthrough& walkthrough, raft::explain::Language language) {
  const char* code = raft::explain::language_code(language);
  std::string texts = raft::walkthrough::text_in(walkthrough.titles, code) +
                      raft::walkthrough::text_in(walkthrough.abouts, code) +
                      raft::walkthrough::text_in(walkthrough.goals, code);
  for (const raft::walkthrough::Step& step : walkthrough.steps) {
    texts += step.name + raft::walkthrough::text_in(step.say, code) + raft::walkthrough::text_in(step.notes, code);
    for (const raft::walkthrough::Question& question : step.questions) {
      texts += raft::walkthrough::text_in(question.texts, code);
      for (const raft::walkthrough::Option& option : question.options) {
        texts += raft::walkthrough::text_in(option.texts, code);
      }
    }
  }
  return texts;
}

}  // namespace app
