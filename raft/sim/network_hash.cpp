// The fields of messages, of the network that carries them, and of the rules that wait for them.
#include "raft/sim/hasher.h"

namespace raft::sim {

namespace {

void add(Hasher& hasher, const RequestVote& body) {
  add(hasher, body.last_log);
  hasher.add(body.transfer ? 1 : 0);
}
void add(Hasher& hasher, const RequestVoteReply& body) { hasher.add(body.granted ? 1 : 0); }
void add(Hasher& hasher, const AppendEntries& body) {
  add(hasher, body.prev_log);
  hasher.add(body.leader_commit);
  hasher.add(static_cast<std::int64_t>(body.entries.size()));
  for (const Entry& entry : body.entries) add(hasher, entry);
  hasher.add(body.sent_at);
  hasher.add(body.round);
}
void add(Hasher& hasher, const AppendEntriesReply& body) {
  hasher.add(body.success ? 1 : 0);
  hasher.add(body.prev_index);
  hasher.add(body.match_index);
  add(hasher, body.conflict);
  hasher.add(body.sent_at);
  hasher.add(body.round);
}
void add(Hasher& hasher, const ClientRequest& body) { add(hasher, body.command); }
void add(Hasher& hasher, const ClientReply& body) {
  hasher.add(body.serial);
  hasher.add(static_cast<std::int64_t>(body.status));
  hasher.add(body.result.bits());
  add(hasher, body.leader);
}

void add(Hasher& hasher, const PreVote& body) {
  hasher.add(body.next_term);
  add(hasher, body.last_log);
}
void add(Hasher& hasher, const PreVoteReply& body) {
  hasher.add(body.next_term);
  hasher.add(body.granted ? 1 : 0);
}
void add(Hasher& hasher, const TimeoutNow&) { hasher.add(1); }
void add(Hasher& hasher, const InstallSnapshot& body) {
  add(hasher, body.last);
  hasher.add(body.chunk);
  hasher.add(body.chunks);
  add(hasher, *body.content);
  hasher.add(body.sent_at);
  hasher.add(body.round);
}
void add(Hasher& hasher, const InstallSnapshotReply& body) {
  add(hasher, body.last);
  hasher.add(body.next_chunk);
  hasher.add(body.done ? 1 : 0);
  hasher.add(body.sent_at);
  hasher.add(body.round);
}

void add(Hasher& hasher, const MessagePattern& pattern) {
  hasher.add(static_cast<std::int64_t>(pattern.types));
  hasher.add(static_cast<std::int64_t>(pattern.type));
  add(hasher, pattern.from);
  add(hasher, pattern.to);
  hasher.add((pattern.any_from ? 1 : 0) + (pattern.any_to ? 2 : 0));
}

void add(Hasher& hasher, const MessageCondition& condition) {
  hasher.add(static_cast<std::int64_t>(condition.kind));
  hasher.add(static_cast<std::int64_t>(condition.field));
  hasher.add(static_cast<std::int64_t>(condition.comparison));
  hasher.add(condition.number);
  hasher.add(static_cast<std::int64_t>(condition.parts.size()));
  for (const MessageCondition& part : condition.parts) add(hasher, part);
}

}  // namespace

void add(Hasher& hasher, const Message& message) {
  hasher.add(static_cast<std::int64_t>(message.type()));
  add(hasher, message.from);
  add(hasher, message.to);
  hasher.add(message.term);
  std::visit([&hasher](const auto& body) { add(hasher, body); }, message.body);
}

void add(Hasher& hasher, const Network& network, NodeSet nodes) {
  hasher.add(static_cast<std::int64_t>(network.in_flight()));
  for (const Flight& flight : network.flights()) {
    hasher.add(flight.id);
    add(hasher, flight.message);
    hasher.add(flight.sent_at);
    hasher.add(flight.arrives_at);
    hasher.add(flight.ends_at);
    hasher.add(flight.sequence);
    hasher.add(static_cast<std::int64_t>(flight.fate));
  }
  for (const NodeId node : nodes) hasher.add(network.blocked_from(node).bits());
  for (const NodeId node : nodes) hasher.add(network.held_from(node).bits());
  hasher.add(static_cast<std::int64_t>(network.next_rules.size()));
  for (const NextRule& rule : network.next_rules) {
    hasher.add(static_cast<std::int64_t>(rule.action));
    add(hasher, rule.pattern);
    hasher.add(rule.time);
  }
  hasher.add(static_cast<std::int64_t>(network.dropped.size()));
  for (const DropEvery& rule : network.dropped) {
    add(hasher, rule.pattern);
    if (rule.when) add(hasher, *rule.when);
  }
}

}  // namespace raft::sim
