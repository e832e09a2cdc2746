// A program that the test starts, and ends whatever happens.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace window_test {

struct Start {
  std::vector<std::string> command;  // found in PATH if it has no slash
  /// Variables that are different for it; nullopt: not set at all.
  std::map<std::string, std::optional<std::string>> environment = {};
  std::string output = {};  // file for both of its outputs; "": nowhere
};

class Process {
 public:
  explicit Process(const Start& start);
  ~Process();  // kills it if it still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t id() const { return id_; }
  bool runs();
  /// Waits for its end; nullopt if that does not come in time. 127: the program was not found; 128 + n: a signal.
  std::optional<int> wait(double seconds);
  void interrupt();

 private:
  friend int run(const Start& start);
  explicit Process(pid_t id) : id_(id) {}
  bool collect();
  pid_t id_ = -1;
  std::optional<int> status_;
};

/// Runs a program to its end; its exit status.
int run(const Start& start);

/// Between two looks at something that is waited for.
void pause_between_looks();

/// How long anything may take before the test gives up. Nothing is ever waited for longer than it needs.
inline constexpr double deadline_s = 40;

double seconds_now();

}  // namespace window_test
