// Who takes part: majorities, configurations in the log, changes of members (§6, dissertation 4).
#include <algorithm>

#include "raft/core/decisions.h"

namespace raft {

namespace {

Tally tally_of(const Step& step, NodeSet voters, NodeSet supporters) {
  const int majority = majority_of(voters.count());
  return {(voters & supporters).count(), step.rule(Rule::MajorityNeeded) ? majority : std::max(1, majority - 1)};
}

/// §6: a server always uses the latest configuration in its log, whether it is committed or not.
bool in_force(const Step& step, Index index) {
  return step.rule(Rule::ConfigurationWhenStored) || index <= step.node.memory.commit_index;
}

bool has_committed_in_this_term(const Step& step) {
  const NodeState& node = step.node;
  const Index commit = node.memory.commit_index;
  return commit > 0 && commit <= node.durable.log.last_index() &&
         node.durable.log.term_at(commit) == node.durable.current_term;
}

void append_configuration(Step& step, const Configuration& configuration) {
  NodeState& node = step.node;
  Command command;
  command.kind = CommandKind::Configure;
  command.configuration = configuration;
  append_entry(step, {node.durable.current_term, command});
  node.leading.pending.push_back({node.durable.log.last_index(), no_client, 0});
  for (const NodeId peer : node.peers()) {
    Progress& progress = node.leading.progress[index_of(peer)];
    if (progress.next_index == 0) progress.next_index = node.durable.log.last_index();
    send_append_entries(step, peer);
  }
  advance_commit_index(step);
}

}  // namespace

Tally tally(const Step& step, NodeSet supporters) {
  const NodeState& node = step.node;
  const Configuration& configuration = node.configuration;
  NodeSet voters = configuration.voters;
  if (!step.rule(Rule::LearnersDoNotCount)) voters = voters | configuration.learners;
  if (!step.rule(Rule::RemovedLeaderNotCounted) && node.memory.role == Role::Leader) voters.add(node.id);
  const Tally old_half = tally_of(step, voters, supporters);
  if (!configuration.joint()) return old_half;
  // §6: agreement requires separate majorities from both the old and new configurations.
  const Tally new_half = tally_of(step, configuration.next, supporters);
  if (!step.rule(Rule::JointMajorities)) return new_half;
  return new_half.needed - new_half.count > old_half.needed - old_half.count ? new_half : old_half;
}

bool may_start_election(const Step& step) {
  // A learner has no vote, and a node that has just joined knows of no configuration. A node that has been
  // removed may still be needed until its removal is committed (dissertation 4.2.2).
  const Configuration& configuration = step.node.configuration;
  return !configuration.all_voters().empty() && !configuration.learners.contains(step.node.id);
}

void append_entry(Step& step, const Entry& entry) {
  NodeState& node = step.node;
  node.durable.log.append(entry);
  const Index index = node.durable.log.last_index();
  if (step.effects.appended_from == 0) step.effects.appended_from = index;
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

void truncate_log(Step& step, Index from) {
  NodeState& node = step.node;
  node.durable.log.truncate_from(from);
  if (node.configured_at.empty() || node.configured_at.back() < from) return;
  step.why(ReasonCode::ConfigurationUndone, {node.configured_at.back()});
  while (!node.configured_at.empty() && node.configured_at.back() >= from) node.configured_at.pop_back();
  refresh_configuration(step);
}

void refresh_configuration(Step& step) {
  NodeState& node = step.node;
  const Log& log = node.durable.log;
  std::erase_if(node.configured_at, [&log](Index index) { return index < log.first_index() || index > log.last_index(); });
  node.configuration =
      node.durable.snapshot != nullptr ? node.durable.snapshot->configuration : node.first_configuration;
  for (auto index = node.configured_at.rbegin(); index != node.configured_at.rend(); ++index) {
    if (!in_force(step, *index)) continue;
    node.configuration = log.at(*index).command.configuration;
    break;
  }
  // A leader begins to send to whoever has just become a member.
  if (node.memory.role != Role::Leader) return;
  for (const NodeId peer : node.peers()) {
    Progress& progress = node.leading.progress[index_of(peer)];
    if (progress.heard_at == long_ago) {
      progress.next_index = std::max(log.last_index(), 1);
      progress.sent_index = progress.next_index - 1;
      progress.heard_at = step.now;
    }
  }
}

void change_configuration(Step& step, const Configuration& wanted) {
  NodeState& node = step.node;
  if (node.memory.role != Role::Leader) return;
  const Index last_change = node.configured_at.empty() ? 0 : node.configured_at.back();
  if (step.rule(Rule::OneChangeAtATime)) {
    // Dissertation 4.1: not before the previous change is committed, and (erratum) not before this leader has
    // committed an entry of its own term.
    if (last_change > node.memory.commit_index || node.configuration.joint()) {
      step.why(ReasonCode::ChangeUnderWay, {last_change});
      return;
    }
    if (!has_committed_in_this_term(step)) {
      step.why(ReasonCode::ChangeWaitsForTerm, {node.durable.current_term});
      return;
    }
  }
  append_configuration(step, wanted);
}

void configuration_committed(Step& step) {
  NodeState& node = step.node;
  if (node.configured_at.empty()) return;
  const Index index = node.configured_at.back();
  if (index > node.memory.commit_index) return;
  if (!step.rule(Rule::ConfigurationWhenStored)) refresh_configuration(step);
  if (node.memory.role != Role::Leader) return;
  const Configuration configuration = node.durable.log.at(index).command.configuration;
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
