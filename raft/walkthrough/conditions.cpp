// Reading conditions. Comparison binds tightest, then not, and, or; what `all n:` and its kin range over
// extends as far to the right as it can.
#include "raft/walkthrough/conditions.h"

#include <algorithm>
#include <array>

#include "raft/check/safety.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

constexpr auto functions = std::to_array<FunctionInfo>({
#define RAFT_FUNCTION_ROW(enumerator, name, arguments, first, second, result, says) \
  {Function::enumerator, name, arguments, {Type::first, Type::second}, Type::result, says},
    RAFT_FUNCTIONS(RAFT_FUNCTION_ROW)
#undef RAFT_FUNCTION_ROW
});

constexpr auto unbuilt = std::to_array<std::string_view>({"held", "linearizable"});
constexpr auto unbuilt_roles = std::to_array<std::string_view>({"pre_candidate", "learner"});
constexpr auto statuses = std::to_array<sim::ClientStatus>(
    {sim::ClientStatus::Idle, sim::ClientStatus::Waiting, sim::ClientStatus::Ok, sim::ClientStatus::Failed,
     sim::ClientStatus::TimedOut, sim::ClientStatus::Redirected});
constexpr auto roles = std::to_array<Role>({Role::Follower, Role::Candidate, Role::Leader});

template <typename Range>
bool holds(const Range& range, std::string_view text) {
  return std::find(range.begin(), range.end(), text) != range.end();
}

const FunctionInfo* find_function(const Word& word) {
  if (word.kind != Word::Kind::Plain) return nullptr;
  const auto found = std::find_if(functions.begin(), functions.end(),
                                  [&word](const FunctionInfo& info) { return word.text == info.name; });
  return found == functions.end() ? nullptr : &*found;
}

const char* type_name(Type type) {
  switch (type) {
    case Type::Fact: return "yes or no";
    case Type::Number: return "a number";
    case Type::Duration: return "a duration";
    case Type::Node: return "a node";
    case Type::Role: return "a role";
    case Type::Status: return "a client's status";
    case Type::Value: return "a value";
    case Type::Command: return "a command";
    case Type::Entries: return "a log";
    case Type::Config: return "a configuration";
    case Type::Pattern: return "a kind of message";
    case Type::Reason: return "a reason";
    case Type::Property: return "a property";
    case Type::Client: return "a client";
    case Type::Key: return "a key";
  }
  return "";
}

class ConditionReader {
 public:
  ConditionReader(WordReader& reader, const Names& names) : reader_(reader), names_(names) {}

  Expression read_about(const std::string& variable) {
    variables_.push_back(variable);
    return read();
  }

  Expression read() { return fact(read_or()); }

 private:
  Expression read_or() { return read_chain("or", Expression::Kind::Or, &ConditionReader::read_and); }

  using Reading = Expression (ConditionReader::*)();

  Expression read_chain(std::string_view word, Expression::Kind kind, Reading read_part) {
    Expression first = (this->*read_part)();
    if (!reader_.is(word)) return first;
    Expression chain;
    chain.kind = kind;
    chain.column = first.column;
    chain.parts.push_back(fact(std::move(first)));
    while (reader_.take(word)) chain.parts.push_back(fact((this->*read_part)()));
    return chain;
  }

  Expression fact(Expression expression) const {
    if (expression.type == Type::Fact) return expression;
    throw Problem{expression.column, condition_text(expression, names_) + " is " + type_name(expression.type) +
                                         "; compare it, as in … = …"};
  }

  Expression read_and() { return read_chain("and", Expression::Kind::And, &ConditionReader::read_not); }

  Expression read_not() {
    const int column = reader_.peek().column;
    if (!reader_.take("not")) return read_comparison();
    const DepthGuard guard(*this);
    Expression negation;
    negation.kind = Expression::Kind::Not;
    negation.column = column;
    negation.parts.push_back(fact(read_not()));
    return negation;
  }

