// A sequence of random picks for whatever may differ from seed to seed. The draws of a world are not made of these:
// they stay as they are when something is done or left undone.
#pragma once

#include <cstdint>

#include "raft/sim/draw.h"

namespace raft::search {

class Picks {
 public:
  explicit Picks(std::uint64_t seed) : bits_(sim::mix(seed)) {}
  /// 0 … below - 1; 0 if below is 0.
  std::uint64_t pick(std::uint64_t below) {
    bits_ = sim::mix(bits_);
    return below == 0 ? 0 : bits_ % below;
  }
  bool one_in(std::uint64_t n) { return pick(n) == 0; }
  std::int32_t from(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(pick(static_cast<std::uint64_t>(high - low) + 1));
  }
  /// Between nothing and twice the mean.
  sim::Time about(sim::Time mean) { return 1 + static_cast<sim::Time>(pick(static_cast<std::uint64_t>(2 * mean))); }

 private:
  std::uint64_t bits_;
};

}  // namespace raft::search
