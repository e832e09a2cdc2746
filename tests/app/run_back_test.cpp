// Going back to where a condition came true: the same moment that looking at every event finds, in whatever slices.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>

#include "app/asked_now.h"
#include "raft/walkthrough/names.h"
#include "raft/walkthrough/typed_condition.h"
#include "tests/app/running.h"
#include "tests/support/two_leaders.h"
#include "tests/walkthrough/play.h"

namespace app::test {

namespace {

raft::walkthrough::Expression condition_in(const Session& session, const std::string& text) {
  auto parsed = raft::walkthrough::parse_condition(text, raft::walkthrough::Names::of(session.run().world()));
  auto* typed = std::get_if<raft::walkthrough::TypedCondition>(&parsed);
  REQUIRE(typed != nullptr);
  return typed->condition;
}

/// -1: it never came true.
std::int64_t found_back(const Session& session, const std::string& text, int slice,
                        std::optional<raft::sim::Time> within = std::nullopt) {
  RunBack back(session, condition_in(session, text), within);
  RunBack::Progress progress = RunBack::Progress::GoingOn;
  while (progress == RunBack::Progress::GoingOn) progress = back.go_on(slice);
  return progress == RunBack::Progress::Found ? back.found() : -1;
}

/// The same by going to every event and asking there. The cursor ends where it was.
std::int64_t found_by_asking(Session& session, const std::string& text) {
  const std::int64_t end = session.run().position();
  const auto condition = condition_in(session, text);
  std::int64_t found = -1;
  bool held = false;
  for (std::int64_t event = 0; event < end; ++event) {
    session.seek_event(event);
    const bool holds = ask_now(session, condition).yes;
    if (holds && !held) found = event;
    held = holds;
  }
  session.seek_event(end);
  return found;
}

/// An election, a crash of the leader, another election; some writes.
Session eventful() {
  Session session = Session::free_play(5, 3);
  for (int round = 0; round < 3; ++round) {
    while (raft::sim::current_leader(session.run().world()) == raft::no_node) session.step_forward(ui::Stride::Event);
    REQUIRE_FALSE(session.act(raft::sim::ClientAsk{.command = {.key = "x", .value = "1", .expected = {}}}, raft::sim::Origin::Key));
    for (int i = 0; i < 40; ++i) session.step_forward(ui::Stride::Event);
    if (round == 2) break;
    const raft::NodeId leader = raft::sim::current_leader(session.run().world());
    REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(leader)}, raft::sim::Origin::Key));
  }
  return session;
}

}  // namespace

TEST_CASE("back: the last moment at which a condition came true is found, as by asking at every event") {
  Session session = eventful();
  const std::int64_t here = session.run().position();
  for (const char* text : {"leaders = 1", "leaders = 0", "leader_in_term 1 != none", "term A >= 1", "up A", "time >= 100ms",
                           "in_flight any * -> * = 0", "safe", "client c1 = ok", "linearizable"}) {
    CAPTURE(text);
    const std::int64_t found = found_back(session, text, 1000);
    CHECK(found == found_by_asking(session, text));
    CHECK(found == found_back(session, text, 1));
  }
  CHECK(session.run().position() == here);
  CHECK(found_back(session, "up A", 1000) == 0);  // from the start on
}

TEST_CASE("back: what never came true, or came true only here, is not found; nor what lies too far back") {
  Session session = Session::free_play(3, 1);
  CHECK(found_back(session, "leaders = 1", 100) == -1);  // there is nothing before the start
  while (raft::sim::current_leader(session.run().world()) == raft::no_node) session.step_forward(ui::Stride::Event);
  CHECK(found_back(session, "leaders = 1", 100) == -1);
  const std::int64_t elected = session.run().position();
  for (int i = 0; i < 100; ++i) session.step_forward(ui::Stride::Event);
  CHECK(found_back(session, "leaders = 1", 100) == elected);
  CHECK(found_back(session, "leaders = 2", 100) == -1);
  CHECK(found_back(session, "leaders = 1", 100, raft::sim::Time{1000}) == -1);
  CHECK(found_back(session, "leaders = 1", 100, session.run().clock()) == elected);
}

