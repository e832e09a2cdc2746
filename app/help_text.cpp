// `raftlab help`, made from the tables that the program itself uses.
#include "app/help_text.h"

#include <fmt/format.h>

#include "app/asset_store.h"
#include "app/call_table.h"
#include "raft/check/safety.h"
#include "raft/search/faults.h"
#include "raft/sim/client.h"
#include "raft/sim/event.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/line_table.h"
#include "ui/keys.h"

namespace app {

namespace {

std::string row(const std::string& name, const std::string& says) { return fmt::format("  {:<43}  {}\n", name, says); }

std::string section_of(std::string_view section) {
  return fmt::format("{}§{}", raft::is_of_dissertation(section) ? "dissertation " : "", section);
}

std::string grammar() {
  return R"(THE WALKTHROUGH LANGUAGE, version 1

One statement a line, # starts a comment (\# is the character itself), indentation is free, UTF-8.
Keywords are lower case; nodes are A, B, N1; clients c1 to c99; messages m1, m2, …; keys and values are words or
"quoted text" of at most 64 bytes. A command is KEY=VALUE, or a word such as sally that sets the key to itself.
Durations: 20us 2.5ms 150ms 1s 2min 1h. Limits: 1 MiB, 10000 steps, 1000 simulated hours, 1 to 11 voters,
a million messages (and entries in them) under way at once.
)";
}

std::string assignments() {
  return R"(
ASSIGNMENTS AND PUZZLES (raftlab grade)
  A walkthrough with a goal line is an assignment. Its steps up to the last one that does or waits for something set
  the stage; each step after them only expects, and is a goal. A session reaches a goal at the first moment at which
  all that the step expects holds together, the goals in their order. A session starts with the same head and the same
  stage. Without allow do it may do everything but set; rules and clocks it may never touch.
)";
}

template <std::size_t Rows>
std::string lines(const char* title, const std::array<raft::walkthrough::LineInfo, Rows>& table) {
  std::string text = fmt::format("\n{}\n", title);
  for (const raft::walkthrough::LineInfo& info : table) text += row(fmt::format("{} {}", info.word, info.syntax), info.says);
  return text;
}

std::string conditions() {
  return R"(
CONDITIONS
  = != < <= > >= bind tightest, then not, and, or; ( ) group.
  all n: …   any n: …   count n: … >= 3        over every node, or: all n in A B: …
  A quantifier reaches as far to the right as it can.
)";
}

std::string commands() {
  std::string text;
  auto group = static_cast<raft::walkthrough::CommandGroup>(0xFF);
  for (const raft::walkthrough::CommandInfo& info : raft::walkthrough::command_table()) {
    if (info.group != group) {
      group = info.group;
      text += fmt::format("\nCOMMANDS: {}\n", raft::walkthrough::command_group_name(group));
    }
    text += row(std::string(info.name) + " " + info.syntax, info.says);
  }
  text += "\n  M is a message: m17, or TYPE A -> B (the oldest in flight or held that matches), or next TYPE A -> B.\n";
  text += "  After when stand comparisons of what a message carries, with and, or, not and ( ):\n";
  for (const raft::sim::MessageFieldInfo& info : raft::sim::message_field_table) {
    text += row(std::string("  ") + info.name, info.says);
  }
  return text;
}

std::string functions() {
  std::string text = "\nWHAT A CONDITION CAN ASK\n";
  for (const raft::walkthrough::FunctionInfo& info : raft::walkthrough::function_table()) {
    text += row(std::string(info.name) + " " + info.arguments, info.says);
  }
  return text;
}

std::string settings() {
  std::string text = "\nSETTINGS and their defaults\n";
  for (const raft::sim::SettingInfo& info : raft::sim::setting_table) {
    text += row(raft::walkthrough::setting_text(info.setting, value_of(raft::sim::Settings{}, info.setting)), info.says);
  }
  return text;
}

