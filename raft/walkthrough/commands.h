// Everything that can be done to a world, as words: one table, read and written from here alone. The same
// words stand after `do`, in the palette and in what is recorded.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "raft/sim/intervention.h"
#include "raft/walkthrough/names.h"
#include "raft/walkthrough/words.h"

namespace raft::walkthrough {

enum class CommandGroup : std::uint8_t { Nodes, Network, Messages, Clients, Members, Settings };
const char* command_group_name(CommandGroup group);

struct CommandInfo {
  const char* name;    // its first word
  const char* syntax;  // what follows it
  const char* says;
  CommandGroup group;
};
std::span<const CommandInfo> command_table();

/// Exactly what parse_command reads.
std::string command_text(const sim::Intervention& intervention, const Names& names);
std::string command_text(const sim::Intervention& intervention, const sim::World& world);
/// `set NAME VALUE` without the `set`.
std::string setting_text(sim::Setting setting, sim::SettingValue value);

/// One command, as typed.
std::variant<sim::Intervention, Problem> parse_command(std::string_view text, const Names& names);

/// The command at the reader, which it leaves after it. Throws a Problem.
sim::Intervention read_command(WordReader& reader, const Names& names);
/// Nodes that the command starts are known from then on.
void learn_names(const sim::Intervention& intervention, Names& names);
/// What follows `set`: a setting, a clock or a rule.
sim::Intervention read_setting(WordReader& reader, const Names& names);
/// TYPE A -> B
sim::MessagePattern read_pattern(WordReader& reader, const Names& names);
std::string pattern_text(const sim::MessagePattern& pattern, const Names& names);

struct Link {
  NodeId from = no_node;
  NodeId to = no_node;
  sim::Direction direction = sim::Direction::BothWays;
};
/// A B, or A -> B
Link read_link(WordReader& reader, const Names& names, std::string_view after);

/// What follows `when`: entries > 0 and (entry_term = 2 or not message_term >= 3)
sim::MessageCondition read_message_condition(WordReader& reader);
std::string message_condition_text(const sim::MessageCondition& condition);
const sim::MessageFieldInfo& message_field(sim::MessageField field);

}  // namespace raft::walkthrough
