// Commands and values of the replicated key-value store, as small trivially copyable values.
// Texts are interned in Symbols, so that an entry of a log costs no allocation to copy.
#pragma once

#include <cassert>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "raft/core/types.h"

namespace raft {

/// An interned text: a key, or a value that is not a number.
enum class SymbolId : std::uint32_t {};
inline constexpr SymbolId no_symbol{0xFFFFFFFF};

/// What a key holds: nothing, a number (so that it can be incremented), or a text.
class Value {
 public:
  enum class Kind : std::uint8_t { None, Number, Text };

  constexpr Value() = default;
  static constexpr Value number(std::int64_t n) {
    // The kind takes two bits. What clients write ends earlier, so that it can be counted up without end.
    assert(n >= INT64_MIN / 4 && n <= INT64_MAX / 4);
    return Value(Kind::Number, n);
  }
  static constexpr Value text(SymbolId symbol) { return Value(Kind::Text, static_cast<std::int64_t>(symbol)); }

  /// Numbers outside ±2^60 are kept as texts (see Symbols::value).
  static constexpr std::int64_t number_max = std::int64_t{1} << 60;

  constexpr Kind kind() const { return static_cast<Kind>(bits_ & 3); }
  constexpr std::int64_t number() const { return bits_ >> 2; }
  constexpr SymbolId symbol() const { return static_cast<SymbolId>(bits_ >> 2); }
  constexpr std::int64_t bits() const { return bits_; }
  friend constexpr bool operator==(const Value&, const Value&) = default;

 private:
  constexpr Value(Kind kind, std::int64_t payload) : bits_(payload * 4 + static_cast<std::int64_t>(kind)) {}
  std::int64_t bits_ = 0;
};

enum class CommandKind : std::uint8_t {
  Noop,           // changes nothing; appears in logs given by a walkthrough
  Write,          // key = value
  Read,           // answers the key's value at its place in the log
  CompareAndSet,  // key = value if key == expected; answers whether it did
  Increment,      // key = key + 1, an absent key counts as 0; answers the new number
  OpenSession,    // dissertation 6.3: RegisterClient
  ExpireSession,  // an operator ends the client's session
  Configure,      // §6: a new configuration of the cluster
};

struct Command {
  CommandKind kind = CommandKind::Noop;
  ClientId client = no_client;  // who asked; no_client in logs given by a walkthrough
  SymbolId key = no_symbol;
  Serial serial = 0;  // which of the client's operations this is
  Index session = 0;  // the session in which it is asked; 0: none (dissertation 6.3)
  Value value;
  Value expected;
  Configuration configuration{};  // Configure
  friend bool operator==(const Command&, const Command&) = default;
};

/// §5.3: each log entry stores a command along with the term in which the leader received it.
struct Entry {
  Term term = 0;
  Command command;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The texts of keys and values. Append only; copies share one table and each knows how much of it is its own, so
/// that the checkpoints of a run cost nothing here, and playing a part of it again finds its texts where they were.
/// All copies belong to one thread: they share the table, and the one that adds to it changes it under the others.
class Symbols {
 public:
  Symbols() = default;
  // Copied also where it could be moved: one without a table would be no Symbols.
  Symbols(const Symbols&) = default;
  Symbols& operator=(const Symbols&) = default;

  SymbolId intern(std::string_view text);
  const std::string& text(SymbolId symbol) const;
  /// A text that reads as a number in its shortest form becomes one: "7", "-12"; not "007" or "1e3".
  Value value(std::string_view text);
  std::string value_text(Value value) const;  // "" for no value
  std::size_t size() const { return known_; }

 private:
  struct Table {
    std::deque<std::string> texts;  // stay in their places when more are added
    std::map<std::string, SymbolId, std::less<>> ids;
    void add(std::string_view text);
  };
  void add(std::string_view text);

  std::shared_ptr<Table> table_ = std::make_shared<Table>();
  std::size_t known_ = 0;  // what another copy has added after these is not ours
};

/// x=1, sally (a key set to its own name), noop, read x, cas x 1 2, incr x
std::string command_text(const Command& command, const Symbols& symbols);

}  // namespace raft
