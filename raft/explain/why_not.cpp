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
  int total;
  int needed;
  NodeId leader = no_node;  // whose decision it is
};

bool leads(const sim::World& world, NodeId node) {
  return node != no_node && world.machine(node).up && world.node(node).memory.role == Role::Leader;
}

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
  return {Fact::phrase("entry", entry_phrase(q.words, q.entry)),
          {"index", q.entry.index},
          {"entry_term", q.entry.term},
          {"node", node_text(q.words, q.world, q.node)},
          {"leader", node_text(q.words, q.world, q.leader)},
          {"term", q.leader == no_node ? 0 : q.world.node(q.leader).durable.current_term},
          {"stored", answer.stored_on.count()},
          {"total", q.total},
          {"needed", q.needed}};
}

void say(const Question& q, EntryAnswer& answer, std::string_view key, const std::vector<Fact>& more = {}) {
  std::vector<Fact> all = facts(q, answer);
  all.insert(all.end(), more.begin(), more.end());
  add_sentence(q.words, answer.sentence, q.words.fill(key, all));
}

void because(EntryAnswer& answer, ReasonCode code, std::initializer_list<Operand> operands = {}) {
  answer.reasons.emplace_back(code, operands);
}

// --- what keeps one follower from having it --------------------------------------------------------------------

