// Linearizable (Herlihy and Wing, 1990): every operation seems to take effect at one instant between its call
// and its answer. Checked key by key: a history is linearizable if its part on each key is.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "raft/check/history.h"
#include "raft/check/register_search.h"

namespace raft::check {

enum class Answer : std::uint8_t {
  Yes,
  No,
  Undecided,  // on some key too much was open for the limits of the search; no key says no
};

/// Why not: the shortest beginning of the history that no order explains ends with the end of `operation`.
struct Anomaly {
  SymbolId key = no_symbol;
  OperationId operation = no_operation;  // whose answer, or refusal, fits nowhere
  std::vector<OperationId> concurrent;   // on that key and open at the same time, in order of call
  /// The last one that was known to have changed the key before `operation` was called, if any: often what it
  /// should have seen.
  OperationId preceded_by = no_operation;
  /// The answers that would have fitted: none, then numbers, then texts. Of many values only the latest are tried.
  std::vector<Value> fitting;
};

struct Linearizability {
  Answer answer = Answer::Yes;
  std::vector<Anomaly> anomalies;       // with No: the first of each key that has one, in the order in which they show
  SymbolId undecided_key = no_symbol;   // with Undecided
  std::int64_t steps = 0;               // of work, over all keys
};

/// Of one run, asked again and again while its history grows: what is settled is not searched again, and an
/// unchanged history costs nothing. The answer depends on the history alone, never on when it was asked before;
/// a history that is no continuation of the last one is searched from its beginning.
class LinearizabilityChecker {
 public:
  explicit LinearizabilityChecker(const SearchLimits& limits = {}) : limits_(limits) {}

  const Linearizability& check(const History& history);

 private:
  struct Key {
    SymbolId key = no_symbol;
    Value first;
    std::vector<std::int32_t> moments;  // places in the history, of this key's operations
    std::size_t settled = 0;            // so many of them are behind `search` for good
    bool is_wide = false;               // the narrow search has failed among these already
    RegisterSearch search;
    bool changed = true;
    // the verdict as of the last check:
    RegisterSearch::Outcome outcome = RegisterSearch::Outcome::Fits;
    std::int64_t steps = 0;
    std::int32_t shown_at = 0;  // with an anomaly: the place in the history at which it shows
    std::optional<Anomaly> anomaly;
  };

  void take_in(const History& history);
  Key& key_of(const History& history, SymbolId symbol);
  void check_key(const History& history, Key& key);
  void start_over(Key& key, bool wide) const;
  void settle(const History& history, Key& key);
  RegisterSearch search_to_end(const History& history, const Key& key, std::size_t& at);
  void sum_up();

  SearchLimits limits_;
  std::vector<Key> keys_;                // in order of appearance
  std::vector<std::int32_t> key_index_;  // by symbol; -1: none
  std::size_t seen_ = 0;                 // moments
  std::uint64_t digest_ = 0;
  Scratch scratch_;
  Linearizability result_;
};

/// Feeds a search with one moment of the history, as one knows it who has seen it up to moment `horizon`.
void feed(RegisterSearch& search, const History& history, std::int32_t place, std::int32_t horizon, Scratch& scratch);

/// Whom to blame when a search that knew all answers got stuck at moments[stuck_at]. `shown_at`: at which of
/// the moments it shows.
Anomaly explain_anomaly(const History& history, const std::vector<std::int32_t>& moments, std::size_t stuck_at,
                        const SearchLimits& limits, std::size_t& shown_at);

/// The same, asked once.
Linearizability check_linearizable(const History& history, const SearchLimits& limits = {});

}  // namespace raft::check
