// The window: GLFW, OpenGL 3.3 core, and the loop that sleeps whenever nothing moves.
// Not here: what is drawn and what a key does (Screen), and the tables of keys
// (platform_glfw_keys.cpp).
#include <GLFW/glfw3.h>
#include <glad/gl.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cfloat>
#include <deque>
#include <utility>

#include "app/platform.h"
#include "app/platform_glfw_keys.h"

namespace app {

namespace {

// After an input some frames are drawn, so that hovering and layouts that depend on the previous
// frame come to rest before the window falls asleep.
constexpr int frames_until_rest = 3;

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
  // Where the window was before it filled the screen.
  int restore_x = 0;
  int restore_y = 0;
  int restore_width = 0;
  int restore_height = 0;
};

Window* open_window = nullptr;
std::string last_glfw_error;

// --- size ----------------------------------------------------------------------------------------

struct Size {
  int framebuffer_width = 0;
  int framebuffer_height = 0;
  float scale = 1;              // pixels per point
  float points_per_unit_x = 1;  // GLFW's window units are pixels on X11 and points on Wayland
  float points_per_unit_y = 1;
  float width = 0;  // in points
  float height = 0;
};

Size measure(GLFWwindow* window) {
  Size size;
  glfwGetFramebufferSize(window, &size.framebuffer_width, &size.framebuffer_height);
  int units_x = 0;
  int units_y = 0;
  glfwGetWindowSize(window, &units_x, &units_y);
  float scale_x = 1;
  float scale_y = 1;
  glfwGetWindowContentScale(window, &scale_x, &scale_y);
  size.scale = scale_x >= 0.5F && scale_x <= 8.0F ? scale_x : 1.0F;
  size.width = static_cast<float>(size.framebuffer_width) / size.scale;
  size.height = static_cast<float>(size.framebuffer_height) / size.scale;
  if (units_x > 0) size.points_per_unit_x = size.width / static_cast<float>(units_x);
  if (units_y > 0) size.points_per_unit_y = size.height / static_cast<float>(units_y);
  return size;
}

// --- from GLFW into the queue --------------------------------------------------------------------

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
  glfwSetWindowIconifyCallback(window, [](GLFWwindow*, int) { on_any_change(); });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow*, int, int) { on_any_change(); });
  glfwSetWindowContentScaleCallback(window, [](GLFWwindow*, float, float) { on_any_change(); });
}

// --- from the queue into the frame ---------------------------------------------------------------

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

// Takes as much of the queue as one frame can show: up to the second press or release of the same
// sort. Called after the back end's NewFrame, which in old versions polls the mouse behind our
// back.
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

// --- opening and closing -------------------------------------------------------------------------

// The part of a full-blown desktop that a window of this size in points can have.
void fit_into_screen(int& width, int& height) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (!monitor) return;
  int x = 0;
  int y = 0;
  int screen_width = 0;
  int screen_height = 0;
  glfwGetMonitorWorkarea(monitor, &x, &y, &screen_width, &screen_height);
  float scale = 1;
  float scale_y = 1;
  glfwGetMonitorContentScale(monitor, &scale, &scale_y);
  if (screen_width <= 0 || screen_height <= 0 || scale <= 0) return;
  width = std::min(width, static_cast<int>(static_cast<float>(screen_width) / scale));
  height = std::min(height, static_cast<int>(static_cast<float>(screen_height) / scale));
}

GLFWwindow* create(const WindowOptions& options) {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "raftlab");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "raftlab");
  int width = options.width;
  int height = options.height;
  fit_into_screen(width, height);
  return glfwCreateWindow(width, height, options.title.c_str(), nullptr, nullptr);
}

double shortest_frame_s() {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
  const int refresh_rate = mode && mode->refreshRate > 0 ? mode->refreshRate : 60;
  return 0.8 / refresh_rate;
}

// --- the loop ------------------------------------------------------------------------------------

