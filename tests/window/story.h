// What several stories need.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

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

/// Around the nodes, at some distance from their rings.
inline std::vector<ui::Point> lasso(const ui::Scene& scene, raft::NodeSet nodes) {
  std::vector<ui::Point> corners;
  for (const raft::NodeId node : nodes) corners.push_back(scene.node(node).center);
  const float room = scene.node(*nodes.begin()).ring * 0.8F;
  const std::vector<ui::Point> outline = ui::rounded_hull(corners, room);
  std::vector<ui::Point> way;
  const std::size_t stride = std::max<std::size_t>(1, outline.size() / 7);
  for (std::size_t i = 0; i < outline.size(); i += stride) way.push_back(outline[i]);
  return way;
}

}  // namespace window_test