bool on_its_way(const Question& q, NodeId from, NodeId to) {
  for (std::size_t i = 0; i < q.world.network.in_flight(); ++i) {
    const Message& message = q.world.network.flight(i).message;
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
  if (before > log.last_index()) return false;
  return !holds(q.world, follower, log.id_at(before));
}

void explain_lacking(const Question& q, EntryAnswer& answer, NodeId follower) {
  const Fact name("follower", node_text(q.words, q.world, follower));
  if (!q.world.machine(follower).up) {
    because(answer, ReasonCode::NodeIsDown, {follower});
    say(q, answer, "why.lacks_down", {name});
    return;
  }
  if (!reach_of(q.world, q.leader).contains(follower)) {
    because(answer, ReasonCode::LinkIsCut);
    say(q, answer, "why.lacks_cut_off", {name});
    return;
  }
  if (walks_back(q, follower)) {
    const Index next = q.world.node(q.leader).leading.progress[index_of(follower)].next_index;
    because(answer, ReasonCode::WalkedBack, {follower, next});
    say(q, answer, "why.lacks_walks_back", {name, {"next", next}});
    return;
  }
  say(q, answer, on_its_way(q, q.leader, follower) ? "why.lacks_on_its_way" : "why.lacks_next_heartbeat", {name});
}

// --- the answers ----------------------------------------------------------------------------------------------

void not_on_majority(const Question& q, EntryAnswer& answer) {
  because(answer, ReasonCode::NotOnMajority, {q.entry, answer.stored_on.count(), q.needed});
  say(q, answer, "why.not_on_majority");
  for (const NodeId follower : q.world.all_nodes() - answer.stored_on) {
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
  Index own = q.entry.index;
  while (own <= leader.durable.log.last_index() && leader.durable.log.term_at(own) != current) ++own;
  if (own > leader.durable.log.last_index()) {
    say(q, answer, "why.not_current_term");
    return;
  }
  const EntryId carrier{own, current};
  int carried = 0;
  for (const NodeId node : q.world.all_nodes()) carried += holds(q.world, node, carrier) ? 1 : 0;
  because(answer, ReasonCode::NotOnMajority, {carrier, carried, q.needed});
  say(q, answer, "why.not_current_term_carried",
      {Fact::phrase("carrier", entry_phrase(q.words, carrier)), {"carried", carried}});
}

void not_confirmed(const Question& q, EntryAnswer& answer) {
  int known = 0;
  for (const NodeId node : q.world.all_nodes()) {
    const bool matches = q.world.node(q.leader).leading.progress[index_of(node)].match_index >= q.entry.index;
    known += node == q.leader || matches ? 1 : 0;
  }
  because(answer, ReasonCode::NotOnMajority, {q.entry, known, q.needed});
  say(q, answer, "why.not_confirmed", {{"known", known}});
}

/// The deciding leader's log holds something else at this place, or nothing.
void not_in_leaders_log(const Question& q, EntryAnswer& answer) {
  const Log& log = q.world.node(q.leader).durable.log;
  if (log.last_index() < q.entry.index) {
    because(answer, ReasonCode::MissingEntry, {q.entry, log.last_index()});
    say(q, answer, "why.leader_lacks_it", {{"last", log.last_index()}});
    return;
  }
  const EntryId theirs = log.id_at(q.entry.index);
  because(answer, ReasonCode::ConflictingTerm, {theirs, q.entry});
  say(q, answer, "why.leader_has_another",
      {Fact::phrase("theirs", entry_phrase(q.words, theirs)), {"their_term", theirs.term}});
}

/// An entry that is known committed and stands where this one, or one before it, stands; index 0: none.
EntryId committed_instead(const Question& q) {
  for (const NodeId node : nodes_up(q.world)) {
    const NodeState& other = q.world.node(node);
    const Index known = std::min({other.memory.commit_index, q.entry.index, other.durable.log.last_index()});
    if (known == 0) continue;
    const Log& ours = q.world.node(q.node).durable.log;
    if (ours.term_at(known) == other.durable.log.term_at(known)) continue;
    // The logs part at or before `known`; the first difference is the one to name.
    Index first = known;
    while (first > 1 && ours.term_at(first - 1) != other.durable.log.term_at(first - 1)) --first;
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
  if (leader == no_node || leader == q.node) {
    say(q, answer, "why.overwritten_by_next_leader");
    return;
  }
  const Fact name("overwriter", node_text(q.words, q.world, leader));
  if (!q.world.machine(q.node).up) {
    because(answer, ReasonCode::NodeIsDown, {q.node});
    say(q, answer, "why.overwritten_after_restart", {name});
  } else if (!reach_of(q.world, leader).contains(q.node)) {
    because(answer, ReasonCode::LinkIsCut);
    say(q, answer, "why.overwritten_after_heal", {name});
  } else {
    say(q, answer, "why.overwritten_when_reached", {name});
  }
}

void committed_here(const Question& q, EntryAnswer& answer) {
  because(answer, ReasonCode::CommittedByMajority, {q.entry, answer.stored_on.count(), q.needed});
  say(q, answer, "why.committed");
}

/// Committed, and somebody knows, but not the node that was asked about.
void not_heard_yet(const Question& q, EntryAnswer& answer, NodeSet know) {
  because(answer, ReasonCode::CommittedByMajority, {q.entry, answer.stored_on.count(), q.needed});
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
  if (!reach_of(q.world, q.leader).contains(q.node)) {
    because(answer, ReasonCode::LinkIsCut);
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
  const int up = nodes_up(q.world).count();
  if (up < q.needed) {
    because(answer, ReasonCode::NotOnMajority, {q.entry, answer.stored_on.count(), q.needed});
    for (const NodeId node : q.world.all_nodes() - nodes_up(q.world)) because(answer, ReasonCode::NodeIsDown, {node});
    say(q, answer, "why.majority_down", {{"up", up}});
    return;
  }
  if (q.leader == no_node) {
    because(answer, ReasonCode::NoLeaderKnown);
    say(q, answer, "why.no_leader_to_commit");
    return;
  }
  const int reached = reach_of(q.world, q.leader).count();
  if (reached < q.needed) {
    because(answer, ReasonCode::NotOnMajority, {q.entry, answer.stored_on.count(), q.needed});
    because(answer, ReasonCode::LinkIsCut);
    say(q, answer, "why.minority", {{"n", reached}});
    return;
  }
  if (!holds(q.world, q.leader, q.entry)) {
    not_in_leaders_log(q, answer);
  } else if (answer.stored_on.count() < q.needed) {
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
  theirs.entry = log.id_at(q.entry.index);
  because(answer, ReasonCode::MissingEntry, {theirs.entry, last});
  explain_lacking(theirs, answer, q.node);
}

}  // namespace

EntryAnswer explain_entry(const Words& words, const sim::World& world, NodeId node, Index index) {
  EntryAnswer answer;
  const Log& log = world.node(node).durable.log;
  Question q{words, world, node, {index, 0}, static_cast<int>(world.node_count()), quorum_of(world)};
  q.leader = deciding_leader(world, node);
  if (index < 1 || index > log.last_index()) {
    missing_here(q, answer, log.last_index());
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
  } else {
    not_committed(q, answer);
  }
  return answer;
}

}  // namespace raft::explain
