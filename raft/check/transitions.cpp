// How each transition is checked. Within one boot of a node everything is compared with what it was before; across a
// crash only what was on its disk. A wiped disk is a node's own affair: it begins anew.
#include "raft/check/transitions.h"

#include <algorithm>

namespace raft::check {

namespace {

/// The configurations of a log: what was in force before it, and every one that it holds.
template <typename Stored>
void read_configurations(const NodeState& node, std::vector<Stored>& stored) {
  const Log& log = node.durable.log;
  const Snapshot& snapshot = node.durable.snapshot;
  const bool says_who = snapshot != nullptr && !snapshot->configuration.members().empty();
  stored.assign(1, {log.base().index, says_who ? snapshot->configuration : node.first_configuration});
  for (Index index = log.first_index(); index <= log.last_index(); ++index) {
    const Command& command = log.at(index).command;
    if (command.kind == CommandKind::Configure) stored.push_back({index, command.configuration});
  }
}

/// Dissertation 4.1: one voter more or less at a time; §6: or from C_old to C_old,new, and from there to C_new.
bool is_one_step(const Configuration& before, const Configuration& after) {
  if (before.joint()) return !after.joint() && after.voters == before.next;
  if (after.joint()) return after.voters == before.voters;
  const NodeSet changed = (before.voters - after.voters) | (after.voters - before.voters);
  return changed.count() <= 1;
}

/// §6: a node that has just joined knows of nobody until its first entry tells it.
bool knows_nobody(const Configuration& configuration) { return configuration.members().empty(); }

/// What is true of a node at any time while it is up; its number is that of its row in `facts`.
enum class Fact : std::uint8_t {
  NoLaterTerm, CommitInLog, AppliedIsCommitted, CompactedIsCommitted, CommittedIsApplied, OwnVote, ElectionTimer, HeartbeatTimer,
  LatestConfiguration, MatchInLog, NextAfterMatch, NextInLog
};
struct FactInfo {
  Fact fact{};
  Property property{};
  const char* detail = "";  // where it does not hold
};
constexpr auto facts = std::to_array<FactInfo>({
    {Fact::NoLaterTerm, Property::TermMonotonicity, "its log holds an entry of a later term than its own"},
    {Fact::CommitInLog, Property::IndexBounds, "it commits beyond its log"},
    {Fact::AppliedIsCommitted, Property::IndexBounds, "it applies beyond its commit index"},
    {Fact::CompactedIsCommitted, Property::IndexBounds, "it has compacted what it does not know to be committed"},
    {Fact::CommittedIsApplied, Property::IndexBounds, "it has not applied what it knows to be committed"},
    {Fact::OwnVote, Property::RoleTransitions, "it stands for election or leads without its own vote"},
    {Fact::ElectionTimer, Property::RoleTransitions, "its election timer does not fit its role"},
    {Fact::HeartbeatTimer, Property::RoleTransitions, "its heartbeat timer does not fit its role"},
    {Fact::LatestConfiguration, Property::ConfigurationOrder, "it does not use the latest configuration of its log"},
    {Fact::MatchInLog, Property::IndexBounds, "it believes a follower to have more than itself"},
    {Fact::NextAfterMatch, Property::IndexBounds, "its nextIndex of a follower is not after its matchIndex"},
    {Fact::NextInLog, Property::IndexBounds, "it would send a follower what it does not have"},
});
static_assert([] {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (static_cast<std::size_t>(facts[i].fact) != i) return false;
  }
  return true;
}());

/// Of every follower: match < next <= last + 1.
bool progress_is_in_order(const NodeState& leader) {
  const Index last = leader.durable.log.last_index();
  bool in_order = true;
  for (const NodeId peer : leader.peers()) {
    const Progress& progress = leader.leading.progress[index_of(peer)];
    in_order &= progress.match_index < progress.next_index && progress.next_index <= last + 1;
  }
  return in_order;
}

bool election_timer_fits(const sim::Machine& machine) {
  return machine.election.running() != (machine.node.memory.role == Role::Leader);
}
bool heartbeat_timer_fits(const sim::Machine& machine) {
  return machine.heartbeat.running() == (machine.node.memory.role != Role::Follower);
}

/// A bit for each of the facts that does not hold. `latest`: the last configuration of the node's log.
std::uint16_t wrong_facts(const sim::Machine& machine, const Configuration& latest) {
  if (!machine.up) return 0;
  const NodeState& node = machine.node;
  const Volatile& memory = node.memory;
  const Log& log = node.durable.log;
  const Index last = log.last_index();
  unsigned wrong = 0;
  const auto check = [&wrong](Fact fact, bool holds) {
    if (!holds) wrong |= 1U << static_cast<unsigned>(fact);
  };
  const bool leads = memory.role == Role::Leader;
  check(Fact::NoLaterTerm, log.last_term() <= node.durable.current_term);
  check(Fact::CommitInLog, memory.commit_index <= last);
  check(Fact::AppliedIsCommitted, memory.last_applied <= memory.commit_index);
  check(Fact::CompactedIsCommitted, log.base().index <= memory.commit_index);
  check(Fact::CommittedIsApplied, memory.last_applied >= memory.commit_index);
  check(Fact::OwnVote, (memory.role != Role::Candidate && !leads) || node.durable.voted_for == node.id);
  check(Fact::ElectionTimer, election_timer_fits(machine));
  check(Fact::HeartbeatTimer, heartbeat_timer_fits(machine));
  check(Fact::LatestConfiguration, node.configuration == latest);
  if (!leads) return static_cast<std::uint16_t>(wrong);
  bool more = false;
  bool again = false;
  bool beyond = false;
  for (const NodeId peer : node.peers()) {
    const Progress& progress = node.leading.progress[index_of(peer)];
    more = more || progress.match_index > last;
    again = again || progress.next_index <= progress.match_index;
    beyond = beyond || progress.next_index > last + 1;
  }
  check(Fact::MatchInLog, !more);
  check(Fact::NextAfterMatch, !again);
  check(Fact::NextInLog, !beyond);
  return static_cast<std::uint16_t>(wrong);
}

}  // namespace

