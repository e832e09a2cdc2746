// A window without a window: Dear ImGui with no back end draws whole frames into lists that can be read.
#pragma once

#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/event_lines.h"
#include "app/font_files.h"
#include "raft/check/oracles.h"
#include "raft/sim/timeline.h"
#include "tests/support/tree.h"
#include "ui/ui.h"

namespace ui::test {

inline const raft::explain::Words& words_of(raft::explain::Language language) {
  using raft::explain::Language;
  const auto load = [](Language which) {
    const std::string path =
        source_dir() + "/assets/text/" + raft::explain::language_code(which) + ".toml";
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    std::string error;
    std::optional<raft::explain::Words> words = raft::explain::Words::parse(which, content.str(), error);
    if (!words) FAIL(error);
    return *words;
  };
  static const raft::explain::Words english = load(Language::English);
  static const raft::explain::Words chinese = load(Language::Chinese);
  return language == Language::English ? english : chinese;
}

inline raft::sim::ClusterConfig cluster(int nodes) {
  raft::sim::ClusterConfig config;
  for (int i = 0; i < nodes; ++i) config.node_names.emplace_back(1, static_cast<char>('A' + i));
  config.seed = 7;
  return config;
}

/// A run with its checker, as the app would keep them.
struct Played {
  raft::sim::Timeline run;
  raft::check::Oracles oracles;

  explicit Played(int nodes) : run(cluster(nodes)), oracles(run.world()) {}
  explicit Played(const raft::sim::ClusterConfig& config) : run(config), oracles(run.world()) {}

  void step(int events) {
    for (int i = 0; i < events && run.step(); ++i) oracles.observe(run.world(), run.event());
  }
  void act(const raft::sim::Intervention& what) {
    if (!run.act(what, raft::sim::Origin::Mouse)) oracles.observe(run.world(), run.event());
  }
  void write(const std::string& key, const std::string& value) {
    act(raft::sim::ClientAsk{.command = {.key = key, .value = value, .expected = {}}});
  }
  /// Until there is a leader with a few entries, some of them committed, messages in flight.
  void play_a_while() {
    for (int i = 0; i < 400 && raft::sim::current_leader(run.world()) == raft::no_node; ++i) step(1);
    step(20);
    write("sally", "sally");
    step(40);
    write("x", "1");
    step(9);
  }
};

/// The sentences of the last events, as the app makes them.
inline std::vector<EventLine> lines_of(const raft::sim::Timeline& run, const raft::explain::Words& words) {
  std::vector<EventLine> lines;
  if (run.position() == 0) return lines;
  const std::int64_t first = std::max<std::int64_t>(1, run.position() - 100);
  for (const raft::sim::Event& event : run.events(first, run.position())) {
    EventLine line;
    line.number = event.number;
    line.at = event.at;
    line.kind = event.kind;
    line.node = event.node;
    line.quiet = event.number % 3 == 0;
    line.late = app::is_late(event);
    line.what = raft::explain::event_sentence(words, run.world(), event);
    for (const raft::Reason& reason : event.reasons) {
      line.why.push_back({raft::explain::reason_sentence(words, run.world(), reason), "5.2"});
    }
    lines.push_back(line);
  }
  return lines;
}

struct Size2 {
  float width = 0;
  float height = 0;
};
inline constexpr Size2 usual_size{1600, 900};
inline constexpr std::array<Size2, 4> all_sizes{{{1280, 720}, {1600, 900}, {1920, 1080}, {3840, 2160}}};

inline KeyPress press(Key key) { return {.key = key}; }

/// The action that was asked for, if it is the only one and of this kind.
template <typename Wanted>
const Wanted* the_only(const Actions& actions) {
  return actions.size() == 1 ? std::get_if<Wanted>(&actions.front()) : nullptr;
}

/// One context, any number of frames of any size.
class Window {
 public:
  explicit Window(float text_scale = 1, float pixels_per_point = 1) : text_scale_(text_scale) {
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;  // as ours have
    static const FontFiles fonts = app::find_fonts();
    static const std::string characters = words_of(raft::explain::Language::English).all_characters() +
                                          words_of(raft::explain::Language::Chinese).all_characters();
    build_fonts(fonts, pixels_per_point, text_scale, characters);
  }
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;
  ~Window() { ImGui::DestroyContext(context_); }

