// A sequence that is cheap to copy: copies share their chunks until one of them writes (copy on write).
// Checkpoints of a run copy every log; with this a copy costs a pointer per 64 elements.
#pragma once

#include <algorithm>
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

  std::size_t size() const { return end_ - skipped_; }
  bool empty() const { return end_ == skipped_; }

  const T& operator[](std::size_t i) const {
    assert(i < size());
    return (*chunks_[(skipped_ + i) / chunk_size])[(skipped_ + i) % chunk_size];
  }

  /// For writing; the chunk is copied first if another sequence shares it.
  T& edit(std::size_t i) {
    assert(i < size());
    return own_chunk((skipped_ + i) / chunk_size)[(skipped_ + i) % chunk_size];
  }

  void push_back(const T& value) {
    if (end_ == chunks_.size() * chunk_size) chunks_.push_back(std::make_shared<Chunk>());
    own_chunk(end_ / chunk_size)[end_ % chunk_size] = value;
    ++end_;
  }

  /// Forgets all elements from position `size` on.
  void shrink(std::size_t new_size) {
    if (new_size >= size()) return;
    end_ = skipped_ + new_size;
    chunks_.resize((end_ + chunk_size - 1) / chunk_size);
  }

  /// Forgets the first `count` elements; those after them move up.
  void drop_front(std::size_t count) {
    assert(count <= size());
    skipped_ += count;
    const std::size_t whole = skipped_ / chunk_size;
    chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(std::min(whole, chunks_.size())));
    skipped_ -= whole * chunk_size;
    end_ -= whole * chunk_size;
  }

  std::size_t chunk_count() const { return chunks_.size(); }

 private:
  using Chunk = std::array<T, chunk_size>;

  Chunk& own_chunk(std::size_t chunk) {
    if (chunks_[chunk].use_count() > 1) chunks_[chunk] = std::make_shared<Chunk>(*chunks_[chunk]);
    return *chunks_[chunk];
  }

  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::size_t skipped_ = 0;  // elements dropped from the first chunk; less than a chunk
  std::size_t end_ = 0;      // counted from the start of the first chunk
};

}  // namespace raft
