// What the parts of the core say to each other. Not for use outside raft/core.
#pragma once

#include "raft/core/effects.h"
#include "raft/core/input.h"
#include "raft/core/node_state.h"

namespace raft {

/// One step under way: the node, what is in force, and what has been asked for so far.
struct Step {
  NodeState& node;
  const CoreSettings& settings;
  Effects& effects;

  bool rule(Rule rule) const { return settings.rules.on(rule); }
  void why(ReasonCode code, std::initializer_list<Operand> operands = {}) {
    effects.reasons.emplace_back(code, operands);
  }
  void send(Endpoint to, Message::Body body) {
    effects.messages.push_back({node.id, to, node.durable.current_term, std::move(body)});
  }
};

// election.cpp
void start_election(Step& step);
void ask_silent_voters_again(Step& step);
void adopt_term(Step& step, Term term);
void return_to_follower(Step& step);
void handle_request_vote(Step& step, const Message& message, const RequestVote& request);
void handle_request_vote_reply(Step& step, const Message& message, const RequestVoteReply& reply);
int quorum(const Step& step);

// replication.cpp
void send_append_entries(Step& step, NodeId follower);
void send_heartbeats(Step& step);
void handle_append_entries(Step& step, const Message& message, const AppendEntries& request);
void handle_append_entries_reply(Step& step, const Message& message, const AppendEntriesReply& reply);
void handle_client_request(Step& step, const Message& message, const ClientRequest& request);

// commit.cpp
void advance_commit_index(Step& step);
void commit_up_to(Step& step, Index index);

}  // namespace raft
