// What the events of a run were, in short, in bounded memory: the latest are kept one by one; of older ones only where
// each block of them began and what was worth seeing in it. A timeline plays a block again when it is asked for one.
#pragma once

#include <cstdint>

#include "raft/core/chunked_vector.h"
#include "raft/sim/event.h"

namespace raft::sim {

/// The last number from `low` to `high` for which `holds`, which holds for `low` and for no number after one for which it
/// does not.
template <typename Holds>
std::int64_t last_that(std::int64_t low, std::int64_t high, const Holds& holds) {
  while (low < high) {
    const std::int64_t middle = (low + high + 1) / 2;
    if (holds(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

class EventIndex {
 public:
  static constexpr std::int64_t block_size = 4096;  // events
  static constexpr std::int64_t default_kept = 1 << 20;

  /// `most_kept`: so many events one by one, and at most a block more.
  explicit EventIndex(std::int64_t most_kept = default_kept) : most_kept_(most_kept) {}

  std::int64_t size() const { return first_kept_ + static_cast<std::int64_t>(kept_.size()); }
  void push_back(const EventRecord& record);
  /// Forgets the events from number `size` on.
  void shrink(std::int64_t size);

  bool keeps(std::int64_t number) const { return number >= first_kept_; }
  /// Of an event that it keeps.
  const EventRecord& operator[](std::int64_t number) const { return kept_[static_cast<std::size_t>(number - first_kept_)]; }

  /// The first event of the last block that begins at or before `time`.
  std::int64_t block_until(Time time) const;
  /// Whether a block may hold something of these `Notable` bits.
  bool may_hold(std::int64_t block, std::uint8_t any_of) const { return (blocks_[static_cast<std::size_t>(block)].notable & any_of) != 0; }

 private:
  struct Block {
    Time at = 0;  // of its first event
    std::uint8_t notable = 0;  // all that it held since it was begun
  };

  std::int64_t most_kept_;
  std::int64_t first_kept_ = 0;
  ChunkedVector<EventRecord> kept_;
  ChunkedVector<Block> blocks_;
};

}  // namespace raft::sim
