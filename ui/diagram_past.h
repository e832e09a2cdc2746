// A part of the run in full, for the space-time diagram: every message with its beginning and its end, what happened on
// every lane, and what each node was in between. Played again from a checkpoint and kept while it is looked at.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "raft/sim/timeline.h"

namespace ui {

/// A message on its way, from a lane to a lane.
struct PastFlight {
  raft::sim::Flight flight;         // as it was last seen
  std::int64_t sent_event = -1;     // -1: before the part that is kept
  std::int64_t end_event = -1;      // -1: it is still on its way
  raft::sim::Time ended_at = 0;     // when it arrived or died, with an end_event
  bool lost = false;
};

/// What a node or a client is from `at` on.
struct LaneState {
  raft::sim::Time at = 0;
  raft::Term term = 0;
  raft::Role role = raft::Role::Follower;
  bool up = true;
  bool paused = false;
  bool learner = false;
  bool waiting = false;  // a client: for an answer
  /// Apart from when.
  bool same_as(const LaneState& other) const;
};

struct PastEvent {
  std::int64_t number = 0;
  raft::sim::Time at = 0;
  raft::sim::EventKind kind{};
  raft::Endpoint lane = {};                // no node and no client: the network, the settings
  raft::sim::MessageId message = raft::sim::no_message;  // what arrived or died
  raft::Role role = raft::Role::Follower;  // after it
  raft::Term term = 0;
  raft::Index commit = 0;             // after it
  raft::NodeId vote = raft::no_node;  // granted by it
  raft::Index deleted_from = 0;       // entries from here on were torn off
  bool role_changed = false;
  bool committed = false;
  bool snapshot = false;
  bool by_hand = false;
};

struct DiagramPast {
  std::int64_t first = 0;  // events that are kept, both included; none if last < first
  std::int64_t last = -1;
  std::int64_t rewrites = -1;
  std::vector<PastEvent> events = {};
  std::vector<PastFlight> flights = {};  // in the order of sending, as far as that is kept
  std::vector<std::vector<LaneState>> nodes = {};  // by node, oldest first; never empty for a node that is there
  std::vector<std::vector<LaneState>> clients = {};
  std::map<raft::sim::MessageId, std::size_t> by_id = {};  // into flights
  std::int64_t replayed = 0;                          // events played for the last refresh

  const PastFlight* find(raft::sim::MessageId id) const;
};

/// Makes sure that the events from `from` to `to` are there; extends what is kept where the run has gone on.
void refresh(DiagramPast& past, const raft::sim::Timeline& run, std::int64_t rewrites, raft::sim::Time from,
             raft::sim::Time to);

/// Which nodes can talk after an event that changed links. Kept by the number of the act that brought it about.
struct DiagramLinks {
  std::vector<raft::NodeSet> islands = {};
  bool all_open = true;
};
struct DiagramCuts {
  std::int64_t rewrites = -1;
  std::map<std::int64_t, DiagramLinks> after = {};
  std::int64_t replays = 0;  // made for the last refresh
};
/// A time during which the links stay as they are.
struct CutSpan {
  raft::sim::Time from = 0;
  raft::sim::Time to = 0;
  const DiagramLinks* links = nullptr;
};
/// The spans between `from` and `to` in which some link is cut; of too many, the latest.
std::vector<CutSpan> cuts_between(DiagramCuts& cuts, const raft::sim::Timeline& run, std::int64_t rewrites,
                                  raft::sim::Time from, raft::sim::Time to);

}  // namespace ui
