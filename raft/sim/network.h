// Messages in flight and links. The network carries messages and knows nothing of consensus.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "raft/core/message.h"
#include "raft/core/reason.h"
#include "raft/sim/end_order.h"
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

/// What the message weighs: itself and every entry that it carries.
std::size_t weight_of(const Message& message);

/// So much may be under way at once. In an hour in which nothing arrives a leader of eleven sends 720,000 heartbeats; a
/// million take about 200 MB.
inline constexpr std::size_t most_under_way = 1'000'000;

/// `drop next …` and its kin, waiting for the message they were said for.
struct NextRule {
  enum class Action : std::uint8_t { Drop, Deliver, Delay, Duplicate };
  Action action = Action::Drop;
  MessagePattern pattern;
  Time time = 0;  // Delay: by how much; Duplicate: how long after
};

class Network {
 public:
  std::size_t in_flight() const { return order_.size(); }
  /// All of them, in the order in which they end.
  class Flights;
  Flights flights() const;
  /// The one at that place in the order; to see all of them, flights() is quicker.
  const Flight& flight(std::size_t position) const { return slots_[order_.at(position).slot]; }
  const Flight& first() const { return slots_[order_.first().slot]; }
  /// Of all that is in flight.
  std::size_t weight() const { return weight_; }
  const Flight* find(MessageId id) const;
  /// The oldest, by time of sending, that matches and is not to be lost, else the oldest; null if there is none.
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
  /// Where the flight `id` is kept, if it is the one that is kept there now.
  struct Kept {
    MessageId id = no_message;
    std::uint32_t slot = 0;
  };
  bool is_there(const Kept& kept) const { return slots_[kept.slot].id == kept.id; }
  /// With few slots all of them are looked at instead.
  bool has_ids() const { return slots_.size() > 64; }
  std::optional<std::uint32_t> slot_of(MessageId id) const;
  void keep_id(Kept kept);
  void keep_all_ids();
  /// Its place in the order is forgotten already.
  Flight empty_slot(std::uint32_t slot);
  void forget_ids();
  void pack();

  EndOrder order_;
  std::vector<Flight> slots_;  // id == no_message: free
  std::vector<std::uint32_t> free_slots_;
  std::vector<Kept> by_id_;  // sorted, with some that are there no more; empty unless has_ids()
  std::size_t weight_ = 0;
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

class Network::Flights {
 public:
  class Iterator {
   public:
    Iterator(const EndOrder::Iterator& at, const Flight* slots) : at_(at), slots_(slots) {}
    const Flight& operator*() const { return slots_[(*at_).slot]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    EndOrder::Iterator at_;
    const Flight* slots_;
  };
  Iterator begin() const { return {order_.begin(), slots_}; }
  Iterator end() const { return {order_.end(), slots_}; }

 private:
  friend class Network;
  Flights(const EndOrder& order, const Flight* slots) : order_(order), slots_(slots) {}

  const EndOrder& order_;
  const Flight* slots_;
};

inline Network::Flights Network::flights() const { return {order_, slots_.data()}; }

/// Why nothing passes from one to the other: who, and since when.
Reason link_is_cut(const Network& network, NodeId from, NodeId to);

}  // namespace raft::sim
