// What the program needs from a windowing system and from OpenGL: a window, or a picture without
// one. Nothing about Raft, walkthroughs or drawing; GLFW, EGL, glad and every #ifdef stay in
// platform_*.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/input.h"

namespace app {

// Where a window stands, in the units of the desktop, and how large it is in points; while it is maximised or fills the
// screen, where it would stand otherwise.
struct WindowPlace {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool maximised = false;
  friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};

struct FrameInput {
  double elapsed_s = 0;  // since the previous frame, without the time spent asleep
  float width = 0;       // in points, as every coordinate that Dear ImGui sees
  float height = 0;
  float scale = 1;      // pixels per point: what fonts are rasterised at
  bool focused = true;  // the window has the keyboard
  std::optional<WindowPlace> place = std::nullopt;
  // In the order pressed. Also while a text field is being edited: ask
  // ImGui::GetIO().WantTextInput.
  std::vector<ui::KeyPress> keys;
  std::vector<std::string> dropped_files;
  bool close_asked = false;  // with the system's button; the window closes if the app says so
};

enum class NextFrame {
  AtOnce,                // something moves
  WhenSomethingHappens,  // sleep until an event arrives; no frame is drawn meanwhile
  Close,
};

// What the app gives to the platform. Every call is made with a current Dear ImGui context.
struct Screen {
  // Before each ImGui::NewFrame (so it may also set the style). True: the font atlas was rebuilt
  // and is to be uploaded again.
  std::function<bool(float scale)> prepare_fonts;
  // Between ImGui::NewFrame and ImGui::Render. What it leaves bare has the colour ImGuiCol_WindowBg of the style.
  std::function<NextFrame(const FrameInput&)> frame;
  // May be empty. Asked every few seconds and whenever a signal arrives: true closes the window, and the app is not asked.
  std::function<bool()> must_end = {};
};

struct WindowOptions {
  std::string title = "Raftlab";
  int width = 1600;  // in points; made smaller where the screen is smaller
  int height = 900;
  bool full_screen = false;
  std::optional<WindowPlace> place = std::nullopt;  // as it was left; it is not used where no screen is any more
};

enum class WindowResult { Closed, NoDisplay, NoOpenGL };

// Runs until the window closes. When there can be no window, `why_not` says why in one line,
// without a full stop.
WindowResult run_window(const WindowOptions&, const Screen&, std::string* why_not = nullptr);

// About the open window; they do nothing when there is none. The clipboard is
// ImGui::SetClipboardText.
void set_full_screen(bool);
bool is_full_screen();
void set_title(const std::string&);

// The mouse of an off-screen frame, in points; without one nothing is hovered.
struct Pointer {
  float x = 0;
  float y = 0;
  bool left = false;
  bool right = false;
  float wheel = 0;
};

struct OffscreenInput {
  double elapsed_s = 0;
  std::vector<ui::KeyPress> keys = {};
  std::optional<Pointer> pointer = std::nullopt;
  bool picture = true;  // false: the frame is lived through, and no picture of it is made
};

// Draws the same frames without any display. It has a Dear ImGui context of its own, current only
// while it draws. Not while a window is open in the same thread: EGL and GLX do not share one.
class OffscreenRenderer {
 public:
  // `samples` a pixel smooth the edges of shapes; with none the picture is the window's own, bit for bit.
  static std::optional<OffscreenRenderer> open(int width_px, int height_px, float scale,
                                               std::string* why_not = nullptr, int samples = 4);
  OffscreenRenderer(OffscreenRenderer&&) noexcept;
  OffscreenRenderer& operator=(OffscreenRenderer&&) noexcept;
  ~OffscreenRenderer();

  // RGBA, 8 bits a channel, top row first, opaque; `pixels` is used again from frame to frame.
  NextFrame draw(const Screen&, const OffscreenInput&, std::vector<std::uint8_t>& pixels);
  std::vector<std::uint8_t> draw(const Screen&, const OffscreenInput&);
  std::vector<std::uint8_t> draw(const Screen& screen, double elapsed_s) {
    return draw(screen, OffscreenInput{.elapsed_s = elapsed_s});
  }

  int width_px() const;
  int height_px() const;
  // How long OpenGL has been at work so far, drawing and reading back.
  double seconds_in_opengl() const;

 private:
  struct Impl;
  explicit OffscreenRenderer(std::unique_ptr<Impl>);
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
