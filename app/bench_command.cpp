// `raftlab bench`: runs the rows in turns, so that a slow moment of the machine meets them all alike, and reports.
#include "app/bench_command.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/bench/report.h"
#include "app/cli.h"
#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/standard_streams.h"

namespace app {

namespace {

constexpr int rounds = 5;

/// False if the person had enough.
bool measure_all(bench::Report& report) {
  ProgressLine line;
  const auto show = [&line](int round, const char* name) {
    line.show_now(fmt::format("round {} of {}: {}", round + 1, rounds, name));
  };
  for (int round = 0; round < rounds; ++round) {
    for (bench::Calibrated& loop : report.calibration) {
      show(round, loop.loop.name);
      loop.samples.push_back(loop.loop.per_second());
      if (interrupted()) return false;
    }
    for (bench::Row& row : report.rows) {
      if (round >= row.measure.runs) continue;
      show(round, row.measure.name);
      row.samples.push_back(row.measure.run());
      if (interrupted()) return false;
    }
  }
  return true;
}

std::string names_of(const std::vector<bench::Measure>& all) {
  std::string names;
  for (const bench::Measure& measure : all) names += (names.empty() ? "" : ", ") + std::string(measure.name);
  return names;
}

}  // namespace

int run_bench(const BenchRequest& request) {
  const std::vector<bench::Measure> all = bench::measures();
  for (const std::string& name : request.only) {
    const auto is_meant = [&name](const bench::Measure& measure) { return name == measure.name; };
    if (std::any_of(all.begin(), all.end(), is_meant)) continue;
    complain(fmt::format("raftlab: bench --only: there is no '{}'; there are {}", name, names_of(all)));
    return exit_bad_input;
  }
  watch_for_interrupt();
  bench::Report report{{{bench::queue_loop, {}}, {bench::hash_loop, {}}}, {}};
  for (const bench::Measure& measure : all) {
    const bool wanted = std::find(request.only.begin(), request.only.end(), measure.name) != request.only.end();
    if (request.only.empty() || wanted) report.rows.push_back({measure, {}});
  }
  if (!measure_all(report)) {
    complain("cancelled");
    return exit_cancelled;
  }
  const int printed = print(request.json ? bench::report_json(report) : bench::report_text(report));
  const bool missed = std::any_of(report.rows.begin(), report.rows.end(), [](const bench::Row& row) {
    return row.verdict() == bench::Verdict::Missed || row.verdict() == bench::Verdict::Failed;
  });
  return std::max(printed, missed ? exit_failed : exit_held);
}

}  // namespace app
