// What may never be broken, as one list, and what was. How each is checked is in safety.cpp (the five of
// Figure 3), transitions.cpp and liveness.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::check {

// PROPERTY(enumerator, name, section, what it promises)
#define RAFT_PROPERTIES(PROPERTY)                                                                                      \
  PROPERTY(ElectionSafety, "Election Safety", "5.2", "at most one leader can be elected in a given term")              \
  PROPERTY(LeaderAppendOnly, "Leader Append-Only", "5.3", "a leader never overwrites or deletes entries in its log")   \
  PROPERTY(LogMatching, "Log Matching", "5.3",                                                                         \
           "logs with an entry of the same index and term are identical up to there")                                  \
  PROPERTY(LeaderCompleteness, "Leader Completeness", "5.4",                                                           \
           "a committed entry is present in the logs of the leaders of all higher terms")                              \
  PROPERTY(StateMachineSafety, "State Machine Safety", "5.4.3", "no two nodes apply different entries at an index")    \
  PROPERTY(TermMonotonicity, "Term Monotonicity", "5.1", "a term only grows, and no entry is of a later one")          \
  PROPERTY(VoteStability, "Vote Stability", "5.2", "a vote never changes within a term, not even by a crash")          \
  PROPERTY(CommitMonotonicity, "Commit Monotonicity", "5.3",                                                           \
           "commit index and last applied only grow until the node crashes")                                           \
  PROPERTY(IndexBounds, "Index Bounds", "5.3",                                                                         \
           "applied <= commit <= last index; match < next <= last index + 1 for every follower")                       \
  PROPERTY(ConfigurationOrder, "Configuration Order", "6",                                                             \
           "a node uses the latest configuration of its log; each committed one is one step from the one before")      \
  PROPERTY(RoleTransitions, "Role Transitions", "5.1", "roles change only as in Figure 4")                             \
  PROPERTY(Liveness, "Liveness", "5.6",                                                                                \
           "once faults have stopped, a majority elects a leader and commits within a bound")

enum class Property : std::uint8_t {
#define RAFT_PROPERTY_ENUMERATOR(enumerator, name, section, promise) enumerator,
  RAFT_PROPERTIES(RAFT_PROPERTY_ENUMERATOR)
#undef RAFT_PROPERTY_ENUMERATOR
};

struct PropertyInfo {
  Property property;
  const char* name;
  const char* section;
  const char* promise;
};

inline constexpr auto property_table = std::to_array<PropertyInfo>({
#define RAFT_PROPERTY_ROW(enumerator, name, section, promise) {Property::enumerator, name, section, promise},
    RAFT_PROPERTIES(RAFT_PROPERTY_ROW)
#undef RAFT_PROPERTY_ROW
});

/// The first of them: the five of Figure 3.
inline constexpr std::size_t property_count = 5;

constexpr bool is_of_figure_3(Property property) { return static_cast<std::size_t>(property) < property_count; }

/// As in Figure 3: "Election Safety", …
constexpr const char* property_name(Property property) {
  return property_table[static_cast<std::size_t>(property)].name;
}

struct Violation {
  Property property{};
  std::int64_t event = 0;  // after which it was found
  NodeId node = no_node;   // the node that broke it
  NodeId other = no_node;  // the node it disagrees with, where there is one
  Term term = 0;
  EntryId entry{};           // the entry in question, where there is one
  const char* detail = "";   // which half of the promise, where it has several
};

/// In the order in which they were found. A broken run breaks on and on: of each property only the first are kept, and
/// the first again after every rule came on again, so that it is known whether it has been broken since.
class Violations {
 public:
  static constexpr std::int32_t max_each = 100;

  /// Call once for every event, before what it breaks is added.
  void observe(const Rules& rules) {
    const bool held = rules_held_;
    rules_held_ = rules.all_on();
    if (rules_held_ && !held) found_ = {};
  }
  void add(const Violation& violation) {
    std::int32_t& found = found_[static_cast<std::size_t>(violation.property)];
    if (found >= max_each) return;
    ++found;
    all_.push_back(violation);
  }
  const std::vector<Violation>& all() const { return all_; }
  bool broken(Property property) const {
    return std::any_of(all_.begin(), all_.end(), [property](const Violation& one) { return one.property == property; });
  }

 private:
  std::vector<Violation> all_;
  std::array<std::int32_t, property_table.size()> found_{};  // since every rule came on again
  bool rules_held_ = true;
};

/// Whose state an event may have changed.
NodeSet changed_nodes(const sim::Event& event);

/// Their names, as property_table has them.
std::vector<std::string> names_of(const std::vector<Property>& properties);

}  // namespace raft::check
