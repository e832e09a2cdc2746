// How the search goes on from answer to answer, and why what it leaves out cannot matter.
#include "raft/check/register_search.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace raft::check {

namespace {

/// So many situations are looked at for one answer, for each that may be kept.
constexpr std::size_t closure_per_width = 8;

bool same_command(const RegisterOperation& a, const RegisterOperation& b) {
  return a.kind == b.kind && a.value == b.value && a.expected == b.expected;
}

/// Answered in such a way that, wherever it took effect, the key held the same before and after.
bool is_passive(const RegisterOperation& operation) {
  if (!operation.answered) return false;
  switch (operation.kind) {
    case CommandKind::Noop:
    case CommandKind::OpenSession:
    case CommandKind::ExpireSession:
    case CommandKind::Configure:
    case CommandKind::Read: return true;
    case CommandKind::Write: return false;
    case CommandKind::CompareAndSet:
      return operation.result == Value::number(0) || operation.value == operation.expected;
    case CommandKind::Increment: return operation.result.kind() == Value::Kind::Text;
  }
  return false;
}

}  // namespace

// The meaning of the commands, said a second time (the first is in raft/core/commit.cpp): an oracle that
// shared that code would share its mistakes.
bool takes_effect(const RegisterOperation& operation, Value held, Value& then) {
  then = held;
  Value result;
  switch (operation.kind) {
    case CommandKind::Noop:
    case CommandKind::OpenSession:
    case CommandKind::ExpireSession:
    case CommandKind::Configure: return true;  // they touch no key
    case CommandKind::Read: result = held; break;
    case CommandKind::Write:
      then = operation.value;
      return true;  // what a write answers tells nothing
    case CommandKind::CompareAndSet:
      if (held == operation.expected) then = operation.value;
      result = Value::number(held == operation.expected ? 1 : 0);
      break;
    case CommandKind::Increment:
      if (held.kind() == Value::Kind::None) then = Value::number(1);
      if (held.kind() == Value::Kind::Number) then = Value::number(held.number() + 1);
      result = then;
      break;
  }
  return !operation.answered || operation.result == result;
}

RegisterSearch::Outcome RegisterSearch::call(const RegisterOperation& operation) {
  if (outcome_ != Outcome::Fits) return outcome_;
  const std::size_t free = used_.first_free();
  if (free == max_open) return outcome_ = Outcome::TooMuch;
  const auto place = static_cast<std::uint16_t>(free);
  if (place == open_.size()) open_.emplace_back();
  Open& open = open_[place];
  open = {operation, is_passive(operation), {}, {}};
  // Of operations that do the same, the one that must be placed first is placed first.
  for (const std::uint16_t other : places_) {
    if (!same_command(open_[other].operation, operation)) continue;
    if (open_[other].operation.deadline <= operation.deadline) {
      open.twins.add(other);
      if (!operation.answered && !open_[other].operation.answered) open.equals.add(other);
    } else {
      open_[other].twins.add(place);
    }
  }
  used_.add(place);
  if (operation.answered) answered_.add(place);
  places_.push_back(place);
  (open.passive ? passive_ : active_).push_back(place);
  if (operation.kind != CommandKind::Write) observers_.push_back(place);
  limits_.steps += limits_.steps_per_operation;
  return outcome_;
}

void RegisterSearch::close(std::size_t place) {
  for (auto* list : {&places_, &passive_, &active_, &observers_}) std::erase(*list, place);
  for (const std::uint16_t other : places_) open_[other].twins.remove(place);
  used_.remove(place);
  answered_.remove(place);
}

bool RegisterSearch::possible_at(std::size_t place, Value held, Value& then) {
  ++steps_;
  return takes_effect(open_[place].operation, held, then);
}

/// Whoever changes nothing takes effect as early as it fits: waiting could gain it nothing.
Situation RegisterSearch::absorb(Situation situation) {
  for (const std::uint16_t place : passive_) {
    Value then;
    if (!situation.done.has(place) && possible_at(place, situation.held, then)) situation.done.add(place);
  }
  return situation;
}

/// An unknown operation is of use only on the way to an answer that shows it. Collected backwards from the open
/// answers; the cas that did not match are left to wanted(), for nearly every value suits them.
void RegisterSearch::find_targets() {
  targets_.clear();
  unknown_increments_ = 0;
  const auto add = [this](Value value) {
    if (std::find(targets_.begin(), targets_.end(), value) == targets_.end()) targets_.push_back(value);
  };
  for (const std::uint16_t place : observers_) {
    const RegisterOperation& operation = open_[place].operation;
    const Value result = operation.result;
    const bool counts = operation.kind == CommandKind::Increment;
    if (!operation.answered) {
      unknown_increments_ += counts ? 1 : 0;
    } else if (operation.kind == CommandKind::CompareAndSet) {
      if (result == Value::number(1)) add(operation.expected);
    } else if (counts && result.kind() == Value::Kind::Number) {
      add(Value::number(result.number() - 1));
      if (result == Value::number(1)) add(Value{});
    } else {
      add(result);
    }
  }
  for (std::size_t known = 0; known != targets_.size();) {
    known = targets_.size();
    for (const std::uint16_t place : observers_) {
      const RegisterOperation& operation = open_[place].operation;
      if (operation.answered || operation.kind != CommandKind::CompareAndSet) continue;
      ++steps_;
      if (is_target(operation.value)) add(operation.expected);
    }
  }
}

