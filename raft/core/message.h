// Everything that nodes and clients say to each other: the RPCs of Figure 2 as one-way messages.
// A message knows nothing of when it was sent or whether it arrives; that is the network's business.
#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "raft/core/command.h"
#include "raft/core/snapshot.h"
#include "raft/core/types.h"

namespace raft {

/// One end of a message: a node, a client or nobody.
class Endpoint {
 public:
  constexpr Endpoint() = default;
  constexpr Endpoint(NodeId node) : code_(static_cast<std::uint8_t>(node)) {
    assert(index_of(node) < max_nodes || node == no_node);
  }
  constexpr Endpoint(ClientId client)
      : code_(client == no_client ? none_code
                                  : static_cast<std::uint8_t>(first_client_code + static_cast<unsigned>(client))) {
    assert(static_cast<std::size_t>(client) <= max_clients);
  }

  constexpr bool is_node() const { return code_ < max_nodes; }
  constexpr bool is_client() const { return code_ > first_client_code && code_ != none_code; }
  constexpr NodeId node() const { return is_node() ? static_cast<NodeId>(code_) : no_node; }
  constexpr ClientId client() const {
    return is_client() ? static_cast<ClientId>(code_ - first_client_code) : no_client;
  }
  constexpr std::uint8_t code() const { return code_; }
  friend constexpr bool operator==(const Endpoint&, const Endpoint&) = default;

 private:
  static constexpr std::uint8_t first_client_code = 100;
  static constexpr std::uint8_t none_code = 0xFF;
  std::uint8_t code_ = none_code;
};

/// In the order of the alternatives of Message::Body.
enum class MessageType : std::uint8_t {
  RequestVote,
  RequestVoteReply,
  AppendEntries,
  AppendEntriesReply,
  ClientRequest,
  ClientReply,
  PreVote,
  PreVoteReply,
  TimeoutNow,
  InstallSnapshot,
  InstallSnapshotReply,
};
inline constexpr std::size_t message_type_count = 11;

const char* message_type_name(MessageType type);
std::optional<MessageType> message_type_from_name(std::string_view name);

struct RequestVote {
  EntryId last_log;       // of the candidate
  bool transfer = false;  // the old leader asked for this election: dissertation 3.10, it is not disruptive
  friend bool operator==(const RequestVote&, const RequestVote&) = default;
};

struct RequestVoteReply {
  bool granted = false;
  friend bool operator==(const RequestVoteReply&, const RequestVoteReply&) = default;
};

struct AppendEntries {
  EntryId prev_log;  // the entry immediately before the new ones
  Index leader_commit = 0;
  std::vector<Entry> entries;  // empty for a heartbeat
  LocalTime sent_at = 0;       // on the leader's clock; the reply brings it back,
  Round round = 0;             // and the leader's round
  friend bool operator==(const AppendEntries&, const AppendEntries&) = default;
};

struct AppendEntriesReply {
  bool success = false;
  Index prev_index = 0;   // which request this answers: its prev_log.index
  Index match_index = 0;  // when successful: the last entry known to match the leader's
  EntryId conflict{};     // fast repair (§5.3), when refused: the conflicting term and its first index here;
                          // with term 0, the index after the end of a log that is too short
  LocalTime sent_at = 0;  // of the request, as is the round
  Round round = 0;
  friend bool operator==(const AppendEntriesReply&, const AppendEntriesReply&) = default;
};

struct ClientRequest {
  Command command;
  friend bool operator==(const ClientRequest&, const ClientRequest&) = default;
};

enum class ReplyStatus : std::uint8_t {
  Done,       // applied; `result` is the state machine's answer
  SessionExpired,  // not applied: the client must open a session first
  NotLeader,  // certainly not applied by this request; `leader` is whom to ask, if known
};

struct ClientReply {
  Serial serial = 0;
  ReplyStatus status = ReplyStatus::Done;
  Value result;
  NodeId leader = no_node;
  friend bool operator==(const ClientReply&, const ClientReply&) = default;
};

/// Dissertation 9.6: would you vote for me in term `next_term`? Changes nothing at the receiver.
struct PreVote {
  Term next_term = 0;
  EntryId last_log;
  friend bool operator==(const PreVote&, const PreVote&) = default;
};

struct PreVoteReply {
  Term next_term = 0;  // of the request
  bool granted = false;
  friend bool operator==(const PreVoteReply&, const PreVoteReply&) = default;
};

/// Dissertation 3.10: the leader asks the target of a transfer to start an election at once.
struct TimeoutNow {
  friend bool operator==(const TimeoutNow&, const TimeoutNow&) = default;
};

/// §7, Figure 13. The chunk numbers stand for byte offsets; the content is shared instead of being cut up, and a
/// receiver may look at it only when it has every chunk.
struct InstallSnapshot {
  EntryId last;  // lastIncludedIndex, lastIncludedTerm
  std::int32_t chunk = 0;
  std::int32_t chunks = 1;
  Snapshot content;
  LocalTime sent_at = 0;
  Round round = 0;
  friend bool operator==(const InstallSnapshot&, const InstallSnapshot&) = default;
};

struct InstallSnapshotReply {
  EntryId last;
  std::int32_t next_chunk = 0;  // which chunk is wanted next; all of them when it equals `chunks`
  bool done = false;
  LocalTime sent_at = 0;
  Round round = 0;
  friend bool operator==(const InstallSnapshotReply&, const InstallSnapshotReply&) = default;
};

struct Message {
  using Body = std::variant<RequestVote, RequestVoteReply, AppendEntries, AppendEntriesReply, ClientRequest,
                            ClientReply, PreVote, PreVoteReply, TimeoutNow, InstallSnapshot, InstallSnapshotReply>;
  Endpoint from;
  Endpoint to;
  Term term = 0;  // the sender's current term; 0 from a client
  Body body;

