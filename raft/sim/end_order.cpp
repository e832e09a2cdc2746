// Finding, splitting and joining the blocks of the order in which messages end.
#include "raft/sim/end_order.h"

#include <algorithm>

namespace raft::sim {

namespace {

/// So many are moved in a fraction of a microsecond.
constexpr std::size_t block_size = 512;

bool is_later(const FlightEnd& a, const FlightEnd& b) {
  return a.ends_at != b.ends_at ? a.ends_at > b.ends_at : a.sequence > b.sequence;
}

}  // namespace

const FlightEnd& EndOrder::at(std::size_t position) const {
  auto block = blocks_.rbegin();
  for (; position >= block->size(); ++block) position -= block->size();
  return (*block)[block->size() - 1 - position];
}

/// The soonest block that begins no sooner than `end`; the latest one if none does.
std::size_t EndOrder::block_for(const FlightEnd& end) const {
  if (blocks_.size() == 1) return 0;
  const auto after = std::partition_point(blocks_.begin(), blocks_.end(),
                                          [&end](const Block& block) { return !is_later(end, block.front()); });
  return after == blocks_.begin() ? 0 : static_cast<std::size_t>(after - blocks_.begin()) - 1;
}

void EndOrder::insert(const FlightEnd& added) {
  if (blocks_.empty()) blocks_.emplace_back();
  std::size_t into = block_for(added);
  if (blocks_[into].size() == block_size) {
    split(into);
    into = block_for(added);
  }
  Block& block = blocks_[into];
  block.insert(std::partition_point(block.begin(), block.end(),
                                    [&added](const FlightEnd& end) { return is_later(end, added); }),
               added);
  ++size_;
}

void EndOrder::split(std::size_t block) {
  const auto half = static_cast<std::ptrdiff_t>(block_size / 2);
  Block sooner(blocks_[block].begin() + half, blocks_[block].end());
  blocks_[block].resize(block_size / 2);
  blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(block) + 1, std::move(sooner));
}

void EndOrder::remove(const FlightEnd& removed) {
  const std::size_t from = block_for(removed);
  Block& block = blocks_[from];
  const auto found = std::partition_point(block.begin(), block.end(),
                                          [&removed](const FlightEnd& end) { return is_later(end, removed); });
  assert(found != block.end() && found->slot == removed.slot);
  block.erase(found);
  shrunk(from);
}

void EndOrder::remove_first() {
  blocks_.back().pop_back();
  shrunk(blocks_.size() - 1);
}

void EndOrder::shrunk(std::size_t block) {
  --size_;
  if (blocks_.size() == 1) return;
  if (blocks_[block].empty()) {
    blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(block));
    return;
  }
  join_next(block);
  if (block > 0) join_next(block - 1);
}

void EndOrder::join_next(std::size_t block) {
  if (block + 1 >= blocks_.size()) return;
  Block& next = blocks_[block + 1];
  if (blocks_[block].size() + next.size() > block_size / 4) return;
  blocks_[block].insert(blocks_[block].end(), next.begin(), next.end());
  blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(block) + 1);
}

void EndOrder::renumber(const std::vector<std::uint32_t>& to) {
  for (Block& block : blocks_) {
    for (FlightEnd& end : block) end.slot = to[end.slot];
  }
}

}  // namespace raft::sim
