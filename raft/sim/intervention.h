// Everything that a person or a script can do to a world. Nothing else changes one, apart from the
// passing of time. An intervention means the same wherever it is replayed: it holds texts and patterns,
// never pointers or interned ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "raft/core/message.h"
#include "raft/sim/cluster_config.h"
#include "raft/sim/message_condition.h"

namespace raft::sim {

/// m1, m2, … in the order of sending.
using MessageId = std::int64_t;
inline constexpr MessageId no_message = 0;

/// Which messages are meant: a type, or heartbeats only, or any; and both ends, or any end.
struct MessagePattern {
  enum class Types : std::uint8_t { One, Heartbeats, Any };
  Types types = Types::Any;
  MessageType type = MessageType::RequestVote;  // for Types::One
  bool any_from = true;
  bool any_to = true;
  Endpoint from;
  Endpoint to;
  friend bool operator==(const MessagePattern&, const MessagePattern&) = default;
};

bool matches(const MessagePattern& pattern, const Message& message);

struct MessagePick {
  enum class How : std::uint8_t {
    ById,
    Oldest,  // the oldest in flight that matches the pattern; of those that will be lost only if there is no other
    Next,    // the next one sent that matches the pattern
  };
  How how = How::ById;
  MessageId id = no_message;
  MessagePattern pattern;
  friend bool operator==(const MessagePick&, const MessagePick&) = default;
};

enum class Direction : std::uint8_t { BothWays, OneWay };

enum class Unwritten : std::uint8_t { Kept, Lost };
/// `unwritten`: what becomes of writes that a slow disk has not finished.
struct Crash { NodeSet nodes; Unwritten unwritten = Unwritten::Kept; };
/// The node crashes, if it is up, and its whole disk is lost; it stays down. It still knows the first
/// configuration: that is a file its operator has.
struct Wipe { NodeId node = no_node; };
struct Restart { NodeSet nodes; };
struct FireElectionTimer { NodeId node = no_node; };
struct FireHeartbeatTimer { NodeId node = no_node; };
/// Links inside an island are open, links between islands are cut; a node in no island is alone.
struct Partition { std::vector<NodeSet> islands; };
struct Isolate { NodeSet nodes; };
struct Cut { NodeId from = no_node; NodeId to = no_node; Direction direction = Direction::BothWays; };
struct Mend { NodeId from = no_node; NodeId to = no_node; Direction direction = Direction::BothWays; };
struct Heal {};
struct DropMessage { MessagePick pick; };
struct DeliverMessage { MessagePick pick; };
struct DelayMessage { MessagePick pick; Time by = 0; };
struct DuplicateMessage { MessagePick pick; Time after = 0; };  // the copy arrives `after` the original
/// A client asks for `command`. `to`: that node alone; no_node: the leader it knows, following redirections.
/// `by`: no_client picks the first client that is not waiting.
struct ClientAsk { CommandText command; NodeId to = no_node; ClientId by = no_client; };
struct RetryClient { ClientId client = no_client; };
struct Pause { NodeId node = no_node; };
struct Resume { NodeId node = no_node; };
struct Hold { NodeId from = no_node; NodeId to = no_node; };     // messages wait in a tray
struct Release { NodeId from = no_node; NodeId to = no_node; };
struct TransferLeadership { NodeId to = no_node; };
struct SetClock { NodeId node = no_node; Ratio rate{1, 1}; };
/// The leader is asked for another configuration. A name that is not known yet starts a fresh node.
struct AddNode { std::string name; };
struct RemoveNode { NodeId node = no_node; };
struct AddLearner { std::string name; };
struct PromoteLearner { NodeId node = no_node; };
struct Reconfigure { std::vector<std::string> names; };  // joint consensus
struct CompactLog { NodeId node = no_node; Index index = 0; };  // 0: up to all that is applied
struct OpenSession { ClientId client = no_client; };
struct ExpireSession { ClientId client = no_client; };
/// A standing rule, until DropNothing.
struct DropEvery {
  MessagePattern pattern;
  std::optional<MessageCondition> when{};
  friend bool operator==(const DropEvery&, const DropEvery&) = default;
};
struct DropNothing {};
struct ChangeSetting { Setting setting{}; SettingValue value; };
/// Of one link, or of both its ways: it has its own latency, loss or duplicate from now on; nullopt: as all links.
struct ChangeLink {
  Setting setting{};
  NodeId from = no_node;
  NodeId to = no_node;
  Direction direction = Direction::BothWays;
  std::optional<SettingValue> value;
};
/// Requires is_of_links(setting).
void assign(Settings& settings, const ChangeLink& change);
struct ChangeRule { Rule rule{}; bool on = true; };

using Intervention =
    std::variant<Crash, Restart, FireElectionTimer, FireHeartbeatTimer, Partition, Isolate, Cut, Mend, Heal,
                 DropMessage, DeliverMessage, DelayMessage, DuplicateMessage, ClientAsk, RetryClient, ChangeSetting,
                 ChangeRule, Pause, Resume, Hold, Release, TransferLeadership, SetClock, Wipe, AddNode, RemoveNode, AddLearner,
                 PromoteLearner, Reconfigure, CompactLog, OpenSession, ExpireSession, DropEvery, DropNothing,
                 ChangeLink>;

/// Who did it; written into the trace.
enum class Origin : std::uint8_t { Script, Mouse, Key, Palette };
const char* origin_name(Origin origin);

}  // namespace raft::sim