std::string lists() {
  std::string text = "\nMESSAGE TYPES\n ";
  for (std::size_t i = 0; i < raft::message_type_count; ++i) {
    text += std::string(" ") + raft::message_type_name(static_cast<raft::MessageType>(i));
  }
  text += " Heartbeat any; * is any node\n\nROLES\n ";
  for (std::int64_t role = 0; role <= raft::walkthrough::learner_role; ++role) {
    text += std::string(" ") + raft::walkthrough::role_text(role);
  }
  text += "\n\nSTATES OF A CLIENT\n ";
  for (int status = 0; status <= static_cast<int>(raft::sim::ClientStatus::Expired); ++status) {
    text += std::string(" ") + raft::sim::client_status_name(static_cast<raft::sim::ClientStatus>(status));
  }
  text += "\n\nPROPERTIES, checked after every event; the first five are those of Figure 3\n";
  for (const raft::check::PropertyInfo& info : raft::check::property_table) {
    text += row(fmt::format("\"{}\"", info.name), fmt::format("{} ({})", info.promise, section_of(info.section)));
  }
  text += "\nFAULTS of raftlab swarm: all is every fault within Raft's model, sabotage the rest\n";
  for (const raft::search::FaultInfo& info : raft::search::fault_table) {
    text += row(std::string(info.name) + (info.within == raft::search::Within::Sabotage ? " (sabotage)" : ""), info.says);
  }
  text += "\nKINDS OF EVENTS in the trace\n ";
#define RAFTLAB_EVENT_NAME(enumerator, name) text += " " name;
  RAFT_EVENT_KINDS(RAFTLAB_EVENT_NAME)
#undef RAFTLAB_EVENT_NAME
  text += "\n\nREASONS, as in happened REASON N, with the section of the paper or the dissertation\n";
  for (std::size_t i = 0; i < raft::reason_count; ++i) {
    const raft::ReasonInfo& info = raft::reason_info(static_cast<raft::ReasonCode>(i));
    text += row(info.name, info.section[0] != '\0' ? section_of(info.section) : "why a command cannot act");
  }
  return text;
}

}  // namespace

std::string help_overview() {
  std::string text = std::string(program_says) + "\n";
  for (const CallInfo& call : call_table()) {
    const std::string name = *call.name != '\0' ? std::string(" ") + call.name : "";
    const std::string arguments = *call.arguments != '\0' ? std::string(" ") + call.arguments : "";
    text += fmt::format("\n  {:<28} {}\n", fmt::format("raftlab{}{}", name, arguments), call.says);
    for (const OptionInfo& option : call.options) {
      const std::string argument = *option.argument != '\0' ? std::string(" ") + option.argument : "";
      text += fmt::format("      {:<24} {}\n", option.name + argument, option.says);
    }
  }
  std::string statuses;
  for (const ExitStatusInfo& info : exit_status_table()) {
    statuses += fmt::format("{}{} {}", statuses.empty() ? "\nExit status: " : ",\n  ", info.status, info.says);
  }
  return text + statuses + ". Of several files the worst counts.\n";
}

std::string help_language() {
  using raft::walkthrough::head_table;
  using raft::walkthrough::step_table;
  return grammar() + lines("HEAD (before the first step)", head_table) + assignments() + lines("STEPS", step_table) + conditions() +
         commands() + functions() + settings() + lists() + "\n" + help_rules();
}

std::string help_rules() {
  std::string text = "RULES, all on; set rule NAME off shows what each is good for\n";
  for (const raft::RuleInfo& info : raft::rule_table) {
    text += fmt::format("\n  {:<28} {}\n    off:    {}\n    breaks: {}\n", info.name, section_of(info.section), info.when_off, info.breaks);
    if (*info.needs != '\0') text += fmt::format("    needs:  {}\n", info.needs);
    text += fmt::format("    test:   {}\n", info.test);
  }
  return text;
}

std::string help_keys() {
  std::string error;
  const std::optional<raft::explain::Words> words = read_words(raft::explain::Language::English, error);
  std::string text;
  std::string group;
  for (const ui::KeyLine& line : ui::key_lines()) {
    const std::string title = ui::group_text(line.group);
    if (title != group) text += fmt::format("{}{}\n", group.empty() ? "" : "\n", words ? words->text(title) : title);
    group = title;
    std::string names;
    for (const std::string& name : line.names) names += (names.empty() ? "" : "  ") + name;
    text += fmt::format("  {:<24} {}\n", names, words ? words->text(line.text) : line.text);
  }
  return text;
}

}  // namespace app
