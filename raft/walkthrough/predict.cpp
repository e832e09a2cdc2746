// One function for each kind of question: whether it can be asked here, and what the copy says.
#include "raft/walkthrough/predict.h"

#include <algorithm>
#include <map>
#include <utility>

#include "raft/walkthrough/ahead.h"

namespace raft::walkthrough {

namespace {

constexpr std::size_t most_choices = 5;

/// Lets a copy go on until `decided` says so; false if it has not been decided within the horizon.
template <typename Decided>
bool play_until_decided(const sim::World& now, const Decided& decided) {
  sim::World world = now;
  return play_ahead(world, now.now + guess_horizon, decided) == Ahead::SeenEnough;
}

void keep_why(Prediction& prediction, const sim::Event& event) {
  prediction.why.clear();
  for (const Reason& reason : event.reasons) prediction.why.push_back({reason, event.node});
}

bool has_reason(const sim::Event& event, ReasonCode code) {
  return std::any_of(event.reasons.begin(), event.reasons.end(),
                     [code](const Reason& reason) { return reason.code == code; });
}

/// Everybody knows of a higher term, or a leader of this one is there.
bool term_is_over(const sim::World& world, Term term) {
  return std::all_of(world.machines.begin(), world.machines.end(),
                     [term](const sim::Machine& machine) { return !machine.up || machine.node.durable.current_term > term; });
}

NodeId leader_of(const sim::World& world, Term term) {
  for (const sim::Machine& machine : world.machines) {
    const NodeState& node = machine.node;
    if (machine.up && node.memory.role == Role::Leader && node.durable.current_term == term) return node.id;
  }
  return no_node;
}

bool says_nobody_won(const sim::Event& event, Term term) {
  return std::any_of(event.reasons.begin(), event.reasons.end(), [term](const Reason& reason) {
    return reason.code == ReasonCode::NoWinner && reason.operands[0].number == term;
  });
}

/// So many votes has each who has stood in the term.
using Votes = std::map<NodeId, int>;

void count_votes(const sim::World& world, Term term, Votes& votes) {
  for (const sim::Machine& machine : world.machines) {
    const NodeState& node = machine.node;
    const bool stands = node.memory.role == Role::Candidate || node.memory.role == Role::Leader;
    if (machine.up && stands && node.durable.current_term == term) votes[node.id] = node.memory.votes_granted.count();
  }
}

struct Outcome {
  NodeId winner = no_node;  // who leads the term in the end; no_node: nobody
  Votes votes = {};
};

Outcome outcome_of(const sim::World& now, Term term, Prediction& prediction) {
  NodeId winner = no_node;
  Votes votes;
  count_votes(now, term, votes);
  play_until_decided(now, [&](const sim::World& world, const sim::Event& event) {
    count_votes(world, term, votes);
    winner = leader_of(world, term);
    const bool over = winner == no_node && term_is_over(world, term);
    // The why of an election that nobody wins is who refused its vote, or that the votes were too few.
    const bool refused = has_reason(event, ReasonCode::LogIsBehind) || has_reason(event, ReasonCode::AlreadyVoted);
    const bool of_this_term = refused && event.flight && event.flight->message.term == term;
    const bool too_few = (over || says_nobody_won(event, term)) && prediction.why.empty();
    if (winner != no_node || of_this_term || too_few) keep_why(prediction, event);
    return winner != no_node || over;
  });
  return {winner, std::move(votes)};
}

std::optional<Prediction> who_wins(const sim::World& now, const sim::Event& last) {
  if (last.kind != sim::EventKind::ElectionTimeout || last.node == no_node) return std::nullopt;
  const NodeState& candidate = now.node(last.node);
  if (candidate.memory.role != Role::Candidate) return std::nullopt;
  Prediction asked{.kind = GuessKind::WhoWins, .node = last.node, .term = candidate.durable.current_term};
  const auto [winner, votes] = outcome_of(now, asked.term, asked);
  asked.nodes.push_back(last.node);
  if (winner != no_node && winner != last.node) asked.nodes.push_back(winner);
  for (const NodeId id : candidate.configuration.all_voters()) {
    const bool listed = std::find(asked.nodes.begin(), asked.nodes.end(), id) != asked.nodes.end();
    if (!listed && asked.nodes.size() + 1 < most_choices && now.machine(id).up) asked.nodes.push_back(id);
  }
  std::sort(asked.nodes.begin(), asked.nodes.end(), [](NodeId a, NodeId b) { return index_of(a) < index_of(b); });
  asked.nodes.push_back(no_node);
  for (const NodeId node : asked.nodes) {
    const auto stood = votes.find(node);
    asked.votes.push_back(stood == votes.end() ? std::nullopt : std::optional(stood->second));
  }
  const auto at = std::find(asked.nodes.begin(), asked.nodes.end(), winner);
  asked.answer = static_cast<std::size_t>(at - asked.nodes.begin());
  return asked;
}

/// Some up voter's log is newer than its own.
bool lacks_something(const sim::World& now, NodeId id) {
  const NodeState& node = now.node(id);
  for (const NodeId other : node.configuration.all_voters()) {
    const Log& log = now.node(other).durable.log;
    const EntryId theirs = log.id_at(log.last_index());
    const EntryId ours = node.durable.log.id_at(node.durable.log.last_index());
    const bool newer = theirs.term != ours.term ? theirs.term > ours.term : theirs.index > ours.index;
    if (now.machine(other).up && newer) return true;
  }
  return false;
}

std::optional<Prediction> can_win(const sim::World& now) {
  const sim::Upcoming next = sim::upcoming(now);
  if (next.what != sim::Upcoming::What::ElectionTimer) return std::nullopt;
  if (now.settings.core.features.pre_vote || !lacks_something(now, next.node)) return std::nullopt;
  Prediction asked{.kind = GuessKind::CanWin, .node = next.node, .term = now.node(next.node).durable.current_term + 1};
  asked.answer = outcome_of(now, asked.term, asked).winner == next.node ? 0 : 1;
  return asked;
}

/// The message that arrives next, if it is one to be decided about.
const sim::Flight* arriving(const sim::World& now, MessageType type) {
  const sim::Upcoming next = sim::upcoming(now);
  if (next.what != sim::Upcoming::What::MessageEnds) return nullptr;
  const sim::Flight* flight = now.network.find(next.message);
  if (flight == nullptr || flight->fate != sim::Fate::Arrives || flight->message.type() != type) return nullptr;
  const NodeId to = flight->message.to.node();
  return now.machine(to).up && !now.machine(to).paused ? flight : nullptr;
}

/// Whether the very next event has a reason that says yes, or one that says no.
std::optional<bool> decided_next(const sim::World& now, Prediction& asked, std::initializer_list<ReasonCode> yes,
                                 std::initializer_list<ReasonCode> no) {
  sim::World world = now;
  sim::Event event;
  if (!sim::advance(world, event)) return std::nullopt;
  keep_why(asked, event);
  for (const ReasonCode code : yes) {
    if (has_reason(event, code)) return true;
  }
  for (const ReasonCode code : no) {
    if (has_reason(event, code)) return false;
  }
  return std::nullopt;
}

std::optional<Prediction> will_grant(const sim::World& now) {
  const sim::Flight* flight = arriving(now, MessageType::RequestVote);
  if (flight == nullptr) return std::nullopt;
  Prediction asked{.kind = GuessKind::WillGrant, .node = flight->message.to.node(),
                   .other = flight->message.from.node(), .term = flight->message.term};
  const std::optional<bool> granted =
      decided_next(now, asked, {ReasonCode::GrantedVote, ReasonCode::GrantedVoteAgain},
                   {ReasonCode::AlreadyVoted, ReasonCode::LogIsBehind, ReasonCode::StaleTerm});
  if (!granted) return std::nullopt;
  asked.answer = *granted ? 0 : 1;
  return asked;
}

std::optional<Prediction> will_accept(const sim::World& now) {
  const sim::Flight* flight = arriving(now, MessageType::AppendEntries);
  if (flight == nullptr) return std::nullopt;
  const auto& append = std::get<AppendEntries>(flight->message.body);
  Prediction asked{.kind = GuessKind::WillAccept, .node = flight->message.to.node(),
                   .other = flight->message.from.node(), .term = flight->message.term,
                   .index = append.prev_log.index + 1};
  // Only what may be refused is worth asking.
  const NodeState& node = now.node(asked.node);
  const bool stale = flight->message.term < node.durable.current_term;
  const bool gap = append.prev_log.index > node.durable.log.last_index();
  const bool differs = !gap && append.prev_log.index > node.durable.log.base().index &&
                       node.durable.log.term_at(append.prev_log.index) != append.prev_log.term;
  if (append.entries.empty() && !stale && !gap && !differs) return std::nullopt;
  sim::World world = now;
  sim::Event event;
  if (!sim::advance(world, event)) return std::nullopt;
  keep_why(asked, event);
  std::optional<bool> success;
  for (const sim::Flight& reply : world.network.flights()) {
    const auto* body = std::get_if<AppendEntriesReply>(&reply.message.body);
    if (body != nullptr && reply.id > now.last_message && reply.message.from == Endpoint(asked.node)) success = body->success;
  }
  if (!success) return std::nullopt;
  asked.answer = *success ? 0 : 1;
  return asked;
}

std::optional<Prediction> will_commit(const sim::World& now, const sim::Event& last) {
  if (!has_reason(last, ReasonCode::AppendedCommand) || last.node == no_node) return std::nullopt;
  const NodeState& leader = now.node(last.node);
  if (leader.memory.role != Role::Leader) return std::nullopt;
  const EntryId entry = leader.durable.log.id_at(leader.durable.log.last_index());
  if (entry.index <= leader.memory.commit_index) return std::nullopt;
  Prediction asked{.kind = GuessKind::WillCommit, .node = last.node, .term = entry.term, .index = entry.index};
  const bool committed = play_until_decided(now, [&](const sim::World& world, const sim::Event& event) {
    for (const sim::Machine& machine : world.machines) {
      const NodeState& node = machine.node;
      const Log& log = node.durable.log;
      if (!machine.up || node.memory.commit_index < entry.index || log.last_index() < entry.index) continue;
      // What a snapshot has gone beyond can be compared no more; one that leads on took its own entries into it.
      const bool leads_on = node.id == asked.node && node.memory.role == Role::Leader && node.durable.current_term == entry.term;
      if (log.base().index > entry.index ? !leads_on : log.term_at(entry.index) != entry.term) continue;
      keep_why(asked, event);
      return true;
    }
    return false;
  });
  asked.answer = committed ? 0 : 1;
  return asked;
}

/// The first index at which two up nodes hold different entries, with the terms that stand there.
std::optional<Index> first_conflict(const sim::World& now, std::vector<Term>& terms) {
  Index last = 0;
  for (const sim::Machine& machine : now.machines) last = std::max(last, machine.node.durable.log.last_index());
  Index first = 1;
  for (const sim::Machine& machine : now.machines) first = std::max(first, machine.node.durable.log.base().index + 1);
  for (Index index = first; index <= last; ++index) {
    terms.clear();
    for (const sim::Machine& machine : now.machines) {
      const Log& log = machine.node.durable.log;
      if (!machine.up || log.last_index() < index) continue;
      const Term term = log.term_at(index);
      if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
    }
    if (terms.size() > 1) return index;
  }
  return std::nullopt;
}

/// The term of the entry that somebody knows committed at the index; 0: none.
Term committed_term(const sim::World& world, Index index) {
  for (const sim::Machine& machine : world.machines) {
    const Log& log = machine.node.durable.log;
    const bool there = log.base().index <= index && index <= log.last_index();
    if (machine.up && machine.node.memory.commit_index >= index && there) return log.term_at(index);
  }
  return 0;
}

std::optional<Prediction> what_survives(const sim::World& now, const sim::Event& last) {
  // Asked when a link has been mended or a node is back: that is when logs meet.
  const bool meet = last.kind == sim::EventKind::Restart || last.kind == sim::EventKind::Network;
  std::vector<Term> terms;
  if (!meet || !now.network.all_open()) return std::nullopt;
  const std::optional<Index> index = first_conflict(now, terms);
  if (!index) return std::nullopt;
  std::sort(terms.begin(), terms.end());
  if (terms.size() >= most_choices) return std::nullopt;
  Prediction asked{.kind = GuessKind::WhatSurvives, .index = *index, .terms = terms};
  asked.terms.push_back(0);
  Term survivor = committed_term(now, *index);
  if (survivor == 0) {
    play_until_decided(now, [&](const sim::World& world, const sim::Event& event) {
      survivor = committed_term(world, *index);
      if (has_reason(event, ReasonCode::DeletedConflicting) || survivor != 0) keep_why(asked, event);
      return survivor != 0;
    });
  }
  const auto at = std::find(asked.terms.begin(), asked.terms.end(), survivor);
  asked.answer = at == asked.terms.end() ? asked.terms.size() - 1 : static_cast<std::size_t>(at - asked.terms.begin());
  return asked;
}

}  // namespace

const char* guess_kind_name(GuessKind kind) {
  switch (kind) {
    case GuessKind::WhoWins: return "who_wins";
    case GuessKind::CanWin: return "can_win";
    case GuessKind::WillGrant: return "will_grant";
    case GuessKind::WillAccept: return "will_accept";
    case GuessKind::WillCommit: return "will_commit";
    case GuessKind::WhatSurvives: return "what_survives";
  }
  return "";
}

std::size_t Prediction::choices() const {
  if (kind == GuessKind::WhoWins) return nodes.size();
  return kind == GuessKind::WhatSurvives ? terms.size() : 2;
}

std::optional<Prediction> predict(const sim::World& now, const sim::Event& last, std::optional<GuessKind> not_again) {
  const auto may = [&](GuessKind kind) { return not_again != kind; };
  std::optional<Prediction> found;
  if (may(GuessKind::WhatSurvives)) found = what_survives(now, last);
  if (!found && may(GuessKind::WhoWins)) found = who_wins(now, last);
  if (!found && may(GuessKind::CanWin)) found = can_win(now);
  if (!found && may(GuessKind::WillCommit)) found = will_commit(now, last);
  if (!found && may(GuessKind::WillAccept)) found = will_accept(now);
  if (!found && may(GuessKind::WillGrant)) found = will_grant(now);
  return found;
}

}  // namespace raft::walkthrough
