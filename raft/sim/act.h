// Carrying out what a node asked for: sending, timers, what clients do. For raft/sim, and for the explorer, whose crash is
// the same.
#pragma once

#include <optional>

#include "raft/core/input.h"
#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::sim {

/// A command with its words interned.
Command intern(Symbols& symbols, const CommandText& text);

/// A machine that has not been started yet. A node that joins later starts with an empty configuration.
NodeId add_machine(World& world, const std::string& name, const Configuration& configuration);

/// Opens the next event, at the world's time.
void begin_event(World& world, EventKind kind, Event& event);

/// Lets the node handle the input, and carries out its effects.
void step_node(World& world, NodeId node, Input input, Event& event);

/// What a crash does to a node: what was in memory is gone, the disk stays (§5.1), unless a rule is off.
void lose_memory(NodeState& node, const Rules& rules);

/// A given commit index: the node has applied that much of its log.
void recall_commit(World& world, NodeId node, Index commit);

void send(World& world, Message&& message, Event& event);

// disk.cpp: what waits for a slow disk
/// What the step has changed is under way to the disk; `before` is what the disk holds, if nothing else is.
void begin_write(World& world, NodeId node, std::optional<Durable> before, Event& event);
void finish_write(World& world, NodeId node, Event& event);
bool disk_is_slow(const World& world, NodeId node);

/// The event's flight arrives at its node or client, or finds nobody there.
void deliver(World& world, Flight&& flight, Event& event);

/// The event's flight dies on its way.
void lose(World& world, Flight&& flight, ReasonCode why, Event& event);

void count_lost(World& world, const Message& message);

void arm_election_timer(World& world, NodeId node);

// client_play.cpp
NodeId node_to_ask(const World& world, const Client& client);
void client_sends(World& world, ClientId id, NodeId to, Event& event);
void client_receives(World& world, ClientId id, const Message& message, Event& event);
void client_times_out(World& world, ClientId id, Event& event);

}  // namespace raft::sim
