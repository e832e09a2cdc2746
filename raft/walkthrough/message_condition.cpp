// What follows `drop every TYPE A -> B when`: comparisons of what a message carries, joined by and, or, not. Read and
// written here. Conditions on the world are read in conditions.cpp.
#include <algorithm>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using sim::MessageCondition;
constexpr std::int64_t max_compared = 1'000'000'000;

class Reader {
 public:
  explicit Reader(WordReader& reader) : reader_(reader) {}

  MessageCondition read_or() {
    return read_chain("or", MessageCondition::Kind::Or, [this] {
      return read_chain("and", MessageCondition::Kind::And, [this] { return read_not(); });
    });
  }

 private:
  template <typename ReadPart>
  MessageCondition read_chain(std::string_view word, MessageCondition::Kind kind, ReadPart read_part) {
    MessageCondition first = read_part();
    if (!reader_.is(word)) return first;
    MessageCondition chain;
    chain.kind = kind;
    chain.parts.push_back(std::move(first));
    while (reader_.take(word)) chain.parts.push_back(read_part());
    return chain;
  }

  MessageCondition read_not() {
    if (!reader_.is("not") && !reader_.is("(")) return read_comparison();
    if (++depth_ > max_depth) reader_.fail("the condition is nested more than 64 deep");
    MessageCondition inside;
    if (reader_.take("not")) {
      inside.kind = MessageCondition::Kind::Not;
      inside.parts.push_back(read_not());
    } else {
      reader_.next();
      inside = read_or();
      reader_.expect(")", "the condition in parentheses");
    }
    --depth_;
    return inside;
  }

  MessageCondition read_comparison() {
    MessageCondition compare;
    compare.field = read_field();
    const std::string field = message_field(compare.field).name;
    const std::optional<sim::Comparison> comparison = peek_comparison(reader_);
    if (!comparison) reader_.fail("expected = != < <= > or >= after " + field);
    reader_.next();
    compare.comparison = *comparison;
    compare.number = read_number(reader_, field, 0, max_compared);
    return compare;
  }

  sim::MessageField read_field() {
    const Word& word = reader_.peek();
    std::vector<std::string> fields;
    for (const sim::MessageFieldInfo& info : sim::message_field_table) {
      if (reader_.take(info.name)) return info.field;
      fields.emplace_back(info.name);
    }
    reader_.fail((reader_.at_end() ? "expected what a message carries"
                                   : "unknown word '" + word.text + "' for what a message carries") +
                 "; " + suggestion(word.text, fields));
  }

  WordReader& reader_;
  std::size_t depth_ = 0;
};

/// How tightly it binds: and, or and not ask for parentheses around what binds less.
int binding(MessageCondition::Kind kind) {
  switch (kind) {
    case MessageCondition::Kind::Or: return 1;
    case MessageCondition::Kind::And: return 2;
    case MessageCondition::Kind::Not: return 3;
    case MessageCondition::Kind::Compare: break;
  }
  return 4;
}

std::string inside(const MessageCondition& part, int least) {
  const std::string text = message_condition_text(part);
  return binding(part.kind) >= least ? text : "(" + text + ")";
}

}  // namespace

const sim::MessageFieldInfo& message_field(sim::MessageField field) {
  return sim::message_field_table[static_cast<std::size_t>(field)];
}

sim::MessageCondition read_message_condition(WordReader& reader) { return Reader(reader).read_or(); }

std::string message_condition_text(const sim::MessageCondition& condition) {
  switch (condition.kind) {
    case MessageCondition::Kind::Compare:
      return std::string(message_field(condition.field).name) + " " + comparison_text(condition.comparison) + " " +
             std::to_string(condition.number);
    case MessageCondition::Kind::Not: return "not " + inside(condition.parts.front(), 3);
    case MessageCondition::Kind::And:
    case MessageCondition::Kind::Or: break;
  }
  std::string text;
  for (const sim::MessageCondition& part : condition.parts) {
    if (!text.empty()) text += condition.kind == MessageCondition::Kind::And ? " and " : " or ";
    text += inside(part, binding(condition.kind) + 1);
  }
  return text;
}

}  // namespace raft::walkthrough
