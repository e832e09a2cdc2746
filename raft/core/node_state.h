// One node as a plain value: Figure 2's state, in its three boxes. No behaviour here.
#pragma once

#include <array>
#include <utility>
#include <vector>

#include "raft/core/log.h"
#include "raft/core/snapshot.h"
#include "raft/core/state_machine.h"
#include "raft/core/types.h"

namespace raft {

/// Figure 2, "persistent state on all servers": what a crash leaves on disk.
struct Durable {
  Term current_term = 0;
  NodeId voted_for = no_node;
  Log log;
  Snapshot snapshot;  // what stands for the entries up to log.base()
};

inline constexpr LocalTime long_ago = -1'000'000'000'000'000;

/// Figure 2, "volatile state on all servers", and what a role needs to remember.
struct Volatile {
  Role role = Role::Follower;
  NodeId leader = no_node;  // whom this node believes to lead its term
  Index commit_index = 0;
  Index last_applied = 0;
  Index unwritten_from = 0;  // the first entry that a slow disk has not stored yet; 0: all are stored
  StateMachine machine;
  NodeSet votes_granted;  // candidate only, own vote included
  NodeSet votes_refused;  // candidate only
  // When this node last heard from a leader, of whatever term. After a start: long ago, or with leases just now.
  LocalTime leader_heard_at = long_ago;
  EntryId incoming;             // the snapshot that is being received,
  std::int32_t chunks_here = 0; // and how many of its chunks are here
  bool transferred = false;  // candidate only: it was asked by the old leader to take over
};

/// What a leader knows of one follower.
struct Progress {
  Index next_index = 1;
  Index match_index = 0;
  Index sent_index = 0;  // last entry sent to it in this term; flow control, not in Figure 2
  Snapshot snapshot;          // the snapshot that is being sent to it, if any
  std::int32_t next_chunk = 0;
  LocalTime heard_at = long_ago;   // when a reply of this term last came from it
  LocalTime acked_sent = long_ago; // when the latest request that it has answered was sent,
  Round acked_round = 0;           // and in which round
};

/// A read that waits for its round of heartbeats and for the state machine (dissertation 6.4).
struct PendingRead {
  Command command;
  ClientId client = no_client;
  Round round = 0;        // followers that answer this round or a later one confirm the leader
  bool indexed = false;   // read_index is known: an entry of this term is committed
  Index read_index = 0;
};

/// A client that waits for the answer to the entry at `index`.
struct PendingRequest {
  Index index = 0;
  ClientId client = no_client;
  Serial serial = 0;
};

/// Figure 2, "volatile state on leaders": made anew after every election.
struct LeaderOnly {
  std::array<Progress, max_nodes> progress{};
  std::vector<PendingRequest> pending;  // in the order of their indexes
  std::vector<PendingRead> reads;
  NodeId transfer_to = no_node;  // a handover is under way
  LocalTime transfer_since = 0;
  bool lease_given_up = false;  // a node was told to take over: it may be elected at any moment
  Round round = 0;              // the last one that began
};

struct NodeState {
  NodeId id = no_node;
  Configuration first_configuration;  // before any entry; empty for a node that joins later
  Configuration configuration;        // in force: the latest in the log, committed or not (§6)
  std::vector<Index> configured_at;   // where the log holds configurations, ascending
  Durable durable;
  Volatile memory;
  LeaderOnly leading;

  /// All that this node sends its log to when it leads.
  NodeSet peers() const { return configuration.members() - self(); }
  /// All whose votes it asks for.
  NodeSet electors() const { return configuration.all_voters() - self(); }
  NodeSet self() const {
    NodeSet set;
    set.add(id);
    return set;
  }
};

/// Whether a countdown that ends makes it ask for votes (dissertation 4.2.1, 4.2.2).
bool may_start_election(const NodeState& node);

}  // namespace raft
