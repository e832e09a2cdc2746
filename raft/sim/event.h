// What happened: one thing, at one moment. Events are derived from the run and never stored for good;
// EventRecord is the short form that the list of a whole run is made of.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "raft/core/effects.h"
#include "raft/sim/intervention.h"
#include "raft/sim/network.h"

namespace raft::sim {

// EVENT(enumerator, name in the trace)
#define RAFT_EVENT_KINDS(EVENT)                                                             \
  EVENT(Start, "start")                        /* event 0: the nodes start */               \
  EVENT(ElectionTimeout, "election_timeout")                                                \
  EVENT(Heartbeat, "heartbeat")                /* a leader's heartbeat timer fired */       \
  EVENT(AskAgain, "ask_again")                 /* a candidate repeats its requests */       \
  EVENT(Receive, "receive")                    /* a node or a client gets a message */      \
  EVENT(Lose, "lose")                          /* a message dies on its way */              \
  EVENT(ClientTimeout, "client_timeout")                                                    \
  EVENT(Crash, "crash")                                                                     \
  EVENT(Restart, "restart")                                                                 \
  EVENT(Network, "network")                    /* links were cut or mended */               \
  EVENT(Message, "message")                    /* a message was delayed or copied */        \
  EVENT(NextRule, "next_rule")                 /* something is to happen to the next */     \
  EVENT(ClientAsk, "client_ask")               /* a client sends a request */               \
  EVENT(Setting, "setting")                                                                 \
  EVENT(Wait, "wait")                          /* a message arrives at a paused node */     \
  EVENT(Pause, "pause")                                                                     \
  EVENT(Resume, "resume")                                                                   \
  EVENT(Transfer, "transfer")                  /* the leader is asked to hand over */       \
  EVENT(Configure, "configure")                /* the leader is asked for other members */  \
  EVENT(Propose, "propose")                    /* the operator's own command */             \
  EVENT(Snapshot, "snapshot")                  /* a node is told to compact its log */      \
  EVENT(Wipe, "wipe")                          /* a disk is lost */                         \
  EVENT(Written, "written")                    /* a slow disk has stored a write */

enum class EventKind : std::uint8_t {
#define RAFT_EVENT_ENUMERATOR(enumerator, name) enumerator,
  RAFT_EVENT_KINDS(RAFT_EVENT_ENUMERATOR)
#undef RAFT_EVENT_ENUMERATOR
};
const char* event_kind_name(EventKind kind);

/// The facts about the event's node that others compare with the state after it.
struct Before {
  Role role = Role::Follower;
  Term term = 0;
  NodeId vote = no_node;
  Index last = 0;
  Index commit = 0;
  Index applied = 0;
};

struct Event {
  std::int64_t number = 0;
  Time at = 0;
  EventKind kind = EventKind::Start;
  NodeId node = no_node;        // whom it happened to; no_node if to no one node
  ClientId client = no_client;  // or to a client
  std::optional<Flight> flight; // the message that was received or lost
  std::optional<Intervention> intervention;  // what was done, if this was done by someone
  Origin origin = Origin::Script;
  Before before;
  Effects effects;                // what the node decided; its messages are moved to the network
  std::vector<Reason> reasons;    // the node's, then the world's
  std::vector<MessageId> sent;    // ids of the messages that left
  std::vector<MessageId> lost;    // stopped in flight by this event, as when a link is cut

  void clear();
};

/// Whom it happened to: several nodes if they were crashed or restarted together, none if to no one node. A node that joins starts
/// fresh in the event of the leader that is asked to add it, and is not among them.
NodeSet nodes_of(const Event& event);

/// What makes an event worth stopping at.
struct Notable {
  static constexpr std::uint8_t role_change = 1;
  static constexpr std::uint8_t commit = 2;
  static constexpr std::uint8_t truncation = 4;
  static constexpr std::uint8_t intervention = 8;
  static constexpr std::uint8_t crash = 16;
  static constexpr std::uint8_t delivery = 32;  // not notable by itself: a message arrived
  static constexpr std::uint8_t worth_seeing = role_change | commit | truncation | intervention | crash;
};

struct EventRecord {
  Time at = 0;
  Term term = 0;  // of the event's node after it
  EventKind kind = EventKind::Start;
  NodeId node = no_node;
  Role role = Role::Follower;  // of the event's node after it
  std::uint8_t notable = 0;
};

}  // namespace raft::sim
