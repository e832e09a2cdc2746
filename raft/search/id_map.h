// A table from 64-bit keys to 32-bit values, for what has been worked out once. Keys are never ~0.
#pragma once

#include <cstdint>
#include <vector>

#include "raft/sim/draw.h"

namespace raft::search {

class IdMap {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  IdMap() : slots_(1024) {}

  std::uint32_t find(std::uint64_t key) const { return slots_[slot_of(key)].value; }
  /// Requires that the key is not there yet.
  void insert(std::uint64_t key, std::uint32_t value) {
    if (++size_ * 2 > slots_.size()) grow();
    slots_[slot_of(key)] = {key, value};
  }
  std::size_t size() const { return size_; }
  std::uint64_t memory() const { return std::uint64_t{slots_.capacity()} * sizeof(Slot); }

 private:
  struct Slot {
    std::uint64_t key = ~std::uint64_t{0};
    std::uint32_t value = none;
  };

  std::size_t slot_of(std::uint64_t key) const {
    std::size_t slot = sim::mix(key) & (slots_.size() - 1);
    while (slots_[slot].value != none && slots_[slot].key != key) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }
  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_ = std::vector<Slot>(old.size() * 2);
    for (const Slot& slot : old) {
      if (slot.value != none) slots_[slot_of(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace raft::search
