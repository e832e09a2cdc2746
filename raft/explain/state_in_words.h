// The whole state in lines of text: the text twin of the window.
#pragma once

#include <string>

#include "raft/check/oracles.h"
#include "raft/explain/explain.h"

namespace raft::explain {

/// For a reader who does not see the window: the cluster, every node, messages, links, clients, rules that are off, what is
/// broken, and what happens next.
std::string state_in_words(const Words& words, const sim::World& world, const check::Oracles& oracles);

}  // namespace raft::explain
