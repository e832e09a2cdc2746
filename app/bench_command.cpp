// `raftlab bench`: runs the rows in turns, so that a slow moment of the machine meets them all alike, and reports.
#include "app/bench_command.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "app/bench/report.h"
#include "app/cli.h"
#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/run_command.h"

namespace app {

namespace {

using namespace bench;

constexpr int rounds = 5;

/// False if the person had enough.
bool measure_all(Report& report) {
  ProgressLine line;
  const auto show = [&line](int round, const char* name) {
    line.show_now(fmt::format("round {} of {}: {}", round + 1, rounds, name));
  };
  for (int round = 0; round < rounds; ++round) {
    for (Calibrated& loop : report.calibration) {
      show(round, loop.loop.name);
      loop.samples.push_back(loop.loop.per_second());
      if (interrupted()) return false;
    }
    for (Row& row : report.rows) {
      if (round >= row.measure.runs) continue;
      show(round, row.measure.name);
      row.samples.push_back(row.measure.run());
      if (interrupted()) return false;
    }
  }
  return true;
}

std::string names_of(const std::vector<Measure>& all) {
  std::string names;
  for (const Measure& measure : all) names += (names.empty() ? "" : ", ") + std::string(measure.name);
  return names;
}

}  // namespace

int run_bench(const BenchRequest& request) {
  const std::vector<Measure> all = measures();
  for (const std::string& name : request.only) {
    if (std::any_of(all.begin(), all.end(), [&name](const Measure& measure) { return name == measure.name; })) continue;
    fmt::print(stderr, "raftlab: bench --only: there is no '{}'; there are {}\n", name, names_of(all));
    return exit_bad_input;
  }
  watch_for_interrupt();
  Report report{{{queue_loop, {}}, {hash_loop, {}}}, {}};
  for (const Measure& measure : all) {
    const bool wanted = std::find(request.only.begin(), request.only.end(), measure.name) != request.only.end();
    if (request.only.empty() || wanted) report.rows.push_back({measure, {}});
  }
  if (!measure_all(report)) {
    fmt::print(stderr, "cancelled\n");
    return exit_cancelled;
  }
  const int printed = print(request.json ? report_json(report) : report_text(report));
  const bool missed = std::any_of(report.rows.begin(), report.rows.end(), [](const Row& row) {
    return row.verdict() == Verdict::Missed || row.verdict() == Verdict::Failed;
  });
  return std::max(printed, missed ? exit_failed : exit_held);
}

}  // namespace app
