// The lines of one client: what became of its request, from its call on.
#include <algorithm>

#include <doctest/doctest.h>

#include "app/event_lines.h"
#include "tests/ui/window.h"

TEST_CASE("the lines of a client begin with its call, and grow with the run") {
  using raft::explain::Language;
  ui::test::Played played(3);
  while (raft::sim::current_leader(played.run.world()) == raft::no_node) played.step(1);
  played.write("x", "1");
  const raft::explain::Words& words = ui::test::words_of(Language::English);
  const auto called = played.run.position();
  const app::EventFilter filter{.end = raft::ClientId{1}, .first = called};
  app::EventSearch search;
  search.look(played.run, words, filter, 1);
  REQUIRE(search.lines().size() == 1);
  CHECK(search.lines().front().number == called);
  CHECK(search.lines().front().what.starts_with("c1 asks "));
  while (played.run.world().client(raft::ClientId{1})->status == raft::sim::ClientStatus::Waiting) {
    played.step(1);
    search.look(played.run, words, filter, 1);
  }
  CHECK(search.lines().size() >= 3);
  CHECK(search.lines().back().why.back().sentence == "c1 has its answer.");
  app::EventSearch at_once;
  at_once.look(played.run, words, filter, 1);
  REQUIRE(at_once.lines().size() == search.lines().size());
  for (std::size_t i = 0; i < search.lines().size(); ++i) CHECK(at_once.lines()[i].what == search.lines()[i].what);
  CHECK(at_once.done());
}

TEST_CASE("without heartbeats the list goes back as far as it takes, and gives up after very many") {
  using raft::explain::Language;
  ui::test::Played played(3);
  while (raft::sim::current_leader(played.run.world()) == raft::no_node) played.step(1);
  const std::int64_t elected = played.run.position();
  const raft::explain::Words& words = ui::test::words_of(Language::English);
  const auto last_loud = [&] {
    app::EventSearch search;
    int frames = 0;
    do search.look(played.run, words, {.loud = true}, 1);
    while (!search.done() && ++frames < 1000);
    for (const ui::EventLine& line : search.lines()) CHECK_FALSE(line.quiet);
    return search.lines().empty() ? -1 : search.lines().back().number;
  };
  played.step(5'000);
  const std::int64_t found = last_loud();
  CHECK(found >= elected);
  CHECK(found < elected + 50);
  played.step(static_cast<int>(app::EventSearch::most_heartbeats) + 2'000);
  CHECK(last_loud() == -1);
}

TEST_CASE("a heartbeat that ends a candidacy or is refused is no routine, and stays in the list without heartbeats") {
  using raft::explain::Language;
  using raft::ReasonCode;
  const raft::explain::Words& words = ui::test::words_of(Language::English);
  const auto seen = [&](const ui::test::Played& played, ReasonCode code) {
    const raft::sim::Event& event = played.run.event();
    const bool heartbeat = event.flight && raft::is_heartbeat(event.flight->message);
    const bool has = std::any_of(event.reasons.begin(), event.reasons.end(), [code](const raft::Reason& reason) { return reason.code == code; });
    if (heartbeat) CHECK(app::event_line(words, played.run.world(), event).quiet == !has);
    return heartbeat && has;
  };
  const auto seen_within = [&](ui::test::Played& played, ReasonCode code) {
    for (int i = 0; i < 200; ++i) {
      played.step(1);
      if (seen(played, code)) return true;
    }
    return false;
  };
  SUBCASE("refused: its request never reaches the leader, whose next heartbeat is of the term before") {
    ui::test::Played played(3);
    while (raft::sim::current_leader(played.run.world()) == raft::no_node) played.step(1);
    const raft::NodeId leader = raft::sim::current_leader(played.run.world());
    const raft::NodeId other = raft::node_at(leader == raft::node_at(0) ? 1 : 0);
    played.act(raft::sim::Cut{other, leader, raft::sim::Direction::OneWay});
    played.act(raft::sim::FireElectionTimer{other});
    CHECK(seen_within(played, ReasonCode::StaleTerm));
  }
  SUBCASE("a candidacy ends: two stand for the same term, and one of them wins") {
    ui::test::Played played(3);
    for (const std::size_t node : {0U, 1U}) played.act(raft::sim::FireElectionTimer{raft::node_at(node)});
    CHECK(seen_within(played, ReasonCode::SteppedDown));
  }
  SUBCASE("refused: it speaks of an entry that the receiver lacks") {
    ui::test::Played played(3);
    played.play_a_while();
    const raft::NodeId leader = raft::sim::current_leader(played.run.world());
    const raft::NodeId other = raft::node_at(leader == raft::node_at(0) ? 1 : 0);
    played.act(raft::sim::Crash{raft::NodeSet::only(other)});
    played.act(raft::sim::Wipe{other});
    played.act(raft::sim::Restart{raft::NodeSet::only(other)});
    CHECK(seen_within(played, ReasonCode::MissingEntry));
  }
}

TEST_CASE("the headline of an event is what came of it") {
  using raft::explain::Language;
  ui::test::Played played(3);
  while (raft::sim::current_leader(played.run.world()) == raft::no_node) played.step(1);
  const raft::explain::Words& words = ui::test::words_of(Language::English);
  const ui::EventLine elected = app::event_line(words, played.run.world(), played.run.event());
  CHECK(elected.headline.ends_with(": it is the leader of term 1."));
  CHECK(elected.headline != elected.what);
  played.step(1);
  while (!raft::is_heartbeat(played.run.event().flight ? played.run.event().flight->message : raft::Message{})) played.step(1);
  CHECK(app::event_line(words, played.run.world(), played.run.event()).headline.empty());
}
