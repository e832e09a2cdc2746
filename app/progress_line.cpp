// The line is written over itself a few times a second and taken away at the end.
#include "app/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

#include "app/standard_streams.h"

namespace app {

namespace {

constexpr std::chrono::milliseconds between_lines{200};
constexpr double guess_after_s = 1;  // before that, the time left is a guess out of nothing

}  // namespace

std::string progress_text(const std::string& name, std::int64_t done, std::int64_t total, double elapsed_s) {
  std::string text = fmt::format("{}: {} of {}, {} %", name, done, total, total > 0 ? done * 100 / total : 100);
  if (done <= 0 || elapsed_s < guess_after_s) return text;
  const double left_s = elapsed_s / static_cast<double>(done) * static_cast<double>(total - done);
  const auto seconds = std::llround(left_s);
  if (seconds >= 3600) return text + fmt::format(", {}:{:02}:{:02} left", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text + fmt::format(", {}:{:02} left", seconds / 60, seconds % 60);
}

ProgressLine::ProgressLine() : on_terminal_(isatty(STDERR_FILENO) == 1), started_(Clock::now()), shown_at_(started_) {}

bool ProgressLine::is_due() const { return on_terminal_ && Clock::now() - shown_at_ >= between_lines; }

void ProgressLine::show_now(const std::string& text) {
  if (!on_terminal_) return;
  shown_ = true;
  shown_at_ = Clock::now();
  show_on_stderr("\r" + text + "\033[K");
}

void ProgressLine::clear() {
  if (shown_) show_on_stderr("\r\033[K");
  shown_ = false;
}

double ProgressLine::seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

}  // namespace app
