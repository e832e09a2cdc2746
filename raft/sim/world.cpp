// How a world begins, and questions about it that need no event.
#include "raft/sim/world.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "raft/core/step.h"
#include "raft/sim/act.h"

namespace raft::sim {

const char* client_status_name(ClientStatus status) {
  switch (status) {
    case ClientStatus::Idle: return "idle";
    case ClientStatus::Waiting: return "waiting";
    case ClientStatus::Ok: return "ok";
    case ClientStatus::Failed: return "failed";
    case ClientStatus::TimedOut: return "timed_out";
    case ClientStatus::Redirected: return "redirected";
    case ClientStatus::Expired: return "expired";
  }
  return "";
}

NodeId World::find_node(std::string_view node_name) const {
  for (std::size_t i = 0; i < machines.size(); ++i) {
    if (machines[i].name == node_name) return node_at(i);
  }
  return no_node;
}

const Client* World::client(ClientId id) const {
  const auto number = static_cast<std::size_t>(id);
  return number >= 1 && number <= clients.size() ? &clients[number - 1] : nullptr;
}

LocalTime local_time(const World& world, NodeId node) {
  static_assert(end_of_time <= max_local_time);
  const Machine& machine = world.machine(node);
  Time passed = world.now - machine.clock_set_at;
  if (machine.clock.numerator != machine.clock.denominator) passed = at_rate(passed, machine.clock);
  return std::min(later(machine.clock_base, passed), end_of_time);  // there the clock stands still
}

Time on_world_clock(const Machine& machine, Time duration) {
  if (machine.clock.numerator == machine.clock.denominator) return duration;
  return at_rate(duration, {machine.clock.denominator, machine.clock.numerator});
}

std::string endpoint_name(const World& world, Endpoint end) {
  if (end.is_node()) return world.name(end.node());
  return "c" + std::to_string(static_cast<int>(end.client()));
}

std::string names_of(const World& world, NodeSet nodes) {
  std::string text;
  for (const NodeId node : nodes) text += (text.empty() ? "" : " ") + world.name(node);
  return text;
}

std::string configuration_text(const World& world, const Configuration& configuration) {
  const auto list = [&world](NodeSet nodes) { return "[" + names_of(world, nodes) + "]"; };
  return configuration.joint() ? list(configuration.voters) + "+" + list(configuration.next)
                               : list(configuration.voters);
}

std::string content_text(const World& world, const Command& command) {
  if (command.kind != CommandKind::Configure) return command_text(command, world.symbols);
  const auto list = [&world](NodeSet nodes) {
    std::string text;
    bool letter_before = true;
    for (const NodeId node : nodes) {
      const std::string& name = world.name(node);
      const bool letter = name.size() == 1;
      text += (letter && letter_before ? "" : " ") + name;
      letter_before = letter;
    }
    return text;
  };
  const Configuration& members = command.configuration;
  return members.joint() ? list(members.voters) + "→" + list(members.next) : "→" + list(members.voters);
}

Command intern(Symbols& symbols, const CommandText& text) {
  Command command;
  command.kind = text.kind;
  const bool about_key = text.kind != CommandKind::Noop && text.kind != CommandKind::OpenSession;
  if (!about_key) return command;
  command.key = symbols.intern(text.key);
  if (text.kind == CommandKind::Write || text.kind == CommandKind::CompareAndSet) {
    command.value = symbols.value(text.value);
  }
  if (text.kind == CommandKind::CompareAndSet) command.expected = symbols.value(text.expected);
  return command;
}

NodeId add_machine(World& world, const std::string& name, const Configuration& configuration) {
  const NodeId id = node_at(world.machines.size());
  Machine machine;
  machine.name = name;
  machine.node = make_node(id, configuration);
  world.machines.push_back(std::move(machine));
  return id;
}

namespace {

void give_state(World& world, const GivenNode& given) {
  Machine& machine = world.machine(given.node);
  machine.node.durable.current_term = given.term;
  machine.node.durable.voted_for = given.vote;
  for (const GivenEntry& entry : given.log) {
    machine.node.durable.log.append({entry.term, intern(world.symbols, entry.command)});
  }
  machine.up = !given.down;
}

}  // namespace

World make_world(const ClusterConfig& config) {
  assert(!invalid(config));
  World world;
  world.seed = config.seed;
  world.settings = config.settings;
  tell_core(world.settings);
  Configuration configuration;
  configuration.voters = NodeSet::first(config.node_names.size());
  configuration.learners =
      NodeSet::first(config.node_names.size() + config.learner_names.size()) - configuration.voters;
  for (const std::string& name : config.node_names) add_machine(world, name, configuration);
  for (const std::string& name : config.learner_names) add_machine(world, name, configuration);
  for (const GivenNode& given : config.given) give_state(world, given);
  for (const NodeClock& clock : config.clocks) world.machine(clock.node).clock = clock.rate;
  Event start;
  for (const NodeId node : world.all_nodes()) {
    if (world.machine(node).up) step_node(world, node, {.kind = InputKind::Start}, start);
  }
  for (const GivenNode& given : config.given) {
    if (!given.down) recall_commit(world, given.node, given.commit);
  }
  return world;
}

bool leads(const World& world, NodeId node) {
  return node != no_node && world.machine(node).up && world.node(node).memory.role == Role::Leader;
}

NodeId current_leader(const World& world) {
  NodeId leader = no_node;
  Term term = -1;
  for (const NodeId id : world.all_nodes()) {
    if (!leads(world, id) || world.node(id).durable.current_term <= term) continue;
    leader = id;
    term = world.node(id).durable.current_term;
  }
  return leader;
}

const Configuration* configuration_among(const World& world, NodeSet nodes) {
  const NodeState* newest = nullptr;
  const NodeState* leader = nullptr;
  for (const NodeId id : nodes) {
    const NodeState& node = world.node(id);
    const bool later = leader == nullptr || leader->durable.current_term < node.durable.current_term;
    if (leads(world, id) && later) leader = &node;
    if (node.configuration.all_voters().empty()) continue;
    if (newest == nullptr || !at_least_as_up_to_date(newest->durable.log.last(), node.durable.log.last())) newest = &node;
  }
  if (leader != nullptr) return &leader->configuration;
  return newest != nullptr ? &newest->configuration : nullptr;
}

const Configuration& configuration_of(const World& world) {
  const Configuration* const known = configuration_among(world, world.all_nodes());
  return known != nullptr ? *known : world.machines.front().node.configuration;
}

Index written_up_to(const Machine& machine) {
  const Log& log = machine.node.durable.log;
  if (machine.writes.empty()) return log.last_index();
  const Log& disk = machine.written.log;
  const Index known = std::max(log.base().index, disk.base().index);
  Index index = std::min(log.last_index(), disk.last_index());
  // §5.3: where two logs have the same entry, they are the same up to it.
  while (index > known && log.id_at(index) != disk.id_at(index)) --index;
  return index;
}

bool is_learner(const NodeState& node) {
  return node.memory.role == Role::Follower && node.configuration.learners.contains(node.id);
}

std::vector<NodeSet> islands(const World& world) {
  std::vector<NodeSet> found;
  NodeSet seen;
  for (const NodeId start : world.all_nodes()) {
    if (seen.contains(start)) continue;
    NodeSet island;
    island.add(start);
    for (bool grown = true; grown;) {
      grown = false;
      for (const NodeId from : island) {
        for (const NodeId to : world.all_nodes() - island) {
          if (!world.network.is_open(from, to) || !world.network.is_open(to, from)) continue;
          island.add(to);
          grown = true;
        }
      }
    }
    seen = seen | island;
    found.push_back(island);
  }
  return found;
}

}  // namespace raft::sim
