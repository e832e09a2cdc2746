// A hash table of fingerprints; states themselves are not kept.
#include "raft/search/visited.h"

namespace raft::search {

Visited::Visited() : slots_(1U << 12U) {}

void Visited::prefetch(std::uint64_t fingerprint) const {
  __builtin_prefetch(&slots_[fingerprint & (slots_.size() - 1)]);
}

bool Visited::insert(std::uint64_t fingerprint, Number parent) {
  if (is_full_after(1)) grow();
  const auto tag = static_cast<std::uint32_t>(fingerprint >> 32U);
  std::size_t slot = fingerprint & (slots_.size() - 1);
  for (; slots_[slot].state != no_state; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot].tag == tag && this->fingerprint(slots_[slot].state) == fingerprint) return false;
  }
  slots_[slot] = {tag, static_cast<Number>(size_)};
  if (size_ % block_size == 0) {
    blocks_.emplace_back();
    blocks_.back().fingerprints.resize(block_size);
    blocks_.back().parents.resize(block_size);
  }
  blocks_.back().fingerprints[size_ % block_size] = fingerprint;
  blocks_.back().parents[size_ % block_size] = parent;
  ++size_;
  return true;
}

void Visited::place(std::uint64_t fingerprint, Number state) {
  std::size_t slot = fingerprint & (slots_.size() - 1);
  while (slots_[slot].state != no_state) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = {static_cast<std::uint32_t>(fingerprint >> 32U), state};
}

void Visited::grow() {
  const std::size_t slots = slots_.size() * 2;
  slots_ = {};  // everything in them can be made again
  slots_.resize(slots);
  for (std::size_t state = 0; state < size_; ++state) {
    place(fingerprint(static_cast<Number>(state)), static_cast<Number>(state));
  }
}

std::uint64_t Visited::memory_after(std::size_t more) const {
  // What does not fit into a size_t any more is just what this has to say before it is asked for.
  const std::uint64_t slots = std::uint64_t{slots_.size()} * (is_full_after(more) ? 2 : 1);
  const std::uint64_t blocks = (std::uint64_t{size_} + more + block_size - 1) / block_size;
  return slots * sizeof(Slot) + blocks * block_size * (sizeof(std::uint64_t) + sizeof(Number));
}

}  // namespace raft::search
