// A sequence that is cheap to copy: copies share their chunks until one of them writes (copy on write).
// Checkpoints of a run copy every log; with this a copy costs a pointer per 64 elements.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <memory>
#include <vector>

namespace raft {

template <typename T>
class ChunkedVector {
 public:
  static constexpr std::size_t chunk_size = 64;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  const T& operator[](std::size_t i) const {
    assert(i < size_);
    return (*chunks_[i / chunk_size])[i % chunk_size];
  }

  /// For writing; the chunk is copied first if another sequence shares it.
  T& edit(std::size_t i) {
    assert(i < size_);
    return own_chunk(i / chunk_size)[i % chunk_size];
  }

  void push_back(const T& value) {
    if (size_ == chunks_.size() * chunk_size) chunks_.push_back(std::make_shared<Chunk>());
    own_chunk(size_ / chunk_size)[size_ % chunk_size] = value;
    ++size_;
  }

  /// Forgets all elements from position `size` on.
  void shrink(std::size_t size) {
    if (size >= size_) return;
    size_ = size;
    chunks_.resize((size + chunk_size - 1) / chunk_size);
  }

  std::size_t chunk_count() const { return chunks_.size(); }

 private:
  using Chunk = std::array<T, chunk_size>;

  Chunk& own_chunk(std::size_t chunk) {
    if (chunks_[chunk].use_count() > 1) chunks_[chunk] = std::make_shared<Chunk>(*chunks_[chunk]);
    return *chunks_[chunk];
  }

  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace raft
