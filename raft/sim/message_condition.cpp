// Whether a message is one of those that a standing rule means.
#include "raft/sim/message_condition.h"

#include <algorithm>

namespace raft::sim {

namespace {

bool compare(const MessageCondition& condition, const Message& message) {
  const auto fits = [&condition](std::int64_t value) { return compares(value, condition.comparison, condition.number); };
  const auto* append = std::get_if<AppendEntries>(&message.body);
  switch (condition.field) {
    case MessageField::Entries: return fits(append != nullptr ? static_cast<std::int64_t>(append->entries.size()) : 0);
    case MessageField::EntryTerm:
      return append != nullptr && std::any_of(append->entries.begin(), append->entries.end(),
                                              [&fits](const Entry& entry) { return fits(entry.term); });
    case MessageField::MessageTerm: return fits(message.term);
  }
  return false;
}

}  // namespace

const char* comparison_text(Comparison comparison) {
  constexpr std::array<const char*, 6> texts = {"=", "!=", "<", "<=", ">", ">="};
  return texts[static_cast<std::size_t>(comparison)];
}

bool holds(const MessageCondition& condition, const Message& message) {
  const auto& parts = condition.parts;
  const auto part_holds = [&message](const MessageCondition& part) { return holds(part, message); };
  switch (condition.kind) {
    case MessageCondition::Kind::Compare: return compare(condition, message);
    case MessageCondition::Kind::Not: return !holds(parts.front(), message);
    case MessageCondition::Kind::And: return std::all_of(parts.begin(), parts.end(), part_holds);
    case MessageCondition::Kind::Or: return std::any_of(parts.begin(), parts.end(), part_holds);
  }
  return false;
}

}  // namespace raft::sim