Transitions::Transitions(const sim::World& start) : event_(start.events) {
  for (const NodeId node : start.all_nodes()) {
    Seen& seen = seen_[index_of(node)];
    look_at(start, node);
    read_configurations(start.node(node), seen.stored);
    seen.wrong = wrong_facts(start.machine(node), seen.stored.back().configuration);
    for (const Stored& stored : seen.stored) {
      if (stored.index <= seen.commit && stored.index >= committed_.index && !knows_nobody(stored.configuration)) {
        committed_ = stored;
      }
    }
  }
  node_count_ = start.node_count();
}

void Transitions::observe(const sim::World& after, const sim::Event& event) {
  event_ = event.number;
  violations_.observe(after.settings.core.rules);
  for (; node_count_ < after.node_count(); ++node_count_) {
    look_at(after, node_at(node_count_));
    read_configurations(after.node(node_at(node_count_)), seen_[node_count_].stored);
  }
  for (const NodeId node : changed_nodes(event)) check_node(after, event, node);
}

void Transitions::report(Property property, NodeId node, const sim::World& after, const char* detail) {
  violations_.add({.property = property, .event = event_, .node = node,
                   .term = after.node(node).durable.current_term, .detail = detail});
}

void Transitions::look_at(const sim::World& world, NodeId node) {
  const sim::Machine& machine = world.machine(node);
  const Durable& durable = machine.node.durable;
  const Volatile& memory = machine.node.memory;
  const Durable& disk = machine.writes.empty() ? durable : machine.written;
  Seen& seen = seen_[index_of(node)];
  seen.up = machine.up;
  seen.role = memory.role;
  seen.term = durable.current_term;
  seen.vote = durable.voted_for;
  seen.commit = memory.commit_index;
  seen.applied = memory.last_applied;
  seen.disk = {disk.current_term, disk.voted_for};
}

