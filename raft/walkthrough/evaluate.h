// Is a condition true of a world, and if not, which part of it is false and what is so instead.
#pragma once

#include <string>

#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/sim/world.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/story.h"

namespace raft::walkthrough {

/// All that a condition can look at. The caller keeps it alive.
struct Facts {
  const sim::World& world;
  sim::Time clock;  // between two events; from world.now on
  const Story& story;
  const check::Oracles& oracles;
  const check::History& history;
  check::LinearizabilityChecker& linearizability;  // works only when it is asked
};

bool holds(const Expression& condition, const Facts& facts);
/// The nodes for which a condition about a variable holds (`answer which n: …`).
NodeSet nodes_for_which(const Expression& condition, const Facts& facts);

/// Of a condition that does not hold: the place of the part that fails, and both sides of
/// "expected term A = 1, but it is 2".
struct Failing {
  int column = 0;
  std::string expected;
  std::string but;
};
Failing failing_part(const Expression& condition, const Facts& facts);

}  // namespace raft::walkthrough
