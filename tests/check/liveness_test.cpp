// Liveness: when it is judged and when not, how long it waits, and that it speaks up when nothing comes.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "raft/check/oracles.h"
#include "tests/support/cluster.h"
#include "tests/walkthrough/play.h"

namespace raft::test {

namespace {

using check::Liveness;
using check::live_majority;

/// A world watched for liveness alone.
struct Watched {
  explicit Watched(const ClusterConfig& config) : world(make_world(config)), liveness(world) {}

  World world;
  Liveness liveness;
  Event event;

  Watched& act(const Intervention& what) {
    REQUIRE_FALSE(refusal(world, what));
    intervene(world, what, Origin::Script, event);
    liveness.observe(world, event);
    return *this;
  }
  Watched& run_for(Time time) {
    const Time end = world.now + time;
    while (upcoming(world).at <= end && advance(world, event)) liveness.observe(world, event);
    wait_until(world, end);
    return *this;
  }
  std::string found() const {
    return liveness.violations().empty() ? "" : liveness.violations().front().detail;
  }
  bool calm() const { return liveness.calm_since() != never; }
};

const NodeSet five = NodeSet::first(5);

MessagePattern votes() { return pattern(MessageType::RequestVote, A, B); }

}  // namespace

TEST_CASE("liveness: a whole cluster is waited for from the start, and never in vain") {
  Watched watched(cluster_of(5));
  CHECK(watched.liveness.calm_since() == 0);
  CHECK(watched.liveness.due_at() == check::patience_of(watched.world, five).leader);
  watched.run_for(2_s);
  CHECK(watched.liveness.due_at() == never);  // it leads, and nobody has asked for anything
  watched.act(ClientAsk{write_text("x", "1"), no_node, no_client}).run_for(15_ms);
  watched.run_for(10_ms);
  CHECK(watched.liveness.due_at() != never);
  watched.run_for(100_ms);
  CHECK(watched.liveness.due_at() == never);
  CHECK(watched.run_for(120_s).found() == "");
}

TEST_CASE("liveness: the bound for a leader is as many rounds of timeouts as make failure a matter of 2^-30") {
  const auto rounds = [](double spread, double election, int nodes) {
    const double wins = std::pow(1 - 2 * election / spread, nodes - 1);
    return 2 + 30 * std::log(2.0) / -std::log(1 - wins);
  };
  const auto seconds = [](const World& world, NodeSet group) {
    return static_cast<double>(check::patience_of(world, group).leader) / 1e6;
  };
  ClusterConfig config = cluster_of(5);
  CHECK(seconds(make_world(config), five) == doctest::Approx(rounds(150, 20, 5) * 0.340).epsilon(0.05));
  CHECK(seconds(make_world(cluster_of(3)), NodeSet::first(3)) == doctest::Approx(rounds(150, 20, 3) * 0.340).epsilon(0.1));
  config.settings.election_timeout = {300_ms, 900_ms};
  CHECK(seconds(make_world(config), five) == doctest::Approx(rounds(600, 20, 5) * 0.940).epsilon(0.1));
  config.settings.core.features.pre_vote = true;
  CHECK(seconds(make_world(config), five) == doctest::Approx(rounds(600, 60, 5) * 0.980).epsilon(0.1));
  config.settings.disk_delay = 10_ms;
  CHECK(seconds(make_world(config), five) == doctest::Approx(rounds(600, 90, 5) * 1.020).epsilon(0.1));
}

TEST_CASE("liveness: clocks count: the slowest for how long it lasts, the fastest for how soon") {
  World world = make_world(cluster_of(5));
  const Time before = check::patience_of(world, five).leader;
  world.machine(A).clock = {1, 2};
  CHECK(check::patience_of(world, five).leader > before * 3 / 2);
  CHECK(check::patience_of(world, five).exchange == 2 * 50_ms + 40_ms);
  world.machine(A).clock = {4, 1};  // 37.5 ms: its timeout comes before the next heartbeat
  CHECK(check::patience_of(world, five).leader == never);
}

TEST_CASE("liveness: without the timing requirement of 5.6 nothing is due") {
  const auto judged = [](auto change) {
    ClusterConfig config = cluster_of(5);
    change(config.settings);
    return Watched(config).calm();
  };
  CHECK(judged([](Settings&) {}));
  CHECK_FALSE(judged([](Settings& s) { s.latency = {10_ms, 120_ms}; }));
  CHECK_FALSE(judged([](Settings& s) { s.disk_delay = 40_ms; }));
  CHECK_FALSE(judged([](Settings& s) { s.heartbeat = 140_ms; }));
  CHECK_FALSE(judged([](Settings& s) { s.election_timeout = {150_ms, 185_ms}; }));
  CHECK_FALSE(judged([](Settings& s) { s.loss = {1, 20}; }));
  CHECK_FALSE(judged([](Settings& s) { s.manual_timers = true; }));
  // One link is enough, and the slowest counts.
  const auto own = [](Setting setting, SettingValue value) {
    return [=](Settings& s) { assign(s, {setting, A, B, Direction::OneWay, value}); };
  };
  CHECK_FALSE(judged(own(Setting::Latency, {10_ms, 120_ms})));
  CHECK_FALSE(judged(own(Setting::Loss, {1, 20})));
  CHECK(judged(own(Setting::Loss, {0, 1})));
  CHECK(judged(own(Setting::Latency, {1_ms, 2_ms})));
  ClusterConfig many = cluster_of(11);
  many.settings.election_timeout = {150_ms, 210_ms};
  CHECK_FALSE(Watched(many).calm());
}

TEST_CASE("liveness: a fault at work means that nothing is due, and its end begins the wait") {
  const auto ends = [](const Intervention& fault, const Intervention& end) {
    Watched watched(cluster_of(3));
    watched.run_for(1_s).act(fault).run_for(1_s);
    CHECK_FALSE(watched.calm());
    watched.act(end);
    CHECK(watched.liveness.calm_since() >= watched.world.now);
    CHECK(watched.liveness.calm_since() <= watched.world.now + 20_ms);
    CHECK(watched.run_for(60_s).found() == "");
  };
  ends(Crash{set_of({A, B})}, Restart{set_of({A})});
  ends(Cut{A, B, Direction::BothWays}, Heal{});
  ends(Cut{A, B, Direction::OneWay}, Mend{A, B, Direction::OneWay});
  ends(Partition{{set_of({A}), set_of({B}), set_of({C})}}, Heal{});
  ends(Hold{A, B}, Release{A, B});
  ends(DropEvery{votes()}, DropNothing{});
  ends(ChangeSetting{Setting::Loss, {1, 20}}, ChangeSetting{Setting::Loss, {0, 1}});
  ends(ChangeSetting{Setting::TimerMode, {1, 0}}, ChangeSetting{Setting::TimerMode, {0, 0}});
  Watched paused(cluster_of(2));
  paused.run_for(1_s).act(Pause{A});
  CHECK_FALSE(paused.calm());
  paused.act(Resume{A});
  CHECK(paused.calm());
}

TEST_CASE("liveness: messages to be dropped next are a fault until they have been") {
  Watched watched(cluster_of(3));
  watched.run_for(1_s);
  const NodeId leader = current_leader(watched.world);
  const NodeId follower = leader == A ? B : A;
  watched.act(DropMessage{next(MessageType::AppendEntries, leader, follower)});
  CHECK_FALSE(watched.calm());
  watched.run_for(200_ms);
  CHECK(watched.calm());
}

TEST_CASE("liveness: a delayed message is waited for") {
  Watched watched(cluster_of(3));
  while (watched.world.network.in_flight() == 0) watched.run_for(1_ms);
  watched.act(DelayMessage{by_id(watched.world.network.flight(0).id), 5_s});
  CHECK(watched.liveness.calm_since() > watched.world.now + 4_s);
}

TEST_CASE("liveness: a live majority that is cut off cleanly from the rest is enough") {
  Cluster cluster(cluster_of(5));
  CHECK(live_majority(cluster.world) == five);
  cluster.crash({A, B});
  CHECK(live_majority(cluster.world) == set_of({C, D, E}));
  cluster.restart({A, B}).act(Partition{{set_of({A, B, C}), set_of({D, E})}});
  CHECK(live_majority(cluster.world) == set_of({A, B, C}));
  cluster.act(Partition{{set_of({A, B}), set_of({C, D})}});
  CHECK(live_majority(cluster.world).empty());
  // D is heard by C alone: it can disturb them.
  cluster.act(Partition{{set_of({A, B, C}), set_of({D}), set_of({E})}}).act(Mend{D, C, Direction::OneWay});
  CHECK(live_majority(cluster.world).empty());
}

TEST_CASE("liveness: every configuration in force needs its majority") {
  World world = make_world(cluster_of(5));
  world.machine(B).node.configuration = {set_of({A, B, C}), set_of({C, D, E}), {}};
  world.machine(B).node.configured_at = {1};
  CHECK(live_majority(world) == five);
  world.machine(D).up = world.machine(E).up = false;
  CHECK(live_majority(world).empty());
  world.machine(D).up = true;
  CHECK(live_majority(world) == set_of({A, B, C, D}));
  world.machine(A).up = world.machine(B).up = false;
  CHECK(live_majority(world).empty());
}

TEST_CASE("liveness: a node that is no member any more and does not know it disturbs the others") {
  World world = make_world(cluster_of(4));
  for (const NodeId node : {A, B, C}) {
    world.machine(node).node.configuration = {set_of({A, B, C}), {}, {}};
    world.machine(node).node.configured_at = {1};
  }
  CHECK(live_majority(world).empty());
  world.machine(D).up = false;
  CHECK(live_majority(world) == set_of({A, B, C}));
  world.machine(D).up = true;
  world.machine(D).node.configuration = {};  // it has just joined and knows of nobody
  CHECK(live_majority(world) == NodeSet::first(4));
}

TEST_CASE("liveness: for timeouts beyond a thousand hours, as the slowest clock makes them, there is no bound") {
  ClusterConfig config = cluster_of(3);
  config.settings.election_timeout = {sim::max_duration / 2, sim::max_duration};
  CHECK(Watched(config).liveness.due_at() != sim::never);
  config.clocks = {{A, {1, sim::max_ratio_part}}};
  CHECK(Watched(config).liveness.due_at() == sim::never);
}

TEST_CASE("liveness: votes that split for ever are found, at the bound and not before") {
  ClusterConfig config = cluster_of(4);
  config.settings.core.rules.set(Rule::RandomizedTimeouts, false);
  Watched watched(config);
  const Time bound = watched.liveness.due_at();
  watched.run_for(bound);
  CHECK(watched.found() == "");
  watched.run_for(1_s);
  CHECK(watched.found() == "the bound has passed without a leader");
  CHECK(watched.liveness.violations().front().node == no_node);
}

TEST_CASE("liveness: of a majority that is no longer the one waited for nothing is judged") {
  ClusterConfig config = cluster_of(4);
  config.settings.core.rules.set(Rule::RandomizedTimeouts, false);
  Watched watched(config);
  watched.run_for(watched.liveness.due_at() - 1_s);
  watched.world.machine(D).up = false;  // as a node that has been removed, and is gone
  watched.run_for(2_s);
  CHECK(watched.found() == "");
  CHECK(watched.liveness.calm_since() > 1_s);
}

TEST_CASE("liveness: an entry that a leader never commits is found") {
  Watched watched(cluster_of(3));
  watched.run_for(1_s);
  watched.world.settings.core.batch = 0;  // as if AppendEntries forgot its entries
  watched.act(ClientAsk{write_text("x", "1"), no_node, no_client}).run_for(60_s);
  CHECK(watched.found() == "the bound has passed and the leader's entry is not committed");
  CHECK(watched.liveness.violations().front().node == current_leader(watched.world));
}

TEST_CASE("a walkthrough can allow a property beyond the five, and ask for it") {
  const std::string head = "walkthrough 1\ncluster A B C D\nset rule randomized_timeouts off\n";
  const std::string story = "step \"s\"\n  for 60s\n  expect violated \"Liveness\" and safe\n";
  CHECK(walkthrough_test::outcome(head + story) == "");  // a rule is off: nobody promised it
  CHECK(walkthrough_test::outcome(head + "allow violation \"Liveness\"\n" + story) == "");
  CHECK(walkthrough_test::outcome(head + "allow violation \"Vote Stability\"\n" + story) ==
        "t.walk:4:1: Vote Stability was to be broken (allow violation), but it held to the end");
  const std::string error = walkthrough_test::error_of(head + "allow violation \"Lively\"\nstep \"s\"\n");
  CHECK(error.starts_with("t.walk:4:17: there is no property 'Lively'; it is one of: \"Election Safety\", "));
  CHECK(error.ends_with("\"Role Transitions\", \"Liveness\""));
}

}  // namespace raft::test
