// A history told by hand: who called what when, and what was answered.
#pragma once

#include <string>

#include "raft/check/history.h"

namespace raft::history_test {

/// Time passes by one microsecond from line to line.
class Story {
 public:
  check::History history;
  Symbols symbols;

  Value value(const std::string& text) { return text.empty() ? Value{} : symbols.value(text); }

  Story& write(int client, const std::string& value_text, const std::string& key = "x") {
    return call(client, CommandKind::Write, key, value(value_text), {});
  }
  Story& read(int client, const std::string& key = "x") { return call(client, CommandKind::Read, key, {}, {}); }
  Story& incr(int client, const std::string& key = "x") { return call(client, CommandKind::Increment, key, {}, {}); }
  /// "" for a key that holds nothing
  Story& cas(int client, const std::string& old_text, const std::string& new_text, const std::string& key = "x") {
    return call(client, CommandKind::CompareAndSet, key, value(new_text), value(old_text));
  }
  /// A write is answered with what it wrote: any text will do. A cas: "1" or "0".
  Story& answer(int client, const std::string& text = "") {
    history.answer(id(client), value(text), now_++);
    return *this;
  }
  Story& refuse(int client) {
    history.refuse(id(client), now_++);
    return *this;
  }
  Story& give_up(int client) {
    history.give_up(id(client), now_++);
    return *this;
  }
  Story& ask_again(int client) {
    history.ask_again(id(client));
    return *this;
  }
  // Called and answered before anything else happens.
  Story& wrote(int client, const std::string& text, const std::string& key = "x") {
    return write(client, text, key).answer(client, text);
  }
  Story& has_read(int client, const std::string& text, const std::string& key = "x") {
    return read(client, key).answer(client, text);
  }

 private:
  static ClientId id(int client) { return static_cast<ClientId>(client); }
  Story& call(int client, CommandKind kind, const std::string& key, Value value, Value expected) {
    Command command;
    command.kind = kind;
    command.client = id(client);
    command.key = symbols.intern(key);
    command.serial = ++serials_[static_cast<std::size_t>(client)];
    command.value = value;
    command.expected = expected;
    history.call(command, now_++);
    return *this;
  }

  sim::Time now_ = 0;
  std::array<Serial, max_clients + 1> serials_{};
};

}  // namespace raft::history_test
