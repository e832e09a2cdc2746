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
  const std::int64_t last = static_cast<std::int64_t>(blocks_.size()) - 1;
  return block_size * last_that(0, last, [&](std::int64_t block) { return blocks_[static_cast<std::size_t>(block)].at <= time; });
}

}  // namespace raft::sim
