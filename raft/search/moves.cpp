#include "raft/search/moves.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/act.h"

namespace raft::search {

Moves::Moves(const CoreSettings& settings, std::size_t nodes, const Commands& commands, Interner& node_ids,
             Interner& message_ids)
    : settings_(settings), nodes_(nodes), commands_(commands), node_ids_(node_ids), message_ids_(message_ids) {}

Move Moves::move(Interner::Id node, StepKind kind, std::uint32_t operand) {
  // 36 bits for the node, 3 for the kind, 25 for the operand.
  assert(operand < (1U << 25U));
  const std::uint64_t key = (std::uint64_t{node} << 28U) | (std::uint64_t{operand} << 3U) | static_cast<unsigned>(kind);
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
  decode(before, nodes_, commands_, node_);
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
  move.news.commits = after.leads() && after.commit() != before.commit();
  if (effects_.applied.empty()) return;
  move.news.applied_first = static_cast<std::uint8_t>(effects_.applied.front().index);
  move.news.applied_last = static_cast<std::uint8_t>(effects_.applied.back().index);
}

std::size_t Moves::memory() const {
  return known_.memory() + moves_.capacity() * sizeof(Move) + messages_.capacity() * sizeof(Interner::Id);
}

}  // namespace raft::search
