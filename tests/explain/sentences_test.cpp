// Sentences word for word, with operands that come from what really happened.
#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

std::string said(const World& world, const Reason& reason, NodeId self = no_node,
                 const explain::Words& words = english()) {
  return explain::reason_sentence(words, world, reason, self);
}

/// The sentence of the first reason of this code in the last event; "" if there is none.
std::string why(const Cluster& cluster, ReasonCode code, const explain::Words& words = english()) {
  for (const explain::ExplainedReason& explained : explain::explain_reasons(words, cluster.world, cluster.event)) {
    if (explained.reason.code == code) return explained.sentence;
  }
  return "";
}

std::string what(const Cluster& cluster, const explain::Words& words = english()) {
  return explain::event_sentence(words, cluster.world, cluster.event);
}

Cluster manual(std::size_t size) { return Cluster(manual_cluster_of(size)); }

/// A cluster of given logs, one list of terms for each node; no election timer fires by itself.
Cluster with_logs(std::initializer_list<std::vector<Term>> logs, Term term) {
  ClusterConfig config = manual_cluster_of(logs.size());
  NodeId id = A;
  for (const std::vector<Term>& terms : logs) {
    GivenNode given{id, term, no_node, 0, {}, false};
    for (const Term entry : terms) {
      given.log.push_back({entry, write_text("x", std::to_string(entry))});
    }
    config.given.push_back(given);
    id = node_at(index_of(id) + 1);
  }
  return Cluster(config);
}

}  // namespace

TEST_CASE("an election, sentence by sentence") {
  Cluster cluster = manual(3);
  cluster.timeout(A);
  CHECK(what(cluster) == "A's countdown is ended by hand.");
  CHECK(why(cluster, ReasonCode::StartedElection) ==
        "A becomes a candidate and starts term 1, its own term plus one.");
  CHECK(why(cluster, ReasonCode::VotedForItself) == "A candidate votes for itself: that is A's one vote in term 1.");
  CHECK(why(cluster, ReasonCode::VotedForItself, chinese()) ==
        "候选者先投自己一票：这就是 A 在任期 1 的唯一一票。");
  cluster.deliver(MessageType::RequestVote, A, B);
  CHECK(what(cluster) == "RequestVote from A to B is delivered at once.");
  CHECK(why(cluster, ReasonCode::HigherTermSeen) ==
        "The message is of term 1, higher than B's term 0: B moves to term 1.");
  CHECK(why(cluster, ReasonCode::GrantedVote) ==
        "B grants its vote to A in term 1: it was free, and A's log is not behind.");
  CHECK(why(cluster, ReasonCode::GrantedVote, chinese()) == "B 在任期 1 投票给 A：此前尚未投票，且 A 的日志不落后。");
  CHECK(why(cluster, ReasonCode::TimerReset) == "B restarts its countdown.");
  cluster.deliver(MessageType::RequestVoteReply, B, A);
  CHECK(why(cluster, ReasonCode::CountedVote) == "A counts B's vote: it has 2 of the 2 votes that it needs.");
  CHECK(why(cluster, ReasonCode::WonElection) == "A has 2 votes and needs 2: it is the leader of term 1.");
  CHECK(why(cluster, ReasonCode::SentHeartbeats) ==
        "A leads and writes to 2 others: who hears it restarts its countdown, unless in a later term.");
}

TEST_CASE("a node alone elects itself, without plural") {
  Cluster cluster = manual(1);
  cluster.timeout(A);
  CHECK(why(cluster, ReasonCode::WonElection) == "A has 1 vote and needs 1: it is the leader of term 1.");
  CHECK(why(cluster, ReasonCode::SentHeartbeats) == "A leads alone: there is nobody to send heartbeats to.");
}

