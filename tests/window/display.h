// A screen of our own: a display server without a screen (Xvfb), its picture read from its memory, and xdotool,
// which moves its mouse and presses its keys as a hand would.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/window/process.h"

namespace window_test {

/// RGBA, top row first.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

/// In how many pixels two pictures of the same size differ by more than rounding.
int difference(const Picture& a, const Picture& b);
/// The same but for a handful of pixels: where an edge runs exactly through the middle of one, a window and a picture off
/// screen may fall on different sides. A letter, a line or a node that differs is many times that.
bool same_picture(const Picture& a, const Picture& b);

class Display {
 public:
  static constexpr int width = 1280;
  static constexpr int height = 720;

  /// Started when it is first asked for. Fails the test if it cannot be.
  static Display& get();
  Display();
  ~Display();

  const std::string& name() const { return name_; }
  /// What is on it now; until it is asked for again.
  const Picture& picture();
  /// As xdotool's command line.
  void hand(std::vector<std::string> what) const;

 private:
  std::string folder_;
  std::string name_;
  std::unique_ptr<Process> server_;
  // Looked at so often that asking for memory each time would take longer than the look.
  std::vector<char> memory_;
  Picture picture_;
};

/// Where pictures and traces are kept for people to look at.
std::string kept(const std::string& file);
void keep(const Picture& picture, const std::string& name);

}  // namespace window_test
