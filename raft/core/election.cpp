// Leader election (§5.2) and who may win it (§5.4.1).
#include "raft/core/decisions.h"

namespace raft {

namespace {

EntryId last_log(const Step& step) { return step.node.durable.log.last(); }

/// §8: a leader commits a blank no-op entry at the start of its term, to learn which entries are committed.
void append_noop(Step& step) {
  Log& log = step.node.durable.log;
  append_entry(step, {step.node.durable.current_term, Command{}});
  step.why(ReasonCode::AppendedNoop, {log.last()});
  step.node.leading.pending.push_back({log.last_index(), no_client, 0});
}

void become_leader(Step& step) {
  NodeState& node = step.node;
  const Tally votes = tally(step, node.memory.votes_granted);
  step.why(ReasonCode::WonElection,
           {node.durable.current_term, votes.count, votes.needed});
  node.memory.role = Role::Leader;
  node.memory.leader = node.id;
  node.memory.transferred = false;
  node.leading = LeaderOnly{};
  // Figure 2: nextIndex starts after the leader's last entry, matchIndex at 0.
  for (const NodeId peer : node.peers()) {
    Progress& progress = node.leading.progress[index_of(peer)];
    progress.next_index = node.durable.log.last_index() + 1;
    progress.sent_index = node.durable.log.last_index();
    progress.heard_at = step.now;  // check-quorum counts from the election
  }
  step.effects.election_timer = TimerAction::Stop;
  if (step.features().noop) append_noop(step);
  // §5.2: it then sends heartbeat messages to all of the other servers to establish its authority.
  send_heartbeats(step);
  if (step.features().noop) advance_commit_index(step);  // in a cluster of one it is committed already
}

/// §5.2: votes from a majority of the servers in the full cluster, for the same term.
void become_leader_if_elected(Step& step) {
  if (tally(step, step.node.memory.votes_granted).reached()) become_leader(step);
}

}  // namespace

void note_no_winner(Step& step) {
  const NodeState& node = step.node;
  if (node.memory.role != Role::Candidate) return;
  const Tally votes = tally(step, node.memory.votes_granted);
  step.why(ReasonCode::NoWinner, {node.durable.current_term, votes.count, votes.needed});
}

void start_election(Step& step, Why why) {
  NodeState& node = step.node;
  note_no_winner(step);
  // §5.2: it increments its current term, becomes a candidate, votes for itself, asks all others.
  node.durable.current_term += 1;
  node.durable.voted_for = node.id;
  node.memory.role = Role::Candidate;
  node.memory.leader = no_node;
  node.memory.votes_granted = node.self() & node.configuration.all_voters();
  node.memory.votes_refused.clear();
  node.memory.transferred = why == Why::ToldToTakeOver;
  node.leading = LeaderOnly{};
  step.why(ReasonCode::StartedElection, {node.durable.current_term});
  step.why(ReasonCode::VotedForItself, {node.durable.current_term});
  step.effects.election_timer = TimerAction::Arm;
  step.effects.heartbeat_timer = TimerAction::Arm;
  for (const NodeId peer : node.electors()) step.send(peer, RequestVote{last_log(step), node.memory.transferred});
  become_leader_if_elected(step);
}

/// §5.1: servers retry RPCs if they do not receive a response in a timely manner.
void ask_silent_voters_again(Step& step) {
  const NodeState& node = step.node;
  const NodeSet silent = node.electors() - node.memory.votes_granted - node.memory.votes_refused;
  const bool before_election = node.memory.role == Role::PreCandidate;
  for (const NodeId peer : silent) {
    if (before_election) {
      step.send(peer, PreVote{node.durable.current_term + 1, last_log(step)});
    } else {
      step.send(peer, RequestVote{last_log(step), node.memory.transferred});
    }
  }
  step.effects.heartbeat_timer = TimerAction::Arm;
  step.why(ReasonCode::AskedAgain, {silent.count()});
}

void return_to_follower(Step& step) {
  NodeState& node = step.node;
  if (node.memory.role == Role::Follower) return;
  step.why(ReasonCode::SteppedDown, {node.memory.role, node.durable.current_term});
  // A leader has no election timer; as a follower it needs one. A candidate's goes on running.
  if (node.memory.role == Role::Leader) step.effects.election_timer = TimerAction::Arm;
  step.effects.heartbeat_timer = TimerAction::Stop;
  node.memory.role = Role::Follower;
  node.memory.votes_granted.clear();
  node.memory.votes_refused.clear();
  node.memory.transferred = false;
  node.leading = LeaderOnly{};
}

void adopt_term(Step& step, Term term) {
  NodeState& node = step.node;
  step.why(ReasonCode::HigherTermSeen, {term, node.durable.current_term});
  node.durable.current_term = term;
  node.durable.voted_for = no_node;
  // §5.1: if a candidate or leader discovers that its term is out of date, it immediately reverts to
  // follower state.
  if (node.memory.role != Role::Follower && !step.rule(Rule::StepDownOnHigherTerm)) return;
  node.memory.leader = no_node;
  return_to_follower(step);
}

void handle_request_vote(Step& step, const Message& message, const RequestVote& request) {
  NodeState& node = step.node;
  const NodeId candidate = message.from.node();
  const NodeId vote = node.durable.voted_for;
  // §5.2: each server will vote for at most one candidate in a given term, first come, first served.
  if (vote != no_node && vote != candidate && step.rule(Rule::OneVotePerTerm)) {
    step.why(ReasonCode::AlreadyVoted, {vote, node.durable.current_term});
    step.send(candidate, RequestVoteReply{false});
    return;
  }
  // §5.4.1: the voter denies its vote if its own log is more up to date than that of the candidate.
  if (!at_least_as_up_to_date(request.last_log, last_log(step)) && step.rule(Rule::CandidateLogUpToDate)) {
    step.why(ReasonCode::LogIsBehind, {request.last_log, last_log(step)});
    step.send(candidate, RequestVoteReply{false});
    return;
  }
  // The reply to an earlier request may have been lost: the same vote is granted again.
  step.why(vote == candidate ? ReasonCode::GrantedVoteAgain : ReasonCode::GrantedVote,
           {candidate, node.durable.current_term});
  node.durable.voted_for = candidate;
  step.send(candidate, RequestVoteReply{true});
  // Figure 2, followers: granting a vote restarts the election timeout.
  if (node.memory.role == Role::Leader) return;
  step.effects.election_timer = TimerAction::Arm;
  step.why(ReasonCode::TimerReset);
}

bool count_vote(Step& step, NodeId voter, bool granted, ReasonCode counted) {
  NodeState& node = step.node;
  if (!node.configuration.all_voters().contains(voter)) return false;
  if (!granted) {
    node.memory.votes_refused.add(voter);
    step.why(ReasonCode::VoteRefused, {voter});
    return false;
  }
  node.memory.votes_granted.add(voter);
  const Tally votes = tally(step, node.memory.votes_granted);
  step.why(counted, {voter, votes.count, votes.needed});
  return votes.reached();
}

void handle_request_vote_reply(Step& step, const Message& message, const RequestVoteReply& reply) {
  const NodeState& node = step.node;
  const NodeId voter = message.from.node();
  if (node.memory.role != Role::Candidate) {
    step.why(ReasonCode::NoLongerCandidate, {voter, node.memory.role});
    return;
  }
  if (count_vote(step, voter, reply.granted, ReasonCode::CountedVote)) become_leader(step);
}

}  // namespace raft
