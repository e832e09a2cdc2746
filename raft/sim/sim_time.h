// Virtual time. The world's clock counts microseconds from the start of the run and has nothing to do
// with the time of day.
#pragma once

#include <cstdint>

namespace raft::sim {

/// Microseconds since the start of the run, or a length of time in microseconds.
using Time = std::int64_t;

inline constexpr Time never = INT64_MAX;
/// Nothing happens after this, in 146,000 years: what would, happens never. So two times can always be added.
inline constexpr Time end_of_time = never / 2;
/// No setting says a longer time than a thousand hours.
inline constexpr Time max_duration = Time{1000} * 3600 * 1'000'000;

constexpr Time operator""_us(unsigned long long n) { return static_cast<Time>(n); }
constexpr Time operator""_ms(unsigned long long n) { return static_cast<Time>(n) * 1000; }
constexpr Time operator""_s(unsigned long long n) { return static_cast<Time>(n) * 1'000'000; }

/// From `min` to `max`, both included.
struct TimeRange {
  Time min = 0;
  Time max = 0;
  friend constexpr bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// A probability as an integer ratio: 1/20. Also the rate of a clock.
struct Ratio {
  std::int32_t numerator = 0;
  std::int32_t denominator = 1;
  friend constexpr bool operator==(const Ratio&, const Ratio&) = default;
};

/// `by` after `time`, neither of them negative; `never` if that is after the end of time.
constexpr Time later(Time time, Time by) { return time > end_of_time - by ? never : time + by; }

/// `time` times `rate`, rounded down; `never` if that is after the end of time.
constexpr Time at_rate(Time time, Ratio rate) {
  const Time whole = time / rate.denominator;
  if (whole > end_of_time / rate.numerator) return never;
  return later(whole * rate.numerator, time % rate.denominator * rate.numerator / rate.denominator);
}

}  // namespace raft::sim
