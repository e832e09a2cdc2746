// Stable randomness. A draw is a hash of what it is for, never "the next number": the latency of a
// message depends on the seed, its link and the moment it is sent, and on nothing else that happened.
// Two futures therefore differ only by what was done to them.
#pragma once

#include <cstdint>

#include "raft/sim/sim_time.h"

namespace raft::sim {

enum class Purpose : std::uint64_t { ElectionTimeout = 1, Latency = 2, Loss = 3, Duplicate = 4, DuplicateLatency = 5 };

/// 64 well-mixed bits (the finalizer of splitmix64).
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

/// `who` is a node or a link, `when` a time in microseconds, `which` tells draws of one moment apart.
constexpr std::uint64_t draw(std::uint64_t seed, Purpose purpose, std::uint64_t who, Time when, std::uint64_t which) {
  std::uint64_t bits = mix(seed ^ (static_cast<std::uint64_t>(purpose) << 56U));
  bits = mix(bits ^ who);
  bits = mix(bits ^ static_cast<std::uint64_t>(when));
  return mix(bits ^ which);
}

constexpr Time draw_from(TimeRange range, std::uint64_t bits) {
  const auto width = static_cast<std::uint64_t>(range.max - range.min) + 1;
  return range.min + static_cast<Time>(bits % width);
}

constexpr bool draw_chance(Ratio chance, std::uint64_t bits) {
  return bits % static_cast<std::uint64_t>(chance.denominator) < static_cast<std::uint64_t>(chance.numerator);
}

}  // namespace raft::sim
