// The program without a window, in the test's own process: it is told of the same doings and draws the same
// picture, so it knows where everything is that the real program shows.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/app.h"
#include "app/platform.h"
#include "tests/window/display.h"
#include "tests/window/letters.h"
#include "ui/layout.h"
#include "ui/scene.h"

namespace window_test {

class Twin {
 public:
  explicit Twin(app::AppOptions options);

  app::Session& session() { return app_->session(); }
  const raft::sim::World& world() const { return std::as_const(*app_).session().run().world(); }
  ui::UiState& ui_state() { return app_->ui_state(); }
  /// Of the walkthrough that is being written; "": none is.
  std::string draft() const { return app_->author() != nullptr ? app_->author()->author().text() : ""; }

  void move(ui::Point at);
  void press();
  void release();
  void click() { press(), release(); }
  void wheel(float by);
  void key(const ui::KeyPress& key);
  void type(const std::string& text);
  void hold_alt(bool down);
  /// A file is let go over the window.
  void drop(const std::string& file);
  /// The next event, at once, without a frame.
  void step();
  /// Frames of real time for as long as it plays.
  void play_on();
  /// One frame in which nothing is done.
  void look();

  /// When all has come to rest, tooltips included.
  const Picture& picture();
  /// The words and icons that can be read.
  const std::vector<Letter>& letters();
  ui::Layout layout();
  ui::Rect stage() { return layout().stage; }
  ui::Scene scene();

 private:
  void frame(app::OffscreenInput input);
  bool before_frame(float scale);

  app::App::Error error_;
  std::unique_ptr<app::App> app_;
  std::optional<app::OffscreenRenderer> renderer_;
  app::Pointer pointer_{.x = -1000, .y = -1000};
  Picture picture_;
  bool at_rest_ = false;
  bool wants_more_ = false;  // frames
  std::vector<Letter> letters_;
  bool read_ = false;         // the letters of the frame before
  std::string characters_;  // to be typed in the next frame
  std::vector<std::string> dropped_;  // in the next frame
  bool enter_down_ = false;
  bool alt_down_ = false;
};

}  // namespace window_test