  Expression read_comparison() {
    Expression left = read_operand(Type::Fact);
    const std::optional<Comparison> comparison = peek_comparison();
    if (left.type == Type::Fact) return left;  // an operator after it belongs to a count around it
    if (!comparison && reader_.is(")")) return left;  // (count n: up n) >= 3
    if (!comparison) {
      reader_.fail("expected = != < <= > or >= after " + condition_text(left, names_) + ", which is " +
                   type_name(left.type) + (reader_.at_end() ? "" : ", not '" + reader_.peek().text + "'"));
    }
    const Word& word = reader_.next();
    if (*comparison >= Comparison::Less && left.type != Type::Number && left.type != Type::Duration) {
      throw Problem{word.column, "'" + word.text + "' compares numbers; " + type_name(left.type) + " is = or !="};
    }
    Expression compare;
    compare.kind = Expression::Kind::Compare;
    compare.column = left.column;
    compare.comparison = *comparison;
    const Type type = left.type;
    compare.parts.push_back(std::move(left));
    compare.parts.push_back(read_operand(type));
    if (peek_comparison() && open_counts_ == 0) {
      reader_.fail("a comparison has two sides; join two comparisons with and");
    }
    return compare;
  }

  std::optional<Comparison> peek_comparison() const {
    constexpr std::array<std::string_view, 6> symbols = {"=", "!=", "<", "<=", ">", ">="};
    const Word& word = reader_.peek();
    if (word.kind != Word::Kind::Symbol) return std::nullopt;
    const auto found = std::find(symbols.begin(), symbols.end(), word.text);
    if (found == symbols.end()) return std::nullopt;
    return static_cast<Comparison>(found - symbols.begin());
  }

  /// `wanted` is the type that the place asks for; Fact at the left of a comparison, where all are welcome.
  Expression read_operand(Type wanted) {
    const DepthGuard guard(*this);
    const Word word = reader_.peek();
    if (reader_.at_end()) reader_.fail(wanted == Type::Fact ? "expected a condition" : expected(wanted));
    if (wanted == Type::Fact && reader_.take("(")) return read_parentheses();
    if (wanted == Type::Fact && starts_quantifier()) return read_quantifier();
    if (std::optional<Expression> literal = read_literal(word, wanted)) return *literal;
    if (holds(unbuilt, word.text)) reader_.fail("'" + word.text + "' is not built yet in this version");
    if (const FunctionInfo* info = find_function(word)) return checked(read_call(*info), wanted);
    fail_unknown(word, wanted);
  }

  Expression read_parentheses() {
    const int counts = open_counts_;
    open_counts_ = 0;
    Expression inside = read_or();
    open_counts_ = counts;
    reader_.expect(")", "the condition in parentheses");
    return inside;
  }

  bool starts_quantifier() const {
    return reader_.is("all") || reader_.is("any") || reader_.is("count");
  }

  Expression read_quantifier() {
    Expression quantifier;
    quantifier.column = reader_.peek().column;
    const std::string name = reader_.next().text;
    quantifier.kind = name == "all"   ? Expression::Kind::All
                      : name == "any" ? Expression::Kind::Any
                                      : Expression::Kind::Count;
    if (quantifier.kind == Expression::Kind::Count) quantifier.type = Type::Number;
    quantifier.variable = read_variable(name);
    quantifier.slot = variables_.size();
    quantifier.all_nodes = !reader_.take("in");
    quantifier.nodes = quantifier.all_nodes ? names_.all() : read_nodes(reader_, names_, "in");
    reader_.expect(":", quantifier.all_nodes ? "'" + name + " " + quantifier.variable + "'" : "the nodes");
    variables_.push_back(quantifier.variable);
    if (quantifier.kind == Expression::Kind::Count) ++open_counts_;
    quantifier.parts.push_back(fact(read_or()));
    if (quantifier.kind == Expression::Kind::Count) --open_counts_;
    variables_.pop_back();
    return quantifier;
  }

  std::string read_variable(const std::string& quantifier) {
    const Word& word = reader_.peek();
    const bool lower = word.kind == Word::Kind::Plain &&
                       word.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    if (!lower) reader_.fail("expected a lower-case name after '" + quantifier + "', as in " + quantifier + " n: up n");
    if (holds(variables_, word.text)) reader_.fail("'" + word.text + "' is bound already");
    if (find_function(word) != nullptr || word.text == "none") reader_.fail("'" + word.text + "' has a meaning already");
    if (variables_.size() >= max_bound) reader_.fail("more than 8 variables are bound inside each other");
    return reader_.next().text;
  }

