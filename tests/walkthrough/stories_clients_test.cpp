// What real systems got wrong with reads, leases, sessions and clients that ask again, told as walkthroughs.
#include "tests/walkthrough/play.h"

using walkthrough_test::play_led;

TEST_CASE("a stale lease under clock drift: a leader whose clock is slow believes in its lease for too long") {
  // A is cut off; 150 ms later B and C may elect another, and do. By then A's lease must be over.
  const std::string reading = "do write x=1\nsettle\ndo isolate A\nfor 160ms\ndo timeout B\n"
                              "until role B = leader within 100ms\ndo write x=2 to B by c2\n"
                              "until client c2 = ok within 100ms\ndo read x from A by c3\nfor 30ms\n";
  CHECK(play_led(reading + "expect client c3 = waiting and linearizable\n", "set reads lease\n") == "");
  CHECK(play_led(reading + "expect client c3 = ok and result c3 = 1 and not linearizable\n",
                 "set reads lease\nset clock A 1/2\n") == "");
  // A fast clock gives up its lease too soon, which harms nobody.
  CHECK(play_led(reading + "expect client c3 = waiting and linearizable\n", "set reads lease\nset clock A 2\n") == "");
}

TEST_CASE("ReadIndex on a fresh leader: it does not know yet what is committed") {
  // x=1 is on A and B, committed and answered; B has not heard of that. C, which lacks it, confirms B's round with a refusal.
  const std::string fresh = "do isolate C\ndo write x=1 by c1\nuntil client c1 = ok within 1s\ndo isolate A\ndo heal\n"
                            "do isolate A\nexpect commit A = 2 and commit B = 1 and last C = 1\n"
                            "do timeout B\nuntil role B = leader within 1s\ndo read x from B by c2\n";
  CHECK(play_led(fresh + "until happened read_waits_for_term B within 100ms\nuntil client c2 = ok within 1s\n"
                         "expect result c2 = 1 and linearizable\n",
                 "set reads index\n") == "");
  CHECK(play_led(fresh + "until client c2 = ok within 1s\nexpect result c2 = none and not linearizable\n",
                 "set reads index\nset rule commit_before_read_index off\n") == "");
}

TEST_CASE("session expiry: the client learns of it, and nothing is applied twice") {
  // The answer to c1 is lost; its session ends; it asks again.
  const std::string lost = "do open c1\nuntil client c1 = ok within 1s\ndo drop next ClientReply A -> c1\n"
                           "do incr x by c1\nuntil client c1 = timed_out within 2s\nexpect value A x = 1\n";
  CHECK(play_led(lost + "do retry c1\nuntil client c1 = ok within 1s\nexpect result c1 = 1 and value A x = 1\n"
                        "expect last A = 3 and applications A \"incr x\" = 1\n",  // asked twice, applied once
                 "set sessions on\n") == "");
  CHECK(play_led(lost + "do expire c1\nsettle\ndo retry c1\nuntil client c1 = expired within 1s\n"
                        "expect value A x = 1 and applications A \"incr x\" = 1 and happened session_expired A\n"
                        "settle\nexpect all n: value n x = 1\n"
                        "do incr x by c1\nuntil client c1 = ok within 1s\n"  // in a new session, as a new request
                        "expect result c1 = 2 and linearizable\n",
                 "set sessions on\n") == "");
}

TEST_CASE("session expiry by number: the least recently used session ends, and its client is told") {
  CHECK(play_led("do incr x by c1\nsettle\ndo incr x by c2\nsettle\ndo incr x by c1\nsettle\ndo incr x by c3\nsettle\n"
                 "expect client c3 = ok and value A x = 4\n"
                 "do incr x by c2\nuntil client c2 = expired within 1s\n"  // c1 has been heard since
                 "do incr x by c1\nuntil client c1 = ok within 1s\nexpect result c1 = 5\n",
                 "set sessions on\nset max_sessions 2\n") == "");
}

TEST_CASE("a session survives a snapshot, a crash and a new leader") {
  CHECK(play_led("do open c1\nsettle\ndo drop next ClientReply A -> c1\ndo incr x by c1\n"
                 "until client c1 = timed_out within 2s\ndo snapshot B\ndo snapshot C\nexpect log B = []\n"
                 "do crash A\ndo crash B\ndo restart B\ndo timeout B\nuntil role B = leader within 1s\n"
                 "do retry c1\nuntil client c1 = ok within 1s\nexpect result c1 = 1 and value B x = 1\n"
                 "expect applications B \"incr x\" = 1\n",
                 "set sessions on\n") == "");
}

TEST_CASE("a client that asks again without a session has its command applied twice; within one, once") {
  const std::string again = "do write x=1\nsettle\ndo drop next ClientReply A -> c1\ndo incr x by c1\nsettle\n";
  const std::string head = "set client_retry on\nset client_timeout 100ms\n";
  CHECK(play_led(again + "expect value A x = 3 and applications A \"incr x\" = 2\n", head) == "");
  CHECK(play_led(again + "expect value A x = 2 and applications A \"incr x\" = 1 and result c1 = 2\n",
                 head + "set sessions on\n") == "");
}

TEST_CASE("clients: one open operation each, several at once, redirected or not, with and without patience") {
  // To one node alone: it is told whom to ask, and asks there when it is told to retry.
  CHECK(play_led("do write x=1 to B by c1\nuntil client c1 = redirected within 1s\nexpect last A = 0\n"
                 "do retry c1\nuntil client c1 = ok within 1s\nexpect value A x = 1\n") == "");
  // Without `to` it goes to the leader that it knows, and is sent on from there.
  CHECK(play_led("do write x=1 by c1\nuntil client c1 = ok within 1s\ndo transfer B\nuntil role B = leader within 1s\n"
                 "settle\ndo write x=2 by c1\nuntil happened not_leader A within 1s\nuntil client c1 = ok within 1s\n"
                 "expect leader = B and last B = 2\n") == "");
  // Nobody leads: it fails at once, and certainly nothing was done; with client_retry it waits and asks again.
  CHECK(walkthrough_test::outcome("walkthrough 1\ncluster A B\nset timers manual\nstep \"s\"\ndo write x=1 by c1\n"
                      "until client c1 = failed within 1s\nexpect result c1 = none\n") == "");
  CHECK(walkthrough_test::outcome(
            "walkthrough 1\ncluster A B\nset timers manual\nset client_retry on\nset client_timeout 100ms\n"
            "step \"s\"\ndo write x=1 by c1\nfor 150ms\nexpect client c1 = waiting\ndo timeout A\n"
            "until client c1 = ok within 1s\nexpect applications A \"x=1\" = 1\n") == "");
  // One open operation for each client; `write` without `by` takes the next who is free.
  CHECK(play_led("do write x=1 by c1\ndo write x=2 by c1\n").find("cannot write x=2 by c1: client is waiting (c1)") !=
        std::string::npos);
  CHECK(play_led("do write x=1\ndo write y=2\ndo write z=3\nexpect client c3 = waiting and client c4 = idle\nsettle\n"
                 "expect client c1 = ok and client c2 = ok and client c3 = ok and last A = 3\n") == "");
  // A crashed leader does not answer: without client_retry the client gives up and does not know.
  CHECK(play_led("do write x=1 by c1\ndo crash A\nuntil client c1 = timed_out within 2s\nexpect result c1 = none\n"
                 "do timeout B\nuntil role B = leader within 1s\ndo retry c1\nuntil client c1 = ok within 1s\n") == "");
}
