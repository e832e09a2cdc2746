// Less motion, quiet heartbeats, room mode: each a switch with a sentence.
#include "ui/panels/settings_window.h"

#include <array>

#include "ui/panels/settings_controls.h"

namespace ui {

namespace {

struct WindowRow {
  const char* title;
  const char* about;
};
constexpr std::array<WindowRow, window_row_count> window_rows{
    {{"window.reduced_motion", "window.reduced_motion_about"},
     {"window.hide_heartbeats", "window.hide_heartbeats_about"},
     {"window.room", "window.room_about"}}};

bool is_on(const Panel& panel, int row) {
  if (row == 0) return panel.view.reduced_motion;
  return row == 1 ? panel.state.hide_heartbeats : panel.state.room;
}

void turn_over(Panel& panel, int row) {
  const bool on = !is_on(panel, row);
  if (row == 0) panel.act(SetReducedMotion{on});
  if (row == 1) panel.state.hide_heartbeats = on;
  if (row == 2) panel.state.room = on;
}

}  // namespace

float window_row_height(const Panel& panel, int row, float width) {
  const std::string& about = panel.text(window_rows[static_cast<std::size_t>(row)].about);
  return panel.units(card_title_height + 24) +
         panel.canvas.measure_paragraph({0, 0}, width_beside_switch(panel, width), about, {.size = Size::Small}).height();
}

void draw_window_row(Panel& panel, int row, const Rect& rect) {
  const WindowRow& words = window_rows[static_cast<std::size_t>(row)];
  const Theme& theme = panel.theme();
  const float left = rect.left + panel.units(card_pad);
  const float room = width_beside_switch(panel, rect.width());
  const float middle = rect.top + panel.units(12 + card_title_height / 2);
  panel.canvas.text({left, middle}, panel.text(words.title),
                    {.face = Face::SansBold, .size = Size::Small, .color = theme.text, .anchor = Anchor::Middle,
                     .max_width = room, .zoom = 1.08F});
  panel.canvas.paragraph({left, rect.top + panel.units(12 + card_title_height)}, room, panel.text(words.about),
                         {.size = Size::Small, .color = theme.text_quiet});
  const Rect place{rect.right - panel.units(card_pad + switch_width), middle - panel.units(14),
                   rect.right - panel.units(card_pad), middle + panel.units(14)};
  if (draw_switch(panel, words.title, place, {.on = is_on(panel, row)})) turn_over(panel, row);
}

}  // namespace ui