  MessageType type() const { return static_cast<MessageType>(body.index()); }
  friend bool operator==(const Message&, const Message&) = default;
};

static_assert(std::variant_size_v<Message::Body> == message_type_count);

/// Message::type() takes the place of the alternative for the type.
template <MessageType type, typename Rpc>
inline constexpr bool is_body_of =
    std::is_same_v<std::variant_alternative_t<static_cast<std::size_t>(type), Message::Body>, Rpc>;
static_assert(is_body_of<MessageType::RequestVote, RequestVote>);
static_assert(is_body_of<MessageType::RequestVoteReply, RequestVoteReply>);
static_assert(is_body_of<MessageType::AppendEntries, AppendEntries>);
static_assert(is_body_of<MessageType::AppendEntriesReply, AppendEntriesReply>);
static_assert(is_body_of<MessageType::ClientRequest, ClientRequest>);
static_assert(is_body_of<MessageType::ClientReply, ClientReply>);
static_assert(is_body_of<MessageType::PreVote, PreVote>);
static_assert(is_body_of<MessageType::PreVoteReply, PreVoteReply>);
static_assert(is_body_of<MessageType::TimeoutNow, TimeoutNow>);
static_assert(is_body_of<MessageType::InstallSnapshot, InstallSnapshot>);
static_assert(is_body_of<MessageType::InstallSnapshotReply, InstallSnapshotReply>);

/// §5.2: an AppendEntries that carries no entries.
/// What asks another node for something; the rest are answers, or messages of clients.
constexpr bool is_request_of_a_node(MessageType type) {
  return type == MessageType::RequestVote || type == MessageType::AppendEntries || type == MessageType::InstallSnapshot;
}

inline bool is_heartbeat(const Message& message) {
  const auto* append = std::get_if<AppendEntries>(&message.body);
  return append != nullptr && append->entries.empty();
}
/// It says that the follower still matches, and no more.
inline bool is_heartbeat_reply(const Message& message) {
  const auto* reply = std::get_if<AppendEntriesReply>(&message.body);
  return reply != nullptr && reply->success && reply->match_index == reply->prev_index;
}

}  // namespace raft
