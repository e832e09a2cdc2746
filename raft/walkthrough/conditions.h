// What a walkthrough can say about a run: a condition as a tree of plain values. The functions are one table.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raft/core/reason.h"
#include "raft/sim/intervention.h"
#include "raft/walkthrough/names.h"
#include "raft/walkthrough/words.h"

namespace raft::walkthrough {

enum class Type : std::uint8_t {
  Fact,      // yes or no
  Number,
  Duration,  // in µs; a bare number means ms
  Node,      // a node or none
  Role,
  Status,    // of a client
  Value,     // what a key holds, or none
  Command,   // of an entry, or none
  Entries,   // [1:a 2:b]
  Config,    // [A B C], or [A B C]+[C D E]
  Pattern,   // TYPE A -> B
  Reason,
  Property,  // "Election Safety"
  Client,
  Key,
};

// FUNCTION(enumerator, name, arguments, their types, type of the result, what it says)
#define RAFT_FUNCTIONS(FUNCTION)                                                                            \
  FUNCTION(Role, "role", "N", Node, Fact, Role, "follower, pre_candidate, candidate, leader, learner")       \
  FUNCTION(Up, "up", "N", Node, Fact, Fact, "it runs")                                                      \
  FUNCTION(Term, "term", "N", Node, Fact, Number, "its current term")                                       \
  FUNCTION(Vote, "vote", "N", Node, Fact, Node, "whom it voted for in its term, or none")                   \
  FUNCTION(LeaderOf, "leader_of", "N", Node, Fact, Node, "whom it believes to lead, or none")               \
  FUNCTION(Commit, "commit", "N", Node, Fact, Number, "its commit index")                                   \
  FUNCTION(Applied, "applied", "N", Node, Fact, Number, "the last index it has applied")                    \
  FUNCTION(First, "first", "N", Node, Fact, Number, "the first index of its log; 1 without a snapshot")     \
  FUNCTION(Last, "last", "N", Node, Fact, Number, "the last index of its log; 0 if it is empty")            \
  FUNCTION(Entry, "entry", "N I", Node, Number, Command, "the command at an index, or none")                \
  FUNCTION(EntryTerm, "entry_term", "N I", Node, Number, Number, "the term of the entry, or none")          \
  FUNCTION(Log, "log", "N", Node, Fact, Entries, "its whole log: log A = [1:x=1 2:sally]")                  \
  FUNCTION(Snapshot, "snapshot", "N", Node, Fact, Number, "last index of its snapshot, or 0")               \
  FUNCTION(ValueOf, "value", "N KEY", Node, Key, Value, "what the key holds on it, or none")                \
  FUNCTION(ConfigOf, "config", "N", Node, Fact, Config, "the voters as it knows them: [A B]+[B C] if joint")\
  FUNCTION(Votes, "votes", "N", Node, Fact, Number, "how many votes it was granted in its term")            \
  FUNCTION(Next, "next", "N M", Node, Node, Number, "leader N's nextIndex for M, or none")                  \
  FUNCTION(Match, "match", "N M", Node, Node, Number, "leader N's matchIndex for M, or none")               \
  FUNCTION(Countdown, "countdown", "N", Node, Fact, Duration, "ms left of its election timer, or none")     \
  FUNCTION(Happened, "happened", "REASON N", Reason, Node, Fact, "it decided so in this step")              \
  FUNCTION(Applications, "applications", "N COMMAND", Node, Command, Number, "how often it applied it")     \
  FUNCTION(Leader, "leader", "", Fact, Fact, Node, "the up leader of the highest term, or none")            \
  FUNCTION(Leaders, "leaders", "", Fact, Fact, Number, "how many up nodes are leader")                      \
  FUNCTION(LeaderInTerm, "leader_in_term", "T", Number, Fact, Node, "who has led that term so far, or none")\
  FUNCTION(InFlight, "in_flight", "TYPE A -> B", Pattern, Fact, Number, "messages on their way")            \
  FUNCTION(Held, "held", "TYPE A -> B", Pattern, Fact, Number, "messages in the tray of a held link")       \
  FUNCTION(Lost, "lost", "TYPE A -> B", Pattern, Fact, Number, "messages lost so far")                      \
  FUNCTION(Stored, "stored", "COMMAND", Command, Fact, Number, "on how many nodes it is, in log or snapshot")\
  FUNCTION(Committed, "committed", "COMMAND", Command, Fact, Number, "how many nodes know it committed")    \
  FUNCTION(ClientStatus, "client", "C", Client, Fact, Status, "idle, waiting, ok, failed, …")               \
  FUNCTION(Result, "result", "C", Client, Fact, Value, "the answer it got, or none")                        \
  FUNCTION(Time, "time", "", Fact, Fact, Duration, "simulated time since the start")                        \
  FUNCTION(Safe, "safe", "", Fact, Fact, Fact, "all five properties have held so far")                      \
  FUNCTION(Linearizable, "linearizable", "", Fact, Fact, Fact, "one order explains all answers so far")     \
  FUNCTION(Violated, "violated", "\"PROPERTY\"", Property, Fact, Fact, "that property was broken")

enum class Function : std::uint8_t {
#define RAFT_FUNCTION_ENUMERATOR(enumerator, name, arguments, first, second, result, says) enumerator,
  RAFT_FUNCTIONS(RAFT_FUNCTION_ENUMERATOR)
#undef RAFT_FUNCTION_ENUMERATOR
};

struct FunctionInfo {
  Function function;
  const char* name;
  const char* arguments;   // as shown to a reader
  Type argument_types[2];  // Fact: no argument
  Type result;
  const char* says;
};
std::span<const FunctionInfo> function_table();
const FunctionInfo& function_info(Function function);

using sim::Comparison;
using sim::comparison_text;
/// The comparison that the next word is, if it is one.
std::optional<Comparison> peek_comparison(const WordReader& reader);

struct Expression {
  enum class Kind : std::uint8_t { Or, And, Not, All, Any, Count, Compare, Call, Literal, Variable };
  Kind kind = Kind::Literal;
  Type type = Type::Fact;
  int column = 0;
  Comparison comparison = Comparison::Equal;  // Compare
  Function function = Function::Safe;         // Call
  std::vector<Expression> parts;              // operands, arguments, or the body of a quantifier
  // All, Any, Count, Variable: the slot of the bound variable, its name, and what it ranges over
  std::size_t slot = 0;
  std::string variable;
  bool all_nodes = true;
  NodeSet nodes;
  // Literal
  bool none = false;
  std::int64_t number = 0;  // also a node, a role, a status, a client, a reason, a property
  std::string text;         // Value, Command, Entries, Config, Key; for the latter two as written canonically
  sim::MessagePattern pattern;
};

/// The condition at the reader, which it leaves after it. Throws a Problem.
Expression read_condition(WordReader& reader, const Names& names);
/// The same with a variable bound around it: the answers of `answer which n: …`.
Expression read_condition_about(WordReader& reader, const Names& names, const std::string& variable);

/// Whether it calls one of these functions anywhere.
bool calls(const Expression& condition, std::initializer_list<Function> functions);

/// Exactly what read_condition reads; bound variables in `bound` are written as the nodes they stand for.
std::string condition_text(const Expression& expression, const Names& names, const std::vector<NodeId>& bound = {});

/// What `role` says of a node without a vote that follows; beside the roles of the core.
inline constexpr std::int64_t learner_role = 4;
const char* role_text(std::int64_t role);

/// A value of a type as it would be written: "leader", "2", "none", "[1:a]".
std::string literal_text(Type type, std::int64_t number, const std::string& text, const Names& names);

/// The text of an entry's command inside a list or a comparison: quoted when it holds a '='.
std::string quoted_command(const std::string& command);

inline constexpr std::size_t max_bound = 5;
inline constexpr std::size_t max_depth = 64;

}  // namespace raft::walkthrough
