// All that can happen next in a state: one successor per step and, where the network is too full, per choice of
// what is lost. Nothing here remembers which states have been seen.
//
// Steps are taken in the order of their terms: the term of a step is that of its node after it. What a step depends
// on, the step before it on its node and the sending of its message, never has a higher term. So whatever can happen
// can happen in this order too, in as many steps; and once a step of a term was taken, none of a lower term is
// (Past::level). Only a stale message is longer on its way than it would need to be.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "raft/search/bounds.h"
#include "raft/search/frontier.h"
#include "raft/search/interner.h"
#include "raft/search/moves.h"
#include "raft/search/past.h"
#include "raft/search/relevance.h"
#include "raft/search/start.h"

namespace raft::search {

/// A step in short: what to `describe`.
struct StepCode {
  StepKind kind{};
  std::uint8_t node = 0;
  CommandNumber command = 0;
  Interner::Id message = 0;
};

struct Successor {
  State state;
  std::uint64_t fingerprint = 0;
  StepCode step;
};

class Successors {
 public:
  /// Requires !refusal(options).
  explicit Successors(const Options& options);
  Successors(const Successors&) = delete;  // its parts refer to each other
  Successors& operator=(const Successors&) = delete;

  const State& first() const { return first_; }
  /// Those of `state`, in a fixed order. They end at the first step that breaks a property: see violation().
  const std::vector<Successor>& of(const State& state);
  const std::optional<check::Violation>& violation() const { return violation_; }
  /// The step that broke it.
  const StepCode& violating_step() const { return step_; }

  /// The same for every state of an orbit: the least sum, over all renamings, of the hashes of the parts.
  std::uint64_t fingerprint(const State& state);
  /// How many states differ from this one only by a renaming.
  std::int64_t orbit_size(const State& state);

  const Commands& commands() const { return start_.commands; }
  Step describe(const StepCode& code) const;
  std::size_t node_states() const { return node_ids_.size(); }
  std::size_t core_steps() const { return moves_.size(); }
  std::uint64_t memory() const;

 private:
  static constexpr int no_place = -1;
  using Candidates = std::vector<Interner::Id>;

  /// What is known of a past without decoding it.
  struct PastFacts {
    std::uint8_t entries = 0;
    std::uint8_t crashes = 0;
    std::uint8_t duplicates = 0;
    std::uint8_t changes = 0;
    std::uint8_t level = 0;
    Term keeps_up_to = 0;
  };

  Interner::Id intern(const Past& past);
  NodeView node(Interner::Id id) const { return {node_ids_.view(id)}; }
  MessageView message(Interner::Id id) const { return {message_ids_.view(id)}; }
  bool is_copy(std::size_t place) const;

  bool restart_what_crashed();
  void deliver_messages();
  void duplicate_messages();
  void let_node_act(std::size_t index);
  void write_to(std::size_t index);
  void change_members(std::size_t index);
  bool is_current_leader(std::size_t index) const;
  void crash(std::size_t index);
  void step_node(StepKind kind, std::size_t index, const Move& move, int received = no_place);
  bool breaks(std::size_t index, const Move& move);
  void renew_past(const Move& move);
  void raise_level(Term level);
  Interner::Id retired(Interner::Id id);
  void forget_past();
  void gather_messages(std::size_t changed, const Move& move, int received);
  bool can_matter(Interner::Id id) const;
  void put_in_flight();
  void lose_surplus();
  void emit();

  using Sums = std::vector<std::uint64_t>;  // by renaming
  void add(const std::uint64_t* hashes, Sums& sums) const;
  void sum_nodes(const State& state, Sums& sums) const;
  void add_messages(const State& state, Sums& sums) const;
  static std::uint64_t least(const Sums& sums);

  Bounds bounds_;
  std::size_t nodes_;
  Term last_term_;
  bool order_by_term_;
  bool names_by_place_;  // see number_of_next_command in successors.cpp
  Historian historian_;
  Relevance relevance_;
  Start start_;
  Interner node_ids_;
  Interner message_ids_;
  Interner past_ids_;
  Moves moves_;
  std::vector<PastFacts> past_facts_;
  IdMap forgotten_;
  std::vector<Interner::Id> retired_;  // by node id
  State first_;

  // The step under way.
  State state_;   // before
  State next_;    // after
  StepCode step_;
  std::array<NodeView, max_explored_nodes> views_{};  // of next_
  Past past_;
  Candidates candidates_;
  std::vector<Successor> found_;
  std::optional<check::Violation> violation_;
  Sums sums_;
  Sums sums_without_messages_;  // of next_
  Bytes bytes_;
};

}  // namespace raft::search
