// What has been measured, as a table for people or as JSON for machines.
#pragma once

#include <string>
#include <vector>

#include "app/bench/calibration.h"
#include "app/bench/measure.h"

namespace app::bench {

enum class Verdict : unsigned char { GoalMet, FloorMet, Missed, Failed, NotMeasured };
const char* verdict_name(Verdict verdict);

struct Row {
  Measure measure;
  std::vector<Sample> samples;  // one a run, in the order of the runs

  /// The sample whose figure is the median; one that failed, if any did.
  const Sample& median() const;
  Verdict verdict() const;
};

struct Calibrated {
  CalibrationLoop loop;
  std::vector<double> samples;  // per second
  double per_second() const;    // the median
};

struct Report {
  std::vector<Calibrated> calibration;
  std::vector<Row> rows;
};

std::string report_text(const Report& report);
std::string report_json(const Report& report);

}  // namespace app::bench
