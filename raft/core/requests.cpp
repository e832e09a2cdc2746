// What clients and the operator ask of a leader (§5.3, §8). Reads that need no entry are in reads.cpp.
#include "raft/core/decisions.h"

namespace raft {

namespace {

void append_command(Step& step, const Command& command, ClientId client) {
  // §5.3: the leader appends the command to its log as a new entry, then issues AppendEntries RPCs in
  // parallel to each of the other servers.
  NodeState& node = step.node;
  Log& log = node.durable.log;
  append_entry(step, {node.durable.current_term, command});
  step.why(ReasonCode::AppendedCommand, {log.last()});
  node.leading.pending.push_back({log.last_index(), client, command.serial});
  bool all_sent = true;
  for (const NodeId peer : node.peers()) {
    // A full batch on its way is answered first.
    const Progress& progress = node.leading.progress[index_of(peer)];
    const bool fits = log.last_index() - progress.next_index < step.settings.batch;
    if (fits) send_append_entries(step, peer);
    all_sent = all_sent && fits;
  }
  // §5.2: heartbeats are for idle periods; everyone has just heard from this leader.
  if (all_sent) step.effects.heartbeat_timer = TimerAction::Arm;
  advance_commit_index(step);
  serve_reads(step);  // in a cluster of one it is committed already
}

}  // namespace

void handle_client_request(Step& step, const Message& message, const ClientRequest& request) {
  NodeState& node = step.node;
  const Command& command = request.command;
  if (node.memory.role != Role::Leader) {
    // §8: if the client's first choice is not the leader, that server will reject the client's request and
    // supply information about the most recent leader it has heard from.
    const NodeId leader = node.memory.leader;
    if (leader == no_node) {
      step.why(ReasonCode::NoLeaderKnown);
    } else {
      step.why(ReasonCode::NotLeader, {leader});
    }
    step.send(message.from, ClientReply{command.serial, ReplyStatus::NotLeader, Value{}, leader});
    return;
  }
  if (node.leading.transfer_to != no_node) {
    // Dissertation 3.10: the prior leader stops accepting new client requests.
    step.why(ReasonCode::TransferUnderWay, {node.leading.transfer_to});
    step.send(message.from,
              ClientReply{command.serial, ReplyStatus::NotLeader, Value{}, node.leading.transfer_to});
    return;
  }
  if (start_read(step, message, command)) return;
  append_command(step, command, message.from.client());
}

void propose(Step& step, const Command& command) {
  if (step.node.memory.role == Role::Leader) append_command(step, command, no_client);
}

}  // namespace raft
