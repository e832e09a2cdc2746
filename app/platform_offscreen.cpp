// Off-screen drawing: EGL without any display, OpenGL 3.3 core into a framebuffer with one sample a pixel or several,
// read back. Not here: what is drawn (Screen), and files (png.h).
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <glad/gl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <chrono>
#include <cstring>
#include <utility>

#include "app/platform.h"

namespace app {

namespace {

bool has_extension(const char* list, const char* name) {
  return list && std::strstr(list, name) != nullptr;
}

template <typename Function>
Function egl_function(const char* name) {
  return reinterpret_cast<Function>(eglGetProcAddress(name));
}

bool start(EGLDisplay display) {
  return display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr) == EGL_TRUE;
}

// Mesa's surfaceless platform first; then any device, which is how other drivers offer the same.
EGLDisplay open_display() {
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  const auto get_platform_display =
      egl_function<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
  if (!get_platform_display) return EGL_NO_DISPLAY;
  if (has_extension(extensions, "EGL_MESA_platform_surfaceless")) {
    EGLDisplay display =
        get_platform_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (start(display)) return display;
  }
  const auto query_devices = egl_function<PFNEGLQUERYDEVICESEXTPROC>("eglQueryDevicesEXT");
  if (!query_devices || !has_extension(extensions, "EGL_EXT_platform_device")) {
    return EGL_NO_DISPLAY;
  }
  std::array<EGLDeviceEXT, 16> devices{};
  EGLint count = 0;
  if (!query_devices(static_cast<EGLint>(devices.size()), devices.data(), &count)) {
    return EGL_NO_DISPLAY;
  }
  for (EGLint i = 0; i < count; ++i) {
    EGLDisplay display = get_platform_display(EGL_PLATFORM_DEVICE_EXT,
                                              devices[static_cast<std::size_t>(i)], nullptr);
    if (start(display)) return display;
  }
  return EGL_NO_DISPLAY;
}

EGLContext open_context(EGLDisplay display) {
  if (!eglBindAPI(EGL_OPENGL_API)) return EGL_NO_CONTEXT;
  // Only framebuffer objects are drawn into, so any configuration that can do OpenGL will do.
  const EGLint wanted[] = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglChooseConfig(display, wanted, &config, 1, &count) || count == 0) return EGL_NO_CONTEXT;
  const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION,
                            3,
                            EGL_CONTEXT_MINOR_VERSION,
                            3,
                            EGL_CONTEXT_OPENGL_PROFILE_MASK,
                            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                            EGL_NONE};
  return eglCreateContext(display, config, EGL_NO_CONTEXT, version);
}

GLuint make_framebuffer(GLuint& colour, int samples, int width, int height) {
  GLuint framebuffer = 0;
  glGenFramebuffers(1, &framebuffer);
  glGenRenderbuffers(1, &colour);
  glBindRenderbuffer(GL_RENDERBUFFER, colour);
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour);
  return framebuffer;
}

bool framebuffer_is_complete() {
  return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

}  // namespace

struct OffscreenRenderer::Impl {
  int width = 0;
  int height = 0;
  float scale = 1;
  int wanted_samples = 0;
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  ImGuiContext* imgui = nullptr;
  bool backend_started = false;
  bool drawn_before = false;
  GLuint drawn_colour = 0;
  GLuint drawn = 0;
  GLuint plain_colour = 0;
  GLuint plain = 0;  // one sample a pixel, read back: `drawn` itself where that has no more
  std::chrono::duration<double> in_opengl{};

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // Returns why not, or nothing.
  const char* start_drawing();
  NextFrame build_frame(const Screen&, const OffscreenInput&);
  void draw_picture() const;
  void read_back(std::vector<std::uint8_t>& pixels) const;

  ~Impl() {
    ImGuiContext* others = ImGui::GetCurrentContext();
    if (imgui) {
      ImGui::SetCurrentContext(imgui);
      if (backend_started) {
        make_current();
        ImGui_ImplOpenGL3_Shutdown();
      }
      ImGui::DestroyContext(imgui);
      ImGui::SetCurrentContext(others == imgui ? nullptr : others);
    }
    // The display is shared by every renderer of the process and therefore not terminated.
    if (context != EGL_NO_CONTEXT) {
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
      eglDestroyContext(display, context);
    }
  }

  bool make_current() const {
    return eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_TRUE;
  }
};

const char* OffscreenRenderer::Impl::start_drawing() {
  display = open_display();
  if (display == EGL_NO_DISPLAY) return "EGL finds no way to draw without a display";
  context = open_context(display);
  if (context == EGL_NO_CONTEXT) return "EGL offers no OpenGL 3.3";
  if (!make_current()) return "EGL cannot draw without a surface";
  if (gladLoadGL(eglGetProcAddress) < GLAD_MAKE_VERSION(3, 3)) return "EGL offers no OpenGL 3.3";

  GLint largest = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
  if (width > largest || height > largest) return "the picture is too large for this OpenGL";
  GLint samples = 0;
  glGetIntegerv(GL_MAX_SAMPLES, &samples);
  samples = std::min(samples, wanted_samples);
  drawn = make_framebuffer(drawn_colour, samples, width, height);
  if (!framebuffer_is_complete()) return "OpenGL cannot make the off-screen picture";
  plain = samples > 0 ? make_framebuffer(plain_colour, 0, width, height) : drawn;
  if (!framebuffer_is_complete()) return "OpenGL cannot make the off-screen picture";

  ImGuiContext* others = ImGui::GetCurrentContext();
  imgui = ImGui::CreateContext();
  ImGui::SetCurrentContext(imgui);
  ImGui::GetIO().IniFilename = nullptr;
  ImGui::GetIO().LogFilename = nullptr;
  ImGui::GetIO().ConfigInputTextCursorBlink = false;
  backend_started = ImGui_ImplOpenGL3_Init("#version 330 core");
  ImGui::SetCurrentContext(others);
  return backend_started ? nullptr : "the OpenGL library could not be loaded";
}

