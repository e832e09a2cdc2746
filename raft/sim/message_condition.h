// What a standing rule may ask of a message beside its type and its ends: `when entries > 0 and entry_term = 2`.
// Conditions on the world are another language, in raft/walkthrough.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "raft/core/message.h"

namespace raft::sim {

enum class Comparison : std::uint8_t { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

const char* comparison_text(Comparison comparison);

constexpr bool compares(std::int64_t left, Comparison comparison, std::int64_t right) {
  switch (comparison) {
    case Comparison::Equal: return left == right;
    case Comparison::NotEqual: return left != right;
    case Comparison::Less: return left < right;
    case Comparison::LessOrEqual: return left <= right;
    case Comparison::Greater: return left > right;
    case Comparison::GreaterOrEqual: return left >= right;
  }
  return false;
}

enum class MessageField : std::uint8_t {
  Entries,      // how many entries it carries
  EntryTerm,    // the term of an entry that it carries; any of them may fit, and without entries none does
  MessageTerm,  // the sender's term; 0 from a client
};

struct MessageFieldInfo {
  MessageField field;
  const char* name;
  const char* says;
};
inline constexpr auto message_field_table = std::to_array<MessageFieldInfo>({
    {MessageField::Entries, "entries", "how many entries it carries"},
    {MessageField::EntryTerm, "entry_term", "the term of an entry that it carries: one of them fits"},
    {MessageField::MessageTerm, "message_term", "the term of its sender; 0 from a client"},
});

/// Comparisons of a field with a number, joined by and, or, not.
struct MessageCondition {
  enum class Kind : std::uint8_t { Compare, Not, And, Or };
  Kind kind = Kind::Compare;
  MessageField field = MessageField::Entries;
  Comparison comparison = Comparison::Equal;
  std::int64_t number = 0;
  std::vector<MessageCondition> parts;  // of Not one, of And and Or two or more
  friend bool operator==(const MessageCondition&, const MessageCondition&) = default;
};

bool holds(const MessageCondition& condition, const Message& message);

}  // namespace raft::sim
