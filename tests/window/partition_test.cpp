// Two futures at once: a minority with the old leader, a majority with a new one, and what healing makes of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "tests/window/story.h"
#include "ui/icons.h"

using namespace window_test;

namespace {

/// The leader and another, such that a line around them encloses nobody else.
raft::NodeSet minority_with(const ui::Scene& scene, raft::NodeId leader) {
  for (const ui::NodeShape& other : scene.nodes) {
    raft::NodeSet nodes;
    nodes.add(leader);
    nodes.add(other.id);
    if (other.id == leader) continue;
    const std::vector<ui::Point> way = lasso(scene, nodes);
    int enclosed = 0;
    for (const ui::NodeShape& node : scene.nodes) enclosed += ui::inside(way, node.center) ? 1 : 0;
    if (enclosed == 2) return nodes;
  }
  return {};
}

Json write_by_mouse(Bench& bench, raft::NodeId node, const std::string& what) {
  bench.click(bench.middle_of(node));
  bench.see();
  bench.click_text("ui.write_here", bench.twin().stage());
  bench.see();
  bench.type(what);
  bench.see();
  bench.keep_picture("prompt-" + what.substr(0, 1));
  return bench.act([&] { bench.click_text("ui.send", bench.twin().stage()); });
}

}  // namespace

TEST_CASE("two nodes are lassoed with their leader; both sides are written to; healed, all logs hold the majority's entry") {
  Bench bench({.name = "partition"});
  start_free_play(bench, 5);
  bench.play();
  const Json elected = bench.wait_for("a leader", is_leader);
  bench.stop();
  const raft::NodeId old_leader = node_named(bench, elected["node"]);
  const raft::NodeSet minority = minority_with(bench.twin().scene(), old_leader);
  REQUIRE(minority.count() == 2);
  // What happens to a client names no node.
  const auto in_minority = [&](const Json& line) {
    return line.contains("node") && minority.contains(node_named(bench, line["node"]));
  };

  bench.click_on(ui::icon::users, bench.twin().stage());
  bench.see();
  bench.drag(lasso(bench.twin().scene(), minority));
  bench.keep_picture("lasso");
  const Json cut = bench.act([&] { bench.release(); });
  CHECK(cut["kind"] == "network");
  CHECK(cut["origin"] == "mouse");
  CHECK(raft::sim::islands(bench.twin().world()).size() == 2);
  bench.click_on(ui::icon::hand_pointer, bench.twin().stage());
  bench.see();
  bench.keep_picture("cut");

  const Json lost = write_by_mouse(bench, old_leader, "bob=1");
  CHECK(lost["kind"] == "client_ask");
  CHECK(lost["origin"] == "mouse");
  bench.see();

  bench.play();
  const Json rival = bench.wait_for("a leader of the majority", [&](const Json& line) { return is_leader(line) && !in_minority(line); });
  CHECK(rival["state"]["term"] > elected["state"]["term"]);
  bench.stop();
  const raft::NodeId new_leader = node_named(bench, rival["node"]);
  CHECK(logs_of(bench.trace()).at(elected["node"]) == "1:bob=1");
  CHECK(bench.twin().world().node(old_leader).memory.commit_index == 0);

  const Json kept_write = write_by_mouse(bench, new_leader, "tom=2");
  CHECK(kept_write["origin"] == "mouse");
  bench.see();
  bench.play();
  const Json committed = bench.wait_for("the majority to commit", [&](const Json& line) { return is_leader(line) && line["node"] == rival["node"] && line["state"]["commit"] >= 1; });
  CHECK(committed["node"] == rival["node"]);
  bench.stop();
  CHECK(bench.twin().world().node(old_leader).memory.commit_index == 0);
  bench.keep_picture("two-futures");

  const Json healed = bench.act([&] { bench.click_on(ui::icon::link, bench.twin().stage()); });
  CHECK(healed["command"] == "heal");
  CHECK(healed["origin"] == "mouse");
  bench.see();
  bench.play();
  bench.wait_for("the minority's entry to be deleted", [&](const Json& line) { return in_minority(line) && line.contains("deleted_from") && line["deleted_from"] == 1; });
  bench.wait_for("every log to be the same", [&](const Json&) {
    const auto logs = logs_of(bench.trace());
    return logs.size() == 5 && std::all_of(logs.begin(), logs.end(), [&](const auto& log) { return log.second == logs.begin()->second; });
  });
  bench.stop();
  const std::string term = std::to_string(rival["state"]["term"].get<int>());
  for (const auto& log : logs_of(bench.trace())) CHECK_MESSAGE(log.second == term + ":tom=2", log.first);
  bench.keep_picture("healed");
  bench.quit();
}

