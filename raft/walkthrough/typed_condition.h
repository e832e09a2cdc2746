// One condition as somebody types it, outside of a file.
#pragma once

#include <optional>
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

}  // namespace raft::walkthrough