TEST_CASE("back: what came true exactly as far back as may be is found, a microsecond further it is not") {
  Session session = eventful();
  for (const char* text : {"leaders = 1", "leader_in_term 1 != none"}) {
    CAPTURE(text);
    const std::int64_t found = found_back(session, text, 1000);
    REQUIRE(found > 0);
    const raft::sim::Time ago = session.run().clock() - session.run().record(found).at;
    CHECK(found_back(session, text, 1000, ago) == found);
    CHECK(found_back(session, text, 1000, ago - 1) == -1);
  }
}

TEST_CASE("back: what is asked of a command is known of what snapshots have replaced, too") {
  Session session = Session::free_play(3, 1);
  REQUIRE_FALSE(session.act(raft::sim::ChangeSetting{raft::sim::Setting::SnapshotAfter, {1, 0}}, raft::sim::Origin::Key));
  while (raft::sim::current_leader(session.run().world()) == raft::no_node) session.step_forward(ui::Stride::Event);
  for (const char* value : {"1", "2", "3"}) {
    REQUIRE_FALSE(session.act(raft::sim::ClientAsk{.command = {.key = "x", .value = value, .expected = {}}}, raft::sim::Origin::Key));
    for (int i = 0; i < 60; ++i) session.step_forward(ui::Stride::Event);
  }
  REQUIRE(ask_now(session, condition_in(session, "all n: snapshot n >= 2")).yes);
  for (const char* text : {R"(stored "x=1" = 3)", R"(committed "x=1" = 3)", R"(applications A "x=1" = 1)"}) {
    CAPTURE(text);
    const std::int64_t found = found_back(session, text, 1000);
    CHECK(found > 0);
    CHECK(found == found_by_asking(session, text));
  }
}

