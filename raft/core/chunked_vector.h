// A sequence that is cheap to copy: copies share their elements until one of them writes (copy on write).
// Checkpoints of a run copy every log; with this a copy costs a pointer per 4,096 elements, and going on appending
// costs nothing more: elements behind the end of every other copy are written into the chunk that all share.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace raft {

inline constexpr std::size_t elements_per_chunk = 64;

template <typename T>
struct Chunk {
  std::array<T, elements_per_chunk> elements{};
  std::size_t filled = 0;  // so many of them are part of some sequence
};

/// The same operations on an ordinary vector: what the chunks themselves are kept in, at the top.
template <typename T>
class PlainSequence {
 public:
  std::size_t size() const { return items_.size(); }
  const T& operator[](std::size_t i) const { return items_[i]; }
  T& edit(std::size_t i) { return items_[i]; }
  void push_back(const T& value) { items_.push_back(value); }
  void shrink(std::size_t size) { items_.resize(size); }
  void drop_front(std::size_t count) {
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
  }

 private:
  std::vector<T> items_;
};

/// `Spine` is a sequence of std::shared_ptr<Chunk<T>>. All copies belong to one thread: they share chunks, and each
/// writes into those of the others behind their ends.
template <typename T, typename Spine>
class ChunkedSequence {
 public:
  static constexpr std::size_t chunk_size = elements_per_chunk;

  ChunkedSequence() = default;
  ChunkedSequence(const ChunkedSequence&) = default;
  ChunkedSequence& operator=(const ChunkedSequence&) = default;
  /// What has been moved from is empty.
  ChunkedSequence(ChunkedSequence&& other) noexcept
      : chunks_(std::move(other.chunks_)), skipped_(std::exchange(other.skipped_, 0)), end_(std::exchange(other.end_, 0)) {}
  ChunkedSequence& operator=(ChunkedSequence&& other) noexcept {
    chunks_ = std::exchange(other.chunks_, Spine{});
    skipped_ = std::exchange(other.skipped_, 0);
    end_ = std::exchange(other.end_, 0);
    return *this;
  }

  std::size_t size() const { return end_ - skipped_; }
  bool empty() const { return end_ == skipped_; }

  const T& operator[](std::size_t i) const {
    assert(i < size());
    return chunks_[(skipped_ + i) / chunk_size]->elements[(skipped_ + i) % chunk_size];
  }

  /// For writing; the chunk is copied first if another sequence shares it.
  T& edit(std::size_t i) {
    assert(i < size());
    return own_chunk((skipped_ + i) / chunk_size).elements[(skipped_ + i) % chunk_size];
  }

  void push_back(const T& value) {
    if (end_ == chunks_.size() * chunk_size) chunks_.push_back(std::make_shared<Chunk<T>>());
    const std::size_t place = end_ % chunk_size;
    Chunk<T>* chunk = chunks_[end_ / chunk_size].get();
    // Behind the end of all who share the chunk nobody looks. If another one has gone on already, ours is a branch.
    if (chunk->filled != place) chunk = &own_chunk(end_ / chunk_size);
    chunk->elements[place] = value;
    chunk->filled = place + 1;
    ++end_;
  }

  /// Forgets all elements from position `size` on.
  void shrink(std::size_t new_size) {
    if (new_size >= size()) return;
    end_ = skipped_ + new_size;
    chunks_.shrink((end_ + chunk_size - 1) / chunk_size);
  }

  /// Forgets the first `count` elements; those after them move up.
  void drop_front(std::size_t count) {
    assert(count <= size());
    skipped_ += count;
    const std::size_t whole = std::min(skipped_ / chunk_size, chunks_.size());
    chunks_.drop_front(whole);
    skipped_ -= whole * chunk_size;
    end_ -= whole * chunk_size;
  }

  std::size_t chunk_count() const { return chunks_.size(); }

 private:
  Chunk<T>& own_chunk(std::size_t number) {
    auto& chunk = chunks_.edit(number);  // nobody else's place for the pointer, so that its count tells the truth
    if (chunk.use_count() > 1) chunk = std::make_shared<Chunk<T>>(*chunk);
    return *chunk;
  }

  Spine chunks_;
  std::size_t skipped_ = 0;  // elements dropped from the first chunk; less than a chunk
  std::size_t end_ = 0;      // counted from the start of the first chunk
};

template <typename T>
using ChunkPointer = std::shared_ptr<Chunk<T>>;
template <typename T>
using ChunkPages = ChunkedSequence<ChunkPointer<T>, PlainSequence<ChunkPointer<ChunkPointer<T>>>>;

/// Chunks of elements, in chunks of pointers to them.
template <typename T>
using ChunkedVector = ChunkedSequence<T, ChunkPages<T>>;

}  // namespace raft
