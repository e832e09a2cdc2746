// The shipped walkthroughs in the order of a course, and their texts. Parsing is in raft/walkthrough.
#include "app/library.h"

#include <algorithm>
#include <string_view>

#include "app/asset_store.h"
#include "app/files.h"
#include "app/walkthrough_file.h"
#include "raft/core/ascii.h"
#include "raft/core/rules.h"

namespace app {

using raft::walkthrough::Parsed;
using raft::walkthrough::Walkthrough;

namespace {

/// What goes wrong without one of the rules: walkthroughs/broken/RULE.walk.
constexpr std::string_view broken_folder = "walkthroughs/broken/";

constexpr std::string_view puzzles_folder = "walkthroughs/puzzles/";

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

/// The chapter and the line of the course that speak of a file; null where none does.
struct InCourse {
  int chapter = -1;
  const CourseWalkthrough* line = nullptr;
};

InCourse place_in_course(const std::vector<CourseChapter>& chapters, const std::string& asset) {
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    for (const CourseWalkthrough& line : chapters[i].walkthroughs) {
      if (line.asset == asset) return {static_cast<int>(i), &line};
    }
  }
  return {};
}

std::vector<std::string> in_course_order(const std::vector<CourseChapter>& chapters) {
  std::vector<std::string> found = list_assets("walkthroughs", ".walk");
  std::erase_if(found, [](const std::string& name) { return name.starts_with(solutions_folder); });
  std::vector<std::string> ordered;
  for (const CourseChapter& chapter : chapters) {
    for (const CourseWalkthrough& line : chapter.walkthroughs) {
      if (std::erase(found, line.asset) > 0) ordered.push_back(line.asset);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const std::string& a, const std::string& b) { return place_of_rule(a) < place_of_rule(b); });
  ordered.insert(ordered.end(), found.begin(), found.end());
  return ordered;
}

void add_texts(std::string& all, const raft::walkthrough::Texts& texts) {
  for (const raft::walkthrough::LocalText& text : texts) all += text.text + '\n';
}

/// Titles, abouts and captions in every language, and what the course promises.
std::string searched_words(const LibraryItem& item) {
  std::string all;
  add_texts(all, item.walkthrough->titles);
  add_texts(all, item.walkthrough->abouts);
  for (const std::string& text : item.outcome.texts) all += text + '\n';
  for (const raft::walkthrough::Step& step : item.walkthrough->steps) {
    all += step.name + '\n';
    add_texts(all, step.say);
  }
  return raft::ascii::lower(all);
}

/// A frame goes by after this many events: less than two milliseconds.
constexpr int still_events_a_frame = 400;

/// A test sees to it that the shipped one is right.
std::vector<CourseChapter> shipped_course() {
  std::string error;
  return read_course(error);
}

}  // namespace

Library::Library() : chapters_(shipped_course()) {
  for (const std::string& asset : in_course_order(chapters_)) add(asset);
}

void Library::add(const std::string& asset) {
  LibraryItem item;
  item.path = asset_path(asset);
  std::string error;
  item.walkthrough = load_walkthrough(item.path, error);
  if (item.walkthrough == nullptr) return;  // here too
  constexpr std::string_view folder = "walkthroughs/";
  item.name = asset.substr(folder.size(), asset.rfind('.') - folder.size());
  item.rule_off = asset.starts_with(broken_folder);
  item.puzzle = asset.starts_with(puzzles_folder);
  const InCourse in_course = place_in_course(chapters_, asset);
  item.chapter = in_course.chapter;
  if (in_course.line != nullptr) {
    item.outcome = in_course.line->outcome;
    item.minutes = in_course.line->minutes;
    item.lecture = in_course.line->on(CoursePath::Lecture);
  }
  item.searched = searched_words(item);
  items_.push_back(std::move(item));
}

std::vector<std::string> Library::chapters(raft::explain::Language language) const {
  std::vector<std::string> titles;
  for (const CourseChapter& chapter : chapters_) titles.push_back(chapter.title.in(language));
  return titles;
}

std::vector<ui::LibraryEntry> Library::entries(raft::explain::Language language) const {
  const char* code = raft::explain::language_code(language);
  std::vector<ui::LibraryEntry> entries;
  for (const LibraryItem& item : items_) {
    const Walkthrough& walkthrough = *item.walkthrough;
    entries.push_back({.path = item.path,
                       .title = raft::walkthrough::text_in(walkthrough.titles, code),
                       .about = raft::walkthrough::text_in(walkthrough.abouts, code),
                       .rule_off = item.rule_off,
                       .chapter = item.chapter,
                       .outcome = item.outcome.in(language),
                       .steps = static_cast<int>(walkthrough.steps.size()),
                       .minutes = item.minutes,
                       .lecture = item.lecture,
                       .puzzle = item.puzzle,
                       .searched = item.searched,
                       .still = item.still.get()});
  }
  return entries;
}

const LibraryItem* Library::find(const std::string& path) const {
  auto found = std::find_if(items_.begin(), items_.end(), [&](const LibraryItem& item) { return item.path == path; });
  if (found == items_.end()) {
    found = std::find_if(items_.begin(), items_.end(), [&](const LibraryItem& item) { return is_same_path(item.path, path); });
  }
  return found == items_.end() ? nullptr : &*found;
}

const LibraryItem* Library::named(const std::string& name) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const LibraryItem& item) { return item.name == name; });
  return found == items_.end() ? nullptr : &*found;
}

bool Library::make_stills() {
  if (next_still_ >= items_.size()) return false;
  LibraryItem& item = items_[next_still_];
  if (!maker_) maker_.emplace(item.walkthrough);
  if (maker_->play(still_events_a_frame)) return true;
  item.still = std::make_unique<ui::Still>(maker_->still());
  maker_.reset();
  ++next_still_;
  return next_still_ < items_.size();
}

std::shared_ptr<const Walkthrough> load_walkthrough(const std::string& path, std::string& error, std::optional<std::string>* text) {
  Parsed parsed = read_walkthrough(path, 1, text);
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
