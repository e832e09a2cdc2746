// Messages in flight and links. The network carries messages and knows nothing of consensus.
#pragma once

#include <array>
#include <vector>

#include "raft/core/message.h"
#include "raft/core/reason.h"
#include "raft/sim/intervention.h"
#include "raft/sim/sim_time.h"

namespace raft::sim {

/// What becomes of a message; decided when it is sent, or by an intervention.
enum class Fate : std::uint8_t {
  Arrives,
  LostByChance,
  LinkIsCut,
  DroppedByHand,
  Held,     // waits in the tray of a held link
  Waiting,  // has arrived, at a node that is paused
};

constexpr bool is_doomed(Fate fate) {
  return fate == Fate::LostByChance || fate == Fate::LinkIsCut || fate == Fate::DroppedByHand;
}

/// A message on its way. Between `sent_at` and `arrives_at` nothing about it changes.
struct Flight {
  MessageId id = no_message;
  Message message;
  Time sent_at = 0;
  Time arrives_at = 0;  // when it would arrive
  Time ends_at = 0;     // when it does arrive, or dies on the way
  std::int64_t sequence = 0;
  Fate fate = Fate::Arrives;
};

/// `drop next …` and its kin, waiting for the message they were said for.
struct NextRule {
  enum class Action : std::uint8_t { Drop, Deliver, Delay, Duplicate };
  Action action = Action::Drop;
  MessagePattern pattern;
  Time time = 0;  // Delay: by how much; Duplicate: how long after
};

class Network {
 public:
  /// In the order in which they end.
  std::size_t in_flight() const { return order_.size() - taken_; }
  const Flight& flight(std::size_t position) const { return slots_[order_[taken_ + position].slot]; }
  const Flight* find(MessageId id) const;
  /// The oldest, by time of sending, that matches; null if there is none.
  const Flight* oldest(const MessagePattern& pattern) const;

  void add(Flight&& flight);
  /// Removes the flight `id`, which must exist.
  Flight take(MessageId id);
  Flight take_first();
  /// Gives the flight `id` a new end; `fate` and times are the caller's.
  void reschedule(MessageId id, Time ends_at, std::int64_t sequence, Fate fate);

  bool is_open(NodeId from, NodeId to) const { return !blocked_[index_of(from)].contains(to); }
  /// `now`: what is cut is known to be so since then.
  void set_open(NodeId from, NodeId to, bool open, Time now);
  /// Since when nothing passes from one to the other; -1 while the link is open. It decides nothing.
  Time cut_since(NodeId from, NodeId to) const;
  bool all_open() const;
  NodeSet blocked_from(NodeId from) const { return blocked_[index_of(from)]; }

  bool is_held(NodeId from, NodeId to) const { return held_[index_of(from)].contains(to); }
  void set_held(NodeId from, NodeId to, bool held);
  NodeSet held_from(NodeId from) const { return held_[index_of(from)]; }

  std::vector<NextRule> next_rules;  // in the order they were said
  std::vector<DropEvery> dropped;    // every message that matches one of these is lost

 private:
  struct Order {
    Time ends_at = 0;
    std::int64_t sequence = 0;
    std::uint32_t slot = 0;
  };
  void insert(const Order& order);
  /// Frees the slot of what ends at that position and forgets its place.
  std::uint32_t free_slot(std::size_t position);
  std::size_t position_of(MessageId id) const;

  std::vector<Order> order_;  // sorted by (ends_at, sequence); those in front that have been taken are still there
  std::size_t taken_ = 0;     // so many: the front of a vector is dear to remove
  std::vector<Flight> slots_;
  std::vector<std::uint32_t> free_slots_;
  /// Kept beside `blocked_`, which is asked for every message.
  struct CutWay {
    NodeId from = no_node;
    NodeId to = no_node;
    Time since = 0;
  };
  std::vector<CutWay> cut_ways_;
  std::array<NodeSet, max_nodes> blocked_{};
  std::array<NodeSet, max_nodes> held_{};
};

/// Why nothing passes from one to the other: who, and since when.
Reason link_is_cut(const Network& network, NodeId from, NodeId to);

}  // namespace raft::sim