/// Nearly all events are heartbeats and their answers. They move timers, and what a leader knows of its followers;
/// where that fits and nothing else has changed, all that was true of the node is still true.
bool Transitions::is_quiet(const sim::World& after, const sim::Event& event, NodeId node) const {
  const sim::Machine& machine = after.machine(node);
  const Durable& durable = machine.node.durable;
  const Volatile& memory = machine.node.memory;
  const Seen& seen = seen_[index_of(node)];
  const bool same = seen.up && machine.up && seen.wrong == 0 && memory.role == seen.role &&
                    durable.current_term == seen.term && durable.voted_for == seen.vote &&
                    memory.commit_index == seen.commit && memory.last_applied == seen.applied &&
                    machine.node.configuration == seen.stored.back().configuration;
  const bool same_disk = machine.writes.empty() && seen.disk.term == seen.term && seen.disk.vote == seen.vote;
  const Effects& effects = event.effects;
  const bool same_log = node == event.node && effects.appended_from == 0 && effects.deleted_from == 0 &&
                        effects.snapshot_installed.index == 0 && durable.log.base().index <= seen.commit &&
                        seen.commit <= durable.log.last_index() && durable.log.last_term() <= seen.term;
  return same && same_disk && same_log && election_timer_fits(machine) && heartbeat_timer_fits(machine) &&
         (seen.role != Role::Leader || progress_is_in_order(machine.node));
}

void Transitions::check_node(const sim::World& after, const sim::Event& event, NodeId node) {
  if (is_quiet(after, event, node)) return;
  follow_log(after, event, node);
  if (event.kind != sim::EventKind::Wipe) {
    check_disk(after, node);
    if (seen_[index_of(node)].up && after.machine(node).up) check_boot(after, node);
  }
  if (after.machine(node).up) {
    follow_commit(after, node);
    check_facts(after, node);
  }
  look_at(after, node);
}

/// §5.1, §5.2: currentTerm and votedFor are persistent. What has reached the disk stays, whatever happens.
void Transitions::check_disk(const sim::World& after, NodeId node) {
  const sim::Machine& machine = after.machine(node);
  const Durable& disk = machine.writes.empty() ? machine.node.durable : machine.written;
  const OnDisk& before = seen_[index_of(node)].disk;
  if (disk.current_term < before.term) {
    report(Property::TermMonotonicity, node, after, "its term went back");
  } else if (disk.current_term == before.term && before.vote != no_node && disk.voted_for != before.vote) {
    report(Property::VoteStability, node, after, "its vote changed within a term");
  }
}

/// What a node remembers while it is up.
void Transitions::check_boot(const sim::World& after, NodeId node) {
  const sim::Machine& machine = after.machine(node);
  const Durable& durable = machine.node.durable;
  const Volatile& memory = machine.node.memory;
  const Seen& before = seen_[index_of(node)];
  // With a disk that keeps up this is what check_disk has said already.
  if (!machine.writes.empty()) {
    if (durable.current_term < before.term) report(Property::TermMonotonicity, node, after, "its term went back");
    if (durable.current_term == before.term && before.vote != no_node && durable.voted_for != before.vote) {
      report(Property::VoteStability, node, after, "its vote changed within a term");
    }
  }
  // Figure 2: commitIndex and lastApplied increase monotonically.
  if (memory.commit_index < before.commit) report(Property::CommitMonotonicity, node, after, "its commit index went back");
  if (memory.last_applied < before.applied) report(Property::CommitMonotonicity, node, after, "its last applied went back");
  if (memory.role != before.role || memory.role == Role::Leader) check_role(after, node);
}

