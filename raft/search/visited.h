// The states that have been seen, each as a fingerprint of 64 bits and the number of the state it was first
// reached from. States are numbered in the order in which they are found.
#pragma once

#include <cstdint>
#include <vector>

namespace raft::search {

class Visited {
 public:
  using Number = std::uint32_t;
  static constexpr Number no_state = 0xFFFFFFFF;

  Visited();

  /// Starts to fetch what insert() will need.
  void prefetch(std::uint64_t fingerprint) const;
  /// False if it has been seen.
  bool insert(std::uint64_t fingerprint, Number parent);

  std::size_t size() const { return size_; }
  std::uint64_t fingerprint(Number state) const { return block(state).fingerprints[state % block_size]; }
  Number parent(Number state) const { return block(state).parents[state % block_size]; }

  /// In bytes, once `more` states are in.
  std::uint64_t memory_after(std::size_t more) const;
  bool has_numbers_for(std::size_t more) const { return size_ + more < no_state; }

 private:
  // Blocks, so that growing neither copies nor leaves half of the memory idle.
  static constexpr std::size_t block_size = 1U << 16U;
  struct Block {
    std::vector<std::uint64_t> fingerprints;
    std::vector<Number> parents;
  };
  struct Slot {
    std::uint32_t tag = 0;  // upper half of the fingerprint: most other states are told apart without a look
    Number state = no_state;
  };

  const Block& block(Number state) const { return blocks_[state / block_size]; }
  bool is_full_after(std::size_t more) const { return (size_ + more) * 4 > slots_.size() * 3; }
  void place(std::uint64_t fingerprint, Number state);
  void grow();

  std::vector<Block> blocks_;
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace raft::search
