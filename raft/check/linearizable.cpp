// From a history to the searches on its keys, and from their outcomes to one answer.
#include "raft/check/linearizable.h"

#include <algorithm>
#include <utility>

namespace raft::check {

namespace {

using Outcome = RegisterSearch::Outcome;

constexpr std::int32_t no_horizon = INT32_MAX;

/// The operation as one who has seen the history up to moment `horizon` knows it.
RegisterOperation as_known(const Operation& operation, OperationId id, std::int32_t horizon) {
  RegisterOperation known;
  known.id = id;
  known.kind = operation.command.kind;
  known.value = operation.command.value;
  known.expected = operation.command.expected;
  known.answered = is_answered(operation.status) && operation.end_moment <= horizon;
  if (known.answered) {
    known.result = operation.result;
    known.deadline = operation.end_moment;
  }
  return known;
}

/// Certainly not applied, or without an answer and without an effect: nothing follows from it.
bool tells_nothing(const Operation& operation, const RegisterOperation& known, std::int32_t horizon) {
  if (operation.status == OperationStatus::Refused && operation.end_moment <= horizon) return true;
  if (known.answered) return false;
  return known.kind == CommandKind::Read || known.kind == CommandKind::Noop ||
         (known.kind == CommandKind::CompareAndSet && known.value == known.expected);
}

}  // namespace

void feed(RegisterSearch& search, const History& history, std::int32_t place, std::int32_t horizon,
          Scratch& scratch) {
  const Moment& moment = history.moment(static_cast<std::size_t>(place));
  const Operation& operation = history.operation(moment.operation);
  const RegisterOperation known = as_known(operation, moment.operation, horizon);
  if (moment.kind == Moment::Kind::Call && !tells_nothing(operation, known, horizon)) search.call(known);
  if (moment.kind == Moment::Kind::End && known.answered && operation.end_moment == place) {
    search.answer(moment.operation, scratch);
  }
}

const Linearizability& LinearizabilityChecker::check(const History& history) {
  const std::size_t size = history.moments().size();
  const bool continues = seen_ <= size && (seen_ == 0 || history.moment(seen_ - 1).digest == digest_);
  if (continues && seen_ == size) return result_;
  if (!continues) {
    keys_.clear();
    key_index_.clear();
    seen_ = 0;
  }
  take_in(history);
  for (Key& key : keys_) {
    if (key.changed) check_key(history, key);
  }
  sum_up();
  return result_;
}

void LinearizabilityChecker::take_in(const History& history) {
  for (; seen_ < history.moments().size(); ++seen_) {
    const Moment& moment = history.moment(seen_);
    Key& key = key_of(history, history.operation(moment.operation).command.key);
    key.moments.push_back(static_cast<std::int32_t>(seen_));
    key.changed = true;
    if (moment.kind != Moment::Kind::Again) continue;
    // What was settled for one that had ended is no longer: it may be answered yet.
    start_over(key, false);
  }
  digest_ = seen_ == 0 ? 0 : history.moment(seen_ - 1).digest;
}

LinearizabilityChecker::Key& LinearizabilityChecker::key_of(const History& history, SymbolId symbol) {
  const auto number = static_cast<std::size_t>(symbol);
  if (number >= key_index_.size()) key_index_.resize(number + 1, -1);
  if (key_index_[number] < 0) {
    key_index_[number] = static_cast<std::int32_t>(keys_.size());
    const Value first = history.first_value(symbol);
    keys_.push_back({.key = symbol,
                     .first = first,
                     .moments = {},
                     .search = RegisterSearch(first, limits_, limits_.narrow),
                     .anomaly = {}});
  }
  return keys_[static_cast<std::size_t>(key_index_[number])];
}

void LinearizabilityChecker::start_over(Key& key, bool wide) const {
  key.search = RegisterSearch(key.first, limits_, wide ? limits_.wide : limits_.narrow);
  key.settled = 0;
  key.is_wide = wide;
}

/// Up to the first call of one that still waits, everything is known that will ever be known: the search goes
/// there once and stays.
void LinearizabilityChecker::settle(const History& history, Key& key) {
  const auto waits = [&history](std::int32_t place) {
    const OperationId id = history.moment(static_cast<std::size_t>(place)).operation;
    return history.operation(id).status == OperationStatus::Waiting;
  };
  while (key.settled < key.moments.size() && key.search.outcome() == Outcome::Fits) {
    if (waits(key.moments[key.settled])) return;
    feed(key.search, history, key.moments[key.settled], no_horizon, scratch_);
    ++key.settled;
  }
}

/// From where `key` is settled a copy of the search goes on.
RegisterSearch LinearizabilityChecker::search_to_end(const History& history, const Key& key, std::size_t& at) {
  RegisterSearch search = key.search;
  for (at = key.settled; at < key.moments.size() && search.outcome() == Outcome::Fits; ++at) {
    feed(search, history, key.moments[at], no_horizon, scratch_);
  }
  return search;
}

void LinearizabilityChecker::check_key(const History& history, Key& key) {
  key.changed = false;
  key.anomaly.reset();
  std::size_t at = 0;
  settle(history, key);
  if (key.search.outcome() == Outcome::TooMuch && !key.is_wide) {
    start_over(key, true);
    settle(history, key);
  }
  RegisterSearch search = search_to_end(history, key, at);
  if (search.outcome() == Outcome::TooMuch && !key.is_wide) {
    // Where nothing is settled yet the narrow search may do in the end: the wide one is for this time only.
    Key wide = key;
    start_over(wide, true);
    search = search_to_end(history, wide, at);
  }
  key.outcome = search.outcome();
  key.steps = search.steps();
  if (key.outcome != Outcome::Stuck) return;
  std::size_t shown_at = at - 1;
  key.anomaly = explain_anomaly(history, key.moments, at - 1, limits_, shown_at);
  key.shown_at = key.moments[shown_at];
}

void LinearizabilityChecker::sum_up() {
  result_ = {};
  std::vector<std::pair<std::int32_t, const Anomaly*>> shown;
  for (const Key& key : keys_) {
    result_.steps += key.steps;
    if (key.outcome == Outcome::TooMuch && result_.undecided_key == no_symbol) result_.undecided_key = key.key;
    if (key.anomaly) shown.emplace_back(key.shown_at, &*key.anomaly);
  }
  std::sort(shown.begin(), shown.end());
  for (const auto& [at, anomaly] : shown) result_.anomalies.push_back(*anomaly);
  if (!shown.empty()) {
    result_.answer = Answer::No;
    result_.undecided_key = no_symbol;
  } else if (result_.undecided_key != no_symbol) {
    result_.answer = Answer::Undecided;
  }
}

Linearizability check_linearizable(const History& history, const SearchLimits& limits) {
  return LinearizabilityChecker(limits).check(history);
}

}  // namespace raft::check