TEST_CASE("ten actions from the home screen: the cluster is split, the leader killed, and its uncommitted entry overwritten") {
  Bench bench({.name = "ten-actions", .speed_exponent = -4});
  int actions = 0;
  const auto counted = [&](const std::function<void()>& doing) {
    ++actions;
    doing();
  };
  const auto write = [&] {
    counted([&] { bench.key("w"); });
    const ui::Rect title = bench.find(bench.words("ui.write_to_leader"), bench.twin().stage());
    bench.see_part({title.left, title.top, title.right, title.bottom + 40});
    Json line;
    counted([&] { line = bench.act([&] { bench.key("Return"); }); });
    CHECK(line["origin"] == "key");
    return line["command"].get<std::string>().substr(std::string("write ").size());
  };
  const auto stored = [&bench](const std::string& who, const std::string& command) {
    return bench.wait_for(who + " to store " + command, [&](const Json& line) {
      if (!line.contains("stored") || (!who.empty() && line["node"] != who)) return false;
      const Json& entries = line["stored"];
      return std::any_of(entries.begin(), entries.end(), [&](const Json& entry) { return entry["command"] == command; });
    });
  };

  counted([&] { start_free_play(bench, 5); });
  counted([&] { bench.play(Bench::By::Space); });
  const Json elected = bench.wait_for("a leader", is_leader);
  const raft::NodeId leader = node_named(bench, elected["node"]);
  const raft::NodeSet minority = minority_with(bench.twin().scene(), leader);
  REQUIRE(minority.count() == 2);
  raft::NodeSet rest = minority;
  rest.remove(leader);
  const std::string other = bench.twin().world().name(*rest.begin());

  counted([&] { bench.key("p"); });
  Json split;
  counted([&] {
    bench.draw_while_it_plays(lasso(bench.twin().scene(), minority));
    split = bench.act([&] { bench.release(); });
  });
  CHECK(split["kind"] == "network");
  CHECK(split["origin"] == "mouse");
  const std::string lost = write();
  CHECK(stored(elected["node"], lost)["state"]["commit"] == 0);
  CHECK(stored(other, lost)["state"]["commit"] == 0);
  Json killed;
  counted([&] { killed = bench.act([&] { bench.key("k"); }); });
  CHECK(killed["command"] == "crash " + elected["node"].get<std::string>());
  CHECK(killed["origin"] == "key");

  const Json rival = bench.wait_for("a leader of the majority", is_leader);
  CHECK(rival["state"]["term"] > elected["state"]["term"]);
  const std::string kept = write();
  CHECK(kept != lost);
  CHECK(stored(rival["node"], kept)["state"]["role"] == "leader");
  bench.wait_for("the majority to commit", [&](const Json& line) {
    return line.contains("state") && line["node"] == rival["node"] && line["state"]["commit"] == 1;
  });
  Json healed;
  counted([&] { healed = bench.act([&] { bench.key("h"); }); });
  CHECK(healed["origin"] == "key");
  const Json overwritten = stored(other, kept);
  CHECK(overwritten["deleted_from"] == 1);
  // The node that was alone may have stood for election meanwhile, and its term have unseated that leader.
  CHECK(overwritten["message"]["type"] == "AppendEntries");
  CHECK(overwritten["message"]["term"] >= rival["state"]["term"]);
  CHECK(actions <= 10);

  bench.stop();
  CHECK(logs_of(bench.trace()).at(other) == std::to_string(rival["state"]["term"].get<int>()) + ":" + kept);
  bench.keep_picture("overwritten");
  bench.quit();
}
