// The replicated log of one node (§5.3). It stores and compares; which entries it should hold is
// decided in replication.cpp.
#pragma once

#include <cassert>

#include "raft/core/chunked_vector.h"
#include "raft/core/command.h"
#include "raft/core/types.h"

namespace raft {

class Log {
 public:
  Index last_index() const { return static_cast<Index>(entries_.size()); }
  Term last_term() const { return term_at(last_index()); }
  EntryId last() const { return {last_index(), last_term()}; }

  /// Term of the entry at `index`; 0 at index 0. Requires 0 <= index <= last_index().
  Term term_at(Index index) const { return index == 0 ? 0 : at(index).term; }
  EntryId id_at(Index index) const { return {index, term_at(index)}; }

  /// Requires 1 <= index <= last_index().
  const Entry& at(Index index) const {
    assert(index >= 1 && index <= last_index());
    return entries_[static_cast<std::size_t>(index) - 1];
  }

  void append(const Entry& entry) { entries_.push_back(entry); }

  /// Deletes the entry at `index` and all that follow it.
  void truncate_from(Index index) { entries_.shrink(static_cast<std::size_t>(index) - 1); }

  std::size_t chunk_count() const { return entries_.chunk_count(); }

 private:
  ChunkedVector<Entry> entries_;
};

/// §5.4.1: the log with the later last term is more up to date; with equal terms, the longer one.
constexpr bool at_least_as_up_to_date(EntryId theirs, EntryId ours) {
  if (theirs.term != ours.term) return theirs.term > ours.term;
  return theirs.index >= ours.index;
}

}  // namespace raft
