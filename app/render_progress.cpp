// The line is written over itself a few times a second and taken away at the end.
#include "app/render_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace app {

namespace {

constexpr std::chrono::milliseconds between_lines{200};
constexpr double guess_after_s = 1;  // before that, the time left is a guess out of nothing

}  // namespace

std::string progress_text(const std::string& name, std::int64_t done, std::int64_t total, double elapsed_s) {
  std::string text = fmt::format("{}: {} of {}, {} %", name, done, total, total > 0 ? done * 100 / total : 100);
  if (done <= 0 || elapsed_s < guess_after_s) return text;
  const double left_s = elapsed_s / static_cast<double>(done) * static_cast<double>(total - done);
  const auto seconds = static_cast<std::int64_t>(left_s + 0.5);
  if (seconds >= 3600) return text + fmt::format(", {}:{:02}:{:02} left", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text + fmt::format(", {}:{:02} left", seconds / 60, seconds % 60);
}

RenderProgress::RenderProgress(std::string name, std::int64_t total)
    : name_(std::move(name)), total_(total), terminal_(isatty(STDERR_FILENO) != 0), started_(Clock::now()) {}

void RenderProgress::show(std::int64_t done) {
  if (!terminal_) return;
  const Clock::time_point now = Clock::now();
  if (shown_ && now - shown_at_ < between_lines) return;
  shown_ = true;
  shown_at_ = now;
  const std::chrono::duration<double> elapsed = now - started_;
  fmt::print(stderr, "\r{}\033[K", progress_text(name_, done, total_, elapsed.count()));
  std::fflush(stderr);
}

RenderProgress::~RenderProgress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

}  // namespace app
