// The sets of the search: of open operations, and of situations that were met before.
#include <algorithm>

#include "raft/check/register_search.h"
#include "raft/sim/draw.h"

namespace raft::check {

int OpenSet::count() const {
  int sum = 0;
  for (const std::uint64_t word : words_) sum += std::popcount(word);
  return sum;
}

std::size_t OpenSet::first_free() const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (~words_[i] != 0) return i * 64 + static_cast<std::size_t>(std::countr_one(words_[i]));
  }
  return size;
}

OpenSet OpenSet::operator&(const OpenSet& other) const {
  OpenSet both;
  for (std::size_t i = 0; i < words_.size(); ++i) both.words_[i] = words_[i] & other.words_[i];
  return both;
}

void Scratch::clear() {
  situations_.clear();
  ++round_;
  if (round_ != 0) return;
  std::fill(filled_.begin(), filled_.end(), 0U);
  round_ = 1;
}

/// Where the situation is in the table, or where it would go.
std::size_t Scratch::place_for(const Situation& situation) const {
  std::uint64_t hash = sim::mix(static_cast<std::uint64_t>(situation.held.bits()));
  for (std::size_t i = 0; i < OpenSet::size / 64; ++i) hash = sim::mix(hash ^ situation.done.word(i));
  const std::size_t mask = table_.size() - 1;
  std::size_t place = static_cast<std::size_t>(hash) & mask;
  while (filled_[place] == round_ && !(situations_[table_[place]] == situation)) place = (place + 1) & mask;
  return place;
}

void Scratch::grow() {
  const std::size_t places = std::max<std::size_t>(64, table_.size() * 2);
  table_.assign(places, 0);
  filled_.assign(places, 0);
  round_ = 1;
  for (std::size_t i = 0; i < situations_.size(); ++i) {
    const std::size_t place = place_for(situations_[i]);
    table_[place] = static_cast<std::uint32_t>(i);
    filled_[place] = round_;
  }
}

bool Scratch::add(const Situation& situation) {
  if ((situations_.size() + 1) * 2 > table_.size()) grow();
  const std::size_t place = place_for(situation);
  if (filled_[place] == round_) return false;
  table_[place] = static_cast<std::uint32_t>(situations_.size());
  filled_[place] = round_;
  situations_.push_back(situation);
  return true;
}

}  // namespace raft::check
