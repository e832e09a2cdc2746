// "What will B decide?": for every type of message, what its receiver would do if it arrived now, with the operands of
// the decision; what would be lost or wait; and that asking changes nothing.
#include <algorithm>

#include "raft/sim/world_hash.h"
#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

/// Asks of the oldest message of the type, in both languages; the world must be as it was.
explain::ArrivalAnswer ask_of(const Cluster& cluster, MessageType type, Endpoint from, Endpoint to,
                              const explain::Words& words = english()) {
  const Flight* flight = cluster.world.network.oldest(pattern(type, from, to));
  REQUIRE(flight != nullptr);
  const std::uint64_t before = world_hash(cluster.world);
  explain::ArrivalAnswer answer = explain::explain_arrival(words, cluster.world, flight->id, cluster.world.now);
  CHECK(world_hash(cluster.world) == before);
  CHECK_FALSE(answer.reasons.empty());
  for (const explain::ExplainedReason& why : answer.reasons) CHECK(why.sentence.find('{') == std::string::npos);
  return answer;
}

bool because(const explain::ArrivalAnswer& answer, const Reason& reason) {
  return std::any_of(answer.reasons.begin(), answer.reasons.end(),
                     [&reason](const explain::ExplainedReason& why) { return why.reason == reason; });
}

/// A leads, and its first heartbeats have been answered.
Cluster led(ClusterConfig config) {
  Cluster cluster(config);
  cluster.elect(A).run_for(40_ms);
  return cluster;
}

ClusterConfig with(void (*change)(Features&)) {
  ClusterConfig config = manual_cluster_of(3);
  change(config.settings.core.features);
  return config;
}

}  // namespace

TEST_CASE("what will B decide: a RequestVote is granted, or refused for another or for a newer log") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A);
  const explain::ArrivalAnswer granted = ask_of(cluster, MessageType::RequestVote, A, B);
  CHECK(granted.opening == "If it arrived now, B would do this:");
  CHECK(because(granted, {ReasonCode::HigherTermSeen, {Term{1}, Term{0}}}));
  CHECK(because(granted, {ReasonCode::GrantedVote, {A, Term{1}}}));
  CHECK(granted.reasons.front().section == "§5.1");
  CHECK(granted.sends == "It would send: Vote from B to A.");
  CHECK(ask_of(cluster, MessageType::RequestVote, A, B, chinese()).opening == "如果现在到达，B 会这样做：");
  CHECK(ask_of(cluster, MessageType::RequestVote, A, B, chinese()).sends == "随后会发出：B 投给 A 的一票。");

  cluster.timeout(B);
  const explain::ArrivalAnswer refused = ask_of(cluster, MessageType::RequestVote, A, B);
  CHECK(because(refused, {ReasonCode::AlreadyVoted, {B, Term{1}}}));
  CHECK(refused.sends == "It would send: Refused vote from B to A.");
}

TEST_CASE("what will B decide: what it would do is what it does when the message comes") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A);
  const explain::ArrivalAnswer asked = ask_of(cluster, MessageType::RequestVote, A, B);
  cluster.deliver(MessageType::RequestVote, A, B);
  const auto done = explain::explain_reasons(english(), cluster.world, cluster.event);
  REQUIRE(done.size() == asked.reasons.size());
  for (std::size_t i = 0; i < done.size(); ++i) {
    CHECK(done[i].reason == asked.reasons[i].reason);
    CHECK(done[i].sentence == asked.reasons[i].sentence);
  }
}

TEST_CASE("what will A decide: a vote may win the election") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A).deliver(MessageType::RequestVote, A, B);
  const explain::ArrivalAnswer answer = ask_of(cluster, MessageType::RequestVoteReply, B, A);
  CHECK(because(answer, {ReasonCode::CountedVote, {B, 2, 2}}));
  CHECK(because(answer, {ReasonCode::WonElection, {Term{1}, 2, 2}}));
  CHECK(answer.sends == "It would send: Heartbeat from A to B; Heartbeat from A to C.");
}

