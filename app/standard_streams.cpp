// Writing them; fmt's own print() throws where they are closed.
#include "app/standard_streams.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "app/cli.h"

namespace app {

int print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written) return exit_held;
  complain("standard output: cannot be written: " + std::generic_category().message(errno));
  return exit_surroundings;
}

void complain(const std::string& line) { show_on_stderr(line + "\n"); }

void show_on_stderr(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace app
