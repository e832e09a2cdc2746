// The whole program off screen: a frame at a time, and what it shows.
#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "app/app.h"
#include "tests/support/tree.h"

namespace app::test {

inline const std::string short_story = R"(walkthrough 1
title en: Short
title zh: 短
cluster A B C
seed 2
step "one"
  until leaders = 1 within 2s
step "two"
  for 20ms
step "three"
  for 20ms
)";

struct Running {
  std::unique_ptr<App> app;
  std::optional<OffscreenRenderer> renderer;
  std::optional<Pointer> mouse = std::nullopt;

  explicit Running(AppOptions options) {
    App::Error error;
    app = App::create(std::move(options), error);
    REQUIRE_MESSAGE(app != nullptr, error.text);
    renderer = OffscreenRenderer::open(800, 600, 1);
    REQUIRE(renderer.has_value());
  }

  NextFrame frame(const std::function<void(FrameInput&)>& change = {}) {
    Screen screen;
    screen.prepare_fonts = [this](float scale) { return app->prepare_fonts(scale); };
    screen.frame = [&](FrameInput input) {
      if (change) change(input);
      return app->frame(input);
    };
    std::vector<std::uint8_t> pixels;
    return renderer->draw(screen, {.pointer = mouse, .picture = false}, pixels);
  }
};

/// A file as a whole program would open it.
inline AppOptions options_for(std::string file) {
  AppOptions options;
  options.file = std::move(file);
  return options;
}

/// A walkthrough of the library, by its name there.
inline AppOptions from_library(const std::string& name) {
  return options_for(std::filesystem::proximate(source_dir() + "/assets/walkthroughs/" + name).string());
}

/// Frames until nothing asks for the next one at once.
inline void run_out(Running& running) {
  for (int i = 0; i < 10'000 && running.frame() == NextFrame::AtOnce; ++i) {
  }
}

/// What one more frame draws.
inline ui::Drawn drawn_by(Running& running) {
  ui::Drawn drawn;
  running.app->ui_state().drawn = &drawn;
  running.frame();
  running.app->ui_state().drawn = nullptr;
  return drawn;
}

/// The texts of one more frame, of all panels or of those whose name has `panel` in it.
inline std::vector<std::string> texts_shown(Running& running, const std::string& panel = "") {
  running.frame();  // what was asked for before it is done
  std::vector<std::string> texts;
  for (const ui::DrawnItem& item : drawn_by(running)) {
    if (item.kind == ui::DrawnKind::Text && item.panel.find(panel) != std::string::npos) texts.push_back(item.what);
  }
  return texts;
}

/// Whether a frame says it, in however many lines.
inline bool says(Running& running, std::string words) {
  std::string all;
  for (const std::string& text : texts_shown(running)) all += text;
  std::erase(all, ' ');
  std::erase(words, ' ');
  return all.find(words) != std::string::npos;
}

/// What a frame shows in the heads of two runs; nothing while there is one.
inline std::vector<std::string> compared(Running& running) { return texts_shown(running, "compare"); }

inline bool shows(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// A future, and a branch that leaves it before its end: Branch 2 beside Main.
inline void branch_off(App& app) {
  app.apply(ui::StartFreePlay{3});
  for (int i = 0; i < 60; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  app.apply(ui::SeekEvent{30});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
}

}  // namespace app::test
