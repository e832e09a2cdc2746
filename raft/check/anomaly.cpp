// From a search that got stuck to the operations that a person should look at.
#include <algorithm>

#include "raft/check/linearizable.h"

namespace raft::check {

namespace {

using Outcome = RegisterSearch::Outcome;

/// One key's part of a history.
struct Part {
  const History& history;
  const std::vector<std::int32_t>& moments;
  const SearchLimits& limits;

  const Moment& moment(std::size_t at) const { return history.moment(static_cast<std::size_t>(moments[at])); }
  const Operation& operation(std::size_t at) const { return history.operation(moment(at).operation); }
  /// Is this the last end of its operation?
  bool ends(std::size_t at) const { return operation(at).end_moment == moments[at]; }
};

/// What a search makes of the moments `first` to `last` for one who does not know what comes after.
RegisterSearch searched(const Part& part, RegisterSearch search, std::size_t first, std::size_t last,
                        Scratch& scratch) {
  for (std::size_t i = first; i <= last && search.outcome() == Outcome::Fits; ++i) {
    feed(search, part.history, part.moments[i], part.moments[last], scratch);
  }
  return search;
}

Value incremented(Value value) {
  if (value.kind() == Value::Kind::Text) return value;
  return Value::number(value.kind() == Value::Kind::Number ? value.number() + 1 : 1);
}

std::size_t call_of(const Part& part, OperationId operation) {
  std::size_t at = 0;
  while (part.moment(at).operation != operation) ++at;
  return at;
}

/// Open at the same time as the operation that is called at `call` and ends at `last`, and of consequence.
std::vector<OperationId> concurrent_with(const Part& part, std::size_t call, std::size_t last) {
  std::vector<OperationId> concurrent;
  for (std::size_t i = 0; i < last; ++i) {
    const Operation& other = part.operation(i);
    if (part.moment(i).kind != Moment::Kind::Call || i == call) continue;
    const bool ended = other.end_moment >= 0 && other.end_moment <= part.moments[last];
    const bool over = ended && other.end_moment < part.moments[call];
    if (over && other.status != OperationStatus::Unknown) continue;
    if (ended && other.status == OperationStatus::Refused) continue;
    const bool answered = ended && is_answered(other.status);
    if (!answered && other.command.kind == CommandKind::Read) continue;
    concurrent.push_back(part.moment(i).operation);
  }
  return concurrent;
}

/// The last certain change of the key that was answered before `call`.
OperationId change_before(const Part& part, std::size_t call) {
  for (std::size_t i = call; i-- > 0;) {
    const Operation& operation = part.operation(i);
    const bool changed = operation.status == OperationStatus::Ok && operation.command.kind != CommandKind::Read;
    if (changed && part.ends(i)) return part.moment(i).operation;
  }
  return no_operation;
}

constexpr std::size_t most_values = 64;

/// What the key may have held before `last`: the latest values that somebody wrote or saw, and what increments
/// without an answer may have made of them.
std::vector<Value> imaginable_values(const Part& part, std::size_t last) {
  std::vector<Value> values;
  const auto add = [&values](Value value) {
    if (values.size() < most_values && std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(value);
    }
  };
  std::size_t increments = 0;
  for (std::size_t i = last; i-- > 0;) {
    if (part.moment(i).kind != Moment::Kind::Call) continue;
    const Operation& operation = part.operation(i);
    const CommandKind kind = operation.command.kind;
    const bool answered = is_answered(operation.status) && operation.end_moment < part.moments[last];
    if (kind == CommandKind::Write || kind == CommandKind::CompareAndSet) add(operation.command.value);
    if (kind == CommandKind::Increment && !answered) ++increments;
    if (kind != CommandKind::CompareAndSet && answered) add(operation.result);
  }
  add(part.history.first_value(part.operation(last).command.key));
  for (; increments > 0 && values.size() < most_values; --increments) {
    for (std::size_t i = values.size(); i-- > 0;) add(incremented(values[i]));
  }
  return values;
}

/// What an operation of that kind could be answered, in order: none, numbers, texts.
std::vector<Value> imaginable_answers(const Part& part, std::size_t last) {
  const CommandKind kind = part.operation(last).command.kind;
  if (kind == CommandKind::CompareAndSet) return {Value::number(0), Value::number(1)};
  std::vector<Value> answers = imaginable_values(part, last);
  if (kind == CommandKind::Increment) std::transform(answers.begin(), answers.end(), answers.begin(), incremented);
  const auto in_order = [](Value a, Value b) {
    return a.kind() != b.kind() ? a.kind() < b.kind() : a.bits() < b.bits();
  };
  std::sort(answers.begin(), answers.end(), in_order);
  answers.erase(std::unique(answers.begin(), answers.end()), answers.end());
  return answers;
}

/// The answers with which the story would have gone on. The search goes to the call once, and on from there
/// with each of them.
std::vector<Value> fitting_answers(const Part& part, std::size_t call, std::size_t last, Scratch& scratch) {
  const Operation& operation = part.operation(last);
  std::vector<Value> fitting;
  if (!is_answered(operation.status)) return fitting;
  RegisterSearch before(part.history.first_value(operation.command.key), part.limits, part.limits.wide);
  for (std::size_t i = 0; i < call; ++i) feed(before, part.history, part.moments[i], part.moments[last], scratch);
  for (const Value answer : imaginable_answers(part, last)) {
    RegisterOperation other{.id = part.moment(last).operation,
                            .kind = operation.command.kind,
                            .value = operation.command.value,
                            .expected = operation.command.expected,
                            .result = answer,
                            .answered = true,
                            .deadline = part.moments[last]};
    RegisterSearch search = before;
    search.call(other);
    search = searched(part, search, call + 1, last, scratch);
    if (search.outcome() == Outcome::Fits) fitting.push_back(answer);
  }
  return fitting;
}

}  // namespace

/// The search knew all answers beforehand, and may have got stuck at one because of a later one. The first end
/// from there on that cannot be explained without knowing the future is to blame.
Anomaly explain_anomaly(const History& history, const std::vector<std::int32_t>& moments, std::size_t stuck_at,
                        const SearchLimits& limits, std::size_t& shown_at) {
  const Part part{history, moments, limits};
  Scratch scratch;
  const SymbolId key = part.operation(stuck_at).command.key;
  const RegisterSearch fresh(history.first_value(key), limits, limits.wide);
  std::size_t last = stuck_at;
  while (last < moments.size() &&
         (!part.ends(last) || searched(part, fresh, 0, last, scratch).outcome() != Outcome::Stuck)) {
    ++last;
  }
  if (last == moments.size()) last = stuck_at;  // without knowing the future it was too much work
  shown_at = last;
  const OperationId operation = part.moment(last).operation;
  const std::size_t call = call_of(part, operation);
  return {.key = key,
          .operation = operation,
          .concurrent = concurrent_with(part, call, last),
          .preceded_by = change_before(part, call),
          .fitting = fitting_answers(part, call, last, scratch)};
}

}  // namespace raft::check