TEST_CASE("what will B decide: entries are taken, or refused for what must come before them") {
  Cluster cluster = led(manual_cluster_of(3));
  cluster.write("1", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  const explain::ArrivalAnswer stored = ask_of(cluster, MessageType::AppendEntries, A, B);
  CHECK(because(stored, {ReasonCode::StoredEntries, {Index{1}, Index{1}}}));
  cluster.run_for(100_ms).act(Wipe{B}).restart({B}).run_for(60_ms);
  cluster.write("2", A).run_until([&] { return cluster.node(A).durable.log.last_index() == 2; }, 100_ms);
  const explain::ArrivalAnswer refused = ask_of(cluster, MessageType::AppendEntries, A, B);
  CHECK(because(refused, {ReasonCode::MissingEntry, {EntryId{1, 1}, Index{0}}}));
}

TEST_CASE("what will A decide: a confirmation commits, a refusal makes it walk back") {
  Cluster cluster = led(manual_cluster_of(3));
  cluster.write("1", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  cluster.deliver(MessageType::AppendEntries, A, B);
  const explain::ArrivalAnswer answer = ask_of(cluster, MessageType::AppendEntriesReply, B, A);
  CHECK(because(answer, {ReasonCode::FollowerMatches, {B, Index{1}}}));
  CHECK(because(answer, {ReasonCode::CommittedByMajority, {EntryId{1, 1}, 2, 2}}));
}

TEST_CASE("what will A decide: a leader appends a command, a follower names the leader, c1 has its answer") {
  Cluster cluster = led(manual_cluster_of(3));
  cluster.write("1", A, c1).write("2", B, c2);
  CHECK(because(ask_of(cluster, MessageType::ClientRequest, c1, A), {ReasonCode::AppendedCommand, {EntryId{1, 1}}}));
  CHECK(because(ask_of(cluster, MessageType::ClientRequest, c2, B), {ReasonCode::NotLeader, {A}}));
  cluster.act(DeliverMessage{oldest(MessageType::ClientRequest, c2, B)});
  const explain::ArrivalAnswer told = ask_of(cluster, MessageType::ClientReply, B, c2);
  CHECK(told.opening == "If it arrived now, c2 would do this:");
  CHECK(because(told, {ReasonCode::ClientTold, {c2, A}}));
  CHECK(cluster.run_until([&] { return cluster.world.network.oldest(pattern(MessageType::ClientReply, A, c1)); }, 100_ms));
  CHECK(because(ask_of(cluster, MessageType::ClientReply, A, c1), {ReasonCode::ClientDone, {c1}}));
}

TEST_CASE("what will B decide: a pre-vote binds nobody, and enough of them start the election") {
  Cluster cluster(with([](Features& features) { features.pre_vote = true; }));
  cluster.timeout(A);
  const explain::ArrivalAnswer would = ask_of(cluster, MessageType::PreVote, A, B);
  CHECK(because(would, {ReasonCode::WouldVote, {A, Term{1}}}));
  cluster.deliver(MessageType::PreVote, A, B);
  const explain::ArrivalAnswer starts = ask_of(cluster, MessageType::PreVoteReply, B, A);
  CHECK(because(starts, {ReasonCode::CountedPreVote, {B, 2, 2}}));
  CHECK(because(starts, {ReasonCode::StartedElection, {Term{1}}}));
  CHECK(starts.reasons[1].sentence == "A becomes a candidate at once and starts term 1, its own term plus one.");
}

TEST_CASE("what will B decide: TimeoutNow makes it take over") {
  Cluster cluster = led(manual_cluster_of(3));
  cluster.act(TransferLeadership{B});
  const explain::ArrivalAnswer answer = ask_of(cluster, MessageType::TimeoutNow, A, B);
  CHECK(because(answer, {ReasonCode::TakesOver, {A}}));
  CHECK(because(answer, {ReasonCode::StartedElection, {Term{2}}}));
}

TEST_CASE("what will C decide: a snapshot becomes its state, and the leader goes on behind it") {
  Cluster cluster = led(manual_cluster_of(3));
  cluster.isolate({C}).write("1", A).run_for(200_ms).act(CompactLog{A}).heal();
  const auto sent = [&] { return cluster.world.network.oldest(pattern(MessageType::InstallSnapshot, A, C)) != nullptr; };
  REQUIRE(cluster.run_until(sent, 1_s));
  CHECK(because(ask_of(cluster, MessageType::InstallSnapshot, A, C), {ReasonCode::InstalledSnapshot, {EntryId{1, 1}}}));
  cluster.deliver(MessageType::InstallSnapshot, A, C);
  CHECK(because(ask_of(cluster, MessageType::InstallSnapshotReply, C, A), {ReasonCode::FollowerMatches, {C, Index{1}}}));
}

TEST_CASE("what will B decide: a node that is down hears nothing, one that is paused lets it wait") {
  Cluster cluster(manual_cluster_of(3));
  cluster.timeout(A).crash({B}).act(Pause{C});
  const explain::ArrivalAnswer down = ask_of(cluster, MessageType::RequestVote, A, B);
  CHECK(down.opening == "If it arrived now, it would be lost:");
  CHECK(because(down, {ReasonCode::ReceiverIsDown, {B}}));
  CHECK(down.sends.empty());
  const explain::ArrivalAnswer paused = ask_of(cluster, MessageType::RequestVote, A, C);
  CHECK(paused.opening == "If it arrived now, it would wait:");
  CHECK(because(paused, {ReasonCode::WaitsAtPausedNode, {C}}));
}

TEST_CASE("what will B decide: nothing passes a cut, with who and since when; a held message is told of as held") {
  Cluster cluster(manual_cluster_of(3));
  cluster.run_for(60_ms).act(Cut{A, B, Direction::OneWay}).run_for(5_ms).timeout(A);
  const explain::ArrivalAnswer cut = ask_of(cluster, MessageType::RequestVote, A, B);
  CHECK(cut.opening == "If it arrived now, it would be lost:");
  CHECK(because(cut, {ReasonCode::LinkIsCut, {A, B, Operand::moment_of(60_ms)}}));
  CHECK(cut.reasons.front().sentence == "The link from A to B has been cut since 60 ms: nothing passes.");
  cluster.act(Hold{A, C});
  const explain::ArrivalAnswer held = ask_of(cluster, MessageType::RequestVote, A, C);
  CHECK(held.opening == "It is held back on the link from A to C. If it arrived now, C would do this:");
  CHECK(because(held, {ReasonCode::GrantedVote, {A, Term{1}}}));
}

TEST_CASE("what will B decide: it is not given away that a message will be lost") {
  ClusterConfig config = manual_cluster_of(3);
  config.settings.loss = {1, 1};
  Cluster cluster(config);
  cluster.timeout(A);
  CHECK(is_doomed(cluster.world.network.flight(0).fate));
  CHECK(because(ask_of(cluster, MessageType::RequestVote, A, B), {ReasonCode::GrantedVote, {A, Term{1}}}));
}

TEST_CASE("a message that died at a cut says who and since when, also once the link is whole again") {
  Cluster cluster(manual_cluster_of(2));
  cluster.run_for(30_ms).act(Cut{A, B}).timeout(A);
  Cluster healed = cluster;
  REQUIRE(cluster.step());
  CHECK(cluster.event.reasons.at(0) == Reason{ReasonCode::LinkIsCut, {A, B, Operand::moment_of(30_ms)}});
  healed.heal().step();
  CHECK(healed.event.reasons.at(0) == Reason{ReasonCode::LinkIsCut, {A, B, Operand::moment_of(-1)}});
  CHECK(explain::explain_reasons(english(), healed.world, healed.event).at(0).sentence ==
        "The link from A to B was cut when this was sent: it did not pass.");
}

namespace {

/// B leads term 2 with two entries of term 1 that C lacks, and has asked C whether the logs match.
Cluster behind(void (*change)(Features&)) {
  Cluster cluster = led(with(change));
  cluster.isolate({C});
  cluster.write("1", A).run_for(100_ms).write("2", A).run_for(100_ms);
  cluster.crash({A}).heal().elect(B);
  REQUIRE(cluster.run_until([&] { return cluster.world.network.oldest(pattern(MessageType::AppendEntriesReply, C, B)) != nullptr; }, 1_s));
  return cluster;
}

const Message& refusal_to(const Cluster& cluster, NodeId leader) {
  const Flight* flight = cluster.world.network.oldest(pattern(MessageType::AppendEntriesReply, C, leader));
  REQUIRE(flight != nullptr);
  return flight->message;
}

}  // namespace

TEST_CASE("a refused AppendEntries: what the leader makes of its fields, with fast repair and without") {
  Cluster slow = behind([](Features&) {});
  CHECK(explain::explain_refusal(english(), slow.world, refusal_to(slow, B)) == "B goes one entry back: it tries again from entry 2.");
  Cluster fast = behind([](Features& features) { features.fast_repair = true; });
  const Message refusal = refusal_to(fast, B);
  REQUIRE(std::get<AppendEntriesReply>(refusal.body).conflict == EntryId{1, 0});
  CHECK(explain::explain_refusal(english(), fast.world, refusal) == "C's log ends before entry 1: B goes on from there at once.");
  CHECK(explain::explain_refusal(chinese(), fast.world, refusal) == "C 的日志在条目 1 之前就结束了：B 直接从条目 1 继续。");

  // It does what was said; the same reply once more is old news.
  fast.deliver(MessageType::AppendEntriesReply, C, B);
  CHECK(fast.node(B).leading.progress[index_of(C)].next_index == 1);
  CHECK(explain::explain_refusal(english(), fast.world, refusal) == "B has had other answers since it asked: this one changes nothing.");

  Message conflicting = refusal_to(slow, B);
  std::get<AppendEntriesReply>(conflicting.body).conflict = {1, 1};
  slow.world.settings.core.features.fast_repair = true;
  CHECK(explain::explain_refusal(english(), slow.world, conflicting) ==
        "With this B skips all of term 1 at once: it goes on after its own last entry of term 1, or, if it has none, from entry 1.");
  conflicting.term = 9;
  CHECK(explain::explain_refusal(english(), slow.world, conflicting) ==
        "Its term 9 is higher than B's: B steps down and repairs nothing.");
  slow.world.settings.core.rules.set(Rule::StepDownOnHigherTerm, false);  // it goes on leading, and repairs
  CHECK(explain::explain_refusal(english(), slow.world, conflicting).starts_with("With this B skips all of term 1"));
  conflicting.term = 1;
  CHECK(explain::explain_refusal(english(), slow.world, conflicting).empty());
  CHECK(explain::explain_refusal(english(), slow.world, Message{A, B, 2, RequestVote{}}).empty());
}

TEST_CASE("a refused AppendEntries: nothing is made of it where nobody leads any more, nor of a sender that is no member") {
  Cluster cluster = behind([](Features&) {});
  Message refusal = refusal_to(cluster, B);
  Message later = refusal;
  later.term = 9;
  Cluster without = cluster;
  without.world.machine(B).node.configuration.voters.remove(C);
  Cluster follows = cluster;
  follows.world.machine(B).node.memory.role = Role::Follower;
  cluster.crash({B});
  for (const Cluster* changed : {&cluster, &without, &follows}) {
    CHECK(explain::explain_refusal(english(), changed->world, refusal).empty());
  }
  CHECK(explain::explain_refusal(english(), cluster.world, later).empty());
  CHECK(explain::explain_refusal(english(), follows.world, later).empty());
  // Terms are looked at first.
  CHECK(explain::explain_refusal(english(), without.world, later) ==
        "Its term 9 is higher than B's: B steps down and repairs nothing.");
}

}  // namespace raft::test
