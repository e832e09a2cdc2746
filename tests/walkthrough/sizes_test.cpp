// Clusters of one, two, four, six and eleven nodes: what a majority is there (§5.2), told as walkthroughs. And the largest
// numbers that a file can say.
#include "tests/walkthrough/play.h"

namespace {

std::string play(const std::string& cluster, const std::string& statements) {
  return walkthrough_test::outcome("walkthrough 1\ncluster " + cluster +
                                   "\nset latency 10ms..10ms\nset timers manual\nstep \"s\"\n" + statements);
}

/// Election timers run by themselves.
std::string live(const std::string& cluster, const std::string& seed, const std::string& statements) {
  return walkthrough_test::outcome("walkthrough 1\ncluster " + cluster + "\nseed " + seed + "\nstep \"s\"\n" + statements);
}

}  // namespace

TEST_CASE("one node is its own majority: it elects itself and commits alone, and keeps what it has stored") {
  CHECK(play("A", "do timeout A\nexpect role A = leader and term A = 1 and votes A = 1\ndo write x=1\n"
                  "until commit A = 1 within 20ms\nexpect stored \"x=1\" = 1 and value A x = 1\n"
                  "do crash A\ndo restart A\nexpect commit A = 0 and last A = 1\ndo timeout A\n"
                  "do write x=2\nuntil commit A = 2 within 20ms\nexpect term A = 2 and log A = [1:\"x=1\" 2:\"x=2\"]\n") == "");
  CHECK(live("A", "1", "until leader = A within 301ms\nfor 10s\nexpect term A = 1 and role A = leader\n") == "");
}

TEST_CASE("two nodes need each other: with one down nobody is elected and nothing is committed") {
  CHECK(play("A B", "do crash B\ndo timeout A\nfor 1s\nexpect role A = candidate and votes A = 1\n"
                    "do restart B\nuntil role A = leader within 100ms\nexpect votes A = 2\n"  // it asks again (section 5.1)
                    "do crash B\ndo write x=1 by c1\nfor 500ms\n"
                    "expect commit A = 0 and last A = 1 and role A = leader\n"
                    "do restart B\nuntil commit A = 1 within 100ms\nuntil commit B = 1 within 100ms\n") == "");
  CHECK(play("A B", "do timeout A\ndo timeout B\nfor 200ms\n"  // each has its own vote, and refuses the other
                    "expect role A = candidate and role B = candidate and votes A = 1 and votes B = 1\n"
                    "do timeout A\nuntil role A = leader within 100ms\nexpect term B = 2\n") == "");
}

TEST_CASE("four nodes in two halves: two of four are no majority, so nobody leads; three of four are one") {
  CHECK(play("A B C D", "do partition A B | C D\ndo timeout A\ndo timeout C\nfor 500ms\n"
                        "expect votes A = 2 and votes C = 2 and leaders = 0\n"
                        "do timeout B\ndo timeout D\nfor 500ms\nexpect leaders = 0\n"
                        "do heal\ndo timeout A\nuntil role A = leader within 100ms\n") == "");
  CHECK(play("A B C D", "do timeout A\nsettle\ndo crash D\ndo write x=1\nuntil commit A = 1 within 100ms\n"
                        "do crash C\ndo write x=2 by c9\nfor 500ms\nexpect commit A = 1 and stored \"x=2\" = 2\n") == "");
  // A leader from before goes on believing, and commits nothing.
  CHECK(play("A B C D", "do timeout A\nsettle\ndo partition A B | C D\ndo write x=1 by c1\ndo timeout C\nfor 500ms\n"
                        "expect role A = leader and commit A = 0 and stored \"x=1\" = 2 and role C = candidate\n") == "");
  for (const char* seed : {"1", "2", "3", "4", "5"}) {
    CHECK(live("A B C D", seed, "do partition A B | C D\nfor 5s\nexpect leaders = 0\n"
                                "expect any n in A B: role n = candidate\n"  // they try and try
                                "do heal\nuntil leaders = 1 within 3s\n") == "");
  }
}

