// The shipped walkthroughs in the order of a course, and their texts. Parsing is in raft/walkthrough.
#include "app/library.h"

#include <algorithm>
#include <sstream>

#include "app/asset_store.h"
#include "app/walkthrough_file.h"

namespace app {

using raft::walkthrough::Parsed;
using raft::walkthrough::Walkthrough;

namespace {

/// The names of the shipped files: first those that the course names, in its order, then any others.
std::vector<std::string> in_course_order() {
  std::vector<std::string> found = list_assets("walkthroughs", ".walk");
  std::string error;
  const std::string course = read_asset("walkthroughs/course.txt", error).value_or("");
  std::vector<std::string> ordered;
  std::istringstream lines(course);
  for (std::string line; std::getline(lines, line);) {
    const auto at = std::find(found.begin(), found.end(), "walkthroughs/" + line);
    if (at == found.end()) continue;
    ordered.push_back(*at);
    found.erase(at);
  }
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
                       raft::walkthrough::text_in(parsed.walkthrough.abouts, code)});
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
