// `raftlab explore`: every interleaving of a small cluster, and the shortest way to a violation as a walkthrough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "raft/search/bounds.h"

namespace app {

struct ExploreRequest {
  std::string file;  // its cluster, given states, settings and rules; "": a first start
  std::optional<std::size_t> nodes;
  std::vector<std::string> rules;  // NAME=off
  raft::search::Bounds bounds;
  raft::search::ChangeBy change_by = raft::search::ChangeBy::OneNode;
  std::uint64_t memory_mib = 2048;
  bool json = false;
};
int explore_cluster(const ExploreRequest& request);

}  // namespace app
