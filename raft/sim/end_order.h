// When the messages in flight end, in that order. What a message is, is not known here: only the slot it is kept in.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "raft/sim/sim_time.h"

namespace raft::sim {

struct FlightEnd {
  Time ends_at = 0;
  std::int64_t sequence = 0;  // no two have the same
  std::uint32_t slot = 0;
};

/// Sorted by (ends_at, sequence). It is kept in blocks, so that no more than one of them has to be moved for what comes or
/// goes between others; with few messages in flight there is but one. Backwards, since the front of a vector is dear to
/// remove: the last of the last block ends first.
class EndOrder {
 public:
  std::size_t size() const { return size_; }
  const FlightEnd& first() const { return blocks_.back().back(); }
  /// Costs more the further back it is; whoever wants all of them goes from begin() to end().
  const FlightEnd& at(std::size_t position) const;

  void insert(const FlightEnd& added);
  /// Which must be there.
  void remove(const FlightEnd& removed);
  void remove_first();
  /// Each slot becomes `to[slot]`.
  void renumber(const std::vector<std::uint32_t>& to);

 private:
  using Block = std::vector<FlightEnd>;

 public:
  /// For a range-based for, soonest first.
  class Iterator {
   public:
    const FlightEnd& operator*() const { return *at_; }
    Iterator& operator++() {
      --left_;
      if (at_ != block_->data()) {
        --at_;
      } else if (left_ > 0) {
        at_ = &(--block_)->back();
      }
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.left_ == b.left_; }

   private:
    friend class EndOrder;
    Iterator() = default;
    explicit Iterator(const EndOrder& order)
        : block_(&order.blocks_.back()), at_(&block_->back()), left_(order.size_) {}

    const Block* block_ = nullptr;
    const FlightEnd* at_ = nullptr;
    std::size_t left_ = 0;
  };
  Iterator begin() const { return size_ > 0 ? Iterator(*this) : Iterator(); }
  Iterator end() const { return {}; }

 private:
  std::size_t block_for(const FlightEnd& end) const;
  void split(std::size_t block);
  /// One has gone from it.
  void shrunk(std::size_t block);
  /// Becomes one with the next if both are nearly empty.
  void join_next(std::size_t block);

  std::vector<Block> blocks_;  // none is empty, unless it is the only one
  std::size_t size_ = 0;
};

}  // namespace raft::sim
