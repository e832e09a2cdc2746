// Reading conditions. Comparison binds tightest, then not, and, or; what `all n:` and its kin range over
// extends as far to the right as it can. Not here: what a single word stands for (literals.cpp).
#include "raft/walkthrough/conditions.h"

#include <algorithm>
#include <array>

#include "raft/walkthrough/condition_reader.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

std::optional<Comparison> peek_comparison(const WordReader& reader) {
  constexpr std::array<std::string_view, 6> symbols = {"=", "!=", "<", "<=", ">", ">="};
  const Word& word = reader.peek();
  if (word.kind != Word::Kind::Symbol) return std::nullopt;
  const auto found = std::find(symbols.begin(), symbols.end(), word.text);
  if (found == symbols.end()) return std::nullopt;
  return static_cast<Comparison>(found - symbols.begin());
}

Expression ConditionReader::read_about(const std::string& variable) {
  variables_.push_back(variable);
  return read();
}

Expression ConditionReader::read() { return fact(read_or()); }

Expression ConditionReader::read_or() { return read_chain("or", Expression::Kind::Or, &ConditionReader::read_and); }

Expression ConditionReader::read_chain(std::string_view word, Expression::Kind kind, Reading read_part) {
  Expression first = (this->*read_part)();
  if (!reader_.is(word)) return first;
  Expression chain;
  chain.kind = kind;
  chain.column = first.column;
  chain.parts.push_back(fact(std::move(first)));
  while (reader_.take(word)) chain.parts.push_back(fact((this->*read_part)()));
  return chain;
}

Expression ConditionReader::fact(Expression expression) const {
  if (expression.type == Type::Fact) return expression;
  throw Problem{expression.column, condition_text(expression, names_) + " is " + type_name(expression.type) +
                                       "; compare it, as in … = …"};
}

Expression ConditionReader::read_and() { return read_chain("and", Expression::Kind::And, &ConditionReader::read_not); }

Expression ConditionReader::read_not() {
  const int column = reader_.peek().column;
  if (!reader_.take("not")) return read_comparison();
  const DepthGuard guard(*this);
  Expression negation;
  negation.kind = Expression::Kind::Not;
  negation.column = column;
  negation.parts.push_back(fact(read_not()));
  return negation;
}

Expression ConditionReader::read_comparison() {
  Expression left = read_operand(Type::Fact);
  const std::optional<Comparison> comparison = peek_comparison(reader_);
  if (left.type == Type::Fact) return left;  // an operator after it belongs to a count around it
  if (!comparison && reader_.is(")")) return left;  // (count n: up n) >= 3
  if (!comparison) {
    reader_.fail("expected = != < <= > or >= after " + condition_text(left, names_) + ", which is " +
                 type_name(left.type) + (reader_.at_end() ? "" : ", not '" + reader_.peek().text + "'"));
  }
  const Word& word = reader_.next();
  if (*comparison >= Comparison::Less && left.type != Type::Number && left.type != Type::Duration && left.type != Type::Value) {
    throw Problem{word.column, "'" + word.text + "' compares numbers; " + type_name(left.type) + " is = or !="};
  }
  Expression compare;
  compare.kind = Expression::Kind::Compare;
  compare.column = left.column;
  compare.comparison = *comparison;
  const Type type = left.type;
  compare.parts.push_back(std::move(left));
  compare.parts.push_back(read_operand(type));
  if (peek_comparison(reader_) && open_counts_ == 0) {
    const bool about_command = !compare.parts[0].parts.empty() && compare.parts[0].parts.back().type == Type::Command;
    reader_.fail(about_command ? "a command with = stands in double quotes here, as in stored \"x=1\" = 2"
                               : "a comparison has two sides; join two comparisons with and");
  }
  return compare;
}

Expression ConditionReader::read_operand(Type wanted) {
  const DepthGuard guard(*this);
  const Word word = reader_.peek();
  if (reader_.at_end()) reader_.fail(wanted == Type::Fact ? "expected a condition, as in role A = leader or up B" : expected(wanted));
  if (wanted == Type::Fact && reader_.take("(")) return read_parentheses();
  if (wanted == Type::Fact && starts_quantifier()) return read_quantifier();
  if (std::optional<Expression> literal = read_literal(word, wanted)) return *literal;
  if (const FunctionInfo* info = find_function(word)) return checked(read_call(*info), wanted);
  fail_unknown(word, wanted);
}

Expression ConditionReader::read_parentheses() {
  const int counts = open_counts_;
  open_counts_ = 0;
  Expression inside = read_or();
  open_counts_ = counts;
  reader_.expect(")", "the condition in parentheses");
  return inside;
}

bool ConditionReader::starts_quantifier() const {
  return reader_.is("all") || reader_.is("any") || reader_.is("count");
}

Expression ConditionReader::read_quantifier() {
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

std::string ConditionReader::read_variable(const std::string& quantifier) {
  const Word& word = reader_.peek();
  const bool lower = word.kind == Word::Kind::Plain &&
                     word.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  if (!lower) reader_.fail("expected a lower-case name after '" + quantifier + "', as in " + quantifier + " n: up n");
  if (holds(variables_, word.text)) reader_.fail("'" + word.text + "' is bound already");
  if (find_function(word) != nullptr || word.text == "none") reader_.fail("'" + word.text + "' has a meaning already");
  if (variables_.size() >= max_bound) reader_.fail("more than " + std::to_string(max_bound) + " variables are bound inside each other");
  return reader_.next().text;
}

Expression ConditionReader::read_call(const FunctionInfo& info) {
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

Expression ConditionReader::checked(Expression call, Type wanted) const {
  if (wanted == Type::Fact || call.type == wanted) return call;
  // Words of values and commands compare; so do numbers of every kind.
  throw Problem{call.column, "'" + std::string(function_info(call.function).name) + "' is " + type_name(call.type) +
                                 ", and " + expected(wanted)};
}

bool calls(const Expression& condition, std::initializer_list<Function> functions) {
  const bool itself = condition.kind == Expression::Kind::Call &&
                      std::find(functions.begin(), functions.end(), condition.function) != functions.end();
  return itself || std::any_of(condition.parts.begin(), condition.parts.end(),
                               [&](const Expression& part) { return calls(part, functions); });
}

Expression read_condition(WordReader& reader, const Names& names) {
  Expression condition = ConditionReader(reader, names).read();
  if (peek_comparison(reader)) {
    reader.fail("'" + reader.peek().text + "' has nothing to compare: a fact is written alone, as in up B, or after not, as in not up B");
  }
  return condition;
}

Expression read_condition_about(WordReader& reader, const Names& names, const std::string& variable) {
  return ConditionReader(reader, names).read_about(variable);
}

}  // namespace raft::walkthrough
