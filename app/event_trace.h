// The window's --trace: every event as a line, as it happens, in a file that others follow.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace app {

class EventTrace {
 public:
  /// Empties the file. "" or one line: why it cannot be written.
  [[nodiscard]] std::string open(const std::string& path);
  bool is_open() const { return file_ != nullptr; }
  /// With what cannot be written the trace ends.
  void write(const std::string& line);
  /// Why it ended; "" if it has not.
  const std::string& trouble() const { return trouble_; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::string trouble_;
};

}  // namespace app
