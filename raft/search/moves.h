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
  Moves(const CoreSettings& settings, std::size_t nodes, ChangeBy change_by, Commands& commands, Interner& node_ids,
        Interner& message_ids);

  Move deliver(Interner::Id node, Interner::Id message) { return move(node, StepKind::Deliver, message); }
  Move write(Interner::Id node, CommandNumber command) { return move(node, StepKind::Write, command); }
  Move change(Interner::Id node, CommandNumber wanted) { return move(node, StepKind::Change, wanted); }
  Move move(Interner::Id node, StepKind kind) { return move(node, kind, 0); }
  std::span<const Interner::Id> sends(const Move& move) const {
    return {messages_.data() + move.first_message, move.message_count};
  }

  /// Whether the node is as it was, and has said nothing.
  bool does_nothing(Interner::Id before, const Move& move) const {
    return move.after == before && move.message_count == 0;
  }
  /// The configurations that a leader could be asked for.
  std::span<const CommandNumber> wanted_by_leader(Interner::Id leader);

  std::size_t size() const { return moves_.size(); }
  std::uint64_t memory() const;

 private:
  Move move(Interner::Id node, StepKind kind, std::uint32_t operand);
  Move work_out(Interner::Id node, StepKind kind, std::uint32_t operand);
  Power act(NodeView before, StepKind kind, std::uint32_t operand);
  void note(NodeView before, NodeView after, Move& move) const;

  void want(const Configuration& configuration) { wanted_.push_back(commands_.number(configuration)); }
  void want_changes_of_one(const Configuration& now);
  void want_changes_of_many(const Configuration& now);

  CoreSettings settings_;
  std::size_t nodes_;
  ChangeBy change_by_;
  Commands& commands_;
  Interner& node_ids_;
  Interner& message_ids_;
  IdMap known_;
  std::vector<Move> moves_;
  std::vector<Interner::Id> messages_;
  struct Wanted {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  IdMap wanted_by_;  // by node id, to a place in wanted_lists_
  std::vector<Wanted> wanted_lists_;
  std::vector<CommandNumber> wanted_;
  // Kept, so that their memory is used again.
  NodeState node_;
  Effects effects_;
  Bytes bytes_;
};

}  // namespace raft::search
