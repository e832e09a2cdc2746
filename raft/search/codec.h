// Nodes and messages as a few bytes, and back: exactly what decides the future of a cluster without clocks, in
// a canonical form. What is left out, and why, stands at each field in codec.cpp.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <span>

#include "raft/core/input.h"
#include "raft/core/message.h"
#include "raft/core/node_state.h"
#include "raft/search/commands.h"

namespace raft::search {

// Terms, indexes and command numbers each fit a byte.
inline constexpr std::int32_t max_explored_term = 200;
inline constexpr std::int32_t max_explored_index = 60;

enum class Power : std::uint8_t {
  Up,
  Down,     // the start found it crashed: it may stay so
  Crashed,  // the explorer crashed it: the next step restarts it
};

using View = std::span<const std::uint8_t>;

class Bytes {
 public:
  void clear() { size_ = 0; }
  template <typename Number>
  void add(Number number) {
    assert(size_ < bytes_.size());
    bytes_[size_++] = static_cast<std::uint8_t>(number);
  }
  View view() const { return {bytes_.data(), size_}; }
  std::uint8_t& operator[](std::size_t i) { return bytes_[i]; }

 private:
  std::array<std::uint8_t, 512> bytes_{};
  std::size_t size_ = 0;
};

/// Where the parts of an encoded node lie.
struct NodeView {
  static constexpr std::size_t header = 9;
  View bytes;

  NodeId id() const { return node_at(bytes[0] & 15U); }
  Power power() const { return static_cast<Power>(bytes[0] >> 4U); }
  Role role() const { return static_cast<Role>(bytes[1]); }
  Term term() const { return bytes[2]; }
  NodeId vote() const { return static_cast<NodeId>(bytes[3]); }
  NodeSet votes() const { return NodeSet::from_bits(bytes[4]); }
  Index commit() const { return bytes[5]; }
  Index applied() const { return bytes[6]; }
  Index last() const { return bytes[7]; }
  /// Of the configuration before any entry.
  CommandNumber first_configuration() const { return bytes[8]; }
  Term term_at(Index index) const { return index == 0 ? 0 : bytes[entry_at(index)]; }
  CommandNumber command_at(Index index) const { return bytes[entry_at(index) + 1]; }
  /// Of a leader.
  Index next(NodeId peer) const { return bytes[progress_at(peer)]; }
  Index match(NodeId peer) const { return bytes[progress_at(peer) + 1]; }
  Index sent(NodeId peer) const { return bytes[progress_at(peer) + 2]; }

  std::size_t entry_at(Index index) const { return header + 2 * static_cast<std::size_t>(index - 1); }
  std::size_t progress_at(NodeId peer) const {
    return header + 2 * static_cast<std::size_t>(last()) + 3 * index_of(peer);
  }
  bool leads() const { return role() == Role::Leader && power() == Power::Up; }
};

/// Where the parts of an encoded message lie. What an entry of a message is: term_at and command_at by position.
struct MessageView {
  View bytes;

  MessageType type() const { return static_cast<MessageType>(bytes[0]); }
  NodeId from() const { return static_cast<NodeId>(bytes[1]); }
  NodeId to() const { return static_cast<NodeId>(bytes[2]); }
  Term term() const { return bytes[3]; }
  bool granted() const { return bytes[4] != 0; }  // RequestVoteReply
  bool success() const { return bytes[4] != 0; }  // AppendEntriesReply
  Index prev() const { return bytes[type() == MessageType::AppendEntries ? 4 : 5]; }
  Term prev_term() const { return bytes[5]; }     // AppendEntries
  Index commit() const { return bytes[6]; }
  Index count() const { return bytes[7]; }
  Term term_at(Index position) const { return bytes[8 + 2 * static_cast<std::size_t>(position)]; }
  std::size_t command_byte(Index position) const { return 9 + 2 * static_cast<std::size_t>(position); }
  CommandNumber command_at(Index position) const { return bytes[command_byte(position)]; }
  Index match() const { return bytes[6]; }        // AppendEntriesReply
};

void encode(const NodeState& node, Power power, std::size_t nodes, Commands& commands, Bytes& bytes);
/// `node` may hold anything; it is overwritten.
void decode(NodeView bytes, std::size_t nodes, const CoreSettings& settings, const Commands& commands, NodeState& node);

/// Whether the explorer knows this kind of message: those of Figure 2 between nodes.
bool is_explored(const Message& message);
void encode(const Message& message, const Rules& rules, Commands& commands, Bytes& bytes);
Message decode(MessageView bytes, const Commands& commands);

/// The same node, of whose role and vote only is kept what matters to one that does nothing more in its term.
void retire(NodeView node, Bytes& bytes);

void rename(NodeView node, std::size_t nodes, const Renaming& renaming, Commands& commands, Bytes& bytes);
void rename(MessageView message, const Renaming& renaming, Commands& commands, Bytes& bytes);

}  // namespace raft::search
