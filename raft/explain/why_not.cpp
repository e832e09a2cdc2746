// Why an entry of a log is not committed (yet), and what would commit it. The answer is read off the world
// as it is: this is the view from outside, which sees what no single node knows.
#include <algorithm>

#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

/// The question, and what all its answers need.
struct Question {
  const Words& words;
  const sim::World& world;
  NodeId node;
  EntryId entry;
  NodeId leader = no_node;  // whose decision it is

  const Configuration& configuration() const {
    return leader == no_node ? sim::configuration_of(world) : world.node(leader).configuration;
  }
  Support support(NodeSet nodes) const { return support_of(world, configuration(), nodes, leader); }
};

/// The node itself, or the leader it follows in its term, or the leader of the highest term.
NodeId deciding_leader(const sim::World& world, NodeId node) {
  if (leads(world, node)) return node;
  const NodeState& state = world.node(node);
  const NodeId followed = world.machine(node).up ? state.memory.leader : no_node;
  if (leads(world, followed) && world.node(followed).durable.current_term == state.durable.current_term) {
    return followed;
  }
  return sim::current_leader(world);
}

bool knows_committed(const sim::World& world, NodeId node, Index index) {
  return world.machine(node).up && world.node(node).memory.commit_index >= index;
}

NodeSet nodes_that_know(const Question& q) {
  NodeSet know;
  for (const NodeId node : q.world.all_nodes()) {
    if (knows_committed(q.world, node, q.entry.index) && holds(q.world, node, q.entry)) know.add(node);
  }
  return know;
}

std::vector<Fact> facts(const Question& q, const EntryAnswer& answer) {
  const Support stored = q.support(answer.stored_on);
  return {Fact::phrase("entry", entry_phrase(q.words, q.entry)),
          {"index", q.entry.index},
          {"entry_term", q.entry.term},
          {"node", node_text(q.words, q.world, q.node)},
          {"leader", node_text(q.words, q.world, q.leader)},
          {"term", q.leader == no_node ? 0 : q.world.node(q.leader).durable.current_term},
          {"stored", stored.count},
          {"total", stored.total},
          {"needed", stored.needed}};
}

void say(const Question& q, EntryAnswer& answer, std::string_view key, const std::vector<Fact>& more = {}) {
  std::vector<Fact> all = facts(q, answer);
  all.insert(all.end(), more.begin(), more.end());
  add_sentence(q.words, answer.sentence, q.words.fill(key, all));
}

void too_few(const Question& q, EntryAnswer& answer, NodeSet stored_on, EntryId entry) {
  const Support stored = q.support(stored_on);
  answer.reasons.emplace_back(ReasonCode::NotOnMajority,
                              std::initializer_list<Operand>{entry, stored.count, stored.needed});
}

void because(EntryAnswer& answer, ReasonCode code, std::initializer_list<Operand> operands = {}) {
  answer.reasons.emplace_back(code, operands);
}

/// Whether what one says is taken in by the other, whatever becomes of the answer.
bool is_heard(const Question& q, NodeId from, NodeId to) {
  const sim::Machine& machine = q.world.machine(to);
  return machine.up && !machine.paused && q.world.network.is_open(from, to) && !q.world.network.is_held(from, to);
}

/// They do not reach each other both ways: the direction that is cut.
void because_cut(const Question& q, EntryAnswer& answer, NodeId a, NodeId b) {
  const sim::Network& network = q.world.network;
  const bool forth = !network.is_open(a, b);
  answer.reasons.push_back(forth ? sim::link_is_cut(network, a, b) : sim::link_is_cut(network, b, a));
}

// --- what keeps one follower from having it --------------------------------------------------------------------

bool on_its_way(const Question& q, NodeId from, NodeId to) {
  for (const sim::Flight& flight : q.world.network.flights()) {
    const Message& message = flight.message;
    const auto* append = std::get_if<AppendEntries>(&message.body);
    if (append == nullptr || message.from != Endpoint(from) || message.to != Endpoint(to)) continue;
    const Index last = append->prev_log.index + static_cast<Index>(append->entries.size());
    if (append->prev_log.index < q.entry.index && q.entry.index <= last) return true;
  }
  return false;
}

