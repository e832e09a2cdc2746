// The words of a condition that stand for themselves, read by the type that their place asks for: nodes, roles,
// numbers, commands, logs, configurations. Also what is said about a word that means nothing there.
#include <array>

#include "raft/check/safety.h"
#include "raft/core/ascii.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/condition_reader.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

constexpr auto statuses = std::to_array<sim::ClientStatus>(
    {sim::ClientStatus::Idle, sim::ClientStatus::Waiting, sim::ClientStatus::Ok, sim::ClientStatus::Failed,
     sim::ClientStatus::TimedOut, sim::ClientStatus::Redirected, sim::ClientStatus::Expired});
constexpr std::int64_t role_count = learner_role + 1;

}  // namespace

Expression ConditionReader::literal(Type type, std::int64_t number, std::string text) {
  Expression value;
  value.kind = Expression::Kind::Literal;
  value.type = type;
  value.column = reader_.peek().column;
  value.number = number;
  value.text = std::move(text);
  return value;
}

Expression ConditionReader::none_of(Type type) {
  Expression value = literal(type, 0);
  value.none = true;
  return value;
}

std::optional<Expression> ConditionReader::read_literal(const Word& word, Type wanted) {
  if (std::optional<Expression> named = read_named(word, wanted)) return named;
  switch (wanted) {
    case Type::Fact: return read_free_literal(word);
    case Type::Number:
    case Type::Duration:
      if (word.kind != Word::Kind::Plain || (word.text[0] != '-' && (word.text[0] < '0' || word.text[0] > '9'))) {
        return std::nullopt;
      }
      return wanted == Type::Number ? read_number_literal() : read_duration_literal(word);
    case Type::Value:
    case Type::Key:
    case Type::Command:
      if (starts_call(word, wanted)) return std::nullopt;
      return read_text_literal(wanted);
    case Type::Entries: return reader_.is("[") ? read_entries() : std::optional<Expression>{};
    case Type::Config: return reader_.is("[") ? read_config() : std::optional<Expression>{};
    case Type::Pattern: return read_pattern_literal();
    case Type::Client: {
      Expression client = literal(Type::Client, 0);
      client.number = static_cast<int>(read_client(reader_));
      return client;
    }
    default: return std::nullopt;
  }
}

std::optional<Expression> ConditionReader::read_named(const Word& word, Type wanted) {
  const bool plain = word.kind == Word::Kind::Plain;
  const bool may_be_none = wanted == Type::Node || wanted == Type::Value || wanted == Type::Command ||
                           wanted == Type::Number || wanted == Type::Duration;
  if (plain && word.text == "none" && may_be_none) return one_word(none_of(wanted));
  if (wanted == Type::Node && plain) return read_node_literal(word);
  if (wanted == Type::Role && plain) {
    for (std::int64_t role = 0; role < role_count; ++role) {
      if (word.text == role_text(role)) return one_word(literal(Type::Role, role));
    }
  }
  if (wanted == Type::Status && plain) {
    for (const sim::ClientStatus status : statuses) {
      if (word.text == sim::client_status_name(status)) {
        return one_word(literal(Type::Status, static_cast<int>(status)));
      }
    }
  }
  if (wanted == Type::Reason && plain) {
    if (const auto code = reason_from_name(word.text)) return one_word(literal(Type::Reason, static_cast<int>(*code)));
  }
  if (wanted == Type::Property) {
    for (const check::PropertyInfo& info : check::property_table) {
      if (word.text == info.name) return one_word(literal(Type::Property, static_cast<std::int64_t>(info.property)));
    }
  }
  return std::nullopt;
}

std::optional<Expression> ConditionReader::read_node_literal(const Word& word) {
  for (std::size_t slot = 0; slot < variables_.size(); ++slot) {
    if (word.text != variables_[slot]) continue;
    Expression variable = literal(Type::Node, 0);
    variable.kind = Expression::Kind::Variable;
    variable.slot = slot;
    variable.variable = word.text;
    return one_word(variable);
  }
  const NodeId node = names_.find(word.text);
  if (node != no_node) return one_word(literal(Type::Node, static_cast<int>(node)));
  return std::nullopt;
}

Expression ConditionReader::one_word(Expression expression) {
  reader_.next();
  return expression;
}

std::optional<Expression> ConditionReader::read_free_literal(const Word& word) {
  if (word.kind != Word::Kind::Plain) return std::nullopt;
  if (looks_like_node(word) || holds(variables_, word.text)) {
    if (std::optional<Expression> node = read_node_literal(word)) return node;
  }
  if (ascii::is_digit(word.text[0])) {
    const bool bare = word.text.find_first_not_of("0123456789") == std::string::npos;
    return bare ? read_number_literal() : read_duration_literal(word);
  }
  if (find_function(word) != nullptr) return std::nullopt;
  return read_named(word, Type::Role);
}