TEST_CASE("back: how much has been looked at is told of the whole past where that is asked about") {
  Session session = eventful();
  RunBack back(session, condition_in(session, "leader_in_term 9 != none"), raft::sim::Time{100'000});
  back.go_on(static_cast<int>(session.run().position() / 2));
  CHECK(back.part() > 0.4);
  CHECK(back.part() < 0.6);
}

TEST_CASE("back: a run of many stretches is gone through from its end") {
  Session session = Session::free_play(3, 1);
  for (int i = 0; i < 9000; ++i) session.step_forward(ui::Stride::Event);
  const std::int64_t elected = found_back(session, "leaders = 1", 2000);
  REQUIRE(elected > 0);
  CHECK(elected < 100);
  RunBack back(session, condition_in(session, "leaders = 1"), std::nullopt);
  CHECK(back.part() < 0.1);
  while (back.go_on(500) == RunBack::Progress::GoingOn) {
  }
  CHECK(back.part() > 0.9);
}

TEST_CASE("back: typed in the palette the cursor goes there; what never came true has its own sentence") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  while (raft::sim::current_leader(app.session().run().world()) == raft::no_node) app.apply(ui::StepForward{});
  const std::int64_t elected = app.session().run().position();
  for (int i = 0; i < 50; ++i) app.apply(ui::StepForward{});
  const std::int64_t end = app.session().run().position();
  app.apply(ui::PaletteEnter{"back until leaders = 1"});
  running.frame();
  CHECK(app.session().run().position() == elected);
  CHECK(app.session().run().end() == end);  // the future stays
  app.apply(ui::PaletteEnter{"back until leaders = 2"});
  CHECK(says(running, "Up to here it has never come true: leaders = 2"));
  CHECK(app.session().run().position() == elected);
}

TEST_CASE("asked in the past of a run, a condition does not know what is still to come, nor does running until it holds") {
  Session session = Session::free_play(3, 1);
  for (const raft::sim::Intervention& what : raft::test::a_leads_alone()) {
    REQUIRE_FALSE(session.act(what, raft::sim::Origin::Key));
  }
  REQUIRE_FALSE(session.act(raft::test::b_stands(), raft::sim::Origin::Key));
  const auto broken = condition_in(session, "violated \"Election Safety\"");
  REQUIRE(ask_now(session, broken).yes);
  const auto& found = session.oracles().violations();
  const std::int64_t broken_by = std::find_if(found.begin(), found.end(), [](const auto& one) {
                                   return one.property == raft::check::Property::ElectionSafety;
                                 })->event;
  session.seek_event(broken_by - 2);
  CHECK_FALSE(ask_now(session, broken).yes);
  RunUntil run(session, broken, 1'000'000);
  CHECK(run.go_on(session, 1000) == RunUntil::Progress::Holds);
  CHECK(session.run().position() == broken_by);
}

TEST_CASE("running until something holds goes on through what a walkthrough says and does, and stops at its limit") {
  walkthrough_test::Parsed parsed = walkthrough_test::parse(
      walkthrough_test::by_hand + "step \"one\"\n  say en: x\n  pace 1/2\n  do timeout A\n  until leaders = 1 within 1s\n");
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  Session session = Session::of_walkthrough(std::make_shared<const walkthrough_test::Walkthrough>(std::move(parsed.walkthrough)));
  RunUntil near(session, condition_in(session, "leaders = 1"), 5'000);
  CHECK(near.go_on(session, 1000) == RunUntil::Progress::LimitReached);
  CHECK(session.run().clock() == 5'000);
  RunUntil run(session, condition_in(session, "leaders = 1"), 1'000'000);
  CHECK(run.go_on(session, 1000) == RunUntil::Progress::Holds);
}

TEST_CASE("running until something has happened hears of what somebody does meanwhile") {
  Session session = Session::free_play(3, 1);
  RunUntil near(session, condition_in(session, "leaders = 7"), 1);
  const auto from = session.run().place();
  CHECK(near.go_on(session, 10) == RunUntil::Progress::LimitReached);
  CHECK(session.run().clock() == from.clock + 1);  // and not at the next event, however far that is
  session.seek_time(from.clock);
  RunUntil run(session, condition_in(session, "happened started_election B and happened crashed C"), 1'000'000);
  REQUIRE(run.go_on(session, 1) == RunUntil::Progress::GoingOn);
  for (const raft::sim::Intervention& what : std::initializer_list<raft::sim::Intervention>{
           raft::sim::FireElectionTimer{raft::node_at(1)}, raft::sim::Crash{raft::NodeSet::only(raft::node_at(2))}}) {
    REQUIRE_FALSE(session.act(what, raft::sim::Origin::Key));
  }
  CHECK(run.go_on(session, 1) == RunUntil::Progress::Holds);
}

TEST_CASE("what has been run in vain leaves no future behind: who then acts goes on in the same branch") {
  Session session = Session::free_play(3, 1);
  std::vector<std::int64_t> told;
  session.set_listener([&told](const auto&, const raft::sim::Event& event, const auto&) { told.push_back(event.number); });
  REQUIRE(session.play(400'000, 1'000));
  REQUIRE_FALSE(session.act(raft::sim::ClientAsk{.command = {.key = "y", .value = "1", .expected = {}}}, raft::sim::Origin::Key));
  const std::int64_t end = session.run().end();
  const raft::sim::RunPlace from = session.run().place();
  const auto answered = [&session] { return session.history().operation(0).status; };
  REQUIRE(answered() == raft::check::OperationStatus::Waiting);
  RunUntil in_vain(session, condition_in(session, "leaders = 7"), 60'000'000);
  CHECK(in_vain.go_on(session, 1'000'000) == RunUntil::Progress::LimitReached);
  REQUIRE(session.run().end() > end);
  REQUIRE(answered() == raft::check::OperationStatus::Ok);
  CHECK(in_vain.goes_back(session));
  CHECK(session.run().place() == from);
  CHECK(session.run().end() == end);
  CHECK(answered() == raft::check::OperationStatus::Waiting);
  // What happens again is told of once, what somebody does there anew.
  REQUIRE(session.play(100'000, 1'000));
  CHECK(told.back() > session.run().end());
  CHECK(static_cast<std::int64_t>(told.size()) == told.back());
  REQUIRE_FALSE(session.act(raft::sim::Crash{raft::NodeSet::only(raft::node_at(2))}, raft::sim::Origin::Key));
  CHECK(told.back() == session.run().end());
  CHECK(session.branches().all().size() == 1);

  // In vain twice, the second time not as far: what the first has told of is told of once.
  told.clear();
  REQUIRE_FALSE(session.act(raft::sim::Restart{raft::NodeSet::only(raft::node_at(2))}, raft::sim::Origin::Key));
  for (const raft::sim::Time within : {2'000'000, 500'000}) {
    RunUntil vain(session, condition_in(session, "leaders = 7"), within);
    REQUIRE(vain.go_on(session, 1'000'000) == RunUntil::Progress::LimitReached);
    REQUIRE(vain.goes_back(session));
  }
  REQUIRE(session.play(3'000'000, 10'000));
  CHECK(std::adjacent_find(told.begin(), told.end(), std::greater_equal<>()) == told.end());
  CHECK(told.back() == session.run().end());

  // With a future ahead, that future is what stays.
  REQUIRE(session.play(400'000, 1'000));
  const std::int64_t known = session.run().end();
  session.seek_event(end);
  RunUntil again(session, condition_in(session, "leaders = 7"), 60'000'000);
  CHECK(again.go_on(session, 1'000'000) == RunUntil::Progress::LimitReached);
  CHECK(again.goes_back(session));
  CHECK(session.run().position() == end);
  CHECK(session.run().end() == known);
}

TEST_CASE("running until something holds stops where a promise is broken, and that stays to be seen") {
  Session session = Session::free_play(3, 1);
  for (const raft::sim::Intervention& what : raft::test::a_leads_alone()) {
    REQUIRE_FALSE(session.act(what, raft::sim::Origin::Key));
  }
  // B hears nothing of A: in the end it stands too, in the same term.
  const std::size_t broken = session.oracles().violations().size();
  RunUntil run(session, condition_in(session, "leaders = 7"), 1'000'000);
  CHECK(run.go_on(session, 1000) == RunUntil::Progress::Broken);
  REQUIRE(session.oracles().violations().size() > broken);
  const auto& found = session.oracles().violations();
  CHECK(std::any_of(found.begin(), found.end(), [&session](const auto& one) {
    return one.property == raft::check::Property::ElectionSafety && one.event == session.run().position();
  }));
  // From there it can be gone on.
  const std::int64_t there = session.run().position();
  RunUntil on(session, condition_in(session, "leaders = 7"), 1'000);
  CHECK(on.go_on(session, 1000) == RunUntil::Progress::LimitReached);
  CHECK(session.run().position() >= there);
}

TEST_CASE("a recording that begins while something is run in vain ends the running: it would begin in what is taken back") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::PaletteEnter{.text = "until leaders = 7 within 60s"});
  running.frame();
  const std::int64_t position = app.session().run().position();
  REQUIRE(position > 0);
  app.apply(ui::ToggleRecording{});
  for (int i = 0; i < 200; ++i) running.frame();
  CHECK(app.session().run().position() == position);
  CHECK(app.session().run().end() == position);
}

TEST_CASE("an answer is worked out once for a place of a run") {
  Session session = eventful();
  AnswersKept answers;
  const auto condition = condition_in(session, "leaders = 1");
  CHECK(answers.ask(session, "leaders = 1", condition).yes);
  CHECK(answers.ask(session, "leaders = 1", condition_in(session, "leaders = 2")).yes);  // by its text: it is not asked again
  session.seek_event(1);
  CHECK_FALSE(answers.ask(session, "leaders = 1", condition).yes);
}

TEST_CASE("answers about what has been, given again and again as a run goes on, are those of who asks for the first time") {
  Session session = Session::free_play(3, 1);
  AnswersKept answers;
  const std::string text = "happened crashed A and not happened restarted A";
  const auto condition = condition_in(session, text);
  const auto agree = [&] {
    const bool yes = ask_now(session, condition).yes;
    CHECK(answers.ask(session, text, condition).yes == yes);
    return yes;
  };
  CHECK_FALSE(agree());
  session.step_forward(ui::Stride::Event);
  CHECK_FALSE(agree());
  for (int i = 0; i < 300; ++i) session.step_forward(ui::Stride::Event);  // far from the place of the last answer
  CHECK_FALSE(agree());
  const raft::NodeSet a = raft::NodeSet::only(raft::node_at(0));
  REQUIRE_FALSE(session.act(raft::sim::Crash{a}, raft::sim::Origin::Key));
  CHECK(agree());
  const std::int64_t crashed = session.run().position();
  for (int i = 0; i < 100; ++i) session.step_forward(ui::Stride::Event);
  REQUIRE_FALSE(session.act(raft::sim::Restart{a}, raft::sim::Origin::Key));
  CHECK_FALSE(agree());
  // Back, and on: another future.
  session.seek_event(crashed + 10);
  CHECK(agree());
  REQUIRE_FALSE(session.act(raft::sim::Restart{a}, raft::sim::Origin::Key));
  CHECK_FALSE(agree());
  session.seek_event(crashed - 1);
  CHECK_FALSE(agree());
  session.step_forward(ui::Stride::Event);
  CHECK(agree());
}

}  // namespace app::test
