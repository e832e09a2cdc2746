// All that is checked after every event of a run, as one value: safety.h, transitions.h, liveness.h. What the clients
// saw is checked when somebody asks (linearizable.h).
#pragma once

#include "raft/check/liveness.h"
#include "raft/check/safety.h"
#include "raft/check/transitions.h"

namespace raft::check {

class Oracles {
 public:
  explicit Oracles(const sim::World& start)
      : safety_(start), transitions_(start), liveness_(start), rules_held_(start.settings.core.rules.all_on()) {}

  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event) {
    safety_.observe(after, event);
    transitions_.observe(after, event);
    liveness_.observe(after, event);
    rules_held_ = rules_held_ && after.settings.core.rules.all_on();
    take_over(safety_.violations(), from_safety_);
    take_over(transitions_.violations(), from_transitions_);
    take_over(liveness_.violations(), from_liveness_);
  }

  /// Of all oracles, in the order in which they were found.
  const std::vector<Violation>& violations() const { return violations_; }
  bool broken(Property property) const {
    return safety_.broken(property) || transitions_.broken(property) || liveness_.broken(property);
  }
  const Safety& safety() const { return safety_; }
  const Liveness& liveness() const { return liveness_; }

  /// Whether this violation means that something is wrong with the run. Once a rule has been switched off, a node may
  /// do what that rule forbids: then only the promises of Figure 3 count.
  bool counts(const Violation& violation) const { return rules_held_ || is_of_figure_3(violation.property); }

 private:
  void take_over(const std::vector<Violation>& found, std::size_t& taken) {
    for (; taken < found.size(); ++taken) violations_.push_back(found[taken]);
  }

  Safety safety_;
  Transitions transitions_;
  Liveness liveness_;
  bool rules_held_ = true;  // every rule was on all the time
  std::vector<Violation> violations_;
  std::size_t from_safety_ = 0;
  std::size_t from_transitions_ = 0;
  std::size_t from_liveness_ = 0;
};

/// Which properties were found broken after event `event`, each once: those that count, and those of `also`, of which
/// somebody has said that they may break.
std::vector<Property> broken_by(const Oracles& oracles, std::int64_t event, const std::vector<Property>& also);

}  // namespace raft::check
