// The five properties of Figure 3, checked after every event of a run. Checks are incremental: the cost of
// one event does not grow with the log or the history.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "raft/check/property.h"
#include "raft/core/chunked_vector.h"

namespace raft::check {

/// Cheap to copy: what is remembered is shared between copies until one of them goes on.
class Safety {
 public:
  /// A run that starts from given states: their entries and commit indexes are what is known.
  explicit Safety(const sim::World& start);

  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event);

  /// In the order in which they were found.
  const std::vector<Violation>& violations() const { return violations_.all(); }
  bool broken(Property property) const { return violations_.broken(property); }
  std::int64_t events_checked() const { return events_checked_; }

  /// What the node's log holds at `index`, or held there before a snapshot took its place; null: nothing.
  const Entry* entry_of(NodeId node, Index index) const {
    return index >= 1 && index <= stored(node) ? &record(node, index).entry : nullptr;
  }

 private:
  using RecordId = std::int32_t;
  static constexpr RecordId no_record = -1;
  static constexpr Term not_leading = -1;

  /// An entry as some log held it: with the term of the entry before it, which by induction stands for
  /// everything before it.
  struct Record {
    Entry entry;
    Term previous_term = 0;
    NodeSet holders;     // whose logs hold it now
    NodeSet applied_by;  // who has ever applied it
    RecordId next = no_record;  // another one at the same index
  };
  /// Entries that were first committed in one term: up to `last`, after the run before.
  struct CommitRun {
    Term term = 0;
    Index last = 0;
  };
  struct Leadership {
    Term term = 0;
    NodeSet nodes;          // more than one: Election Safety is broken
    Index last_before = 0;  // length of the last one's log when it began to lead
  };

  void report(Violation violation);
  Index stored(NodeId node) const { return static_cast<Index>(logs_[index_of(node)].size()); }
  const Record& record(NodeId node, Index index) const;
  EntryId entry_id(NodeId node, Index index) const { return {index, record(node, index).entry.term}; }

  void check_node(const sim::World& after, const sim::Event& event, NodeId node);
  void forget_entries(NodeId node, Index last);
  void install_snapshot(NodeId node, const sim::Event& event);
  void store_unknown(NodeId node);
  void store_entry(NodeId node, const Log& log, Index index);
  void begin_leading(NodeId node, Term term);
  void commit_entries(NodeId leader, Term term, Index last);
  void check_complete(NodeId leader, Term term, Index first, Index last);
  void apply_entry(NodeId node, Index index);
  Index last_committed_before(Term term) const;

  Violations violations_;
  std::int64_t events_checked_ = 0;
  std::int64_t event_ = 0;  // number of the event under observation

  ChunkedVector<Record> records_;
  ChunkedVector<RecordId> first_at_;                        // by index - 1: a chain of records
  std::array<ChunkedVector<RecordId>, max_nodes> logs_;     // by node, by index - 1: what its log holds
  ChunkedVector<RecordId> committed_;                       // by index - 1: the entry first committed there
  ChunkedVector<CommitRun> commit_runs_;
  ChunkedVector<Leadership> leaderships_;                   // by term
  std::array<Term, max_nodes> leads_in_{};                  // by node: the term in which it leads now
};

}  // namespace raft::check
