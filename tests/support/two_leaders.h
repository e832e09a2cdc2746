// Election Safety broken in few words: without a majority A makes itself the leader of term 1, and then the others elect
// B for the same term. That is broken by the event that makes B the leader, whether the rule is on by then or not.
#pragma once

#include <vector>

#include "raft/sim/intervention.h"
#include "tests/support/nodes.h"

namespace raft::test {

inline std::vector<sim::Intervention> a_leads_alone() {
  return {sim::ChangeRule{Rule::MajorityNeeded, false}, sim::Isolate{set_of({A})}, sim::FireElectionTimer{A}};
}
inline sim::Intervention majority_needed_again() { return sim::ChangeRule{Rule::MajorityNeeded, true}; }
inline sim::Intervention b_stands() { return sim::FireElectionTimer{B}; }

}  // namespace raft::test
