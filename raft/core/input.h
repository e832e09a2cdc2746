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
};

struct Input {
  InputKind kind = InputKind::Start;
  const Message* message = nullptr;  // for Receive; the caller keeps it alive during the step
};

struct CoreSettings {
  Rules rules;
  std::int32_t batch = 16;  // entries per AppendEntries at most
};

}  // namespace raft
