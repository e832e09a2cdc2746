// The command line: what was asked for, and the exit status of doing it.
#pragma once

#include <optional>
#include <string>

#include "raft/core/rules.h"
#include "raft/explain/explain.h"
#include "ui/theme.h"

namespace app {

// The exit statuses of the contract. Of several files the worst counts.
inline constexpr int exit_held = 0;
inline constexpr int exit_failed = 1;        // an expectation, a hash or a property
inline constexpr int exit_bad_input = 2;     // or usage
inline constexpr int exit_surroundings = 3;  // no display, disk full, unwritable
inline constexpr int exit_cancelled = 130;

/// `raftlab [FILE]`
struct WindowRequest {
  std::string file;   // "": the library
  std::string trace;  // "": none
  std::string record;  // "": not from the start
  std::optional<raft::explain::Language> language;
  std::optional<ui::ThemeName> theme;
};

/// `--rule NAME=off`, as `set rule NAME off` says it; "" or why not.
[[nodiscard]] std::string read_rule(const std::string& text, raft::Rules& rules);

/// Says on standard error why not, in one line, and returns an exit status.
int open_window(const WindowRequest& request);

/// The whole program; main() calls nothing else.
int run_command_line(int argc, char** argv);

}  // namespace app
