// Playing: the waits, commands that cannot act, what ends a run.
#include "raft/sim/world_hash.h"
#include "tests/walkthrough/play.h"

using walkthrough_test::outcome;
using walkthrough_test::with_steps;

TEST_CASE("until tests first, then advances event by event until it holds") {
  walkthrough_test::Player player = walkthrough_test::player_of(with_steps("until safe within 1ms\nexpect time = 0\n"
                                                   "until any n: role n = candidate within 1s\nexpect term A = 1"));
  CHECK(walkthrough_test::play(player) == "");
  CHECK(player.timeline().position() == 1);
  CHECK(player.timeline().event().kind == raft::sim::EventKind::ElectionTimeout);
}

TEST_CASE("a limit that is reached stops the run with what was expected and what is so") {
  CHECK(outcome(with_steps("until leaders = 2 within 1s")) ==
        "t.walk:5:7: expected leaders = 2 within 1s, but it is 1");
  walkthrough_test::Player player = walkthrough_test::player_of(with_steps("until leaders = 2 within 1s"));
  walkthrough_test::play(player);
  CHECK(player.timeline().clock() == 1'000'000);  // the limit passes on the clock, too
}

TEST_CASE("the limit is measured from the start of the statement, and what happens at the limit counts") {
  // Fires at 100 ms exactly: a limit of 100 ms meets it, one of 99.999 ms does not.
  const std::string head = "set election_timeout 100ms..100ms\n";
  CHECK(outcome(with_steps("until term A = 1 within 100ms", head)) == "");
  CHECK(outcome(with_steps("until term A = 1 within 99.999ms", head)) ==
        "t.walk:6:7: expected term A = 1 within 99.999ms, but it is 0");
  CHECK(outcome(with_steps("for 40ms\nuntil term A = 1 within 60ms", head)) == "");
}

TEST_CASE("for, events and at advance by exactly that much") {
  CHECK(outcome(with_steps("for 33.3ms\nexpect time = 33.3ms\nfor 66.7ms\nexpect time = 100ms")) == "");
  CHECK(outcome(with_steps("at 50ms\nexpect time = 50ms\nat 50ms do timeout A\nexpect time = 50ms and term A = 1")) == "");
  walkthrough_test::Player player = walkthrough_test::player_of(with_steps("events 3\nat event 7\nat event 7"));
  CHECK(walkthrough_test::play(player) == "");
  CHECK(player.timeline().position() == 7);
}

TEST_CASE("a place that has passed already is an error") {
  CHECK(outcome(with_steps("for 20ms\nat 10ms")) == "t.walk:6:1: 10ms has passed already; it is 20ms");
  CHECK(outcome(with_steps("events 3\nat event 2")) ==
        "t.walk:6:1: event 2 has passed already; this is after event 3");
}

TEST_CASE("settle waits until nothing but heartbeats flies, no client waits, and two rounds have come back") {
  walkthrough_test::Player player = walkthrough_test::player_of(with_steps(
      "until leader = A within 1s\ndo write x=1\nsettle\nexpect in_flight AppendEntries * -> * = in_flight Heartbeat * -> *\n"
      "expect all n: commit n = 1 and applied n = 1\nexpect client c1 = ok"));
  CHECK(walkthrough_test::play(player) == "");
}

TEST_CASE("settle is at once over where nothing goes on, and leaves out nodes that cannot be reached") {
  CHECK(outcome(with_steps("settle\nexpect time = 0")) == "");
  CHECK(outcome(with_steps("until leader = A within 1s\ndo isolate C\nsettle\nexpect leader = A")) == "");
  CHECK(outcome(with_steps("until leader = A within 1s\ndo write x\nsettle within 1ms")) ==
        "t.walk:7:1: expected the cluster to settle within 1ms, but it did not");
}

TEST_CASE("do acts at once, between two events, at the clock") {
  CHECK(outcome(with_steps("for 12ms\ndo timeout A\nexpect time = 12ms and role A = candidate\n"
                           "expect in_flight RequestVote A -> * = 2\ndo deliver RequestVote A -> B\n"
                           "expect vote B = A and time = 12ms")) == "");
}

TEST_CASE("a command that cannot act is an error with its reason") {
  CHECK(outcome(with_steps("do crash A\ndo timeout A")) == "t.walk:6:1: cannot timeout A: node is down (A)");
  CHECK(outcome(with_steps("do heal")) == "t.walk:5:1: cannot heal: nothing is cut");
  CHECK(outcome(with_steps("do drop RequestVote A -> B")) ==
        "t.walk:5:1: cannot drop RequestVote A -> B: no such message");
  CHECK(outcome(with_steps("do retry c4")) == "t.walk:5:1: cannot retry c4: client has nothing to retry (c4)");
}

