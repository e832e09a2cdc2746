// Two runs in lockstep: what has been tried beside what happened, and the same cluster with one thing changed.
#include "app/comparison.h"

#include <doctest/doctest.h>

#include "raft/sim/world_hash.h"

namespace {

using app::Change;
using app::Comparison;
using app::Session;
using raft::sim::Origin;
using raft::sim::world_hash;

void follow(Comparison& comparison, const Session& session) {
  for (int frames = 0; frames < 1000; ++frames) {
    comparison.follow(session);
    if (!comparison.catches_up()) return;
  }
  FAIL("it never catches up");
}

void play_to_leader(Session& session) {
  while (raft::sim::current_leader(session.run().world()) == raft::no_node) session.step_forward(ui::Stride::Event);
}

}  // namespace

TEST_CASE("beside a branch stands the future that it left; they differ from the act on") {
  Session session = Session::free_play(3, 7);
  play_to_leader(session);
  const std::int64_t fork = session.run().position() + 20;
  session.play(1'500'000, 10'000);
  REQUIRE(session.run().position() > fork + 50);
  const std::uint64_t old_future = world_hash(session.run().world());
  const raft::sim::Time end = session.run().clock();
  session.seek_event(fork);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::sim::current_leader(session.run().world()))}, Origin::Mouse));
  Comparison comparison = Comparison::with_branch(session, raft::check::trunk);
  follow(comparison, session);
  CHECK(comparison.run().timeline().clock() == session.run().clock());
  REQUIRE(comparison.first_difference());
  CHECK(comparison.first_difference()->here.number == fork + 1);
  CHECK(comparison.first_difference()->there.number == fork + 1);
  CHECK_FALSE(comparison.differing(session).empty());

  session.play(end - session.run().clock(), 10'000);
  follow(comparison, session);
  CHECK(world_hash(comparison.run().timeline().world()) == old_future);
  // Beyond what was played there it goes on as it would have gone on.
  session.play(300'000, 10'000);
  follow(comparison, session);
  CHECK(comparison.run().timeline().clock() == session.run().clock());
  CHECK(comparison.run().timeline().position() > session.branches().find(raft::check::trunk)->run.timeline().end());
  // Back to what both have in common, the two are the same.
  session.seek_event(fork);
  follow(comparison, session);
  CHECK(world_hash(comparison.run().timeline().world()) == world_hash(session.run().world()));
  CHECK(comparison.differing(session).empty());
}

TEST_CASE("with pre-vote the same seed and the same acts go another way, and the first event that differs is found") {
  Session session = Session::free_play(5, 3);
  Comparison comparison = Comparison::with_change(session, {.toggled = raft::sim::Setting::PreVote});
  play_to_leader(session);
  follow(comparison, session);
  REQUIRE(comparison.first_difference());
  const raft::sim::Event& first = comparison.first_difference()->here;
  // Until somebody stands for election nothing differs.
  CHECK(first.kind == raft::sim::EventKind::ElectionTimeout);
  CHECK(session.run().events(1, first.number - 1).size() == static_cast<std::size_t>(first.number - 1));
  CHECK(comparison.run().timeline().config().settings.core.features.pre_vote);
  CHECK_FALSE(session.run().config().settings.core.features.pre_vote);

  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(4))}, Origin::Mouse));
  session.play(2'000'000, 10'000);
  follow(comparison, session);
  CHECK_FALSE(comparison.run().timeline().world().machine(raft::node_at(4)).up);
  CHECK(comparison.left_out() == 0);
}

TEST_CASE("acting between two events, back where the other run has gone beyond, is done to it as well") {
  Session session = Session::free_play(5, 3);
  Comparison comparison = Comparison::with_change(session, {.toggled = raft::sim::Setting::PreVote});
  // They part when somebody stands for election; from then on there are moments with an event in the other run alone.
  play_to_leader(session);
  int tried = 0;
  for (int i = 0; i < 400 && tried < 5; ++i) {
    session.step_forward(ui::Stride::Event);
    const raft::sim::Time here = session.run().clock();
    const raft::sim::Time next = session.run().next_at();
    session.seek_time(next - 1);
    follow(comparison, session);
    if (comparison.run().timeline().world().now <= here) continue;
    ++tried;
    session.step_back(ui::Stride::Event);  // to the start of the interval
    REQUIRE(session.run().clock() == here);
    REQUIRE_FALSE(session.act(raft::sim::Pause{raft::node_at(0)}, Origin::Mouse));
    follow(comparison, session);
    CHECK(comparison.run().timeline().world().machine(raft::node_at(0)).paused);
    REQUIRE_FALSE(session.act(raft::sim::Resume{raft::node_at(0)}, Origin::Mouse));
    follow(comparison, session);
    CHECK_FALSE(comparison.run().timeline().world().machine(raft::node_at(0)).paused);
  }
  CHECK(tried == 5);
}