  Expression read_call(const FunctionInfo& info) {
    Expression call;
    call.kind = Expression::Kind::Call;
    call.function = info.function;
    call.type = info.result;
    call.column = reader_.next().column;
    for (const Type type : info.argument_types) {
      if (type == Type::Fact) continue;
      if (reader_.at_end()) {
        reader_.fail("expected " + std::string(type_name(type)) + " after '" + info.name + "': " + info.name + " " +
                     info.arguments + (type == Type::Node ? "; node names are " + joined(names_.nodes) : ""));
      }
      call.parts.push_back(read_operand(type));
    }
    return call;
  }

  Expression checked(Expression call, Type wanted) const {
    if (wanted == Type::Fact || call.type == wanted) return call;
    // Words of values and commands compare; so do numbers of every kind.
    throw Problem{call.column, "'" + std::string(function_info(call.function).name) + "' is " + type_name(call.type) +
                                   ", and " + expected(wanted)};
  }

  Expression literal(Type type, std::int64_t number, std::string text = "") {
    Expression value;
    value.kind = Expression::Kind::Literal;
    value.type = type;
    value.column = reader_.peek().column;
    value.number = number;
    value.text = std::move(text);
    return value;
  }

  Expression none_of(Type type) {
    Expression value = literal(type, 0);
    value.none = true;
    return value;
  }