TEST_CASE("two drop next take two messages; one that never meets a message is an error at the end") {
  const std::string two = "set timers manual\n";
  CHECK(outcome(with_steps("do crash C\ndo drop next RequestVote A -> B\ndo timeout A\nuntil lost RequestVote A -> B = 1 within 1s\n"
                           "until vote B = A within 1s", two)) == "");  // asked again after a heartbeat interval
  CHECK(outcome(with_steps("do crash C\ndo drop next RequestVote A -> B\ndo drop next RequestVote A -> B\ndo timeout A\n"
                           "until lost RequestVote A -> B = 2 within 1s\nuntil vote B = A within 1s", two)) == "");
  CHECK(outcome(with_steps("do drop next RequestVote B -> A\ndo timeout A\nuntil role A = leader within 1s", two)) ==
        "t.walk:6:1: 'drop next RequestVote B -> A' never met a message");
  CHECK(outcome(with_steps("do delay next any B -> A 5ms\ndo delay next any B -> A1 5ms\ndo crash A", "learners A1\n")) ==
        "t.walk:6:1: 'delay next any B -> A' never met a message");
}

TEST_CASE("a broken property stops the run, unless the file allows it; then it must happen") {
  const std::string rule = "set rule one_vote_per_term off\nset timers manual\n";
  const std::string story = "do timeout A\ndo timeout B\nuntil leaders = 2 within 1s\n";
  const std::string stopped = outcome(with_steps(story, rule));
  CHECK(stopped.starts_with("t.walk:9:1: Election Safety is broken by node "));
  CHECK(stopped.find(" at event ") != std::string::npos);
  const std::string allow = "allow violation \"Election Safety\"\n";
  CHECK(outcome(with_steps(story + "expect violated \"Election Safety\" and not safe", rule + allow)) == "");
  CHECK(outcome(with_steps(story + "expect safe", rule + allow)) == "t.walk:11:8: expected safe, but Election Safety is broken");
  CHECK(outcome(with_steps("for 10ms", rule + allow)) ==
        "t.walk:6:1: Election Safety was to be broken (allow violation), but it held to the end");
}

TEST_CASE("happened looks at this step only") {
  CHECK(outcome(with_steps("until role A = leader within 1s\nexpect happened won_election A\nstep \"next\"\n"
                           "expect not happened won_election A\nuntil all n: leader_of n = A within 1s\n"
                           "expect happened recognized_leader B")) == "");
}

TEST_CASE("a saved hash is compared at the end; one of another engine is only remarked on") {
  walkthrough_test::Player player = walkthrough_test::player_of(with_steps("for 300ms"));
  REQUIRE(walkthrough_test::play(player) == "");
  char hash[32];
  std::snprintf(hash, sizeof hash, "0x%016llx",
                static_cast<unsigned long long>(raft::sim::world_hash(player.timeline().world())));
  const std::string engine = std::to_string(raft::sim::engine_number);
  CHECK(outcome(with_steps("for 300ms\n\nhash " + std::string(hash) + " engine " + engine)) == "");
  CHECK(outcome(with_steps("for 300ms\nhash 0x0000000000000001 engine " + engine)) ==
        "t.walk:6:1: expected hash 0x0000000000000001, but it is " + std::string(hash));
  walkthrough_test::Player other = walkthrough_test::player_of(with_steps("for 300ms\nhash 0x0000000000000001 engine 999"));
  CHECK(walkthrough_test::play(other) == "");
  CHECK(other.remark().find("saved by engine 999") != std::string::npos);
}

TEST_CASE("a run ends at 1000 simulated hours") {
  const std::string slow = "set timers manual\n";  // nothing ever happens
  CHECK(outcome(with_steps("for 1000h\nfor 1us", slow)) ==
        "t.walk:7:1: the run would last longer than 1000 simulated hours");
  CHECK(outcome(with_steps("events 1", slow)) == "t.walk:6:1: nothing will ever happen any more");
}

TEST_CASE("a run ends where more than a million messages and entries are under way, in whatever way they are kept back") {
  // Every heartbeat carries again what has not been answered.
  std::string writes;
  for (int client = 1; client <= 90; ++client) writes += "do write x=1 to A by c" + std::to_string(client) + "\n";
  const std::string full = ": more than 1000000 messages and entries are under way at ";
  for (const std::string kept_back :
       {"do hold A -> B", "do pause B", "do set latency 900h..900h", "do set disk_delay 900h"}) {
    CAPTURE(kept_back);
    const std::string said = outcome(with_steps("do timeout A\nuntil leaders = 1 within 1s\n" + kept_back + "\n" + writes + "for 999h",
                                                "set timers manual\nset batch 100\n"));
    CAPTURE(said);
    CHECK(said.find(full) != std::string::npos);
    CHECK(said.find("; there is no room for more") != std::string::npos);
  }
}

TEST_CASE("next_at never lies: the next play_one acts at that time and not earlier") {
  walkthrough_test::Player player = walkthrough_test::player_of(walkthrough_test::read_source(walkthrough_test::shipped[2]));
  for (int i = 0; i < 2000; ++i) {
    const raft::sim::Time announced = player.next_at();
    const walkthrough_test::Player::Progress progress = player.play_one();
    if (progress == walkthrough_test::Player::Progress::Ended) return;
    REQUIRE(progress != walkthrough_test::Player::Progress::Failed);
    CHECK(player.timeline().clock() == announced);
  }
  FAIL("it never ended");
}
