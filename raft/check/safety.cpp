// How each property of Figure 3 is checked from what one event changed. The checker keeps its own account of
// the logs and never looks at a whole log or at the whole history for one event.
#include "raft/check/safety.h"

#include <algorithm>

namespace raft::check {

namespace {

NodeSet without(NodeSet set, NodeId node) {
  set.remove(node);
  return set;
}

NodeId any_of(NodeSet set) { return set.empty() ? no_node : *set.begin(); }

}  // namespace

Safety::Safety(const sim::World& start) : event_(start.events) {
  leads_in_.fill(not_leading);
  for (const NodeId node : start.all_nodes()) {
    const Log& log = start.node(node).durable.log;
    while (stored(node) < log.base().index) store_unknown(node);
    for (Index index = log.first_index(); index <= log.last_index(); ++index) store_entry(node, log, index);
  }
  // In which term a given entry was committed is not known: at the latest in the lowest term of those who
  // know of it. Later leaders than that must have it.
  std::vector<NodeId> by_term;
  for (const NodeId node : start.all_nodes()) by_term.push_back(node);
  std::stable_sort(by_term.begin(), by_term.end(), [&start](NodeId a, NodeId b) {
    return start.node(a).durable.current_term < start.node(b).durable.current_term;
  });
  for (const NodeId node : by_term) {
    const NodeState& state = start.node(node);
    commit_entries(node, state.durable.current_term, std::min(state.memory.commit_index, stored(node)));
    const Index applied = std::min(state.memory.last_applied, stored(node));
    for (Index index = 1; index <= applied; ++index) apply_entry(node, index);
  }
  for (const NodeId node : by_term) {
    if (leads(start, node)) begin_leading(node, start.node(node).durable.current_term);
  }
}

void Safety::observe(const sim::World& after, const sim::Event& event) {
  ++events_checked_;
  event_ = event.number;
  violations_.observe(after.settings.core.rules);
  for (const NodeId node : changed_nodes(event)) check_node(after, event, node);
}

void Safety::report(Violation violation) {
  violation.event = event_;
  violations_.add(violation);
}

const Safety::Record& Safety::record(NodeId node, Index index) const {
  const RecordId id = logs_[index_of(node)][static_cast<std::size_t>(index) - 1];
  return records_[static_cast<std::size_t>(id)];
}

void Safety::check_node(const sim::World& after, const sim::Event& event, NodeId node) {
  const NodeState& state = after.node(node);
  const Log& log = state.durable.log;
  const Term term = state.durable.current_term;
  Term& leads_in = leads_in_[index_of(node)];

  const bool installed = node == event.node && event.effects.snapshot_installed.index != 0;
  if (installed) install_snapshot(node, event);
  Index kept = std::min(stored(node), log.last_index());
  if (event.effects.deleted_from != 0 && node == event.node) {
    kept = std::min(kept, event.effects.deleted_from - 1);
  }
  // A disk that had not written everything brings back what the log had replaced.
  if (event.kind == sim::EventKind::Crash) {
    while (kept >= log.first_index() && !(record(node, kept).entry == log.at(kept))) --kept;
  }
  if (kept < stored(node)) {
    // Leader Append-Only: a leader never overwrites or deletes entries in its log. One that has learnt of a
    // higher term is a leader no more, also when the same message makes it delete entries.
    const bool still_leads = leads(after, node) || (term == leads_in && after.machine(node).up);
    if (leads_in != not_leading && still_leads) {
      report({.property = Property::LeaderAppendOnly, .node = node, .term = leads_in,
              .entry = entry_id(node, kept + 1)});
    }
    forget_entries(node, kept);
  }
  while (stored(node) < log.last_index()) store_entry(node, log, stored(node) + 1);

  const bool leads_now = leads(after, node);
  if (leads_now && leads_in != term) begin_leading(node, term);
  // A leader may step down in its own term right after it has committed something: its own removal.
  if (leads_now || (leads_in == term && after.machine(node).up)) {
    const Index commit = std::min(state.memory.commit_index, stored(node));
    if (commit > static_cast<Index>(committed_.size())) commit_entries(node, term, commit);
  }
  if (!leads_now) leads_in = not_leading;
  if (node != event.node) return;
  for (Index index = event.before.applied + 1; installed && index <= event.effects.snapshot_installed.index; ++index) {
    apply_entry(node, index);
  }
  for (const AppliedEntry& applied : event.effects.applied) apply_entry(node, applied.index);
}

/// What a node gets as a snapshot are the entries that the sender's log held up to there.
void Safety::install_snapshot(NodeId node, const sim::Event& event) {
  const Index last = event.effects.snapshot_installed.index;
  const NodeId leader = event.flight ? event.flight->message.from.node() : no_node;
  const bool of_leader = leader != no_node && leader != node && stored(leader) >= last;
  const ChunkedVector<RecordId>& source = of_leader ? logs_[index_of(leader)] : committed_;
  // Entries that it knew to be committed are not compared again.
  for (Index index = std::min(event.before.commit, stored(node)) + 1; index <= last; ++index) {
    const auto at = static_cast<std::size_t>(index) - 1;
    if (at >= source.size()) {
      if (stored(node) < index) store_unknown(node);
      continue;
    }
    if (stored(node) >= index && logs_[index_of(node)][at] == source[at]) continue;
    if (stored(node) >= index) forget_entries(node, index - 1);
    logs_[index_of(node)].push_back(source[at]);
    records_.edit(static_cast<std::size_t>(source[at])).holders.add(node);
  }
}

/// An entry that a snapshot had replaced before the checker saw it. It stands for whatever others hold there.
void Safety::store_unknown(NodeId node) {
  const auto at = static_cast<std::size_t>(stored(node));
  while (first_at_.size() <= at) first_at_.push_back(no_record);
  RecordId& first = first_at_.edit(at);
  if (first == no_record) {
    first = static_cast<RecordId>(records_.size());
    records_.push_back({});
  }
  records_.edit(static_cast<std::size_t>(first)).holders.add(node);
  logs_[index_of(node)].push_back(first);
}

void Safety::forget_entries(NodeId node, Index last) {
  ChunkedVector<RecordId>& log = logs_[index_of(node)];
  for (auto i = static_cast<std::size_t>(last); i < log.size(); ++i) {
    records_.edit(static_cast<std::size_t>(log[i])).holders.remove(node);
  }
  log.shrink(static_cast<std::size_t>(last));
}

/// Log Matching: if two logs contain an entry with the same index and term, then the logs are identical in
/// all entries up through the given index. It is enough that they agree on the command and on the term of
/// the entry before: that one is then held to the same.
void Safety::store_entry(NodeId node, const Log& log, Index index) {
  const Entry& entry = log.at(index);
  const Term previous_term = index > 1 ? record(node, index - 1).entry.term : 0;
  while (first_at_.size() < static_cast<std::size_t>(index)) first_at_.push_back(no_record);
  RecordId& first = first_at_.edit(static_cast<std::size_t>(index) - 1);
  RecordId same = no_record;
  for (RecordId id = first; id != no_record;) {
    const Record& known = records_[static_cast<std::size_t>(id)];
    if (known.entry == entry && known.previous_term == previous_term) {
      same = id;
    } else if (const NodeSet others = without(known.holders, node); known.entry.term == entry.term && !others.empty()) {
      report({.property = Property::LogMatching, .node = node, .other = any_of(others), .term = entry.term,
              .entry = {index, entry.term}});
    }
    id = known.next;
  }
  if (same == no_record) {
    same = static_cast<RecordId>(records_.size());
    records_.push_back({entry, previous_term, {}, {}, first});
    first = same;
  }
  records_.edit(static_cast<std::size_t>(same)).holders.add(node);
  logs_[index_of(node)].push_back(same);
}

void Safety::begin_leading(NodeId node, Term term) {
  leads_in_[index_of(node)] = term;
  const auto last = [this] { return leaderships_.size() - 1; };
  // Terms grow, so this is nearly always the end; a leader of an older term finds its place before it.
  std::size_t at = leaderships_.size();
  while (at > 0 && leaderships_[at - 1].term >= term) --at;
  if (at == leaderships_.size() || leaderships_[at].term != term) {
    leaderships_.push_back({term, {}, 0});
    for (std::size_t i = last(); i > at; --i) std::swap(leaderships_.edit(i), leaderships_.edit(i - 1));
  }
  Leadership& leadership = leaderships_.edit(at);
  // Election Safety: at most one leader can be elected in a given term.
  if (const NodeSet others = without(leadership.nodes, node); !others.empty()) {
    report({.property = Property::ElectionSafety, .node = node, .other = any_of(others), .term = term, .entry = {}});
  }
  leadership.nodes.add(node);
  leadership.last_before = stored(node);
  check_complete(node, term, 1, last_committed_before(term));
}

/// The last entry that was committed in a term below `term`; 0 if there is none.
Index Safety::last_committed_before(Term term) const {
  for (std::size_t i = commit_runs_.size(); i > 0; --i) {
    if (commit_runs_[i - 1].term < term) return commit_runs_[i - 1].last;
  }
  return 0;
}

/// Leader Completeness: if a log entry is committed in a given term, then that entry will be present in the
/// logs of the leaders for all higher-numbered terms. `term` is the leader's; the entries from `first` to
/// `last` were committed in terms below it.
void Safety::check_complete(NodeId leader, Term term, Index first, Index last) {
  const auto holds = [this, leader](Index index) {
    const RecordId committed = committed_[static_cast<std::size_t>(index) - 1];
    return index <= stored(leader) && record(leader, index).entry == records_[static_cast<std::size_t>(committed)].entry;
  };
  if (last < first) return;
  // By Log Matching the last of them stands for all.
  if (!broken(Property::LogMatching) && holds(last)) return;
  Index missing = first;
  while (missing <= last && holds(missing)) ++missing;
  if (missing > last) return;
  const RecordId committed = committed_[static_cast<std::size_t>(missing) - 1];
  const Record& record = records_[static_cast<std::size_t>(committed)];
  report({.property = Property::LeaderCompleteness, .node = leader, .other = any_of(without(record.holders, leader)),
          .term = term, .entry = {missing, record.entry.term}});
}

/// Only what a leader takes as committed is (§5.3); a follower is told. `last` entries of the log of `leader`
/// are; those that were not before were committed in `term`.
void Safety::commit_entries(NodeId leader, Term term, Index last) {
  const auto first = static_cast<Index>(committed_.size()) + 1;
  if (last < first) return;
  for (Index index = first; index <= last; ++index) {
    committed_.push_back(logs_[index_of(leader)][static_cast<std::size_t>(index) - 1]);
  }
  if (!commit_runs_.empty() && commit_runs_[commit_runs_.size() - 1].term == term) {
    commit_runs_.edit(commit_runs_.size() - 1).last = last;
  } else {
    commit_runs_.push_back({term, last});
  }
  // Leaders of higher terms may be there already.
  for (std::size_t i = leaderships_.size(); i > 0 && leaderships_[i - 1].term > term; --i) {
    const Leadership& later = leaderships_[i - 1];
    for (const NodeId node : later.nodes) {
      if (leads_in_[index_of(node)] == later.term) check_complete(node, later.term, first, last);
    }
    // Of one that leads no more it is known how long its log was; what it added was of its own term.
    const NodeId past = any_of(later.nodes);
    if (later.nodes.count() == 1 && leads_in_[index_of(past)] != later.term && last > later.last_before) {
      const Index missing = std::max(first, later.last_before + 1);
      report({.property = Property::LeaderCompleteness, .node = past, .other = leader, .term = later.term,
              .entry = entry_id(leader, missing)});
    }
  }
}

/// State Machine Safety: if a server has applied a log entry at a given index to its state machine, no other
/// server will ever apply a different log entry for the same index. After a restart a node applies again.
void Safety::apply_entry(NodeId node, Index index) {
  if (index < 1 || index > stored(node)) return;
  const RecordId own = logs_[index_of(node)][static_cast<std::size_t>(index) - 1];
  const Entry& entry = records_[static_cast<std::size_t>(own)].entry;
  for (RecordId id = first_at_[static_cast<std::size_t>(index) - 1]; id != no_record;) {
    const Record& known = records_[static_cast<std::size_t>(id)];
    const NodeSet others = without(known.applied_by, node);
    if (!(known.entry == entry) && !others.empty()) {
      report({.property = Property::StateMachineSafety, .node = node, .other = any_of(others), .term = entry.term,
              .entry = {index, entry.term}});
    }
    id = known.next;
  }
  records_.edit(static_cast<std::size_t>(own)).applied_by.add(node);
}

}  // namespace raft::check
