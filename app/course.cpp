// Reads course.toml. What the walkthroughs say of themselves is in their own files.
#include "app/course.h"

#include <sstream>

#include <toml++/toml.h>

#include "app/asset_store.h"
#include "raft/core/ascii.h"

namespace app {

namespace {

using raft::explain::Language;

constexpr Language languages[] = {Language::English, Language::Chinese};

/// The first thing that is wrong ends the reading; toml++ speaks through exceptions as well.
struct CourseError {
  toml::source_region source;
  std::string why;
};

[[noreturn]] void refuse(const toml::node& where, const std::string& why) { throw CourseError{where.source(), why}; }

/// The member of that name, of that type.
template <typename Type>
const Type& need(const toml::table& table, std::string_view name, const char* kind) {
  const toml::node* const node = table.get(name);
  if (node == nullptr) refuse(table, std::string(name) + " is missing");
  const Type* const value = node->as<Type>();
  if (value == nullptr) refuse(*node, std::string(name) + " is not " + kind);
  return *value;
}

const std::string& need_text(const toml::table& table, std::string_view name) {
  return need<toml::value<std::string>>(table, name, "a text in quotes").get();
}

CourseText need_both(const toml::table& table, std::string_view name) {
  const auto& both = need<toml::table>(table, name, "a text for each language, en and zh");
  CourseText text;
  for (const Language language : languages) {
    text.texts[static_cast<std::size_t>(language)] = need_text(both, raft::explain::language_code(language));
  }
  return text;
}

std::vector<CoursePath> paths_of(const toml::table& table) {
  std::vector<CoursePath> paths;
  for (const toml::node& node : need<toml::array>(table, "paths", "a list of paths")) {
    const toml::value<std::string>* const name = node.as_string();
    if (name != nullptr && name->get() == "learner") {
      paths.push_back(CoursePath::Learner);
    } else if (name != nullptr && name->get() == "lecture") {
      paths.push_back(CoursePath::Lecture);
    } else {
      refuse(node, "a path is \"learner\" or \"lecture\"");
    }
  }
  return paths;
}

CourseWalkthrough walkthrough_of(const toml::table& table) {
  CourseWalkthrough walkthrough;
  walkthrough.asset = "walkthroughs/" + need_text(table, "file");
  walkthrough.outcome = need_both(table, "outcome");
  walkthrough.minutes = static_cast<int>(need<toml::value<std::int64_t>>(table, "minutes", "a whole number").get());
  walkthrough.paths = paths_of(table);
  return walkthrough;
}

/// The tables of a [[list of tables]].
std::vector<const toml::table*> tables_of(const toml::table& table, std::string_view name) {
  std::vector<const toml::table*> tables;
  for (const toml::node& node : need<toml::array>(table, name, "a list of tables")) {
    if (!node.is_table()) refuse(node, std::string(name) + " is not a list of tables");
    tables.push_back(node.as_table());
  }
  return tables;
}

std::vector<CourseChapter> chapters_of(const toml::table& table) {
  std::vector<CourseChapter> chapters;
  for (const toml::table* const chapter : tables_of(table, "chapter")) {
    chapters.push_back({need_both(*chapter, "title"), {}});
    for (const toml::table* const walkthrough : tables_of(*chapter, "walkthrough")) {
      chapters.back().walkthroughs.push_back(walkthrough_of(*walkthrough));
    }
  }
  return chapters;
}

std::string at_place(const toml::source_region& source, std::string_view why) {
  std::ostringstream out;
  out << source.begin.line << ':' << source.begin.column << ": " << why;
  return out.str();
}

}  // namespace

std::optional<std::vector<CourseChapter>> parse_course(std::string_view toml, std::string& error) {
  try {
    return chapters_of(toml::parse(toml));
  } catch (const toml::parse_error& problem) {
    error = at_place(problem.source(), raft::ascii::one_line(problem.description()));
  } catch (const CourseError& problem) {
    error = at_place(problem.source, problem.why);
  }
  return std::nullopt;
}

std::vector<CourseChapter> read_course(std::string& error) {
  const std::string name = "walkthroughs/course.toml";
  const std::optional<std::string> text = read_asset(name, error);
  if (!text) return {};
  std::string why;
  std::optional<std::vector<CourseChapter>> chapters = parse_course(*text, why);
  if (!chapters) error = asset_path(name) + ":" + why;
  return std::move(chapters).value_or(std::vector<CourseChapter>{});
}

}  // namespace app
