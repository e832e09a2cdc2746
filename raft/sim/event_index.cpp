// Adding an event, and letting go of the oldest.
#include "raft/sim/event_index.h"

namespace raft::sim {

void EventIndex::push_back(const EventRecord& record) {
  if (size() % block_size == 0) blocks_.push_back({record.at, 0});
  Block& block = blocks_.edit(blocks_.size() - 1);
  block.notable = static_cast<std::uint8_t>(block.notable | record.notable);
  kept_.push_back(record);
  if (static_cast<std::int64_t>(kept_.size()) < most_kept_ + block_size) return;
  kept_.drop_front(static_cast<std::size_t>(block_size));
  first_kept_ += block_size;
}

void EventIndex::shrink(std::int64_t size) {
  if (size < first_kept_) {
    kept_.shrink(0);
    first_kept_ = size;
  } else {
    kept_.shrink(static_cast<std::size_t>(size - first_kept_));
  }
  blocks_.shrink(static_cast<std::size_t>((size + block_size - 1) / block_size));
}

std::int64_t EventIndex::block_until(Time time) const {
  std::size_t low = 0;
  std::size_t high = blocks_.size() - 1;
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    if (blocks_[middle].at <= time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return static_cast<std::int64_t>(low) * block_size;
}

}  // namespace raft::sim