/// The leader does not yet know where the follower's log departs from its own.
bool walks_back(const Question& q, NodeId follower) {
  const Progress& progress = q.world.node(q.leader).leading.progress[index_of(follower)];
  const Index before = progress.next_index - 1;
  const Log& log = q.world.node(q.leader).durable.log;
  if (before > log.last_index() || before < log.base().index) return false;
  return !holds(q.world, follower, log.id_at(before));
}

void explain_lacking(const Question& q, EntryAnswer& answer, NodeId follower) {
  const Fact name("follower", node_text(q.words, q.world, follower));
  if (!q.world.machine(follower).up) {
    because(answer, ReasonCode::NodeIsDown, {follower});
    say(q, answer, "why.lacks_down", {name});
    return;
  }
  const bool cut_off = !q.world.network.is_open(q.leader, follower);
  if (cut_off || (is_heard(q, q.leader, follower) && !reach_of(q.world, q.leader).contains(follower))) {
    because_cut(q, answer, q.leader, follower);
    say(q, answer, cut_off ? "why.lacks_cut_off" : "why.lacks_no_answer", {name});
    return;
  }
  const NodeState& leader = q.world.node(q.leader);
  if (q.world.machine(follower).paused) {
    because(answer, ReasonCode::NodeIsPaused, {follower});
    say(q, answer, "why.lacks_paused", {name});
    return;
  }
  if (!leader.peers().contains(follower)) {
    because(answer, ReasonCode::NotAMember, {follower});
    say(q, answer, "why.lacks_not_member", {name});
    return;
  }
  if (q.world.network.is_held(q.leader, follower)) {
    because(answer, ReasonCode::MessageIsHeld);
    say(q, answer, "why.lacks_held", {name});
    return;
  }
  const Index next = leader.leading.progress[index_of(follower)].next_index;
  if (next <= leader.durable.log.base().index) {
    const Index base = leader.durable.log.base().index;
    because(answer, ReasonCode::SendsSnapshot,
            {follower, leader.durable.log.base(), leader.leading.progress[index_of(follower)].next_chunk + 1});
    say(q, answer, "why.lacks_snapshot", {name, {"base", base}});
    return;
  }
  if (walks_back(q, follower)) {
    because(answer, ReasonCode::WalkedBack, {follower, next});
    say(q, answer, "why.lacks_walks_back", {name, {"next", next}});
    return;
  }
  say(q, answer, on_its_way(q, q.leader, follower) ? "why.lacks_on_its_way" : "why.lacks_next_heartbeat", {name});
}

// --- the answers ----------------------------------------------------------------------------------------------

void not_on_majority(const Question& q, EntryAnswer& answer) {
  too_few(q, answer, answer.stored_on, q.entry);
  say(q, answer, "why.not_on_majority");
  if (q.configuration().joint()) say(q, answer, "why.joint");
  for (const NodeId follower : q.configuration().all_voters() - answer.stored_on) {
    if (follower != q.leader) explain_lacking(q, answer, follower);
  }
  const Term current = q.world.node(q.leader).durable.current_term;
  if (q.entry.term == current || !q.world.settings.core.rules.on(Rule::CommitOnlyCurrentTerm)) return;
  because(answer, ReasonCode::NotCurrentTerm, {q.entry, current});
  say(q, answer, "why.and_not_current_term");
}

/// §5.4.2: replicas of entries of earlier terms do not count.
void not_current_term(const Question& q, EntryAnswer& answer) {
  const NodeState& leader = q.world.node(q.leader);
  const Term current = leader.durable.current_term;
  because(answer, ReasonCode::NotCurrentTerm, {q.entry, current});
  Index own = std::max(q.entry.index, leader.durable.log.base().index);
  while (own <= leader.durable.log.last_index() && leader.durable.log.term_at(own) != current) ++own;
  if (own > leader.durable.log.last_index()) {
    say(q, answer, "why.not_current_term");
    return;
  }
  const EntryId carrier{own, current};
  NodeSet carrying;
  for (const NodeId node : q.world.all_nodes()) {
    if (holds(q.world, node, carrier)) carrying.add(node);
  }
  const Support carried = q.support(carrying);
  too_few(q, answer, carrying, carrier);
  say(q, answer, "why.not_current_term_carried",
      {Fact::phrase("carrier", entry_phrase(q.words, carrier)), {"carried", carried.count}, {"needed", carried.needed}});
}

