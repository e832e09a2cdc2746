// What a node is in the middle of, as short as a label: what it waits for, and how long that can still take.
#include <algorithm>

#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

/// One node at one moment.
struct Note {
  const Words& words;
  const sim::World& world;
  const sim::Machine& machine;
  const NodeState& node;
  sim::Time clock = 0;
  std::vector<std::string>& notes;

  const Features& features() const { return world.settings.core.features; }
  LocalTime local_now() const { return sim::local_time(world, node.id) + (clock - world.now); }
  void add(std::string_view key, const std::vector<Fact>& facts) const { notes.push_back(words.fill(key, facts)); }
  Support support(NodeSet nodes) const { return support_of(world, node.configuration, nodes, node.id); }
};

/// Since when, on its own clock, a majority has shown this much; long_ago if it never has.
LocalTime majority_since(const Note& note, LocalTime Progress::*shown) {
  std::vector<LocalTime> times{note.local_now()};
  const auto& progress = note.node.leading.progress;
  for (const NodeId peer : note.node.peers()) times.push_back(progress[index_of(peer)].*shown);
  std::sort(times.rbegin(), times.rend());
  for (const LocalTime time : times) {
    NodeSet enough = note.node.self();
    for (const NodeId peer : note.node.peers()) {
      if (progress[index_of(peer)].*shown >= time) enough.add(peer);
    }
    if (note.support(enough).reached()) return time;
  }
  return long_ago;
}

/// Dissertation 6.4: what the first of the reads waits for, and how many wait behind it.
void note_reads(const Note& note) {
  const auto& reads = note.node.leading.reads;
  if (reads.empty()) return;
  const PendingRead& read = reads.front();
  const Fact command("command", command_text(read.command, note.world.symbols));
  if (!read.indexed) {
    note.add("note.read_waits_for_term", {command, {"term", note.node.durable.current_term}});
  } else if (note.node.memory.last_applied < read.read_index) {
    note.add("note.read_waits_to_apply", {command, {"index", read.read_index}});
  } else {
    NodeSet answered = note.node.self();
    for (const NodeId peer : note.node.peers()) {
      if (note.node.leading.progress[index_of(peer)].acked_round >= read.round) answered.add(peer);
    }
    const Support round = note.support(answered);
    const bool apart = !counts_itself(note.world, note.node.id);
    note.add(apart ? "note.read_waits_for_round_apart" : "note.read_waits_for_round", {command, {"n", round.count}, {"needed", round.needed}});
  }
  if (reads.size() > 1) note.add("note.more_reads", {{"n", reads.size() - 1}});
}

void note_lease(const Note& note) {
  if (note.features().reads != ReadMode::Lease || note.node.leading.lease_given_up) return;
  const LocalTime since = majority_since(note, &Progress::acked_sent);
  const LocalTime left = since + note.world.settings.core.election_timeout_min - note.local_now();
  if (since == long_ago || left <= 0) {
    note.add("note.no_lease", {});
  } else {
    note.add("note.lease", {{"time", time_text(left)}});
  }
}

/// Dissertation 6.2: said once it has been silent for longer than a heartbeat takes.
void note_quorum(const Note& note) {
  if (!note.features().check_quorum) return;
  const LocalTime since = majority_since(note, &Progress::heard_at);
  const LocalTime timeout = note.world.settings.core.election_timeout_min;
  const LocalTime left = since + timeout - note.local_now();
  if (left > timeout - 2 * note.world.settings.heartbeat) return;
  note.add("note.quorum_silent", {{"time", time_text(std::max<LocalTime>(left, 0))}});
}

/// §6: who is in which half, for entries and votes need a majority of each.
void note_members(const Note& note) {
  const Configuration& members = note.node.configuration;
  if (!members.joint()) return;
  note.add("note.joint", {{"old", sim::names_of(note.world, members.voters)}, {"new", sim::names_of(note.world, members.next)}});
}

void note_leading(const Note& note) {
  note_members(note);
  if (note.node.leading.transfer_to != no_node) {
    note.add("note.hands_over", {{"node", node_text(note.words, note.world, note.node.leading.transfer_to)}});
  }
  note_reads(note);
  note_quorum(note);
  note_lease(note);
}

/// §7: how much of a snapshot is here; of how many parts its sender knows.
void note_snapshot(const Note& note) {
  const EntryId incoming = note.node.memory.incoming;
  if (incoming.index == 0) return;
  for (const sim::Machine& sender : note.world.machines) {
    const Snapshot& snapshot = sender.node.durable.snapshot;
    if (snapshot == nullptr || snapshot->last != incoming) continue;
    note.add("note.snapshot_comes",
             {{"index", incoming.index}, {"n", note.node.memory.chunks_here}, {"parts", chunk_count(*snapshot)}});
    return;
  }
}

}  // namespace

std::vector<std::string> node_notes(const Words& words, const sim::World& world, NodeId id, sim::Time clock) {
  std::vector<std::string> notes;
  const sim::Machine& machine = world.machine(id);
  const Note note{words, world, machine, machine.node, clock, notes};
  if (machine.up && machine.node.memory.role == Role::Leader) note_leading(note);
  if (machine.up) note_snapshot(note);
  if (!machine.writes.empty()) {
    const sim::Time left = std::max<sim::Time>(machine.writes.back().done_at - clock, 0);
    note.add("note.disk_writes", {{"n", machine.writes.size()}, {"time", time_text(left)}});
  }
  if (machine.clock.numerator != machine.clock.denominator) {
    const bool fast = machine.clock.numerator > machine.clock.denominator;
    note.add(fast ? "note.clock_fast" : "note.clock_slow",
             {{"rate", std::to_string(machine.clock.numerator) + "/" + std::to_string(machine.clock.denominator)}});
  }
  return notes;
}

std::string lost_in_a_crash(const Words& words, const sim::World& world) {
  const Rules& rules = world.settings.core.rules;
  if (!rules.on(Rule::TermAndLogPersisted)) return words.text("stage.all_lost");
  return words.text(rules.on(Rule::VotePersisted) ? "stage.memory_lost" : "stage.vote_lost");
}

std::vector<std::string> dropped_phrases(const Words& words, const sim::World& world) {
  std::vector<std::string> phrases;
  for (const sim::DropEvery& drop : world.network.dropped) {
    const std::string pattern = pattern_phrase(words, world, drop.pattern);
    phrases.push_back(drop.when ? words.fill("phrase.on_condition",
                                             {{"pattern", pattern}, {"condition", message_condition_phrase(words, *drop.when)}})
                                : pattern);
  }
  return phrases;
}

std::string joint_votes(const Words& words, const sim::World& world, NodeId candidate) {
  const NodeState& node = world.node(candidate);
  if (!node.configuration.joint()) return "";
  const auto [old_half, new_half] = support_of_both(world, node.configuration, node.memory.votes_granted);
  return words.fill("note.joint_votes", {{"n", old_half.count}, {"needed", old_half.needed},
                                         {"m", new_half.count}, {"wanted", new_half.needed}});
}

int votes_needed(const sim::World& world, NodeId candidate) {
  const NodeState& node = world.node(candidate);
  return support_of(world, node.configuration, node.memory.votes_granted).needed;
}

}  // namespace raft::explain
