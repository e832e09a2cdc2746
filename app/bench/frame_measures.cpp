// Rows about frames: the whole window built into draw lists, while it plays, without OpenGL.
#include <imgui.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "app/app.h"
#include "app/bench/measure.h"

namespace app::bench {

namespace {

using raft::sim::ChangeSetting;
using raft::sim::Setting;
using raft::sim::Time;

constexpr int frames_timed = 120;

struct Scene {
  int nodes = 5;
  int entries = 0;
  bool busy = false;  // some 200 messages in flight
  std::int64_t events = 0;
};

constexpr double usual_frame_s = 1.0 / 60;

/// A Dear ImGui context that nobody looks at.
class Context {
 public:
  Context() : context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    ImGui::GetIO().DisplaySize = {1600, 900};
    ImGui::GetIO().DeltaTime = static_cast<float>(usual_frame_s);
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { ImGui::DestroyContext(context_); }

 private:
  ImGuiContext* context_;
};

/// A whole window with a cluster in free play, which nobody sees.
class Window {
 public:
  explicit Window(int nodes) : app_(App::create({}, error_)) {
    if (app_ == nullptr) return;
    app_->apply(ui::StartFreePlay{nodes});
    app_->prepare_fonts(1);  // built once, before anything is timed
  }

  /// Why there is none; "" if there is.
  const std::string& failed() const { return error_.text; }
  App& app() { return *app_; }
  NextFrame draw(double elapsed_s) {
    app_->prepare_fonts(1);  // as in every frame: has a character come that they do not have?
    ImGui::NewFrame();
    const NextFrame next = app_->frame({.elapsed_s = elapsed_s, .width = 1600, .height = 900, .keys = {}, .dropped_files = {}});
    ImGui::Render();
    return next;
  }
  /// Bytes on the heap for all that it has allocated.
  double held() const { return heap_bytes() - heap_before_; }

 private:
  Context context_;
  double heap_before_ = heap_bytes();
  App::Error error_;
  std::unique_ptr<App> app_;
};

void set(Session& session, Setting setting, Time low, Time high) {
  (void)session.act(ChangeSetting{setting, {.first = low, .second = high}}, raft::sim::Origin::Script);  // is never refused
}

void play_until(App& app, std::int64_t events) {
  Session& session = app.session();
  while (session.run().position() < events && !cancelled()) session.play(100'000'000, 10'000);
}

void fill_logs(App& app, int entries) {
  Session& session = app.session();
  for (int i = 0; i < entries && !cancelled(); ++i) {
    const raft::sim::CommandText command{.key = "k" + std::to_string(i % 7), .value = std::to_string(i), .expected = {}};
    (void)session.act(raft::sim::ClientAsk{.command = command}, raft::sim::Origin::Script);  // refused: left out
    session.play(100'000, 200);
  }
}

/// Milliseconds of processor time a frame, while the run is playing.
Sample frame_time(const Scene& scene) {
  Window window(scene.nodes);
  if (!window.failed().empty()) return {.failed = window.failed()};
  App& app = window.app();
  play_until(app, 1'000);
  fill_logs(app, scene.entries);
  if (scene.busy) {
    set(app.session(), Setting::Heartbeat, 5'000, 0);
    set(app.session(), Setting::Latency, 45'000, 55'000);
  }
  play_until(app, scene.events);
  const std::size_t in_flight = app.session().run().world().network.in_flight();
  if (scene.busy && in_flight < 150) return {.failed = std::to_string(in_flight) + " messages are in flight"};
  app.apply(ui::SetPlaying{true});
  for (int i = 0; i < 5; ++i) window.draw(usual_frame_s);  // what is measured once is measured
  const double started = processor_seconds();
  for (int i = 0; i < frames_timed; ++i) window.draw(usual_frame_s);
  return {.figure = (processor_seconds() - started) * 1'000 / frames_timed};
}

Sample five_nodes() { return frame_time({.nodes = 5, .events = 100'000}); }

Sample eleven_nodes() { return frame_time({.nodes = 11, .entries = 1'000, .busy = true, .events = 1'000'000}); }

/// Per cent of one core while a paused window is left alone for ten seconds and is drawn as often as it asks for, 60
/// times a second at most. A window that always asks for the next frame would be over the floor. That the loop sleeps
/// while nothing is asked for is seen by a test of the real window.
Sample paused() {
  constexpr int seconds = 10;
  Window window(5);
  if (!window.failed().empty()) return {.failed = window.failed()};
  play_until(window.app(), 1'000);
  window.app().apply(ui::SetPlaying{false});
  const double started = processor_seconds();
  NextFrame next = NextFrame::AtOnce;
  for (int i = 0; i < 60 * seconds && next == NextFrame::AtOnce; ++i) next = window.draw(usual_frame_s);
  return {.figure = 100 * (processor_seconds() - started) / seconds};
}

Sample long_history() {
  const Sample young = frame_time({.nodes = 5, .events = 10'000});
  const Sample old = frame_time({.nodes = 5, .events = 1'000'000});
  if (!young.failed.empty() || !old.failed.empty()) return {.failed = young.failed + old.failed};
  return {.figure = old.figure / young.figure};
}

/// The most that the window holds while it plays 4,000,000 events as fast as it can, every frame drawn, by the most that
/// it held until the first million.
Sample memory_of_long_play() {
  constexpr std::int64_t first = 1'000'000;
  constexpr std::int64_t last = 4'000'000;
  Window window(5);
  if (!window.failed().empty()) return {.failed = window.failed()};
  App& app = window.app();
  app.apply(ui::SetSpeed{ui::fastest_exponent});
  app.apply(ui::SetPlaying{true});
  const auto most_until = [&](std::int64_t events) {
    double most = 0;
    for (int frame = 0; app.session().run().position() < events && app.playing() && !cancelled(); ++frame) {
      window.draw(60);
      if (frame % 64 == 0) most = std::max(most, window.held());  // to ask takes longer than to draw
    }
    return most;
  };
  const double young = most_until(first);
  const double old = most_until(last);
  const std::int64_t played = app.session().run().position();
  if (played < last && !cancelled()) return {.failed = "it stopped at event " + std::to_string(played)};
  return {.figure = old / young};
}

constexpr auto frame_rows = std::to_array<Measure>({
    {"frame-five", "a frame, 5 nodes, 100,000 events", "ms", Better::Less, 2, 2, 3, five_nodes},
    {"frame-eleven", "a frame, 11 nodes, 1,000 entries, 200 in flight, 1,000,000 events", "ms", Better::Less, 4, 4, 1,
     eleven_nodes},
    {"frame-memory", "memory of 4,000,000 events in the window / of the first million", "times", Better::Less, 1.1, 1.1, 1,
     memory_of_long_play},
    {"frame-history", "a frame after 1,000,000 events, against 10,000", "times", Better::Less, 1.3, 1.1, 1, long_history},
    {"paused", "a window that is paused and left alone, of one core", "%", Better::Less, 0.5, 0.5, 3, paused},
});

}  // namespace

std::span<const Measure> frame_measures() { return frame_rows; }

}  // namespace app::bench
