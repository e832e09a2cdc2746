// A table of byte strings with open addressing; their bytes lie in blocks that never move.
#include "raft/search/interner.h"

#include <algorithm>
#include <utility>

#include "raft/sim/draw.h"

namespace raft::search {

std::uint64_t hash_of(View bytes, std::uint64_t salt) {
  std::uint64_t hash = sim::mix(salt + bytes.size());
  for (std::size_t start = 0; start < bytes.size(); start += 8) {
    std::uint64_t word = 0;
    for (std::size_t i = start; i < std::min(start + 8, bytes.size()); ++i) word = word << 8U | bytes[i];
    hash = sim::mix(hash ^ word) + 0x9E3779B97F4A7C15U;
  }
  return sim::mix(hash);
}

Interner::Interner(std::uint64_t salt, const Symmetry& symmetry, Rename rename)
    : salt_(salt), symmetry_(symmetry), rename_(std::move(rename)), slots_(1024) {}

std::size_t Interner::slot_of(View bytes, std::uint64_t hash) const {
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot] != 0) {
    const View known = view(slots_[slot] - 1);
    if (std::equal(known.begin(), known.end(), bytes.begin(), bytes.end())) break;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void Interner::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (Id id = 0; id < size(); ++id) slots_[slot_of(view(id), hashes(id)[0])] = id + 1;
}

View Interner::store(View bytes) {
  if (blocks_.empty() || blocks_.back().size() + bytes.size() > block_size) {
    blocks_.emplace_back();
    blocks_.back().reserve(block_size);
  }
  std::vector<std::uint8_t>& block = blocks_.back();
  block.insert(block.end(), bytes.begin(), bytes.end());
  return {block.data() + block.size() - bytes.size(), bytes.size()};
}

Interner::Id Interner::intern(View bytes) {
  const std::uint64_t hash = hash_of(bytes, salt_);
  const std::size_t slot = slot_of(bytes, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  const auto id = static_cast<Id>(size());
  views_.push_back(store(bytes));
  hashes_.push_back(hash);
  slots_[slot] = id + 1;
  Bytes renamed;
  for (std::size_t i = 1; i < symmetry_.size(); ++i) {
    rename_(view(id), symmetry_[i], renamed);
    hashes_.push_back(hash_of(renamed.view(), salt_));
  }
  if (size() * 2 > slots_.size()) grow();
  return id;
}

std::uint64_t Interner::memory() const {
  return std::uint64_t{blocks_.size()} * block_size + views_.capacity() * sizeof(View) +
         hashes_.capacity() * sizeof(std::uint64_t) + slots_.capacity() * sizeof(std::uint32_t);
}

}  // namespace raft::search
