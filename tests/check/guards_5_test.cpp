// The guards of the rules of §5.
#include <utility>

#include "tests/check/guards.h"

namespace raft::test {

namespace {

// One node: what the paper demands of it.

bool second_candidate_of_a_term_is_refused(const Rules& rules) {
  Node node = with(rules);
  node.receive(B, 1, RequestVote{}).receive(C, 1, RequestVote{});
  return node.refused_vote(C);
}

/// A crash is the world's doing, so this needs one.
bool vote_survives_a_crash(const Rules& rules) {
  Cluster cluster(manual_cluster_of(3));
  cluster.rules(rules).timeout(A).deliver(MessageType::RequestVote, A, B);
  cluster.crash({B}).restart({B});
  return cluster.node(B).durable.voted_for == A;
}

bool term_and_log_survive_a_crash(const Rules& rules) {
  Cluster cluster(manual_cluster_of(3));
  cluster.rules(rules).elect(A).write("1", A).run_for(100_ms);
  cluster.crash({B}).restart({B});
  return cluster.node(B).durable.current_term == 1 && cluster.log(B) == std::vector<Term>{1};
}

bool candidate_with_an_older_log_is_refused(const Rules& rules) {
  Node node = with(rules);
  node.term(2).log({1, 2}).receive(B, 3, RequestVote{{1, 1}});
  return node.refused_vote(B);
}

bool one_vote_of_three_does_not_win(const Rules& rules) {
  Node node = with(rules);
  return node.timeout().role() == Role::Candidate;
}

bool entries_after_a_gap_are_refused(const Rules& rules) {
  Node node = with(rules);
  node.term(1).append(B, 1, {1, 1}, {1});
  return node.refused_append(B) && node.log().empty();
}

bool delayed_append_deletes_nothing(const Rules& rules) {
  Node node = with(rules);
  node.append(B, 1, {0, 0}, {1, 1}).append(B, 1, {0, 0}, {1});
  return node.log() == std::vector<Term>{1, 1};
}

bool older_entry_is_not_committed_by_counting(const Rules& rules) {
  Node node = with(rules);
  node.term(2).log({2}).leader().receive(B, 3, AppendEntriesReply{true, 1, 1});
  return node.commit() == 0;
}

bool leader_steps_down_on_a_higher_term(const Rules& rules) {
  Node node = with(rules);
  return node.leader().receive(B, 2, RequestVote{}).role() == Role::Follower;
}

bool append_of_an_old_leader_is_rejected(const Rules& rules) {
  Node node = with(rules);
  node.term(3).append(B, 2, {0, 0}, {2});
  return node.refused_append(B) && node.log().empty();
}

/// How long a timer is, is the world's decision.
bool timeouts_differ(const Rules& rules) {
  ClusterConfig config = cluster_of(5);
  config.settings.core.rules = rules;
  const World world = make_world(config);
  bool differ = false;
  for (const NodeId node : world.all_nodes()) {
    differ = differ || world.machine(node).election.fires_at != world.machine(A).election.fires_at;
  }
  return differ;
}

bool vote_of_an_older_term_is_not_counted(const Rules& rules) {
  Node node = with(rules);
  return node.timeout().timeout().receive(B, 1, RequestVoteReply{true}).role() == Role::Candidate;
}

bool commit_stops_at_the_last_new_entry(const Rules& rules) {
  Node node = with(rules);
  return node.term(1).log({1, 1}).append(B, 2, {1, 1}, {}, 2).commit() == 1;
}

// A world: what is lost without the rule. Each story takes the same course with the rule on until the rule
// says no; what is asked of nodes that say no does nothing then.

/// Both candidates of term 1 ask C.
bool two_votes_in_a_term(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.timeout(A).timeout(B).run_for(60_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// C votes for A, crashes, restarts, and is asked by B, whom nobody has told of A's term.
bool a_forgotten_vote(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.act(Cut{A, B}).elect(A).crash({C}).restart({C});
  cluster.act(Isolate{set_of({A})}).timeout(B).run_for(60_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// A and B commit; B forgets everything; C, which has nothing, is elected by B for a later term.
bool a_forgotten_log(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.isolate({C}).elect(A).write("1", A).run_for(60_ms);
  cluster.crash({B}).restart({B}).act(Partition{{set_of({B, C})}});
  for (int i = 0; i < 3; ++i) cluster.timeout(C);
  cluster.run_for(60_ms);
  return cluster.broken(check::Property::LeaderCompleteness);
}

/// A and B commit; C, which has nothing, asks for votes in a later term.
bool a_leader_with_an_old_log(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.isolate({C}).elect(A).write("1", A).run_for(60_ms);
  cluster.heal().timeout(C).run_for(5_ms).timeout(C).run_for(60_ms);
  return cluster.broken(check::Property::LeaderCompleteness);
}

/// Two islands, a candidate in each.
bool two_minorities(const Rules& rules) {
  Cluster cluster = story_cluster(4, rules);
  cluster.act(Partition{{set_of({A, B}), set_of({C, D})}}).timeout(A).timeout(C).run_for(60_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// C misses what term 1 committed; the leader of term 2 takes it to have all that it did not refuse, and its
/// entries come to lie one place too early.
bool an_entry_after_a_gap(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.isolate({C}).elect(A).write("1", A).run_for(60_ms);
  cluster.act(Partition{{set_of({B, C})}}).elect(B).run_for(30_ms);
  for (const char* value : {"2", "3"}) cluster.write(value, B).run_for(60_ms);
  return cluster.broken(check::Property::LogMatching);
}

/// The first AppendEntries to B arrives a second time, after the second entry was committed there.
bool a_delayed_append(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.isolate({C}).elect(A).run_for(30_ms).write("1", A);
  cluster.run_until([&] { return cluster.node(A).durable.log.last_index() == 1; }, 1_s);
  cluster.act(DuplicateMessage{oldest(MessageType::AppendEntries, A, B), 100_ms});
  cluster.run_for(30_ms).write("2", A);
  cluster.run_until([&] { return cluster.node(A).memory.commit_index == 2; }, 1_s);
  // Nothing else reaches B before the copy does.
  cluster.crash({A});
  cluster.run_for(120_ms).heal().timeout(B).run_for(60_ms);
  return cluster.broken(check::Property::LeaderCompleteness);
}

/// Figure 8: S1 (A) commits its entry of term 2 in term 4; S5 (E) is elected for term 5 without it.
bool figure_8(const Rules& rules) {
  ClusterConfig config = manual_cluster_of(5);
  const auto given = [](NodeId node, std::initializer_list<Term> terms) {
    GivenNode state{node, 3, no_node, 0, {}, false};
    for (const Term term : terms) state.log.push_back({term, write_text("x", std::to_string(term))});
    return state;
  };
  config.given = {given(A, {1, 2}), given(B, {1, 2}), given(C, {1}), given(D, {1}), given(E, {1, 3})};
  Cluster cluster(config);
  cluster.rules(rules).isolate({D, E}).elect(A).run_for(200_ms);
  cluster.crash({A}).heal().timeout(E).run_for(5_ms).timeout(E).run_for(60_ms);
  return cluster.role(E) == Role::Leader && cluster.broken(check::Property::LeaderCompleteness);
}

/// A leads term 1 and hears of B's candidacy for term 2.
bool a_leader_that_stays(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.elect(A).timeout(B).run_for(60_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// The leader of term 1 comes back from isolation with an entry of its own, when term 2 has committed another.
bool an_old_leader_returns(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.elect(A).run_for(30_ms).isolate({A}).write("1", A).run_for(30_ms);
  cluster.elect(B).write("2", B).run_until([&] { return cluster.node(B).memory.commit_index == 1; }, 1_s);
  cluster.run_for(60_ms).crash({B}).heal().run_for(100_ms);
  cluster.timeout(C).run_for(60_ms);
  return cluster.broken(check::Property::LeaderCompleteness);
}

/// B's vote for A in term 1 arrives when A is candidate of term 2, which B has voted in for C.
bool an_old_vote_counts(const Rules& rules) {
  Cluster cluster = story_cluster(3, rules);
  cluster.act(DelayMessage{next(MessageType::RequestVoteReply, B, A), 200_ms});
  cluster.act(Cut{A, C}).timeout(A).deliver(MessageType::RequestVote, A, B);
  cluster.act(Cut{A, B, Direction::OneWay}).timeout(A);
  cluster.timeout(C).timeout(C).run_for(100_ms);
  cluster.run_for(200_ms);
  return cluster.broken(check::Property::ElectionSafety);
}

/// C has an entry of term 1 that nobody else has; the leader of term 2 has committed another at its place. A
/// heartbeat that carries nothing tells C only that the entry before both matches. Our leader always sends what
/// it believes a follower lacks, so this one is made by hand.
bool a_commit_beyond_what_matches(const Rules& rules) {
  ClusterConfig config = manual_cluster_of(3);
  const auto given = [](NodeId node, std::initializer_list<const char*> values) {
    GivenNode state{node, 1, no_node, 0, {}, false};
    for (const char* value : values) state.log.push_back({1, write_text("x", value)});
    return state;
  };
  config.given = {given(A, {"1"}), given(B, {"1"}), given(C, {"1", "2"})};
  Cluster cluster(config);
  cluster.rules(rules).isolate({C}).elect(A).write("3", A).run_for(60_ms);
  Flight flight;
  flight.id = ++cluster.world.last_message;
  flight.sequence = cluster.world.next_sequence++;
  flight.sent_at = cluster.world.now;
  flight.arrives_at = flight.ends_at = cluster.world.now + 1_ms;
  flight.message = {A, C, 2, AppendEntries{{1, 1}, 2, {}}};
  cluster.world.network.add(std::move(flight));
  cluster.run_for(30_ms);
  return cluster.broken(check::Property::StateMachineSafety);
}

/// Nodes that time out together vote for themselves together, for ever.
bool no_leader_ever(const Rules& rules) {
  ClusterConfig config = cluster_of(5);
  config.settings.core.rules = rules;
  Cluster cluster(config);
  const bool elected = cluster.run_until([&] { return current_leader(cluster.world) != no_node; }, 60_s);
  return !elected;
}

}  // namespace

std::vector<Guard> guards_of_section_5() {
  return {
      GUARD(OneVotePerTerm, second_candidate_of_a_term_is_refused, two_votes_in_a_term),
      GUARD(VotePersisted, vote_survives_a_crash, a_forgotten_vote),
      GUARD(TermAndLogPersisted, term_and_log_survive_a_crash, a_forgotten_log),
      GUARD(CandidateLogUpToDate, candidate_with_an_older_log_is_refused, a_leader_with_an_old_log),
      GUARD(MajorityNeeded, one_vote_of_three_does_not_win, two_minorities),
      GUARD(ConsistencyCheck, entries_after_a_gap_are_refused, an_entry_after_a_gap),
      GUARD(DeleteOnlyOnConflict, delayed_append_deletes_nothing, a_delayed_append),
      GUARD(CommitOnlyCurrentTerm, older_entry_is_not_committed_by_counting, figure_8),
      GUARD(StepDownOnHigherTerm, leader_steps_down_on_a_higher_term, a_leader_that_stays),
      GUARD(RejectStaleTerm, append_of_an_old_leader_is_rejected, an_old_leader_returns),
      GUARD(RandomizedTimeouts, timeouts_differ, no_leader_ever),
      GUARD(CountOnlyCurrentVotes, vote_of_an_older_term_is_not_counted, an_old_vote_counts),
      GUARD(CommitOnlyNewEntries, commit_stops_at_the_last_new_entry, a_commit_beyond_what_matches),
  };
}

}  // namespace raft::test
