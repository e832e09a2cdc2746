// What the command line prints.
#pragma once

#include <string>

namespace app {

/// Writes to standard output; 0, or exit_surroundings with one line on standard error.
int print(const std::string& text);
/// Writes a line to standard error. Where that cannot be written nobody is there to be told: it is no error.
void complain(const std::string& line);
/// The same without an end of line, at once.
void show_on_stderr(const std::string& text);

}  // namespace app
