// Homework: goals are reached in their order, and only by what the assignment allows. The shipped puzzles are homework.
#include <filesystem>

#include "raft/sim/world_hash.h"
#include "raft/walkthrough/assignment.h"
#include "tests/walkthrough/play.h"

namespace {

using raft::walkthrough::Grade;
using Verdict = Grade::Verdict;

std::shared_ptr<const walkthrough_test::Walkthrough> walkthrough_of(const std::string& text) {
  walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  return std::make_shared<const walkthrough_test::Walkthrough>(std::move(parsed.walkthrough));
}

Grade grade(const std::string& assignment, const std::string& session) {
  const auto homework = walkthrough_of(assignment);
  REQUIRE_FALSE(why_not_gradable(*homework).has_value());
  return raft::walkthrough::grade(homework, walkthrough_of(session));
}

const std::string homework_head = "walkthrough 1\ncluster A B C\nseed 3\nset timers manual\n";
const std::string homework_stage = "step \"stage\"\n  do timeout A\n  until all n: leader_of n = A within 300ms\n";
const std::string goals = "step \"stored\"\n  expect stored x = 3\nstep \"B leads\"\n  expect leader = B\n";

std::string assignment(const std::string& more = "") {
  return homework_head + "goal en: Store x, then have B lead.\n" + more + homework_stage + goals;
}

/// A session that sets the stage as asked, and then does this.
std::string session(const std::string& statements, const std::string& more = "") {
  return homework_head + more + homework_stage + "step \"mine\"\n" + statements;
}

const std::string solution =
    "  do write x\n  until stored x = 3 within 300ms\n  do timeout B\n  until leader = B within 300ms\n";

std::string refusal_of(const std::string& assignment, const std::string& session) {
  const Grade grade = ::grade(assignment, session);
  CHECK(grade.verdict == Verdict::Refused);
  CHECK(grade.reached.empty());
  return grade.why;
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> puzzles() {
  namespace fs = std::filesystem;
  const fs::path root = source_dir();
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root / "assets/walkthroughs/puzzles")) {
    if (entry.path().extension() == ".walk") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string puzzle(const std::string& name) { return walkthrough_test::read_source("assets/walkthroughs/puzzles/" + name); }
std::string solved(const std::string& name) {
  return walkthrough_test::read_source("assets/walkthroughs/puzzles/solutions/" + name);
}

/// A puzzle's first lines up to its first goal, and then these statements.
std::string stage_and(const std::string& name, const std::string& statements) {
  walkthrough_test::Walkthrough walkthrough = *walkthrough_of(puzzle(name));
  walkthrough.steps.resize(first_goal(walkthrough));
  walkthrough.comments.clear();
  return raft::walkthrough::write(walkthrough) + "\nstep \"mine\"\n" + statements;
}

/// A way past what a puzzle is about. It comes as far as `reached` goals.
struct Silly {
  std::string puzzle;
  std::string what;
  std::size_t reached;
  std::string statements;
};

const std::string elect_b = "  do timeout B\n  until role B = leader within 300ms\n";
const std::string c_misses_x =
    "  do isolate C\n  do write x by c1\n  until committed x = 2 within 500ms\n  do heal\n";

std::string writes(int number) {
  std::string text;
  for (int i = 1; i <= number; ++i)
    text += "  do write x=" + std::to_string(i) + " to A by c" + std::to_string(i) + "\n";
  return text;
}

const Silly silly[] = {
    {"one_cut", "a cut both ways", 0,
     "  do write x by c1\n  until stored x = 3 within 300ms\n  do cut A B\n  until client c1 = timed_out within 2s\n"},
    {"one_cut", "a cut both ways, of C", 0,
     "  do write x by c1\n  until stored x = 3 within 300ms\n  do cut A C\n  until client c1 = timed_out within 2s\n"},
    {"one_cut", "the other direction is cut", 0,
     "  do write x by c1\n  until stored x = 3 within 300ms\n  do cut A -> B\n  for 2s\n"},
    {"two_leaders", "x goes to the leader that can commit it, and is looked at early", 1,
     "  do isolate A\n  do timeout C\n  until role C = leader within 300ms\n  do write y to C by c1\n"
     "  until committed y = 3 within 500ms\n  do write x to C by c2\n  until stored x = 1 within 300ms\n  for 1s\n"},
    {"stale_read", "many writes at once, and no read", 0, writes(6) + "  for 1s\n"},
    {"stale_read", "a read of what is being written", 0,
     writes(2) + "  do read x from A by c3\n  for 1s\n"},
    {"stale_read", "an old value while the new one is not confirmed", 0,
     "  do write x=1 to A by c1\n  settle\n  do isolate A\n" + elect_b +
         "  do write x=2 to B by c1\n  until last B = 3 within 100ms\n  do read x from A by c2\n  until client c2 = ok "
         "within 300ms\n  for 1s\n"},
    {"majority_overwritten", "a plain write, looked at before it is committed", 0, "  do write x by c1\n  for 1s\n"},
    {"majority_overwritten", "the leader crashes before it hears of the third copy", 0,
     "  do partition A B | C D E\n  do write x to A by c1\n  until stored x = 2 within 300ms\n  do crash A\n  do heal\n"
     "  do timeout E\n  until role E = leader within 300ms\n  do isolate E\n  do write y to E by c2\n"
     "  until last E = 1 within 300ms\n  do crash E\n  do heal\n  do restart A\n  do timeout A\n"
     "  until happened already_voted C within 300ms\n  do timeout A\n  until role A = leader within 300ms\n"
     "  do cut A D\n  until stored x = 3 within 500ms\n  do crash A\n  do heal\n  do restart E\n  do timeout E\n"
     "  until happened already_voted B and happened already_voted C within 300ms\n  do timeout E\n"
     "  until role E = leader within 300ms\n  settle\n  do restart A\n  settle\n  expect stored x = 0\n"},
    {"healthy_leader_deposed", "B deposes A", 0,
     c_misses_x + "  do timeout B\n  until role A = follower within 300ms\n  settle\n  do timeout A\n  settle\n"},
    {"healthy_leader_deposed", "B and C stand together", 0,
     c_misses_x + "  do timeout B\n  do timeout C\n  until role A = follower within 300ms\n  settle\n  do timeout A\n"
                  "  settle\n"},
    {"healthy_leader_deposed", "C leads before A leads again", 1,
     c_misses_x + "  do timeout C\n  until role A = follower within 300ms\n  for 50ms\n" + elect_b +
         "  settle\n  do timeout C\n  until role C = leader within 300ms\n  settle\n  do timeout A\n"
         "  until role A = leader within 300ms\n  settle\n"},
    {"committed_by_another", "x is not c1's", 0,
     "  do write x by c2\n  until last A = 1 within 300ms\n  do crash A\n  for 200ms\n" + elect_b +
         "  do write y by c3\n  for 1s\n"},
    {"committed_by_another", "A comes back, commits x itself, and crashes again", 1,
     "  do write x to A by c1\n  until stored x = 2 within 300ms\n  do crash A\n  for 400ms\n  do restart A\n"
     "  do timeout A\n  until role A = leader within 300ms\n  do write y to A by c2\n  settle\n  do crash A\n"
     "  for 10ms\n"},
    {"log_gets_shorter", "a log of five that gets three", 1,
     "  do isolate A\n  do write x1 to A\n  do write x2 to A\n  do write x3 to A\n  do write x4 to A\n"
     "  do write x5 to A\n  for 100ms\n" + elect_b +
         "  do write y1 to B\n  until last B = 1 within 100ms\n  do write y2 to B\n  do write y3 to B\n  for 300ms\n"
         "  do heal\n  for 1s\n  expect last A = 3\n"},
    {"log_gets_shorter", "a crash that loses what is not written", 1,
     "  do isolate A\n  do write x1 to A\n  do write x2 to A\n  do write x3 to A\n  for 100ms\n"
     "  do crash A unsynced\n  do restart A\n  for 1s\n"},
    {"done_twice", "the answer of a single increment", 0, "  do incr hits by c1\n  for 1s\n"},
    {"done_twice", "a retry after a lost request", 0,
     "  do incr hits by c1\n  do drop ClientRequest c1 -> A\n  until client c1 = timed_out within 1s\n"
     "  do retry c1\n  settle\n"},
    {"longest_log_loses", "A does not hear of the election", 0,
     "  do isolate A\n  do write x1 to A\n  do write x2 to A\n  for 100ms\n  do timeout E\n"
     "  until role E = leader within 300ms\n  for 1s\n"},
    {"longest_log_loses", "A follows, and has not voted", 0,
     "  do isolate A\n  do write x1 to A\n  do write x2 to A\n  for 100ms\n  do timeout E\n"
     "  until role E = leader within 300ms\n  do heal\n  until leader_of A = E within 300ms\n  for 1s\n"},
    {"three_split_votes", "one candidate too few", 0, "  do timeout A\n  for 10ms\n  do timeout A\n  for 1s\n"},
    {"figure_7_d", "all twelve of them in one term", 0,
     "  do write w1\n  do write w2\n  do write w3\n  do write w4\n  do write w5\n  do write w6\n  do write w7\n"
     "  do write w8\n  do write w9\n  do write w10\n  do write w11\n  do write w12\n  settle\n  do timeout L\n"
     "  settle\n  expect last D = 12\n"},
};

}  // namespace

TEST_CASE("a session that reaches every goal in order passes; each goal has its event and time") {
  const Grade grade = ::grade(assignment(), session(solution));
  CHECK(grade.verdict == Verdict::Passed);
  REQUIRE(grade.reached.size() == 2);
  CHECK(grade.reached[0].event < grade.reached[1].event);
  CHECK(grade.reached[0].at < grade.reached[1].at);
}

TEST_CASE("a goal that is reached before the one above it does not count") {
  const Grade grade = ::grade(assignment(), session("  do timeout B\n  until leader = B within 300ms\n  do timeout C\n"
                                                    "  until leader = C within 300ms\n  do write x\n  settle\n"));
  CHECK(grade.verdict == Verdict::Failed);
  CHECK(grade.reached.size() == 1);
  CHECK(::grade(assignment(), session("  for 1s\n")).reached.empty());
}

TEST_CASE("all that a goal expects holds at one moment, and not before the stage is set") {
  const std::string text =
      homework_head + "goal en: g\n" + homework_stage + "step \"g\"\n  expect leader = none\n  expect term A = 1\n";
  CHECK(::grade(text, session("  for 1s\n")).verdict == Verdict::Failed);
  CHECK(::grade(text, session("  do crash A\n")).verdict == Verdict::Passed);
}

TEST_CASE("happened means: since the goal before") {
  const std::string text = homework_head + "goal en: g\n" + homework_stage +
                           "step \"g\"\n  expect stored x = 3\nstep \"h\"\n  expect happened granted_vote B\n";
  CHECK(::grade(text, session("  do write x\n  settle\n")).reached.size() == 1);
  CHECK(::grade(text, session("  do write x\n  settle\n  do timeout C\n  settle\n")).verdict == Verdict::Passed);
}

TEST_CASE("a session that starts otherwise is refused, whatever it reaches") {
  const auto starts = [](const std::string& from, const std::string& to) {
    std::string text = session(solution);
    text.replace(text.find(from), from.size(), to);
    return refusal_of(assignment(), text);
  };
  CHECK(starts("seed 3", "seed 4") == "it starts with 'seed 4', which is not how the assignment starts");
  CHECK(starts("cluster A B C", "cluster A B C D") ==
        "it starts with 'cluster A B C D', which is not how the assignment starts");
  CHECK(starts("set timers manual\n", "") == "it starts without 'set timers manual', which the assignment sets");
  const std::string extra[] = {"set rule one_vote_per_term off", "set pre_vote on",      "set loss 1/20",
                               "learners D",                     "set clock A 11/10",    "set latency A -> B 1ms..2ms",
                               "given A term 1 log 1:x",         "set snapshot_after 3"};
  for (const std::string& line : extra) {
    const std::string impossible = line.starts_with("given") ? "set impossible on\n" : "";
    const std::string why = refusal_of(assignment(), session("  for 1ms\n", impossible + line + "\n"));
    CHECK_MESSAGE(why.starts_with("it starts with '"), line << ": " << why);
  }
}

TEST_CASE("a violation is allowed only by the assignment") {
  const std::string broken = "set rule one_vote_per_term off\n";
  const std::string text = homework_head + broken + "goal en: g\n" + homework_stage + "step \"g\"\n  expect leader = B\n";
  const std::string allowed = "allow violation \"Election Safety\"\n";
  CHECK(refusal_of(text, homework_head + broken + allowed + homework_stage + "step \"s\"\n" + solution) ==
        "it breaks Election Safety, and the assignment allows no violation of it");
}

TEST_CASE("rules, clocks and settings are not for a session; other commands as the assignment says") {
  const std::string all = assignment();
  CHECK(mentions(refusal_of(all, session(solution + "  do set rule one_vote_per_term off\n")), "changes the rules"));
  CHECK(mentions(refusal_of(all, session(solution + "  do set clock A 11/10\n")), "changes the rules"));
  CHECK(mentions(refusal_of(all, session(solution + "  do set pre_vote on\n")), "the assignment allows none"));

  const std::string some = assignment("allow do timeout write\n");
  CHECK(::grade(some, session(solution)).verdict == Verdict::Passed);
  CHECK(refusal_of(some, session(solution + "  do crash C\n")) ==
        "'crash C' is not a command that the assignment allows");
  CHECK(mentions(refusal_of(some, session(solution + "  do set pre_vote on\n")), "not a command"));

  const std::string few = assignment("allow do write\nallow do timeout crash at most 2\n");
  CHECK(::grade(few, session(solution)).verdict == Verdict::Passed);
  CHECK(refusal_of(few, session(solution + "  do crash C\n  do crash A\n")).ends_with(
      "is one too many: the assignment allows 2 of timeout crash"));

  const std::string settings = assignment("allow do set write timeout\n");
  CHECK(::grade(settings, session(solution + "  do set pre_vote on\n")).verdict != Verdict::Refused);
  CHECK(mentions(refusal_of(settings, session("  do set rule one_vote_per_term off\n")), "changes the rules"));
}

TEST_CASE("the stage is the assignment's, to the event") {
  const std::string mine = "step \"mine\"\n" + solution;
  CHECK(refusal_of(assignment(), homework_head + "step \"s\"\n  for 1ms\n") ==
        "the assignment begins with 'timeout A' at 0ms, and the session ends before it");
  CHECK(refusal_of(assignment(), homework_head + "step \"s\"\n  do timeout B\n  until leader = B within 1s\n") ==
        "the assignment begins with 'timeout A' at 0ms, the session has 'timeout B' at 0ms");
  CHECK(mentions(refusal_of(assignment(), homework_head + "step \"s\"\n  for 1ms\n  do timeout A\n  settle\n" + mine),
                 "the session has 'timeout A' at 1ms"));
  CHECK(mentions(refusal_of(assignment(), homework_head + "step \"s\"\n  do timeout A\n  do write y\n  settle\n" + mine),
                 "before the stage of the assignment is set"));
}

TEST_CASE("a forged hash, another engine, a false expectation and an endless session are refused") {
  const std::string text = session(solution);
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  REQUIRE(walkthrough_test::play(player) == "");
  char hash[32];
  std::snprintf(hash, sizeof hash, "0x%016llx",
                static_cast<unsigned long long>(world_hash(player.timeline().world())));
  const std::string engine = " engine " + std::to_string(raft::sim::engine_number);
  CHECK(::grade(assignment(), text + "hash " + hash + engine + "\n").verdict == Verdict::Passed);
  CHECK(mentions(refusal_of(assignment(), text + "hash 0x0000000000000001" + engine + "\n"), "expected hash"));
  const std::string other = " engine " + std::to_string(raft::sim::engine_number + 1);
  CHECK(refusal_of(assignment(), text + "hash " + hash + other + "\n").starts_with("it was saved by engine "));
  CHECK(mentions(refusal_of(assignment(), session("  expect leader = C\n")), "expected leader = C"));
  CHECK(refusal_of(assignment(), session("  for 900h\n")) == "it plays more than 300000 events");
}

TEST_CASE("grading can be cancelled") {
  const auto homework = walkthrough_of(assignment());
  const auto endless = walkthrough_of(session("  for 900h\n"));
  int asked = 0;
  const Grade grade = raft::walkthrough::grade(homework, endless, [&asked] { return ++asked == 3; });
  CHECK(grade.verdict == Verdict::Cancelled);
}

TEST_CASE("what is no assignment, and what is no goal, is told with its place") {
  const auto why = [](const std::string& text) {
    const auto found = why_not_gradable(*walkthrough_of(text));
    return found ? found->message() : std::string();
  };
  CHECK(mentions(why(homework_head + homework_stage + goals), "this is no assignment"));
  CHECK(mentions(why(homework_head + "goal en: g\n" + homework_stage), "this assignment has no goal"));
  CHECK(why(homework_head + "goal en: g\n" + homework_stage + "step \"g\"\n  say en: Do it.\n").starts_with("t.walk:9:"));
}

TEST_CASE("allow do names commands") {
  CHECK(walkthrough_test::error_of(homework_head + "allow do wrte\nstep \"s\"\n")
            .starts_with("t.walk:5:10: there is no command 'wrte'"));
  CHECK(mentions(walkthrough_test::error_of(homework_head + "allow do\nstep \"s\"\n"), "expected the names of commands"));
  CHECK(mentions(walkthrough_test::error_of(homework_head + "allow do write at most none\nstep \"s\"\n"), "at most"));
  CHECK(mentions(walkthrough_test::error_of(homework_head + "allow write\nstep \"s\"\n"), "after 'allow' stands"));
  const std::string text = homework_head + "allow do write cut at most 3\n\nstep \"s\"\n  expect safe\n";
  CHECK(raft::walkthrough::write(*walkthrough_of(text)) == text);
}

TEST_CASE("there are at least eight puzzles, each with a goal in both languages, in words of at most 90 characters") {
  CHECK(puzzles().size() >= 8);
  for (const std::string& name : puzzles()) {
    const auto walkthrough = walkthrough_of(puzzle(name));
    CHECK_MESSAGE(raft::walkthrough::write(*walkthrough) == puzzle(name), name << " is not in the canonical form");
    CHECK_FALSE_MESSAGE(why_not_gradable(*walkthrough).has_value(), name);
    CHECK_MESSAGE(walkthrough->goals.size() == 2, name);
    CHECK_MESSAGE(walkthrough->titles.size() == 2, name);
    CHECK_MESSAGE(walkthrough->abouts.size() == 2, name);
    CHECK_MESSAGE(walkthrough->config.given.empty(), name);
    for (const auto& step : walkthrough->steps) {
      CHECK_MESSAGE(step.say.size() == 2, name << ": " << step.name);
      for (const auto& text : step.say)
        CHECK_MESSAGE(walkthrough_test::characters(text.text) <= 90, name << ": " << text.text);
    }
  }
}

TEST_CASE("each solution solves its puzzle, and holds by itself; nothing in it can be left out") {
  for (const std::string& name : puzzles()) {
    CHECK_MESSAGE(walkthrough_test::outcome(solved(name)) == "", name);
    CHECK_MESSAGE(::grade(puzzle(name), solved(name)).verdict == Verdict::Passed, name);
    CHECK_MESSAGE(raft::walkthrough::write(*walkthrough_of(solved(name))) == solved(name), name);
    const auto whole = walkthrough_of(solved(name));
    for (std::size_t i = first_goal(*walkthrough_of(puzzle(name))); i < whole->steps.size(); ++i) {
      auto shorter = std::make_shared<walkthrough_test::Walkthrough>(*whole);
      shorter->steps[i].statements.clear();
      const Grade grade = raft::walkthrough::grade(walkthrough_of(puzzle(name)), shorter);
      CHECK_MESSAGE(grade.verdict != Verdict::Passed, name << " without " << whole->steps[i].name);
    }
  }
}

TEST_CASE("doing nothing solves no puzzle") {
  for (const std::string& name : puzzles()) {
    const Grade grade = ::grade(puzzle(name), stage_and(name, "  for 5s\n"));
    CHECK_MESSAGE(grade.verdict == Verdict::Failed, name << ": " << grade.why);
    CHECK_MESSAGE(grade.reached.empty(), name);
  }
}

TEST_CASE("nor does a way past what a puzzle is about") {
  for (const Silly& session : silly) {
    const std::string which = session.puzzle + ": " + session.what;
    const Grade grade = ::grade(puzzle(session.puzzle + ".walk"), stage_and(session.puzzle + ".walk", session.statements));
    CHECK_MESSAGE(grade.verdict == Verdict::Failed, which << ": " << grade.why);
    CHECK_MESSAGE(grade.reached.size() == session.reached, which);
  }
}

TEST_CASE("what a puzzle allows only so often is refused beyond that") {
  const auto why = [](const std::string& name, const std::string& statements) {
    return refusal_of(puzzle(name), stage_and(name, statements));
  };
  CHECK(why("one_cut.walk", "  do cut A B\n  do cut A C\n").ends_with("is one too many: the assignment allows 1 of cut"));
  CHECK(why("done_twice.walk", "  do incr hits by c1\n  settle\n  do incr hits by c1\n  settle\n")
            .ends_with("is one too many: the assignment allows 1 of incr"));
  CHECK(why("stale_read.walk", writes(60) + "  do read x\n  settle\n")
            .ends_with("is one too many: the assignment allows 6 of write read"));
  CHECK(why("committed_by_another.walk", "  do write z to A by c1\n  do write x by c2\n  do write y by c3\n")
            .ends_with("is one too many: the assignment allows 2 of write"));
}
