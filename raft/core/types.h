// The small vocabulary of the whole project: terms, indexes, nodes, clients and sets of nodes.
// What they mean is Figure 2 of the paper; nothing here knows of time, networks or text.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

namespace raft {

/// §5.1: terms are numbered with consecutive integers; 0 before the first election.
using Term = std::int32_t;

/// Position in a log, first entry 1; 0 means "before the first entry".
using Index = std::int32_t;

/// Microseconds on a node's own clock, which may run fast or slow.
using LocalTime = std::int64_t;

/// A client's operations are numbered 1, 2, …
using Serial = std::int32_t;

/// A leader numbers the rounds in which it asks whether it still leads (dissertation 6.4).
using Round = std::int32_t;

/// Terms, indexes and rounds stay below this: what adds a few to one need not fear the end of its numbers. No run
/// comes here: see most_events in raft/sim/world.h.
inline constexpr std::int32_t max_count = 2'100'000'000;
/// And local times.
inline constexpr LocalTime max_local_time = INT64_MAX / 2;

/// Nodes are numbered from 0 in the order of the cluster's definition; names belong to the world.
enum class NodeId : std::uint8_t {};
inline constexpr NodeId no_node{0xFF};
inline constexpr std::size_t max_nodes = 16;

constexpr std::size_t index_of(NodeId node) { return static_cast<std::size_t>(node); }
constexpr NodeId node_at(std::size_t index) { return static_cast<NodeId>(index); }

/// Clients are numbered from 1 (c1, c2, …); 0 is no client.
enum class ClientId : std::uint8_t {};
inline constexpr ClientId no_client{0};
inline constexpr std::size_t max_clients = 99;

/// An entry of a log is identified by its index and its term (§5.3, Log Matching). Written 5^2.
struct EntryId {
  Index index = 0;
  Term term = 0;
  friend bool operator==(const EntryId&, const EntryId&) = default;
};

/// A set of nodes; iterates in the order of their numbers.
class NodeSet {
 public:
  constexpr NodeSet() = default;
  static constexpr NodeSet from_bits(std::uint16_t bits) {
    NodeSet set;
    set.bits_ = bits;
    return set;
  }
  static constexpr NodeSet first(std::size_t count) {
    assert(count <= max_nodes);
    return from_bits(static_cast<std::uint16_t>((1U << count) - 1U));
  }
  static constexpr NodeSet only(NodeId node) { return from_bits(static_cast<std::uint16_t>(bit(node))); }

  constexpr bool contains(NodeId node) const {
    return index_of(node) < max_nodes && ((bits_ >> index_of(node)) & 1U) != 0;
  }
  constexpr void add(NodeId node) { bits_ = static_cast<std::uint16_t>(bits_ | bit(node)); }
  constexpr void remove(NodeId node) { bits_ = static_cast<std::uint16_t>(bits_ & ~bit(node)); }
  constexpr void clear() { bits_ = 0; }
  constexpr int count() const { return std::popcount(bits_); }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint16_t bits() const { return bits_; }

  class Iterator {
   public:
    constexpr explicit Iterator(std::uint16_t rest) : rest_(rest) {}
    constexpr NodeId operator*() const { return node_at(static_cast<std::size_t>(std::countr_zero(rest_))); }
    constexpr Iterator& operator++() {
      rest_ = static_cast<std::uint16_t>(rest_ & (rest_ - 1U));
      return *this;
    }
    friend constexpr bool operator==(const Iterator&, const Iterator&) = default;

   private:
    std::uint16_t rest_;
  };
  constexpr Iterator begin() const { return Iterator(bits_); }
  constexpr Iterator end() const { return Iterator(0); }

  friend constexpr bool operator==(const NodeSet&, const NodeSet&) = default;
  friend constexpr NodeSet operator&(NodeSet a, NodeSet b) {
    return from_bits(static_cast<std::uint16_t>(a.bits_ & b.bits_));
  }
  friend constexpr NodeSet operator|(NodeSet a, NodeSet b) {
    return from_bits(static_cast<std::uint16_t>(a.bits_ | b.bits_));
  }
  friend constexpr NodeSet operator-(NodeSet a, NodeSet b) {
    return from_bits(static_cast<std::uint16_t>(a.bits_ & ~b.bits_));
  }

 private:
  static constexpr unsigned bit(NodeId node) {
    assert(index_of(node) < max_nodes);
    return 1U << index_of(node);
  }
  std::uint16_t bits_ = 0;
};

/// Who takes part (§6). In joint consensus `next` is C_new beside C_old; otherwise it is empty.
struct Configuration {
  NodeSet voters;
  NodeSet next;
  NodeSet learners;  // dissertation 4.2.1: receive the log, have no vote

  constexpr bool joint() const { return !next.empty(); }
  constexpr NodeSet all_voters() const { return voters | next; }
  constexpr NodeSet members() const { return voters | next | learners; }
  friend constexpr bool operator==(const Configuration&, const Configuration&) = default;
};

/// §5.2: a majority of n voters.
constexpr int majority_of(int voters) { return voters / 2 + 1; }

/// Figure 4: the states of a node.
enum class Role : std::uint8_t {
  Follower,
  Candidate,
  Leader,
  PreCandidate,  // dissertation 9.6: asks whether it could win before it disturbs anyone
};

/// follower, candidate, leader, pre_candidate
const char* role_name(Role role);

}  // namespace raft
