// Where two runs stop being alike: the first event that is not the same in both, whoever did it. Found a slice at a time.
#pragma once

#include <cstdint>
#include <optional>

#include "raft/sim/timeline.h"

namespace raft::check {

class FirstDifference {
 public:
  /// The runs are known to have their first `common` events in common.
  explicit FirstDifference(std::int64_t common = 0) : alike_(common) {}

  /// Compares at most `most` more of the events that both have played. False while there are more to compare.
  bool look(const sim::Timeline& one, const sim::Timeline& other, std::int64_t most);
  /// The number of the first event that is another one; nullopt: none so far.
  std::optional<std::int64_t> event() const { return found_; }

 private:
  std::int64_t alike_;  // so many events are the same
  std::optional<bool> begin_alike_;  // the worlds at the start; found out once
  std::optional<std::int64_t> found_;
};

}  // namespace raft::check