Expression ConditionReader::read_number_literal() {
  Expression number = literal(Type::Number, 0);
  number.number = read_number(reader_, "a number", 0, INT64_MAX / 4);
  return number;
}

Expression ConditionReader::read_duration_literal(const Word& word) {
  Expression duration = literal(Type::Duration, 0);
  const bool bare = word.text.find_first_not_of("0123456789") == std::string::npos;
  duration.number = bare ? read_number(reader_, "a number of ms", 0, 3'600'000'000) * 1000
                         : read_duration(reader_, "the right side");
  return duration;
}

bool ConditionReader::starts_call(const Word& word, Type wanted) const {
  const FunctionInfo* info = find_function(word);
  if (info == nullptr || info->result != wanted) return false;
  const Word& argument = reader_.peek(1);
  return looks_like_node(argument) || looks_like_client(argument) || holds(variables_, argument.text);
}

Expression ConditionReader::read_text_literal(Type type) {
  Expression text = literal(type, 0);
  text.text = type == Type::Command ? canonical_command(read_command_text(reader_, type_name(type))) : read_text(reader_, type_name(type));
  return text;
}

std::string ConditionReader::canonical_command(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || text.substr(0, equals) != text.substr(equals + 1)) return text;
  return text.substr(0, equals);
}

Expression ConditionReader::read_entries() {
  Expression entries = literal(Type::Entries, 0);
  reader_.expect("[", "the comparison");
  while (!reader_.take("]")) {
    if (reader_.at_end()) reader_.fail("expected ']' at the end of the log");
    const std::int64_t term = read_number(reader_, "an entry's term", 1, INT32_MAX);
    reader_.expect(":", "the term of an entry, as in [1:x=1 2:sally]");
    std::string command = read_command_text(reader_, "the entry's command");
    if (reader_.is("=") && reader_.peek().glued) {
      reader_.next();
      command += "=" + read_text(reader_, "the value");
    }
    entries.text += (entries.text.empty() ? "" : " ") + std::to_string(term) + ":" +
                    quoted_command(canonical_command(command));
  }
  entries.text = "[" + entries.text + "]";
  return entries;
}

Expression ConditionReader::read_config() {
  Expression config = literal(Type::Config, 0);
  do {
    reader_.expect("[", "'+'");
    const NodeSet nodes = reader_.is("]") ? NodeSet{} : read_nodes(reader_, names_, "[");
    reader_.expect("]", "the nodes");
    config.text += (config.text.empty() ? "[" : "+[") + names_.list(nodes) + "]";
  } while (reader_.take("+"));
  return config;
}

Expression ConditionReader::read_pattern_literal() {
  Expression pattern = literal(Type::Pattern, 0);
  pattern.pattern = read_pattern(reader_, names_);
  return pattern;
}

std::string ConditionReader::expected(Type type) {
  const char* example = type == Type::Entries ? ", as in [1:x=1 2:sally]," : type == Type::Config ? ", as in [A B C]," : "";
  return std::string(type_name(type)) + example + " is expected here";
}

void ConditionReader::fail_unknown(const Word& word, Type wanted) const {
  std::vector<std::string> valid;
  if (wanted == Type::Node) {
    valid = names_.nodes;
    reader_.fail("there is no node '" + word.text + "'; node names are " + joined(valid));
  }
  if (wanted == Type::Role) {
    for (std::int64_t role = 0; role < role_count; ++role) valid.emplace_back(role_text(role));
  } else if (wanted == Type::Status) {
    for (const sim::ClientStatus status : statuses) valid.emplace_back(sim::client_status_name(status));
  } else if (wanted == Type::Reason) {
    for (std::size_t i = 0; i < reason_count; ++i) valid.emplace_back(reason_info(static_cast<ReasonCode>(i)).name);
  } else if (wanted == Type::Property) {
    for (const check::PropertyInfo& info : check::property_table) valid.push_back("\"" + std::string(info.name) + "\"");
  } else if (wanted == Type::Fact) {
    for (const FunctionInfo& info : function_table()) valid.emplace_back(info.name);
    valid.insert(valid.end(), {"all", "any", "count", "not"});
  }
  if (valid.empty()) reader_.fail(expected(wanted) + ", not '" + word.text + "'");
  const std::string what = wanted == Type::Fact ? "the condition" : type_name(wanted);
  reader_.fail("unknown word '" + word.text + "' for " + what + "; " + suggestion(word.text, valid));
}

}  // namespace raft::walkthrough
