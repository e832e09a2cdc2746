// What goes beyond Figure 2, told in the language: every command acts, and every condition says what became of it.
#include "tests/walkthrough/play.h"

using walkthrough_test::led_by_a;
using walkthrough_test::play_led;

namespace {

/// What is written after reading it is read again as the same.
void check_round_trip(const std::string& text) {
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  const std::string once = write(parsed.walkthrough);
  const walkthrough_test::Parsed again = walkthrough_test::parse(once);
  REQUIRE_MESSAGE(again.errors.empty(), again.errors.front().message());
  CHECK(write(again.walkthrough) == once);
}

}  // namespace

TEST_CASE("pause and resume: messages wait before a paused node, and it is not dead") {
  CHECK(play_led("do pause B\ndo write x=1\nuntil client c1 = ok within 1s\nfor 100ms\n"
                 "expect up B and last B = 0 and last C = 1\ndo resume B\nfor 100ms\nexpect last B = 1\n") == "");
  CHECK(play_led("do pause B\ndo timeout B\n").find("cannot timeout B: node is paused (B)") != std::string::npos);
  CHECK(play_led("do resume B\n").find("cannot resume B: node is not paused (B)") != std::string::npos);
}

TEST_CASE("a cluster settles with a paused node and a held link in it") {
  CHECK(play_led("do pause B\nsettle\n") == "");
  CHECK(play_led("do hold A -> B\ndo write x=1\nsettle\nexpect last C = 1 and last B = 0\n") == "");
}

TEST_CASE("hold and release: messages stand in a tray") {
  CHECK(play_led("do hold A -> B\ndo write x=1 to A\nuntil last C = 1 within 1s\n"
                 "expect held AppendEntries A -> B >= 1 and in_flight AppendEntries A -> B = 0 and last B = 0\n"
                 "do release A -> B\nexpect held any * -> * = 0\nfor 20ms\nexpect last B = 1\n") == "");
  CHECK(play_led("do hold A -> B\nfor 200ms\ndo deliver Heartbeat A -> B\nexpect in_flight any B -> A = 1\n") == "");
}

TEST_CASE("drop every, until drop nothing") {
  CHECK(play_led("do drop every AppendEntries A -> B\ndo write x=1\nfor 300ms\n"
                 "expect last B = 0 and last C = 1 and lost AppendEntries A -> B >= 3\n"
                 "do drop nothing\nfor 200ms\nexpect last B = 1\n") == "");
  CHECK(play_led("do drop nothing\n").find("cannot drop nothing: nothing is dropped") != std::string::npos);
}

TEST_CASE("snapshot: the log begins after it") {
  const std::string three = "do write x=1\nsettle\ndo write x=2\nsettle\ndo write y=3\nsettle\n";
  CHECK(play_led(three + "do snapshot A 2\nexpect snapshot A = 2 and first A = 3 and last A = 3\n"
                         "expect log A = [1:y=3] and log B = [1:x=1 1:x=2 1:y=3]\n"
                         "expect entry A 2 = none and entry A 3 = \"y=3\" and value A x = 2\n"
                         "do snapshot B\nexpect snapshot B = 3 and first B = 4 and log B = []\n") == "");
  CHECK(play_led(three + "do snapshot A 4\n").find("cannot snapshot A 4: not yet applied") != std::string::npos);
  CHECK(play_led(three + "expect snapshot A >= 2 and first A = snapshot A\n", "set snapshot_after 2\n") != "");
  CHECK(play_led(three + "expect snapshot A >= 2\n", "set snapshot_after 2\n") == "");
}

TEST_CASE("a node that is far behind is sent a snapshot") {
  CHECK(play_led("do crash C\ndo write x=1\nsettle\ndo write y=2\nsettle\ndo snapshot A\ndo restart C\n"
                 "until in_flight InstallSnapshot A -> C = 1 within 1s\nuntil snapshot C = 2 within 1s\n"
                 "expect value C x = 1 and value C y = 2 and applied C = 2\n") == "");
}

TEST_CASE("wipe: the disk is lost; crash unsynced: what was not written yet is lost") {
  CHECK(play_led("do write x=1\nsettle\ndo wipe B\nexpect not up B and last B = 0 and term B = 0\n"
                 "do restart B\nsettle\nexpect last B = 0\n"  // its leader believes what B once answered
                 "do timeout C\nsettle\nexpect role C = leader and last B = 1\n") == "");
  const std::string slow = "set disk_delay 50ms\n";
  CHECK(walkthrough_test::outcome("walkthrough 1\ncluster A B C\nset timers manual\n" + slow +
                      "step \"s\"\ndo timeout A\nexpect term A = 1\ndo crash A unsynced\nexpect term A = 0\n") == "");
  CHECK(walkthrough_test::outcome("walkthrough 1\ncluster A B C\nset timers manual\n" + slow +
                      "step \"s\"\ndo timeout A\ndo crash A\nexpect term A = 1\n") == "");
}

TEST_CASE("set clock: a fast clock fires sooner") {
  const std::string start = "walkthrough 1\ncluster A B\nset election_timeout 200ms..200ms\nstep \"s\"\n";
  CHECK(walkthrough_test::outcome(start + "for 10ms\ndo set clock A 2\ndo crash A\ndo restart A\nfor 99ms\n"
                              "expect role A = follower\nuntil role A = candidate within 1ms\n") == "");
  CHECK(play_led("do set clock B 11/10\nexpect safe\n") == "");
}

