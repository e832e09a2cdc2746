// All that a node can ask for. The node decides, the simulator acts: it sends the messages, draws the
// lengths of the timers and writes the disk.
#pragma once

#include <vector>

#include "raft/core/message.h"
#include "raft/core/reason.h"
#include "raft/core/state_machine.h"

namespace raft {

enum class TimerAction : std::uint8_t {
  Keep,
  Arm,  // start anew; how long is the simulator's decision
  Stop,
};

/// An entry that this step applied to the state machine, and what the state machine answered.
struct AppliedEntry {
  Index index = 0;
  Value result;
  Outcome outcome = Outcome::Applied;
};

struct Effects {
  std::vector<Message> messages;
  TimerAction election_timer = TimerAction::Keep;
  TimerAction heartbeat_timer = TimerAction::Keep;
  Index deleted_from = 0;   // first entry deleted from the log; 0: none
  std::vector<Entry> deleted;  // that and all that followed it
  EntryId snapshot_taken;      // §7: the log was compacted up to here
  EntryId snapshot_installed;  // a snapshot from the leader took the place of the state machine
  Index appended_from = 0;  // first entry added to the log; 0: none
  std::vector<AppliedEntry> applied;
  std::vector<Reason> reasons;

  /// Keeps the capacity of the lists: in a long run only what a message carries is allocated anew.
  void clear() {
    messages.clear();
    election_timer = TimerAction::Keep;
    heartbeat_timer = TimerAction::Keep;
    deleted_from = 0;
    deleted.clear();
    snapshot_taken = {};
    snapshot_installed = {};
    appended_from = 0;
    applied.clear();
    reasons.clear();
  }
};

}  // namespace raft