TEST_CASE("refused votes say for whom, or which log is newer") {
  Cluster cluster = manual(4);
  cluster.timeout(A).timeout(B);
  cluster.deliver(MessageType::RequestVote, A, B);
  CHECK(why(cluster, ReasonCode::AlreadyVoted) ==
        "B refuses: it has voted for itself in term 1, and a node has one vote in a term.");
  cluster.deliver(MessageType::RequestVote, A, C).deliver(MessageType::RequestVote, B, C);
  CHECK(why(cluster, ReasonCode::AlreadyVoted) ==
        "C refuses: it has voted for A in term 1, and a node has one vote in a term.");
  CHECK(why(cluster, ReasonCode::AlreadyVoted, chinese()) == "C 拒绝：它在任期 1 已投给 A，每个任期只有一票。");

  Cluster logs = with_logs({{1, 1, 1}, {1, 2}, {}}, 2);
  logs.timeout(A).deliver(MessageType::RequestVote, A, B);
  CHECK(why(logs, ReasonCode::LogIsBehind) ==
        "B refuses: the candidate's log ends with entry 3 of term 1; B's, with entry 2 of term 2, is newer.");
  CHECK(why(logs, ReasonCode::LogIsBehind, chinese()) ==
        "B 拒绝：候选者的日志止于条目 3（任期 1），B 的日志止于条目 2（任期 2），比它新。");
  logs.timeout(C).timeout(C).deliver(MessageType::RequestVote, C, B);
  CHECK(why(logs, ReasonCode::StaleTerm).empty());
  CHECK(why(logs, ReasonCode::LogIsBehind) ==
        "B refuses: the candidate's log is empty; B's, which ends with entry 2 of term 2, is newer.");
}

TEST_CASE("a write, sentence by sentence") {
  Cluster cluster = manual(3);
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A);
  CHECK(what(cluster) == "c1 asks A: x=1.");
  CHECK(why(cluster, ReasonCode::ClientAsked) == "c1 sends its request to A.");
  cluster.act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  CHECK(what(cluster) == "Request x=1 from c1 to A is delivered at once.");
  CHECK(why(cluster, ReasonCode::AppendedCommand) ==
        "A leads: it appends the command to its log as entry 1 of term 1 and sends it to the others.");
  CHECK(why(cluster, ReasonCode::NotOnMajority) ==
        "To commit entry 1 of term 1, 2 nodes must store it; the leader knows of 1.");
  CHECK(cluster.run_until([&] { return cluster.node(B).durable.log.last_index() == 1; }, 100_ms));
  CHECK(what(cluster) == "AppendEntries from A reaches B, carrying x=1.");
  CHECK(what(cluster, chinese()) == "A 的 AppendEntries 到达 B，携带 x=1。");
  CHECK(why(cluster, ReasonCode::StoredEntries) == "B stores entry 1 in its log.");
  CHECK(cluster.run_until([&] { return cluster.node(A).memory.commit_index == 1; }, 100_ms));
  CHECK(what(cluster).ends_with(" confirms to A that it holds everything up to entry 1."));
  CHECK(why(cluster, ReasonCode::CommittedByMajority) ==
        "Stored on 2 nodes where 2 are needed, entry 1 of term 1 is committed, with all before it.");
  CHECK(why(cluster, ReasonCode::AnsweredClient) == "Entry 1 is committed and applied: A answers c1.");
  CHECK(cluster.run_until([&] { return cluster.event.client == c1; }, 100_ms));
  CHECK(what(cluster) == "A answers c1: done, the result is 1.");
  CHECK(why(cluster, ReasonCode::ClientDone) == "c1 has its answer.");
}

TEST_CASE("an event keeps its sentence, whatever its client does later") {
  Cluster cluster = manual(3);
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A, c1);
  const Event asked = cluster.event;
  cluster.run_for(200_ms).write("2", A, c1).crash({A});
  CHECK(explain::event_sentence(english(), cluster.world, asked) == "c1 asks A: x=1.");
}

TEST_CASE("repairing a log, sentence by sentence") {
  Cluster cluster = with_logs({{1, 3, 3}, {1, 2, 2, 2}, {1}}, 3);
  cluster.timeout(A).deliver(MessageType::RequestVote, A, C).deliver(MessageType::RequestVoteReply, C, A);
  cluster.deliver(MessageType::AppendEntries, A, B);
  CHECK(why(cluster, ReasonCode::ConflictingTerm) ==
        "B refuses: before this must come entry 3 of term 3, but it holds entry 3 of term 2.");
  cluster.deliver(MessageType::AppendEntriesReply, B, A);
  CHECK(why(cluster, ReasonCode::WalkedBack) == "B's log did not match: A goes back and tries again from entry 3.");
  cluster.deliver(MessageType::AppendEntries, A, C);
  CHECK(why(cluster, ReasonCode::MissingEntry) ==
        "C refuses: before this must come entry 3 of term 3, but its log ends at entry 1.");
  cluster.deliver(MessageType::AppendEntries, A, B).deliver(MessageType::AppendEntriesReply, B, A);
  cluster.deliver(MessageType::AppendEntries, A, B);
  CHECK(why(cluster, ReasonCode::LogMatches) ==
        "B holds entry 1 of term 1 as the leader does: up to there their logs are the same.");
  CHECK(why(cluster, ReasonCode::DeletedConflicting) ==
        "B deletes entries 2 to 4: the leader's entry 2 is of term 3, and the leader's log wins.");
  CHECK(why(cluster, ReasonCode::StoredEntries, chinese()) == "B 把条目 2 至 3 存入日志。");
}

