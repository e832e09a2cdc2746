// What several stories need.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
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

/// What each node stores, as the trace tells it: "1:x=1 2:y=2", each entry with its term.
inline std::map<std::string, std::string> logs_of(const std::vector<Json>& trace) {
  std::map<std::string, std::map<int, std::string>> logs;
  for (const Json& line : trace) {
    if (!line.contains("node")) continue;
    auto& log = logs[line["node"].get<std::string>()];
    if (line.contains("deleted_from")) log.erase(log.lower_bound(line["deleted_from"].get<int>()), log.end());
    if (!line.contains("stored")) continue;
    for (const Json& entry : line["stored"]) {
      log[entry["index"].get<int>()] = fmt::format("{}:{}", entry["term"].get<int>(), entry["command"].get<std::string>());
    }
  }
  std::map<std::string, std::string> texts;
  for (const auto& [node, log] : logs) {
    for (const auto& [index, text] : log) texts[node] += (texts[node].empty() ? "" : " ") + text;
  }
  return texts;
}

/// Through the start screen, by a click.
inline void start_free_play(Bench& bench, int nodes) {
  bench.click_on(std::to_string(nodes) + " nodes", {0, 0, Display::width, Display::height});
  bench.see();
}

/// Plays, started so, and stops by itself where the message arrives.
inline void play_until_it_arrives(Bench& bench, raft::sim::MessageId message, raft::sim::Time at,
                                  const std::function<void()>& started_by) {
  bench.play_until_it_stops(started_by);
  const Json& last = bench.trace().back();
  CHECK(last["at_us"] == at);
  CHECK(last["kind"] == "receive");
  CHECK(last["message"]["id"] == message);
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

/// Tab, until the widget that it has reached is the one that is wanted, by its place.
inline void tab_to(Bench& bench, const std::string& what, const std::function<bool(const ui::Rect&)>& wanted) {
  constexpr int most = 120;
  for (int i = 0; i < most; ++i) {
    bench.key("Tab");
    const ui::FocusState& focus = bench.twin().ui_state().focus;
    for (std::size_t at = 0; at < focus.order.size(); ++at) {
      if (focus.order[at] == focus.widget && wanted(focus.places[at])) return bench.see();
    }
  }
  FAIL("Tab does not reach " << what);
}

/// Where the inspector and the lists below it stand.
inline ui::Rect inspector(Bench& bench) { return {bench.twin().stage().right, 0, Display::width, Display::height}; }

/// Tab, until what it has reached is where these words stand.
inline void tab_to_words(Bench& bench, const std::string& label, const ui::Rect& within) {
  const ui::Point wanted = bench.find(label, within).center();
  tab_to(bench, label, [&](const ui::Rect& place) { return place.contains(wanted); });
}

/// Enter, on what is reached: that message is lost.
inline void lose_by_enter(Bench& bench, raft::sim::MessageId message) {
  const Json lost = bench.act([&] { bench.key("Return"); });
  CHECK(lost["kind"] == "lose");
  CHECK(lost["origin"] == "key");
  CHECK(lost["message"]["id"] == message);
  bench.see();
}

/// Of what the words find, the first that the palette opens in the inspector.
inline void show_by_palette(Bench& bench, const std::string& words) {
  bench.key("slash");
  bench.see();
  bench.type(words);
  bench.see();
  bench.key("Return");
  bench.see();
}

}  // namespace window_test
