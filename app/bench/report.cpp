// Medians, verdicts, and writing them down.
#include "app/bench/report.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "raft/sim/json_text.h"

namespace app::bench {

namespace {

bool reaches(const Measure& measure, double figure, double limit) {
  return measure.better == Better::More ? figure >= limit : figure <= limit;
}

/// 41,254 or 0.973: three digits that count.
std::string number_text(double number) {
  if (std::abs(number) < 10) return fmt::format("{:.3g}", number);
  std::string digits = fmt::format("{:.0f}", number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// A row that failed or could not be measured; "" for the others.
std::string why_no_figure(const Row& row) { return row.median().failed + row.median().absent; }

std::string ratio_text(const Row& row, const Calibrated& loop) {
  const double steps = row.median().steps_per_second;
  return steps > 0 ? fmt::format("{:.4f}", steps / loop.per_second()) : "";
}

std::string row_text(const Report& report, const Row& row) {
  std::string text = fmt::format("  {:<17} {:<48} {:>8} {:<9} {:>7} {:>7}", row.measure.name, row.measure.what,
                                 row.median().absent.empty() ? number_text(row.median().figure) : "–", row.measure.unit, number_text(row.measure.floor),
                                 number_text(row.measure.goal));
  for (const Calibrated& loop : report.calibration) text += fmt::format(" {:>8}", ratio_text(row, loop));
  text += std::string("  ") + verdict_name(row.verdict());
  if (const std::string why = why_no_figure(row); !why.empty()) text += ": " + why;
  return text + "\n";
}

/// The same loops as above, as fast as they were where the others were measured.
std::string others_text(const Report& report) {
  std::string text = fmt::format("\nOthers, on that machine: simulated s/s\n  {:<24} {:<36} {:>7} {:>10} {:>13} {:>6}", "", "",
                                 "idle", "1 write/s", "100 writes/s", "MB");
  for (const Calibrated& loop : report.calibration) text += fmt::format(" {:>8}", std::string("/ ") + loop.loop.name);
  text += "\n";
  for (const Peer& peer : peers()) {
    text += fmt::format("  {:<24} {:<36} {:>7} {:>10} {:>13} {:>6}", peer.name, peer.what, number_text(peer.idle),
                        number_text(peer.one_write), number_text(peer.hundred_writes), number_text(peer.megabytes));
    for (const Calibrated& loop : report.calibration) {
      text += fmt::format(" {:>8.4f}", peer.steps_per_second / loop.loop.reference);
    }
    text += "\n";
  }
  text += "\nOthers, beside a row\n";
  const std::vector<Measure> all = measures();
  for (const Reference& other : references()) {
    const auto row = std::find_if(all.begin(), all.end(), [&](const Measure& m) { return std::string_view(m.name) == other.row; });
    text += fmt::format("  {:<17} {:<26} {:<36} {:>8} {}\n", other.row, other.name, other.what, number_text(other.figure),
                        row == all.end() ? "" : row->unit);
  }
  return text;
}

nlohmann::ordered_json row_json(const Report& report, const Row& row) {
  nlohmann::ordered_json json;
  json["name"] = row.measure.name;
  json["what"] = row.measure.what;
  json["unit"] = row.measure.unit;
  json["better"] = row.measure.better == Better::More ? "more" : "less";
  json["floor"] = row.measure.floor;
  json["goal"] = row.measure.goal;
  json["median"] = row.median().figure;
  for (const Sample& sample : row.samples) json["runs"].push_back(sample.figure);
  const double steps = row.median().steps_per_second;
  for (const Calibrated& loop : report.calibration) {
    if (steps > 0) json["ratio"][loop.loop.name] = steps / loop.per_second();
  }
  json["verdict"] = verdict_name(row.verdict());
  if (const std::string why = why_no_figure(row); !why.empty()) json["why"] = why;
  return json;
}

}  // namespace

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::GoalMet: return "goal met";
    case Verdict::FloorMet: return "floor met";
    case Verdict::Missed: return "missed";
    case Verdict::Failed: return "failed";
    case Verdict::NotMeasured: return "not measured";
  }
  return "";
}

const Sample& Row::median() const {
  const auto failed = std::find_if(samples.begin(), samples.end(), [](const Sample& s) { return !s.failed.empty(); });
  if (failed != samples.end()) return *failed;
  std::vector<const Sample*> sorted;
  for (const Sample& sample : samples) sorted.push_back(&sample);
  std::sort(sorted.begin(), sorted.end(), [](const Sample* a, const Sample* b) { return a->figure < b->figure; });
  return *sorted[sorted.size() / 2];
}

Verdict Row::verdict() const {
  const Sample& sample = median();
  if (!sample.failed.empty()) return Verdict::Failed;
  if (!sample.absent.empty()) return Verdict::NotMeasured;
  if (reaches(measure, sample.figure, measure.goal)) return Verdict::GoalMet;
  return reaches(measure, sample.figure, measure.floor) ? Verdict::FloorMet : Verdict::Missed;
}

double Calibrated::per_second() const {
  std::vector<double> sorted = samples;
  std::sort(sorted.begin(), sorted.end());
  return sorted[sorted.size() / 2];
}

std::string report_text(const Report& report) {
  std::string text = "Calibration: loops that have nothing to do with Raft\n";
  for (const Calibrated& loop : report.calibration) {
    text += fmt::format("  {:<17} {:<48} {:>8.1f} M/s, {:.2f} of the machine that the budgets were set on\n",
                        loop.loop.name, loop.loop.what, loop.per_second() / 1e6,
                        loop.per_second() / loop.loop.reference);
  }
  text += fmt::format("\nMedians, on one core, of processor time\n  {:<17} {:<48} {:>8} {:<9} {:>7} {:>7}", "", "",
                      "measured", "", "floor", "goal");
  for (const Calibrated& loop : report.calibration) text += fmt::format(" {:>8}", std::string("/ ") + loop.loop.name);
  text += "\n";
  for (const Row& row : report.rows) text += row_text(report, row);
  return text + others_text(report);
}

std::string report_json(const Report& report) {
  nlohmann::ordered_json json;
  for (const Calibrated& loop : report.calibration) {
    json["calibration"].push_back({{"name", loop.loop.name},
                                   {"what", loop.loop.what},
                                   {"per_second", loop.per_second()},
                                   {"reference", loop.loop.reference}});
  }
  for (const Row& row : report.rows) json["measures"].push_back(row_json(report, row));
  for (const Peer& peer : peers()) {
    json["peers"].push_back({{"name", peer.name},
                             {"what", peer.what},
                             {"idle", peer.idle},
                             {"one_write", peer.one_write},
                             {"hundred_writes", peer.hundred_writes},
                             {"steps_per_second", peer.steps_per_second},
                             {"megabytes", peer.megabytes}});
  }
  for (const Reference& other : references()) {
    json["references"].push_back({{"row", other.row}, {"name", other.name}, {"what", other.what}, {"figure", other.figure}});
  }
  return raft::sim::json_text(json, 2) + "\n";
}

}  // namespace app::bench
