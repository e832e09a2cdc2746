// What is in flight after a step, and the fingerprint of the state that this makes.
#include <algorithm>

#include "raft/search/successors.h"

namespace raft::search {

bool Successors::can_matter(Interner::Id id) const {
  const MessageView what = message(id);
  const PastFacts& facts = past_facts_[next_.past];
  const bool may_crash = facts.crashes < bounds_.crashes;
  return relevance_.can_matter(what, views_[index_of(what.from())], views_[index_of(what.to())], facts.level,
                               may_crash);
}

/// What is in flight still, and what the step sends. A second copy of a message in flight is a duplicate of it,
/// whoever made it, and comes about only by that step.
void Successors::gather_messages(std::size_t changed, const Move& move, int received) {
  candidates_.clear();
  const bool look_at_all = next_.past != state_.past;
  for (int place = 0; place < state_.message_count; ++place) {
    if (place == received) continue;
    const Interner::Id id = state_.messages[static_cast<std::size_t>(place)];
    const MessageView what = message(id);
    const bool concerned = index_of(what.from()) == changed || index_of(what.to()) == changed;
    if ((!concerned && !look_at_all) || can_matter(id)) candidates_.push_back(id);
  }
  for (const Interner::Id id : moves_.sends(move)) {
    const bool in_flight = std::find(candidates_.begin(), candidates_.end(), id) != candidates_.end();
    if (!in_flight && can_matter(id)) candidates_.push_back(id);
  }
}

void Successors::put_in_flight() {
  const auto room = static_cast<std::size_t>(bounds_.messages);
  if (candidates_.size() > room) {
    lose_surplus();
    return;
  }
  sum_nodes(next_, sums_without_messages_);
  next_.message_count = static_cast<std::uint8_t>(candidates_.size());
  std::copy(candidates_.begin(), candidates_.end(), next_.messages.begin());
  emit();
}

/// Every choice of what is lost. Never more than the surplus: whatever can happen with less in flight can happen
/// with more.
void Successors::lose_surplus() {
  const std::size_t surplus = candidates_.size() - static_cast<std::size_t>(bounds_.messages);
  if (bounds_.drops != unlimited) {
    decode(past_ids_.view(next_.past), past_);
    if (past_.drops + surplus > static_cast<std::size_t>(bounds_.drops)) return;
    past_.drops = static_cast<std::uint8_t>(past_.drops + surplus);
    next_.past = intern(past_);
  }
  sum_nodes(next_, sums_without_messages_);
  next_.message_count = static_cast<std::uint8_t>(bounds_.messages);
  // Each set bit is a message that stays; the next larger number with as many bits is the next choice.
  const std::uint32_t end = std::uint32_t{1} << candidates_.size();
  for (std::uint32_t kept = (std::uint32_t{1} << bounds_.messages) - 1; kept < end;) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if ((kept >> i & 1U) != 0) next_.messages[count++] = candidates_[i];
    }
    emit();
    const std::uint32_t lowest = kept & (~kept + 1);
    const std::uint32_t carried = kept + lowest;
    kept = (((carried ^ kept) >> 2U) / lowest) | carried;
  }
}

void Successors::emit() {
  sums_ = sums_without_messages_;
  add_messages(next_, sums_);
  found_.push_back({next_, least(sums_), step_});
}

void Successors::add(const std::uint64_t* hashes, Sums& sums) const {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += hashes[i];
}

void Successors::sum_nodes(const State& state, Sums& sums) const {
  std::fill(sums.begin(), sums.end(), 0);
  add(past_ids_.hashes(state.past), sums);
  for (std::size_t i = 0; i < nodes_; ++i) add(node_ids_.hashes(state.nodes[i]), sums);
}

void Successors::add_messages(const State& state, Sums& sums) const {
  for (std::size_t i = 0; i < state.message_count; ++i) add(message_ids_.hashes(state.messages[i]), sums);
}

std::uint64_t Successors::least(const Sums& sums) { return sim::mix(*std::min_element(sums.begin(), sums.end())); }

std::uint64_t Successors::fingerprint(const State& state) {
  sum_nodes(state, sums_);
  add_messages(state, sums_);
  return least(sums_);
}

std::int64_t Successors::orbit_size(const State& state) {
  sum_nodes(state, sums_);
  add_messages(state, sums_);
  std::sort(sums_.begin(), sums_.end());
  return std::unique(sums_.begin(), sums_.end()) - sums_.begin();
}

}  // namespace raft::search