std::optional<OffscreenRenderer> OffscreenRenderer::open(int width_px, int height_px, float scale,
                                                         std::string* why_not, int samples) {
  auto impl = std::make_unique<Impl>();
  impl->width = width_px;
  impl->height = height_px;
  impl->scale = scale;
  impl->wanted_samples = samples;
  const char* why =
      width_px > 0 && height_px > 0 ? impl->start_drawing() : "the picture would be empty";
  if (why) {
    if (why_not) *why_not = why;
    return std::nullopt;
  }
  return OffscreenRenderer(std::move(impl));
}

OffscreenRenderer::OffscreenRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OffscreenRenderer::OffscreenRenderer(OffscreenRenderer&&) noexcept = default;
OffscreenRenderer& OffscreenRenderer::operator=(OffscreenRenderer&&) noexcept = default;
OffscreenRenderer::~OffscreenRenderer() = default;

int OffscreenRenderer::width_px() const { return impl_->width; }
int OffscreenRenderer::height_px() const { return impl_->height; }
double OffscreenRenderer::seconds_in_opengl() const { return impl_->in_opengl.count(); }

namespace {

void point_at(ImGuiIO& io, const std::optional<Pointer>& pointer) {
  const Pointer mouse = pointer.value_or(Pointer{.x = -FLT_MAX, .y = -FLT_MAX});
#if IMGUI_VERSION_NUM >= 18700
  io.AddMousePosEvent(mouse.x, mouse.y);
  io.AddMouseButtonEvent(0, mouse.left);
  io.AddMouseButtonEvent(1, mouse.right);
  if (mouse.wheel != 0) io.AddMouseWheelEvent(0, mouse.wheel);
#else
  io.MousePos = ImVec2(mouse.x, mouse.y);
  io.MouseDown[0] = mouse.left;
  io.MouseDown[1] = mouse.right;
  io.MouseWheel = mouse.wheel;
#endif
}

}  // namespace

NextFrame OffscreenRenderer::Impl::build_frame(const Screen& screen, const OffscreenInput& input) {
  ImGuiIO& io = ImGui::GetIO();
  // The back end multiplies again and cuts off: without a little more a row of pixels stays empty.
  io.DisplaySize = ImVec2((static_cast<float>(width) + 0.02F) / scale,
                          (static_cast<float>(height) + 0.02F) / scale);
  io.DisplayFramebufferScale = ImVec2(scale, scale);
  io.DeltaTime = std::max(static_cast<float>(input.elapsed_s), 1e-6F);  // Dear ImGui refuses 0
  point_at(io, input.pointer);

  [[maybe_unused]] const bool fonts_changed = screen.prepare_fonts && screen.prepare_fonts(scale);
#if IMGUI_VERSION_NUM < 19200  // later ones upload by themselves
  // The first NewFrame uploads the atlas itself.
  if (fonts_changed && drawn_before) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
#endif
  drawn_before = true;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  NextFrame next = NextFrame::WhenSomethingHappens;
  if (screen.frame) {
    next = screen.frame(FrameInput{.elapsed_s = input.elapsed_s,
                                   .width = io.DisplaySize.x,
                                   .height = io.DisplaySize.y,
                                   .scale = scale,
                                   .focused = true,
                                   .keys = input.keys,
                                   .dropped_files = {}});
  }
  ImGui::Render();
  return next;
}

void OffscreenRenderer::Impl::draw_picture() const {
  glBindFramebuffer(GL_FRAMEBUFFER, drawn);
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  const ImVec4 ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
  glClearColor(ground.x, ground.y, ground.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  // Blending would leave traces in the alpha channel: a picture of a screen has none.
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_FALSE);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  if (plain == drawn) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, drawn);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, plain);
  glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

// OpenGL's first row is the bottom one, ours the top one. OpenGL, too, could turn the picture over, but in software that
// costs as much as drawing a part of it.
void turn_over(std::vector<std::uint8_t>& pixels, std::ptrdiff_t row) {
  const auto rows = static_cast<std::ptrdiff_t>(pixels.size()) / row;
  for (std::ptrdiff_t y = 0; y < rows / 2; ++y) {
    const auto upper = pixels.begin() + y * row;
    std::swap_ranges(upper, upper + row, pixels.begin() + (rows - 1 - y) * row);
  }
}

void OffscreenRenderer::Impl::read_back(std::vector<std::uint8_t>& pixels) const {
  pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, plain);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  turn_over(pixels, std::ptrdiff_t{width} * 4);
}

NextFrame OffscreenRenderer::draw(const Screen& screen, const OffscreenInput& input,
                                  std::vector<std::uint8_t>& pixels) {
  Impl& impl = *impl_;
  ImGuiContext* others = ImGui::GetCurrentContext();
  ImGui::SetCurrentContext(impl.imgui);
  impl.make_current();
  const NextFrame next = impl.build_frame(screen, input);
  if (input.picture) {
    const auto started = std::chrono::steady_clock::now();
    impl.draw_picture();
    impl.read_back(pixels);
    impl.in_opengl += std::chrono::steady_clock::now() - started;
  }
  ImGui::SetCurrentContext(others);
  return next;
}

std::vector<std::uint8_t> OffscreenRenderer::draw(const Screen& screen,
                                                  const OffscreenInput& input) {
  std::vector<std::uint8_t> pixels;
  draw(screen, input, pixels);
  return pixels;
}

}  // namespace app