TEST_CASE("an old entry on enough nodes is told apart from one on too few") {
  const Reason old_term(ReasonCode::NotCurrentTerm, {EntryId{2, 2}, 4});
  const Cluster cluster = manual(5);
  CHECK(said(cluster.world, old_term, A) ==
        "Enough nodes store entry 2 of term 2, but only an entry of the leader's own term 4 can commit it.");
  CHECK(said(cluster.world, Reason(ReasonCode::NotOnMajority, {EntryId{2, 2}, 2, 3}), A) ==
        "To commit entry 2 of term 2, 3 nodes must store it; the leader knows of 2.");
}

TEST_CASE("crashes and restarts name every node") {
  Cluster cluster = manual(5);
  cluster.elect(B).run_for(60_ms).crash({B});
  CHECK(what(cluster) == "B crashes: term, vote and log stay on disk; the rest is gone.");
  CHECK(why(cluster, ReasonCode::Crashed) ==
        "B, a leader, loses what was in memory: all but term, vote and log, which were on its disk.");
  cluster.crash({C, D});
  CHECK(what(cluster) == "C and D crash: term, vote and log stay on disk; the rest is gone.");
  CHECK(what(cluster, chinese()) == "C 和 D 宕机：任期、投票和日志留在磁盘上，其余全部丢失。");
  const auto reasons = explain::explain_reasons(english(), cluster.world, cluster.event);
  REQUIRE(reasons.size() == 2);
  CHECK(reasons[0].sentence == "C, a follower, loses what was in memory: all but term, vote and log, which were on its disk.");
  CHECK(reasons[1].self == D);
  cluster.restart({B, C});
  CHECK(what(cluster) == "B and C restart and read the disk.");
  CHECK(why(cluster, ReasonCode::Restarted) ==
        "B starts as a follower with what its disk kept: term 1, vote for B, 0 entries.");
  cluster.off(Rule::TermAndLogPersisted).crash({B});
  CHECK(what(cluster) == "B crashes and forgets everything, even term, vote and log.");
}

TEST_CASE("the network, in words") {
  Cluster cluster = manual(5);
  cluster.act(Partition{{set_of({A, B}), set_of({C, D})}});
  CHECK(what(cluster) == "The network splits: A B | C D | E.");
  cluster.heal();
  CHECK(what(cluster) == "The network heals: every link is open.");
  cluster.elect(A);
  const std::size_t in_flight = cluster.world.network.in_flight();
  REQUIRE(in_flight == 6);  // two more answers to its request for votes, four first heartbeats
  cluster.isolate({A});
  CHECK(what(cluster) == "A is cut off from everyone. 6 messages on the way are lost.");
  CHECK(what(cluster, chinese()) == "A 与所有节点断开。6 条在途消息丢失。");
  cluster.act(Mend{A, B, Direction::BothWays});
  CHECK(what(cluster) == "The link between A and B is mended.");
  cluster.act(Cut{A, B, Direction::OneWay});
  CHECK(what(cluster) == "The link from A to B is cut; the way back stays open.");
  cluster.act(DropMessage{next(MessageType::RequestVote, A, B)});
  CHECK(what(cluster) == "To be dropped as soon as it is sent: RequestVote from A to B.");
  cluster.act(DeliverMessage{next(MessageType::RequestVote, A, B)});
  CHECK(what(cluster) == "To be delivered as soon as it is sent: RequestVote from A to B.");
  cluster.act(ChangeSetting{Setting::Latency, {10_ms, 20_ms}});
  CHECK(what(cluster) == "Message latency, one way: now 10 ms – 20 ms.");
  cluster.act(ChangeLink{Setting::Latency, A, B, Direction::OneWay, SettingValue{80_ms, 90_ms}});
  CHECK(what(cluster) == "Message latency, one way from A to B: now 80 ms – 90 ms.");
  CHECK(what(cluster, chinese()) == "从 A 到 B，消息延迟（单程）：改为 80 ms – 90 ms。");
  cluster.act(ChangeLink{Setting::Loss, A, B, Direction::BothWays, std::nullopt});
  CHECK(what(cluster) == "Messages lost between A and B: as on all links again.");
  using Condition = MessageCondition;
  const Condition some{Condition::Kind::Compare, MessageField::Entries, Comparison::Greater, 0, {}};
  const Condition newer{Condition::Kind::Compare, MessageField::MessageTerm, Comparison::Equal, 3, {}};
  const Condition no{Condition::Kind::Not, {}, {}, 0, {newer}};
  cluster.act(DropEvery{pattern(MessageType::AppendEntries, A, B), Condition{Condition::Kind::And, {}, {}, 0, {some, no}}});
  CHECK(what(cluster) == "From now on every such message is dropped where entries carried > 0 and not (term of the "
                         "message = 3): AppendEntries from A to B.");
  CHECK(what(cluster, chinese()) ==
        "从现在起，凡携带条目数 > 0 且并非（消息任期 = 3），一律丢弃：A 发往 B 的 AppendEntries。");
  cluster.off(Rule::RandomizedTimeouts);
  CHECK(what(cluster) == "Rule switched off: Every election timeout is the shortest one: votes split again and again.");
}

