// What clients do (§8): ask, follow redirections, give up, ask again.
#include "raft/sim/intervene.h"

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

void add_failed(Event& event, ClientId id, const Client& client) {
  event.reasons.emplace_back(ReasonCode::ClientFailed, std::initializer_list<Operand>{id, client.unanswered});
}

void told_not_leader(World& world, ClientId id, const ClientReply& reply, Event& event) {
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  if (reply.leader != no_node) client.known_leader = reply.leader;
  if (client.only_that_node) {
    client.gives_up_at = never;
    client.status = reply.leader != no_node ? ClientStatus::Redirected : ClientStatus::Failed;
    if (reply.leader != no_node) {
      event.reasons.emplace_back(ReasonCode::ClientTold, std::initializer_list<Operand>{id, reply.leader});
    } else {
      add_failed(event, id, client);
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
  add_failed(event, id, client);
}

/// The session is open: now comes what was asked for.
void ask_in_session(World& world, ClientId id, Event& event) {
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.opens_first = false;
  client.command = client.next;
  client.command.session = client.session;
  client.serial += 1;
  client.asked_again = false;
  client.unanswered = 0;
  client.command.serial = client.serial;
  client.gives_up_at = later(world.now, world.settings.client_timeout);
  client.sequence = world.next_sequence++;
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, client.known_leader});
  client_sends(world, id, client.known_leader, event);
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
  client.known_leader = message.from.node();
  if (reply.status == ReplyStatus::SessionExpired) {
    client.status = ClientStatus::Expired;
    client.session = 0;
    client.gives_up_at = never;
    event.reasons.emplace_back(ReasonCode::ClientExpired, std::initializer_list<Operand>{id});
    return;
  }
  if (client.command.kind == CommandKind::OpenSession) {
    client.session = static_cast<Index>(reply.result.number());
    event.reasons.emplace_back(ReasonCode::SessionOpened, std::initializer_list<Operand>{id, client.session});
    if (client.opens_first) {
      ask_in_session(world, id, event);
      return;
    }
  }
  client.status = ClientStatus::Ok;
  client.result = reply.result;
  client.gives_up_at = never;
  event.reasons.emplace_back(ReasonCode::ClientDone, std::initializer_list<Operand>{id});
}

void client_times_out(World& world, ClientId id, Event& event) {
  event.client = id;
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.gives_up_at = never;
  client.unanswered += 1;
  client.known_leader = no_node;  // that node did not answer
  event.reasons.emplace_back(ReasonCode::ClientTimedOut, std::initializer_list<Operand>{id});
  if (!world.settings.client_retry) {
    client.status = ClientStatus::TimedOut;
    return;
  }
  client.gives_up_at = later(world.now, world.settings.client_timeout);
  client.sequence = world.next_sequence++;
  const NodeId to = client.only_that_node ? client.asked : node_to_ask(world, client);
  if (to == no_node) return;
  client.asked_again = true;
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, to});
  client_sends(world, id, to, event);
}

ClientId first_idle_client(const World& world) {
  for (std::size_t number = 1; number <= max_clients; ++number) {
    const auto id = static_cast<ClientId>(number);
    const Client* client = world.client(id);
    if (client == nullptr || client->status != ClientStatus::Waiting) return id;
  }
  return no_client;
}

namespace {

/// What the client will send: in its session, if it works with sessions. The first time it opens one before.
void prepare(World& world, ClientId id, const CommandText& text) {
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.serial += 1;
  client.asked_again = false;
  client.unanswered = 0;
  client.command = intern(world.symbols, text);
  client.command.client = id;
  client.opens_first = world.settings.sessions && client.session == 0 && text.kind != CommandKind::OpenSession;
  if (client.opens_first) {
    client.next = client.command;
    client.command = Command{};
    client.command.kind = CommandKind::OpenSession;
    client.command.client = id;
  }
  if (client.command.kind == CommandKind::OpenSession) {
    if (world.settings.max_sessions > 0) client.command.value = Value::number(world.settings.max_sessions);
  } else if (world.settings.sessions) {
    client.command.session = client.session;
  }
  client.command.serial = client.serial;
}

void start_waiting(World& world, Client& client) {
  client.status = ClientStatus::Waiting;
  client.gives_up_at = later(world.now, world.settings.client_timeout);
  client.sequence = world.next_sequence++;
}

}  // namespace

void ask(World& world, const ClientAsk& request, Event& event) {
  event.kind = EventKind::ClientAsk;
  const ClientId id = request.by != no_client ? request.by : first_idle_client(world);
  event.client = id;
  const auto number = static_cast<std::size_t>(id);
  if (world.clients.size() < number) world.clients.resize(number);
  Client& client = world.clients[number - 1];
  prepare(world, id, request.command);
  client.only_that_node = request.to != no_node;
  client.result = Value{};
  client.called_at = world.now;
  start_waiting(world, client);
  const NodeId to = request.to != no_node ? request.to : node_to_ask(world, client);
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, to});
  client_sends(world, id, to, event);
}

void retry(World& world, ClientId id, Event& event) {
  event.kind = EventKind::ClientAsk;
  event.client = id;
  Client& client = world.clients[static_cast<std::size_t>(id) - 1];
  client.only_that_node = false;
  client.asked_again = true;
  start_waiting(world, client);
  const NodeId to = node_to_ask(world, client);
  event.reasons.emplace_back(ReasonCode::ClientAsked, std::initializer_list<Operand>{id, to});
  client_sends(world, id, to, event);
}

}  // namespace raft::sim
