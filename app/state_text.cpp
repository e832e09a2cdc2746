// The state of a world as text, for `run --state`.
#include "app/state_text.h"

#include <fmt/format.h>

#include "raft/walkthrough/values.h"

namespace app {

namespace {

std::string log_text(const raft::sim::World& world, const raft::Log& log) {
  std::string text;
  if (log.base().index > 0) text = fmt::format("snapshot {}", log.base().index);
  for (raft::Index i = log.first_index(); i <= log.last_index(); ++i) {
    text += fmt::format("{}{}:{}", text.empty() ? "" : " ", log.term_at(i),
                        raft::command_text(log.at(i).command, world.symbols));
  }
  return "[" + text + "]";
}

std::string store_text(const raft::sim::World& world, const raft::KeyValueStore& store) {
  std::string text;
  for (const auto& [key, value] : store) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", world.symbols.text(key), world.symbols.value_text(value));
  }
  return "{" + text + "}";
}

}  // namespace

std::string state_text(const raft::sim::World& world) {
  std::string text = fmt::format("time {} event {}\n", raft::walkthrough::duration_text(world.now), world.events);
  for (const raft::RuleInfo& rule : raft::rule_table) {
    if (!world.settings.core.rules.on(rule.rule)) text += fmt::format("rule {} off (section {})\n", rule.name, rule.section);
  }
  for (const raft::NodeId id : world.all_nodes()) {
    const raft::sim::Machine& machine = world.machine(id);
    const raft::NodeState& node = machine.node;
    const std::string vote = node.durable.voted_for == raft::no_node ? "none" : world.name(node.durable.voted_for);
    text += fmt::format("{} {} term {} vote {} commit {} applied {} log {} values {}\n", machine.name,
                        machine.up ? raft::role_name(node.memory.role) : "down", node.durable.current_term, vote,
                        node.memory.commit_index, node.memory.last_applied, log_text(world, node.durable.log),
                        store_text(world, node.memory.machine.store));
  }
  for (std::size_t i = 0; i < world.clients.size(); ++i) {
    const raft::sim::Client& client = world.clients[i];
    text += fmt::format("c{} {} {}\n", i + 1, raft::sim::client_status_name(client.status),
                        raft::command_text(client.command, world.symbols));
  }
  return text;
}

}  // namespace app