TEST_CASE("values of settings that can be off, or by hand") {
  const auto value = [](Setting setting, std::int64_t number, const explain::Words& words = english()) {
    return explain::setting_value_text(words, setting, {number, 0});
  };
  CHECK(value(Setting::SnapshotAfter, 0) == "off");
  CHECK(value(Setting::SnapshotAfter, 4) == "4");
  CHECK(value(Setting::MaxSessions, 0, chinese()) == "关");
  CHECK(value(Setting::TimerMode, 0) == "by themselves");
  CHECK(value(Setting::TimerMode, 1) == "only by hand");
}

TEST_CASE("a message dies, and the sentence says where") {
  Cluster cluster = manual(3);
  cluster.isolate({B}).timeout(A);
  CHECK(cluster.run_until([&] { return cluster.event.kind == EventKind::Lose; }, 100_ms));
  CHECK(what(cluster) == "RequestVote from A to B dies at the cut.");
  CHECK(why(cluster, ReasonCode::LinkIsCut) == "The link from A to B has been cut since 0 ms: nothing passes.");
  cluster.heal().crash({B});
  cluster.timeout(C).deliver(MessageType::RequestVote, C, B);
  CHECK(what(cluster) == "RequestVote from C to B comes to nothing: B is down.");
  CHECK(why(cluster, ReasonCode::ReceiverIsDown) == "B is down and hears nothing.");
}

TEST_CASE("refusals say what would work") {
  Cluster cluster = manual(3);
  cluster.elect(C);
  const auto refused = [&](const Intervention& intervention) {
    const std::optional<Reason> reason = cluster.refused(intervention);
    REQUIRE(reason.has_value());
    return said(cluster.world, *reason);
  };
  CHECK(refused(FireElectionTimer{C}) == "C is a leader: leaders have no election countdown. Time out a follower.");
  CHECK(refused(FireHeartbeatTimer{A}) == "A does not lead: only leaders send heartbeats. Choose the leader.");
  CHECK(refused(Restart{set_of({B})}) == "B is running. Only a crashed node can be restarted.");
  CHECK(refused(Heal{}) == "No link is cut: there is nothing to heal. Cut a link first.");
  CHECK(refused(Mend{A, B, Direction::BothWays}) == "The link from A to B is whole. Only a cut link can be mended.");
  cluster.crash({A});
  CHECK(refused(Crash{set_of({A})}) == "A is down. Restart it first.");
  CHECK(said(cluster.world, *cluster.refused(FireElectionTimer{C}), no_node, chinese()) ==
        "C 是领导者：领导者没有选举超时。请选一个跟随者。");
}

TEST_CASE("without a node the sentence says this node") {
  const Cluster cluster = manual(3);
  const Reason reason(ReasonCode::GrantedVote, {A, 2});
  CHECK(said(cluster.world, reason) ==
        "This node grants its vote to A in term 2: it was free, and A's log is not behind.");
  CHECK(said(cluster.world, reason, no_node, chinese()) ==
        "该节点在任期 2 投票给 A：此前尚未投票，且 A 的日志不落后。");
}

