// Rows about the window: how soon there is something to see. Dear ImGui's own demonstration is opened in the same run
// and the same way; what a window costs on this machine at all cannot be held against us.
#include <array>
#include <chrono>
#include <optional>

#include <imgui.h>

#include "app/app.h"
#include "app/bench/measure.h"
#include "app/platform.h"

namespace app::bench {

namespace {

struct Opened {
  double ms = 0;  // until the first frame has been shown
  std::string absent = {};
};

/// From nothing to the first frame on the screen, and away again.
template <typename Prepare>
Opened open(Prepare&& prepare) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point started = Clock::now();
  Clock::time_point shown = started;
  Screen screen = prepare();
  int frames = 0;
  screen.frame = [&, draw = std::move(screen.frame)](const FrameInput& input) {
    // When the second is asked for, the first is on the screen.
    if (frames++ == 1) shown = Clock::now();
    draw(input);
    return frames > 1 ? NextFrame::Close : NextFrame::AtOnce;
  };
  Opened opened;
  if (run_window({.title = "Raftlab"}, screen, &opened.absent) != WindowResult::Closed) return opened;
  opened.absent.clear();
  opened.ms = std::chrono::duration<double, std::milli>(shown - started).count();
  return opened;
}

Opened open_demo() {
  return open([] {
    Screen screen;
    screen.frame = [](const FrameInput&) {
      ImGui::ShowDemoWindow();
      return NextFrame::AtOnce;
    };
    return screen;
  });
}

Opened open_ours(raft::explain::Language language) {
  std::unique_ptr<App> app;
  return open([&app, language] {
    AppOptions options;
    options.settings.language = language;
    App::Error error;
    app = App::create(std::move(options), error);
    Screen screen;
    screen.prepare_fonts = [&app](float scale) { return app->prepare_fonts(scale); };
    screen.frame = [&app](const FrameInput& input) { return app->frame(input); };
    return screen;
  });
}

template <raft::explain::Language language>
Sample first_frame() {
  constexpr double allowed = 1.5;
  const Opened demo = open_demo();
  if (!demo.absent.empty()) return {.absent = demo.absent};
  const Opened ours = open_ours(language);
  return {.figure = ours.ms - allowed * demo.ms, .absent = ours.absent};
}

constexpr auto window_rows = std::to_array<Measure>({
    {"first-frame", "first frame, beyond 1.5 of Dear ImGui's demo", "ms", Better::Less, 150, 0, 5,
     first_frame<raft::explain::Language::English>},
    {"first-frame-zh", "the same with Chinese characters", "ms", Better::Less, 150, 0, 5,
     first_frame<raft::explain::Language::Chinese>},
});

}  // namespace

std::span<const Measure> window_measures() { return window_rows; }

}  // namespace app::bench
