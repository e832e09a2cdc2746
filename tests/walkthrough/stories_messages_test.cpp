// What real systems got wrong when messages come late, twice or out of order, told as walkthroughs.
#include "tests/walkthrough/play.h"

using walkthrough_test::play_led;

TEST_CASE("a snapshot that overtakes appends: what comes late changes nothing and is not applied again") {
  CHECK(play_led("do hold A -> C\ndo incr x\nsettle\ndo incr x\nsettle\ndo snapshot A\n"
                 "expect held AppendEntries A -> C >= 2 and next A C = 1\n"
                 "do heartbeat A\nexpect held InstallSnapshot A -> C = 1\n"
                 "do deliver InstallSnapshot A -> C\nexpect snapshot C = 2 and value C x = 2 and first C = 3\n"
                 "do release A -> C\nuntil in_flight any A -> C = 0 within 100ms\n"
                 "expect snapshot C = 2 and last C = 2 and value C x = 2 and applications C \"incr x\" = 2\n"
                 "do incr x\nuntil value C x = 3 within 1s\nexpect log C = [1:\"incr x\"] and first C = 3\n"
                 "expect safe and linearizable\n") == "");
}

TEST_CASE("a snapshot that is behind the log keeps what follows it") {
  // C has stored entry 3 already, and not heard that anything is committed: the snapshot covers a prefix (section 7).
  CHECK(play_led("do write x=1\nuntil last C = 1 within 1s\ndo isolate C\nuntil commit A = 1 within 1s\n"
                 "do write x=2\nuntil commit A = 2 within 1s\ndo snapshot A 2\ndo heal\n"
                 "do hold A -> C\ndo write x=3\nuntil commit A = 3 within 1s\n"
                 "until held InstallSnapshot A -> C >= 1 within 1s\ndo release A -> C\n"
                 "until last C = 3 and applied C = 3 within 1s\n"
                 "expect snapshot C = 2 and value C x = 3 and safe\n") == "");
}

TEST_CASE("a duplicate InstallSnapshot: the second one is old, and what came between stays") {
  CHECK(play_led("do crash C\ndo write x=1\nsettle\ndo write x=2\nsettle\ndo snapshot A\n"
                 "do duplicate next InstallSnapshot A -> C after 400ms\ndo restart C\n"
                 "until snapshot C = 2 within 1s\ndo write x=3\nuntil applied C = 3 within 200ms\n"
                 "expect in_flight InstallSnapshot A -> C = 1\n"
                 "until happened snapshot_is_old C within 1s\n"
                 "expect last C = 3 and applied C = 3 and value C x = 3 and snapshot C = 2 and match A C = 3\n") == "");
}

TEST_CASE("a vote reply from an older term does not count") {
  const std::string late =
      "do crash A\ndo isolate C\ndo delay next RequestVoteReply C -> B 200ms\n"
      "do heal\ndo cut B A\ndo timeout B\nfor 15ms\nexpect vote C = B and in_flight RequestVoteReply C -> B = 1\n"
      "do drop every RequestVote B -> C\ndo timeout B\nfor 250ms\n"
      "expect term B = 3 and in_flight RequestVoteReply C -> B = 0\n";
  CHECK(play_led(late + "expect role B = candidate and votes B = 1 and happened stale_term B\n") == "");
  CHECK(play_led(late + "expect role B = leader\n", "set rule count_only_current_votes off\n") == "");
}

TEST_CASE("a delayed AppendEntries must not truncate what has been stored since") {
  const std::string late = "do duplicate next AppendEntries A -> B after 200ms\ndo write x=1\n"
                           "until last B = 1 within 1s\ndo write x=2\nuntil commit A = 2 within 1s\n"
                           "expect last B = 2 and in_flight AppendEntries A -> B >= 1\n"
                           "do drop every AppendEntries A -> B\n";  // from now on A sends nothing new to B
  CHECK(play_led(late + "for 250ms\nexpect happened already_stored B and last B = 2 and safe\n") == "");
  // Without the rule the committed entry is gone from B; where C had not got it, it would be lost for good.
  CHECK(play_led("do isolate C\n" + late +
                     "until last B = 1 within 250ms\ndo crash A\ndo heal\ndo timeout B\n"
                     "until role B = leader within 1s\nexpect violated \"Leader Completeness\"\n",
                 "set rule delete_only_on_conflict off\nallow violation \"Leader Completeness\"\n") == "");
}

TEST_CASE("messages that overtake each other on one link do no harm") {
  CHECK(walkthrough_test::outcome(
            "walkthrough 1\ncluster A B C\nset timers manual\nset latency 1ms..60ms\nset duplicate 1/3\n"
            "set loss 1/10\nset client_retry on\nset client_timeout 300ms\nset sessions on\nseed 11\n"
            "step \"twenty in a row\"\n  do timeout A\n  until role A = leader within 2s\n" +
            [] {
              std::string asks;
              for (int i = 1; i <= 20; ++i) asks += "  do incr x by c" + std::to_string(i) + "\n";
              return asks;
            }() +
            "  until all n: value n x = 20 within 20s\n  settle within 20s\n"
            "  expect applications A \"incr x\" = 20 and applications C \"incr x\" = 20 and linearizable\n") == "");
}

TEST_CASE("an AppendEntriesReply that comes late does not take nextIndex back") {
  CHECK(play_led("do duplicate next AppendEntriesReply C -> A after 150ms\ndo write x=1\n"
                 "until match A C = 1 within 1s\ndo write x=2\nuntil match A C = 2 within 1s\nexpect in_flight AppendEntriesReply C -> A >= 1\n"
                 "until happened old_reply_ignored A within 1s\nexpect next A C = 3 and match A C = 2\n") == "");
}
