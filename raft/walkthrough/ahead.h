// The answer to a question is never typed in: a copy of the world runs ahead until it is known.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "raft/sim/advance.h"
#include "raft/walkthrough/player.h"

namespace raft::walkthrough {

/// So many events a copy goes on at most: nobody can cancel it.
inline constexpr std::int64_t most_events_ahead = 10'000'000;

/// Nobody intervenes in the copy: the answer is what happens if the world is left to itself. nullopt: it is not known
/// after `most_events_ahead`.
std::optional<Asked> look_ahead(const Question& question, const Facts& now);

enum class Ahead : std::uint8_t { SeenEnough, EndReached, TooManyEvents };

/// Lets a world go on until `end` and calls `look(world, event)` after every event, until it says that it has seen enough.
template <typename Look>
Ahead play_ahead(sim::World& world, sim::Time end, const Look& look) {
  sim::Event event;
  for (std::int64_t events = 0; sim::upcoming(world).at <= end; ++events) {
    if (events == most_events_ahead) return Ahead::TooManyEvents;
    if (!sim::advance(world, event)) break;
    if (look(world, event)) return Ahead::SeenEnough;
  }
  return Ahead::EndReached;
}

/// Lets a copy go on for `limit` and calls `look(facts)` now, after every event, and at the limit, until it says that
/// it has seen enough. False: there were too many events on the way.
template <typename Look>
bool run_ahead(const Facts& now, sim::Time limit, Look look) {
  sim::World world = now.world;
  Story story = now.story;
  check::Oracles oracles = now.oracles;
  check::History history = now.history;
  check::LinearizabilityChecker linearizability;
  const auto at = [&](sim::Time clock) { return Facts{world, clock, story, oracles, history, linearizability}; };
  const sim::Time end = now.clock + limit;
  if (look(at(now.clock))) return true;
  const Ahead how = play_ahead(world, end, [&](const sim::World& after, const sim::Event& event) {
    story.observe(after, event);
    oracles.observe(after, event);
    history.observe(after, event);
    return look(at(std::max(after.now, now.clock)));
  });
  if (how == Ahead::EndReached) look(at(end));
  return how != Ahead::TooManyEvents;
}

}  // namespace raft::walkthrough
