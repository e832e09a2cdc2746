// Following the clients of a run from event to event.
#include "raft/check/history.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/draw.h"

namespace raft::check {

const char* operation_status_name(OperationStatus status) {
  switch (status) {
    case OperationStatus::Ok: return "ok";
    case OperationStatus::Mismatch:
    case OperationStatus::Refused: return "fail";
    case OperationStatus::Waiting:
    case OperationStatus::Unknown: return "unknown";
  }
  return "";
}

namespace {

const ClientRequest* request_of(const Message& message, ClientId client, Serial serial) {
  const auto* request = std::get_if<ClientRequest>(&message.body);
  const bool same = request != nullptr && request->command.client == client && request->command.serial == serial;
  return same ? request : nullptr;
}

/// A request that is delayed, copied or waiting at a paused node may still meet a leader.
bool request_under_way(const sim::World& world, ClientId client, Serial serial) {
  for (const sim::Flight& flight : world.network.flights()) {
    if (!sim::is_doomed(flight.fate) && request_of(flight.message, client, serial) != nullptr) return true;
  }
  return false;
}

/// The node's answer to the request left at once, and it says: not me.
bool was_refused(const sim::World& after, const sim::Event& event, ClientId client, Serial serial) {
  for (const sim::MessageId id : event.sent) {
    const sim::Flight* flight = after.network.find(id);
    if (flight == nullptr || !(flight->message.to == Endpoint(client))) continue;
    const auto* reply = std::get_if<ClientReply>(&flight->message.body);
    if (reply != nullptr && reply->serial == serial && reply->status == ReplyStatus::NotLeader) return true;
  }
  return false;
}

bool changes_keys(CommandKind kind) {
  return kind == CommandKind::Write || kind == CommandKind::CompareAndSet || kind == CommandKind::Increment;
}

/// Opening a session is no operation on a key.
bool is_operation(CommandKind kind) { return changes_keys(kind) || kind == CommandKind::Read; }

/// The entries at `index` in the nodes' logs that have not been applied, each once.
std::vector<Entry> unapplied_entries(const sim::World& start, Index index) {
  std::vector<Entry> entries;
  for (const NodeId node : start.all_nodes()) {
    const Log& log = start.node(node).durable.log;
    if (index > log.last_index() || !changes_keys(log.at(index).command.kind)) continue;
    if (std::find(entries.begin(), entries.end(), log.at(index)) == entries.end()) entries.push_back(log.at(index));
  }
  return entries;
}

}  // namespace

History::History(const sim::World& start) : History() {
  Index applied = 0;
  Index last = 0;
  for (const NodeId node : start.all_nodes()) {
    const NodeState& state = start.node(node);
    last = std::max(last, state.durable.log.last_index());
    if (state.memory.last_applied <= applied) continue;
    applied = state.memory.last_applied;
    first_values_ = std::make_shared<KeyValueStore>(state.memory.machine.store);
  }
  for (Index index = applied + 1; index <= last; ++index) {
    for (const Entry& entry : unapplied_entries(start, index)) {
      Operation given;
      given.command = entry.command;
      given.command.client = no_client;
      given.status = OperationStatus::Unknown;
      operations_.push_back(given);
      add_moment(Moment::Kind::Call, static_cast<OperationId>(operations_.size()) - 1);
    }
  }
}

void History::observe(const sim::World& after, const sim::Event& event) {
  event_ = event.number;
  note_request(after, event);
  if (event.client != no_client) follow_client(after, event.client);
}

/// A leader that has taken a request may apply it later, whatever the client is told of its other requests.
void History::note_request(const sim::World& after, const sim::Event& event) {
  if (event.kind != sim::EventKind::Receive || !event.flight || event.node == no_node) return;
  const auto* request = std::get_if<ClientRequest>(&event.flight->message.body);
  if (request == nullptr || request->command.client == no_client) return;
  const ClientId client = request->command.client;
  const OperationId id = last_of(client);
  if (id == no_operation || operation(id).command.serial != request->command.serial) return;
  if (operation(id).accepted || was_refused(after, event, client, request->command.serial)) return;
  edit(id).accepted = true;
}

/// Compares what is known of the client's last operation with what the client knows now.
void History::follow_client(const sim::World& after, ClientId id) {
  const sim::Client* client = after.client(id);
  if (client == nullptr || client->serial == 0 || !is_operation(client->command.kind)) return;
  if (last_of(id) == no_operation || operation(last_of(id)).command.serial != client->serial) {
    Command command = client->command;
    command.client = id;
    call(command, client->called_at);
  }
  const bool waits = operation(last_of(id)).end_moment < 0;
  switch (client->status) {
    case sim::ClientStatus::Idle: return;
    case sim::ClientStatus::Waiting:
      if (!waits) ask_again(id);
      return;
    case sim::ClientStatus::Ok:
      if (waits) answer(id, client->result, after.now);
      return;
    case sim::ClientStatus::TimedOut:
    case sim::ClientStatus::Expired:  // an earlier request of it may have been done
      if (waits) give_up(id, after.now);
      return;
    case sim::ClientStatus::Failed:
    case sim::ClientStatus::Redirected:
      if (!waits) return;
      if (operation(last_of(id)).accepted || request_under_way(after, id, client->serial)) {
        give_up(id, after.now);
      } else {
        refuse(id, after.now);
      }
      return;
  }
}

OperationId History::call(const Command& command, sim::Time at) {
  assert(command.client != no_client && static_cast<std::size_t>(command.client) <= max_clients);
  assert(last_of(command.client) == no_operation || operation(last_of(command.client)).status != OperationStatus::Waiting);
  const auto id = static_cast<OperationId>(operations_.size());
  Operation operation;
  operation.command = command;
  operation.called_at = at;
  operations_.push_back(operation);
  last_of_[static_cast<std::size_t>(command.client)] = id;
  add_moment(Moment::Kind::Call, id);
  return id;
}

void History::answer(ClientId client, Value result, sim::Time at) {
  const bool is_cas = operation(last_of(client)).command.kind == CommandKind::CompareAndSet;
  const bool mismatch = is_cas && result == Value::number(0);
  end(client, mismatch ? OperationStatus::Mismatch : OperationStatus::Ok, result, at);
}

void History::refuse(ClientId client, sim::Time at) { end(client, OperationStatus::Refused, Value{}, at); }

void History::give_up(ClientId client, sim::Time at) { end(client, OperationStatus::Unknown, Value{}, at); }

void History::end(ClientId client, OperationStatus status, Value result, sim::Time at) {
  const OperationId id = last_of(client);
  assert(id != no_operation && operation(id).status == OperationStatus::Waiting);
  Operation& operation = edit(id);
  operation.status = status;
  operation.result = result;
  operation.ended_at = at;
  operation.ended_by = event_;
  operation.end_moment = static_cast<std::int32_t>(moments_.size());
  add_moment(Moment::Kind::End, id);
}

void History::ask_again(ClientId client) {
  const OperationId id = last_of(client);
  assert(id != no_operation && !is_answered(operation(id).status));
  Operation& operation = edit(id);
  operation.status = OperationStatus::Waiting;
  operation.end_moment = -1;
  add_moment(Moment::Kind::Again, id);
}

void History::add_moment(Moment::Kind kind, OperationId id) {
  const Operation& what = operation(id);
  std::uint64_t digest = moments_.empty() ? 0 : moments_[moments_.size() - 1].digest;
  const auto add = [&digest](auto field) { digest = sim::mix(digest ^ static_cast<std::uint64_t>(field)); };
  if (moments_.empty()) {
    for (const auto& [key, value] : *first_values_) {
      add(key);
      add(value.bits());
    }
  }
  add(kind);
  add(id);
  add(what.command.kind);
  add(what.command.client);
  add(what.command.key);
  add(what.command.value.bits());
  add(what.command.expected.bits());
  add(what.status);
  add(what.result.bits());
  moments_.push_back({kind, id, digest});
}

Value History::first_value(SymbolId key) const {
  const auto at = std::lower_bound(first_values_->begin(), first_values_->end(), key,
                                   [](const auto& pair, SymbolId wanted) { return pair.first < wanted; });
  return at != first_values_->end() && at->first == key ? at->second : Value{};
}

}  // namespace raft::check