TEST_CASE("sections say whether they are of the paper or of the dissertation") {
  const auto section = [](const explain::Words& words, ReasonCode code) { return explain::section_text(words, reason_info(code).section); };
  CHECK(section(english(), ReasonCode::LogIsBehind) == "§5.4.1");
  CHECK(section(english(), ReasonCode::AppendedNoop) == "§8");
  CHECK(section(english(), ReasonCode::ReadConfirmed) == "diss. §6.4");
  CHECK(section(chinese(), ReasonCode::TransferStarted) == "博论 §3.10");
  CHECK(section(english(), ReasonCode::NodeIsDown).empty());
}

TEST_CASE("what is due is told without giving away what will be lost") {
  Cluster cluster = manual(3);
  cluster.isolate({B}).timeout(A);
  for (const Upcoming& due : queue(cluster.world)) {
    const std::string sentence = explain::upcoming_sentence(english(), cluster.world, due);
    if (due.what == Upcoming::What::MessageEnds) CHECK(sentence.ends_with(" is on its way."));
  }
  cluster.world.settings.manual_timers = false;
  bool seen = false;
  for (const Upcoming& due : queue(cluster.world)) {
    if (due.what != Upcoming::What::ElectionTimer || due.node != A) continue;
    seen = true;
    CHECK(explain::upcoming_sentence(english(), cluster.world, due) ==
          "A's countdown ends: new term 2.");
  }
  CHECK(seen);
}

TEST_CASE("where too much is under way, it is told that nothing more happens") {
  const Cluster cluster = manual(3);
  CHECK(explain::upcoming_sentence(english(), cluster.world, {.what = Upcoming::What::Full}) ==
        "More than a million messages and entries are under way. Nothing more happens until some are dropped or cut.");
}

TEST_CASE("of a node without a vote no new term is foretold: its countdown ends in vain") {
  Cluster cluster = manual(3);
  cluster.world.settings.manual_timers = false;
  const Upcoming due{.what = Upcoming::What::ElectionTimer, .node = A};
  raft::NodeState& node = cluster.world.machines[raft::index_of(A)].node;
  node.configuration.voters.remove(A);  // a member no more, as it knows
  CHECK(explain::upcoming_sentence(english(), cluster.world, due) == "A's countdown ends, in vain.");
  node.durable.log.append({1, {}});
  node.configured_at = {1};  // dissertation 4.2.2: until that is committed it may still be needed
  CHECK(explain::upcoming_sentence(english(), cluster.world, due).find("in vain") == std::string::npos);
}

TEST_CASE("a leader's heartbeats promise nothing of those that cannot hear them") {
  Cluster cluster = manual(5);
  cluster.crash({B}).act(Partition{{set_of({A, C, D}), set_of({E})}}).elect(A);
  const std::string said_of_it = why(cluster, ReasonCode::SentHeartbeats);
  CHECK(said_of_it == "A leads and writes to 4 others: who hears it restarts its countdown, unless in a later term.");
  CHECK(why(cluster, ReasonCode::SentHeartbeats, chinese()) == "A 是领导者：它给其余 4 个节点发消息，收到且任期不比它高的，就重新倒计时。");
  CHECK(said_of_it.find("standing") == std::string::npos);
}

TEST_CASE("the answer that made a leader or candidate step down did not come too late") {
  Cluster cluster = manual(3);
  cluster.elect(A).run_for(100_ms);
  cluster.isolate({A}).elect(C).heal();  // term 2, which A has not heard of
  cluster.act(FireHeartbeatTimer{A});
  const auto told = [&] { return !why(cluster, ReasonCode::NoLongerLeader).empty(); };
  CHECK(cluster.run_until(told, 100_ms));
  CHECK(why(cluster, ReasonCode::SteppedDown) == "A is no longer a leader: it is a follower in term 2.");
  const std::string teller = cluster.world.name(cluster.event.flight->message.from.node());
  CHECK(why(cluster, ReasonCode::NoLongerLeader) == "That is all that " + teller + "'s answer has to tell: A is a follower now.");
  CHECK(why(cluster, ReasonCode::NoLongerLeader, chinese()) == teller + " 的答复要说的就是这些：A 现在是跟随者。");
  CHECK(cluster.run_until([&] { return told() && why(cluster, ReasonCode::SteppedDown).empty(); }, 100_ms));
  CHECK(why(cluster, ReasonCode::NoLongerLeader).find("comes too late to matter") != std::string::npos);

  Cluster stale = manual(3);
  stale.isolate({B}).timeout(B).timeout(B).run_for(30_ms).heal();  // B is in term 2
  stale.timeout(A).deliver(MessageType::RequestVote, A, B).deliver(MessageType::RequestVoteReply, B, A);
  CHECK(why(stale, ReasonCode::SteppedDown) == "A is no longer a candidate: it is a follower in term 2.");
  CHECK(why(stale, ReasonCode::NoLongerCandidate) == "That is all that B's answer has to tell: A is a follower now.");
}

