// The course: it names every shipped walkthrough once, and says what each is for.
#include <filesystem>
#include <set>

#include <doctest/doctest.h>

#include "app/course.h"
#include "tests/walkthrough/play.h"

namespace app::test {

namespace {

using raft::explain::Language;

std::vector<app::CourseChapter> shipped_course() {
  std::string error;
  std::optional<std::vector<app::CourseChapter>> course =
      app::parse_course(walkthrough_test::read_source("assets/walkthroughs/course.toml"), error);
  REQUIRE_MESSAGE(course.has_value(), error);
  return std::move(*course);
}

std::string error_of(const std::string& toml) {
  std::string error;
  CHECK_FALSE(app::parse_course(toml, error).has_value());
  return error;
}

}  // namespace

TEST_CASE("the course is every shipped walkthrough, once, in the order of the tests, and then every puzzle") {
  std::vector<std::string> named;
  std::set<std::string> puzzles;
  for (const app::CourseChapter& chapter : shipped_course()) {
    for (const app::CourseWalkthrough& walkthrough : chapter.walkthroughs) {
      if (walkthrough.asset.starts_with("walkthroughs/puzzles/")) {
        CHECK_MESSAGE(puzzles.insert(walkthrough.asset).second, walkthrough.asset);
      } else {
        named.push_back("assets/" + walkthrough.asset);
      }
    }
  }
  CHECK(named == std::vector<std::string>(std::begin(walkthrough_test::shipped), std::end(walkthrough_test::shipped)));
  std::set<std::string> shipped_puzzles;
  for (const auto& file : std::filesystem::directory_iterator(source_dir() + "/assets/walkthroughs/puzzles")) {
    if (file.is_regular_file()) shipped_puzzles.insert("walkthroughs/puzzles/" + file.path().filename().string());
  }
  CHECK(puzzles == shipped_puzzles);
}

TEST_CASE("each chapter has a title, each walkthrough an outcome of a line and a length, in both languages") {
  for (const app::CourseChapter& chapter : shipped_course()) {
    CHECK(chapter.walkthroughs.size() >= 2);
    for (const Language language : {Language::English, Language::Chinese}) {
      CHECK(chapter.title.in(language) != "");
      for (const app::CourseWalkthrough& walkthrough : chapter.walkthroughs) {
        const std::string& outcome = walkthrough.outcome.in(language);
        CHECK_MESSAGE(outcome.size() >= 20, walkthrough.asset);
        CHECK_MESSAGE(walkthrough_test::characters(outcome) <= 90, walkthrough.asset);
        CHECK_MESSAGE(outcome.back() != '.', walkthrough.asset);
        CHECK_MESSAGE(walkthrough.minutes >= 3, walkthrough.asset);
        CHECK_MESSAGE(walkthrough.minutes <= 15, walkthrough.asset);
      }
    }
  }
}

TEST_CASE("the learner meets everything; the lecture path fits into two double hours") {
  int minutes = 0;
  for (const app::CourseChapter& chapter : shipped_course()) {
    for (const app::CourseWalkthrough& walkthrough : chapter.walkthroughs) {
      CHECK_MESSAGE(walkthrough.on(app::CoursePath::Learner), walkthrough.asset);
      if (walkthrough.on(app::CoursePath::Lecture)) minutes += walkthrough.minutes;
    }
  }
  CHECK(minutes >= 90);
  CHECK(minutes <= 180);
}

TEST_CASE("a course that is wrong is told with its place") {
  CHECK(error_of("chapter = 1\n") == "1:11: chapter is not a list of tables");
  CHECK(error_of("[[chapter]]\n[[chapter.walkthrough]]\nfile = 'a.walk'\n").ends_with(": title is missing"));
  CHECK(error_of("[[chapter]]\ntitle = 'Why'\n") == "2:9: title is not a text for each language, en and zh");
  CHECK(error_of("[[chapter]]\ntitle.en = 'Why'\n").find("zh is missing") != std::string::npos);
  CHECK(error_of("[[chapter\n").starts_with("1:"));
  CHECK(error_of("t\"\"iale]\n").find('\n') == std::string::npos);
  const std::string line = "[[chapter]]\ntitle = {en = 'a', zh = 'b'}\n[[chapter.walkthrough]]\nfile = 'a.walk'\n"
                           "outcome = {en = 'a', zh = 'b'}\nminutes = 3\npaths = ['lectures']\n";
  CHECK(error_of(line) == "7:10: a path is \"learner\" or \"lecture\"");
}

}  // namespace app::test
