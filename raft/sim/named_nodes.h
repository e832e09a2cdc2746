// Which nodes an act names by number. A node that joins later is named by its name, and has no number yet.
#pragma once

#include "raft/sim/intervention.h"

namespace raft::sim {

NodeSet named_nodes(const Intervention& what);

}  // namespace raft::sim
