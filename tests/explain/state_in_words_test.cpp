// The text twin: whoever hears it read aloud knows what the window shows.
#include "raft/explain/state_in_words.h"

#include "raft/check/checked_run.h"
#include "tests/explain/texts.h"
#include "tests/support/cluster.h"
#include "tests/support/two_leaders.h"

namespace raft::test {

namespace {

std::string told(const Cluster& cluster, const explain::Words& words = english(), explain::TwinOptions options = {}) {
  return explain::state_in_words(words, cluster.world, cluster.world.now, check::Broken{}, check::History{}, options);
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

TEST_CASE("the state in words tells a whole log, or how many entries of it are left out") {
  Cluster cluster(manual_cluster_of(1));
  cluster.elect(A);
  for (int i = 1; i <= 43; ++i) cluster.write(std::to_string(i), A).run_for(100_ms);
  REQUIRE(cluster.node(A).memory.commit_index == 43);
  const std::string whole = told(cluster);
  CHECK(whole.find("known committed: 1 x=1 (term 1), 2 x=2 (term 1)") != std::string::npos);
  CHECK(whole.find("43 x=43 (term 1).") != std::string::npos);
  CHECK(whole.find("left out") == std::string::npos);
  const std::string cut = told(cluster, english(), {.whole_logs = false});
  CHECK(cut.find("known committed: 3 earlier entries left out, then 4 x=4 (term 1)") != std::string::npos);
  CHECK(told(cluster, chinese(), {.whole_logs = false}).find("略去前面 3 条") != std::string::npos);
}

TEST_CASE("the state in words tells who would vote for a node that asks before an election, and who refuses") {
  sim::ClusterConfig config = manual_cluster_of(3);
  config.settings.core.features.pre_vote = true;
  Cluster cluster(config);
  cluster.timeout(A);
  REQUIRE(cluster.node(A).memory.role == Role::PreCandidate);
  CHECK(says(told(cluster), "  Would get the votes of A so far: 1 of 2 needed."));
  CHECK(says(told(cluster, chinese()), "  目前愿意投票的有 A：1 票，需要 2 票。"));

  Cluster split(manual_cluster_of(3));
  split.crash({C}).timeout(A).timeout(B);  // with C's vote A would have won before
  REQUIRE(split.run_until([&] { return !split.node(A).memory.votes_refused.empty(); }, 1_s));
  CHECK(says(told(split), "  Refused by B."));
}

TEST_CASE("the state in words names the islands with what they can do, but not while a question is open") {
  Cluster cluster(manual_cluster_of(5));
  cluster.elect(A).run_for(60_ms);
  CHECK(told(cluster).find("Island") == std::string::npos);
  cluster.act(Partition{{set_of({A, B}), set_of({C, D, E})}});
  const std::string text = told(cluster);
  CAPTURE(text);
  CHECK(says(text, "Island A and B, 2 of 5: cannot commit."));
  CHECK(says(text, "Island C, D and E, 3 of 5: can elect a leader."));
  CHECK(says(told(cluster, chinese()), "分区 A 和 B，2 / 5：不能提交。"));
  cluster.write("1", A);
  const std::string asked = told(cluster, english(), {.question_open = true});
  CAPTURE(asked);
  CHECK(says(asked, "Island A and B, 2 of 5."));
  CHECK(asked.find("commit.") == std::string::npos);
  CHECK(asked.find("due at") == std::string::npos);
  CHECK(asked.find("What happens next") == std::string::npos);
}

TEST_CASE("the state in words does not say how many votes are needed while a question is open") {
  constexpr explain::TwinOptions open{.question_open = true};
  sim::ClusterConfig config = manual_cluster_of(3);
  Cluster stands(config);
  stands.timeout(A);
  config.settings.core.features.pre_vote = true;
  Cluster asks(config);
  asks.timeout(A);
  CHECK(says(told(stands), "  Votes so far from A: 1 of 2 needed."));
  CHECK(says(told(stands, english(), open), "3 voters: A, B and C."));
  CHECK(says(told(stands, english(), open), "  Votes so far from A: 1."));
  CHECK(says(told(asks, english(), open), "  Would get the votes of A so far: 1."));
  CHECK(says(told(stands, chinese(), open), "3 个有投票权的节点：A、B 和 C。"));
  CHECK(says(told(stands, chinese(), open), "  已得到 A 的票：1 票。"));
  CHECK(says(told(asks, chinese(), open), "  目前愿意投票的有 A：1 票。"));

  stands.world.machine(A).node.configuration.next = set_of({A, B});
  CHECK(told(stands).find("Of each majority: ") != std::string::npos);
  const std::string joint = told(stands, english(), open);
  CAPTURE(joint);
  CHECK(says(joint, "  Votes so far from A: 1."));
  CHECK(joint.find("majority") == std::string::npos);
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

TEST_CASE("the state in words tells who is paused, what stands beside a node, what is held and what is always dropped") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(60_ms);
  cluster.act(Pause{B}).act(SetClock{C, {11, 10}}).act(Hold{A, C}).act(FireHeartbeatTimer{A});
  cluster.act(DropEvery{pattern(MessageType::RequestVote, A, B)});
  const std::string text = told(cluster);
  CAPTURE(text);
  CHECK(says(text, "  Paused: nothing happens to it until it is resumed."));
  CHECK(says(text, "  fast clock: 11/10"));
  CHECK(says(text, "All such messages are dropped: RequestVote from A to B."));
  const sim::Flight* held = nullptr;
  for (const sim::Flight& flight : cluster.world.network.flights()) {
    if (flight.fate == sim::Fate::Held) held = &flight;
  }
  REQUIRE(held != nullptr);
  const std::string line = "  m" + std::to_string(held->id) + ": Heartbeat from A to C";
  CHECK(text.find("\n" + line) != std::string::npos);
  CHECK(text.find(", held in the tray.\n") != std::string::npos);
}

TEST_CASE("the state in words tells what is broken now from what was broken before every rule was on again, and nothing ahead") {
  check::CheckedRun run(manual_cluster_of(3));
  const auto act = [&run](const Intervention& what) { REQUIRE_FALSE(run.act(what, Origin::Script)); };
  const auto told_here = [&run](const explain::Words& words) {
    const check::Broken broken = check::broken_at_cursor(run.timeline(), run.oracles().violations(),
                                                         check::check_linearizable(run.history()), run.history());
    return explain::state_in_words(words, run.timeline().world(), run.timeline().clock(), broken, run.history());
  };
  for (const Intervention& what : a_leads_alone()) act(what);
  act(b_stands());
  while (run.timeline().world().node(B).memory.role != Role::Leader) REQUIRE(run.step());
  CHECK(says(told_here(english()), "Broken: Election Safety."));
  act(majority_needed_again());
  CHECK(says(told_here(english()), "Was broken before every rule was on again: Election Safety."));
  CHECK_FALSE(says(told_here(english()), "Broken: Election Safety."));
  CHECK(says(told_here(chinese()), "在规则全部重新开启之前曾被违反：选举安全性。"));
  run.seek(1);
  CHECK(told_here(english()).find("Election Safety") == std::string::npos);
}

TEST_CASE("the state in words says what the clients were told that no order explains, and whether that is past") {
  Cluster cluster(manual_cluster_of(3));
  const SymbolId x = cluster.world.symbols.intern("x");
  check::History history;
  const auto done = [&history, x](int number, CommandKind kind, Value result) {
    Command command;
    command.kind = kind;
    command.client = static_cast<ClientId>(number);
    command.key = x;
    command.value = Value::number(2);
    history.call(command, 0);
    history.answer(command.client, result, 0);
  };
  done(1, CommandKind::Write, Value{});
  done(2, CommandKind::Read, Value::number(1));
  const check::Linearizability found = check::check_linearizable(history);
  REQUIRE_FALSE(found.anomalies.empty());
  for (const bool past : {false, true}) {
    const check::Broken broken{.promises = {}, .clients = check::ClientsBreach{found.anomalies.front(), past}};
    const std::string text = explain::state_in_words(english(), cluster.world, cluster.world.now, broken, history);
    CAPTURE(text);
    CHECK(says(text, past ? "Was broken before every rule was on again: Linearizable." : "Broken: Linearizable."));
    CHECK(text.find("c2 read x = 1, after c1 ") != std::string::npos);
  }
}

}  // namespace raft::test
