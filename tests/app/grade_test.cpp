// `raftlab grade`: what it prints and how it ends. What is graded how is in tests/walkthrough/assignment_test.cpp.
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace app::test {

namespace {

using app::test::Folder;
using app::test::Result;

const std::string puzzles = std::string("'") + source_dir() + "/assets/walkthroughs/puzzles/";

Result grade(const Folder& folder, const std::string& sessions) {
  return app::test::run(folder, "grade " + puzzles + "two_leaders.walk' " + sessions);
}

const std::string solution = puzzles + "solutions/two_leaders.walk'";

/// The stage alone, with one line of the head changed.
std::string session(const std::string& seed) {
  return "walkthrough 1\ncluster A B C D E\n" + seed + "\nset client_timeout 300ms\nset timers manual\nstep \"s\"\n"
         "  do timeout A\n  until all n: leader_of n = A within 300ms\n  settle\n";
}

}  // namespace

TEST_CASE("grade: a session that reaches all goals passes, with status 0") {
  const Folder folder;
  const Result result = grade(folder, solution);
  CHECK(result.status == 0);
  CHECK(result.err == "");
  CHECK(result.out.find("two_leaders.walk: pass\n  reached  Two leaders at once (event ") != std::string::npos);
  CHECK(result.out.find("\n  reached  Only one can commit (event ") != std::string::npos);
  CHECK(result.out.ends_with("\n1 of 1 pass\n"));
}

TEST_CASE("grade: of several sessions each is told, and the worst decides the status") {
  const Folder folder;
  app::test::write(folder / "lazy.walk", session("seed 3"));
  app::test::write(folder / "other.walk", session("seed 4"));
  const Result result = grade(folder, "lazy.walk other.walk " + solution);
  CHECK(result.status == 1);
  CHECK(result.out.starts_with("lazy.walk: fail\n  missed   Two leaders at once\n  missed   Only one can commit\n"
                               "other.walk: refused: it starts with 'seed 4', which is not how the assignment "
                               "starts\n"));
  CHECK(result.out.ends_with("\n1 of 3 pass\n"));
}

TEST_CASE("grade --json: one object with every session and every goal") {
  const Folder folder;
  app::test::write(folder / "lazy.walk", session("seed 3"));
  app::test::write(folder / "other.walk", session("seed 4"));
  const Result result = grade(folder, "--json lazy.walk other.walk " + solution);
  CHECK(result.status == 1);
  const nlohmann::json json = nlohmann::json::parse(result.out);
  REQUIRE(json["sessions"].size() == 3);
  CHECK(json["sessions"][0]["verdict"] == "fail");
  CHECK(json["sessions"][0]["goals"][0]["reached"] == false);
  CHECK(json["sessions"][1]["verdict"] == "refused");
  CHECK(json["sessions"][1]["why"].get<std::string>().find("seed 4") != std::string::npos);
  CHECK(json["sessions"][2]["verdict"] == "pass");
  CHECK(json["sessions"][2]["goals"][1]["goal"] == "Only one can commit");
  CHECK(json["sessions"][2]["goals"][1]["at_us"].get<std::int64_t>() > 0);
  CHECK(json["passed"] == 1);
  CHECK(json["not_passed"] == 2);
}

TEST_CASE("grade: what cannot be read is status 2 and one line, and the other sessions are graded all the same") {
  const Folder folder;
  app::test::write(folder / "junk.walk", "walkthrough 1\ncluster A\nstep \"s\"\n  do fly A\n");
  Result result = grade(folder, "junk.walk missing.walk " + solution);
  CHECK(result.status == 2);
  CHECK(result.err.starts_with("junk.walk:4:6: "));
  CHECK(app::test::lines(result.err) == 2);
  CHECK(result.out.ends_with("\n1 of 3 pass\n"));
  result = app::test::run(folder, "grade junk.walk junk.walk");
  CHECK(result.status == 2);
  CHECK(result.out == "");
  CHECK(app::test::run(folder, "grade").status == 2);
  CHECK(grade(folder, "").status == 2);
}

TEST_CASE("grade: a walkthrough without a goal is no assignment") {
  const Folder folder;
  app::test::write(folder / "plain.walk", session("seed 3"));
  const Result result = app::test::run(folder, "grade plain.walk plain.walk");
  CHECK(result.status == 2);
  CHECK(result.err == "plain.walk: this is no assignment: its head has no line 'goal en: …'\n");
}

}  // namespace app::test
