// The replicated state machine: a key-value store, and the sessions that make retried commands harmless
// (§8, dissertation 6.3). The same commands in the same order give the same state on every node (§2).
#pragma once

#include <utility>
#include <vector>

#include "raft/core/command.h"
#include "raft/core/types.h"

namespace raft {

/// Keys and what they hold, sorted by key.
using KeyValueStore = std::vector<std::pair<SymbolId, Value>>;

/// What is remembered of a client: its latest operation and the answer to it. As in dissertation 6.3 a session is
/// named by the entry that opened it, so that what was asked in an old session never passes for a new request.
struct Session {
  Index id = 0;
  ClientId client = no_client;
  Serial last_serial = 0;
  Value last_result;
  Index last_used = 0;  // the entry that used it last: the same on every node, so that all expire the same one
};

struct StateMachine {
  KeyValueStore store;
  std::vector<Session> sessions;  // in the order in which they were opened

  /// The latest that the client has opened; null if it has none.
  const Session* session(ClientId client) const;
};

enum class SessionCheck : std::uint8_t {
  On,
  Off,  // a repeated command is applied again
};

enum class Outcome : std::uint8_t {
  Applied,
  Repeated,   // applied before: answered from the session
  NoSession,  // the client's session has expired or was never opened: not applied
};

struct ApplyResult {
  Outcome outcome = Outcome::Applied;
  Value value;
};

/// Whether a command belongs to a session, and how many sessions are kept when one is opened, is written in the
/// command: every node decides the same, whatever is set meanwhile.
ApplyResult apply(StateMachine& machine, Index index, const Command& command, SessionCheck check);

/// What a key holds; no value if it was never written.
Value read(const KeyValueStore& store, SymbolId key);

}  // namespace raft
