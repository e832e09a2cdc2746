// Interning of texts, and the text of a command. What a command does to the store is in commit.cpp.
#include "raft/core/command.h"

#include <charconv>
#include <utility>

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
  const auto next = static_cast<SymbolId>(known_);
  const auto found = table_->ids.find(text);
  if (found != table_->ids.end() && found->second < next) return found->second;
  const bool added_by_another_copy = found != table_->ids.end() && found->second == next;
  if (!added_by_another_copy) add(text);
  ++known_;
  return next;
}

/// As the text after those that are known. If another copy has gone on differently, this is a branch of its own.
void Symbols::add(std::string_view text) {
  if (known_ < table_->texts.size()) {
    auto branch = std::make_shared<Table>();
    for (std::size_t i = 0; i < known_; ++i) branch->add(table_->texts[i]);
    table_ = std::move(branch);
  }
  table_->add(text);
}

void Symbols::Table::add(std::string_view text) {
  ids.emplace(std::string(text), static_cast<SymbolId>(texts.size()));
  texts.emplace_back(text);
}

const std::string& Symbols::text(SymbolId symbol) const {
  static const std::string unknown = "?";
  const auto index = static_cast<std::size_t>(symbol);
  return index < known_ ? table_->texts[index] : unknown;
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
