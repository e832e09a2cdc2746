// Virtual time. The world's clock counts microseconds from the start of the run and has nothing to do
// with the time of day.
#pragma once

#include <cstdint>

namespace raft::sim {

/// Microseconds since the start of the run, or a length of time in microseconds.
using Time = std::int64_t;

inline constexpr Time never = INT64_MAX;

constexpr Time operator""_us(unsigned long long n) { return static_cast<Time>(n); }
constexpr Time operator""_ms(unsigned long long n) { return static_cast<Time>(n) * 1000; }
constexpr Time operator""_s(unsigned long long n) { return static_cast<Time>(n) * 1'000'000; }

/// From `min` to `max`, both included.
struct TimeRange {
  Time min = 0;
  Time max = 0;
  friend constexpr bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// A probability as an integer ratio: 1/20.
struct Ratio {
  std::int32_t numerator = 0;
  std::int32_t denominator = 1;
  friend constexpr bool operator==(const Ratio&, const Ratio&) = default;
};

}  // namespace raft::sim
