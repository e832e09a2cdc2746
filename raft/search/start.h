// The state that a search starts from, and the renamings of nodes under which it stays what it is.
#pragma once

#include "raft/search/bounds.h"
#include "raft/search/interner.h"
#include "raft/search/past.h"
#include "raft/sim/world.h"

namespace raft::search {

/// The longest log that the bounds allow.
Index longest_log(const Options& options);

/// Terms end here: the highest at the start and Bounds::terms.
Term last_term(const Options& options);

/// With the settings under which everything is explored.
sim::ClusterConfig explored_start(const Options& options);

struct Start {
  Commands commands;         // those in the given logs, and as many of clients as there can be
  std::vector<Bytes> nodes;  // encoded
  Past past;
  Symmetry symmetry;
};
Start make_start(const Options& options, const Historian& historian);

/// All renamings that leave the encoded nodes and the past as they are; the first leaves every node where it is.
/// Of large groups only a subgroup: merging less is merging rightly all the same.
Symmetry symmetry_of(const std::vector<View>& nodes, View past, Commands& commands);

}  // namespace raft::search
