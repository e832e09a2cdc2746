// What the files of raft/core share. Two others include it, to give a node a commit index from the start: the world with given
// logs, and the explorer.
#pragma once

#include <utility>

#include "raft/core/effects.h"
#include "raft/core/input.h"
#include "raft/core/node_state.h"
#include "raft/core/step.h"

namespace raft {

/// One step under way: the node, what is in force, and what has been asked for so far.
struct Step {
  NodeState& node;
  const CoreSettings& settings;
  Effects& effects;
  LocalTime now = 0;  // on this node's clock

  const Features& features() const { return settings.features; }
  bool rule(Rule rule) const { return settings.rules.on(rule); }
  void why(ReasonCode code, std::initializer_list<Operand> operands = {}) {
    effects.reasons.emplace_back(code, operands);
  }
  template <typename Rpc>
  void send(Endpoint to, Rpc&& rpc) {
    Message& message = effects.messages.emplace_back();  // built where it stays: moving a variant is not free
    message.from = node.id;
    message.to = to;
    message.term = node.durable.current_term;
    message.body = std::forward<Rpc>(rpc);
  }
};

// election.cpp
enum class Why : std::uint8_t { TimedOut, ToldToTakeOver };
void start_election(Step& step, Why why = Why::TimedOut);
/// §5.2: votes were split; each candidate times out and starts a new election in a new term. Says so, if this one was one.
void note_no_winner(Step& step);
void ask_silent_voters_again(Step& step);
void adopt_term(Step& step, Term term);
void return_to_follower(Step& step);
/// A vote or an answer to a pre-vote; whether a majority is reached with it. `counted`: the reason that says so.
bool count_vote(Step& step, NodeId voter, bool granted, ReasonCode counted);
void handle_request_vote(Step& step, const Message& message, const RequestVote& request);
void handle_request_vote_reply(Step& step, const Message& message, const RequestVoteReply& reply);

// replication.cpp
void recognize_leader(Step& step, NodeId leader);
void send_append_entries(Step& step, NodeId follower);
void send_heartbeats(Step& step);
/// A follower's reply to a request that was sent at `sent_at` in `round` and was about what stands at `about`: false,
/// and a reason, if it comes too late to matter.
bool hear_from(Step& step, NodeId follower, LocalTime sent_at, Round round, Index about);
void handle_append_entries(Step& step, const Message& message, const AppendEntries& request);
void handle_append_entries_reply(Step& step, const Message& message, const AppendEntriesReply& reply);

// requests.cpp: §5.3, §8
void propose(Step& step, const Command& command);
void handle_client_request(Step& step, const Message& message, const ClientRequest& request);

// prevote.cpp: dissertation 9.6, 4.2.3, 6.2
void ask_before_election(Step& step);
void handle_pre_vote(Step& step, const Message& message, const PreVote& request);
void handle_pre_vote_reply(Step& step, const Message& message, const PreVoteReply& reply);
bool leader_is_alive(const Step& step);
bool ignore_disruptive_candidate(Step& step, const Message& message);
void step_down_without_quorum(Step& step);

// transfer.cpp: dissertation 3.10
void start_transfer(Step& step, NodeId target);
void continue_transfer(Step& step, NodeId follower);
void abort_overdue_transfer(Step& step);
void handle_timeout_now(Step& step, const Message& message);

// reads.cpp: dissertation 6.4
bool start_read(Step& step, const Message& message, const Command& command);
void serve_reads(Step& step);

// membership.cpp: §6, dissertation 4
/// How far a set of supporters is from a majority. In joint consensus: of the half that lacks more.
struct Tally {
  int count = 0;
  int needed = 1;
  bool reached() const { return count >= needed; }
};
Tally tally(const Step& step, NodeSet supporters);
void append_entry(Step& step, const Entry& entry);
/// To be called before they go. Requires that the log holds an entry at `from`.
void note_deleted(Step& step, Index from);
void truncate_log(Step& step, Index from);
void refresh_configuration(Step& step);
void configuration_committed(Step& step);
void rebuild_configuration(Step& step);
/// In force before the first entry that the log still holds.
const Configuration& configuration_before_log(const NodeState& node);
void change_configuration(Step& step, const Configuration& wanted);

// snapshot.cpp: §7
void take_snapshot(Step& step, Index index);
void compact_if_due(Step& step);
void restore_from_snapshot(Step& step);
void send_snapshot_chunk(Step& step, NodeId follower);
void handle_install_snapshot(Step& step, const Message& message, const InstallSnapshot& request);
void handle_install_snapshot_reply(Step& step, const Message& message, const InstallSnapshotReply& reply);

// commit.cpp: §5.3, §5.4.2
/// A slow disk has stored the entries up to `last`.
void entries_written(Step& step, Index last);
SessionCheck session_check(const Step& step);
bool committed_in_own_term(const NodeState& node);
void advance_commit_index(Step& step);
void commit_up_to(Step& step, Index index);

}  // namespace raft
