// Writing a walkthrough as the window does, without the window: play on, pause, act; what comes out reads as if it had
// been written by hand, and plays.
#include "app/author.h"

#include "raft/sim/world_hash.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/evaluate.h"
#include "tests/support/program.h"
#include "tests/walkthrough/play.h"

namespace app::test {

namespace {

using app::Author;
using app::Session;
using namespace raft::walkthrough;

std::string step_n(std::size_t n) { return "Step " + std::to_string(n); }

/// An author and the stage in front of them.
struct Desk {
  Author author;
  Session session;

  explicit Desk(const Session& begun) : author(Author::of(begun, {}, step_n)), session(author.session_at({0, 0})) {}

  void go(const Author::Place& place) { session = author.session_at(place); }
  void play_until(const std::string& condition) {
    Parsed probe = parse("walkthrough 1\ncluster A B C D\nstep \"s\"\nuntil " + condition + " within 10s\n", "probe");
    REQUIRE(probe.errors.empty());
    const Expression& wanted = probe.walkthrough.steps[0].statements[0].condition;
    Story story;
    raft::check::Oracles oracles(session.run().world());
    raft::check::History history(session.run().world());
    raft::check::LinearizabilityChecker linearizability;
    for (int i = 0; i < 5000; ++i) {
      if (holds(wanted, {session.run().world(), session.run().clock(), story, oracles, history, linearizability})) return;
      session.step_forward(ui::Stride::Event);
    }
    FAIL("it never came true: " << condition);
  }
  void insert(const std::string& statements, bool says_how = false) {
    Author::Place place;
    REQUIRE(author.insert(session, statements, says_how, place) == "");
    go(place);
  }
  void pause() {
    const std::vector<std::string> ways = author.waits(session);
    REQUIRE_FALSE(ways.empty());
    insert(ways.front(), true);
  }
  void edit(const Edit& what) { REQUIRE(author.apply(what) == ""); }
};

Session seeded(const std::string& head) {
  Parsed parsed = parse("walkthrough 1\ncluster A B C D\n" + head + "\nstep \"Step 1\"\n", "draft.walk");
  REQUIRE(parsed.errors.empty());
  return Session::of_walkthrough(std::make_shared<const Walkthrough>(std::move(parsed.walkthrough)));
}

/// A walkthrough that somebody left, to have two nodes lead one term, and a third stand for election after that.
Session with_two_leaders() {
  Session played = seeded("seed 247\nset rule one_vote_per_term off\nset timers manual\n");
  const auto times_out = [&played](std::size_t node) {
    REQUIRE_FALSE(played.act(raft::sim::FireElectionTimer{raft::node_at(node)}, raft::sim::Origin::Mouse));
  };
  times_out(0);
  times_out(1);
  const auto broken = [&played] { return played.oracles().broken(raft::check::Property::ElectionSafety); };
  for (int i = 0; i < 200 && !broken(); ++i) played.step_forward(ui::Stride::Event);
  REQUIRE(broken());
  times_out(2);
  return played;
}

}  // namespace

TEST_CASE("an author plays a split vote, pauses and acts; the text is as one written by hand, and plays") {
  Desk desk(seeded("seed 247\n"));
  desk.play_until("role A = candidate and role B = candidate");
  desk.insert("do deliver RequestVote A -> C");
  desk.insert("do deliver RequestVote B -> D");
  desk.insert("expect vote C = A and vote D = B");
  desk.play_until("votes A = 2 and votes B = 2");
  desk.pause();
  desk.edit(AddStep{1, "The next term settles it"});
  desk.go({1, 0});
  desk.play_until("role A = leader");
  desk.pause();
  desk.insert("expect leader_in_term 1 = none");
  desk.edit(NameStep{0, "Two votes each"});
  desk.edit(SetStepText{0, Statement::Kind::Say, "en", "Each candidate has two votes of four."});
  desk.edit(SetHeadText{HeadLine::Kind::Title, "en", "A split vote"});
  CHECK(desk.author.text() ==
        "walkthrough 1\ntitle en: A split vote\ncluster A B C D\nseed 247\n\n"
        "step \"Two votes each\"\n  say en: Each candidate has two votes of four.\n"
        "  until role B = candidate within 1s\n  do deliver RequestVote A -> C\n  do deliver RequestVote B -> D\n"
        "  expect vote C = A and vote D = B\n  until votes B = 2 within 1s\n\n"
        "step \"The next term settles it\"\n  until role A = leader within 1s\n  expect leader_in_term 1 = none\n");
  CHECK(walkthrough_test::outcome(desk.author.text()) == "");
  CHECK_FALSE(desk.author.failure());
}

TEST_CASE("what is done in the middle of a step stands before what had not been done yet") {
  Desk desk(seeded("seed 247\n"));
  desk.insert("until leaders = 1 within 5s", true);
  desk.insert("do crash A", false);
  desk.go({0, 1});
  desk.insert("do write x=1", false);
  CHECK(desk.author.text().find("within 5s\n  do write x=1\n  do crash A\n") != std::string::npos);
}

TEST_CASE("an edit after which something no longer holds says where, and is taken back") {
  Desk desk(seeded("seed 247\n"));
  desk.play_until("role A = leader");
  desk.pause();
  desk.insert("do crash A");
  desk.insert("expect not up A");
  const std::string before = desk.author.text();
  desk.edit(ChangeStatement{0, 1, ""});
  REQUIRE(desk.author.failure());
  CHECK(desk.author.failure()->text == "expected not up A, but it is so");
  CHECK(desk.author.can_undo());
  desk.author.undo();
  CHECK(desk.author.text() == before);
  CHECK_FALSE(desk.author.failure());
  desk.author.redo();
  CHECK(desk.author.text() != before);
  CHECK(desk.author.apply(ChangeStatement{0, 0, "until role A = leeder within 1s"}).find("leeder") != std::string::npos);
}

TEST_CASE("a run that was played by hand becomes steps that play to the same world") {
  Session played = Session::free_play(3, 7);
  const auto leader = [&played] { return raft::sim::current_leader(played.run().world()); };
  while (leader() == raft::no_node) played.step_forward(ui::Stride::Event);
  REQUIRE_FALSE(played.act(raft::sim::ClientAsk{{raft::CommandKind::Write, "x", "1", ""}}, raft::sim::Origin::Mouse));
  played.play(13'700, 10'000);
  REQUIRE_FALSE(played.act(raft::sim::Crash{raft::NodeSet::only(leader())}, raft::sim::Origin::Mouse));
  played.play(400'000, 10'000);
  const Author author = Author::of(played, {}, step_n);
  CAPTURE(author.text());
  CHECK(author.draft().steps.size() == 2);
  walkthrough_test::Player player = walkthrough_test::player_of(author.text());
  REQUIRE(walkthrough_test::play(player) == "");
  CHECK(raft::sim::world_hash(player.timeline().world()) == raft::sim::world_hash(played.run().world()));
  CHECK(author.text().find("  until role ") != std::string::npos);
}

TEST_CASE("who has left a walkthrough and acted goes on from there: it is written down where they left") {
  Desk desk(seeded("seed 247\n"));
  desk.insert("until leaders = 1 within 5s", true);
  Session session = desk.author.session_at({0, 1});
  session.play(20'000, 1000);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(3))}, raft::sim::Origin::Mouse));
  const Author author = Author::of(session, {}, step_n);
  CAPTURE(author.text());
  CHECK(author.text().find("  do crash D\n") != std::string::npos);
  walkthrough_test::Player player = walkthrough_test::player_of(author.text());
  REQUIRE(walkthrough_test::play(player) == "");
  CHECK(raft::sim::world_hash(player.timeline().world()) == raft::sim::world_hash(session.run().world()));
}

TEST_CASE("who has gone back in a walkthrough and acted there: it is written down there, with all that followed by hand") {
  Desk desk(seeded("seed 247\n"));
  desk.insert("until leaders = 1 within 5s", true);
  desk.insert("for 100ms", true);
  const Author::Place end{0, 2};
  Session session = desk.author.session_at(end);
  const std::int64_t reached = session.run().position();
  session.seek_event(reached / 2);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(3))}, raft::sim::Origin::Mouse));
  const std::int64_t crash = session.run().acts().back().number;
  REQUIRE(crash < reached);
  session.play(10'000, 1000);
  REQUIRE_FALSE(session.act(raft::sim::Restart{raft::NodeSet::only(raft::node_at(3))}, raft::sim::Origin::Mouse));
  const Author author = Author::of(session, {}, step_n);
  CAPTURE(author.text());
  const std::size_t crashed = author.text().find("  do crash D\n");
  REQUIRE(crashed != std::string::npos);
  CHECK(author.text().find("  do restart D\n", crashed) != std::string::npos);
  CHECK(author.text().find("  for 100ms\n", crashed) != std::string::npos);  // what the walkthrough had to play comes after it
}

