// The transport: step, play, how fast, and where in the run one stands. The seek bar is in seek_bar.cpp.
#include "ui/panels/transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ui/icons.h"
#include "ui/keys.h"
#include "ui/panels/branches.h"

namespace ui {

namespace {

constexpr float all_buttons_need = 900;  // from here on there is a button for everything
constexpr float branch_button_width = 132;
constexpr float branch_button_least = 72;

/// On which of several futures one stands. Returns how far the button reaches.
float draw_branch(Panel& panel, float left) {
  if (panel.view.branches.empty()) return left;
  const float y = panel.area.center().y;
  const float half = std::min(panel.units(16), panel.area.height() / 2 - 2);
  const float right = std::min(left + panel.units(branch_button_width), panel.area.right - panel.units(16));
  if (right - left < panel.units(branch_button_least)) return left;
  draw_branch_button(panel, {left, y - half, right, y + half});
  return right;
}

struct StepButton {
  const char* id;
  const char* icon;
  const char* text;
  Command command;
};

// Outwards from the play button: event, delivery, worth seeing.
constexpr std::array<StepButton, 4> back_buttons{{
    {"to_start", icon::fast_backward, "ui.to_start", Command::ToStart},
    {"previous_worth_seeing", icon::backward, "ui.previous_worth_seeing", Command::PreviousWorthSeeing},
    {"previous_delivery", icon::envelope, "ui.previous_delivery", Command::PreviousDelivery},
    {"previous_event", icon::step_backward, "ui.previous_event", Command::PreviousEvent},
}};
constexpr std::array<StepButton, 3> forward_buttons{{
    {"next_event", icon::step_forward, "ui.next_event", Command::NextEvent},
    {"next_delivery", icon::envelope, "ui.next_delivery", Command::NextDelivery},
    {"next_worth_seeing", icon::forward, "ui.next_worth_seeing", Command::NextWorthSeeing},
}};

std::string key_of(Command command) {
  for (const KeyBinding& binding : key_table()) {
    if (binding.command == command) return key_name(binding);
  }
  return {};
}

bool is_delivery(Command command) {
  return command == Command::NextDelivery || command == Command::PreviousDelivery;
}

void draw_step_button(Panel& panel, const Rect& rect, const StepButton& step, bool enabled) {
  const std::string tip =
      enabled ? fmt::format("{}  ({})", panel.text(step.text), key_of(step.command)) : panel.text("ui.at_start");
  // An envelope with the direction in which it goes.
  const bool forward = step.command == Command::NextDelivery;
  const std::string delivery = forward ? std::string(icon::envelope) + " " + icon::caret_right
                                       : std::string(icon::caret_left) + " " + icon::envelope;
  ButtonStyle style{.icon = step.icon, .enabled = enabled, .tip = tip};
  if (is_delivery(step.command)) {
    style.icon = nullptr;
    style.label = delivery;
  }
  if (button(panel, step.id, rect, style)) {
    run_command(step.command, {}, panel.view, panel.state, panel.notes.result.actions);
  }
}

void draw_play_button(Panel& panel, Point center, float radius) {
  const Theme& theme = panel.theme();
  const bool playing = panel.view.playing;
  const Rect rect{center.x - radius, center.y - radius, center.x + radius, center.y + radius};
  const std::string tip = fmt::format("{}  ({})", panel.text(playing ? "ui.pause" : "ui.play"), key_of(Command::PlayPause));
  const Touch touched = touch(panel, "play", rect, {.tip = tip});
  const Color ground = touched.hovered ? with_alpha(theme.accent, 0.88F) : theme.accent;
  panel.canvas.circle(center, radius, ground);
  if (touched.focused) panel.canvas.ring(center, radius - panel.units(3), {theme.text_on_fill, panel.units(2)});
  const float s = radius * 0.36F;
  if (playing) {
    panel.canvas.rect({center.x - s, center.y - s, center.x - s * 0.3F, center.y + s}, theme.text_on_fill, 1);
    panel.canvas.rect({center.x + s * 0.3F, center.y - s, center.x + s, center.y + s}, theme.text_on_fill, 1);
  } else {
    const std::array<Point, 3> triangle{center + Point{-s * 0.75F, -s * 1.05F}, center + Point{s * 1.1F, 0},
                                        center + Point{-s * 0.75F, s * 1.05F}};
    panel.canvas.polygon(triangle, theme.text_on_fill);
  }
  if (touched.clicked) panel.act(SetPlaying{!playing});
}

/// In a narrow window only the strides that the eye looks for have a button; the others have keys.
bool has_room(const Panel& panel, Command command) {
  const bool always = command == Command::ToStart || command == Command::PreviousEvent || command == Command::NextEvent;
  return always || panel.area.width() >= panel.units(all_buttons_need);
}

/// Returns the right edge.
float draw_step_buttons(Panel& panel, float left) {
  const float y = panel.area.center().y;
  const float width = panel.units(36);
  const float half = panel.units(17);
  const bool enabled = panel.view.run.position() > 0;
  for (const StepButton& step : back_buttons) {
    if (!has_room(panel, step.command)) continue;
    draw_step_button(panel, {left, y - half, left + width, y + half}, step, enabled);
    left += width;
  }
  const float radius = std::min(panel.units(22), panel.area.height() * 0.42F);
  left += panel.units(8);
  draw_play_button(panel, {left + radius, y}, radius);
  left += 2 * radius + panel.units(8);
  for (const StepButton& step : forward_buttons) {
    if (!has_room(panel, step.command)) continue;
    draw_step_button(panel, {left, y - half, left + width, y + half}, step, true);
    left += width;
  }
  return left;
}

/// Lanes and a slanted line: no icon font has a space-time diagram.
void draw_diagram_button(Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  const bool open = panel.state.diagram.open;
  const std::string tip = fmt::format("{}  ({})", panel.text("diagram.title"), key_of(Command::Diagram));
  const Touch touched = touch(panel, "diagram", rect, {.tip = tip});
  if (touched.hovered || open) panel.canvas.rect(rect, theme.accent_soft, panel.units(6));
  if (open) panel.canvas.frame(rect, {theme.accent, 1}, panel.units(6));
  if (touched.focused) focus_ring(panel, rect, panel.units(6));
  const Point middle = rect.center();
  const float w = panel.units(9);
  for (const float lane : {-6.0F, 0.0F, 6.0F}) {
    panel.canvas.line(middle + Point{-w, panel.units(lane)}, middle + Point{w, panel.units(lane)}, {theme.text_quiet, panel.units(1.25F)});
  }
  panel.canvas.line(middle + Point{-w * 0.6F, -panel.units(6)}, middle + Point{w * 0.1F, panel.units(6)}, {theme.text, panel.units(1.75F)});
  panel.canvas.line(middle + Point{w * 0.1F, panel.units(6)}, middle + Point{w * 0.7F, 0}, {theme.text, panel.units(1.75F)});
  if (touched.clicked) panel.state.diagram.open = !open;
}

void draw_clock(Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  const Rect upper{rect.left, rect.top, rect.right, rect.center().y};
  const Rect lower{rect.left, rect.center().y, rect.right, rect.bottom};
  line_of_text(panel, upper, clock_text(panel.view.run.clock()),
               {.face = Face::Mono, .size = Size::Body, .color = theme.text, .align = Align::Right});
  const std::string number = panel.text("ui.event_number", {{"n", panel.view.run.position()}});
  line_of_text(panel, lower, number, {.size = Size::Small, .color = theme.text_quiet, .align = Align::Right});
}

/// The pace of the step, or the speed chosen by hand.
raft::sim::Ratio speed_of(const View& view) {
  if (view.pace) return *view.pace;
  const std::int32_t power = 1 << std::abs(view.speed_exponent);
  return view.speed_exponent < 0 ? raft::sim::Ratio{1, power} : raft::sim::Ratio{power, 1};
}

/// 1/64x
std::string factor_text(raft::sim::Ratio speed) {
  if (speed.denominator == 1) return fmt::format("{}x", speed.numerator);
  return fmt::format("{}/{}x", speed.numerator, speed.denominator);
}

/// How many simulated milliseconds pass in one second.
std::string rate_text(raft::sim::Ratio speed) {
  const double ms = 1000.0 * speed.numerator / speed.denominator;
  if (ms >= 10) return fmt::format("{:.0f}", ms);
  return ms >= 1 ? fmt::format("{:.1f}", ms) : fmt::format("{:.2f}", ms);
}

void draw_speed(Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  const int exponent = panel.view.speed_exponent;
  const raft::sim::Ratio speed = speed_of(panel.view);
  const float side = panel.units(32);
  const float half = panel.units(16);
  const float y = rect.center().y;
  if (button(panel, "slower", {rect.left, y - half, rect.left + side, y + half},
             {.icon = icon::minus, .enabled = exponent > slowest_exponent, .tip = panel.text("ui.slower")})) {
    panel.act(SetSpeed{exponent - 1});
  }
  if (button(panel, "faster", {rect.right - side, y - half, rect.right, y + half},
             {.icon = icon::plus, .enabled = exponent < fastest_exponent, .tip = panel.text("ui.faster")})) {
    panel.act(SetSpeed{exponent + 1});
  }
  const Rect words{rect.left + side, rect.top, rect.right - side, rect.bottom};
  line_of_text(panel, {words.left, words.top, words.right, y}, factor_text(speed),
               {.face = Face::Mono, .size = Size::Body, .color = theme.text, .align = Align::Center});
  const std::string rate = panel.text("ui.speed_rate", {{"ms", rate_text(speed)}});
  line_of_text(panel, {words.left, y, words.right, words.bottom}, rate,
               {.size = Size::Small, .color = theme.text_quiet, .align = Align::Center});
}

/// The presenter has a remote in the hand: where one stands is enough.
void draw_in_room(Panel& panel) {
  const Rect& area = panel.area;
  const float edge = panel.units(16);
  const float radius = panel.units(16);
  draw_play_button(panel, {area.left + edge + radius, area.center().y}, radius);
  const Rect clock{area.left + 2 * edge + 2 * radius, area.top, area.left + 2 * edge + 2 * radius + panel.units(80),
                   area.bottom};
  line_of_text(panel, clock, clock_text(panel.view.run.clock()),
               {.face = Face::Mono, .size = Size::Body, .color = panel.theme().text});
  draw_seek_bar(panel, {draw_branch(panel, clock.right) + edge, area.top, area.right - edge, area.bottom});
}

}  // namespace

void draw_transport(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  const float edge = panel.units(16);
  if (panel.state.room) {
    draw_in_room(panel);
    return;
  }
  const float steps_right = draw_step_buttons(panel, area.left + edge);
  const float half = std::min(panel.units(21), area.height() / 2 - 2);
  const float y = area.center().y;

  // Faster and slower have keys.
  const float speed_needs = panel.view.branches.empty() ? 720 : 1060;
  const float speed_width = area.width() < panel.units(speed_needs) ? 0 : panel.units(192);
  const float clock_width = panel.units(104);
  const Rect speed{area.right - edge - speed_width, y - half, area.right - edge, y + half};
  const Rect clock{steps_right + panel.units(8), y - half, steps_right + panel.units(8) + clock_width, y + half};
  draw_clock(panel, clock);
  if (speed_width > 0) draw_speed(panel, speed);
  const Rect opens{clock.right + panel.units(12), y - panel.units(17), clock.right + panel.units(48), y + panel.units(17)};
  draw_diagram_button(panel, opens);
  const float bar_left = panel.view.branches.empty() ? opens.right : draw_branch(panel, opens.right + panel.units(16));
  const Rect bar{bar_left + panel.units(12), area.top + panel.units(8), speed.left - panel.units(20),
                 area.bottom - panel.units(8)};
  if (bar.width() > panel.units(80)) draw_seek_bar(panel, bar);
}

}  // namespace ui
