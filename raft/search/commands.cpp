// The numbers of commands and configurations.
#include "raft/search/commands.h"

#include <algorithm>
#include <cassert>

namespace raft::search {

NodeId renamed(NodeId node, const Renaming& renaming) {
  return node == no_node ? no_node : node_at(renaming[index_of(node)]);
}

NodeSet renamed(NodeSet nodes, const Renaming& renaming) {
  NodeSet result;
  for (const NodeId node : nodes) result.add(renamed(node, renaming));
  return result;
}

Commands::Commands(const sim::World& start) {
  name(noop_number, Command{});
  for (const NodeId node : start.all_nodes()) {
    const Log& log = start.node(node).durable.log;
    for (Index index = 1; index <= log.last_index(); ++index) {
      const Command& command = log.at(index).command;
      if (std::find(commands_.begin(), commands_.end(), command) != commands_.end()) continue;
      name(static_cast<CommandNumber>(commands_.size()), command);
    }
  }
  given_ = commands_.size() - 1;
}

CommandNumber Commands::number(const Command& command) {
  const auto found = std::find_if(numbers_.begin(), numbers_.end(),
                                  [&command](const auto& numbered) { return numbered.first == command; });
  if (found != numbers_.end()) return found->second;
  assert(command.kind == CommandKind::Configure && commands_.size() < max_commands);
  name(static_cast<CommandNumber>(commands_.size()), command);
  return static_cast<CommandNumber>(commands_.size() - 1);
}

CommandNumber Commands::number(const Configuration& configuration) {
  Command command;
  command.kind = CommandKind::Configure;
  command.configuration = configuration;
  return number(command);
}

CommandNumber Commands::renamed(CommandNumber number_of_one, const Renaming& renaming) {
  const Command& one = commands_[number_of_one];
  if (one.kind != CommandKind::Configure) return number_of_one;
  const Configuration& was = one.configuration;
  return number(Configuration{.voters = search::renamed(was.voters, renaming),
                              .next = search::renamed(was.next, renaming),
                              .learners = search::renamed(was.learners, renaming)});
}

void Commands::name(CommandNumber number, const Command& command) {
  if (commands_.size() <= number) commands_.resize(std::size_t{number} + 1);
  commands_[number] = command;
  numbers_.emplace_back(command, number);
}

void Commands::name_client_commands(std::size_t count) {
  for (std::size_t nth = 1; nth <= count; ++nth) {
    Command command;
    command.kind = CommandKind::Write;
    command.client = static_cast<ClientId>(1);
    command.key = static_cast<SymbolId>(0);
    command.serial = -static_cast<Serial>(nth);  // as no client counts: none of a world's is taken for it
    command.value = Value::number(static_cast<std::int64_t>(nth));
    name(number_of_client_command(nth), command);
  }
}

}  // namespace raft::search
