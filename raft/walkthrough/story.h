// What a condition may ask about the way a run has come, and the world itself no longer shows: who led
// which term, and what was decided in this step.
#pragma once

#include <array>
#include <bitset>
#include <utility>
#include <vector>

#include "raft/core/reason.h"
#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::walkthrough {

class Story {
 public:
  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event);
  void begin_step() { decided_ = {}; }

  /// The first that led the term; no_node while nobody has.
  NodeId leader_in_term(Term term) const;
  bool happened(ReasonCode reason, NodeId node) const {
    return decided_[index_of(node)][static_cast<std::size_t>(reason)];
  }

 private:
  std::vector<std::pair<Term, NodeId>> leaders_;  // sorted by term
  std::array<std::bitset<reason_count>, max_nodes> decided_{};
};

}  // namespace raft::walkthrough
