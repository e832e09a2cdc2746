// The words of the tables, each tried in its place. Not here: which whole lines the palette makes of them.
#include "raft/walkthrough/complete.h"

#include <algorithm>

#include "raft/check/property.h"
#include "raft/core/ascii.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/typed_condition.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

/// A word that is none of ours: where it may stand, any text may.
constexpr std::string_view no_word = "zzz~";
constexpr std::size_t messages_offered = 24;

enum class Reading : std::uint8_t {
  Whole,   // the line says something
  TooShort,  // it would, if more came
  Wrong,   // the last word, or one before it, cannot stand there
};

template <typename Parsed>
Reading reading_of(const Parsed& parsed, std::string_view line) {
  const auto* problem = std::get_if<Problem>(&parsed);
  if (problem == nullptr) return Reading::Whole;
  return problem->column >= column_at(line, trimmed(line).size()) ? Reading::TooShort : Reading::Wrong;
}

Reading read(std::string_view line, LineKind kind, const Names& names) {
  if (kind == LineKind::Command) return reading_of(parse_command(line, names), line);
  const auto parsed = parse_condition(line, names);
  const auto* typed = std::get_if<TypedCondition>(&parsed);
  if (typed != nullptr && typed->within && kind == LineKind::Condition) return Reading::Wrong;
  return reading_of(parsed, line);
}

