// Every command and every function of a condition, used in walkthroughs that are parsed, played and hold. A word that
// joins the tables must be used here.
#include <set>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/conditions.h"
#include "tests/walkthrough/play.h"

namespace {

using walkthrough_test::by_hand;

const std::string stories[] = {
    // Nodes
    by_hand + "step \"nodes\"\n"
    "  expect role A = follower and up A and term A = 0 and vote A = none and leader_of A = none and leader = none\n"
    "  expect commit A = 0 and applied A = 0 and first A = 1 and last A = 0 and entry A 1 = none and log A = []\n"
    "  expect snapshot A = 0 and value A x = none and config A = [A B C] and votes A = 0 and time = 0 and safe\n"
    "  expect next A B = none and match A B = none and client c1 = idle and result c1 = none and leaders = 0\n"
    "  expect countdown A >= 150ms and countdown A <= 300ms\n"
    "  do timeout A\n"
    "  expect role A = candidate and vote A = A and votes A = 1 and happened started_election A\n"
    "  expect in_flight RequestVote A -> * = 2 and in_flight any * -> * = 2\n"
    "  until role A = leader within 20ms\n"
    "  expect leader = A and leaders = 1 and leader_in_term 1 = A and leader_in_term 2 = none and countdown A = none\n"
    "  expect vote B = A and next A B = 1 and match A B = 0 and happened won_election A and not happened won_election B\n"
    "  do heartbeat A\n  expect in_flight Heartbeat A -> B = 2\n"
    "  do pause B\n  for 30ms\n  expect up B and leader_of B = none and in_flight Heartbeat A -> B = 2\n"
    "  do resume B\n  until leader_of B = A within 1ms\n"
    "  do write x=1\n  settle\n"
    "  expect entry A 1 = \"x=1\" and entry_term A 1 = 1 and log B = [1:\"x=1\"] and log C = [1:x=1] and value C x = 1\n"
    "  do snapshot A\n  expect snapshot A = 1 and first A = 2 and entry A 1 = none\n"
    "  do crash B C unsynced\n  expect not up B and (count n: up n) = 1\n  do restart B C\n"
    "  do wipe C\n  expect last C = 0 and all n in A B: last n = 1\n",
    // Links and messages
    by_hand + "step \"network\"\n"
    "  do timeout A\n  settle\n"
    "  do partition A | B C\n  do write x=1 to A by c1\n  for 200ms\n"
    "  expect lost AppendEntries A -> B >= 1 and stored \"x=1\" = 1 and committed \"x=1\" = 0 and client c1 = waiting\n"
    "  do heal\n  until client c1 = ok within 1s\n  expect result c1 = 1 and linearizable\n"
    "  do isolate A\n  do mend A B\n  do mend A -> C\n  do mend C -> A\n  do cut A -> B\n  do cut B C\n  do heal\n"
    "  for 100ms\n"
    "  do drop next AppendEntries A -> B\n  do delay next AppendEntries A -> C 30ms\n  do write y=1 by c2\n"
    "  until in_flight AppendEntries A -> C >= 1 and last A = 2 within 1s\n  expect last C = 1\n"
    "  until lost AppendEntries A -> B >= 2 within 1s\n  settle\n"
    "  do hold A -> B\n  do heartbeat A\n  expect held Heartbeat A -> B = 1 and in_flight any A -> B = 0\n"
    "  do drop Heartbeat A -> B\n  expect held any * -> * = 0\n  do heartbeat A\n  do deliver Heartbeat A -> B\n"
    "  do heartbeat A\n  do duplicate Heartbeat A -> B after 5ms\n  expect held Heartbeat A -> B = 2\n"
    "  do release A -> B\n  settle\n"
    "  do drop every Heartbeat A -> * when message_term = 1\n  do heartbeat A\n  for 10ms\n"
    "  expect lost Heartbeat A -> C >= 1 and not violated \"Election Safety\"\n  do drop nothing\n"
    "  do heartbeat A\n  do delay Heartbeat A -> C 20ms\n  for 29ms\n  expect in_flight Heartbeat A -> C >= 1\n",
    // Clients
    by_hand + "set sessions on\nset client_timeout 100ms\nstep \"clients\"\n"
    "  do write x=1 by c9\n  until client c9 = failed within 1s\n"
    "  do timeout A\n  settle\n"
    "  do open c1\n  settle\n  expect client c1 = ok and entry A 1 = \"open c1\"\n"
    "  do write x=5 by c1\n  settle\n  do cas x 5 6 by c1\n  settle\n  expect result c1 = 1\n"
    "  do incr x by c1\n  settle\n  expect result c1 = 7 and value B x = 7 and applications B \"incr x\" = 1\n"
    "  do read x by c1\n  settle\n  expect result c1 = 7\n"
    "  do read x from B by c2\n  until client c2 = redirected within 1s\n"
    "  do crash A\n  do write x=8 by c1\n  expect client c1 = waiting\n  until client c1 = timed_out within 1s\n"
    "  do restart A\n  do timeout A\n  settle\n  do retry c1\n  settle\n  expect client c1 = ok and value C x = 8\n"
    "  do expire c1\n  settle\n  do write x=9 by c1\n  until client c1 = expired within 1s\n"
    "  expect value A x = 8 and linearizable\n",
    // Members
    by_hand + "learners L\nset noop on\nstep \"members\"\n"
    "  do timeout A\n  settle\n  expect role L = learner and match A L = 1\n"
    "  do promote L\n  settle\n  expect role L = follower and config L = [A B C L]\n"
    "  do remove L\n  settle\n  do learner M\n  settle\n  do add D\n  settle\n"
    "  do reconfigure A B E\n  expect config A = [A B C D]+[A B E] and happened joint_configuration A\n"
    "  until config E = [A B E] within 1s\n  settle\n"
    "  do transfer B\n  until role B = leader within 1s\n  expect leader_in_term 2 = B\n",
    // Settings
    by_hand + "step \"settings\"\n"
    "  do set pre_vote on\n  do set clock B 11/10\n  do set latency A -> B 80ms..90ms\n  do set loss A C 1/5\n"
    "  do set rule session_check off\n  do timeout A\n  expect role A = pre_candidate and term A = 0\n"
    "  do set election_timeout 1s..2s\n  do set heartbeat 20ms\n  do set batch 1\n  do set disk_delay 1ms\n",
};

/// The words that stand in the stories: after `do`, or anywhere in a condition.
std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::string word;
    for (const char c : line + " ") {
      const bool part = (c >= 'a' && c <= 'z') || c == '_';
      if (part) word += c;
      if (part || word.empty()) continue;
      words.insert(word);
      word.clear();
    }
  }
  return words;
}

}  // namespace

TEST_CASE("every command and every condition is used, and each story holds to its end") {
  std::string all;
  for (const std::string& text : stories) {
    CHECK(walkthrough_test::outcome(text) == "");
    all += text;
  }
  for (const raft::walkthrough::CommandInfo& info : raft::walkthrough::command_table()) {
    CAPTURE(std::string(info.name));
    CHECK(all.find(std::string("do ") + info.name) != std::string::npos);
  }
  const std::set<std::string> words = words_of(all);
  for (const raft::walkthrough::FunctionInfo& info : raft::walkthrough::function_table()) {
    CAPTURE(std::string(info.name));
    CHECK(words.contains(info.name));
  }
  for (const char* status : {"idle", "waiting", "ok", "failed", "timed_out", "redirected", "expired"}) {
    CAPTURE(std::string(status));
    CHECK(words.contains(status));
  }
}
