// The world: many nodes, a network, clients and a clock, as one value. It is changed only by advance()
// and intervene() in advance.h.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "raft/core/node_state.h"
#include "raft/sim/client.h"
#include "raft/sim/cluster_config.h"
#include "raft/sim/network.h"

namespace raft::sim {

/// A timer runs from `armed_at` to `fires_at`; fires_at == never: it does not run.
struct Timer {
  Time armed_at = 0;
  Time fires_at = never;
  std::int64_t sequence = 0;
  bool running() const { return fires_at != never; }
};

/// A write under way to a slow disk, and what may leave when it is there.
struct DiskWrite {
  Time done_at = 0;
  std::int64_t sequence = 0;
  Durable state;       // what the disk holds then
  Index kept = 0;      // entries up to here are as they were before
  std::vector<Message> messages;
};
/// In entries, as messages weigh: itself, what its copy of the log takes, and the messages that wait for it.
std::size_t weight_of(const DiskWrite& write);

/// A node and the machine it runs on.
struct Machine {
  std::string name;
  NodeState node;
  bool up = true;
  bool paused = false;      // slow, not dead: nothing happens to it until it is resumed
  Ratio clock{1, 1};        // how fast its own clock and timers run
  Time clock_set_at = 0;    // since when the clock has run at this rate,
  LocalTime clock_base = 0; // and what it showed then
  Timer election;
  Timer heartbeat;
  std::vector<DiskWrite> writes;  // in the order in which they end
  Durable written;                // what the disk holds while there are such
};

/// How many messages of one link were sent at this very moment: tells their draws apart.
struct SentNow {
  std::uint16_t link = 0;
  std::uint16_t count = 0;
};

/// How often messages of a type were lost on a link; what `lost TYPE A -> B` counts.
struct LostCount {
  std::uint8_t from = 0;
  std::uint8_t to = 0;
  MessageType type{};
  bool heartbeat = false;
  std::int32_t count = 0;
};

/// A run that plays by itself ends there. Terms, indexes and rounds begin at max_given or below; terms and rounds grow by
/// one an event, and no log is longer than that of a leader, which grew so: they stay below max_count.
inline constexpr std::int64_t most_events = 1'000'000'000;
static_assert(max_given + most_events <= max_count);

/// All copies belong to one thread: they share texts, chunks of logs and snapshots.
struct World {
  std::uint64_t seed = 1;
  Settings settings;
  Symbols symbols;
  Time now = 0;
  std::int64_t events = 0;         // how many have happened
  std::int64_t next_sequence = 1;  // breaks ties of time, in the order things were asked for
  MessageId last_message = no_message;
  std::vector<Machine> machines;  // by NodeId
  std::vector<Client> clients;    // by ClientId - 1
  Network network;
  std::size_t waits_for_disks = 0;  // the weight of all `writes`
  std::vector<LostCount> lost;
  std::vector<SentNow> sent_now;
  Time sent_now_at = 0;

  const Machine& machine(NodeId node) const {
    assert(index_of(node) < machines.size());
    return machines[index_of(node)];
  }
  Machine& machine(NodeId node) {
    assert(index_of(node) < machines.size());
    return machines[index_of(node)];
  }
  const NodeState& node(NodeId id) const { return machine(id).node; }
  std::size_t node_count() const { return machines.size(); }
  NodeSet all_nodes() const { return NodeSet::first(machines.size()); }
  const std::string& name(NodeId id) const { return machine(id).name; }
  /// no_node if there is none of that name
  NodeId find_node(std::string_view node_name) const;
  /// null while that client has not asked for anything
  const Client* client(ClientId id) const;
};

/// What the node's own clock shows now.
LocalTime local_time(const World& world, NodeId node);
/// How long it takes in the world until the node's own clock has gone on by `duration`.
Time on_world_clock(const Machine& machine, Time duration);

/// A for a node, c1 for a client.
std::string endpoint_name(const World& world, Endpoint end);

/// A B C
std::string names_of(const World& world, NodeSet nodes);

/// [A B C], or [A B C]+[C D E] in joint consensus; learners are left out.
std::string configuration_text(const World& world, const Configuration& configuration);
/// What an entry of a log holds, as short as a cell: a command as it is written, a configuration as →ABC or, joint, as
/// ABC→ADE.
std::string content_text(const World& world, const Command& command);

/// The nodes started for the first time, or as the configuration gives them; their timers run. Requires that the
/// configuration is not invalid().
World make_world(const ClusterConfig& config);

/// More is under way than there is room for: nothing happens any more, until somebody drops or cuts something. Whoever
/// holds a link for days, or makes messages take as long, would otherwise fill the memory.
inline bool is_full(const World& world) { return world.network.weight() + world.waits_for_disks > most_under_way; }

/// Whether it is up and leader, of whatever term; no_node does not lead.
bool leads(const World& world, NodeId node);
/// The up leader of the highest term, or no_node.
NodeId current_leader(const World& world);

/// By what the leader among these nodes goes, or else the one with the newest log; null if none knows of any voters.
const Configuration* configuration_among(const World& world, NodeSet nodes);
/// Who takes part: what the leader says, or the node with the newest log.
const Configuration& configuration_of(const World& world);

/// A follower without a vote.
bool is_learner(const NodeState& node);

/// The last entry that is on the disk as it stands in the log: the last of all, but for a slow disk that still writes.
Index written_up_to(const Machine& machine);

/// Groups of nodes that can still talk both ways, directly or through others; one group: no partition.
std::vector<NodeSet> islands(const World& world);

}  // namespace raft::sim
