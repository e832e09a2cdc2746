// Gives each distinct byte string a number, and keeps for it one hash per renaming of the nodes, so that the
// fingerprint of a state under any renaming is a sum of numbers that are there already.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "raft/search/codec.h"

namespace raft::search {

/// The renamings under which the search does not change; the first leaves every node where it is.
using Symmetry = std::vector<Renaming>;

std::uint64_t hash_of(View bytes, std::uint64_t salt);

class Interner {
 public:
  using Id = std::uint32_t;
  using Rename = std::function<void(View, const Renaming&, Bytes&)>;

  Interner(std::uint64_t salt, const Symmetry& symmetry, Rename rename);

  Id intern(View bytes);
  /// Stays valid as long as the interner.
  View view(Id id) const { return views_[id]; }
  /// One hash per renaming, in the order of the symmetry.
  const std::uint64_t* hashes(Id id) const { return hashes_.data() + id * symmetry_.size(); }
  std::size_t size() const { return views_.size(); }
  std::uint64_t memory() const;

 private:
  static constexpr std::size_t block_size = 1U << 16U;

  std::size_t slot_of(View bytes, std::uint64_t hash) const;
  View store(View bytes);
  void grow();

  std::uint64_t salt_;
  Symmetry symmetry_;
  Rename rename_;
  std::vector<std::vector<std::uint8_t>> blocks_;  // each reserved once, so that views stay valid
  std::vector<View> views_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> slots_;  // id + 1; 0: empty
};

}  // namespace raft::search
