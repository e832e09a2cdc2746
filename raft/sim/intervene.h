// What the files that carry out interventions share. For raft/sim only.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "raft/core/overloaded.h"
#include "raft/sim/act.h"
#include "raft/sim/advance.h"

namespace raft::sim {


/// What the links are to be: the nodes that each node's messages do not reach.
using Links = std::array<NodeSet, max_nodes>;

// links.cpp
Links links_now(const World& world);
Links links_for(const World& world, const Partition& partition);
Links links_for(const World& world, const Isolate& isolate);
void set_links(World& world, const Links& links, Event& event);
void set_link(World& world, NodeId from, NodeId to, Direction direction, bool open, Event& event);
void hold(World& world, const Hold& link, Event& event);
void release(World& world, const Release& link, Event& event);
void let_waiting_go(World& world, NodeId node);

// messages.cpp
const Flight* picked(const World& world, const MessagePick& pick);
void drop(World& world, const DropMessage& drop, Event& event);
void deliver_now(World& world, const DeliverMessage& deliver, Event& event);
void delay(World& world, const DelayMessage& delay, Event& event);
void duplicate(World& world, const DuplicateMessage& duplicate, Event& event);

// client_play.cpp
ClientId first_idle_client(const World& world);
void ask(World& world, const ClientAsk& request, Event& event);
void retry(World& world, ClientId id, Event& event);

// members.cpp
/// The configuration that the leader is to be asked for, or why not. Names that are not known yet stand for the
/// nodes that are to be started, in the order in which they are named.
struct WantedChange {
  Configuration configuration;
  std::vector<std::string> new_nodes;
  std::optional<Reason> refusal;
};
WantedChange wanted_change(const World& world, const AddNode& what);
WantedChange wanted_change(const World& world, const RemoveNode& what);
WantedChange wanted_change(const World& world, const AddLearner& what);
WantedChange wanted_change(const World& world, const PromoteLearner& what);
WantedChange wanted_change(const World& world, const Reconfigure& what);
void change_members(World& world, const WantedChange& wanted, Event& event);

}  // namespace raft::sim
