// Everything by keyboard.
#include <doctest/doctest.h>

#include "raft/sim/world_hash.h"
#include "tests/window/story.h"

using namespace window_test;

namespace {

std::int64_t position(Bench& bench) { return bench.twin().session().run().position(); }
std::uint64_t hash(Bench& bench) { return raft::sim::world_hash(bench.twin().world()); }

}  // namespace

TEST_CASE("by keys alone: play, pause, pick a node, time it out, kill it, bring it back, write, isolate, heal") {
  Bench bench({.name = "keys"});
  start_free_play(bench, 5);
  bench.play(Bench::By::Space);
  const Json elected = bench.wait_for("a leader", is_leader);
  bench.pause();
  bench.stop();

  const raft::NodeId leader = node_named(bench, elected["node"]);
  const raft::NodeId other = raft::node_at(raft::index_of(leader) == 0 ? 1 : 0);
  const std::string name = bench.twin().world().name(other);
  bench.key(std::to_string(raft::index_of(other) + 1));
  bench.see();
  CHECK(bench.twin().ui_state().selection == ui::Selection{.kind = ui::Selection::Kind::Node, .node = other});

  const Json timed_out = bench.act([&] { bench.key("t"); });
  CHECK(timed_out["kind"] == "election_timeout");
  CHECK(timed_out["origin"] == "key");
  CHECK(timed_out["node"] == name);
  CHECK(timed_out["state"]["role"] == "candidate");
  CHECK(timed_out["state"]["term"] > elected["state"]["term"]);
  bench.see();

  bench.play(Bench::By::Space);
  const Json next = bench.wait_for("its election", [&](const Json& line) { return is_leader(line) && line["state"]["term"] >= timed_out["state"]["term"]; });
  bench.stop();

  const Json killed = bench.act([&] { bench.key("k"); });
  CHECK(killed["kind"] == "crash");
  CHECK(killed["origin"] == "key");
  CHECK(killed["node"] == name);
  bench.see();
  const Json back = bench.act([&] { bench.key("k"); });
  CHECK(back["kind"] == "restart");
  CHECK(back["origin"] == "key");
  CHECK(back["state"]["role"] == "follower");
  CHECK(back["state"]["term"] == killed["state"]["term"]);
  bench.see();

  bench.key("w");
  bench.see();
  bench.type("x=1");
  bench.see();
  const Json asked = bench.act([&] { bench.key("Return"); });
  CHECK(asked["kind"] == "client_ask");
  CHECK(asked["origin"] == "key");
  bench.see();

  const Json alone = bench.act([&] { bench.key("i"); });
  CHECK(alone["kind"] == "network");
  CHECK(alone["origin"] == "key");
  bench.see();
  bench.keep_picture("isolated");
  const Json healed = bench.act([&] { bench.key("h"); });
  CHECK(healed["command"] == "heal");
  CHECK(healed["origin"] == "key");
  CHECK(bench.twin().world().network.all_open());
  bench.see();
  CHECK(next["state"]["up"] == true);
  bench.quit();
}

TEST_CASE("the arrow keys, Home and End go back and forth exactly, and tell no event twice") {
  Bench bench({.name = "steps"});
  start_free_play(bench, 5);
  std::vector<std::uint64_t> hashes{hash(bench)};
  for (int i = 0; i < 12; ++i) {
    bench.key("Right");
    hashes.push_back(hash(bench));
  }
  bench.see();
  bench.same_trace();
  const std::size_t told = bench.trace().size();
  REQUIRE(told == 12);
  CHECK(bench.trace().back()["event"] == 12);
  const auto stands_at = [&](std::int64_t number) {
    bench.see();
    CHECK(position(bench) == number);
    CHECK(hash(bench) == hashes.at(static_cast<std::size_t>(number)));
  };
  for (std::int64_t number = 11; number >= 9; --number) {
    bench.key("Left");
    stands_at(number);
  }
  bench.key("Right");
  stands_at(10);
  bench.key("Home");
  stands_at(0);
  bench.key("Right");
  stands_at(1);
  bench.key("End");
  stands_at(12);
  bench.same_trace();
  CHECK(bench.trace().size() == told);
  bench.quit();
}
