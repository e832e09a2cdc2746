// The calls of the command line and their options, as one table: --help, the manual page and the completions of the
// shells are printed from it. What an option does is in cli.cpp; a test compares the two.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace app {

struct OptionInfo {
  const char* name;      // with its dashes; "-o, --output" has two
  const char* argument;  // "": a switch; "en|zh": one of these; FILE, DIR, N and so on
  const char* says;
};

struct CallInfo {
  const char* name;       // "": the window
  const char* arguments;  // "FILE..."
  const char* says;
  std::vector<OptionInfo> options;
};

const std::vector<CallInfo>& call_table();

struct ExitStatusInfo {
  int status;
  const char* says;
};
std::span<const ExitStatusInfo> exit_status_table();

/// What `raftlab` is, in one line.
inline constexpr const char* program_says =
    "Raftlab teaches Raft: a live cluster in a window, and walkthroughs that play themselves.";

/// The values that an argument can have, where the program has a list of them: en and zh, the rules, the faults.
std::vector<std::string> values_of(const OptionInfo& option);

/// -o and --output of "-o, --output".
std::vector<std::string> names_of(const OptionInfo& option);

/// The topics of `raftlab help`; the last ones are for packages.
std::span<const char* const> help_topics();

}  // namespace app