TEST_CASE("add, remove and transfer: members by the names that they get") {
  CHECK(play_led("do add D\nsettle\nexpect config A = [A B C D] and config D = [A B C D] and role D = follower\n"
                 "expect last D = last A and (count n: up n) = 4 and all n: leader_of n = A\n"
                 "do transfer D\nuntil role D = leader within 1s\nsettle\n"
                 "do remove A\nsettle\nexpect config D = [B C D]\n",
                 "set noop on\n") == "");
  CHECK(play_led("do add D\n").find("cannot add D: change waits for term (1)") != std::string::npos);
  CHECK(play_led("do add B\n", "set noop on\n").find("cannot add B: already voter (B)") != std::string::npos);
  CHECK(play_led("do transfer A\n").find("cannot transfer A: already leads (A)") != std::string::npos);
  CHECK(walkthrough_test::error_of(led_by_a("expect up D\ndo add D\n")).find("there is no node 'D'") != std::string::npos);
}

TEST_CASE("learners receive the log and have no vote until they are promoted") {
  CHECK(play_led("do learner F\nsettle\nexpect role F = learner and config A = [A B C] and last F = last A\n"
                 "do promote F\nsettle\nexpect role F = follower and config F = [A B C F]\n",
                 "set noop on\n") == "");
  CHECK(play_led("expect role F = learner and config A = [A B C]\ndo write x=1\nsettle\nexpect value F x = 1\n",
                 "learners F G\n") == "");
}

TEST_CASE("reconfigure goes through a joint configuration") {
  CHECK(play_led("do reconfigure C D E\nexpect config A = [A B C]+[C D E]\nexpect config B = [A B C]\n"
                 "until config C = [C D E] within 2s\nexpect config D != [A B C]\n",
                 "set noop on\n") == "");
}

TEST_CASE("pre_vote: a node asks before it stands, and a cut one disturbs nobody") {
  CHECK(play_led("do isolate C\ndo timeout C\nexpect role C = pre_candidate and term C = 1\n"
                 "do heal\nsettle\nexpect term A = 1 and role A = leader\n",
                 "set pre_vote on\n") == "");
}

TEST_CASE("check_quorum: a leader that hears nobody steps down") {
  const std::string cut_off = "do isolate A\nfor 2s\n";
  CHECK(play_led(cut_off + "expect role A = leader\n") == "");
  CHECK(play_led(cut_off + "expect role A = follower\n", "set check_quorum on\n") == "");
}

TEST_CASE("noop: a leader commits an entry of its own term at once") {
  CHECK(play_led("expect log B = [1:noop] and commit B = 1\n", "set noop on\n") == "");
}

TEST_CASE("sessions: a repeated command is applied once; an expired session is told") {
  const std::string twice = "do write x=1\nsettle\ndo duplicate next ClientRequest c1 -> A\ndo incr x by c1\nsettle\n";
  CHECK(play_led(twice + "expect value A x = 3 and applications A \"incr x\" = 2\n") == "");
  CHECK(play_led(twice + "expect value A x = 2 and applications A \"incr x\" = 1\n", "set sessions on\n") == "");
  CHECK(play_led("do open c1\nuntil client c1 = ok within 1s\ndo expire c1\nsettle\ndo write x=1 by c1\n"
                 "until client c1 = expired within 1s\nexpect value A x = none\n",
                 "set sessions on\n") == "");
  CHECK(play_led("do expire c1\n").find("cannot expire c1: no session open (c1)") != std::string::npos);
}

TEST_CASE("reads that do not go through the log add nothing to it") {
  const std::string reading = "do write x=1\nsettle\ndo read x\nuntil client c1 = ok within 1s\n"
                              "expect result c1 = 1 and last A = 2\n";
  CHECK(play_led(reading + "expect happened read_confirmed A\n", "set reads index\n") == "");
  // With leases nobody votes before an election timeout has gone by since its start.
  CHECK(play_led("for 300ms\nsettle\n" + reading + "expect happened read_by_lease A\n",
                 "set reads lease\n") == "");
}

TEST_CASE("linearizable: one order explains all answers, or an answer is named that none explains") {
  CHECK(play_led("do write x=1\nsettle\ndo read x\nsettle\nexpect linearizable\n") == "");
  // A deposed leader that answers reads from its memory without a round (the rule is off) gives an old value.
  const std::string stale =
      "do write x=1\nsettle\ndo isolate A\ndo timeout B\nuntil role B = leader within 1s\n"
      "do write x=2 to B by c2\nuntil client c2 = ok within 1s\nexpect linearizable\n"
      "do read x from A by c3\nuntil client c3 = ok within 1s\nexpect result c3 = 1\n";
  const std::string head = "set reads index\nset rule read_confirmed_by_round off\n";
  CHECK(play_led(stale + "expect not linearizable\n", head) == "");
  CHECK(play_led(stale + "expect linearizable\n", head)
            .ends_with("expected linearizable, but no order explains what c3 was told: read x answered 1, after c2 was told that x=2 is done"));
}

TEST_CASE("what goes beyond Figure 2 is written as it was read") {
  check_round_trip(led_by_a(
      "do add D\ndo reconfigure D E A\ndo crash E unsynced\ndo drop every any * -> E\ndo drop nothing\n"
      "expect config A = [A B C]+[A D E] and role F = learner and held any A -> B = 0 and linearizable\n"
      "expect client c1 = expired or role A = pre_candidate or all n: snapshot n = 0\ndo set clock A 11/10\n",
      "learners F\nset pre_vote on\nset snapshot_after off\nset max_sessions 4\nset reads lease\nset disk_delay 1ms\n"));
}