void not_confirmed(const Question& q, EntryAnswer& answer) {
  const NodeState& leader = q.world.node(q.leader);
  const Index unwritten = leader.memory.unwritten_from;
  NodeSet known;
  for (const NodeId node : leader.peers()) {
    if (leader.leading.progress[index_of(node)].match_index >= q.entry.index) known.add(node);
  }
  if (unwritten == 0 || q.entry.index < unwritten) known.add(q.leader);
  too_few(q, answer, known, q.entry);
  say(q, answer, "why.not_confirmed", {{"known", q.support(known).count}});
}

/// Nothing keeps the deciding leader's AppendEntries from the node. Else another leader may come first, and Figure 8 tells
/// of an entry that lives on so.
bool leader_gets_there_first(const Question& q) {
  const bool in_touch = is_heard(q, q.leader, q.node) && reach_of(q.world, q.leader).contains(q.node);
  return in_touch && q.world.node(q.leader).durable.current_term >= q.world.node(q.node).durable.current_term;
}

/// The deciding leader's log holds something else at this place, or nothing.
void not_in_leaders_log(const Question& q, EntryAnswer& answer) {
  const Durable& leader = q.world.node(q.leader).durable;
  const bool certain = leader_gets_there_first(q);
  if (leader.log.last_index() < q.entry.index) {
    because(answer, ReasonCode::MissingEntry, {q.entry, leader.log.last_index()});
    say(q, answer, certain ? "why.leader_lacks_it" : "why.leader_lacks_it_apart", {{"last", leader.log.last_index()}});
  } else {
    const EntryId theirs = leader.log.id_at(q.entry.index);
    because(answer, ReasonCode::ConflictingTerm, {theirs, q.entry});
    say(q, answer, certain ? "why.leader_has_another" : "why.leader_has_another_apart", {{"their_term", theirs.term}});
  }
  if (certain) return;
  const Rules& rules = q.world.settings.core.rules;
  const bool stale = leader.current_term < q.world.node(q.node).durable.current_term && rules.on(Rule::RejectStaleTerm) &&
                     rules.on(Rule::StepDownOnHigherTerm);
  say(q, answer, stale ? "why.leader_is_stale" : "why.replaced_if_it_arrives");
}

/// Both logs have an entry at `index`, not the same one. What a snapshot has replaced cannot be compared.
bool differ(const Log& a, const Log& b, Index index) {
  const std::optional<Term> ours = term_in(a, index);
  const std::optional<Term> theirs = term_in(b, index);
  return ours && theirs && *ours != *theirs;
}

/// An entry that is known committed and stands where this one, or one before it, stands; index 0: none.
EntryId committed_instead(const Question& q) {
  for (const NodeId node : nodes_up(q.world)) {
    const NodeState& other = q.world.node(node);
    const Index known = std::min({other.memory.commit_index, q.entry.index, other.durable.log.last_index()});
    const Log& ours = q.world.node(q.node).durable.log;
    if (known == 0 || !differ(ours, other.durable.log, known)) continue;
    // The logs part at or before `known`; the first difference is the one to name.
    Index first = known;
    while (first > 1 && differ(ours, other.durable.log, first - 1)) --first;
    return other.durable.log.id_at(first);
  }
  return {};
}

