// Runs the program as a person does on the command line, in a folder of its own.
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/tree.h"

namespace app::test {

struct Result {
  int status = -1;
  std::string out;
  std::string err;
};

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void write(const std::filesystem::path& path, const std::string& text) { std::ofstream(path) << text; }

inline std::size_t lines(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += c == '\n' ? 1 : 0;
  return count;
}

/// A folder of its own for one test, gone at its end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "raftlab-cli-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs a line of the shell in `folder`, so that file names in messages are short.
inline Result run_shell(const Folder& folder, const std::string& line) {
  const std::string command = "unset DISPLAY WAYLAND_DISPLAY; cd '" + folder.path().string() + "' && { " + line +
                              "; } >'.out' 2>'.err' </dev/null";
  const int code = std::system(command.c_str());
  Result result;
  result.status = WIFEXITED(code) ? WEXITSTATUS(code) : 1000 + code;
  result.out = read(folder / ".out");
  result.err = read(folder / ".err");
  std::filesystem::remove(folder / ".out");
  std::filesystem::remove(folder / ".err");
  return result;
}

inline Result run(const Folder& folder, const std::string& arguments, const std::string& environment = "") {
  return run_shell(folder, environment + " '" + built_program() + "' " + arguments);
}

}  // namespace app::test
