// The messages in flight, kept in the order in which they end, and the links.
#include "raft/sim/network.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace raft::sim {

const char* origin_name(Origin origin) {
  switch (origin) {
    case Origin::Script: return "script";
    case Origin::Mouse: return "mouse";
    case Origin::Key: return "key";
    case Origin::Palette: return "palette";
  }
  return "";
}

bool matches(const MessagePattern& pattern, const Message& message) {
  if (!pattern.any_from && pattern.from != message.from) return false;
  if (!pattern.any_to && pattern.to != message.to) return false;
  switch (pattern.types) {
    case MessagePattern::Types::Any: return true;
    case MessagePattern::Types::Heartbeats: return is_heartbeat(message);
    case MessagePattern::Types::One: return pattern.type == message.type();
  }
  return false;
}

std::size_t Network::position_of(MessageId id) const {
  std::size_t position = 0;
  while (position < in_flight() && flight(position).id != id) ++position;
  return position;
}

const Flight* Network::find(MessageId id) const {
  const std::size_t position = position_of(id);
  return position < in_flight() ? &flight(position) : nullptr;
}

const Flight* Network::oldest(const MessagePattern& pattern) const {
  const Flight* found = nullptr;
  for (std::size_t i = 0; i < in_flight(); ++i) {
    const Flight& candidate = flight(i);
    if (matches(pattern, candidate.message) && (found == nullptr || candidate.id < found->id)) found = &candidate;
  }
  return found;
}

void Network::insert(const Order& order) {
  const auto before = [](const Order& a, const Order& b) {
    return a.ends_at != b.ends_at ? a.ends_at < b.ends_at : a.sequence < b.sequence;
  };
  const auto first = order_.begin() + static_cast<std::ptrdiff_t>(taken_);
  order_.insert(std::upper_bound(first, order_.end(), order, before), order);
}

void Network::add(Flight&& flight) {
  std::uint32_t slot = 0;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  insert({flight.ends_at, flight.sequence, slot});
  slots_[slot] = std::move(flight);
}

std::uint32_t Network::free_slot(std::size_t position) {
  const std::uint32_t slot = order_[taken_ + position].slot;
  free_slots_.push_back(slot);
  if (position > 0) {
    order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(taken_ + position));
  } else if (++taken_ * 2 > order_.size()) {
    order_.erase(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
  }
  return slot;
}

Flight Network::take_first() {
  assert(in_flight() > 0);
  return std::move(slots_[free_slot(0)]);
}

Flight Network::take(MessageId id) {
  const std::size_t position = position_of(id);
  assert(position < in_flight());
  return std::move(slots_[free_slot(position)]);
}

void Network::reschedule(MessageId id, Time ends_at, std::int64_t sequence, Fate fate) {
  Flight flight = take(id);
  flight.ends_at = ends_at;
  if (fate == Fate::Arrives && ends_at != never) flight.arrives_at = ends_at;
  flight.sequence = sequence;
  flight.fate = fate;
  add(std::move(flight));
}

void Network::set_open(NodeId from, NodeId to, bool open, Time now) {
  if (open == is_open(from, to)) return;
  if (open) {
    blocked_[index_of(from)].remove(to);
    std::erase_if(cut_ways_, [from, to](const CutWay& way) { return way.from == from && way.to == to; });
  } else {
    blocked_[index_of(from)].add(to);
    cut_ways_.push_back({from, to, now});
  }
}

Time Network::cut_since(NodeId from, NodeId to) const {
  const auto same = [from, to](const CutWay& way) { return way.from == from && way.to == to; };
  const auto way = std::find_if(cut_ways_.begin(), cut_ways_.end(), same);
  return way != cut_ways_.end() ? way->since : -1;
}

void Network::set_held(NodeId from, NodeId to, bool held) {
  if (held) {
    held_[index_of(from)].add(to);
  } else {
    held_[index_of(from)].remove(to);
  }
}

bool Network::all_open() const {
  return std::all_of(blocked_.begin(), blocked_.end(), [](NodeSet blocked) { return blocked.empty(); });
}

Reason link_is_cut(const Network& network, NodeId from, NodeId to) {
  return Reason(ReasonCode::LinkIsCut, {from, to, Operand::moment_of(network.cut_since(from, to))});
}

}  // namespace raft::sim
