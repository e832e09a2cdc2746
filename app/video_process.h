// Another program that is fed through its standard input and whose complaints are kept. Which program, and what it
// makes of the bytes, is not known here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace app {

class VideoProcess {
 public:
  enum class Started { Yes, NotFound, Failed };

  VideoProcess() = default;
  /// A program that has not finished is killed; none is left behind.
  ~VideoProcess();
  VideoProcess(const VideoProcess&) = delete;
  VideoProcess& operator=(const VideoProcess&) = delete;

  /// The program is looked for on the PATH. It does not get the terminal's Ctrl+C: whoever feeds it decides.
  Started start(const std::vector<std::string>& command);
  /// False: it takes no more, or somebody has interrupted us.
  bool write(std::span<const std::uint8_t> bytes);
  /// Ends its input and waits for it. True: it says that all went well.
  bool finish();
  void kill();
  /// Whether it has said that, somewhere on its standard error.
  bool has_said(std::string_view words) const { return said_.find(words) != std::string::npos; }
  /// The last line that it has written on its standard error, "" if none.
  std::string last_line() const;

 private:
  bool read_complaints();
  void close_input();
  bool reap();

  pid_t pid_ = -1;
  int input_ = -1;
  int complaints_ = -1;
  std::string said_;
};

}  // namespace app