bool begins_as(std::string_view word, std::string_view typed) {
  if (word.size() < typed.size()) return false;
  return std::equal(typed.begin(), typed.end(), word.begin(), [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
}

/// Where the last word starts, if the caret still touches it.
std::size_t begin_of_last_word(std::string_view line) {
  std::size_t begin = line.size();
  const WordReader reader(line);
  try {
    for (std::size_t i = 0; reader.peek(i).kind != Word::Kind::End; ++i) begin = reader.peek(i).begin;
  } catch (const Problem&) {
    return std::min(line.size(), line.find_last_of(' ') + 1);  // a quote that is still open
  }
  const bool touches = !line.empty() && line.back() != ' ' && line.back() != '\t';
  const bool is_word = touches && std::string_view("|:=<>()[]*+").find(line.back()) == std::string_view::npos &&
                       line.substr(begin) != "->";
  return is_word ? begin : line.size();
}

void add(std::vector<std::string>& words, std::initializer_list<const char*> more) {
  words.insert(words.end(), more.begin(), more.end());
}

void add_ends(std::vector<std::string>& words, const sim::World& world) {
  for (const sim::Machine& machine : world.machines) words.push_back(machine.name);
  for (std::size_t i = 0; i <= world.clients.size() && i < 9; ++i) words.push_back("c" + std::to_string(i + 1));
}

void add_messages(std::vector<std::string>& words, const sim::World& world) {
  for (std::size_t i = 0; i < message_type_count; ++i) {
    words.emplace_back(message_type_name(static_cast<MessageType>(i)));
  }
  add(words, {"Heartbeat", "any", "next"});
  for (std::size_t i = 0; i < std::min(world.network.in_flight(), messages_offered); ++i) {
    words.push_back("m" + std::to_string(world.network.flight(i).id));
  }
}

/// Keys that some node holds.
void add_keys(std::vector<std::string>& words, const sim::World& world) {
  const std::size_t before = words.size();
  for (const sim::Machine& machine : world.machines) {
    for (const auto& [key, value] : machine.node.memory.machine.store) {
      const std::string text = quoted_if_needed(world.symbols.text(key));
      if (std::find(words.begin() + static_cast<std::ptrdiff_t>(before), words.end(), text) == words.end()) {
        words.push_back(text);
      }
    }
  }
  if (words.size() == before) words.emplace_back("x");
}

void add_settings(std::vector<std::string>& words, const sim::World& world) {
  for (const sim::SettingInfo& info : sim::setting_table) words.emplace_back(info.name);
  add(words, {"rule", "clock"});
  for (const RuleInfo& info : rule_table) words.emplace_back(info.name);
  add(words, {"on", "off", "auto", "manual", "log", "index", "lease", "default"});
  for (const sim::SettingInfo& info : sim::setting_table) {
    if (info.kind != sim::SettingKind::Range && info.kind != sim::SettingKind::Duration) continue;
    const std::string text = setting_text(info.setting, sim::value_of(world.settings, info.setting));
    words.push_back(text.substr(text.rfind(' ') + 1));
  }
  add(words, {"1/20", "1/10", "1/2", "11/10", "50ms", "100ms", "1s", "10ms..20ms", "80ms..90ms", "150ms..300ms", "1",
              "2", "16"});
}

/// A node that is not there yet, for `add`.
std::string free_name(const Names& names) {
  for (char c = 'A'; c <= 'Z'; ++c) {
    if (names.find(std::string(1, c)) == no_node) return std::string(1, c);
  }
  return "N1";
}

std::vector<std::string> words_of_commands(const sim::World& world, const Names& names) {
  std::vector<std::string> words;
  for (const CommandInfo& info : command_table()) {
    if (std::string_view(info.name).find(' ') == std::string_view::npos) words.emplace_back(info.name);
  }
  add(words, {"every", "nothing"});
  add_ends(words, world);
  words.push_back(free_name(names));
  add_messages(words, world);
  add(words, {"*", "->", "|", "to", "from", "by", "after", "unsynced", "when"});
  add_settings(words, world);
  for (const sim::MessageFieldInfo& info : sim::message_field_table) words.emplace_back(info.name);
  add(words, {"=", "!=", ">", ">=", "<", "<=", "0", "and", "or", "not"});
  return words;
}

/// Only a run until something holds has a limit.
std::vector<std::string> words_of_conditions(const sim::World& world, LineKind kind) {
  std::vector<std::string> words;
  for (const FunctionInfo& info : function_table()) words.emplace_back(info.name);
  add(words, {"not", "all n:", "any n:", "count n:", "n"});
  add_ends(words, world);
  add(words, {"=", "!=", ">", ">=", "<", "<=", "none", "and", "or"});
  if (kind == LineKind::Until) add(words, {"within"});
  for (std::int64_t role = 0; role <= learner_role; ++role) words.emplace_back(role_text(role));
  for (int status = 0; status <= static_cast<int>(sim::ClientStatus::Expired); ++status) {
    words.emplace_back(sim::client_status_name(static_cast<sim::ClientStatus>(status)));
  }
  add_messages(words, world);
  add(words, {"*", "->"});
  for (std::size_t i = 0; i < reason_count; ++i) words.emplace_back(reason_info(static_cast<ReasonCode>(i)).name);
  for (const auto& info : check::property_table) words.push_back(quoted(info.name));
  for (int n = 0; n <= 5; ++n) words.push_back(std::to_string(n));
  add(words, {"100ms", "1s", "10s"});
  return words;
}

}  // namespace

Completion complete(std::string_view line, LineKind kind, const sim::World& world) {
  Names names = Names::of(world);
  Completion found;
  found.begin = begin_of_last_word(line);
  const std::string before(line.substr(0, found.begin));
  const std::string_view typed = line.substr(found.begin);
  found.takes_more = read(line, kind, names) != Reading::Whole;
  found.any_text = read(before + std::string(no_word), kind, names) != Reading::Wrong;
  std::vector<std::string> words =
      kind == LineKind::Command ? words_of_commands(world, names) : words_of_conditions(world, kind);
  if (found.any_text) {
    words.clear();
    add_keys(words, world);
    if (line.starts_with("write ")) words = {"x=1"};
  }
  for (const std::string& word : words) {
    if (!begins_as(word, typed)) continue;
    if (std::find(found.words.begin(), found.words.end(), word) != found.words.end()) continue;
    if (read(before + word, kind, names) != Reading::Wrong) found.words.push_back(word);
  }
  return found;
}

}  // namespace raft::walkthrough
