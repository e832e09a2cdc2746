// What the user does, from GLFW's calls into the queue and from there into the frames. Not here:
// the window and its loop (platform_glfw.cpp), and the tables of keys (platform_glfw_keys.cpp).
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>

#include <algorithm>
#include <cfloat>
#include <utility>

#include "app/platform_glfw_keys.h"
#include "app/platform_glfw_window.h"

namespace app {

// --- from GLFW into the queue --------------------------------------------------------------------

namespace {

void enqueue(const InputEvent& event) {
  open_window->something_happened = true;
  // A held key repeats faster than a slow machine draws: what is still waiting is not asked for
  // twice.
  const bool repeats = event.kind == InputEvent::Kind::Key && event.action == GLFW_REPEAT;
  for (const InputEvent& waiting : open_window->queue) {
    if (repeats && waiting.kind == InputEvent::Kind::Key && waiting.code == event.code) return;
  }
  // The same for a mouse on its way.
  const bool moves = event.kind == InputEvent::Kind::MouseMove;
  if (moves && !open_window->queue.empty() && open_window->queue.back().kind == event.kind) {
    open_window->queue.back() = event;
    return;
  }
  open_window->queue.push_back(event);
}

void on_key(GLFWwindow*, int key, int scancode, int action, int mods) {
  enqueue({.kind = InputEvent::Kind::Key,
           .code = key,
           .scancode = scancode,
           .action = action,
           .mods = mods});
}

void on_character(GLFWwindow*, unsigned character) {
  enqueue({.kind = InputEvent::Kind::Character, .character = character});
}

void on_mouse_button(GLFWwindow*, int button, int action, int mods) {
  enqueue({.kind = InputEvent::Kind::MouseButton, .code = button, .action = action, .mods = mods});
}

void on_mouse_move(GLFWwindow*, double x, double y) {
  enqueue({.kind = InputEvent::Kind::MouseMove, .x = x, .y = y});
}

void on_mouse_enter(GLFWwindow* window, int entered) {
  ImGui_ImplGlfw_CursorEnterCallback(window, entered);
  if (!entered) enqueue({.kind = InputEvent::Kind::MouseMove, .x = -FLT_MAX, .y = -FLT_MAX});
}

void on_wheel(GLFWwindow*, double x, double y) {
  enqueue({.kind = InputEvent::Kind::Wheel, .x = x, .y = y});
}

void on_focus(GLFWwindow* window, int focused) {
  ImGui_ImplGlfw_WindowFocusCallback(window, focused);
  open_window->something_happened = true;
}

void on_drop(GLFWwindow*, int count, const char** paths) {
  open_window->dropped_files.insert(open_window->dropped_files.end(), paths, paths + count);
  open_window->something_happened = true;
}

void on_any_change() { open_window->something_happened = true; }

}  // namespace

void listen(GLFWwindow* window) {
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_character);
  glfwSetMouseButtonCallback(window, on_mouse_button);
  glfwSetCursorPosCallback(window, on_mouse_move);
  glfwSetCursorEnterCallback(window, on_mouse_enter);
  glfwSetScrollCallback(window, on_wheel);
  glfwSetWindowFocusCallback(window, on_focus);
  glfwSetDropCallback(window, on_drop);
  glfwSetWindowCloseCallback(window, [](GLFWwindow*) { on_any_change(); });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow*) { on_any_change(); });
  // Only remembered: nothing is drawn for it.
  glfwSetWindowPosCallback(window, [](GLFWwindow*, int, int) { open_window->place_changed = true; });
  glfwSetWindowSizeCallback(window, [](GLFWwindow*, int, int) { open_window->place_changed = true; });
  glfwSetWindowMaximizeCallback(window, [](GLFWwindow*, int) { open_window->place_changed = true; });
  glfwSetWindowIconifyCallback(window, [](GLFWwindow*, int) { on_any_change(); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow*, int, int) { on_any_change(); });
  glfwSetWindowContentScaleCallback(window, [](GLFWwindow*, float, float) { on_any_change(); });
}

// --- from the queue into the frame ---------------------------------------------------------------

