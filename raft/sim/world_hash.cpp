// Every field of a world that decides how the run goes on, in a fixed order, into one number.
#include "raft/sim/world_hash.h"

#include <string_view>

#include "raft/sim/draw.h"

namespace raft::sim {

namespace {

class Hasher {
 public:
  void add(std::int64_t value) { hash_ = mix(hash_ ^ static_cast<std::uint64_t>(value)) + 0x9E3779B97F4A7C15U; }
  void add_text(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    for (const char c : text) add(static_cast<unsigned char>(c));
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0x5241465420204C42U;
};

void add(Hasher& hasher, NodeId node) { hasher.add(static_cast<std::int64_t>(node)); }
void add(Hasher& hasher, Endpoint end) { hasher.add(end.code()); }
void add(Hasher& hasher, EntryId entry) {
  hasher.add(entry.index);
  hasher.add(entry.term);
}
void add(Hasher& hasher, const Configuration& configuration) {
  hasher.add(configuration.voters.bits());
  hasher.add(configuration.next.bits());
  hasher.add(configuration.learners.bits());
}
void add(Hasher& hasher, const Command& command) {
  hasher.add(static_cast<std::int64_t>(command.kind));
  hasher.add(static_cast<std::int64_t>(command.client));
  hasher.add(static_cast<std::int64_t>(command.key));
  hasher.add(command.serial);
  hasher.add(command.session);
  hasher.add(command.value.bits());
  hasher.add(command.expected.bits());
  add(hasher, command.configuration);
}
void add(Hasher& hasher, const Entry& entry) {
  hasher.add(entry.term);
  add(hasher, entry.command);
}
void add(Hasher& hasher, const Timer& timer) {
  hasher.add(timer.armed_at);
  hasher.add(timer.fires_at);
  hasher.add(timer.sequence);
}

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

void add(Hasher& hasher, const StateMachine& machine) {
  hasher.add(static_cast<std::int64_t>(machine.store.size()));
  for (const auto& [key, value] : machine.store) {
    hasher.add(static_cast<std::int64_t>(key));
    hasher.add(value.bits());
  }
  hasher.add(static_cast<std::int64_t>(machine.sessions.size()));
  for (const Session& session : machine.sessions) {
    hasher.add(session.id);
    hasher.add(static_cast<std::int64_t>(session.client));
    hasher.add(session.last_serial);
    hasher.add(session.last_result.bits());
    hasher.add(session.last_used);
  }
}
void add(Hasher& hasher, const SnapshotContent& snapshot) {
  add(hasher, snapshot.last);
  add(hasher, snapshot.machine);
  add(hasher, snapshot.configuration);
}
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

void add(Hasher& hasher, const Message& message) {
  hasher.add(static_cast<std::int64_t>(message.type()));
  add(hasher, message.from);
  add(hasher, message.to);
  hasher.add(message.term);
  std::visit([&hasher](const auto& body) { add(hasher, body); }, message.body);
}

void add(Hasher& hasher, const Durable& disk) {
  hasher.add(disk.current_term);
  add(hasher, disk.voted_for);
  hasher.add(disk.log.last_index());
  add(hasher, disk.log.base());
  if (disk.snapshot != nullptr) add(hasher, *disk.snapshot);
  for (Index i = disk.log.first_index(); i <= disk.log.last_index(); ++i) add(hasher, disk.log.at(i));
}

void add(Hasher& hasher, const NodeState& node) {
  add(hasher, node.first_configuration);
  add(hasher, node.configuration);
  add(hasher, node.durable);
  hasher.add(static_cast<std::int64_t>(node.memory.role));
  add(hasher, node.memory.leader);
  hasher.add(node.memory.commit_index);
  hasher.add(node.memory.last_applied);
  hasher.add(node.memory.unwritten_from);
  add(hasher, node.memory.machine);
  add(hasher, node.memory.incoming);
  hasher.add(node.memory.chunks_here);
  hasher.add(node.memory.votes_granted.bits());
  hasher.add(node.memory.votes_refused.bits());
  hasher.add(node.memory.leader_heard_at);
  hasher.add(node.memory.transferred ? 1 : 0);
  if (node.memory.role != Role::Leader) return;
  for (const NodeId peer : node.peers()) {
    const Progress& progress = node.leading.progress[index_of(peer)];
    hasher.add(progress.next_index);
    hasher.add(progress.match_index);
    hasher.add(progress.sent_index);
    add(hasher, progress.snapshot);
    hasher.add(progress.next_chunk);
    hasher.add(progress.heard_at);
    hasher.add(progress.acked_sent);
    hasher.add(progress.acked_round);
  }
  hasher.add(static_cast<std::int64_t>(node.leading.pending.size()));
  for (const PendingRequest& pending : node.leading.pending) {
    hasher.add(pending.index);
    hasher.add(static_cast<std::int64_t>(pending.client));
    hasher.add(pending.serial);
  }
  hasher.add(static_cast<std::int64_t>(node.leading.reads.size()));
  for (const PendingRead& read : node.leading.reads) {
    add(hasher, read.command);
    hasher.add(static_cast<std::int64_t>(read.client));
    hasher.add(read.round);
    hasher.add(read.indexed ? 1 : 0);
    hasher.add(read.read_index);
  }
  add(hasher, node.leading.transfer_to);
  hasher.add(node.leading.transfer_since);
  hasher.add(node.leading.lease_given_up ? 1 : 0);
  hasher.add(node.leading.round);
}

void add(Hasher& hasher, const MessagePattern& pattern) {
  hasher.add(static_cast<std::int64_t>(pattern.types));
  hasher.add(static_cast<std::int64_t>(pattern.type));
  add(hasher, pattern.from);
  add(hasher, pattern.to);
  hasher.add((pattern.any_from ? 1 : 0) + (pattern.any_to ? 2 : 0));
}

void add(Hasher& hasher, const DiskWrite& write) {
  hasher.add(write.done_at);
  hasher.add(write.sequence);
  add(hasher, write.state);
  hasher.add(write.kept);
  hasher.add(static_cast<std::int64_t>(write.messages.size()));
  for (const Message& message : write.messages) add(hasher, message);
}

void add(Hasher& hasher, const Network& network, NodeSet nodes) {
  hasher.add(static_cast<std::int64_t>(network.in_flight()));
  for (std::size_t i = 0; i < network.in_flight(); ++i) {
    const Flight& flight = network.flight(i);
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
  for (const MessagePattern& pattern : network.dropped) add(hasher, pattern);
}

void add(Hasher& hasher, const Client& client) {
  hasher.add(static_cast<std::int64_t>(client.status));
  add(hasher, client.known_leader);
  add(hasher, client.asked);
  hasher.add(client.only_that_node ? 1 : 0);
  hasher.add(client.serial);
  add(hasher, client.command);
  hasher.add(client.session);
  hasher.add(client.opens_first ? 1 : 0);
  add(hasher, client.next);
  hasher.add(client.result.bits());
  hasher.add(client.called_at);
  hasher.add(client.gives_up_at);
  hasher.add(client.sequence);
}

void add(Hasher& hasher, const Settings& settings) {
  for (const SettingInfo& info : setting_table) {
    const SettingValue value = value_of(settings, info.setting);
    hasher.add(value.first);
    hasher.add(value.second);
  }
  hasher.add(settings.core.rules.off_bits());
}

}  // namespace

std::uint64_t world_hash(const World& world) {
  Hasher hasher;
  hasher.add(static_cast<std::int64_t>(world.seed));
  add(hasher, world.settings);
  hasher.add(static_cast<std::int64_t>(world.symbols.size()));
  for (std::size_t i = 0; i < world.symbols.size(); ++i) {
    hasher.add_text(world.symbols.text(static_cast<SymbolId>(i)));
  }
  hasher.add(world.now);
  hasher.add(world.events);
  hasher.add(world.next_sequence);
  hasher.add(world.last_message);
  for (const Machine& machine : world.machines) {
    hasher.add_text(machine.name);
    hasher.add((machine.up ? 1 : 0) + (machine.paused ? 2 : 0));
    hasher.add(machine.clock.numerator);
    hasher.add(machine.clock.denominator);
    hasher.add(machine.clock_set_at);
    hasher.add(machine.clock_base);
    add(hasher, machine.election);
    add(hasher, machine.heartbeat);
    add(hasher, machine.node);
    hasher.add(static_cast<std::int64_t>(machine.writes.size()));
    for (const DiskWrite& write : machine.writes) add(hasher, write);
    if (!machine.writes.empty()) add(hasher, machine.written);
  }
  hasher.add(static_cast<std::int64_t>(world.clients.size()));
  for (const Client& client : world.clients) add(hasher, client);
  add(hasher, world.network, world.all_nodes());
  // What was sent at this very moment decides the draws of what is still to be sent now.
  if (world.sent_now_at == world.now) {
    for (const SentNow& sent : world.sent_now) {
      hasher.add(sent.link);
      hasher.add(sent.count);
    }
  }
  return hasher.value();
}

}  // namespace raft::sim
