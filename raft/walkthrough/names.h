// The names of the nodes of a cluster: what commands and conditions are read with and written with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "raft/sim/world.h"

namespace raft::walkthrough {

struct Names {
  std::vector<std::string> nodes;  // by NodeId

  static Names of(const sim::World& world) {
    Names names;
    for (const sim::Machine& machine : world.machines) names.nodes.push_back(machine.name);
    return names;
  }
  NodeId find(std::string_view name) const {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i] == name) return node_at(i);
    }
    return no_node;
  }
  std::string node(NodeId id) const { return index_of(id) < nodes.size() ? nodes[index_of(id)] : "none"; }
  std::string end(Endpoint end) const {
    return end.is_client() ? "c" + std::to_string(static_cast<int>(end.client())) : node(end.node());
  }
  /// A B C
  std::string list(NodeSet set) const;
  NodeSet all() const { return NodeSet::first(nodes.size()); }
};

}  // namespace raft::walkthrough
