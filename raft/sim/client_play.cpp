// What clients do (§8): ask, follow redirections, give up, ask again.
#include "raft/sim/act.h"

namespace raft::sim {

NodeId node_to_ask(const World& world, const Client& client) {
  if (client.known_leader != no_node) return client.known_leader;
  if (const NodeId leader = current_leader(world); leader != no_node) return leader;
  for (const NodeId node : world.all_nodes()) {
    if (world.machine(node).up) return node;
  }
  return no_node;
}

void client_sends(World& world, ClientId id, NodeId to, Event& event) {
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.asked = to;
  Message request;
  request.from = id;
  request.to = to;
  request.body = ClientRequest{client.command};
  send(world, std::move(request), event);
}

namespace {

void told_not_leader(World& world, ClientId id, const ClientReply& reply, Event& event) {
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  if (reply.leader != no_node) client.known_leader = reply.leader;
  if (client.only_that_node) {
    client.gives_up_at = never;
    client.status = reply.leader != no_node ? ClientStatus::Redirected : ClientStatus::Failed;
    if (reply.leader != no_node) {
      event.reasons.emplace_back(ReasonCode::ClientTold, std::initializer_list<Operand>{id, reply.leader});
    } else {
      event.reasons.emplace_back(ReasonCode::ClientFailed, std::initializer_list<Operand>{id});
    }
    return;
  }
  if (reply.leader != no_node) {
    event.reasons.emplace_back(ReasonCode::ClientRedirected, std::initializer_list<Operand>{id, reply.leader});
    client_sends(world, id, reply.leader, event);
    return;
  }
  client.known_leader = no_node;
  if (world.settings.client_retry) return;  // it waits for its timeout and asks again then
  client.gives_up_at = never;
  client.status = ClientStatus::Failed;
  event.reasons.emplace_back(ReasonCode::ClientFailed, std::initializer_list<Operand>{id});
}

}  // namespace

void client_receives(World& world, ClientId id, const Message& message, Event& event) {
  event.client = id;
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  const auto& reply = std::get<ClientReply>(message.body);
  if (client.status != ClientStatus::Waiting || client.serial != reply.serial) {
    event.reasons.emplace_back(ReasonCode::ClientStoppedWaiting, std::initializer_list<Operand>{id});
    return;
  }
  if (reply.status == ReplyStatus::NotLeader) {
    told_not_leader(world, id, reply, event);
    return;
  }
  client.status = ClientStatus::Ok;
  client.result = reply.result;
  client.gives_up_at = never;
  client.known_leader = message.from.node();
  event.reasons.emplace_back(ReasonCode::ClientDone, std::initializer_list<Operand>{id});
}

void client_times_out(World& world, ClientId id, Event& event) {
  event.client = id;
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.gives_up_at = never;
  client.known_leader = no_node;  // that node did not answer
  event.reasons.emplace_back(ReasonCode::ClientTimedOut, std::initializer_list<Operand>{id});
  if (!world.settings.client_retry) {
    client.status = ClientStatus::TimedOut;
    return;
  }
  client.gives_up_at = world.now + world.settings.client_timeout;
  client.sequence = world.next_sequence++;
  const NodeId to = client.only_that_node ? client.asked : node_to_ask(world, client);
  if (to == no_node) return;
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, to});
  client_sends(world, id, to, event);
}

}  // namespace raft::sim
