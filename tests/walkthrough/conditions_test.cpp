// Every function of a condition, on states that are given or played; precedence; what is said when one fails.
#include "tests/walkthrough/play.h"

namespace {

/// A stage with something of everything: A leads term 2, B and C follow, D is down; C lacks the last entry.
const std::string varied_stage =
    "walkthrough 1\ncluster A B C D\nset timers manual\nset latency 10ms..10ms\n"
    "given A term 1 commit 1 log 1:x=1 1:sally\ngiven B term 1 commit 1 log 1:x=1 1:sally\n"
    "given C term 1 commit 0 log 1:x=1\ngiven D down\n"
    "step \"an election\"\n  do timeout A\n  until role A = leader within 1s\n";

std::string expect(const std::string& condition) {
  return walkthrough_test::outcome(varied_stage + "  expect " + condition + "\n");
}

}  // namespace

TEST_CASE("what a condition can ask of a node") {
  for (const char* condition : {
           "role A = leader", "role B = follower", "role A != candidate", "up A", "not up D", "term A = 2", "term D = 0",
           "vote A = A", "vote D = none", "leader_of A = A", "leader_of B = none", "commit A = 1", "applied A = 1",
           "first A = 1", "last A = 2", "last D = 0", "entry A 1 = \"x=1\"", "entry A 2 = sally", "entry A 2 = \"sally=sally\"", "entry A 3 = none",
           "entry_term A 1 = 1", "entry_term A 3 = none", "log A = [1:x=1 1:sally]", "log A = [1:\"x=1\" 1:sally]",
           "log D = []", "log A != [1:x=1]", "snapshot A = 0", "value A x = 1", "value A sally = none",
           "value A \"x\" = \"1\"", "config A = [A B C D]", "config A != [A B C]", "config A != [A B]+[C D]",
           "votes A = 3", "next A B = 3", "match A B = 0", "next B A = none", "countdown A = none", "countdown B > 0",
           "countdown B <= 300", "countdown B <= 300ms", "happened won_election A", "not happened won_election B",
           "value A x >= 1", "value A x < 10", "not value A x > 1", "not value A sally > 0", "not value A x > y", "next A A = none",
           "match A A = none", "applications A \"x=1\" = 1", "applications A sally = 0",
       }) {
    CHECK_MESSAGE(expect(condition) == "", condition);
  }
}

TEST_CASE("what a condition can ask of the cluster") {
  for (const char* condition : {
           "leader = A", "leader != none", "A = leader", "leaders = 1", "leader_in_term 2 = A", "leader_in_term 1 = none",
           "leader_in_term term A = A", "in_flight Heartbeat A -> * = 3", "in_flight AppendEntries * -> B = 1",
           "in_flight RequestVote A -> B = 0", "lost RequestVote A -> D = 1", "lost any A -> * = 1", "lost any B -> * = 0",
           "stored sally = 2", "stored \"x=1\" = 3", "committed \"x=1\" = 2", "committed sally = 0", "client c1 = idle",
           "result c1 = none", "time >= 20ms", "time = 20ms", "safe", "not violated \"Election Safety\"",
           "term leader = 2", "role leader = leader",
       }) {
    CHECK_MESSAGE(expect(condition) == "", condition);
  }
}

TEST_CASE("quantifiers range over every node, up or down, or over those that are named") {
  CHECK(expect("all n: term n <= 2") == "");
  CHECK(expect("all n in A B: last n = 2") == "");
  CHECK(expect("any n: not up n") == "");
  CHECK(expect("not any n in A B C: not up n") == "");
  CHECK(expect("count n: up n = 3") == "");
  CHECK(expect("count n: role n = follower = 3") == "");  // a crashed node has forgotten its role
  CHECK(expect("(count n: up n and term n = 2) = 3") == "");
  CHECK(expect("count n in A B C: vote n = A >= 3") == "");
  CHECK(expect("all n in B C: any m: vote n = m") == "");
}

TEST_CASE("comparison binds tightest, then not, then and, then or") {
  CHECK(expect("up A or up D and up D") == "");        // up A or (up D and up D)
  CHECK(expect("not up D and up A") == "");            // (not up D) and up A
  CHECK(expect("not up A or up A") == "");             // (not up A) or up A
  CHECK(expect("not term A = 1") == "");               // not (term A = 1)
  CHECK(expect("(up A or up D) and up D") != "");
  CHECK(expect("not (up D or up A)") != "");
  CHECK(expect("all n: up n or up A") == "");          // the whole rest belongs to n
  CHECK(expect("(all n: up n) or up A") == "");
}

TEST_CASE("a false expectation names the part that fails and what is so instead") {
  const auto message = [](const std::string& condition) {
    const std::string text = expect(condition);
    const std::string place = "t.walk:12:";
    REQUIRE(text.starts_with(place));
    return text.substr(place.size());
  };
  CHECK(message("term A = 1") == "10: expected term A = 1, but it is 2");
  CHECK(message("role A = candidate") == "10: expected role A = candidate, but it is leader");
  CHECK(message("up A and term A = 1 and up D") == "19: expected term A = 1, but it is 2");
  CHECK(message("term A = term D") == "10: expected term A = term D, but term A is 2 and term D is 0");
  CHECK(message("up D") == "10: expected up D, but it is not so");
  CHECK(message("not up A") == "10: expected not up A, but it is so");
  CHECK(message("not term A = 2") == "10: expected not term A = 2, but it is 2");
  CHECK(message("term A = 5 or term B = 6") == "10: expected term A = 5 or term B = 6, but term A is 2 and term B is 2");
  CHECK(message("all n: last n = 2") == "10: expected all n: last n = 2, but last C is 1");
  CHECK(message("any n: term n = 7") == "10: expected any n: term n = 7, but it is so for no node");
  CHECK(message("count n: up n = 4") == "10: expected (count n: up n) = 4, but it is 3");
  CHECK(message("log C = []") == "10: expected log C = [], but it is [1:\"x=1\"]");
  CHECK(message("leader_in_term 1 = A") == "10: expected leader_in_term 1 = A, but it is none");
  CHECK(message("value A x = 2") == "10: expected value A x = 2, but it is 1");
  CHECK(message("client c1 = ok") == "10: expected client c1 = ok, but it is idle");
  CHECK(message("stored \"x=1\" = 2") == "10: expected stored \"x=1\" = 2, but it is 3");
}

TEST_CASE("clients: idle, waiting, ok, failed, redirected, timed_out") {
  const std::string start = "walkthrough 1\ncluster A B C\nseed 2\nstep \"s\"\n";
  CHECK(walkthrough_test::outcome(start +
                      "until all n: leader_of n = A within 2s\ndo write x=5\nexpect client c1 = waiting\n"
                      "until client c1 = ok within 1s\nexpect result c1 = 5 and value A x = 5\n"
                      "do incr x by c2\nuntil client c2 = ok within 1s\nexpect result c2 = 6\n"
                      "do cas x 6 7\nuntil client c1 = ok within 1s\nexpect result c1 = 1 and value leader x = 7\n"
                      "do read x from B by c3\nuntil client c3 = redirected within 1s\n"
                      "do read x by c3\nuntil client c3 = ok within 1s\nexpect result c3 = 7\n"
                      "do crash A\ndo write y by c2\nuntil client c2 = timed_out within 2s\n") == "");
  CHECK(walkthrough_test::outcome(start + "do write x\nuntil client c1 = failed within 1s\n") == "");
}
