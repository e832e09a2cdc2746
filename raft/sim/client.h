// A client of the cluster: one operation at a time. It stands outside partitions, talks to one node,
// follows redirections and gives up after its timeout.
#pragma once

#include "raft/core/command.h"
#include "raft/core/types.h"
#include "raft/sim/sim_time.h"

namespace raft::sim {

enum class ClientStatus : std::uint8_t {
  Idle,
  Waiting,
  Ok,          // answered
  Failed,      // told that this request was not done; an earlier copy of it may have been
  TimedOut,    // no answer: it may or may not have been done
  Redirected,  // asked one node only, and that node was not the leader
  Expired,     // its session has ended: this request was not done, an earlier copy of it may have been
};
const char* client_status_name(ClientStatus status);

struct Client {
  ClientStatus status = ClientStatus::Idle;
  NodeId known_leader = no_node;  // whom it last knew as leader
  NodeId asked = no_node;         // whom its current or last request went to
  bool only_that_node = false;    // `to N`: it asks that node alone
  Serial serial = 0;              // of the current or last operation
  bool asked_again = false;       // for the same; decides nothing, so no hash has it
  std::int32_t unanswered = 0;    // requests for the same, likewise
  Command command;
  Index session = 0;              // 0: none is open
  bool opens_first = false;       // `command` opens a session; `next` is what was asked for
  Command next;
  Value result;
  Time called_at = 0;
  Time gives_up_at = never;
  std::int64_t sequence = 0;  // of its timeout, for the total order
};

}  // namespace raft::sim
