// The reader of conditions and the words it knows. Not for use outside raft/walkthrough: what reads a condition is
// declared in conditions.h.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/walkthrough/conditions.h"

namespace raft::walkthrough {

/// functions.cpp: the function that a word names, or null.
const FunctionInfo* find_function(const Word& word);
/// functions.cpp: "a number", "a node"
const char* type_name(Type type);

class ConditionReader {
 public:
  ConditionReader(WordReader& reader, const Names& names) : reader_(reader), names_(names) {}

  Expression read_about(const std::string& variable);
  Expression read();

 private:
  using Reading = Expression (ConditionReader::*)();

  // conditions.cpp: how the parts are joined.
  Expression read_or();
  Expression read_chain(std::string_view word, Expression::Kind kind, Reading read_part);
  Expression fact(Expression expression) const;
  Expression read_and();
  Expression read_not();
  Expression read_comparison();
  /// `wanted` is the type that the place asks for; Fact at the left of a comparison, where all are welcome.
  Expression read_operand(Type wanted);
  Expression read_parentheses();
  bool starts_quantifier() const;
  Expression read_quantifier();
  std::string read_variable(const std::string& quantifier);
  Expression read_call(const FunctionInfo& info);
  Expression checked(Expression call, Type wanted) const;

  // literals.cpp: what stands for itself, and what is wrong with a word that does not.
  Expression literal(Type type, std::int64_t number, std::string text = "");
  Expression none_of(Type type);
  std::optional<Expression> read_literal(const Word& word, Type wanted);
  /// Literals that are one word out of a list: nodes, variables, roles, states of clients, reasons, properties.
  std::optional<Expression> read_named(const Word& word, Type wanted);
  std::optional<Expression> read_node_literal(const Word& word);
  Expression one_word(Expression expression);
  /// At the left of a comparison a word stands for itself only where it can mean one thing.
  std::optional<Expression> read_free_literal(const Word& word);
  Expression read_number_literal();
  Expression read_duration_literal(const Word& word);
  /// `value A x = value B x`: a word of the language where its argument follows, otherwise just a word.
  bool starts_call(const Word& word, Type wanted) const;
  Expression read_text_literal(Type type);
  /// "x=x" is the command x.
  static std::string canonical_command(const std::string& text);
  Expression read_entries();
  Expression read_config();
  Expression read_pattern_literal();
  static std::string expected(Type type);
  [[noreturn]] void fail_unknown(const Word& word, Type wanted) const;

  template <typename Range>
  static bool holds(const Range& range, std::string_view text) {
    return std::find(range.begin(), range.end(), text) != range.end();
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

}  // namespace raft::walkthrough
