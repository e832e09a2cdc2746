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
  /// §7: the last entry that a snapshot has replaced; 0^0 while nothing has been compacted.
  EntryId base() const { return base_; }
  Index first_index() const { return base_.index + 1; }
  Index last_index() const { return base_.index + static_cast<Index>(entries_.size()); }
  Term last_term() const { return term_at(last_index()); }
  EntryId last() const { return {last_index(), last_term()}; }

  /// Term of the entry at `index`, which may be the base. Requires base().index <= index <= last_index().
  Term term_at(Index index) const { return index == base_.index ? base_.term : at(index).term; }
  EntryId id_at(Index index) const { return {index, term_at(index)}; }

  /// Requires first_index() <= index <= last_index().
  const Entry& at(Index index) const {
    assert(index >= first_index() && index <= last_index());
    return entries_[static_cast<std::size_t>(index - base_.index) - 1];
  }

  void append(const Entry& entry) { entries_.push_back(entry); }

  /// Deletes the entry at `index` and all that follow it. Requires index > base().index.
  void truncate_from(Index index) {
    assert(index > base_.index);
    entries_.shrink(static_cast<std::size_t>(index - base_.index) - 1);
  }

  /// §7: discards the entries up to `index`, which a snapshot now covers.
  void compact(Index index) {
    const Term term = term_at(index);
    entries_.drop_front(static_cast<std::size_t>(index - base_.index));
    base_ = {index, term};
  }

  /// §7: discards everything; a snapshot up to `base` takes its place.
  void replace_by_snapshot(EntryId base) {
    entries_ = {};
    base_ = base;
  }

  /// With a rule off: as if the snapshot had not kept the term of its last entry.
  void forget_base_term() { base_.term = 0; }

  /// What a copy takes besides the entries, which copies share: a pointer for 4,096 of them.
  std::size_t copy_bytes() const { return entries_.chunk_count() / elements_per_chunk * sizeof(std::shared_ptr<void>); }

 private:
  EntryId base_;
  ChunkedVector<Entry> entries_;
};

/// §5.4.1: the log with the later last term is more up to date; with equal terms, the longer one.
constexpr bool at_least_as_up_to_date(EntryId theirs, EntryId ours) {
  if (theirs.term != ours.term) return theirs.term > ours.term;
  return theirs.index >= ours.index;
}

}  // namespace raft
