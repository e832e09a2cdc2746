// Encoding, decoding and renaming, byte by byte. What is left out decides nothing, and why stands at each field.
#include "raft/search/codec.h"

#include <algorithm>

#include "raft/core/decisions.h"

namespace raft::search {

void encode(const NodeState& node, Power power, std::size_t nodes, Commands& commands, Bytes& bytes) {
  const Volatile& memory = node.memory;
  const Log& log = node.durable.log;
  bytes.clear();
  bytes.add(index_of(node.id) | static_cast<std::size_t>(power) << 4U);
  bytes.add(memory.role);
  bytes.add(node.durable.current_term);
  bytes.add(node.durable.voted_for);
  // Votes are counted by a candidate only. Refusals are not kept: they only spare a candidate from asking again.
  bytes.add(memory.role == Role::Candidate ? memory.votes_granted.bits() : 0);
  bytes.add(memory.commit_index);
  bytes.add(memory.last_applied);
  bytes.add(log.last_index());
  // The configuration in force follows from this one, the log and, with a rule off, the commit index.
  bytes.add(commands.number(node.first_configuration));
  for (Index index = 1; index <= log.last_index(); ++index) {
    bytes.add(log.at(index).term);
    bytes.add(commands.number(log.at(index).command));
  }
  // The believed leader only goes into answers to clients, and the store into their results. Times of hearing
  // serve clocks, of which there is none here. Pending requests are answered to clients.
  if (memory.role != Role::Leader) return;
  for (std::size_t i = 0; i < nodes; ++i) {
    const Progress& progress = node.leading.progress[i];
    bytes.add(progress.next_index);
    bytes.add(progress.match_index);
    bytes.add(progress.sent_index);
  }
}

void decode(NodeView bytes, std::size_t nodes, const CoreSettings& settings, const Commands& commands,
            NodeState& node) {
  node.id = bytes.id();
  node.first_configuration = commands.command(bytes.first_configuration()).configuration;
  node.durable.current_term = bytes.term();
  node.durable.voted_for = bytes.vote();
  Log& log = node.durable.log;
  // What is there already and is right stays: it saves the memory's coming and going.
  Index right = 0;
  while (right < std::min(log.last_index(), bytes.last()) && log.at(right + 1).term == bytes.term_at(right + 1) &&
         log.at(right + 1).command == commands.command(bytes.command_at(right + 1))) {
    ++right;
  }
  if (right < log.last_index()) log.truncate_from(right + 1);
  for (Index index = right + 1; index <= bytes.last(); ++index) {
    log.append({bytes.term_at(index), commands.command(bytes.command_at(index))});
  }
  node.memory = Volatile{};
  node.memory.commit_index = bytes.commit();
  Effects effects;
  Step recalled{node, settings, effects};
  rebuild_configuration(recalled);
  node.memory.role = bytes.role();
  node.memory.last_applied = bytes.applied();
  node.memory.votes_granted = bytes.votes();
  node.leading = LeaderOnly{};
  if (bytes.role() != Role::Leader) return;
  for (std::size_t i = 0; i < nodes; ++i) {
    Progress& progress = node.leading.progress[i];
    progress.next_index = bytes.next(node_at(i));
    progress.match_index = bytes.match(node_at(i));
    progress.sent_index = bytes.sent(node_at(i));
    if (node.peers().contains(node_at(i))) progress.heard_at = 0;  // a leader knows of it
  }
}

bool is_explored(const Message& message) {
  if (!message.from.is_node() || !message.to.is_node()) return false;
  switch (message.type()) {
    case MessageType::RequestVote:
    case MessageType::RequestVoteReply:
    case MessageType::AppendEntries:
    case MessageType::AppendEntriesReply: return true;
    default: return false;
  }
}

void encode(const Message& message, const Rules& rules, Commands& commands, Bytes& bytes) {
  assert(is_explored(message));
  bytes.clear();
  bytes.add(message.body.index());
  bytes.add(message.from.node());
  bytes.add(message.to.node());
  bytes.add(message.term);
  if (const auto* request = std::get_if<RequestVote>(&message.body)) {
    bytes.add(request->last_log.index);
    bytes.add(request->last_log.term);
  } else if (const auto* reply = std::get_if<RequestVoteReply>(&message.body)) {
    bytes.add(reply->granted ? 1 : 0);
  } else if (const auto* append = std::get_if<AppendEntries>(&message.body)) {
    const auto count = static_cast<Index>(append->entries.size());
    // A receiver commits no further than the last new entry, so a higher leaderCommit says the same as that.
    const Index last_new = append->prev_log.index + count;
    const bool limited = rules.on(Rule::CommitOnlyNewEntries);
    bytes.add(append->prev_log.index);
    bytes.add(append->prev_log.term);
    bytes.add(limited ? std::min(append->leader_commit, last_new) : append->leader_commit);
    bytes.add(count);
    for (const Entry& entry : append->entries) {
      bytes.add(entry.term);
      bytes.add(commands.number(entry.command));
    }
  } else if (const auto* answer = std::get_if<AppendEntriesReply>(&message.body)) {
    // A success is understood from the match alone, a refusal from the request it answers.
    bytes.add(answer->success ? 1 : 0);
    bytes.add(answer->success ? 0 : answer->prev_index);
    bytes.add(answer->success ? answer->match_index : 0);
    bytes.add(answer->conflict.index);
    bytes.add(answer->conflict.term);
  }
}

namespace {

Message::Body decode_body(MessageView message, const Commands& commands) {
  const View bytes = message.bytes;
  switch (message.type()) {
    case MessageType::RequestVote: return RequestVote{.last_log = {bytes[4], bytes[5]}};
    case MessageType::RequestVoteReply: return RequestVoteReply{message.granted()};
    case MessageType::AppendEntries: {
      AppendEntries append{.prev_log = {message.prev(), message.prev_term()}, .leader_commit = message.commit(),
                           .entries = {}};
      for (std::size_t i = 0; i < static_cast<std::size_t>(message.count()); ++i) {
        append.entries.push_back({bytes[8 + 2 * i], commands.command(bytes[9 + 2 * i])});
      }
      return append;
    }
    default:
      return AppendEntriesReply{.success = message.success(), .prev_index = message.prev(),
                                .match_index = message.match(), .conflict = {bytes[7], bytes[8]}};
  }
}

}  // namespace

Message decode(MessageView bytes, const Commands& commands) {
  return {bytes.from(), bytes.to(), bytes.term(), decode_body(bytes, commands)};
}

void retire(NodeView node, Bytes& bytes) {
  bytes.clear();
  for (const std::uint8_t byte : node.bytes) bytes.add(byte);
  bytes[3] = static_cast<std::uint8_t>(no_node);
  bytes[4] = 0;
  if (node.role() != Role::Leader) {
    bytes[1] = static_cast<std::uint8_t>(Role::Follower);
    return;
  }
  // It remains one that does not time out.
  for (std::size_t at = node.progress_at(node_at(0)); at < node.bytes.size(); ++at) bytes[at] = 0;
}

void rename(NodeView node, std::size_t nodes, const Renaming& renaming, Commands& commands, Bytes& bytes) {
  bytes.clear();
  for (const std::uint8_t byte : node.bytes) bytes.add(byte);
  bytes[0] = static_cast<std::uint8_t>((node.bytes[0] & 0xF0U) | index_of(renamed(node.id(), renaming)));
  bytes[3] = static_cast<std::uint8_t>(renamed(node.vote(), renaming));
  bytes[4] = static_cast<std::uint8_t>(renamed(node.votes(), renaming).bits());
  bytes[8] = commands.renamed(node.first_configuration(), renaming);
  for (Index index = 1; index <= node.last(); ++index) {
    bytes[node.entry_at(index) + 1] = commands.renamed(node.command_at(index), renaming);
  }
  if (node.role() != Role::Leader) return;
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::size_t from = node.progress_at(node_at(i));
    const std::size_t to = node.progress_at(node_at(renaming[i]));
    for (std::size_t part = 0; part < 3; ++part) bytes[to + part] = node.bytes[from + part];
  }
}

void rename(MessageView message, const Renaming& renaming, Commands& commands, Bytes& bytes) {
  bytes.clear();
  for (const std::uint8_t byte : message.bytes) bytes.add(byte);
  bytes[1] = static_cast<std::uint8_t>(renamed(message.from(), renaming));
  bytes[2] = static_cast<std::uint8_t>(renamed(message.to(), renaming));
  if (message.type() != MessageType::AppendEntries) return;
  for (Index position = 0; position < message.count(); ++position) {
    bytes[message.command_byte(position)] = commands.renamed(message.command_at(position), renaming);
  }
}

}  // namespace raft::search
