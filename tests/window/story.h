// What several stories need.
#pragma once

#include <string>

#include "tests/window/bench.h"

namespace window_test {

inline bool is_leader(const Json& line) { return line.contains("state") && line["state"]["role"] == "leader" && line["state"]["up"] == true; }

inline raft::NodeId node_named(Bench& bench, const std::string& name) {
  for (const raft::NodeId node : bench.twin().world().all_nodes()) {
    if (bench.twin().world().name(node) == name) return node;
  }
  return raft::no_node;
}

/// Through the start screen, by a click.
inline void start_free_play(Bench& bench, int nodes) {
  bench.click_on(std::to_string(nodes) + " nodes", {0, 0, Display::width, Display::height});
  bench.see();
}

}  // namespace window_test
