// Who takes part: majorities, configurations in the log, changes of members (§6, dissertation 4).
#include <algorithm>

#include "raft/core/decisions.h"

namespace raft {

namespace {

/// How many of those that count are among the supporters, and how many voters it takes.
Tally tally_of(const Step& step, NodeSet voters, NodeSet counted, NodeSet supporters) {
  const int majority = majority_of(voters.count());
  return {(counted & supporters).count(), step.rule(Rule::MajorityNeeded) ? majority : std::max(1, majority - 1)};
}

/// §6: a server always uses the latest configuration in its log, whether it is committed or not.
bool in_force(const Step& step, Index index) {
  return step.rule(Rule::ConfigurationWhenStored) || index <= step.node.memory.commit_index;
}

void append_configuration(Step& step, const Configuration& configuration) {
  NodeState& node = step.node;
  Command command;
  command.kind = CommandKind::Configure;
  command.configuration = configuration;
  append_entry(step, {node.durable.current_term, command});
  node.leading.pending.push_back({node.durable.log.last_index(), no_client, 0});
  for (const NodeId peer : node.peers()) send_append_entries(step, peer);
  advance_commit_index(step);
  serve_reads(step);  // §6: the new configuration counts from now on, and may need nobody else
}

}  // namespace

Tally tally(const Step& step, NodeSet supporters) {
  const NodeState& node = step.node;
  const Configuration& configuration = node.configuration;
  // Dissertation 4.2.1, 4.2.2: learners, and a leader that is not in the new configuration, are left out.
  NodeSet others;
  if (!step.rule(Rule::LearnersDoNotCount)) others = configuration.learners;
  if (!step.rule(Rule::RemovedLeaderNotCounted) && node.memory.role == Role::Leader) others.add(node.id);
  const Tally old_half = tally_of(step, configuration.voters, configuration.voters | others, supporters);
  if (!configuration.joint()) return old_half;
  // §6: agreement requires separate majorities from both the old and new configurations.
  const Tally new_half = tally_of(step, configuration.next, configuration.next | others, supporters);
  if (!step.rule(Rule::JointMajorities)) return new_half;
  return new_half.needed - new_half.count > old_half.needed - old_half.count ? new_half : old_half;
}

const Configuration& configuration_before_log(const NodeState& node) {
  // A node that joined late may have taken its snapshot without knowing who was there before it.
  const Snapshot& snapshot = node.durable.snapshot;
  const bool says_who = snapshot != nullptr && !snapshot->configuration.members().empty();
  return says_who ? snapshot->configuration : node.first_configuration;
}

bool may_start_election(const NodeState& node) {
  // A learner has no vote, and a node that has just joined knows of no configuration.
  const Configuration& configuration = node.configuration;
  if (configuration.all_voters().contains(node.id)) return true;
  if (configuration.all_voters().empty() || configuration.learners.contains(node.id)) return false;
  // Dissertation 4.2.2: a node that is not in its own latest configuration may still be needed, until that one
  // is committed.
  return !node.configured_at.empty() && node.configured_at.back() > node.memory.commit_index;
}

void append_entry(Step& step, const Entry& entry) {
  NodeState& node = step.node;
  node.durable.log.append(entry);
  const Index index = node.durable.log.last_index();
  if (step.effects.appended_from == 0) step.effects.appended_from = index;
  if (step.settings.slow_disk && node.memory.unwritten_from == 0) node.memory.unwritten_from = index;
  if (entry.command.kind != CommandKind::Configure) return;
  node.configured_at.push_back(index);
  const Configuration& configuration = entry.command.configuration;
  if (configuration.joint()) {
    step.why(ReasonCode::JointConfiguration, {index, configuration.voters.count(), configuration.next.count()});
  } else {
    step.why(ReasonCode::ConfigurationStored, {index, configuration.voters.count()});
  }
  refresh_configuration(step);
}

void note_deleted(Step& step, Index from) {
  const Log& log = step.node.durable.log;
  step.effects.deleted_from = from;
  for (Index index = from; index <= log.last_index(); ++index) step.effects.deleted.push_back(log.at(index));
}

void truncate_log(Step& step, Index from) {
  NodeState& node = step.node;
  node.durable.log.truncate_from(from);
  if (node.memory.unwritten_from >= from) node.memory.unwritten_from = 0;
  if (node.configured_at.empty() || node.configured_at.back() < from) return;
  step.why(ReasonCode::ConfigurationUndone, {node.configured_at.back()});
  while (!node.configured_at.empty() && node.configured_at.back() >= from) node.configured_at.pop_back();
  refresh_configuration(step);
}

void rebuild_configuration(Step& step) {
  NodeState& node = step.node;
  const Log& log = node.durable.log;
  node.configured_at.clear();
  for (Index index = log.first_index(); index <= log.last_index(); ++index) {
    if (log.at(index).command.kind == CommandKind::Configure) node.configured_at.push_back(index);
  }
  refresh_configuration(step);
}

namespace {

/// A leader begins to send to whoever has just become a member, and forgets what it knew of those that left:
/// should one come back, it may come back with another disk.
void adjust_progress(Step& step) {
  NodeState& node = step.node;
  const NodeSet peers = node.peers();
  for (std::size_t i = 0; i < max_nodes; ++i) {
    Progress& progress = node.leading.progress[i];
    if (!peers.contains(node_at(i))) {
      progress = Progress{};
    } else if (progress.heard_at == long_ago) {
      progress.next_index = std::max(node.durable.log.last_index(), 1);
      progress.sent_index = progress.next_index - 1;
      progress.heard_at = step.now;
    }
  }
}

}  // namespace

void refresh_configuration(Step& step) {
  NodeState& node = step.node;
  const Log& log = node.durable.log;
  std::erase_if(node.configured_at,
                [&log](Index index) { return index < log.first_index() || index > log.last_index(); });
  node.configuration = configuration_before_log(node);
  for (auto index = node.configured_at.rbegin(); index != node.configured_at.rend(); ++index) {
    if (!in_force(step, *index)) continue;
    node.configuration = log.at(*index).command.configuration;
    break;
  }
  if (node.memory.role == Role::Leader) adjust_progress(step);
}

void change_configuration(Step& step, const Configuration& wanted) {
  if (step.node.memory.role != Role::Leader) return;
  if (const auto reason = change_refusal(step.node, step.settings)) {
    step.effects.reasons.push_back(*reason);
    return;
  }
  append_configuration(step, wanted);
}

std::optional<Reason> change_refusal(const NodeState& node, const CoreSettings& settings) {
  if (node.leading.transfer_to != no_node) {
    return Reason(ReasonCode::TransferUnderWay, {node.leading.transfer_to});
  }
  if (!settings.rules.on(Rule::OneChangeAtATime)) return std::nullopt;
  // Dissertation 4.1: not before the previous change is committed, and (erratum) not before this leader has
  // committed an entry of its own term.
  const Index last_change = node.configured_at.empty() ? 0 : node.configured_at.back();
  if (last_change > node.memory.commit_index || node.configuration.joint()) {
    return Reason(ReasonCode::ChangeUnderWay, {last_change});
  }
  if (!committed_in_own_term(node)) return Reason(ReasonCode::ChangeWaitsForTerm, {node.durable.current_term});
  return std::nullopt;
}

void configuration_committed(Step& step) {
  NodeState& node = step.node;
  if (node.memory.role != Role::Leader) return;
  // A snapshot may have taken the place of the entry meanwhile.
  const Index index = node.configured_at.empty() ? node.durable.log.base().index : node.configured_at.back();
  if (index > node.memory.commit_index) return;
  const Configuration configuration = node.configuration;
  if (configuration.joint()) {
    // §6: once C_old,new has been committed, the leader creates the entry that describes C_new.
    step.why(ReasonCode::ConfigurationCommitted, {index});
    append_configuration(step, {.voters = configuration.next, .next = {}, .learners = configuration.learners});
    return;
  }
  if (configuration.voters.contains(node.id)) return;
  // §6, dissertation 4.2.2: a leader that is not in C_new steps down once that is committed.
  step.why(ReasonCode::RemovedLeaderStepsDown, {index});
  node.memory.leader = no_node;
  return_to_follower(step);
}

}  // namespace raft
