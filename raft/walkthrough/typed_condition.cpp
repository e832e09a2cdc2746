// Reading it with the parser of files.
#include "raft/walkthrough/typed_condition.h"

#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

std::variant<TypedCondition, Problem> parse_condition(std::string_view text, const Names& names) {
  try {
    WordReader reader(text);
    TypedCondition typed{.condition = read_condition(reader, names), .within = {}};
    if (reader.take("within")) typed.within = read_duration(reader, "within");
    reader.expect_end();
    return typed;
  } catch (const Problem& problem) {
    return problem;
  }
}

}  // namespace raft::walkthrough