TEST_CASE("what is done at the start of a step stands below what is said of it") {
  Desk desk(seeded("seed 247\n"));
  desk.edit(SetStepText{0, Statement::Kind::Say, "en", "A crash."});
  desk.insert("do crash A");
  CHECK(desk.author.text().find("  say en: A crash.\n  do crash A\n") != std::string::npos);
}

TEST_CASE("who has gone back in free play writes down what had been done until then") {
  Session played = Session::free_play(3, 7);
  for (const int node : {0, 1}) {
    REQUIRE_FALSE(played.act(raft::sim::FireElectionTimer{raft::node_at(static_cast<std::size_t>(node))}, raft::sim::Origin::Mouse));
    played.play(500'000, 10'000);
  }
  played.seek_event(played.run().acts().back().number - 1);
  const Author author = Author::of(played, {}, step_n);
  CAPTURE(author.text());
  CHECK(author.text().find("  do timeout A\n") != std::string::npos);
  CHECK(author.text().find("  do timeout B\n") == std::string::npos);
  walkthrough_test::Player player = walkthrough_test::player_of(author.text());
  REQUIRE(walkthrough_test::play(player) == "");
  CHECK(raft::sim::world_hash(player.timeline().world()) == raft::sim::world_hash(played.run().world()));
}

TEST_CASE("a run that broke a promise becomes a draft that may break it, and plays") {
  const Session played = with_two_leaders();
  const Session free = Session::of_run(raft::check::CheckedRun(played.run()));
  const Author author = Author::of(free, {}, step_n);
  CAPTURE(author.text());
  CHECK(author.text().find("allow violation \"Election Safety\"\n") != std::string::npos);
  CHECK(author.text().find("do timeout C\n") != std::string::npos);
  // Back where it had broken none, none is allowed.
  Session back = Session::of_run(raft::check::CheckedRun(played.run()));
  back.seek_event(1);
  CHECK(Author::of(back, {}, step_n).text().find("allow violation") == std::string::npos);
  CHECK(walkthrough_test::outcome(author.text()) == "");
}