NextFrame draw_frame(GLFWwindow* window, const Size& size, const Screen& screen, double elapsed_s,
                     bool& drawn_before) {
  [[maybe_unused]] const bool fonts_changed =
      screen.prepare_fonts && screen.prepare_fonts(size.scale);
#if IMGUI_VERSION_NUM < 19200  // later ones upload by themselves
  // The first NewFrame uploads the atlas itself.
  if (fonts_changed && drawn_before) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
#endif
  drawn_before = true;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  take_input_of_one_frame(window, size);
  ImGuiIO& io = ImGui::GetIO();
  // The back end multiplies again and cuts off: without a little more a row of pixels stays empty.
  io.DisplaySize = ImVec2(size.width + 0.02F / size.scale, size.height + 0.02F / size.scale);
  io.DisplayFramebufferScale = ImVec2(size.scale, size.scale);
  ImGui::NewFrame();

  NextFrame next = NextFrame::WhenSomethingHappens;
  if (screen.frame) {
    next = screen.frame({.elapsed_s = elapsed_s,
                         .width = size.width,
                         .height = size.height,
                         .scale = size.scale,
                         .focused = glfwGetWindowAttrib(window, GLFW_FOCUSED) != 0,
                         .keys = std::exchange(open_window->keys, {}),
                         .dropped_files = std::exchange(open_window->dropped_files, {})});
  }
  ImGui::Render();
  glViewport(0, 0, size.framebuffer_width, size.framebuffer_height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
  return next;
}

// Sleeps until something happens or until the app wants to be called. Returns whether a frame is
// due.
bool sleep(const Screen& screen) {
  double longest_s = screen.longest_sleep_s ? screen.longest_sleep_s() : -1;
  // A caret blinks.
  if (ImGui::GetIO().WantTextInput) longest_s = longest_s < 0 ? 0.25 : std::min(longest_s, 0.25);
  if (longest_s < 0) {
    glfwWaitEvents();
    return open_window->something_happened;
  }
  const double until = glfwGetTime() + longest_s;
  while (!open_window->something_happened) {
    const double left_s = until - glfwGetTime();
    if (left_s <= 0) return true;
    glfwWaitEventsTimeout(left_s);
  }
  return true;
}

void run_loop(GLFWwindow* window, const Screen& screen) {
  const double shortest_s = shortest_frame_s();
  int frames_owed = frames_until_rest;
  NextFrame next = NextFrame::AtOnce;
  bool drawn_before = false;
  double previous = glfwGetTime();
  for (;;) {
    const bool may_sleep = next == NextFrame::WhenSomethingHappens && frames_owed <= 0 &&
                           open_window->queue.empty() && !open_window->something_happened;
    if (may_sleep) {
      if (!sleep(screen)) continue;
      // Asleep, no time passes for what moves; only a call that the app asked for counts it.
      if (open_window->something_happened) previous = glfwGetTime();
    } else {
      // Where vertical sync is missing (a virtual display), the frame rate is still bounded.
      const double left_s = previous + shortest_s - glfwGetTime();
      if (left_s > 0) {
        glfwWaitEventsTimeout(left_s);
      } else {
        glfwPollEvents();
      }
    }
    const bool happened = std::exchange(open_window->something_happened, false);
    if (happened || !open_window->queue.empty()) frames_owed = frames_until_rest;

    const Size size = measure(window);
    const bool closing = glfwWindowShouldClose(window) != 0;
    if ((size.framebuffer_width <= 0 || size.framebuffer_height <= 0) && !closing) {
      glfwWaitEvents();  // minimised: there is nothing to draw on
      previous = glfwGetTime();
      continue;
    }
    const double now = glfwGetTime();
    next = draw_frame(window, size, screen, now - std::exchange(previous, now), drawn_before);
    if (frames_owed > 0) --frames_owed;
    if (closing || next == NextFrame::Close) return;
  }
}

}  // namespace