TEST_CASE("six nodes need four: an even number tolerates no more crashes than the odd one below it") {
  CHECK(play("A B C D E F", "do timeout A\nsettle\ndo crash E F\ndo write x=1\nuntil commit A = 1 within 100ms\n"
                            "do crash D\ndo write x=2 by c9\nfor 500ms\nexpect commit A = 1\n"
                            "do timeout B\nfor 200ms\nexpect role B = candidate and votes B = 3\n") == "");
  CHECK(play("A B C D E F", "do partition A B C | D E F\ndo timeout A\ndo timeout D\nfor 200ms\n"
                            "expect leaders = 0 and votes A = 3 and votes D = 3\n") == "");
}

TEST_CASE("eleven nodes need six: five may fail, and the smaller side of a cut commits nothing") {
  const std::string eleven = "A B C D E F G H I J K";
  CHECK(play(eleven, "do timeout A\nuntil role A = leader within 20ms\nexpect votes A >= 6\nsettle\n"
                     "expect all n: leader_of n = A\n"
                     "do crash G H I J K\ndo write x=1\nuntil commit A = 1 within 100ms\nexpect stored \"x=1\" = 6\n"
                     "do crash F\ndo write x=2 by c9\nfor 500ms\nexpect commit A = 1 and stored \"x=2\" = 5\n"
                     "do timeout B\nfor 200ms\nexpect role B = candidate and votes B = 5\n"
                     "do restart K\ndo timeout B\nuntil role B = leader or role B = follower within 1s\n") == "");
  CHECK(play(eleven, "do timeout A\nsettle\ndo partition A B C D E | F G H I J K\ndo write x=1 by c1\n"
                     "do timeout F\nuntil role F = leader within 100ms\n"
                     "expect role A = leader and leaders = 2 and term F = 2\n"
                     "do write y=2 to F by c2\nuntil client c2 = ok within 1s\nfor 300ms\n"
                     "expect commit A = 0 and stored \"x=1\" = 5 and stored \"y=2\" = 6\n"
                     "do heal\nuntil all n: log n = [2:\"y=2\"] within 2s\n"
                     "expect leaders = 1 and stored \"x=1\" = 0 and term A = 2 and safe and linearizable\n") == "");
  for (const char* seed : {"1", "2", "3"}) {
    CHECK(live(eleven, seed, "until leaders = 1 within 3s\nsettle\ndo write x=1\nuntil committed \"x=1\" = 11 within 2s\n"
                             "do crash A B C D E\nuntil leaders = 1 within 5s\ndo write x=2 by c7\n"
                             "until committed \"x=2\" = 6 within 5s\nexpect safe\n") == "");
  }
}

TEST_CASE("the largest terms that a file can give are far from the end of numbers: there are elections after them") {
  const std::string given = "walkthrough 1\ncluster A B C\nset impossible on\nset timers manual\n"
                            "given A term 1000000000 vote C log 1000000000:x=1 1000000000:y=1 commit 2\n"
                            "given B term 1000000000 log 1000000000:x=1\nstep \"s\"\n";
  const std::string statements = "do timeout A\nuntil role A = leader within 1s\ndo write z=1\nsettle\n"
                                 "expect term A = 1000000001 and commit C = 3 and last B = 3\n";
  CHECK(walkthrough_test::outcome(given + statements) == "");
  CHECK(walkthrough_test::error_of("walkthrough 1\ncluster A\ngiven A term 1000000001\nstep \"s\"\n") ==
        "t.walk:3:14: a term is a whole number from 0 to 1000000000, not '1000000001'");
}

TEST_CASE("the slowest heart: a heartbeat every thousand hours of the slowest clock, stepped on after the end") {
  auto player = walkthrough_test::player_of("walkthrough 1\ncluster A\nset timers manual\nset heartbeat 1000h\n"
                                            "set clock A 1/1000000\nstep \"s\"\ndo timeout A\n");
  REQUIRE(walkthrough_test::play(player) == "");
  raft::sim::Timeline run = player.timeline();
  REQUIRE(run.step());
  CHECK(run.clock() == raft::sim::max_duration * 1'000'000);
  CHECK_FALSE(run.step());  // after the end of time
  CHECK(run.world().now == raft::sim::max_duration * 1'000'000);
}
