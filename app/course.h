// The course: in which order the shipped walkthroughs are to be learnt, and what each of them is for.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/explain/explain.h"

namespace app {

/// One text in each language of the program.
struct CourseText {
  std::array<std::string, 2> texts;  // as raft::explain::Language counts them

  const std::string& in(raft::explain::Language language) const { return texts[static_cast<std::size_t>(language)]; }
};

/// A way through the course.
enum class CoursePath : std::uint8_t { Learner, Lecture };

struct CourseWalkthrough {
  std::string asset;   // "walkthroughs/sally.walk"
  CourseText outcome;  // completes "Afterwards you can explain …"
  int minutes = 0;     // of a lecture
  std::vector<CoursePath> paths;

  bool on(CoursePath path) const { return std::find(paths.begin(), paths.end(), path) != paths.end(); }
};

struct CourseChapter {
  CourseText title;
  std::vector<CourseWalkthrough> walkthroughs;
};

/// Reads the text of a course. On error nullopt, and "LINE:COLUMN: what is wrong" in `error`.
std::optional<std::vector<CourseChapter>> parse_course(std::string_view toml, std::string& error);

/// The course that comes with the program, assets/walkthroughs/course.toml; on error empty, and one line in `error`.
std::vector<CourseChapter> read_course(std::string& error);

}  // namespace app
