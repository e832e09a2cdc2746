// The functions of conditions as a table, and how types are called in messages.
#include <algorithm>
#include <array>

#include "raft/walkthrough/condition_reader.h"

namespace raft::walkthrough {

namespace {

constexpr auto functions = std::to_array<FunctionInfo>({
#define RAFT_FUNCTION_ROW(enumerator, name, arguments, first, second, result, says) \
  {Function::enumerator, name, arguments, {Type::first, Type::second}, Type::result, says},
    RAFT_FUNCTIONS(RAFT_FUNCTION_ROW)
#undef RAFT_FUNCTION_ROW
});

}  // namespace

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

std::span<const FunctionInfo> function_table() { return functions; }
const FunctionInfo& function_info(Function function) { return functions[static_cast<std::size_t>(function)]; }

}  // namespace raft::walkthrough