TEST_CASE("who has left a walkthrough and broken a promise goes on from there: the draft may break it, and keeps all times") {
  const Session played = with_two_leaders();
  const Author author = Author::of(played, {}, step_n);
  CAPTURE(author.text());
  CHECK(author.text().find("allow violation \"Election Safety\"\n") != std::string::npos);
  walkthrough_test::Player player = walkthrough_test::player_of(author.text());
  REQUIRE(walkthrough_test::play(player) == "");
  REQUIRE(player.timeline().acts().size() == 3);
  CHECK(player.timeline().acts()[2].at == played.run().acts()[2].at);
}

TEST_CASE("a new step is one edit: how one came there, and the step, are taken back together") {
  Desk desk(seeded("seed 247\n"));
  desk.play_until("role A = leader");
  const std::string before = desk.author.text();
  Author::Place place;
  REQUIRE(desk.author.begin_step(desk.session, "The next", place) == "");
  CHECK(place == Author::Place{1, 0});
  CHECK(desk.author.draft().steps[0].statements.size() == 1);
  desk.author.undo();
  CHECK(desk.author.text() == before);
  CHECK_FALSE(desk.author.can_undo());
  desk.author.redo();
  CHECK(desk.author.draft().steps.size() == 2);
}

TEST_CASE("an edit plays on from the step that it changes: what comes of it is what a play from the start comes to") {
  Desk desk(seeded("seed 247\n"));
  const auto agrees = [&desk] {
    const Author fresh(desk.author.shared_draft(), {});
    CHECK(world_hash(desk.author.played().world()) == world_hash(fresh.played().world()));
    CHECK(desk.author.played().clock() == fresh.played().clock());
    CHECK(desk.author.failure().has_value() == fresh.failure().has_value());
    if (desk.author.failure() && fresh.failure()) CHECK(desk.author.failure()->message() == fresh.failure()->message());
    for (std::size_t step = 0; step < desk.author.draft().steps.size(); ++step) {
      const std::size_t count = desk.author.draft().steps[step].statements.size();
      for (const std::size_t statement : {std::size_t{0}, count / 2, count}) {
        const Session here = desk.author.session_at({step, statement});
        const Session there = fresh.session_at({step, statement});
        CHECK(world_hash(here.run().world()) == world_hash(there.run().world()));
        CHECK(here.run().clock() == there.run().clock());
        CHECK(here.run().end() == here.run().position());
        CHECK(desk.author.place_of(here) == fresh.place_of(there));
      }
      const Session before = desk.author.session_before(step);
      for (const Asked& asked : before.player()->asked()) {
        const auto& questions = before.player()->walkthrough().steps[asked.step].questions;
        CHECK(asked.question >= questions.data());
        CHECK(asked.question < questions.data() + questions.size());
      }
    }
  };
  const std::vector<Edit> edits{
      AddStatements{0, 0, "until leaders = 1 within 2s\nask en: Will term 1 have a leader?\nanswer leader_in_term 1 != none within 300ms"},
      AddStep{1, "Second"},
      AddStatements{1, 0, "do crash A\nfor 200ms\nexpect not up A"},
      AddStep{2, "Third"},
      AddStatements{2, 0, "do restart A\nfor 200ms\nexpect up A"},
      SetStepText{1, Statement::Kind::Say, "en", "A goes down."},
      SetHeadText{HeadLine::Kind::Title, "en", "Down and up"},
      AddStatements{1, 3, "for 5ms"},
      ChangeStatement{1, 1, ""},
      AddStatements{0, 0, "for 20ms"},
      MoveStep{2, 1},
      MergeSteps{0},
      SplitStep{0, 2, "Again"},
      RemoveStep{0},
      NameStep{0, "Left"},
  };
  for (std::size_t i = 0; i < edits.size(); ++i) {
    CAPTURE(i);
    CHECK(desk.author.apply(edits[i]) == "");
    agrees();
  }
  for (; desk.author.can_undo(); desk.author.undo()) agrees();
  for (; desk.author.can_redo(); desk.author.redo()) agrees();
  agrees();
}

