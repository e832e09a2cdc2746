// Time travel in a session: branches in free play and beside a walkthrough, and strides backwards.
#include <doctest/doctest.h>

#include <memory>

#include "app/session.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/walkthrough.h"
#include "tests/support/cluster.h"
#include "tests/support/random_run.h"
#include "tests/support/two_leaders.h"

namespace raft::test {

namespace {

using app::Session;
using ui::Stride;

void step(Session& session, int events) {
  for (int i = 0; i < events; ++i) session.step_forward(Stride::Event);
}

void act(Session& session, const Intervention& what) { REQUIRE_FALSE(session.act(what, Origin::Mouse)); }

std::uint64_t hash(const Session& session) { return world_hash(session.run().world()); }

Session lesson() {
  auto parsed = walkthrough::parse(
      "walkthrough 1\ncluster A B C\nseed 3\nstep \"one\"\n  for 400ms\nstep \"two\"\n  for 400ms\nstep \"three\"\n  for 400ms\n", "t.walk");
  REQUIRE(parsed.errors.empty());
  return Session::of_walkthrough(std::make_shared<const walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
}

}  // namespace

TEST_CASE("acting in the past keeps the old future; switching back lands on the same world") {
  Session session = Session::free_play(5, 4);
  step(session, 200);
  const std::uint64_t at_end = hash(session);
  session.seek_event(90);
  act(session, Crash{set_of({A})});
  REQUIRE(session.branches().all().size() == 2);
  step(session, 150);
  const std::uint64_t other = hash(session);
  session.select_branch(check::trunk);
  session.seek_event(200);
  CHECK(hash(session) == at_end);
  session.select_branch(1);
  session.seek_event(241);
  CHECK(hash(session) == other);
}

TEST_CASE("switching keeps the event in the common past, and the time after it; back again it is where it was") {
  Session session = Session::free_play(5, 4);
  step(session, 200);
  session.seek_event(90);
  act(session, Crash{set_of({A})});
  step(session, 150);
  session.seek_event(40);
  const std::uint64_t common = hash(session);
  session.select_branch(check::trunk);
  CHECK(session.run().position() == 40);
  CHECK(hash(session) == common);

  session.seek_event(150);
  const sim::Time then = session.run().clock();
  const std::uint64_t there = hash(session);
  session.select_branch(1);
  CHECK(session.run().clock() == then);
  CHECK(session.run().world().now <= then);
  session.select_branch(check::trunk);
  CHECK(session.run().position() == 150);
  CHECK(hash(session) == there);
}

TEST_CASE("what is tried beside a walkthrough is a branch; Next returns to the walkthrough as it was") {
  Session alone = lesson();
  alone.go_to_step(2);
  const std::uint64_t undisturbed = hash(alone);

  Session session = lesson();
  session.go_to_step(1);
  session.seek_event(session.run().position() - 5);
  const std::int64_t fork = session.run().position();
  act(session, Crash{set_of({B})});
  CHECK(session.left_walkthrough());
  REQUIRE(session.branches().all().size() == 1);
  CHECK(session.branches().all().front().fork == fork);
  step(session, 60);
  const std::uint64_t tried = hash(session);
  session.next_step();
  CHECK_FALSE(session.left_walkthrough());
  CHECK(session.branches().all().size() == 1);
  session.go_to_step(2);
  CHECK(hash(session) == undisturbed);
  session.select_branch(1);
  CHECK(session.left_walkthrough());
  session.seek_event(fork + 61);
  CHECK(hash(session) == tried);
  session.select_branch(check::trunk);
  CHECK_FALSE(session.left_walkthrough());
  session.go_to_step(2);
  CHECK(hash(session) == undisturbed);
}

TEST_CASE("playing on after the last step leaves no branch behind, unless somebody acts") {
  Session session = lesson();
  session.go_to_step(2);
  session.step_forward(Stride::Event);
  step(session, 30);
  CHECK(session.left_walkthrough());
  session.previous_step();
  CHECK(session.branches().all().empty());
}

TEST_CASE("deleting the branch on which one stands goes back to its parent; the trunk stays") {
  Session session = Session::free_play(3, 4);
  step(session, 100);
  session.seek_event(50);
  act(session, Crash{set_of({A})});
  session.rename_branch(1, "without A");
  CHECK(session.branches().find(1)->name == "without A");
  session.remove_branch(1);
  CHECK(session.branches().all().size() == 1);
  CHECK(session.branches().current_id() == check::trunk);
  session.remove_branch(check::trunk);
  CHECK(session.branches().all().size() == 1);
  session.select_branch(7);  // there is none
  CHECK(session.branches().current_id() == check::trunk);
}

TEST_CASE("random sessions of acting, seeking and switching: every branch replays to its world") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    Session session = Session::free_play(5, seed);
    RandomFaults picks(seed);
    for (int i = 0; i < 120; ++i) {
      step(session, static_cast<int>(picks.pick(30)));
      if (picks.pick(4) == 0) session.seek_event(static_cast<std::int64_t>(picks.pick(static_cast<std::uint64_t>(session.run().end()) + 1)));
      const NodeId node = node_at(picks.pick(5));
      if (session.act(Crash{set_of({node})}, Origin::Key)) REQUIRE_FALSE(session.act(Restart{set_of({node})}, Origin::Key));
      auto branch = session.branches().all().begin();
      std::advance(branch, static_cast<std::ptrdiff_t>(picks.pick(session.branches().all().size())));
      if (picks.pick(5) == 0) session.select_branch(branch->id);
    }
    CHECK(session.branches().all().size() > 3);
    for (const check::Branch& branch : session.branches().all()) {
      sim::Timeline shown = branch.run.timeline();
      shown.seek(shown.end());
      sim::Timeline again(shown.config());
      for (const sim::Act& what : shown.acts()) {
        while (again.position() < what.number - 1) REQUIRE(again.step());
        again.set_clock(what.at);
        REQUIRE_FALSE(again.act(what.what, what.origin));
      }
      while (again.position() < shown.end()) REQUIRE(again.step());
      CHECK(world_hash(again.world()) == world_hash(shown.world()));
    }
  }
}