TEST_CASE("what was done is a difference, who did it is none") {
  const auto acted = [](const raft::sim::Intervention& what, Origin origin) {
    Session session = Session::free_play(5, 3);
    session.play(100'000, 1000);
    REQUIRE_FALSE(session.act(what, origin));
    session.play(50'000, 1000);
    return session;
  };
  const auto set = [](int a, int b) { return raft::NodeSet::only(raft::node_at(static_cast<std::size_t>(a))) | raft::NodeSet::only(raft::node_at(static_cast<std::size_t>(b))); };
  const Session one = acted(raft::sim::Isolate{set(0, 1)}, Origin::Mouse);
  const Session by_key = acted(raft::sim::Isolate{set(0, 1)}, Origin::Key);
  const Session others = acted(raft::sim::Isolate{set(2, 3)}, Origin::Mouse);
  raft::check::FirstDifference same;
  CHECK(same.look(one.run(), by_key.run(), 1000));
  CHECK_FALSE(same.event());
  raft::check::FirstDifference other;
  other.look(one.run(), others.run(), 1000);
  CHECK(other.event() == one.run().acts().front().number);
}

TEST_CASE("a walkthrough beside what was done instead goes on as it would have, to its end and beyond") {
  auto parsed = raft::walkthrough::parse("walkthrough 1\ncluster A B C\nstep \"one\"\n  for 400ms\nstep \"two\"\n  do crash A\n", "w.walk");
  REQUIRE(parsed.errors.empty());
  Session session = Session::of_walkthrough(std::make_shared<const raft::walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
  session.go_to_step(0);
  const auto reached = session.player()->reached();
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, Origin::Mouse));
  Comparison comparison = Comparison::with_branch(session, raft::check::trunk);
  follow(comparison, session);
  REQUIRE(comparison.first_difference().has_value());  // at once: it is known what the walkthrough does there
  CHECK(comparison.first_difference()->here.number == reached.event + 1);
  CHECK(std::get<raft::sim::Crash>(*comparison.first_difference()->there.intervention).nodes == raft::NodeSet::only(raft::node_at(0)));
  session.play(500'000, 10'000);
  follow(comparison, session);
  CHECK_FALSE(comparison.ends_at().has_value());
  CHECK(comparison.run().timeline().clock() == session.run().clock());
  CHECK_FALSE(comparison.run().timeline().world().machine(raft::node_at(0)).up);
  CHECK(comparison.run().timeline().world().machine(raft::node_at(1)).up);
  CHECK(session.player()->reached() == reached);  // it is a copy that goes on

  // Who has gone back to before it had been played for the second time is told the same.
  session.next_step();
  while (session.play(100'000, 1'000) && session.step_at_cursor() < 1) {
  }
  session.go_to_step(0);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(2))}, Origin::Mouse));
  Comparison again = Comparison::with_branch(session, raft::check::trunk);
  follow(again, session);
  REQUIRE(again.first_difference().has_value());
  CHECK(again.first_difference()->there.intervention.has_value());
}

TEST_CASE("a walkthrough that fails is told up to there: it does not say how it would have gone on") {
  auto parsed = raft::walkthrough::parse("walkthrough 1\ncluster A B C\nstep \"one\"\n  for 400ms\nstep \"two\"\n  for 100ms\n  expect leaders = 3\n  do crash A\n", "w.walk");
  REQUIRE(parsed.errors.empty());
  Session session = Session::of_walkthrough(std::make_shared<const raft::walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
  session.go_to_step(0);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, Origin::Mouse));
  session.play(500'000, 10'000);
  Comparison comparison = Comparison::with_branch(session, raft::check::trunk);
  follow(comparison, session);
  CHECK(comparison.ends_at() == 500'000);
  CHECK(comparison.run().timeline().clock() <= 500'000);
}

TEST_CASE("what has no place in a smaller cluster is left out, and said") {
  Session session = Session::free_play(5, 3);
  play_to_leader(session);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(4))}, Origin::Mouse));
  Comparison comparison = Comparison::with_change(session, {.nodes = 3});
  follow(comparison, session);
  CHECK(comparison.run().timeline().world().node_count() == 3);
  CHECK(comparison.left_out() == 1);
  // The nodes that only one of them has differ, whatever they do.
  CHECK(comparison.differing(session).contains(raft::node_at(3)));
}

TEST_CASE("a run is compared with each switch turned and with other sizes, but not with its own") {
  const std::vector<Change> changes = app::changes_of(Session::free_play(5, 1).run().config());
  CHECK(std::count(changes.begin(), changes.end(), Change{.nodes = 3}) == 1);
  CHECK(std::count(changes.begin(), changes.end(), Change{.nodes = 5}) == 0);
  CHECK(std::count(changes.begin(), changes.end(), Change{.toggled = raft::sim::Setting::PreVote}) == 1);
}
