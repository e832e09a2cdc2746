// All that can happen to a node, and the settings in force when it happens.
#pragma once

#include <cstdint>

#include "raft/core/message.h"
#include "raft/core/rules.h"

namespace raft {

enum class InputKind : std::uint8_t {
  Start,             // the process starts, for the first time or after a crash
  ElectionTimeout,   // its election timer fired
  HeartbeatTimeout,  // its heartbeat timer fired (a candidate uses it to ask again)
  Receive,           // a message arrived
  Configure,         // the operator asks the leader for another configuration (§6)
  TakeSnapshot,      // compact the log up to `index`, which is applied
  Transfer,          // the operator asks the leader to hand over (dissertation 3.10)
  Propose,           // the operator's own command, such as ending a session: nobody waits for its answer
  Written,           // a slow disk has stored the log up to `index`
};

struct Input {
  InputKind kind = InputKind::Start;
  const Message* message = nullptr;  // for Receive; the caller keeps it alive during the step
  LocalTime local_time = 0;          // what the node's own clock shows; leases and check-quorum compare it
  NodeId target = no_node;           // for Transfer
  Configuration configuration{};     // for Configure
  const Command* command = nullptr;  // for Propose; the caller keeps it alive during the step
  Index index = 0;                   // for TakeSnapshot (0: all that is applied) and Written
};

enum class ReadMode : std::uint8_t {
  ThroughLog,  // a read is an entry like any other
  ReadIndex,   // dissertation 6.4: confirmed by a round of heartbeats
  Lease,       // dissertation 6.4.1: from memory while the last round is young enough
};

/// What goes beyond Figure 2. All off by default.
struct Features {
  bool noop = false;                // §8: a leader commits an empty entry at the start of its term
  bool fast_repair = false;         // §5.3: nextIndex skips a whole term of conflicting entries at a time
  bool pre_vote = false;            // dissertation 9.6
  bool check_quorum = false;        // dissertation 6.2: a leader that hears from no majority steps down
  bool ignore_disruptive = false;   // dissertation 4.2.3: no votes while a leader is heard
  ReadMode reads = ReadMode::ThroughLog;
  std::int32_t snapshot_after = 0;  // §7: a node compacts its log after so many applied entries; 0: never
};

struct CoreSettings {
  Rules rules;
  Features features;
  std::int32_t batch = 16;  // entries per AppendEntries at most
  LocalTime election_timeout_min = 150'000;
  bool slow_disk = false;   // what is stored is written only when Written says so (dissertation 3.8)
};

}  // namespace raft
