// The text twin: whoever hears it read aloud knows what the window shows.
#include "raft/explain/state_in_words.h"

#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

std::string told(const Cluster& cluster, const explain::Words& words = english()) {
  return explain::state_in_words(words, cluster.world, check::Oracles(cluster.world));
}

bool says(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("the state in words names the leader, every node with term, vote and log, the cuts and who is down") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(60_ms);
  cluster.write("1", A).run_for(200_ms);
  cluster.isolate({C}).crash({B});
  const std::string text = told(cluster);
  CAPTURE(text);
  CHECK(says(text, "3 voters: A, B and C. A majority is 2."));
  CHECK(says(text, "A leads term 1."));
  CHECK(says(text, "A: leader, term 1, vote for A."));
  CHECK(says(text, "  Log, known committed: 1 x=1 (term 1)."));
  CHECK(says(text, "  Values: x=1."));
  CHECK(says(text, "B: down; what follows is on its disk, term 1, vote for A."));
  CHECK(says(text, "C: follower, term 1, vote for A."));
  CHECK(says(text, "The link between A and C is cut."));
  CHECK(says(text, "The link between B and C is cut."));
  CHECK(says(text, "What happens next:"));
  CHECK(says(told(cluster, chinese()), "A：领导者，任期 1，投给了 A。"));
}

TEST_CASE("the state in words tells an entry that is not known committed from one that is, and counts messages") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(60_ms).write("2", A);
  REQUIRE(cluster.run_until([&] { return cluster.node(A).durable.log.last_index() == 1; }, 1_s));
  const std::string text = told(cluster);
  CAPTURE(text);
  CHECK(says(text, "  Log, not known committed: 1 x=2 (term 1)."));
  CHECK(text.find("messages on their way or held:") != std::string::npos);
  CHECK(text.find("AppendEntries from A to B with x=2") != std::string::npos);
}

TEST_CASE("the state in words names the rules that are off, and no placeholder is left") {
  Cluster cluster(manual_cluster_of(3));
  cluster.off(Rule::OneVotePerTerm);
  for (const explain::Words* words : both_languages()) {
    const std::string text = told(cluster, *words);
    CAPTURE(text);
    CHECK(text.find('{') == std::string::npos);
    CHECK(text.find(words->text("rule.one_vote_per_term")) != std::string::npos);
  }
}

}  // namespace raft::test
