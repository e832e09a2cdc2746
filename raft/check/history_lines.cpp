// The clients' history as JSON lines, for outside checkers.
#include <nlohmann/json.hpp>

#include "raft/check/history.h"
#include "raft/sim/json_text.h"

namespace raft::check {

namespace {

using Json = nlohmann::ordered_json;

const char* function_name(CommandKind kind) {
  switch (kind) {
    case CommandKind::Noop: return "noop";
    case CommandKind::Write: return "write";
    case CommandKind::Read: return "read";
    case CommandKind::CompareAndSet: return "cas";
    case CommandKind::Increment: return "incr";
    case CommandKind::OpenSession:
    case CommandKind::ExpireSession:
    case CommandKind::Configure: break;  // no operations on a key: never in a history
  }
  return "";
}

Json value_json(Value value, const Symbols& symbols) {
  if (value.kind() == Value::Kind::None) return nullptr;
  return symbols.value_text(value);
}

}  // namespace

std::string history_line(const Operation& operation, const Symbols& symbols, sim::Time end_us) {
  const Command& command = operation.command;
  const Json json = {{"client", "c" + std::to_string(static_cast<int>(command.client))},
                     {"op", command.serial},
                     {"f", function_name(command.kind)},
                     {"key", symbols.text(command.key)},
                     {"value", value_json(command.value, symbols)},
                     {"old", value_json(command.expected, symbols)},
                     {"result", value_json(operation.result, symbols)},
                     {"status", operation_status_name(operation.status)},
                     {"call_us", operation.called_at},
                     {"return_us", operation.end_moment < 0 ? end_us : operation.ended_at}};
  return sim::json_text(json);
}

std::string history_lines(const History& history, const Symbols& symbols, sim::Time end_us) {
  std::string lines;
  for (std::size_t place = 0; place < history.moments().size(); ++place) {
    const Operation& operation = history.operation(history.moment(place).operation);
    // An operation that was asked again ends more than once: its last end counts.
    if (operation.end_moment != static_cast<std::int32_t>(place)) continue;
    lines += history_line(operation, symbols, end_us) + "\n";
  }
  for (std::size_t i = 0; i < history.operations().size(); ++i) {
    const Operation& operation = history.operations()[i];
    if (operation.command.client == no_client || operation.status != OperationStatus::Waiting) continue;
    lines += history_line(operation, symbols, end_us) + "\n";
  }
  return lines;
}

}  // namespace raft::check
