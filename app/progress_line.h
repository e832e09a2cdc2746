// How far something that takes long has come: one line on standard error that is written over and over while a person
// watches, and nothing when that is no terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace app {

class ProgressLine {
 public:
  ProgressLine();
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// A few times a second at most; `text()` is only asked for when it will be shown.
  template <typename Text>
  void show(Text text) {
    if (is_due()) show_now(text());
  }
  void show_now(const std::string& text);
  /// Takes the line away, so that something else can be said.
  void clear();
  /// Since the work began.
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  bool is_due() const;

  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point started_;
  Clock::time_point shown_at_;
};

/// `line.mp4: 120 of 3400, 4 %, 1:23 left`
std::string progress_text(const std::string& name, std::int64_t done, std::int64_t total, double elapsed_s);

}  // namespace app