/// Figure 4, and a candidate before its election (dissertation 9.6).
void Transitions::check_role(const sim::World& after, NodeId node) {
  const NodeState& state = after.node(node);
  const Seen& before = seen_[index_of(node)];
  const Role role = state.memory.role;
  const bool same_term = state.durable.current_term == before.term;
  const auto wrong = [&](const char* detail) { report(Property::RoleTransitions, node, after, detail); };
  if (before.role == Role::Leader) {
    if (role == Role::Leader && !same_term) wrong("it took another term and kept leading");
    if (role == Role::Candidate || role == Role::PreCandidate) wrong("a leader became a candidate");
    // Dissertation 6.2 and 4.2.2: without a majority, or when it has been removed.
    const bool may_step_down =
        after.settings.core.features.check_quorum || !state.configuration.voters.contains(node);
    if (role == Role::Follower && same_term && !may_step_down) wrong("a leader stepped down in its own term");
    return;
  }
  if (role == Role::Leader) {
    const bool was_candidate = before.role == Role::Candidate && same_term;
    const bool alone = state.configuration.all_voters().count() == 1;
    if (!was_candidate && !alone) wrong("it leads without having been a candidate of that term");
  }
  // §5.2: to begin an election, a follower increments its current term.
  if (role == Role::Candidate && same_term) wrong("it stands for election without a new term");
}

void Transitions::check_facts(const sim::World& after, NodeId node) {
  Seen& seen = seen_[index_of(node)];
  const std::uint16_t wrong = wrong_facts(after.machine(node), seen.stored.back().configuration);
  for (std::size_t i = 0; (wrong & ~seen.wrong) != 0 && i < facts.size(); ++i) {
    const bool is_new = (((wrong & ~seen.wrong) >> i) & 1) != 0;
    if (is_new) report(facts[i].property, node, after, facts[i].detail);
  }
  seen.wrong = wrong;
}

/// Keeps the account of the configurations in the node's log.
void Transitions::follow_log(const sim::World& after, const sim::Event& event, NodeId node) {
  const NodeState& state = after.node(node);
  Seen& seen = seen_[index_of(node)];
  if (event.kind == sim::EventKind::Crash || event.kind == sim::EventKind::Wipe) {
    read_configurations(state, seen.stored);
    return;
  }
  if (node != event.node || event.kind == sim::EventKind::Restart) return;
  const Effects& effects = event.effects;
  if (effects.snapshot_installed.index != 0) {
    read_configurations(state, seen.stored);
    const Stored& latest = seen.stored.front();
    const bool up_to_date = latest.index >= committed_.index && !knows_nobody(latest.configuration);
    if (up_to_date && latest.configuration != committed_.configuration) {
      report(Property::ConfigurationOrder, node, after, "its snapshot holds another configuration than the committed one");
    }
    return;
  }
  if (effects.deleted_from != 0) {
    while (seen.stored.size() > 1 && seen.stored.back().index >= effects.deleted_from) seen.stored.pop_back();
  }
  if (effects.appended_from == 0) return;
  const Log& log = state.durable.log;
  for (Index index = std::max(effects.appended_from, log.first_index()); index <= log.last_index(); ++index) {
    const Command& command = log.at(index).command;
    if (command.kind != CommandKind::Configure) continue;
    // Dissertation 4.1: a leader does not begin a change before the one before it is committed.
    if (seen.role == Role::Leader && seen.stored.back().index > state.memory.commit_index) {
      report(Property::ConfigurationOrder, node, after, "it began a change while another was not committed");
    }
    seen.stored.push_back({index, command.configuration});
  }
}

/// Each configuration that is committed is one step from the one that was committed before it.
void Transitions::follow_commit(const sim::World& after, NodeId node) {
  const Seen& seen = seen_[index_of(node)];
  const Index commit = after.node(node).memory.commit_index;
  if (commit <= seen.commit || seen.stored.back().index <= committed_.index) return;
  for (const Stored& stored : seen.stored) {
    const bool is_entry = &stored != &seen.stored.front();
    if (!is_entry || stored.index <= committed_.index || stored.index > commit) continue;
    if (!knows_nobody(committed_.configuration) && !is_one_step(committed_.configuration, stored.configuration)) {
      report(Property::ConfigurationOrder, node, after, "a committed configuration is not one step from the one before it");
    }
    committed_ = stored;
  }
}

}  // namespace raft::check
