// What one event may change in one node, within one boot of it, and what is true of a node at any time. For the
// swarms; "" means that all is well.
#pragma once

#include <string>

#include "raft/sim/world.h"

namespace raft::test {

using namespace sim;

/// What a node was after the previous event, as long as it has not crashed since.
struct Seen {
  bool up = false;
  Term term = 0;
  NodeId vote = no_node;
  Index commit = 0;
  Index applied = 0;
  Role role = Role::Follower;
};

inline Seen seen(const Machine& machine) {
  const NodeState& state = machine.node;
  return {machine.up, state.durable.current_term, state.durable.voted_for, state.memory.commit_index,
          state.memory.last_applied, state.memory.role};
}

/// "" if the step from `before` to the node as it is now is one that Raft allows.
inline std::string wrong_transition(const Seen& before, const Machine& machine, const Features& features = {}) {
  const NodeState& node = machine.node;
  const Durable& disk = node.durable;
  const Volatile& memory = node.memory;
  // Also across a crash: what is on disk stays.
  if (disk.current_term < before.term) return "its term went back";
  if (disk.current_term == before.term && before.vote != no_node && disk.voted_for != before.vote) {
    return "its vote changed within a term";
  }
  if (memory.commit_index > disk.log.last_index()) return "it commits beyond its log";
  if (memory.last_applied > memory.commit_index) return "it applies beyond its commit index";
  if (memory.last_applied < memory.commit_index) return "it is slow to apply";
  if (!machine.up || !before.up) return "";
  if (memory.commit_index < before.commit) return "its commit index went back";
  if (memory.last_applied < before.applied) return "its last applied went back";
  if (before.role == Role::Leader && memory.role == Role::Candidate) return "a leader became candidate";
  const bool may_step_down = features.check_quorum || !node.configuration.voters.contains(node.id);
  if (before.role == Role::Leader && memory.role != Role::Leader && disk.current_term == before.term && !may_step_down) {
    return "a leader stepped down in its own term";
  }
  return "";
}

/// Facts about one state.
inline std::string wrong_state(const Machine& machine) {
  const NodeState& node = machine.node;
  const Log& log = node.durable.log;
  if (log.last_term() > node.durable.current_term) return "its log is of a later term than itself";
  const bool asks_or_leads = node.memory.role == Role::Candidate || node.memory.role == Role::Leader;
  if (asks_or_leads && node.durable.voted_for != node.id) return "it did not vote for itself";
  const bool should_time_out = machine.up && node.memory.role != Role::Leader;
  if (machine.election.running() != should_time_out) return "its election timer is wrong";
  const bool should_beat = machine.up && node.memory.role != Role::Follower;
  if (machine.heartbeat.running() != should_beat) return "its heartbeat timer is wrong";
  if (node.memory.role != Role::Leader) return "";
  for (const NodeId peer : node.peers()) {
    const Progress& progress = node.leading.progress[index_of(peer)];
    if (progress.match_index > log.last_index()) return "it believes a follower to have more than itself";
    if (progress.next_index <= progress.match_index) return "it would send again what matches";
    if (progress.next_index > log.last_index() + 1) return "it would send what it does not have";
  }
  return "";
}

}  // namespace raft::test
