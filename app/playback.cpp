// Real time into simulated time.
#include "app/playback.h"

#include <algorithm>
#include <cmath>

#include "ui/action.h"

namespace app {

using raft::sim::Ratio;
using raft::sim::Time;

namespace {

int in_range(int exponent) { return std::clamp(exponent, ui::slowest_exponent, ui::fastest_exponent); }

double factor_of(const Ratio& pace) { return static_cast<double>(pace.numerator) / static_cast<double>(pace.denominator); }

}  // namespace

Playback::Playback(int speed_exponent) : chosen_exponent_(in_range(speed_exponent)) {}

void Playback::start(std::optional<Time> until) {
  on_ = true;
  until_ = until;
}

void Playback::stop() {
  on_ = false;
  until_.reset();
  owed_us_ = 0;
}

int Playback::speed_exponent() const {
  return pace_ ? in_range(static_cast<int>(std::lround(std::log2(factor_of(*pace_))))) : chosen_exponent_;
}

void Playback::set_speed(int exponent) {
  chosen_exponent_ = in_range(exponent);
  pace_.reset();
}

Time Playback::due(double elapsed_s, Time clock) {
  owed_us_ += elapsed_s * 1e6 * (pace_ ? factor_of(*pace_) : std::ldexp(1.0, chosen_exponent_));
  if (until_) owed_us_ = std::clamp(owed_us_, 0.0, std::max(static_cast<double>(*until_ - clock), 0.0));
  const double whole_us = std::floor(owed_us_);
  owed_us_ -= whole_us;
  return static_cast<Time>(whole_us);
}

}  // namespace app
