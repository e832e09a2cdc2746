// Reading it with the parser of files.
#include "raft/walkthrough/typed_condition.h"

#include "raft/walkthrough/condition_reader.h"
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

namespace {

/// How many words after the name of a function its command stands; 0: it takes none.
std::size_t words_to_command(const Word& word) {
  const FunctionInfo* const info = find_function(word);
  if (info == nullptr || info->result != Type::Number) return 0;
  return info->argument_types[0] == Type::Command ? 1 : info->argument_types[1] == Type::Command ? 2 : 0;
}

}  // namespace

std::optional<std::string> with_commands_quoted(std::string_view condition, const std::function<bool(std::string_view)>& is_command) {
  std::string all;
  std::size_t copied = 0;  // bytes of the condition
  try {
    for (WordReader reader(condition); !reader.at_end();) {
      const std::size_t words = words_to_command(reader.next());
      if (words == 0) continue;
      if (words == 2) reader.next();
      const Word key = reader.peek();
      const Word equals = reader.peek(1);
      const Word value = reader.peek(2);
      const bool write = key.kind == Word::Kind::Plain && equals.text == "=" && equals.glued && value.kind == Word::Kind::Plain && value.glued;
      if (!write || is_command(key.text)) continue;
      for (int i = 0; i < 3; ++i) reader.next();
      all += std::string(condition.substr(copied, key.begin - copied)) + quoted(condition.substr(key.begin, value.end - key.begin));
      if (!peek_comparison(reader)) all += " >= 1";
      copied = value.end;
    }
  } catch (const Problem&) {
    return std::nullopt;  // no condition at all
  }
  if (copied == 0) return std::nullopt;
  return all + std::string(condition.substr(copied));
}

}  // namespace raft::walkthrough
