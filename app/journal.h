// A recording or a draft as it grows, in a file: a program that is killed loses at most what was done last (a machine that
// stops may lose more: nothing is synced). The file is a walkthrough at any moment. Its owner holds a lock on it, which ends
// with the process: what can be locked has been left behind.
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace app {

class Journal {
 public:
  Journal() = default;
  ~Journal();  // the file stays
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&& other) noexcept;

  /// Each gives "" or one line: PATH: why not. The first makes the file, FOLDER/KIND-PROCESS.walk.
  [[nodiscard]] std::string rewrite(const std::string& folder, std::string_view kind, std::string_view text);
  [[nodiscard]] std::string append(std::string_view text);
  /// It is saved elsewhere, or not wanted.
  void remove();
  bool is_open() const { return file_ >= 0; }

  /// One of that kind that a process which has ended left in `folder`: locked, with its text up to the last whole line.
  static std::optional<Journal> left_behind(const std::string& folder, std::string_view kind, std::string& text, std::time_t& when);

 private:
  void close();

  std::string path_;
  int file_ = -1;
};

}  // namespace app
