// The two ways in which a world changes: time passes until the next thing happens, or somebody
// intervenes. Both handle exactly one thing and tell what it was.
#pragma once

#include <optional>

#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::sim {

/// The next thing that will happen if nobody intervenes.
struct Upcoming {
  /// Nothing: also at the end of time, and after most_events. Full: nothing until somebody has made room, see is_full().
  enum class What : std::uint8_t { Nothing, MessageEnds, ElectionTimer, HeartbeatTimer, ClientTimeout, DiskWrite, Full };
  What what = What::Nothing;
  Time at = never;
  std::int64_t sequence = 0;
  NodeId node = no_node;          // whose timer or disk
  ClientId client = no_client;    // whose timeout
  MessageId message = no_message;
};

Upcoming upcoming(const World& world);

/// All that is due, soonest first: timers and messages in flight.
std::vector<Upcoming> queue(const World& world);

/// Handles the next thing in the order (time, sequence). False if nothing will ever happen.
bool advance(World& world, Event& event);

/// Lets time pass without anything happening. Requires that nothing is due before `time`, which is from now to end_of_time.
void wait_until(World& world, Time time);

/// What would happen if a message arrived, and the world after it.
struct Arrival {
  World after;
  Event event;
};

/// The message in flight `id`, which must exist, reaches its end in a copy of the world at `time`, when nothing else is
/// due before. What has been decided about its way plays no part, whether it is to be lost by chance, or held: only what
/// can be seen now, a link that is cut, a node that is down or paused.
Arrival if_it_arrived(const World& world, MessageId id, Time time);

/// Why the intervention would do nothing here; nullopt if it would act.
std::optional<Reason> refusal(const World& world, const Intervention& intervention);

/// Acts now, between two events, and counts as an event itself. Requires that it is not refused.
void intervene(World& world, const Intervention& intervention, Origin origin, Event& event);

}  // namespace raft::sim
