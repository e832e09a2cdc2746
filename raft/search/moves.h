// What one input does to one node, by the real core. A step depends on the node and the input alone, and a search
// meets the same few over and over: each is worked out once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "raft/core/step.h"
#include "raft/search/bounds.h"
#include "raft/search/codec.h"
#include "raft/search/id_map.h"
#include "raft/search/interner.h"
#include "raft/search/past.h"

namespace raft::search {

struct Move {
  Interner::Id after = 0;
  std::uint32_t first_message = 0;  // of those it sends: see Moves::sends
  std::uint8_t message_count = 0;
  bool log_changed = false;
  std::uint8_t leader_deleted_from = 0;  // not 0: Leader Append-Only is broken
  News news;
};

class Moves {
 public:
  Moves(const CoreSettings& settings, std::size_t nodes, const Commands& commands, Interner& node_ids,
        Interner& message_ids);

  Move deliver(Interner::Id node, Interner::Id message) { return move(node, StepKind::Deliver, message); }
  Move write(Interner::Id node, CommandNumber command) { return move(node, StepKind::Write, command); }
  Move move(Interner::Id node, StepKind kind) { return move(node, kind, 0); }
  std::span<const Interner::Id> sends(const Move& move) const {
    return {messages_.data() + move.first_message, move.message_count};
  }

  std::size_t size() const { return moves_.size(); }
  std::size_t memory() const;

 private:
  Move move(Interner::Id node, StepKind kind, std::uint32_t operand);
  Move work_out(Interner::Id node, StepKind kind, std::uint32_t operand);
  Power act(NodeView before, StepKind kind, std::uint32_t operand);
  void note(NodeView before, NodeView after, Move& move) const;

  CoreSettings settings_;
  std::size_t nodes_;
  const Commands& commands_;
  Interner& node_ids_;
  Interner& message_ids_;
  IdMap known_;
  std::vector<Move> moves_;
  std::vector<Interner::Id> messages_;
  // Kept, so that their memory is used again.
  NodeState node_;
  Effects effects_;
  Bytes bytes_;
};

}  // namespace raft::search
