// Asking before an election (dissertation 9.6), ignoring disruptive candidates (4.2.3), and a leader that steps
// down when it no longer hears from a majority (6.2).
#include "raft/core/decisions.h"

namespace raft {

bool leader_is_alive(const Step& step) {
  const Volatile& memory = step.node.memory;
  if (memory.role == Role::Leader) return true;
  return step.now - memory.leader_heard_at < step.settings.election_timeout_min;
}

void ask_before_election(Step& step) {
  NodeState& node = step.node;
  note_no_winner(step);
  node.memory.role = Role::PreCandidate;
  node.memory.leader = no_node;
  node.memory.votes_granted = node.self() & node.configuration.all_voters();
  node.memory.votes_refused.clear();
  const Term next_term = node.durable.current_term + 1;
  step.why(ReasonCode::AsksBeforeElection, {next_term});
  step.effects.election_timer = TimerAction::Arm;
  step.effects.heartbeat_timer = TimerAction::Arm;
  for (const NodeId peer : node.electors()) step.send(peer, PreVote{next_term, node.durable.log.last()});
  if (tally(step, node.memory.votes_granted).reached()) start_election(step);
}

void handle_pre_vote(Step& step, const Message& message, const PreVote& request) {
  const NodeState& node = step.node;
  const NodeId candidate = message.from.node();
  const Term ours = node.durable.current_term;
  const EntryId last = node.durable.log.last();
  bool granted = false;
  if (request.next_term < ours || (request.next_term == ours && node.durable.voted_for != no_node &&
                                   node.durable.voted_for != candidate)) {
    step.why(ReasonCode::NextTermTooLow, {request.next_term, ours});
  } else if (leader_is_alive(step)) {
    // Dissertation 9.6: refused if heartbeats from a valid leader came within the shortest election timeout.
    step.why(ReasonCode::LeaderIsAlive, {node.memory.leader});
  } else if (!at_least_as_up_to_date(request.last_log, last) && step.rule(Rule::CandidateLogUpToDate)) {
    step.why(ReasonCode::LogIsBehind, {request.last_log, last});
  } else {
    granted = true;
    step.why(ReasonCode::WouldVote, {candidate, request.next_term});
  }
  step.send(candidate, PreVoteReply{request.next_term, granted});
}

void handle_pre_vote_reply(Step& step, const Message& message, const PreVoteReply& reply) {
  const NodeState& node = step.node;
  const NodeId voter = message.from.node();
  if (node.memory.role != Role::PreCandidate || reply.next_term != node.durable.current_term + 1) {
    step.why(ReasonCode::NoLongerCandidate, {voter, node.memory.role});
    return;
  }
  if (count_vote(step, voter, reply.granted, ReasonCode::CountedPreVote)) start_election(step);
}

bool ignore_disruptive_candidate(Step& step, const Message& message) {
  const auto* request = std::get_if<RequestVote>(&message.body);
  if (request == nullptr || request->transfer || !step.features().ignore_disruptive) return false;
  if (!leader_is_alive(step)) return false;
  // Dissertation 4.2.3: it does not update its term or grant its vote.
  step.why(ReasonCode::LeaderIsAlive, {step.node.memory.leader});
  return true;
}

void step_down_without_quorum(Step& step) {
  const NodeState& node = step.node;
  NodeSet heard = node.self();
  for (const NodeId peer : node.peers()) {
    if (step.now - node.leading.progress[index_of(peer)].heard_at < step.settings.election_timeout_min) heard.add(peer);
  }
  const Tally support = tally(step, heard);
  if (support.reached()) return;
  step.why(ReasonCode::LostQuorum, {support.count, support.needed});
  step.node.memory.leader = no_node;
  return_to_follower(step);
}

}  // namespace raft