TEST_CASE("what was done by hand is taken over as one edit, which can be taken back") {
  Desk desk(seeded("seed 247\n"));
  const std::string before = desk.author.text();
  Session session = desk.author.session_at({0, 0});
  for (int i = 0; i < 20; ++i) session.step_forward(ui::Stride::Event);
  for (const std::size_t node : {std::size_t{0}, std::size_t{1}}) {
    REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(node))}, raft::sim::Origin::Key));
    for (int i = 0; i < 10; ++i) session.step_forward(ui::Stride::Event);
  }
  desk.edit(NameStep{0, "named before"});
  const std::string named = desk.author.text();
  REQUIRE(desk.author.take_over_acts(session));
  CHECK(desk.author.text().find("do crash B") != std::string::npos);
  desk.author.undo();
  CHECK(desk.author.text() == named);
  desk.author.undo();
  CHECK(desk.author.text() == before);
  CHECK_FALSE(desk.author.can_undo());
  desk.author.redo();
  desk.author.redo();
  CHECK(desk.author.text().find("do crash B") != std::string::npos);
}

TEST_CASE("what lies after the cursor is not taken over, and nobody who did nothing loses his undo") {
  Desk desk(seeded("seed 247\n"));
  Session session = desk.author.session_at({0, 0});
  for (int i = 0; i < 20; ++i) session.step_forward(ui::Stride::Event);
  const std::int64_t before = session.run().position();
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key));
  session.seek_event(before);
  const std::string text = desk.author.text();
  CHECK_FALSE(desk.author.take_over_acts(session).has_value());
  CHECK(desk.author.text() == text);
}

TEST_CASE("who has acted in the middle of a step stands after what they did") {
  Desk desk(seeded("seed 247\n"));
  desk.insert("until term A = 2 within 60s", true);
  Session session = desk.author.session_at({0, 0});
  for (int i = 0; i < 5; ++i) session.step_forward(ui::Stride::Event);
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key));
  const auto stands = desk.author.take_over_acts(session);
  REQUIRE(stands.has_value());
  const Session there = desk.author.session_at(*stands);
  CHECK(raft::sim::world_hash(there.run().world()) == raft::sim::world_hash(session.run().world()));
  CHECK_FALSE(there.run().world().machine(raft::node_at(1)).up);
}

TEST_CASE("what the stage gives as the number of a message is written as what the message is") {
  Desk desk(seeded("seed 247\n"));
  desk.play_until("role A = candidate");
  const raft::sim::Flight& flight = desk.session.run().world().network.flight(0);
  const raft::sim::Intervention drop = raft::sim::DropMessage{{raft::sim::MessagePick::How::ById, flight.id, {}}};
  const auto written = as_written(drop, desk.session.run().world());
  CHECK(command_text(written, desk.session.run().world()).starts_with("drop RequestVote A -> "));
}

}  // namespace app::test
