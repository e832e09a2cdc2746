// Asks the core once for each pair of node and input, and remembers what it answered.
#include "raft/search/moves.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/act.h"

namespace raft::search {

Moves::Moves(const CoreSettings& settings, std::size_t nodes, ChangeBy change_by, Commands& commands,
             Interner& node_ids, Interner& message_ids)
    : settings_(settings),
      nodes_(nodes),
      change_by_(change_by),
      commands_(commands),
      node_ids_(node_ids),
      message_ids_(message_ids) {}

Move Moves::move(Interner::Id node, StepKind kind, std::uint32_t operand) {
  // 32 bits for the node, 4 for the kind, 28 for the operand.
  assert(operand < (1U << 28U));
  const std::uint64_t key = (std::uint64_t{node} << 32U) | (std::uint64_t{operand} << 4U) | static_cast<unsigned>(kind);
  const std::uint32_t found = known_.find(key);
  if (found != IdMap::none) return moves_[found];
  known_.insert(key, static_cast<std::uint32_t>(moves_.size()));
  const Move made = work_out(node, kind, operand);
  moves_.push_back(made);
  return moves_.back();
}

/// Lets node_ and effects_ live through it.
Power Moves::act(NodeView before, StepKind kind, std::uint32_t operand) {
  Message message;
  Input input;
  Power power = Power::Up;
  switch (kind) {
    case StepKind::Deliver:
      message = decode(MessageView{message_ids_.view(operand)}, commands_);
      input = {.kind = InputKind::Receive, .message = &message};
      break;
    case StepKind::Write:
      message.from = ClientId{1};
      message.to = before.id();
      message.body = ClientRequest{commands_.command(static_cast<CommandNumber>(operand))};
      input = {.kind = InputKind::Receive, .message = &message};
      break;
    case StepKind::Change:
      input = {.kind = InputKind::Configure,
               .configuration = commands_.command(static_cast<CommandNumber>(operand)).configuration};
      break;
    case StepKind::Timeout: input = {.kind = InputKind::ElectionTimeout}; break;
    case StepKind::Heartbeat: input = {.kind = InputKind::HeartbeatTimeout}; break;
    case StepKind::Restart: input = {.kind = InputKind::Start}; break;
    case StepKind::Crash:
      effects_.clear();
      sim::lose_memory(node_, settings_.rules);
      return Power::Crashed;
    case StepKind::Duplicate: assert(false); break;
  }
  step(node_, settings_, input, effects_);
  return power;
}

Move Moves::work_out(Interner::Id id, StepKind kind, std::uint32_t operand) {
  const NodeView before{node_ids_.view(id)};
  decode(before, nodes_, settings_, commands_, node_);
  const Power power = act(before, kind, operand);

  Move move;
  encode(node_, power, nodes_, commands_, bytes_);
  note(before, NodeView{bytes_.view()}, move);
  move.after = node_ids_.intern(bytes_.view());
  move.first_message = static_cast<std::uint32_t>(messages_.size());
  for (const Message& message : effects_.messages) {
    if (!message.to.is_node()) continue;  // answers to clients change nothing here
    encode(message, settings_.rules, commands_, bytes_);
    messages_.push_back(message_ids_.intern(bytes_.view()));
    ++move.message_count;
  }
  return move;
}

/// What check::Safety would look at after this event.
void Moves::note(NodeView before, NodeView after, Move& move) const {
  Index kept = std::min(before.last(), after.last());
  if (effects_.deleted_from != 0) kept = std::min(kept, effects_.deleted_from - 1);
  move.log_changed = kept < before.last() || after.last() > kept;
  const bool still_leads = after.leads() || (after.power() == Power::Up && after.term() == before.term());
  if (before.leads() && kept < before.last() && still_leads) {
    move.leader_deleted_from = static_cast<std::uint8_t>(kept + 1);
  }
  move.news.node = after.id();
  move.news.begins_to_lead = after.leads() && (!before.leads() || after.term() != before.term());
  const bool led_on = before.leads() && after.power() == Power::Up && after.term() == before.term();
  move.news.commits = (after.leads() || led_on) && after.commit() != before.commit();
  if (effects_.applied.empty()) return;
  move.news.applied_first = static_cast<std::uint8_t>(effects_.applied.front().index);
  move.news.applied_last = static_cast<std::uint8_t>(effects_.applied.back().index);
}

std::span<const CommandNumber> Moves::wanted_by_leader(Interner::Id leader) {
  std::uint32_t at = wanted_by_.find(leader);
  if (at == IdMap::none) {
    at = static_cast<std::uint32_t>(wanted_lists_.size());
    wanted_by_.insert(leader, at);
    decode(NodeView{node_ids_.view(leader)}, nodes_, settings_, commands_, node_);
    const auto first = static_cast<std::uint32_t>(wanted_.size());
    if (change_by_ == ChangeBy::OneNode) {
      want_changes_of_one(node_.configuration);
    } else {
      want_changes_of_many(node_.configuration);
    }
    wanted_lists_.push_back({first, static_cast<std::uint32_t>(wanted_.size()) - first});
  }
  return {wanted_.data() + wanted_lists_[at].first, wanted_lists_[at].count};
}

/// `add` and `remove` of each node, as sim::wanted_change reads them.
void Moves::want_changes_of_one(const Configuration& now) {
  for (std::size_t i = 0; i < nodes_; ++i) {
    const NodeId node = node_at(i);
    Configuration wanted = now;
    wanted.learners.remove(node);
    if (now.voters.contains(node)) {
      wanted.voters.remove(node);
      if (!wanted.voters.empty()) want(wanted);
      continue;
    }
    if (now.learners.contains(node)) want(wanted);
    wanted.voters.add(node);
    want(wanted);
  }
}

/// `reconfigure` to each other set of voters.
void Moves::want_changes_of_many(const Configuration& now) {
  for (unsigned bits = 1; bits < (1U << nodes_); ++bits) {
    const NodeSet next = NodeSet::from_bits(static_cast<std::uint16_t>(bits));
    if (next != now.voters) want({.voters = now.voters, .next = next, .learners = now.learners - next});
  }
}

std::uint64_t Moves::memory() const {
  return known_.memory() + wanted_by_.memory() + wanted_.capacity() + wanted_lists_.capacity() * sizeof(Wanted) +
          moves_.capacity() * sizeof(Move) + messages_.capacity() * sizeof(Interner::Id);
}

}  // namespace raft::search