  UiState state;
  raft::explain::Language language = raft::explain::Language::English;
  ThemeName theme = ThemeName::Paper;
  std::optional<WalkthroughView> walkthrough;
  std::optional<GuessView> guess;
  const raft::sim::ElectionTimes* elections = nullptr;
  std::vector<StepMark> steps;
  std::int64_t rewrites = 0;
  std::vector<LibraryEntry> library;
  std::vector<std::string> chapters;
  int continue_with = -1;
  bool lecture_path = false;
  bool reduced_motion = false;
  bool playing = false;
  const FileDialogView* files = nullptr;
  std::string message;
  std::vector<BranchView> branches;
  RecordingView recording;
  std::optional<RecoveredView> recovered;
  std::optional<BusyView> busy;
  ClientsView clients;
  const AuthorView* author = nullptr;
  std::vector<EventLine> of_client;
  const raft::check::History* history = nullptr;
  double real_seconds = 0;
  Point mouse{-1e6F, -1e6F};
  bool mouse_down = false;
  bool enter_down = false;  // as Dear ImGui's own fields hear of it

  /// What one frame draws.
  Drawn drawn(const Played& played, Size2 size) {
    Drawn found;
    state.drawn = &found;
    frame(played, size);
    state.drawn = nullptr;
    return found;
  }

  void turn_wheel(Point by) {
#if IMGUI_VERSION_NUM >= 18700
    ImGui::GetIO().AddMouseWheelEvent(by.x, by.y);
#else
    ImGui::GetIO().MouseWheelH = by.x;
    ImGui::GetIO().MouseWheel = by.y;
#endif
  }

  /// Characters that the keyboard writes in the next frame.
  void type(const std::string& text) { ImGui::GetIO().AddInputCharactersUTF8(text.c_str()); }

  FrameResult frame(const Played& played, Size2 size, const std::vector<KeyPress>& keys = {}) {
    const raft::explain::Words& words = words_of(language);
    const std::vector<EventLine> lines = lines_of(played.run, words);
    std::vector<UpcomingLine> upcoming;
    for (const raft::sim::Upcoming& due : raft::sim::queue(played.run.world())) {
      if (upcoming.size() < 12) upcoming.push_back({due, raft::explain::upcoming_sentence(words, played.run.world(), due)});
    }
    real_seconds += 1.0 / 60;
    const View view{.run = played.run,
                    .oracles = played.oracles,
                    .words = words,
                    .theme = theme,
                    .text_scale = text_scale_,
                    .playing = playing,
                    .pace = {},
                    .of_client = of_client,
                    .history = history,
                    .events = lines,
                    .upcoming = upcoming,
                    .walkthrough = walkthrough,
                    .steps = steps,
                    .rewrites = rewrites,
                    .library = library,
                    .chapters = chapters,
                    .continue_with = continue_with,
                    .lecture_path = lecture_path,
                    .reduced_motion = reduced_motion,
                    .message = message,
                    .branches = branches,
                    .recording = recording,
                    .recovered = recovered,
                    .clients = clients,
                    .files = files,
                    .busy = busy,
                    .guess = guess,
                    .elections = elections,
                    .author = author,
                    .real_seconds = real_seconds};

    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {size.width, size.height};
    io.DeltaTime = 1.0F / 60;
#if IMGUI_VERSION_NUM >= 18700
    io.AddMousePosEvent(mouse.x, mouse.y);
    io.AddMouseButtonEvent(0, mouse_down);
    io.AddKeyEvent(ImGuiKey_Enter, enter_down);
#else
    io.MousePos = {mouse.x, mouse.y};
    io.MouseDown[0] = mouse_down;
    io.KeyMap[ImGuiKey_Enter] = 1;
    io.KeysDown[1] = enter_down;
#endif
    ImGui::NewFrame();
    FrameResult result = draw_window(view, state, {size.width, size.height, keys});
    ImGui::Render();
    return result;
  }

  /// A frame with the mouse there; what it asks for is added to `actions`.
  void point(const Played& played, Size2 size, Point at, bool down, Actions& actions) {
    mouse = at;
    mouse_down = down;
    const Actions more = frame(played, size).actions;
    actions.insert(actions.end(), more.begin(), more.end());
  }

  /// Presses and releases at a place.
  Actions click(const Played& played, Size2 size, Point at) {
    Actions actions;
    for (const bool down : {false, true, false, false}) point(played, size, at, down, actions);
    return actions;
  }

  /// Presses at the first place and lets go at the last.
  Actions drag(const Played& played, Size2 size, const std::vector<Point>& way) {
    Actions actions;
    point(played, size, way.front(), false, actions);
    for (const Point at : way) point(played, size, at, true, actions);
    point(played, size, way.back(), false, actions);
    return actions;
  }

 private:
  float text_scale_;
  ImGuiContext* context_ = nullptr;
};

}  // namespace ui::test
