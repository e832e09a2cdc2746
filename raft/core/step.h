// The only entry of the core: one input, one node, what follows from it.
#pragma once

#include <optional>

#include "raft/core/effects.h"
#include "raft/core/input.h"
#include "raft/core/node_state.h"

namespace raft {

/// A node as it is before its first start: term 0, no vote, empty log.
NodeState make_node(NodeId id, const Configuration& configuration);

/// Why this node, as leader, would not begin a change of members now; nullopt if it would (dissertation 4.1).
std::optional<Reason> change_refusal(const NodeState& node, const CoreSettings& settings);

/// Handles `input` completely. Same node, settings and input: same result. Every input in every state has
/// a defined result. `effects` is cleared first; it is passed in so that its buffers are used again.
void step(NodeState& node, const CoreSettings& settings, const Input& input, Effects& effects);

}  // namespace raft
