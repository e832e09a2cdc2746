// Reading and writing files, whole or not at all.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace app {

/// The content of a file, a pipe or a device of at most `max_bytes`. On error nullopt, and `error` says why in a few words
/// ("no such file"), without the path.
std::optional<std::string> read_file(const std::string& path, std::size_t max_bytes, std::string& error);

/// PATH: cannot be written: why not.
std::string cannot_write(const std::string& path, const std::error_code& why);

/// "" if all went well, else one line: PATH: why not. Nobody ever sees half a file.
[[nodiscard]] std::string write_file_atomically(const std::string& path, std::string_view text);

/// BASE + ENDING, or BASE-2 + ENDING, and so on: a path where nothing is yet, so that nothing is overwritten.
std::string unused_path(const std::string& base, const std::string& ending);

/// Whether both lead to the same place, however they are spelled, and also where nothing is yet; "" leads nowhere.
bool is_same_path(const std::string& one, const std::string& other);

/// The same, of files: a pipe or a terminal is written to, not over.
bool is_same_file(const std::string& one, const std::string& other);
/// "" or why not: what is read is not written. `option` says what `output` is for.
std::string why_not_over(const char* option, const std::string& output, const std::vector<std::string>& inputs);

/// For what is read while it grows, so under its own name from the start. nullptr: errno says why.
std::FILE* open_in_place(const std::string& path);

/// A file that is written piece by piece under a temporary name and appears under its own with commit().
class AtomicFile {
 public:
  AtomicFile() = default;
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Each gives "" or one line: PATH: why not.
  [[nodiscard]] std::string open(const std::string& path);
  void write(std::string_view text);
  [[nodiscard]] std::string commit();
  bool is_open() const { return file_ != nullptr; }
  /// Why nothing more can be added to what another program has written; no error if something can.
  std::error_code no_room() const;
  /// For another program to write into, instead of write(): what commit() will rename.
  std::string written_to() const;

 private:
  std::string fail();

  std::string path_;
  std::string target_;  // the end of all links
  std::string temporary_;
  std::FILE* file_ = nullptr;
  int write_error_ = 0;
};

}  // namespace app
