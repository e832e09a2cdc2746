// What real systems got wrong when members and leaders change, told as walkthroughs: with the rule it goes well, and
// without it the promise of the paper breaks.
#include "tests/walkthrough/play.h"

namespace {

const std::string manual_timing = "set timers manual\nset latency 10ms..10ms\n";

/// A cluster, what is set, and the story; the first statement of the story stands in a step of its own.
std::string story(const std::string& cluster, const std::string& head, const std::string& statements) {
  return "walkthrough 1\ncluster " + cluster + "\n" + manual_timing + head + "step \"story\"\n" + statements;
}

}  // namespace

// The bug in the dissertation's single-server changes (found in 2015): two changes by two leaders, whose majorities do
// not overlap. A adds E and is cut off with it; B becomes leader and removes A.
const std::string two_changes =
    "do timeout A\nuntil commit D = 1 within 1s\n"
    "do cut A B\ndo cut A C\ndo cut A D\n"
    "do add E\nuntil last E = 2 within 1s\n"
    "do cut E B\ndo cut E C\ndo cut E D\n"
    "do drop every AppendEntries B -> D\n"  // B's entries reach C alone
    "do timeout B\nuntil role B = leader within 1s\n"
    "expect config A = [A B C D E] and config B = [A B C D] and term B = 2\n";

// A stands with E and D: a majority of the five that it knows of.
const std::string a_comes_back =
    "do partition A D E | B C\nuntil role A = follower within 1s\nexpect term A = 2\ndo timeout A\nfor 50ms\n";

TEST_CASE("the single-server membership bug: a new leader must commit an entry of its term before a change") {
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\n", two_changes + "do remove A\n"))
            .ends_with("cannot remove A: change waits for term (2)"));
  // Once that entry is committed, D has it, and A cannot win any more.
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\n",
                            two_changes + "do drop nothing\nuntil commit B = 2 and last D = 2 within 1s\ndo remove A\n"
                                          "until commit B = 3 within 1s\n" +
                                a_comes_back + "expect role A = candidate and votes A = 2 and safe\n")) == "");
}

TEST_CASE("the single-server membership bug: without the rule a committed entry is lost") {
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\nset rule one_change_at_a_time off\n"
                                       "allow violation \"Leader Completeness\"\n"
                                       "allow violation \"State Machine Safety\"\n",
                            two_changes + "do remove A\nuntil commit B = 3 within 1s\n"
                                          "expect config B = [B C D] and last D = 1 and safe\n" +
                                a_comes_back +
                                "expect role A = leader and term A = 3 and violated \"Leader Completeness\"\n"
                                "until commit A >= 2 within 1s\n"
                                "expect entry_term A 2 = 1 and entry_term B 2 = 2 and commit B >= 2\n"
                                "expect violated \"State Machine Safety\"\n")) == "");
}

// D is no member any more, but nobody has told it: it times out and asks for votes in a higher term.
const std::string removed =
    "for 200ms\ndo timeout A\nuntil commit D = 1 within 1s\ndo remove D\nuntil config C = [A B C] within 1s\nsettle\n"
    "expect last D = 1 and config D = [A B C D]\n"
    "do timeout D\nfor 100ms\n";

TEST_CASE("a node that was removed disrupts the cluster that it is no longer in") {
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\n",
                            removed + "expect role A = follower and leaders = 0 and term A = 2\n")) == "");
}

TEST_CASE("pre-vote keeps a removed node from disrupting while its log is behind") {
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\nset pre_vote on\n",
                            removed + "expect role A = leader and term A = 1 and role D = pre_candidate\n")) == "");
}

TEST_CASE("pre-vote alone does not keep a removed node with the whole log from disrupting; ignoring it does [4.2.3]") {
  // The entry that removes D is on no node but A: D's log is as good as those of B and C (4.2.3 gives this case).
  const std::string before_it_spreads =
      "for 200ms\ndo timeout A\nuntil commit D = 1 within 1s\ndo drop every AppendEntries A -> *\n"
      "do remove D\nfor 200ms\ndo timeout D\nfor 100ms\n";
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\nset pre_vote on\n",
                            before_it_spreads + "expect term D = 2\n")) == "");
  CHECK(walkthrough_test::outcome(story("A B C D", "set noop on\nset ignore_disruptive on\n",
                            "for 200ms\ndo timeout A\nuntil commit D = 1 within 1s\n"
                            "do drop every AppendEntries A -> * when entries > 0\ndo remove D\nfor 40ms\n"
                            "do timeout D\nfor 20ms\n"
                            "expect term D = 2 and term A = 1 and term B = 1 and term C = 1 and role A = leader\n")) == "");
}

TEST_CASE("a leader that commits its own removal: it does not count itself, and steps down when it is committed [4.2.2]") {
  const std::string leaving = "do timeout A\nuntil commit C = 1 within 1s\ndo crash C\ndo remove A\nfor 300ms\n"
                              "expect config A = [B C] and last B = 2\n";
  CHECK(walkthrough_test::outcome(story("A B C", "set noop on\n",
                            leaving + "expect role A = leader and commit A = 1\n"  // B alone is no majority of B and C
                                      "do restart C\nuntil role A = follower within 1s\n"
                                      "expect commit A = 2 and happened removed_leader_steps_down A\n"
                                      "do timeout A\nfor 50ms\nexpect term B = 1\n"  // it has no vote any more
                                      "do timeout B\nuntil role B = leader and commit C = 3 within 1s\n")) == "");
  CHECK(walkthrough_test::outcome(story("A B C", "set noop on\nset rule removed_leader_not_counted off\n",
                            leaving + "expect role A = follower and commit A = 2\n")) == "");
}

TEST_CASE("transfer to a node that is behind: first the entries, then TimeoutNow") {
  const std::string behind = "do timeout A\nuntil leader_of B = A within 1s\ndo isolate B\n"
                             "do write x=1\nsettle\ndo write x=2\nsettle\ndo transfer B\nexpect last B = 0\n";
  CHECK(walkthrough_test::outcome(story("A B C", "",
                            behind + "do heal\nuntil in_flight TimeoutNow A -> B = 1 within 140ms\nexpect last B = 2\n"
                                     "until role B = leader within 1s\n"
                                     "expect value B x = 2 or commit B < 2\nexpect term B = 2 and leaders = 1\n")) == "");
  // Out of reach, it never comes to that; meanwhile the leader takes no command, and then it leads on [3.10].
  CHECK(walkthrough_test::outcome(story("A B C", "",
                            behind + "do write x=3\nfor 100ms\nexpect last A = 2\n"
                                     "until happened transfer_aborted A within 1s\n"
                                     "expect role A = leader and term A = 1\n"
                                     "do write x=4 by c5\nuntil client c5 = ok within 1s\n")) == "");
}

TEST_CASE("a node that has just joined, and is not in the majority's log yet, cannot elect anybody") {
  CHECK(walkthrough_test::outcome(story("A B C", "set noop on\n",
                            "do timeout A\nuntil commit C = 1 within 1s\ndo drop every AppendEntries A -> *\ndo add D\n"
                            "do isolate A\ndo drop nothing\n"
                            "do timeout D\nfor 50ms\nexpect term D = 0 and role D = follower\n"  // it knows of nobody
                            "do timeout B\nuntil role B = leader within 1s\nexpect config B = [A B C]\n"
                            "until commit C = 2 within 1s\ndo heal\nuntil config A = [A B C] within 2s\n"
                            "expect happened configuration_undone A and safe\n")) == "");
}
