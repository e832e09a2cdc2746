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

/// Handles `input` completely. Same node, settings and input: same result. `effects` is cleared first; it is passed in
/// so that its buffers are used again. In every state every input has a defined result, also with rules switched off, that
/// keeps to these bounds, which are asserted:
/// - `node` has been made by make_node(), and changed by step() and by what reads back what it made;
/// - Receive has a message and Propose a command, neither of them inside `effects`; an InstallSnapshot has its content;
/// - terms, indexes, rounds and the numbers of chunks, of the node and of the message, are from 0 to less than max_count, and
///   a local time is from 0 to max_local_time;
/// - settings.batch is not negative.
void step(NodeState& node, const CoreSettings& settings, const Input& input, Effects& effects);

}  // namespace raft
