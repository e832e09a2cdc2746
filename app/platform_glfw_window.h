// The open window as its loop (platform_glfw.cpp) and its input (platform_glfw_input.cpp) share it.
// Not for anything else.
#pragma once

#include <cfloat>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "app/platform.h"
#include "ui/input.h"

struct GLFWwindow;

namespace app {

// One thing that the user did. They wait in a queue: a frame takes at most one press and at most
// one release, so that a click or a key stroke is never lost between two slow frames.
struct InputEvent {
  enum class Kind { MouseMove, MouseButton, Wheel, Key, Character };
  Kind kind;
  double x = 0;  // position, or wheel
  double y = 0;
  int code = 0;  // mouse button or GLFW key
  int scancode = 0;
  int action = 0;
  int mods = 0;
  unsigned character = 0;
};

struct Window {
  GLFWwindow* glfw = nullptr;
  std::deque<InputEvent> queue;
  bool something_happened = true;
  std::vector<std::string> dropped_files;
  // The press whose character has not arrived yet: GLFW reports the two one after the other.
  std::optional<InputEvent> waiting_for_character;
  std::vector<ui::KeyPress> keys;  // of the coming frame
  float mouse_x = -FLT_MAX;        // in points
  float mouse_y = -FLT_MAX;
  bool mouse_down[5] = {};
  bool place_changed = true;  // asking the desktop where it stands takes a while
  std::optional<WindowPlace> place;
  // Where the window was before it filled the screen.
  int restore_x = 0;
  int restore_y = 0;
  int restore_width = 0;
  int restore_height = 0;
};

// The one window, while it is open.
extern Window* open_window;

struct Size {
  int framebuffer_width = 0;
  int framebuffer_height = 0;
  float scale = 1;              // pixels per point
  float points_per_unit_x = 1;  // GLFW's window units are pixels on X11 and points on Wayland
  float points_per_unit_y = 1;
  float width = 0;  // in points
  float height = 0;
};

// From now on what the user does is put into the queue of the open window.
void listen(GLFWwindow* window);

// Takes as much of the queue as one frame can show: up to the second press or release of the same
// sort. Called after the back end's NewFrame, which in old versions polls the mouse behind our
// back.
void take_input_of_one_frame(GLFWwindow* window, const Size& size);

}  // namespace app
