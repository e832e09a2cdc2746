// Can the operations on one key be put in an order that explains every answer? The search of Wing and Gong
// (1993) with Lowe's memory of what was tried (2017), forward in time: it keeps every situation that the
// answers so far allow, and works only when an answer arrives.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "raft/core/command.h"

namespace raft::check {

/// How much work one key may cost. Counted in steps, never in time, so that the answer is the same everywhere.
struct SearchLimits {
  std::int64_t steps = 300'000;
  std::int64_t steps_per_operation = 1'000;  // more for every operation, so that a long history is no worse
  std::size_t narrow = 32;                   // situations that are kept from answer to answer: first so many,
  std::size_t wide = 8'192;                  // and if none of them goes on, from the beginning again with these
};

/// An operation as the search sees it. `answered`: its answer is known and will come at `deadline`;
/// otherwise it may take effect at any time after its call, or never.
struct RegisterOperation {
  std::int32_t id = -1;
  CommandKind kind = CommandKind::Read;
  Value value;
  Value expected;
  Value result;
  bool answered = false;
  std::int32_t deadline = INT32_MAX;
};

/// A set of places of open operations.
class OpenSet {
 public:
  static constexpr std::size_t size = 256;
  bool has(std::size_t i) const { return ((words_[i / 64] >> (i % 64)) & 1U) != 0; }
  void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  void remove(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
  bool includes(const OpenSet& other) const { return (other & *this) == other; }
  int count() const;
  /// The lowest place that is not in the set; `size` if there is none.
  std::size_t first_free() const;
  std::uint64_t word(std::size_t i) const { return words_[i]; }
  OpenSet operator&(const OpenSet& other) const;
  // clang-tidy 14 takes the 0 that a generated comparison is compared with for a pointer.
  friend auto operator<=>(const OpenSet&, const OpenSet&) = default;  // NOLINT(modernize-use-nullptr)

 private:
  std::array<std::uint64_t, size / 64> words_{};
};

/// A situation that the answers so far allow: what the key holds, and which of the open operations have
/// taken effect already.
struct Situation {
  Value held;
  OpenSet done;
  friend bool operator==(const Situation&, const Situation&) = default;
};

/// Room to work in, so that a search allocates next to nothing: may be shared by any number of searches.
class Scratch {
 public:
  void clear();
  /// False if it was there already.
  bool add(const Situation& situation);
  const std::vector<Situation>& all() const { return situations_; }
  std::vector<Situation> next;

 private:
  std::size_t place_for(const Situation& situation) const;
  void grow();

  std::vector<Situation> situations_;
  std::vector<std::uint32_t> table_;   // open addressing; position in situations_
  std::vector<std::uint32_t> filled_;  // in which round the place was taken
  std::uint32_t round_ = 0;
};

class RegisterSearch {
 public:
  /// This many operations may be open at once on one key, those without an answer among them.
  static constexpr std::size_t max_open = OpenSet::size;

  enum class Outcome : std::uint8_t {
    Fits,
    Stuck,    // no order explains the last answer
    TooMuch,  // more than max_open operations are open, the steps were not enough, or it is stuck after it
              // has given up situations: Fits is certain even then, for every situation stands for an order
  };

  /// Keeps up to `width` situations from answer to answer: those that use up the fewest unknown operations.
  RegisterSearch(Value first, const SearchLimits& limits, std::size_t width)
      : situations_{{first, {}}}, limits_(limits), width_(width) {}

  Outcome call(const RegisterOperation& operation);
  /// The answer to operation `id`, which was called as `answered`.
  Outcome answer(std::int32_t id, Scratch& scratch);

  Outcome outcome() const { return outcome_; }
  /// How often it was asked whether an operation could take effect in a situation.
  std::int64_t steps() const { return steps_; }

 private:
  struct Open {
    RegisterOperation operation;
    bool passive = false;  // answered in such a way that it changed nothing
    OpenSet twins;         // others that do the same and must be placed first,
    OpenSet equals;        // those among them that are unknown as this one is: it never comes before them
  };

  bool possible_at(std::size_t place, Value held, Value& then);
  bool worth_trying(std::size_t place, const Situation& in, Value then);
  bool wanted(Value held, const Situation& in);
  void find_targets();
  bool is_target(Value held) const;
  Situation absorb(Situation situation);
  void close(std::size_t place);
  void expand(const Situation& from, Scratch& scratch);
  void settle(std::size_t place, Scratch& scratch);
  void drop_dominated(std::vector<Situation>& situations);
  void drop_unlikely(std::vector<Situation>& situations);

  std::vector<Situation> situations_;
  std::vector<Open> open_;  // by place
  // The places in use, in order of call: all of them, the passive ones, the others, and all but the writes.
  std::vector<std::uint16_t> places_;
  std::vector<std::uint16_t> passive_;
  std::vector<std::uint16_t> active_;
  std::vector<std::uint16_t> observers_;
  // From which values the answered observers can be reached, by unknown operations if need be: these, and
  // what so many unknown increments make one of these.
  std::vector<Value> targets_;
  std::int64_t unknown_increments_ = 0;
  OpenSet used_;
  OpenSet answered_;  // places whose operation will be answered
  std::int64_t steps_ = 0;
  SearchLimits limits_;
  std::size_t width_;
  bool gave_up_some_ = false;
  Outcome outcome_ = Outcome::Fits;
};

/// What the operation does to a key that holds `held`: false if its answer says otherwise.
bool takes_effect(const RegisterOperation& operation, Value held, Value& then);

}  // namespace raft::check
