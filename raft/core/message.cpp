// The names of the message types. How a node answers each is in step.cpp and the files it calls.
#include "raft/core/message.h"

#include <array>

namespace raft {

namespace {
constexpr std::array<const char*, message_type_count> type_names = {
    "RequestVote", "RequestVoteReply", "AppendEntries", "AppendEntriesReply", "ClientRequest", "ClientReply",
    "PreVote",     "PreVoteReply",     "TimeoutNow",    "InstallSnapshot",
    "InstallSnapshotReply"};
}

const char* message_type_name(MessageType type) { return type_names[static_cast<std::size_t>(type)]; }

std::optional<MessageType> message_type_from_name(std::string_view name) {
  for (std::size_t i = 0; i < type_names.size(); ++i) {
    if (name == type_names[i]) return static_cast<MessageType>(i);
  }
  return std::nullopt;
}

}  // namespace raft
