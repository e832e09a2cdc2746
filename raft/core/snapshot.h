// A snapshot: the state machine as it was after its last entry (§7). Shared, never changed.
#pragma once

#include <memory>

#include "raft/core/state_machine.h"
#include "raft/core/types.h"

namespace raft {

struct SnapshotContent {
  EntryId last;  // lastIncludedIndex and lastIncludedTerm
  StateMachine machine;
  Configuration configuration;  // §7: the latest one as of `last`
};

/// null: none
using Snapshot = std::shared_ptr<const SnapshotContent>;

/// How many pieces a snapshot is sent in: one for every few keys or sessions.
inline constexpr std::size_t snapshot_items_per_chunk = 4;
std::int32_t chunk_count(const SnapshotContent& snapshot);

}  // namespace raft
