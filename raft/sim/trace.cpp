// An event as JSON. Names come from the tables of the core and the world, never from here.
#include "raft/sim/trace.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "raft/sim/json_text.h"

namespace raft::sim {

namespace {

using Json = nlohmann::ordered_json;

const char* reply_status_name(ReplyStatus status) {
  switch (status) {
    case ReplyStatus::Done: return "done";
    case ReplyStatus::SessionExpired: return "session_expired";
    case ReplyStatus::NotLeader: return "not_leader";
  }
  return "";
}

std::string node_text(const World& world, NodeId node) { return node == no_node ? "none" : world.name(node); }

std::string entry_text(const World& world, const Command& command) {
  if (command.kind == CommandKind::Configure) return configuration_text(world, command.configuration);
  return command_text(command, world.symbols);
}

void add_body(Json& json, const World&, const RequestVote& body) {
  json["last_log_index"] = body.last_log.index;
  json["last_log_term"] = body.last_log.term;
}
void add_body(Json& json, const World&, const RequestVoteReply& body) { json["granted"] = body.granted; }
void add_body(Json& json, const World& world, const AppendEntries& body) {
  json["prev_log_index"] = body.prev_log.index;
  json["prev_log_term"] = body.prev_log.term;
  json["leader_commit"] = body.leader_commit;
  Json& entries = json["entries"] = Json::array();
  for (const Entry& entry : body.entries) {
    entries.push_back({{"term", entry.term}, {"command", entry_text(world, entry.command)}});
  }
}
void add_body(Json& json, const World&, const AppendEntriesReply& body) {
  json["success"] = body.success;
  json["prev_log_index"] = body.prev_index;
  if (body.success) json["match_index"] = body.match_index;
}
void add_body(Json& json, const World& world, const ClientRequest& body) {
  json["command"] = command_text(body.command, world.symbols);
  json["serial"] = body.command.serial;
}
void add_body(Json& json, const World& world, const ClientReply& body) {
  json["serial"] = body.serial;
  json["status"] = reply_status_name(body.status);
  if (body.status == ReplyStatus::Done) json["result"] = world.symbols.value_text(body.result);
  if (body.status == ReplyStatus::NotLeader) json["leader"] = node_text(world, body.leader);
}

void add_body(Json& json, const World&, const PreVote& body) {
  json["next_term"] = body.next_term;
  json["last_log_index"] = body.last_log.index;
  json["last_log_term"] = body.last_log.term;
}
void add_body(Json& json, const World&, const PreVoteReply& body) {
  json["next_term"] = body.next_term;
  json["granted"] = body.granted;
}
void add_body(Json&, const World&, const TimeoutNow&) {}
void add_body(Json& json, const World&, const InstallSnapshot& body) {
  json["last_included_index"] = body.last.index;
  json["last_included_term"] = body.last.term;
  json["chunk"] = body.chunk + 1;
  json["chunks"] = body.chunks;
}
void add_body(Json& json, const World&, const InstallSnapshotReply& body) {
  json["last_included_index"] = body.last.index;
  json["next_chunk"] = body.next_chunk + 1;
  json["done"] = body.done;
}

Json message_json(const World& world, const Flight& flight) {
  const Message& message = flight.message;
  Json json = {{"id", flight.id},
               {"type", message_type_name(message.type())},
               {"from", endpoint_name(world, message.from)},
               {"to", endpoint_name(world, message.to)},
               {"term", message.term},
               {"sent_us", flight.sent_at}};
  std::visit([&](const auto& body) { add_body(json, world, body); }, message.body);
  return json;
}

Json operand_json(const World& world, const OperandInfo& info, const Operand& operand) {
  switch (info.kind) {
    case OperandKind::Node: return node_text(world, operand.node());
    case OperandKind::LogEntry:
      return std::to_string(operand.number) + "^" + std::to_string(operand.term);
    case OperandKind::Client: return "c" + std::to_string(operand.number);
    case OperandKind::RoleName: return role_name(static_cast<Role>(operand.number));
    case OperandKind::Moment: return operand.moment();
    case OperandKind::TermNumber:
    case OperandKind::LogIndex:
    case OperandKind::Count: return operand.number;
  }
  return nullptr;
}

Json reason_json(const World& world, const Reason& reason) {
  const ReasonInfo& info = reason_info(reason.code);
  Json json = {{"reason", info.name}, {"section", info.section}};
  for (std::size_t i = 0; i < info.operand_count; ++i) {
    json[std::string(info.operands[i].name)] = operand_json(world, info.operands[i], reason.operands[i]);
  }
  return json;
}

Json state_json(const World& world, NodeId id) {
  const Machine& machine = world.machine(id);
  const NodeState& node = machine.node;
  Json json = {{"role", is_learner(node) ? "learner" : role_name(node.memory.role)},
          {"up", machine.up},
          {"term", node.durable.current_term},
          {"vote", node_text(world, node.durable.voted_for)},
          {"last", node.durable.log.last_index()},
          {"commit", node.memory.commit_index},
          {"applied", node.memory.last_applied}};
  if (node.durable.log.base().index != 0) json["snapshot"] = node.durable.log.base().index;
  if (node.configuration != node.first_configuration) json["config"] = configuration_text(world, node.configuration);
  return json;
}

Json entries_json(const World& world, const Log& log, Index first) {
  Json entries = Json::array();
  for (Index i = std::max(first, log.first_index()); i <= log.last_index(); ++i) {
    entries.push_back(
        {{"index", i}, {"term", log.term_at(i)}, {"command", entry_text(world, log.at(i).command)}});
  }
  return entries;
}

}  // namespace

std::string trace_line(const World& after, const Event& event, const std::string& command, std::span<const std::string> broken) {
  Json json = {{"event", event.number}, {"at_us", event.at}, {"kind", event_kind_name(event.kind)}};
  if (event.node != no_node) json["node"] = after.name(event.node);
  if (event.client != no_client) {
    json["client"] = endpoint_name(after, event.client);
    if (const Client* client = after.client(event.client)) json["status"] = client_status_name(client->status);
  }
  if (event.intervention) {
    json["command"] = command;
    json["origin"] = origin_name(event.origin);
  }
  if (event.flight) json["message"] = message_json(after, *event.flight);
  if (!event.reasons.empty()) {
    Json& reasons = json["reasons"] = Json::array();
    for (const Reason& reason : event.reasons) reasons.push_back(reason_json(after, reason));
  }
  if (!event.sent.empty()) json["sent"] = event.sent;
  if (!event.lost.empty()) json["lost"] = event.lost;
  if (event.node != no_node) {
    const Log& log = after.node(event.node).durable.log;
    if (event.effects.deleted_from != 0) json["deleted_from"] = event.effects.deleted_from;
    if (event.effects.snapshot_taken.index != 0) json["snapshot_taken"] = event.effects.snapshot_taken.index;
    if (event.effects.snapshot_installed.index != 0) json["snapshot_installed"] = event.effects.snapshot_installed.index;
    if (event.effects.appended_from != 0) json["stored"] = entries_json(after, log, event.effects.appended_from);
    json["state"] = state_json(after, event.node);
  }
  if (const NodeSet nodes = nodes_of(event); nodes.count() > 1) {
    for (const NodeId node : nodes) json["states"][after.name(node)] = state_json(after, node);
  }
  if (!broken.empty()) json["broken"] = broken;
  return json_text(json);
}

}  // namespace raft::sim