void doomed(const Question& q, EntryAnswer& answer, EntryId instead) {
  const Log& log = q.world.node(q.node).durable.log;
  because(answer, ReasonCode::ConflictingTerm, {instead, log.id_at(instead.index)});
  say(q, answer, instead.index == q.entry.index ? "why.doomed" : "why.doomed_before",
      {Fact::phrase("instead", entry_phrase(q.words, instead)), {"instead_index", instead.index}});
  const NodeId leader = sim::current_leader(q.world);
  // One of an older term may hold no more than this node does, and is refused by it.
  const auto overwrites = [&] {
    const Durable& disk = q.world.node(leader).durable;
    if (disk.current_term < q.world.node(q.node).durable.current_term || q.world.machine(leader).paused) return false;
    const Log& theirs = disk.log;
    return theirs.last_index() >= instead.index && term_in(theirs, instead.index) != term_in(log, instead.index);
  };
  if (leader == no_node || !overwrites()) {
    say(q, answer, "why.overwritten_by_next_leader");
    return;
  }
  const Fact name("overwriter", node_text(q.words, q.world, leader));
  if (!q.world.machine(q.node).up) {
    because(answer, ReasonCode::NodeIsDown, {q.node});
    say(q, answer, "why.overwritten_after_restart", {name});
  } else if (!reach_of(q.world, leader).contains(q.node)) {
    because_cut(q, answer, leader, q.node);
    say(q, answer, "why.overwritten_after_heal", {name});
  } else {
    say(q, answer, "why.overwritten_when_reached", {name});
  }
}

void committed_here(const Question& q, EntryAnswer& answer) {
  const Support stored = q.support(answer.stored_on);
  because(answer, ReasonCode::CommittedByMajority, {q.entry, stored.count, stored.needed});
  say(q, answer, "why.committed");
}

/// Committed, and somebody knows, but not the node that was asked about.
void not_heard_yet(const Question& q, EntryAnswer& answer, NodeSet know) {
  const Support stored = q.support(answer.stored_on);
  because(answer, ReasonCode::CommittedByMajority, {q.entry, stored.count, stored.needed});
  const Fact knowing("know", node_list(q.words, q.world, know));
  const Fact count("count", know.count());
  if (!q.world.machine(q.node).up) {
    because(answer, ReasonCode::NodeIsDown, {q.node});
    say(q, answer, "why.not_heard_down", {knowing, count});
    return;
  }
  if (q.leader == no_node) {
    say(q, answer, "why.not_heard_no_leader", {knowing, count});
    return;
  }
  if (!q.world.network.is_open(q.leader, q.node)) {
    because_cut(q, answer, q.leader, q.node);
    say(q, answer, "why.not_heard_cut_off", {knowing, count});
    return;
  }
  if (know.contains(q.leader)) {
    say(q, answer, "why.not_heard", {knowing, count});
    return;
  }
  // A new leader holds every committed entry, but does not know which of them are committed (§8).
  const Term current = q.world.node(q.leader).durable.current_term;
  if (q.entry.term == current) {
    say(q, answer, "why.not_heard_from_unaware", {knowing, count});
    return;
  }
  because(answer, ReasonCode::NotCurrentTerm, {q.entry, current});
  say(q, answer, "why.not_heard_leader", {knowing, count});
}

void not_committed(const Question& q, EntryAnswer& answer) {
  const Support up = q.support(nodes_up(q.world));
  if (!up.reached()) {
    too_few(q, answer, answer.stored_on, q.entry);
    for (const NodeId node : q.world.all_nodes() - nodes_up(q.world)) because(answer, ReasonCode::NodeIsDown, {node});
    say(q, answer, "why.majority_down", {{"up", up.count}, {"total", up.total}, {"needed", up.needed}});
    return;
  }
  if (q.leader == no_node) {
    because(answer, ReasonCode::NoLeaderKnown);
    say(q, answer, "why.no_leader_to_commit");
    return;
  }
  if (q.world.machine(q.leader).paused) {
    because(answer, ReasonCode::NodeIsPaused, {q.leader});
    say(q, answer, "why.leader_paused");
    return;
  }
  const Support reached = q.support(reach_of(q.world, q.leader));
  if (!reached.reached()) {
    too_few(q, answer, answer.stored_on, q.entry);
    for (const NodeId node : nodes_up(q.world) - reach_of(q.world, q.leader)) because_cut(q, answer, q.leader, node);
    say(q, answer, counts_itself(q.world, q.leader) ? "why.minority" : "why.minority_apart", {{"n", reached.count}, {"total", reached.total}});
    return;
  }
  if (!holds(q.world, q.leader, q.entry)) {
    not_in_leaders_log(q, answer);
  } else if (!q.support(answer.stored_on).reached()) {
    not_on_majority(q, answer);
  } else if (q.entry.term != q.world.node(q.leader).durable.current_term &&
             q.world.settings.core.rules.on(Rule::CommitOnlyCurrentTerm)) {
    not_current_term(q, answer);
  } else {
    not_confirmed(q, answer);
  }
}