bool RegisterSearch::is_target(Value held) const {
  if (held.kind() == Value::Kind::Text) return std::find(targets_.begin(), targets_.end(), held) != targets_.end();
  const std::int64_t lowest = held.kind() == Value::Kind::Number ? held.number() : 0;
  return std::any_of(targets_.begin(), targets_.end(), [&](Value target) {
    if (target == held) return true;
    if (target.kind() != Value::Kind::Number) return false;
    return target.number() > lowest && target.number() - lowest <= unknown_increments_;
  });
}

/// Would anybody who was answered notice that the key held this?
bool RegisterSearch::wanted(Value held, const Situation& in) {
  if (is_target(held)) return true;
  for (const std::uint16_t place : passive_) {
    if (open_[place].operation.kind != CommandKind::CompareAndSet || in.done.has(place)) continue;
    Value then;
    if (possible_at(place, held, then)) return true;
  }
  return false;
}

bool RegisterSearch::worth_trying(std::size_t place, const Situation& in, Value then) {
  const Open& open = open_[place];
  if (!in.done.includes(open.twins)) {
    for (const std::uint16_t other : active_) {
      Value same;
      if (open.twins.has(other) && !in.done.has(other) && possible_at(other, in.held, same)) return false;
    }
  }
  if (open.operation.answered) return true;
  // Nobody sees what an unknown operation did before a write, or last of all: then it may as well be left out.
  return !(then == in.held) && wanted(then, in);
}

void RegisterSearch::expand(const Situation& from, Scratch& scratch) {
  for (const std::uint16_t place : active_) {
    if (from.done.has(place) || !from.done.includes(open_[place].equals)) continue;
    Value then;
    if (!possible_at(place, from.held, then) || !worth_trying(place, from, then)) continue;
    Situation next{then, from.done};
    next.done.add(place);
    scratch.add(absorb(next));
  }
}

/// Every situation in which the operation at `place` has taken effect, reached with as little else as possible.
void RegisterSearch::settle(std::size_t place, Scratch& scratch) {
  scratch.clear();
  scratch.next.clear();
  find_targets();
  for (const Situation& situation : situations_) scratch.add(absorb(situation));
  const std::size_t most = closure_per_width * width_;
  for (std::size_t i = 0; i < scratch.all().size(); ++i) {
    if (i == most) {
      gave_up_some_ = true;
      return;
    }
    const Situation situation = scratch.all()[i];
    if (situation.done.has(place)) {
      scratch.next.push_back(situation);
      continue;
    }
    expand(situation, scratch);
    if (steps_ > limits_.steps) {
      outcome_ = Outcome::TooMuch;
      return;
    }
  }
}

/// Of two situations that differ only in operations that need not have happened, the one in which fewer of
/// them are used up can do whatever the other can.
void RegisterSearch::drop_dominated(std::vector<Situation>& situations) {
  if (situations.size() < 2) return;
  const auto key = [this](const Situation& s) { return std::make_tuple(s.held.bits(), s.done & answered_); };
  const auto rank = [&](const Situation& s) { return std::make_tuple(key(s), s.done.count(), s.done); };
  std::sort(situations.begin(), situations.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  std::size_t kept = 0;
  std::size_t group = 0;  // where those begin that have the key of the last one kept
  for (const Situation& situation : situations) {
    if (kept > 0 && key(situations[group]) != key(situation)) group = kept;
    bool dominated = false;
    for (std::size_t i = group; i < kept && !dominated && steps_ <= limits_.steps; ++i) {
      ++steps_;
      dominated = situation.done.includes(situations[i].done);
    }
    if (!dominated) situations[kept++] = situation;
  }
  situations.resize(kept);
}

void RegisterSearch::drop_unlikely(std::vector<Situation>& situations) {
  if (situations.size() <= width_) return;
  gave_up_some_ = true;
  const auto used_up = [this](const Situation& s) { return s.done.count() - (s.done & answered_).count(); };
  std::stable_sort(situations.begin(), situations.end(),
                   [&](const Situation& a, const Situation& b) { return used_up(a) < used_up(b); });
  situations.resize(width_);
}

RegisterSearch::Outcome RegisterSearch::answer(std::int32_t id, Scratch& scratch) {
  if (outcome_ != Outcome::Fits) return outcome_;
  const auto found = std::find_if(places_.begin(), places_.end(), [&](std::uint16_t place) {
    return open_[place].operation.id == id && open_[place].operation.answered;
  });
  assert(found != places_.end());
  const std::size_t place = *found;
  settle(place, scratch);
  if (outcome_ != Outcome::Fits) return outcome_;
  if (scratch.next.empty()) return outcome_ = gave_up_some_ ? Outcome::TooMuch : Outcome::Stuck;
  for (Situation& situation : scratch.next) situation.done.remove(place);
  drop_dominated(scratch.next);
  drop_unlikely(scratch.next);
  situations_ = scratch.next;
  close(place);
  return outcome_;
}

}  // namespace raft::check
