// How far a render has come and how long it will still take: one line on standard error, when that is a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace app {

class RenderProgress {
 public:
  RenderProgress(std::string name, std::int64_t total);
  ~RenderProgress();
  RenderProgress(const RenderProgress&) = delete;
  RenderProgress& operator=(const RenderProgress&) = delete;

  void show(std::int64_t done);

 private:
  using Clock = std::chrono::steady_clock;

  std::string name_;
  std::int64_t total_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point started_;
  Clock::time_point shown_at_;
};

/// `line.mp4: 120 of 3400, 4 %, 1:23 left`
std::string progress_text(const std::string& name, std::int64_t done, std::int64_t total, double elapsed_s);

}  // namespace app
