// The table itself, in the order of the help.
#include "app/call_table.h"

#include <array>
#include <string_view>

#include "app/bench/measure.h"
#include "app/cli.h"
#include "app/shiviz.h"
#include "raft/core/rules.h"
#include "raft/search/faults.h"

namespace app {

namespace {

constexpr OptionInfo language_option{"--lang", "en|zh", "the language"};
constexpr OptionInfo theme_option{"--theme", "paper|ink", "light or dark"};
constexpr OptionInfo rule_option{"--rule", "NAME=off", "without this rule of the paper; raftlab help rules"};
constexpr OptionInfo json_option{"--json", "", "the result as JSON"};

std::vector<CallInfo> make_table() {
  static const std::string shiviz_says =
      std::string("a log with vector clocks for ShiViz; its expression is the default one, ") + shiviz_expression;
  return {
      {"", "[FILE]", "opens the window, with a walkthrough",
       {{"--record", "FILE", "saves there what is done, as a walkthrough that replays to the same hash"},
        {"--trace", "FILE", "writes every event as a line of JSON"}, language_option, theme_option,
        {"--version", "", "prints the version"}, {"-h, --help", "", "prints this overview"}}},
      {"run", "FILE...", "plays without a window and checks every expectation and property",
       {{"--trace", "FILE", "every event as a line of JSON"},
        {"--history", "FILE", "every operation of a client as a line of JSON"},
        {"--shiviz", "FILE", shiviz_says.c_str()},
        {"--transcript", "en|zh", "prints what happened, in words"},
        {"--notes", "en|zh|FILE.html", "prints captions, notes, questions and answers; or a page of them"},
        {"--state", "", "prints the final state, in words"},
        {"--lang", "en|zh", "the language of --state; without it that of --transcript, or English"},
        {"--hash", "", "prints the hash of the final state, alone on the last line"},
        {"--seed", "N", "another seed than that of the file"}}},
      {"check", "FILE...", "reads only, and says what is wrong",
       {{"--format", "", "prints the canonical form"}}},
      {"render", "FILE -o OUT", "draws a film, or pictures into a folder",
       {{"-o, --output", "OUT", "NAME.mp4, .webm or .gif, or a folder"},
        {"--size", "WxH", "of the picture: 1920x1080"},
        {"--fps", "N", "frames a second: 30"},
        {"--every", "step|frame", "of pictures: one for each step, or for each frame of the film"},
        {"--stats", "", "how long it took"}, language_option, theme_option}},
      {"list", "", "the library: files, titles, lengths, questions",
       {{"--json", "", "path, chapter, title, steps, questions, lengths, outcome"}, language_option}},
      {"grade", "ASSIGNMENT SESSION...", "homework: which goals of an assignment does each session reach",
       {json_option}},
      {"swarm", "", "random runs under faults, every promise checked; failures are shrunk and saved",
       {{"--seeds", "A..B", "one run for each: 1..1000"},
        {"--nodes", "N", "the size of the cluster; without it each run draws one"},
        {"--time", "DURATION", "simulated, of each run: 60s"},
        {"--faults", "LIST", "all, or some with commas between: crash,drop"}, rule_option,
        {"--history", "DIR", "the clients' history of each run"},
        {"--out", "DIR", "where failures are saved"}, json_option}},
      {"bench", "", "measures the speeds that were promised; 1 if one is missed",
       {{"--only", "NAME...", "some rows of the table"}, json_option}},
      {"explore", "[FILE]", "every interleaving of a small cluster; the shortest violation becomes a .walk",
       {{"--nodes", "N", "3, where there is no file"},
        {"--terms", "N", "bound: terms beyond the start"},
        {"--entries", "N", "bound: commands beyond the start"},
        {"--messages", "N", "bound: messages in flight"},
        {"--crashes", "N", "bound: crashes with their restarts"},
        {"--drops", "N", "bound: messages lost, for want of room"},
        {"--duplicates", "N", "bound: copies of messages"},
        {"--changes", "N", "bound: changes of members"},
        {"--joint", "", "members change by joint consensus"}, rule_option,
        {"--memory", "MIB", "ends when so much is used: 2048"}, json_option}},
      {"help", "[TOPIC]", "the reference: language, keys, rules; man, bash, zsh and fish are for packages", {}},
  };
}

constexpr auto statuses = std::to_array<ExitStatusInfo>({
    {exit_held, "all held"},
    {exit_failed, "an expectation, a hash or a property failed"},
    {exit_bad_input, "bad input or usage"},
    {exit_surroundings, "the surroundings (no display, no ffmpeg, disk full)"},
    {exit_cancelled, "cancelled"},
});

constexpr auto topics = std::to_array<const char*>({"language", "keys", "rules", "man", "bash", "zsh", "fish"});

std::vector<std::string> split(std::string_view text, std::string_view between) {
  std::vector<std::string> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(between);
    parts.emplace_back(text.substr(0, end));
    if (end != std::string_view::npos) text.remove_prefix(end + between.size());
  }
  return parts;
}

}  // namespace

const std::vector<CallInfo>& call_table() {
  static const std::vector<CallInfo> table = make_table();
  return table;
}

std::span<const ExitStatusInfo> exit_status_table() { return statuses; }

std::span<const char* const> help_topics() { return topics; }

std::vector<std::string> names_of(const OptionInfo& option) { return split(option.name, ", "); }

std::vector<std::string> values_of(const OptionInfo& option) {
  const std::string_view argument = option.argument;
  const std::string_view name = option.name;
  std::vector<std::string> values;
  if (argument.find('|') != std::string_view::npos) return split(argument, "|");
  if (name == "--rule") {
    for (const raft::RuleInfo& info : raft::rule_table) values.push_back(std::string(info.name) + "=off");
  }
  if (name == "--faults") {
    values = {"all", "sabotage"};
    for (const raft::search::FaultInfo& info : raft::search::fault_table) values.emplace_back(info.name);
  }
  if (name == "--only") {
    for (const bench::Measure& measure : bench::measures()) values.emplace_back(measure.name);
  }
  return values;
}

}  // namespace app
