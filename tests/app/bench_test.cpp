// The table of speeds is well-formed. How fast anything is, is not a matter for tests.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/bench/report.h"
#include "tests/support/tree.h"

namespace app::bench {

namespace {

Sample done(double figure) { return {figure, 1000}; }

Measure measure_of(Better better, double floor, double goal) {
  return {"row", "what", "unit", better, floor, goal, 3, nullptr};
}

/// What stands between the bars of a line of a table.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::size_t begin = 1;
  for (std::size_t bar = line.find('|', begin); bar != std::string::npos; bar = line.find('|', begin = bar + 1)) {
    const std::string cell = line.substr(begin, bar - begin);
    const std::size_t first = cell.find_first_not_of(' ');
    cells.push_back(first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') + 1 - first));
  }
  return cells;
}

/// 13,000 is one number.
double number_of(std::string text) {
  std::erase(text, ',');
  return std::stod(text);
}

}  // namespace

TEST_CASE("every row of the bench has a name of its own and a goal at or beyond its floor") {
  std::set<std::string> names;
  for (const Measure& measure : measures()) {
    CAPTURE(measure.name);
    CHECK(names.insert(measure.name).second);
    CHECK(std::string(measure.name).find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
    CHECK(std::string(measure.what) != "");
    CHECK(measure.runs >= 1);
    CHECK((measure.run != nullptr));
    CHECK(measure.floor > 0);
    if (measure.better == Better::More) CHECK(measure.goal >= measure.floor);
    if (measure.better == Better::Less) CHECK(measure.goal <= measure.floor);
  }
  CHECK(names.size() >= 20);
}

TEST_CASE("the README's table has the rows of the program, in its order, with their floors and goals") {
  std::vector<std::string> expected;
  for (const Measure& measure : measures()) expected.push_back(fmt::format("{} {} {}", measure.name, measure.floor, measure.goal));
  std::ifstream readme(source_dir() + "/README.md");
  std::vector<std::string> found;
  bool in_the_section = false;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("## ")) in_the_section = line == "## How fast it is";
    if (!in_the_section || !line.starts_with("| `")) continue;
    const std::vector<std::string> cells = cells_of(line);
    REQUIRE_MESSAGE(cells.size() == 6, line);
    CHECK_MESSAGE(!cells[2].empty(), line);  // what was measured
    found.push_back(fmt::format("{} {} {}", cells[0].substr(1, cells[0].size() - 2), number_of(cells[3]), number_of(cells[4])));
  }
  CHECK(found == expected);
}

TEST_CASE("what others come to stands beside a row that there is, as text and as JSON") {
  const std::string text = report_text({});
  const auto json = nlohmann::json::parse(report_json({}));
  REQUIRE(json["references"].size() == references().size());
  for (std::size_t i = 0; i < references().size(); ++i) {
    const Reference& other = references()[i];
    CAPTURE(other.row);
    const std::vector<Measure> all = measures();
    CHECK(std::any_of(all.begin(), all.end(), [&](const Measure& m) { return std::string(m.name) == other.row; }));
    CHECK(text.find(fmt::format("  {:<17} {:<26} {}", other.row, other.name, other.what)) != std::string::npos);
    CHECK(json["references"][i]["figure"] == other.figure);
  }
  for (const Peer& peer : peers()) CHECK(text.find(fmt::format("  {:<24} {}", peer.name, peer.what)) != std::string::npos);
}

TEST_CASE("a verdict is that of the median, and looks the right way") {
  CHECK(Row{measure_of(Better::More, 10, 20), {done(1), done(25), done(21)}}.verdict() == Verdict::GoalMet);
  CHECK(Row{measure_of(Better::More, 10, 20), {done(10), done(9), done(99)}}.verdict() == Verdict::FloorMet);
  CHECK(Row{measure_of(Better::More, 10, 20), {done(9), done(9), done(99)}}.verdict() == Verdict::Missed);
  CHECK(Row{measure_of(Better::Less, 20, 10), {done(9), done(30), done(8)}}.verdict() == Verdict::GoalMet);
  CHECK(Row{measure_of(Better::Less, 20, 10), {done(11)}}.verdict() == Verdict::FloorMet);
  CHECK(Row{measure_of(Better::Less, 20, 10), {done(21)}}.verdict() == Verdict::Missed);
}

TEST_CASE("a run that did not do its work makes the row fail, whatever the other runs say") {
  const Row row{measure_of(Better::More, 10, 20), {done(99), {99, 1000, "nobody led"}, done(99)}};
  CHECK(row.verdict() == Verdict::Failed);
  CHECK(row.median().failed == "nobody led");
}

TEST_CASE("what this machine cannot measure is said, and is neither met nor missed") {
  const Row row{measure_of(Better::More, 10, 20), {{.figure = 0, .absent = "there is no ffmpeg"}}};
  CHECK(row.verdict() == Verdict::NotMeasured);
  const Report report{{{queue_loop, {1e6}}}, {row}};
  CHECK(report_text(report).find("not measured: there is no ffmpeg\n") != std::string::npos);
  CHECK(nlohmann::json::parse(report_json(report))["measures"][0]["why"] == "there is no ffmpeg");
}

TEST_CASE("the report has a line for every row, as text and as JSON") {
  Report report{{{queue_loop, {2e6, 1e6, 4e6}}, {hash_loop, {1e6}}}, {}};
  for (const Measure& measure : measures()) report.rows.push_back({measure, {done(measure.goal)}});
  const std::string text = report_text(report);
  const auto json = nlohmann::json::parse(report_json(report));
  REQUIRE(json["measures"].size() == report.rows.size());
  for (std::size_t i = 0; i < report.rows.size(); ++i) {
    const Measure& measure = report.rows[i].measure;
    CHECK(text.find(std::string("  ") + measure.name + " ") != std::string::npos);
    CHECK(json["measures"][i]["name"] == measure.name);
    CHECK(json["measures"][i]["verdict"] == "goal met");
    CHECK(json["measures"][i]["median"] == measure.goal);
    CHECK(std::abs(json["measures"][i]["ratio"]["queue"].get<double>() - 1000 / 2e6) < 1e-9);
  }
  CHECK(json["calibration"][0]["per_second"] == 2e6);
  CHECK(json["peers"].size() == peers().size());
}

}  // namespace app::bench
