// The same program without a window: it is given what the real one did, and knows where everything is drawn.
#include "tests/window/twin.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>
#include <utility>

#include "ui/icons.h"

namespace window_test {

Twin::Twin(app::AppOptions options) : app_(app::App::create(std::move(options), error_)) {
  REQUIRE_MESSAGE(app_ != nullptr, error_.text);
  std::string why_not;
  renderer_ = app::OffscreenRenderer::open(Display::width, Display::height, 1, &why_not, 0);
  REQUIRE_MESSAGE(renderer_.has_value(), why_not);
}

/// Called before Dear ImGui begins the frame: its draw data is still that of the frame before.
bool Twin::before_frame(float scale) {
  if (std::exchange(read_, false)) letters_ = letters_of(*ImGui::GetDrawData());
  ImGuiIO& io = ImGui::GetIO();
  io.AddInputCharactersUTF8(std::exchange(characters_, "").c_str());
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(ImGuiKey_Enter, enter_down_);
  io.AddKeyEvent(ImGuiMod_Alt, alt_down_);
#else
  io.KeyAlt = alt_down_;
  io.KeyMap[ImGuiKey_Enter] = 1;
  io.KeysDown[1] = enter_down_;
#endif
  return app_->prepare_fonts(scale);
}

void Twin::frame(app::OffscreenInput input) {
  input.pointer = pointer_;
  app::Screen screen;
  screen.prepare_fonts = [this](float scale) { return before_frame(scale); };
  screen.frame = [this](app::FrameInput in) {
    in.dropped_files = std::exchange(dropped_, {});
    return app_->frame(in);
  };
  wants_more_ = renderer_->draw(screen, input, picture_.pixels) == app::NextFrame::AtOnce;
  picture_.width = renderer_->width_px();
  picture_.height = renderer_->height_px();
  pointer_.wheel = 0;
  at_rest_ = false;
}

void Twin::step() {
  session().step_forward(ui::Stride::Event);
  at_rest_ = false;
}

void Twin::move(ui::Point at) {
  pointer_.x = at.x;
  pointer_.y = at.y;
  look();
}

void Twin::play_on() {
  constexpr int most_frames = 100'000;
  for (int i = 0; i < most_frames && app_->playing(); ++i) frame({.elapsed_s = 1.0 / 60, .picture = false});
  REQUIRE_FALSE(app_->playing());
}

void Twin::look() { frame({.picture = false}); }

void Twin::press() {
  pointer_.left = true;
  look();
}

void Twin::release() {
  pointer_.left = false;
  look();
}

void Twin::wheel(float by) {
  pointer_.wheel = by;
  look();
}

void Twin::key(const ui::KeyPress& key) {
  enter_down_ = key.key == ui::Key::Enter;
  frame({.keys = {key}, .picture = false});
  enter_down_ = false;
  look();
}

void Twin::type(const std::string& text) {
  characters_ = text;
  look();
}

void Twin::hold_alt(bool down) {
  alt_down_ = down;
  look();
}

void Twin::drop(const std::string& file) {
  dropped_ = {file};
  look();
}

const Picture& Twin::picture() {
  if (at_rest_) return picture_;
  // A list that has closed over the mouse is forgotten in the first frame, what lies below it is found in the second.
  look();
  look();
  frame({.elapsed_s = 1, .picture = false});  // a tooltip wants the mouse to rest
  constexpr int most_frames = 10'000;         // the home screen draws its stills a few at a time
  for (int i = 0; i < most_frames && wants_more_; ++i) look();
  frame({});
  at_rest_ = true;
  return picture_;
}

const std::vector<Letter>& Twin::letters() {
  look();
  look();
  read_ = true;
  look();
  return letters_;
}

/// As the window's own, but for two runs side by side.
ui::Layout Twin::layout() {
  const raft::check::Branches& branches = std::as_const(*app_).session().branches();
  const std::size_t futures = branches.all().size() + (session().player() != nullptr ? 1 : 0);
  return ui::make_layout({.width = Display::width, .height = Display::height, .nodes = static_cast<int>(world().node_count()),
                          .diagram = ui_state().diagram.open,
                          .branches = futures > 1,
                          .author = app_->author() != nullptr,
                          .rules_off = !world().settings.core.rules.all_on()});
}

ui::Scene Twin::scene() {
  const std::vector<Letter>& seen = letters();
  ui::StageState state = ui_state().stage;
  // Where they are drawn, as fractions of the stage: the place of one that was dragged there.
  state.placed = state.eased;
  const ui::Rect area = stage();
  ui::Rect toolbar{area.left + 10, area.top + 10, area.left + 10, area.top + 46};
  for (const ui::Rect& sign : find_text(seen, ui::icon::lightbulb, area)) toolbar.right = sign.right + 14;
  return ui::make_scene({.world = world(), .clock = session().run().clock(), .stage = state, .text_scale = 1, .area = area, .keep_clear = toolbar});
}

}  // namespace window_test
