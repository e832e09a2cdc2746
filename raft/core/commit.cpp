// When an entry is committed (§5.3, §5.4.2), and applying it to the state machine.
#include <algorithm>

#include "raft/core/decisions.h"

namespace raft {

namespace {

/// How many voters are known to store the entry at `index`, the leader itself included.
int stored_on(const Step& step, Index index) {
  const NodeState& node = step.node;
  int count = node.voters.contains(node.id) && index <= node.durable.log.last_index() ? 1 : 0;
  for (const NodeId peer : node.peers()) {
    if (node.leading.progress[index_of(peer)].match_index >= index) ++count;
  }
  return count;
}

/// The highest index that a quorum is known to store.
Index quorum_index(const Step& step) {
  const NodeState& node = step.node;
  std::array<Index, max_nodes> matches{};
  std::size_t count = 0;
  for (const NodeId voter : node.voters) {
    matches[count++] = voter == node.id ? node.durable.log.last_index()
                                        : node.leading.progress[index_of(voter)].match_index;
  }
  if (count == 0) return 0;
  std::sort(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>());
  return std::min(matches[static_cast<std::size_t>(quorum(step)) - 1], node.durable.log.last_index());
}

Value* find(KeyValueStore& store, SymbolId key) {
  const auto at = std::lower_bound(store.begin(), store.end(), key,
                                   [](const auto& pair, SymbolId wanted) { return pair.first < wanted; });
  return at != store.end() && at->first == key ? &at->second : nullptr;
}

void put(KeyValueStore& store, SymbolId key, Value value) {
  const auto at = std::lower_bound(store.begin(), store.end(), key,
                                   [](const auto& pair, SymbolId wanted) { return pair.first < wanted; });
  if (at != store.end() && at->first == key) {
    at->second = value;
  } else {
    store.insert(at, {key, value});
  }
}

/// Deterministic: the same commands in the same order give the same store on every node (§2).
Value apply_command(KeyValueStore& store, const Command& command) {
  const Value* held = find(store, command.key);
  const Value before = held != nullptr ? *held : Value{};
  switch (command.kind) {
    case CommandKind::Noop: return Value{};
    case CommandKind::Read: return before;
    case CommandKind::Write: put(store, command.key, command.value); return command.value;
    case CommandKind::CompareAndSet: {
      const bool matches = before == command.expected;
      if (matches) put(store, command.key, command.value);
      return Value::number(matches ? 1 : 0);
    }
    case CommandKind::Increment: {
      // A text cannot be counted up: it stays, and the answer says what it is.
      if (before.kind() == Value::Kind::Text) return before;
      const Value next = Value::number(before.kind() == Value::Kind::None ? 1 : before.number() + 1);
      put(store, command.key, next);
      return next;
    }
  }
  return Value{};
}

/// §5.3: the leader applies the entry to its state machine and returns the result to the client.
void answer_pending(Step& step, Index index, Value result) {
  auto& pending = step.node.leading.pending;
  if (step.node.memory.role != Role::Leader || pending.empty() || pending.front().index != index) return;
  const PendingRequest request = pending.front();
  pending.erase(pending.begin());
  if (request.client == no_client) return;
  step.send(request.client, ClientReply{request.serial, ReplyStatus::Done, result, step.node.id});
  step.why(ReasonCode::AnsweredClient, {request.client, index});
}

/// Figure 2, all servers: if commitIndex > lastApplied, apply log[lastApplied] to the state machine.
void apply_committed(Step& step) {
  Volatile& memory = step.node.memory;
  const Index last = std::min(memory.commit_index, step.node.durable.log.last_index());
  if (last <= memory.last_applied) return;
  step.why(ReasonCode::Applied, {memory.last_applied + 1, last});
  while (memory.last_applied < last) {
    memory.last_applied += 1;
    const Value result = apply_command(memory.store, step.node.durable.log.at(memory.last_applied).command);
    step.effects.applied.push_back({memory.last_applied, result});
    answer_pending(step, memory.last_applied, result);
  }
}

}  // namespace

Value read_from_store(const KeyValueStore& store, SymbolId key) {
  const auto at = std::lower_bound(store.begin(), store.end(), key,
                                   [](const auto& pair, SymbolId wanted) { return pair.first < wanted; });
  return at != store.end() && at->first == key ? at->second : Value{};
}

void commit_up_to(Step& step, Index index) {
  step.node.memory.commit_index = index;
  apply_committed(step);
}

void advance_commit_index(Step& step) {
  const NodeState& node = step.node;
  const Log& log = node.durable.log;
  const Index index = quorum_index(step);
  if (index <= node.memory.commit_index) {
    if (node.memory.commit_index < log.last_index()) {
      const Index next = node.memory.commit_index + 1;
      step.why(ReasonCode::NotOnMajority, {log.id_at(next), stored_on(step, next), quorum(step)});
    }
    return;
  }
  // §5.4.2: only log entries from the leader's current term are committed by counting replicas; once one
  // is, all prior entries are committed indirectly.
  if (log.term_at(index) != node.durable.current_term && step.rule(Rule::CommitOnlyCurrentTerm)) {
    step.why(ReasonCode::NotCurrentTerm, {log.id_at(index), node.durable.current_term});
    return;
  }
  step.why(ReasonCode::CommittedByMajority, {log.id_at(index), stored_on(step, index), quorum(step)});
  commit_up_to(step, index);
}

}  // namespace raft