namespace {

void deliver(std::optional<ui::Key> key, const InputEvent& press) {
  if (!key) return;
  open_window->keys.push_back({.key = *key,
                               .shift = (press.mods & GLFW_MOD_SHIFT) != 0,
                               .ctrl = (press.mods & GLFW_MOD_CONTROL) != 0,
                               .alt = (press.mods & GLFW_MOD_ALT) != 0,
                               .repeat = press.action == GLFW_REPEAT});
}

// The press wrote nothing: Ctrl is held, or the layout has a dead key there.
void deliver_without_character() {
  if (!open_window->waiting_for_character) return;
  const InputEvent press = *std::exchange(open_window->waiting_for_character, std::nullopt);
  deliver(key_without_character(press.code, press.scancode, (press.mods & GLFW_MOD_SHIFT) != 0),
          press);
}

void deliver_with_character(unsigned character) {
  if (!open_window->waiting_for_character) return;  // an input method wrote more than one
  const InputEvent press = *std::exchange(open_window->waiting_for_character, std::nullopt);
  auto key = key_of_character(character);
  const bool keypad = press.code >= GLFW_KEY_KP_0 && press.code <= GLFW_KEY_KP_EQUAL;
  if (!key && !keypad) {
    key = key_without_character(press.code, press.scancode, false);
    // `!` is Shift+1 and `ф` is where A lies, but `_` is not Minus.
    if (key && *key > ui::Key::Digit9) key = std::nullopt;
  }
  deliver(key, press);
}

bool is_modifier(int key) { return key >= GLFW_KEY_LEFT_SHIFT && key <= GLFW_KEY_RIGHT_SUPER; }

void take_key(GLFWwindow* window, const InputEvent& event) {
  deliver_without_character();
  ImGui_ImplGlfw_KeyCallback(window, event.code, event.scancode, event.action, event.mods);
  if (event.action == GLFW_RELEASE || is_modifier(event.code)) return;
  if (const auto key = key_of_every_layout(event.code)) {
    deliver(key, event);
  } else {
    open_window->waiting_for_character = event;
  }
}

void take_mouse_move(GLFWwindow* window, const InputEvent& event, const Size& size) {
  const bool outside = event.x <= -FLT_MAX;
  const double x = outside ? event.x : event.x * static_cast<double>(size.points_per_unit_x);
  const double y = outside ? event.y : event.y * static_cast<double>(size.points_per_unit_y);
  // A drag that leaves the window goes on.
  const bool dragging = std::any_of(std::begin(open_window->mouse_down),
                                    std::end(open_window->mouse_down), [](bool d) { return d; });
  if (outside && dragging) return;
  open_window->mouse_x = static_cast<float>(x);
  open_window->mouse_y = static_cast<float>(y);
#if IMGUI_VERSION_NUM >= 18700
  if (!outside) ImGui_ImplGlfw_CursorPosCallback(window, x, y);
#else
  (void)window;  // take_input_of_one_frame writes the position
#endif
}

void take_mouse_button(GLFWwindow* window, const InputEvent& event) {
  if (event.code < 0 || event.code >= 5) return;
  open_window->mouse_down[event.code] = event.action == GLFW_PRESS;
#if IMGUI_VERSION_NUM >= 18700
  ImGui_ImplGlfw_MouseButtonCallback(window, event.code, event.action, event.mods);
#else
  (void)window;
#endif
}

}  // namespace

void take_input_of_one_frame(GLFWwindow* window, const Size& size) {
  auto& queue = open_window->queue;
  bool pressed = false;   // a key or button went down in this frame
  bool released = false;  // a button went up in this frame
  std::vector<int> released_keys;
  while (!queue.empty()) {
    const InputEvent event = queue.front();
    using Kind = InputEvent::Kind;
    const bool is_press = (event.kind == Kind::MouseButton || event.kind == Kind::Key) &&
                          event.action != GLFW_RELEASE && !is_modifier(event.code);
    const bool is_release =
        (event.kind == Kind::MouseButton || event.kind == Kind::Key) && !is_press;
    const bool is_move = event.kind == Kind::MouseMove;
    if (is_press && (pressed || released)) break;
    // Dear ImGui must see the key up in between, or the two strokes are one.
    if (is_press && std::count(released_keys.begin(), released_keys.end(), event.code) > 0) break;
    if (is_release && pressed) break;
    // Moving on would take the click to where the mouse went afterwards.
    if (is_move && (pressed || released)) break;
    queue.pop_front();
    pressed = pressed || is_press;
    released = released || (event.kind == Kind::MouseButton && is_release);
    if (event.kind == Kind::Key && is_release) released_keys.push_back(event.code);
    switch (event.kind) {
      case Kind::MouseMove: take_mouse_move(window, event, size); break;
      case Kind::MouseButton: take_mouse_button(window, event); break;
      case Kind::Wheel: ImGui_ImplGlfw_ScrollCallback(window, event.x, event.y); break;
      case Kind::Key: take_key(window, event); break;
      case Kind::Character:
        ImGui_ImplGlfw_CharCallback(window, event.character);
        deliver_with_character(event.character);
        break;
    }
  }
  // The character of a press is in the queue right behind it, if there is one at all.
  deliver_without_character();
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = ImVec2(open_window->mouse_x, open_window->mouse_y);
  std::copy(std::begin(open_window->mouse_down), std::end(open_window->mouse_down), io.MouseDown);
#endif
}

}  // namespace app
