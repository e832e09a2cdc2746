// A small number for every command that a log can hold during a search. Clients' commands differ in nothing
// that matters, so one is named after its place, not after who asked.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "raft/core/command.h"
#include "raft/sim/world.h"

namespace raft::search {

using CommandNumber = std::uint8_t;
inline constexpr CommandNumber noop_number = 0;

class Commands {
 public:
  /// 0 is the no-op; then the distinct commands in the nodes' logs, in the order of nodes and indexes.
  explicit Commands(const sim::World& start);

  /// Of the `nth` command that clients ask for (from 1); how they are counted is the caller's affair.
  CommandNumber number_of_client_command(std::size_t nth) const { return static_cast<CommandNumber>(given_ + nth); }
  CommandNumber number(const Command& command) const;
  /// The last that was given this number.
  const Command& command(CommandNumber number) const { return commands_[number]; }
  std::size_t given() const { return given_; }

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