TEST_CASE("a candidate asks again whom it has not heard from, and nobody when all have answered") {
  Cluster cluster = manual(4);
  const auto next_round = [&](const explain::Words& words) {
    for (const Upcoming& due : queue(cluster.world)) {
      if (due.what == Upcoming::What::HeartbeatTimer && due.node == A) return explain::upcoming_sentence(words, cluster.world, due);
    }
    return std::string();
  };
  cluster.timeout(A).timeout(B).deliver(MessageType::RequestVote, B, D);  // two votes each in the end
  CHECK(next_round(english()) == "A asks again: B, C and D.");
  cluster.deliver(MessageType::RequestVote, A, C).deliver(MessageType::RequestVoteReply, C, A);
  CHECK(next_round(english()) == "A asks again: B and D.");
  CHECK(next_round(chinese()) == "A 再问一次：B 和 D。");
  cluster.deliver(MessageType::RequestVote, A, B).deliver(MessageType::RequestVoteReply, B, A);
  cluster.deliver(MessageType::RequestVote, A, D).deliver(MessageType::RequestVoteReply, D, A);
  CHECK(next_round(english()) == "A has nobody left to ask.");
  CHECK(next_round(chinese()) == "A 无人可再问：都已答复。");
  CHECK(cluster.run_until([&] { return cluster.event.kind == EventKind::AskAgain && cluster.event.node == A; }, 200_ms));
  CHECK(what(cluster) == "A checks who has not answered yet.");
  CHECK(why(cluster, ReasonCode::AskedAgain) == "Every node has answered A: there is nobody to ask again.");
}

TEST_CASE("what is too old or too late is rejected by the rule for what it is: a request, a vote, or neither") {
  const auto rules = [](const Cluster& cluster) { return explain::rules_behind(cluster.world, cluster.event); };
  Cluster late = manual(3);
  late.timeout(A).deliver(MessageType::RequestVote, A, B).deliver(MessageType::RequestVote, A, C);
  late.deliver(MessageType::RequestVoteReply, B, A).deliver(MessageType::RequestVoteReply, C, A);
  CHECK(why(late, ReasonCode::NoLongerCandidate).find("comes too late to matter: A is a leader") != std::string::npos);
  CHECK(rules(late).empty());

  Cluster vote = manual(3);
  vote.timeout(A).deliver(MessageType::RequestVote, A, B).timeout(A).deliver(MessageType::RequestVoteReply, B, A);
  CHECK_FALSE(why(vote, ReasonCode::StaleTerm).empty());
  CHECK(rules(vote) == std::vector{Rule::CountOnlyCurrentVotes});

  Cluster request = manual(3);
  request.timeout(A).timeout(B).timeout(B).deliver(MessageType::RequestVote, A, B);
  CHECK_FALSE(why(request, ReasonCode::StaleTerm).empty());
  CHECK(rules(request) == std::vector{Rule::RejectStaleTerm});
}

TEST_CASE("every rule is named behind some reason, and is not where it is off") {
  const World world = manual(3).world;
  for (const RuleInfo& info : rule_table) {
    CAPTURE(info.name);
    World without = world;
    without.settings.core.rules.set(info.rule, false);
    int found = 0;
    for (std::size_t code = 0; code < reason_count; ++code) {
      sim::Event event;
      event.reasons = {Reason(static_cast<ReasonCode>(code)), Reason(static_cast<ReasonCode>(code))};
      const std::vector<Rule> rules = explain::rules_behind(world, event);
      found += static_cast<int>(std::count(rules.begin(), rules.end(), info.rule));
      const std::vector<Rule> rest = explain::rules_behind(without, event);
      CHECK(std::count(rest.begin(), rest.end(), info.rule) == 0);
      CHECK(std::count(rules.begin(), rules.end(), info.rule) <= 1);
    }
    CHECK(found >= 1);
  }
}

}  // namespace raft::test
