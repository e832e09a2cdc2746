// Handing leadership over to a chosen node (dissertation 3.10).
#include "raft/core/decisions.h"

namespace raft {

void start_transfer(Step& step, NodeId target) {
  NodeState& node = step.node;
  if (node.memory.role != Role::Leader || target == node.id || !node.configuration.all_voters().contains(target)) return;
  node.leading.transfer_to = target;
  node.leading.transfer_since = step.now;
  step.why(ReasonCode::TransferStarted, {target});
  continue_transfer(step, target);
}

/// The target's log is made as long as the leader's first; then it is told to start an election.
void continue_transfer(Step& step, NodeId follower) {
  NodeState& node = step.node;
  const Progress& progress = node.leading.progress[index_of(follower)];
  const Index last = node.durable.log.last_index();
  if (progress.match_index < last) {
    step.why(ReasonCode::TransferWaits, {follower, progress.match_index, last});
    if (progress.sent_index < last) send_append_entries(step, follower);
    return;
  }
  step.why(ReasonCode::ToldToTakeOver, {follower});
  // Dissertation 6.4.1: from now on another node may be elected without waiting for a timeout.
  node.leading.lease_given_up = true;
  step.send(follower, TimeoutNow{});
}

void abort_overdue_transfer(Step& step) {
  LeaderOnly& leading = step.node.leading;
  if (leading.transfer_to == no_node) return;
  // If leadership has not moved after about an election timeout, the leader takes requests again.
  if (step.now - leading.transfer_since < step.settings.election_timeout_min) return;
  step.why(ReasonCode::TransferAborted, {leading.transfer_to});
  leading.transfer_to = no_node;
}

void handle_timeout_now(Step& step, const Message& message) {
  NodeState& node = step.node;
  if (node.memory.role == Role::Leader) return;
  if (!may_start_election(node)) {
    step.why(ReasonCode::HasNoVote);
    return;
  }
  step.why(ReasonCode::TakesOver, {message.from.node()});
  start_election(step, Why::ToldToTakeOver);
}

}  // namespace raft
