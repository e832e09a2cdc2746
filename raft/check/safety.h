// The five properties of Figure 3, checked after every event of a run. Checks are incremental: the cost of
// one event does not grow with the log or the history.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "raft/core/chunked_vector.h"
#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::check {

enum class Property : std::uint8_t {
  ElectionSafety,
  LeaderAppendOnly,
  LogMatching,
  LeaderCompleteness,
  StateMachineSafety,
};
inline constexpr std::size_t property_count = 5;

/// As in Figure 3: "Election Safety", …
const char* property_name(Property property);

struct Violation {
  Property property{};
  std::int64_t event = 0;  // after which it was found
  NodeId node = no_node;   // the node that broke it
  NodeId other = no_node;  // the node it disagrees with, where there is one
  Term term = 0;
  EntryId entry;  // the entry in question, where there is one
};

class Safety {
 public:
  /// A run that starts from given states: their entries and commit indexes are what is known.
  explicit Safety(const sim::World& start);

  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event);

  const std::vector<Violation>& violations() const { return violations_; }
  bool broken(Property property) const;
  std::int64_t events_checked() const { return events_checked_; }

 private:
  // H4 fills this in.
  std::vector<Violation> violations_;
  std::int64_t events_checked_ = 0;
};

}  // namespace raft::check
