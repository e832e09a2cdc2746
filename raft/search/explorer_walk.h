// A counterexample as a walkthrough: plain steps, one for each thing that happens, to be read and edited by a person.
#pragma once

#include <string>

#include "raft/search/bounds.h"

namespace raft::search {

/// Whether the start is one that Raft could never reach; the walkthrough then says so.
enum class Given : std::uint8_t { Reachable, Impossible };

/// In the canonical form. No time passes in it: whatever arrives is delivered by hand, and the clock is slow enough
/// to look at it for an hour. It ends by expecting the violation and what the nodes have come to.
std::string walkthrough_of(const Counterexample& counterexample, Given given = Given::Reachable);

/// Leader Completeness, broken by C in term 4 at entry 2^2
std::string violation_text(const Counterexample& counterexample);

/// What the rules that are off are called: commit_only_current_term; "violation" if all are on.
std::string name_of(const Rules& rules);

}  // namespace raft::search
