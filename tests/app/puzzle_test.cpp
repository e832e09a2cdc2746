// A puzzle in the window: the stage is played, the goals are shown one after the other and looked for as one acts.
#include <doctest/doctest.h>

#include "app/session.h"
#include "app/walkthrough_view.h"
#include "raft/walkthrough/commands.h"
#include "tests/explain/texts.h"
#include "tests/walkthrough/play.h"

namespace app::test {

namespace {

using app::Session;

Session open_puzzle(const std::string& name) {
  walkthrough_test::Parsed parsed =
      walkthrough_test::parse(walkthrough_test::read_source("assets/walkthroughs/puzzles/" + name + ".walk"));
  REQUIRE(parsed.errors.empty());
  return Session::of_walkthrough(std::make_shared<const walkthrough_test::Walkthrough>(std::move(parsed.walkthrough)));
}

void act(Session& session, const std::string& command) {
  const auto names = raft::walkthrough::Names::of(session.run().world());
  const auto parsed = raft::walkthrough::parse_command(command, names);
  const auto* what = std::get_if<raft::sim::Intervention>(&parsed);
  REQUIRE_MESSAGE(what != nullptr, command);
  const auto reason = session.act(*what, raft::sim::Origin::Mouse);
  REQUIRE_MESSAGE(!reason.has_value(), command);
}

void wait(Session& session, raft::sim::Time time) {
  const raft::sim::Time until = session.run().clock() + time;
  while (session.run().clock() < until && session.play(until - session.run().clock(), 1000)) {
  }
}

ui::WalkthroughView view(const Session& session) {
  const auto view = app::view_walkthrough(session, raft::test::english(), {.answered = true});
  REQUIRE(view.has_value());
  return *view;
}

void solve_two_leaders(Session& session) {
  act(session, "partition A B | C D E");
  act(session, "timeout C");
  wait(session, 100'000);
}

}  // namespace

TEST_CASE("a puzzle shows what is to be reached, then its stage, then its goals, and never what they expect") {
  Session session = open_puzzle("two_leaders");
  CHECK(session.assignment() != nullptr);
  CHECK(view(session).about.find("two leaders at once") != std::string::npos);
  CHECK(view(session).step_count == 1);
  session.go_to_step(0);
  CHECK(view(session).heading.starts_with("Goal 1 of 2: "));
  CHECK(view(session).caption == "Have A and another node lead at the same time, A in the lower term.");
  CHECK(session.goals_reached() == 0);
  CHECK_FALSE(session.player()->failure().has_value());
}

TEST_CASE("goals are reached as one acts, and stay reached when one looks back") {
  Session session = open_puzzle("two_leaders");
  session.go_to_step(0);
  solve_two_leaders(session);
  CHECK(session.goals_reached() == 1);
  CHECK(view(session).heading.starts_with("Goal 2 of 2: "));
  act(session, "write x to A by c1");
  act(session, "write y to C by c2");
  wait(session, 200'000);
  CHECK(session.goals_reached() == 2);
  CHECK(view(session).caption.starts_with("Solved"));
  session.seek_event(session.run().position() / 2);
  CHECK(session.goals_reached() == 2);
}

TEST_CASE("acting otherwise in the past, or Next, takes the goals back") {
  Session session = open_puzzle("two_leaders");
  session.go_to_step(0);
  const std::int64_t stage = session.run().position();
  solve_two_leaders(session);
  REQUIRE(session.goals_reached() == 1);
  session.seek_event(stage);
  act(session, "write x to A by c1");
  CHECK(session.goals_reached() == 0);
  solve_two_leaders(session);
  CHECK(session.goals_reached() == 1);
  session.next_step();
  CHECK(session.goals_reached() == 0);
  CHECK(session.run().position() == stage);
}

TEST_CASE("a puzzle says what may be done, and in its window nothing else can be") {
  Session session = open_puzzle("one_cut");
  session.go_to_step(0);
  CHECK(view(session).limits == "You may: cut (at most 1); write (at most 1)");
  const auto refusal = [&session](const std::string& command) {
    const auto parsed = raft::walkthrough::parse_command(command, raft::walkthrough::Names::of(session.run().world()));
    const auto forbidden = session.forbidden(std::get<raft::sim::Intervention>(parsed));
    return forbidden ? forbidden_sentence(*forbidden, raft::test::english()) : "";
  };
  CHECK(refusal("cut A -> B") == "");
  CHECK(refusal("crash B") == "This puzzle is to be solved without “crash B”.");
  CHECK(refusal("set rule majority_needed off") == "Rules and clocks stay as they are in a puzzle.");
  const std::int64_t stage = session.run().position();
  act(session, "cut A -> B");
  CHECK(refusal("cut A -> C") == "One too many: of cut only 1 is allowed here.");
  CHECK(refusal("write x by c1") == "");
  session.seek_event(stage);  // who goes back has not done it yet
  CHECK(refusal("cut A -> C") == "");
}

TEST_CASE("whoever acts before the stage is set gets it set first") {
  Session session = open_puzzle("two_leaders");
  act(session, "write x to A by c1");
  CHECK(session.run().acts().size() == 2);
  CHECK(session.run().acts().front().at == 0);
  CHECK(session.run().acts().back().at > 0);
}

TEST_CASE("a limit that commands share is said of all of them") {
  Session session = open_puzzle("stale_read");
  session.go_to_step(0);
  CHECK(view(session).limits.starts_with("You may: write, read (at most 6 in all); crash, restart, "));
}

TEST_CASE("whoever goes back before the stage is set, and acts there, acts on the stage") {
  Session session = open_puzzle("one_cut");
  session.go_to_step(0);
  const std::int64_t stage = session.run().position();
  act(session, "cut A -> B");
  session.seek_event(2);
  const auto cut = raft::walkthrough::parse_command("cut A -> C", raft::walkthrough::Names::of(session.run().world()));
  CHECK_FALSE(session.forbidden(std::get<raft::sim::Intervention>(cut)).has_value());
  act(session, "cut A -> C");
  CHECK(session.run().position() == stage + 1);
  CHECK(session.forbidden(std::get<raft::sim::Intervention>(cut)).has_value());  // it is the second
}

TEST_CASE("the stage of a puzzle is played on, though its violation has not come and a rule for a message still waits") {
  walkthrough_test::Parsed parsed = walkthrough_test::parse(
      "walkthrough 1\ngoal en: Break it.\ncluster A B C\nseed 3\nset rule one_vote_per_term off\nallow violation \"Election Safety\"\n"
      "step \"stage\"\n  do drop next TimeoutNow A -> B\n  for 10ms\nstep \"goal\"\n  expect violated \"Election Safety\"\n");
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  Session session = Session::of_walkthrough(std::make_shared<const walkthrough_test::Walkthrough>(std::move(parsed.walkthrough)));
  session.go_to_step(0);
  for (int i = 0; i < 3; ++i) wait(session, 100'000);  // it stops where something breaks
  CHECK(session.run().clock() > 200'000);
  CHECK_FALSE(session.player()->failure().has_value());
}

TEST_CASE("a question is not asked of whoever has left the walkthrough to try something") {
  walkthrough_test::Parsed parsed = walkthrough_test::parse(
      "walkthrough 1\ncluster A B C\nseed 3\nstep \"one\"\n  for 400ms\n  ask en: Will A lead?\n  answer leader = A within 2s\n");
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  Session session = Session::of_walkthrough(std::make_shared<const walkthrough_test::Walkthrough>(std::move(parsed.walkthrough)));
  session.go_to_step(0);
  CHECK(view(session).question.has_value());
  act(session, "crash B");
  CHECK_FALSE(view(session).question.has_value());
  session.next_step();
  CHECK(view(session).question.has_value());
}

}  // namespace app::test
