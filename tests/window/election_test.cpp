// Killing the leader by mouse while the cluster runs.
#include <doctest/doctest.h>

#include "tests/window/story.h"

using namespace window_test;

TEST_CASE("the leader is killed by mouse, a new one rules a higher term, the old one comes back as its follower") {
  Bench bench({.name = "election"});
  start_free_play(bench, 5);
  bench.play();
  const Json elected = bench.wait_for("a leader", is_leader);
  const std::string old_leader = elected["node"];
  const raft::NodeId node = node_named(bench, old_leader);

  bench.click(bench.middle_of(node));
  bench.keep_picture("menu");
  const Json crash = bench.act([&] { bench.click_text("ui.crash", bench.twin().stage()); });
  CHECK(crash["kind"] == "crash");
  CHECK(crash["node"] == old_leader);
  CHECK(crash["origin"] == "mouse");
  CHECK(crash["command"] == "crash " + old_leader);
  CHECK(crash["state"]["up"] == false);

  const Json next = bench.wait_for("another leader", is_leader);
  CHECK(next["node"] != old_leader);
  CHECK(next["state"]["term"] > elected["state"]["term"]);
  bench.stop();
  bench.keep_picture("new-leader");

  bench.click(bench.middle_of(node));
  bench.see();
  const Json restart = bench.act([&] { bench.click_text("ui.restart", bench.twin().stage()); });
  CHECK(restart["kind"] == "restart");
  CHECK(restart["origin"] == "mouse");
  CHECK(restart["state"]["role"] == "follower");
  CHECK(restart["state"]["term"] == elected["state"]["term"]);
  bench.see();
  bench.play();
  const Json follows = bench.wait_for("the old leader in the new term", [&](const Json& line) {
    return line.contains("state") && line["node"] == old_leader && line["state"]["term"] >= next["state"]["term"];
  });
  CHECK(follows["state"]["role"] == "follower");
  CHECK(follows["state"]["up"] == true);
  bench.stop();
  bench.keep_picture("old-leader-follows");
  bench.quit();
}
