// The states that wait to be expanded, first in, first out, packed into a few bytes each.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "raft/search/bounds.h"
#include "raft/search/interner.h"

namespace raft::search {

/// A state of the cluster: numbers of interned parts. The order of the messages means nothing.
struct State {
  Interner::Id past = 0;
  std::array<Interner::Id, max_explored_nodes> nodes{};
  std::uint8_t message_count = 0;
  std::array<Interner::Id, static_cast<std::size_t>(max_messages_in_flight)> messages{};
};

class Frontier {
 public:
  explicit Frontier(std::size_t nodes) : nodes_(nodes) {}

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  void push(const State& state) {
    if (blocks_.empty() || blocks_.back().size() + max_packed > block_size) {
      blocks_.emplace_back();
      blocks_.back().reserve(block_size);
    }
    std::vector<std::uint8_t>& block = blocks_.back();
    pack(block, state.past);
    for (std::size_t i = 0; i < nodes_; ++i) pack(block, state.nodes[i]);
    block.push_back(state.message_count);
    for (std::size_t i = 0; i < state.message_count; ++i) pack(block, state.messages[i]);
    ++size_;
  }

  /// Requires that it is not empty.
  State pop() {
    if (read_ == blocks_.front().size()) {
      blocks_.pop_front();
      read_ = 0;
    }
    State state;
    state.past = unpack();
    for (std::size_t i = 0; i < nodes_; ++i) state.nodes[i] = unpack();
    state.message_count = blocks_.front()[read_++];
    for (std::size_t i = 0; i < state.message_count; ++i) state.messages[i] = unpack();
    --size_;
    return state;
  }

  std::uint64_t memory() const { return std::uint64_t{blocks_.size()} * block_size; }

 private:
  static constexpr std::size_t block_size = 1U << 16U;
  static constexpr std::size_t max_packed = 128;

  static void pack(std::vector<std::uint8_t>& block, Interner::Id id) {
    while (id >= 0x80U) {
      block.push_back(static_cast<std::uint8_t>(id | 0x80U));
      id >>= 7U;
    }
    block.push_back(static_cast<std::uint8_t>(id));
  }
  Interner::Id unpack() {
    Interner::Id id = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t byte = blocks_.front()[read_++];
      id |= (byte & 0x7FU) << shift;
      if (byte < 0x80U) return id;
    }
  }

  std::size_t nodes_;
  std::deque<std::vector<std::uint8_t>> blocks_;
  std::size_t read_ = 0;  // in the first block
  std::size_t size_ = 0;
};

}  // namespace raft::search