TEST_CASE("steps back by delivery and by thing worth seeing land on the last one before, also in a long run") {
  Session session = Session::free_play(5, 4);
  session.seek_event(0);
  while (session.run().end() < 100'000) session.play(1'000'000, 20'000);
  session.seek_event(99'990);
  RandomFaults picks(7);
  for (int i = 0; i < 60; ++i) {
    session.seek_event(static_cast<std::int64_t>(1'000 + picks.pick(98'000)));
    const std::int64_t before = session.run().position();
    const bool delivery = picks.pick(2) == 0;
    session.step_back(delivery ? Stride::Delivery : Stride::WorthSeeing);
    const std::int64_t now = session.run().position();
    const std::uint8_t wanted = delivery ? sim::Notable::delivery : sim::Notable::worth_seeing;
    const auto notable = [&](std::int64_t number) { return session.run().record(number).notable; };
    REQUIRE(now < before);
    CHECK((now == 0 || (notable(now) & wanted) != 0));
    for (std::int64_t number = now + 1; number < before; ++number) REQUIRE((notable(number) & wanted) == 0);
    CHECK(session.run().event().number == now);
  }
}

TEST_CASE("what is further off than some elections is reached all the same: a step plays at least one event") {
  Session session = Session::free_play(3, 1);
  REQUIRE_FALSE(session.act(ChangeSetting{Setting::TimerMode, {1, 0}}, Origin::Mouse));
  REQUIRE_FALSE(session.act(ChangeSetting{Setting::Latency, {20'000'000, 20'000'000}}, Origin::Mouse));
  REQUIRE_FALSE(session.act(FireElectionTimer{node_at(0)}, Origin::Mouse));
  for (int presses = 0; presses < 3 && session.run().event().kind != EventKind::Receive; ++presses) session.step_forward(Stride::Delivery);
  CHECK(session.run().event().kind == EventKind::Receive);
}

TEST_CASE("where nothing worth seeing comes, a step forward stays where it is and says for how long there is none") {
  Session session = Session::free_play(3, 1);
  session.play(2'000'000, 100'000);
  REQUIRE(current_leader(session.run().world()) != no_node);
  const std::int64_t position = session.run().position();
  const std::int64_t end = session.run().end();
  const std::optional<Time> none = session.step_forward(Stride::WorthSeeing);
  REQUIRE(none.has_value());
  CHECK(*none > 60'000'000);
  CHECK(session.run().position() == position);
  CHECK(session.run().end() == end);
  CHECK_FALSE(session.step_forward(Stride::Event).has_value());
  CHECK(session.run().position() == position + 1);
  // What there is, it comes to.
  REQUIRE_FALSE(session.act(Crash{NodeSet::only(current_leader(session.run().world()))}, Origin::Mouse));
  CHECK_FALSE(session.step_forward(Stride::WorthSeeing).has_value());
  CHECK((session.run().record(session.run().position()).notable & sim::Notable::worth_seeing) != 0);
}

TEST_CASE("play stops where a promise is broken, also one that was broken only while a rule was off") {
  sim::ClusterConfig config = manual_cluster_of(3);
  Session session = Session::of_run(check::CheckedRun(config));
  const auto leads = [&session](NodeId node) { return session.run().world().node(node).memory.role == Role::Leader; };
  for (const Intervention& what : a_leads_alone()) act(session, what);
  act(session, b_stands());
  REQUIRE(leads(B));  // by itself, as A does
  act(session, Crash{set_of({A, B})});
  act(session, Restart{set_of({A, B})});
  act(session, FireElectionTimer{A});
  act(session, majority_needed_again());
  act(session, b_stands());
  const auto broken = [&session] {
    for (const check::Breach& one : check::breaches(session.oracles().violations(), session.run().position(), check::rules_off(session.run()))) {
      if (one.violation.property == check::Property::ElectionSafety) return one;
    }
    FAIL("Election Safety has not been broken");
    return check::Breach{};
  };
  REQUIRE(broken().past);
  CHECK_FALSE(session.play(1'000'000, 1000));  // it stopped
  CHECK(leads(B));
  CHECK_FALSE(broken().past);
  CHECK(broken().violation.event == session.run().position());
}

}  // namespace raft::test
