// Clients were told what no order of their operations explains: which answer it is, and what it disagrees with.
#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

using check::Operation;

const char* kind_key(const Operation& operation) {
  if (operation.status == check::OperationStatus::Refused) return "refused";
  switch (operation.command.kind) {
    case CommandKind::Read: return operation.result.kind() == Value::Kind::None ? "read_nothing" : "read";
    case CommandKind::Increment: return "incremented";
    case CommandKind::CompareAndSet:
      return operation.status == check::OperationStatus::Mismatch ? "did_not_match" : "matched";
    default: return "done";
  }
}

/// "c2 read x = 1"
std::string told(const Words& words, const sim::World& world, const Operation& operation) {
  return words.fill(std::string("anomaly.") + kind_key(operation),
                    {{"client", client_text(operation.command.client)},
                     {"key", world.symbols.text(operation.command.key)},
                     {"value", world.symbols.value_text(operation.result)},
                     {"command", command_text(operation.command, world.symbols)}});
}

std::string before(const Words& words, const sim::World& world, const Operation& operation) {
  std::string value = world.symbols.value_text(operation.command.value);
  if (operation.command.kind == CommandKind::Increment) value = world.symbols.value_text(operation.result);
  return words.fill("anomaly.after", {{"client", client_text(operation.command.client)},
                                      {"key", world.symbols.text(operation.command.key)},
                                      {"value", value}});
}

constexpr std::size_t most_values = 4;

/// "Only 2 or 3 would have fitted."
std::string what_would_fit(const Words& words, const sim::World& world, const check::Anomaly& anomaly) {
  if (anomaly.fitting.empty() || anomaly.fitting.size() > most_values) return "";
  std::string values;
  for (const Value value : anomaly.fitting) {
    if (!values.empty()) values += words.text("anomaly.or");
    values += value.kind() == Value::Kind::None ? words.text("anomaly.nothing") : world.symbols.value_text(value);
  }
  return words.fill("anomaly.would_fit", {{"values", values}});
}

}  // namespace

std::string anomaly_sentence(const Words& words, const sim::World& world, const check::History& history,
                             const check::Anomaly& anomaly) {
  const Operation& operation = history.operation(anomaly.operation);
  std::string text = told(words, world, operation);
  if (anomaly.preceded_by != check::no_operation) {
    text += before(words, world, history.operation(anomaly.preceded_by));
  }
  text += words.text("phrase.full_stop");
  const bool is_read = operation.command.kind == CommandKind::Read || operation.command.kind == CommandKind::Increment;
  if (const std::string fit = what_would_fit(words, world, anomaly); is_read && !fit.empty()) {
    add_sentence(words, text, fit);
  }
  return text;
}

}  // namespace raft::explain
