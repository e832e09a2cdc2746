// Writing conditions: exactly what conditions.cpp reads.
#include <array>

#include "raft/check/safety.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

/// How tightly a condition binds: a part in a place that asks for more stands in parentheses.
int binding(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::Or: return 1;
    case Expression::Kind::And: return 2;
    case Expression::Kind::Not: return 3;
    case Expression::Kind::All:
    case Expression::Kind::Any:
    case Expression::Kind::Count: return 0;  // would swallow what follows
    case Expression::Kind::Compare: return 4;
    case Expression::Kind::Call:
    case Expression::Kind::Literal:
    case Expression::Kind::Variable: return 5;
  }
  return 5;
}

class Writer {
 public:
  Writer(const Names& names, const std::vector<NodeId>& bound) : names_(names), bound_(bound) {}

  /// `last`: nothing of the condition follows, so that a quantifier may reach as far as it likes.
  std::string write(const Expression& e, bool last = true) const {
    switch (e.kind) {
      case Expression::Kind::Or: return chain(e, " or ", last);
      case Expression::Kind::And: return chain(e, " and ", last);
      case Expression::Kind::Not: return "not " + inside(e.parts[0], 3, last);
      case Expression::Kind::All:
      case Expression::Kind::Any:
      case Expression::Kind::Count: return quantifier(e);
      case Expression::Kind::Compare:
        return inside(e.parts[0], 5, false) + " " + comparison_text(e.comparison) + " " + write(e.parts[1]);
      case Expression::Kind::Call: return call(e);
      case Expression::Kind::Variable: return e.slot < bound_.size() ? names_.node(bound_[e.slot]) : e.variable;
      case Expression::Kind::Literal: return literal(e);
    }
    return "";
  }

 private:
  std::string inside(const Expression& part, int least, bool last) const {
    const bool reaches_the_end = last && (part.kind == Expression::Kind::All || part.kind == Expression::Kind::Any);
    return binding(part) >= least || reaches_the_end ? write(part, last) : "(" + write(part) + ")";
  }

  std::string chain(const Expression& e, const char* separator, bool last) const {
    std::string text;
    for (std::size_t i = 0; i < e.parts.size(); ++i) {
      if (i > 0) text += separator;
      text += inside(e.parts[i], binding(e) + 1, last && i + 1 == e.parts.size());
    }
    return text;
  }

  std::string quantifier(const Expression& e) const {
    const char* name = e.kind == Expression::Kind::All ? "all " : e.kind == Expression::Kind::Any ? "any " : "count ";
    const std::string where = e.all_nodes ? "" : " in " + names_.list(e.nodes);
    return name + e.variable + where + ": " + write(e.parts[0]);
  }

  std::string call(const Expression& e) const {
    std::string text = function_info(e.function).name;
    for (const Expression& argument : e.parts) text += " " + write(argument);
    return text;
  }

  std::string literal(const Expression& e) const {
    if (e.none) return "none";
    if (e.type == Type::Pattern) return pattern_text(e.pattern, names_);
    return literal_text(e.type, e.number, e.text, names_);
  }

  const Names& names_;
  const std::vector<NodeId>& bound_;
};

}  // namespace

const char* role_text(std::int64_t role) {
  return role == learner_role ? "learner" : role_name(static_cast<Role>(role));
}

std::string quoted_command(const std::string& command) { return quoted_if_needed(command); }

std::string literal_text(Type type, std::int64_t number, const std::string& text, const Names& names) {
  switch (type) {
    case Type::Fact: return number != 0 ? "yes" : "no";
    case Type::Number: return std::to_string(number);
    case Type::Duration: return duration_text(number);
    case Type::Node: return names.node(static_cast<NodeId>(number));
    case Type::Role: return role_text(number);
    case Type::Status: return sim::client_status_name(static_cast<sim::ClientStatus>(number));
    case Type::Value:
    case Type::Key:
    case Type::Command: return text == "none" ? "\"none\"" : quoted_if_needed(text);
    case Type::Entries:
    case Type::Config: return text;
    case Type::Reason: return reason_info(static_cast<ReasonCode>(number)).name;
    case Type::Property: return quoted(check::property_name(static_cast<check::Property>(number)));
    case Type::Client: return "c" + std::to_string(number);
    case Type::Pattern: return "";
  }
  return "";
}

std::string condition_text(const Expression& expression, const Names& names, const std::vector<NodeId>& bound) {
  return Writer(names, bound).write(expression);
}

}  // namespace raft::walkthrough
