// Liveness (§5.6): once faults have stopped, and as long as messages are much faster than election timeouts, a live
// majority elects a leader and commits what it is asked, within a bound. Safety never depends on time; this does.
#pragma once

#include "raft/check/property.h"

namespace raft::check {

/// How long it may take at most when the timing requirement is met; never: it is not met.
struct Patience {
  sim::Time leader = sim::never;    // until somebody leads
  sim::Time exchange = sim::never;  // until a follower has been heard, sent what it lacks, and heard again
};
/// For a group of live nodes that can all talk to each other; see liveness.cpp for how it follows from the settings.
Patience patience_of(const sim::World& world, NodeSet group);

/// The live nodes that can all talk to each other, to nobody else, and are a majority of every configuration that one
/// of them uses; empty while a fault is at work that may keep them from progress.
NodeSet live_majority(const sim::World& world);

/// A value with the manners of Safety. It judges only while nothing disturbs the run: loss, timers by hand, standing
/// drops, messages to be dropped next, and any command but those of clients begin the wait anew.
class Liveness {
 public:
  explicit Liveness(const sim::World& start) { begin(start); }

  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event);

  const std::vector<Violation>& violations() const { return violations_.all(); }
  bool broken(Property property) const { return violations_.broken(property); }

  /// Since when the conditions have held; never: they do not hold.
  sim::Time calm_since() const { return calm_since_; }
  /// By when there must be a leader or, where there is one, its next entry must be committed; never: nothing is due.
  sim::Time due_at() const { return due_at_; }

 private:
  void begin(const sim::World& world);
  void wait_for_leader(const sim::World& world);
  void wait_for_commit(const sim::World& world);
  void judge(const sim::World& world, const sim::Event& event);

  Violations violations_;
  NodeSet group_;
  Patience patience_;
  sim::Time calm_since_ = sim::never;
  sim::Time due_at_ = sim::never;
  NodeId leader_ = no_node;  // of the group
  Index committed_ = 0;      // by it, when the wait began
  bool next_rules_ = false;  // `drop next` and its kin still wait for their message
};

}  // namespace raft::check
