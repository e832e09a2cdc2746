// What each command does to the store, and what sessions make of a repeated one.
#include "raft/core/state_machine.h"

#include <algorithm>

namespace raft {

namespace {

KeyValueStore::iterator place_of(KeyValueStore& store, SymbolId key) {
  return std::lower_bound(store.begin(), store.end(), key,
                          [](const auto& pair, SymbolId wanted) { return pair.first < wanted; });
}

void put(KeyValueStore& store, SymbolId key, Value value) {
  const auto at = place_of(store, key);
  if (at != store.end() && at->first == key) {
    at->second = value;
  } else {
    store.insert(at, {key, value});
  }
}

Value change(KeyValueStore& store, const Command& command) {
  const Value before = read(store, command.key);
  switch (command.kind) {
    case CommandKind::Noop:
    case CommandKind::Configure:
    case CommandKind::OpenSession:
    case CommandKind::ExpireSession: return Value{};
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

Session* find_session(StateMachine& machine, const Command& command) {
  for (Session& session : machine.sessions) {
    if (session.id == command.session && session.client == command.client) return &session;
  }
  return nullptr;
}

/// The command's value says how many sessions are kept at most; 0: no limit.
ApplyResult open_session(StateMachine& machine, Index index, const Command& command) {
  machine.sessions.push_back({index, command.client, command.serial, Value{}, index});
  const std::int64_t most = command.value.kind() == Value::Kind::Number ? command.value.number() : 0;
  while (most > 0 && static_cast<std::int64_t>(machine.sessions.size()) > most) {
    // Dissertation 6.3: all nodes must agree on which session to expire; least recently used by log index.
    const auto oldest = std::min_element(machine.sessions.begin(), machine.sessions.end(),
                                         [](const Session& a, const Session& b) { return a.last_used < b.last_used; });
    machine.sessions.erase(oldest);
  }
  return {Outcome::Applied, Value::number(index)};
}

}  // namespace

const Session* StateMachine::session(ClientId client) const {
  const Session* latest = nullptr;
  for (const Session& session : sessions) {
    if (session.client == client) latest = &session;
  }
  return latest;
}

Value read(const KeyValueStore& store, SymbolId key) {
  const auto at = std::lower_bound(store.begin(), store.end(), key,
                                   [](const auto& pair, SymbolId wanted) { return pair.first < wanted; });
  return at != store.end() && at->first == key ? at->second : Value{};
}

ApplyResult apply(StateMachine& machine, Index index, const Command& command, SessionCheck check) {
  if (command.kind == CommandKind::OpenSession) return open_session(machine, index, command);
  if (command.kind == CommandKind::ExpireSession) {
    std::erase_if(machine.sessions, [&command](const Session& session) { return session.client == command.client; });
    return {};
  }
  if (command.session == 0) return {Outcome::Applied, change(machine.store, command)};
  Session* session = find_session(machine, command);
  if (session == nullptr) return {Outcome::NoSession, Value{}};
  session->last_used = index;
  // §8: if it receives a command whose serial number has already been executed, it responds immediately without
  // re-executing the request.
  if (command.serial <= session->last_serial && check == SessionCheck::On) {
    return {Outcome::Repeated, session->last_result};
  }
  session->last_serial = std::max(session->last_serial, command.serial);
  session->last_result = change(machine.store, command);
  return {Outcome::Applied, session->last_result};
}

}  // namespace raft
