// One condition as somebody types it, outside of a file.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "raft/walkthrough/conditions.h"

namespace raft::walkthrough {

/// `within DURATION` may follow the condition.
struct TypedCondition {
  Expression condition;
  std::optional<sim::Time> within;
};
std::variant<TypedCondition, Problem> parse_condition(std::string_view text, const Names& names);

/// What who types committed x=1 means: committed "x=1" >= 1. Without quotes the language asks on how many nodes x is. All such
/// places of the text; nullopt: there is none. A word that `is_command` by itself may be meant as it stands.
std::optional<std::string> with_commands_quoted(std::string_view condition, const std::function<bool(std::string_view)>& is_command);

}  // namespace raft::walkthrough