WindowResult run_window(const WindowOptions& options, const Screen& screen, std::string* why_not) {
  const auto give_up = [&](WindowResult result, const char* why) {
    if (why_not) *why_not = last_glfw_error.empty() ? why : why + (" (" + last_glfw_error + ")");
    return result;
  };
  last_glfw_error.clear();
  glfwSetErrorCallback([](int, const char* text) { last_glfw_error = text ? text : ""; });
  if (!glfwInit()) return give_up(WindowResult::NoDisplay, "no display can be opened");

  GLFWwindow* glfw = create(options);
  if (!glfw) {
    glfwTerminate();
    return give_up(WindowResult::NoOpenGL, "the display offers no OpenGL 3.3");
  }
  glfwMakeContextCurrent(glfw);
  if (gladLoadGL(glfwGetProcAddress) < GLAD_MAKE_VERSION(3, 3)) {
    glfwDestroyWindow(glfw);
    glfwTerminate();
    return give_up(WindowResult::NoOpenGL, "the display offers no OpenGL 3.3");
  }
  glfwSwapInterval(1);
  glfwSetWindowSizeLimits(glfw, 640, 400, GLFW_DONT_CARE, GLFW_DONT_CARE);
  glfwSetInputMode(glfw, GLFW_LOCK_KEY_MODS, GLFW_TRUE);

  ImGuiContext* others = ImGui::GetCurrentContext();
  ImGuiContext* imgui = ImGui::CreateContext();
  ImGui::SetCurrentContext(imgui);
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().LogFilename = nullptr;
  bool ready = ImGui_ImplGlfw_InitForOpenGL(glfw, false);
  const bool can_draw = ready && ImGui_ImplOpenGL3_Init("#version 330 core");
  if (can_draw) {
    Window window;
    window.glfw = glfw;
    open_window = &window;
    listen(glfw);
    if (options.full_screen) set_full_screen(true);
    run_loop(glfw, screen);
    open_window = nullptr;
    ImGui_ImplOpenGL3_Shutdown();
  }
  if (ready) ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext(imgui);
  ImGui::SetCurrentContext(others);
  glfwDestroyWindow(glfw);
  glfwTerminate();
  if (!can_draw) return give_up(WindowResult::NoOpenGL, "the OpenGL library could not be loaded");
  return WindowResult::Closed;
}

void set_full_screen(bool full) {
  if (!open_window || full == is_full_screen()) return;
  Window& window = *open_window;
  if (!full) {
    glfwSetWindowMonitor(window.glfw, nullptr, window.restore_x, window.restore_y,
                         window.restore_width, window.restore_height, GLFW_DONT_CARE);
    return;
  }
  glfwGetWindowPos(window.glfw, &window.restore_x, &window.restore_y);
  glfwGetWindowSize(window.glfw, &window.restore_width, &window.restore_height);
  // The monitor on which the middle of the window lies.
  const int middle_x = window.restore_x + window.restore_width / 2;
  const int middle_y = window.restore_y + window.restore_height / 2;
  GLFWmonitor* best = glfwGetPrimaryMonitor();
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0;
    int y = 0;
    glfwGetMonitorPos(monitors[i], &x, &y);
    const GLFWvidmode* mode = glfwGetVideoMode(monitors[i]);
    if (mode && middle_x >= x && middle_x < x + mode->width && middle_y >= y &&
        middle_y < y + mode->height) {
      best = monitors[i];
    }
  }
  const GLFWvidmode* mode = best ? glfwGetVideoMode(best) : nullptr;
  if (!mode) return;
  glfwSetWindowMonitor(window.glfw, best, 0, 0, mode->width, mode->height, mode->refreshRate);
}

bool is_full_screen() { return open_window && glfwGetWindowMonitor(open_window->glfw) != nullptr; }

void set_title(const std::string& title) {
  if (open_window) glfwSetWindowTitle(open_window->glfw, title.c_str());
}

}  // namespace app
