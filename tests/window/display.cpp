// An X display of the test's own, and its mouse and keyboard.
#include "tests/window/display.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/png.h"

namespace window_test {

namespace {

/// The file in which Xvfb keeps its screen: a header of big-endian words, a table of colours, pixels.
struct Header {
  enum Word { Size = 0, Width = 4, Height = 5, BitsPerPixel = 11, BytesPerLine = 12, Colours = 19, Count = 25 };
  std::array<std::uint32_t, Count> words{};

  explicit Header(const std::vector<char>& file) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      for (std::size_t byte = 0; byte < 4; ++byte) {
        words[i] = words[i] << 8U | static_cast<unsigned char>(file[4 * i + byte]);
      }
    }
  }
  std::size_t operator[](Word word) const { return words[word]; }
  std::size_t pixels_at() const { return words[Size] + std::size_t{12} * words[Colours]; }
};

/// A window's rows run from the bottom, those of a picture from the top: blending rounds differently.
constexpr int rounding = 8;

void read_all(const std::string& path, std::vector<char>& content) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  content.resize(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)));
  file.seekg(0);
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
}

/// What the server writes when it is ready: the number of the display that it has found free.
std::string read_line(int file) {
  std::string line;
  char letter = 0;
  while (read(file, &letter, 1) == 1 && letter != '\n') line += letter;
  return line;
}

}  // namespace

int difference(const Picture& a, const Picture& b) {
  if (a.pixels.size() != b.pixels.size()) return a.width * a.height + b.width * b.height;
  int count = 0;
  for (std::size_t i = 0; i < a.pixels.size(); i += 4) {
    int most = 0;
    for (std::size_t channel = i; channel < i + 3; ++channel) most = std::max(most, std::abs(a.pixels[channel] - b.pixels[channel]));
    count += most > rounding ? 1 : 0;
  }
  return count;
}

bool same_picture(const Picture& a, const Picture& b) {
  constexpr int handful = 6;
  return difference(a, b) <= handful;
}

Display& Display::get() {
  static Display display;
  return display;
}

Display::Display() {
  std::string pattern = (std::filesystem::temp_directory_path() / "raftlab-window-XXXXXX").string();
  REQUIRE_MESSAGE(mkdtemp(pattern.data()) != nullptr, "no temporary folder can be made");
  folder_ = pattern;
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
  server_ = std::make_unique<Process>(Start{
      .command = {"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0", screen, "-fbdir", folder_, "-nocursor",
                  "-nolisten", "tcp", "-noreset"},
      .output = kept("xvfb.log")});
  close(ends[1]);
  const std::string number = read_line(ends[0]);
  close(ends[0]);
  REQUIRE_MESSAGE(!number.empty(), "Xvfb does not start (bash third_party/bootstrap.sh installs it); see " << kept("xvfb.log"));
  name_ = ":" + number;
}

Display::~Display() {
  server_->interrupt();
  server_->wait(deadline_s);
  std::error_code code;
  std::filesystem::remove_all(folder_, code);
}

const Picture& Display::picture() {
  read_all(folder_ + "/Xvfb_screen0", memory_);
  REQUIRE(memory_.size() > 4 * Header::Count);
  const Header header(memory_);
  REQUIRE(header[Header::BitsPerPixel] == 32);
  picture_.width = static_cast<int>(header[Header::Width]);
  picture_.height = static_cast<int>(header[Header::Height]);
  picture_.pixels.resize(header[Header::Width] * header[Header::Height] * 4);
  REQUIRE(memory_.size() >= header.pixels_at() + header[Header::BytesPerLine] * header[Header::Height]);
  std::uint8_t* to = picture_.pixels.data();
  for (std::size_t y = 0; y < header[Header::Height]; ++y) {
    const char* from = memory_.data() + header.pixels_at() + y * header[Header::BytesPerLine];
    for (std::size_t x = 0; x < header[Header::Width]; ++x, from += 4, to += 4) {
      for (std::size_t channel = 0; channel < 3; ++channel) to[channel] = static_cast<std::uint8_t>(from[2 - channel]);
      to[3] = 255;
    }
  }
  return picture_;
}

void Display::hand(std::vector<std::string> what) const {
  what.insert(what.begin(), "xdotool");
  const int status = run({.command = what, .environment = {{"DISPLAY", name_}}, .output = kept("xdotool.log")});
  REQUIRE_MESSAGE(status == 0, "xdotool ends with " << status << " (bash third_party/bootstrap.sh installs it); see "
                                                   << kept("xdotool.log"));
}

std::string kept(const std::string& file) {
  std::filesystem::create_directories(RAFTLAB_WINDOW_TEST_FOLDER);
  return std::string(RAFTLAB_WINDOW_TEST_FOLDER) + "/" + file;
}

void keep(const Picture& picture, const std::string& name) {
  const auto error = app::write_png(kept(name + ".png"), picture.width, picture.height, picture.pixels);
  REQUIRE_MESSAGE(!error, error.value_or(""));
}

}  // namespace window_test
