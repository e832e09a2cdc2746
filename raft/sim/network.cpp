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

std::size_t weight_of(const Message& message) {
  const auto* append = std::get_if<AppendEntries>(&message.body);
  return 1 + (append != nullptr ? append->entries.size() : 0);
}

std::optional<std::uint32_t> Network::slot_of(MessageId id) const {
  if (!has_ids()) {
    const auto flight = std::find_if(slots_.begin(), slots_.end(), [id](const Flight& one) { return one.id == id; });
    if (flight == slots_.end() || id == no_message) return std::nullopt;
    return static_cast<std::uint32_t>(flight - slots_.begin());
  }
  const auto kept = std::lower_bound(by_id_.begin(), by_id_.end(), id,
                                     [](const Kept& one, MessageId wanted) { return one.id < wanted; });
  if (kept == by_id_.end() || kept->id != id || !is_there(*kept)) return std::nullopt;
  return kept->slot;
}

const Flight* Network::find(MessageId id) const {
  const std::optional<std::uint32_t> slot = slot_of(id);
  return slot ? &slots_[*slot] : nullptr;
}

const Flight* Network::oldest(const MessagePattern& pattern) const {
  // One that will be lost is meant only where there is no other.
  const auto comes_before = [](const Flight& one, const Flight& other) {
    return std::pair(is_doomed(one.fate), one.id) < std::pair(is_doomed(other.fate), other.id);
  };
  const Flight* found = nullptr;
  const auto look_at = [&](const Flight& flight) {
    if (matches(pattern, flight.message) && (found == nullptr || comes_before(flight, *found))) found = &flight;
  };
  if (!has_ids()) {
    for (const Flight& flight : slots_) {
      if (flight.id != no_message) look_at(flight);
    }
    return found;
  }
  for (const Kept& kept : by_id_) {
    if (is_there(kept)) look_at(slots_[kept.slot]);
    if (found != nullptr && !is_doomed(found->fate)) break;
  }
  return found;
}

void Network::keep_all_ids() {
  by_id_.clear();
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].id != no_message) by_id_.push_back({slots_[slot].id, slot});
  }
  std::sort(by_id_.begin(), by_id_.end(), [](const Kept& a, const Kept& b) { return a.id < b.id; });
}

void Network::keep_id(Kept kept) {
  if (by_id_.back().id < kept.id) {  // newly sent, as nearly all are
    by_id_.push_back(kept);
    return;
  }
  const auto place = std::lower_bound(by_id_.begin(), by_id_.end(), kept.id,
                                      [](const Kept& one, MessageId wanted) { return one.id < wanted; });
  if (place->id == kept.id) {
    *place = kept;
  } else {
    by_id_.insert(place, kept);
  }
}

void Network::add(Flight&& flight) {
  auto slot = static_cast<std::uint32_t>(slots_.size());
  if (free_slots_.empty()) {
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  const Kept kept{flight.id, slot};
  order_.insert({flight.ends_at, flight.sequence, slot});
  weight_ += weight_of(flight.message);
  slots_[slot] = std::move(flight);
  if (!has_ids()) return;
  if (by_id_.empty()) {
    keep_all_ids();
  } else {
    keep_id(kept);
  }
}

Flight Network::empty_slot(std::uint32_t slot) {
  Flight flight = std::move(slots_[slot]);
  slots_[slot].id = no_message;
  free_slots_.push_back(slot);
  weight_ -= weight_of(flight.message);
  if (has_ids()) forget_ids();
  return flight;
}

/// Those that are there no more are forgotten when they are the greater part.
void Network::forget_ids() {
  constexpr std::size_t few = 32;
  if (by_id_.size() <= 2 * in_flight() + few) return;
  std::erase_if(by_id_, [this](const Kept& kept) { return !is_there(kept); });
  constexpr std::size_t many = 1024;
  if (slots_.size() > many && slots_.size() > 4 * in_flight()) pack();
}

/// After a flood: a copy of the world is a copy of its slots. Requires that by_id_ has only what is there.
void Network::pack() {
  std::vector<Flight> packed;
  packed.reserve(in_flight());
  std::vector<std::uint32_t> to(slots_.size());
  for (Kept& kept : by_id_) {
    const auto slot = static_cast<std::uint32_t>(packed.size());
    packed.push_back(std::move(slots_[kept.slot]));
    to[kept.slot] = slot;
    kept.slot = slot;
  }
  order_.renumber(to);
  slots_ = std::move(packed);
  free_slots_.clear();
  if (!has_ids()) by_id_.clear();
}

Flight Network::take_first() {
  assert(in_flight() > 0);
  const std::uint32_t slot = order_.first().slot;
  order_.remove_first();
  return empty_slot(slot);
}

Flight Network::take(MessageId id) {
  const std::optional<std::uint32_t> slot = slot_of(id);
  assert(slot);
  order_.remove({slots_[*slot].ends_at, slots_[*slot].sequence, *slot});
  return empty_slot(*slot);
}

void Network::reschedule(MessageId id, Time ends_at, std::int64_t sequence, Fate fate) {
  const std::optional<std::uint32_t> slot = slot_of(id);
  assert(slot);
  Flight& flight = slots_[*slot];
  order_.remove({flight.ends_at, flight.sequence, *slot});
  flight.ends_at = ends_at;
  if (fate == Fate::Arrives && ends_at != never) flight.arrives_at = ends_at;
  flight.sequence = sequence;
  flight.fate = fate;
  order_.insert({ends_at, sequence, *slot});
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
