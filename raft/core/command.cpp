// Interning of texts, and the text of a command. What a command does to the store is in commit.cpp.
#include "raft/core/command.h"

#include <charconv>

namespace raft {

namespace {

bool reads_as_number(std::string_view text, std::int64_t& number) {
  const char* end = text.data() + text.size();
  const auto [stopped_at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped_at != end) return false;
  if (number <= -Value::number_max || number >= Value::number_max) return false;
  return std::to_string(number) == text;
}

}  // namespace

SymbolId Symbols::intern(std::string_view text) {
  if (const auto found = table_->ids.find(text); found != table_->ids.end()) return found->second;
  // Checkpoints of a run share one table; a world that adds a text gets its own.
  if (table_.use_count() > 1) table_ = std::make_shared<Table>(*table_);
  const auto id = static_cast<SymbolId>(table_->texts.size());
  table_->texts.emplace_back(text);
  table_->ids.emplace(std::string(text), id);
  return id;
}

const std::string& Symbols::text(SymbolId symbol) const {
  static const std::string unknown = "?";
  const auto index = static_cast<std::size_t>(symbol);
  return index < table_->texts.size() ? table_->texts[index] : unknown;
}

Value Symbols::value(std::string_view text) {
  std::int64_t number = 0;
  if (reads_as_number(text, number)) return Value::number(number);
  return Value::text(intern(text));
}

std::string Symbols::value_text(Value value) const {
  switch (value.kind()) {
    case Value::Kind::None: return "";
    case Value::Kind::Number: return std::to_string(value.number());
    case Value::Kind::Text: return text(value.symbol());
  }
  return "";
}

std::string command_text(const Command& command, const Symbols& symbols) {
  switch (command.kind) {
    case CommandKind::Noop: return "noop";
    case CommandKind::Write: {
      const std::string& key = symbols.text(command.key);
      const std::string value = symbols.value_text(command.value);
      return key == value ? key : key + "=" + value;
    }
    case CommandKind::Read: return "read " + symbols.text(command.key);
    case CommandKind::CompareAndSet:
      return "cas " + symbols.text(command.key) + " " + symbols.value_text(command.expected) + " " +
             symbols.value_text(command.value);
    case CommandKind::Increment: return "incr " + symbols.text(command.key);
    case CommandKind::Configure: return "configuration";
    case CommandKind::OpenSession: return "open c" + std::to_string(static_cast<int>(command.client));
    case CommandKind::ExpireSession: return "expire c" + std::to_string(static_cast<int>(command.client));
  }
  return "";
}

}  // namespace raft
