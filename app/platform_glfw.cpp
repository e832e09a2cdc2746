// The window: GLFW, OpenGL 3.3 core, and the loop that sleeps whenever nothing moves.
// Not here: what is drawn and what a key does (Screen), and how input comes into a frame
// (platform_glfw_input.cpp).
#include <GLFW/glfw3.h>
#include <glad/gl.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "app/platform.h"
#include "app/platform_glfw_window.h"

namespace app {

Window* open_window = nullptr;

namespace {

// After an input some frames are drawn, so that hovering and layouts that depend on the previous
// frame come to rest before the window falls asleep.
constexpr int frames_until_rest = 3;

std::string last_glfw_error;

// --- size ----------------------------------------------------------------------------------------

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

// A corner of the window that can be taken hold of lies on some screen.
bool is_on_a_screen(const WindowPlace& place) {
  int count = 0;
  GLFWmonitor** monitors = glfwGetMonitors(&count);
  for (int i = 0; i < count; ++i) {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    glfwGetMonitorWorkarea(monitors[i], &x, &y, &width, &height);
    constexpr int least = 64;
    if (place.x + place.width > x + least && place.x < x + width - least && place.y >= y - least / 2 &&
        place.y < y + height - least) {
      return true;
    }
  }
  return false;
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
#ifdef GLFW_WAYLAND_APP_ID  // since 3.4: by it Wayland finds raftlab.desktop, and the icon
  glfwWindowHintString(GLFW_WAYLAND_APP_ID, "raftlab");
#endif
  const bool returns = options.place && is_on_a_screen(*options.place);
  int width = returns ? options.place->width : options.width;
  int height = returns ? options.place->height : options.height;
  fit_into_screen(width, height);
  if (returns && options.place->maximised) glfwWindowHint(GLFW_MAXIMIZED, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(width, height, options.title.c_str(), nullptr, nullptr);
  if (window && returns && !options.place->maximised) glfwSetWindowPos(window, options.place->x, options.place->y);
  return window;
}

void note_place(GLFWwindow* window, const Size& size) {
  if (!std::exchange(open_window->place_changed, false)) return;
  auto& place = open_window->place;
  if (!place) place.emplace();
  place->maximised = glfwGetWindowAttrib(window, GLFW_MAXIMIZED) != 0;
  const bool full = place->maximised || is_full_screen();
  if (full && place->width > 0) return;
  glfwGetWindowPos(window, &place->x, &place->y);
  place->width = static_cast<int>(std::lround(size.width));
  place->height = static_cast<int>(std::lround(size.height));
}

double shortest_frame_s() {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
  const int refresh_rate = mode && mode->refreshRate > 0 ? mode->refreshRate : 60;
  return 0.8 / refresh_rate;
}

// --- the loop ------------------------------------------------------------------------------------

NextFrame draw_frame(GLFWwindow* window, const Size& size, const Screen& screen, double elapsed_s, bool close_asked,
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
  note_place(window, size);
  if (screen.frame) {
    next = screen.frame({.elapsed_s = elapsed_s,
                         .width = size.width,
                         .height = size.height,
                         .scale = size.scale,
                         .focused = glfwGetWindowAttrib(window, GLFW_FOCUSED) != 0,
                         .place = open_window->place,
                         .keys = std::exchange(open_window->keys, {}),
                         .dropped_files = std::exchange(open_window->dropped_files, {}),
                         .close_asked = close_asked});
  }
  ImGui::Render();
  glViewport(0, 0, size.framebuffer_width, size.framebuffer_height);
  const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
  return next;
}

// A signal ends a sleep at once, unless it came just before that began.
constexpr double longest_sleep_s = 5;

void run_loop(GLFWwindow* window, const Screen& screen) {
  const double shortest_s = shortest_frame_s();
  int frames_owed = frames_until_rest;
  NextFrame next = NextFrame::AtOnce;
  bool drawn_before = false;
  double previous = glfwGetTime();
  for (;;) {
    const bool may_sleep = next == NextFrame::WhenSomethingHappens && frames_owed <= 0 &&
                           open_window->queue.empty() && !open_window->something_happened;
    if (screen.must_end && screen.must_end()) return;
    if (may_sleep) {
      glfwWaitEventsTimeout(longest_sleep_s);
      if (!open_window->something_happened) continue;
      previous = glfwGetTime();  // asleep, no time passes for what moves
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
    const bool close_asked = glfwWindowShouldClose(window) != 0;
    if ((size.framebuffer_width <= 0 || size.framebuffer_height <= 0) && !close_asked) {
      glfwWaitEventsTimeout(longest_sleep_s);  // minimised: there is nothing to draw on
      previous = glfwGetTime();
      continue;
    }
    const double now = glfwGetTime();
    if (close_asked) glfwSetWindowShouldClose(window, GLFW_FALSE);  // it is the app that decides
    next = draw_frame(window, size, screen, now - std::exchange(previous, now), close_asked, drawn_before);
    if (frames_owed > 0) --frames_owed;
    if (next == NextFrame::Close) return;
  }
}

constexpr int exit_without_display = 3;  // as of everything in the surroundings

// Xlib ends the program by itself when the connection to the display breaks. This is what it leaves to us.
void say_that_the_display_is_gone() {
  if (!open_window) return;
  std::fputs("the display is gone\n", stderr);
  std::fflush(nullptr);
  std::_Exit(exit_without_display);
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
  ImGui::GetIO().ConfigInputTextCursorBlink = false;  // or a window in which nothing happens would draw
  bool ready = ImGui_ImplGlfw_InitForOpenGL(glfw, false);
  const bool can_draw = ready && ImGui_ImplOpenGL3_Init("#version 330 core");
  if (can_draw) {
    Window window;
    window.glfw = glfw;
    open_window = &window;
    [[maybe_unused]] static const int registered = std::atexit(say_that_the_display_is_gone);
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
