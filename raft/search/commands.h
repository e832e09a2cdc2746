// A small number for every command that a log can hold during a search. Clients' commands differ in nothing
// that matters, so one is named after its place, not after who asked. Configurations get theirs as they come up.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "raft/core/command.h"
#include "raft/sim/world.h"

namespace raft::search {

/// The explorer's nodes: A to G.
inline constexpr std::size_t max_explored_nodes = 7;

/// Which node takes the place of which; by index.
using Renaming = std::array<std::uint8_t, max_explored_nodes>;
NodeId renamed(NodeId node, const Renaming& renaming);
NodeSet renamed(NodeSet nodes, const Renaming& renaming);

using CommandNumber = std::uint8_t;
inline constexpr CommandNumber noop_number = 0;
inline constexpr std::size_t max_commands = 256;

class Commands {
 public:
  /// 0 is the no-op; then the distinct commands in the nodes' logs, in the order of nodes and indexes.
  explicit Commands(const sim::World& start);

  /// Of the `nth` command that clients ask for (from 1); how they are counted is the caller's affair.
  CommandNumber number_of_client_command(std::size_t nth) const { return static_cast<CommandNumber>(given_ + nth); }
  /// A configuration that has none yet gets the next one.
  CommandNumber number(const Command& command);
  CommandNumber number(const Configuration& configuration);
  /// The last that was given this number.
  const Command& command(CommandNumber number) const { return commands_[number]; }
  /// What the command is when nodes change places.
  CommandNumber renamed(CommandNumber number, const Renaming& renaming);

  /// Several commands may have one number: those for one place in the log, of different terms.
  void name(CommandNumber number, const Command& command);
  /// Names `count` commands of clients with commands of the explorer's own.
  void name_client_commands(std::size_t count);

 private:
  std::vector<Command> commands_;                          // by number
  std::vector<std::pair<Command, CommandNumber>> numbers_;
  std::size_t given_ = 0;
};

}  // namespace raft::search