/// There is no such entry in this node's log: who has one, and what keeps it away.
void missing_here(const Question& q, EntryAnswer& answer, Index last) {
  say(q, answer, last == 0 ? "why.missing_empty" : "why.missing", {{"last", last}});
  if (q.leader == no_node || q.leader == q.node) return;
  const Log& log = q.world.node(q.leader).durable.log;
  if (q.entry.index > log.last_index()) {
    say(q, answer, "why.nobody_has_it");
    return;
  }
  Question theirs = q;
  theirs.entry.term = term_in(log, q.entry.index).value_or(0);
  if (theirs.entry.term != 0) because(answer, ReasonCode::MissingEntry, {theirs.entry, last});
  explain_lacking(theirs, answer, q.node);
}

/// §7: this node's snapshot stands for the entry, so that it is committed and applied.
void in_snapshot(const Question& q, EntryAnswer& answer) {
  const EntryId base = q.world.node(q.node).durable.log.base();
  answer.committed_here = answer.committed_anywhere = true;
  for (const NodeId node : q.world.all_nodes()) {
    const NodeState& state = q.world.node(node);
    const bool covers = state.durable.log.base().index >= q.entry.index;
    if (covers || state.memory.commit_index >= q.entry.index) answer.stored_on.add(node);
  }
  because(answer, ReasonCode::TookSnapshot, {base, base.index});
  say(q, answer, "why.in_snapshot", {{"base", base.index}});
}

/// Nodes whose snapshot covers this place of the log, while nobody keeps the entry that it replaced.
NodeSet compacted_elsewhere(const Question& q) {
  NodeSet nodes;
  for (const NodeId node : q.world.all_nodes()) {
    const Log& log = q.world.node(node).durable.log;
    const bool covers = log.base().index >= q.entry.index && !term_in(log, q.entry.index);
    if (covers && !holds(q.world, node, q.entry)) nodes.add(node);
  }
  return nodes;
}

void unknown_entry(const Question& q, EntryAnswer& answer, NodeSet keepers) {
  const NodeId keeper = *keepers.begin();
  const EntryId base = q.world.node(keeper).durable.log.base();
  because(answer, ReasonCode::TookSnapshot, {base, base.index});
  say(q, answer, "why.compacted_elsewhere", {{"keeper", node_text(q.words, q.world, keeper)}, {"base", base.index}});
}

}  // namespace

EntryAnswer explain_entry(const Words& words, const sim::World& world, NodeId node, Index index) {
  EntryAnswer answer;
  const Log& log = world.node(node).durable.log;
  Question q{words, world, node, {index, 0}, deciding_leader(world, node)};
  if (index < 1 || index > log.last_index()) {
    missing_here(q, answer, log.last_index());
    return answer;
  }
  if (index <= log.base().index) {
    in_snapshot(q, answer);
    return answer;
  }
  q.entry = log.id_at(index);
  for (const NodeId other : world.all_nodes()) {
    if (holds(world, other, q.entry)) answer.stored_on.add(other);
  }
  const NodeSet know = nodes_that_know(q);
  answer.committed_here = know.contains(node);
  answer.committed_anywhere = !know.empty();
  if (answer.committed_here) {
    committed_here(q, answer);
  } else if (answer.committed_anywhere) {
    not_heard_yet(q, answer, know);
  } else if (const EntryId instead = committed_instead(q); instead.index != 0) {
    doomed(q, answer, instead);
  } else if (const NodeSet keepers = compacted_elsewhere(q); !keepers.empty()) {
    unknown_entry(q, answer, keepers);
  } else {
    not_committed(q, answer);
  }
  return answer;
}

}  // namespace raft::explain