  std::optional<Expression> read_literal(const Word& word, Type wanted) {
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

  /// Literals that are one word out of a list: nodes, variables, roles, states of clients, reasons, properties.
  std::optional<Expression> read_named(const Word& word, Type wanted) {
    const bool plain = word.kind == Word::Kind::Plain;
    const bool may_be_none = wanted == Type::Node || wanted == Type::Value || wanted == Type::Command ||
                             wanted == Type::Number || wanted == Type::Duration;
    if (plain && word.text == "none" && may_be_none) return one_word(none_of(wanted));
    if (wanted == Type::Node && plain) return read_node_literal(word);
    if (wanted == Type::Role && plain) {
      for (const Role role : roles) {
        if (word.text == role_name(role)) return one_word(literal(Type::Role, static_cast<int>(role)));
      }
      if (holds(unbuilt_roles, word.text)) reader_.fail("'" + word.text + "' is not built yet in this version");
    }
    if (wanted == Type::Status && plain) {
      for (const sim::ClientStatus status : statuses) {
        if (word.text == sim::client_status_name(status)) {
          return one_word(literal(Type::Status, static_cast<int>(status)));
        }
      }
      if (word.text == "expired") reader_.fail("'expired' is not built yet in this version");
    }
    if (wanted == Type::Reason && plain) {
      if (const auto code = reason_from_name(word.text)) return one_word(literal(Type::Reason, static_cast<int>(*code)));
    }
    if (wanted == Type::Property) {
      for (std::size_t i = 0; i < check::property_count; ++i) {
        if (word.text == check::property_name(static_cast<check::Property>(i))) {
          return one_word(literal(Type::Property, static_cast<std::int64_t>(i)));
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Expression> read_node_literal(const Word& word) {
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

  Expression one_word(Expression expression) {
    reader_.next();
    return expression;
  }

  /// At the left of a comparison a word stands for itself only where it can mean one thing.
  std::optional<Expression> read_free_literal(const Word& word) {
    if (word.kind != Word::Kind::Plain) return std::nullopt;
    if (looks_like_node(word) || holds(variables_, word.text)) {
      if (std::optional<Expression> node = read_node_literal(word)) return node;
    }
    if (word.text[0] >= '0' && word.text[0] <= '9') {
      const bool bare = word.text.find_first_not_of("0123456789") == std::string::npos;
      return bare ? read_number_literal() : read_duration_literal(word);
    }
    if (find_function(word) != nullptr) return std::nullopt;
    return read_named(word, Type::Role);
  }

  Expression read_number_literal() {
    Expression number = literal(Type::Number, 0);
    number.number = read_number(reader_, "a number", 0, INT64_MAX / 4);
    return number;
  }

  Expression read_duration_literal(const Word& word) {
    Expression duration = literal(Type::Duration, 0);
    const bool bare = word.text.find_first_not_of("0123456789") == std::string::npos;
    duration.number = bare ? read_number(reader_, "a number of ms", 0, 3'600'000'000) * 1000
                           : read_duration(reader_, "the right side");
    return duration;
  }

  /// `value A x = value B x`: a word of the language where its argument follows, otherwise just a word.
  bool starts_call(const Word& word, Type wanted) const {
    const FunctionInfo* info = find_function(word);
    if (info == nullptr || info->result != wanted) return false;
    const Word& argument = reader_.peek(1);
    return looks_like_node(argument) || looks_like_client(argument) || holds(variables_, argument.text);
  }

  Expression read_text_literal(Type type) {
    Expression text = literal(type, 0);
    text.text = read_text(reader_, type_name(type));
    if (type == Type::Command) text.text = canonical_command(text.text);
    return text;
  }

  /// "x=x" is the command x.
  static std::string canonical_command(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || text.substr(0, equals) != text.substr(equals + 1)) return text;
    return text.substr(0, equals);
  }

  Expression read_entries() {
    Expression entries = literal(Type::Entries, 0);
    reader_.expect("[", "the comparison");
    while (!reader_.take("]")) {
      if (reader_.at_end()) reader_.fail("expected ']' at the end of the log");
      const std::int64_t term = read_number(reader_, "an entry's term", 1, INT32_MAX);
      reader_.expect(":", "the term of an entry, as in [1:x=1 2:sally]");
      std::string command = read_text(reader_, "the entry's command");
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

  Expression read_config() {
    Expression config = literal(Type::Config, 0);
    do {
      reader_.expect("[", "'+'");
      const NodeSet nodes = reader_.is("]") ? NodeSet{} : read_nodes(reader_, names_, "[");
      reader_.expect("]", "the nodes");
      config.text += (config.text.empty() ? "[" : "+[") + names_.list(nodes) + "]";
    } while (reader_.take("+"));
    return config;
  }

  Expression read_pattern_literal() {
    Expression pattern = literal(Type::Pattern, 0);
    pattern.pattern = read_pattern(reader_, names_);
    return pattern;
  }

  static std::string expected(Type type) { return std::string(type_name(type)) + " is expected here"; }

  [[noreturn]] void fail_unknown(const Word& word, Type wanted) const {
    std::vector<std::string> valid;
    if (wanted == Type::Node) {
      valid = names_.nodes;
      reader_.fail("there is no node '" + word.text + "'; node names are " + joined(valid));
    }
    if (wanted == Type::Role) {
      for (const Role role : roles) valid.emplace_back(role_name(role));
    } else if (wanted == Type::Status) {
      for (const sim::ClientStatus status : statuses) valid.emplace_back(sim::client_status_name(status));
    } else if (wanted == Type::Reason) {
      for (std::size_t i = 0; i < reason_count; ++i) valid.emplace_back(reason_info(static_cast<ReasonCode>(i)).name);
    } else if (wanted == Type::Property) {
      for (std::size_t i = 0; i < check::property_count; ++i) {
        valid.push_back("\"" + std::string(check::property_name(static_cast<check::Property>(i))) + "\"");
      }
    } else if (wanted == Type::Fact) {
      for (const FunctionInfo& info : functions) valid.emplace_back(info.name);
      valid.insert(valid.end(), {"all", "any", "count", "not"});
    }
    if (valid.empty()) reader_.fail(expected(wanted) + ", not '" + word.text + "'");
    const std::string what = wanted == Type::Fact ? "the condition" : type_name(wanted);
    reader_.fail("unknown word '" + word.text + "' for " + what + "; " + suggestion(word.text, valid));
  }

  /// A file must not be able to exhaust the stack with ten thousand parentheses.
  struct DepthGuard {
    explicit DepthGuard(ConditionReader& owner) : owner_(owner) {
      if (++owner_.depth_ > max_depth) owner_.reader_.fail("the condition is nested more than 64 deep");
    }
    ~DepthGuard() { --owner_.depth_; }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;
    ConditionReader& owner_;
  };

  WordReader& reader_;
  const Names& names_;
  std::vector<std::string> variables_;
  int open_counts_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

std::span<const FunctionInfo> function_table() { return functions; }
const FunctionInfo& function_info(Function function) { return functions[static_cast<std::size_t>(function)]; }

Expression read_condition(WordReader& reader, const Names& names) { return ConditionReader(reader, names).read(); }

Expression read_condition_about(WordReader& reader, const Names& names, const std::string& variable) {
  return ConditionReader(reader, names).read_about(variable);
}

}  // namespace raft::walkthrough
