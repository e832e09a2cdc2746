// The controls of the settings sheet: a switch, a slider with one or two numbers, a choice. They ask for a change of
// the run; the sheet's own memory holds only what is being dragged or typed.
#pragma once

#include "ui/panels/settings_values.h"
#include "ui/widgets/widgets.h"

namespace ui {

/// How wide and high the control of a setting likes to be, in units.
inline constexpr float control_width = 352;
inline constexpr float control_height = 32;
/// The cards on which rows stand: to the left and right of a row, and how high its name is.
inline constexpr float card_pad = 16;
inline constexpr float card_title_height = 22;
inline constexpr float switch_width = 96;

/// The control of a setting in `rect`, aligned to its right end.
void draw_setting_control(Panel& panel, raft::sim::Setting setting, const Rect& rect);

struct SwitchStyle {
  bool on = false;
  bool danger_when_off = false;
};
/// A switch at the right end of `rect`, its word before it. Returns true when it is turned over.
bool draw_switch(Panel& panel, std::string_view id, const Rect& rect, const SwitchStyle& style);
/// What a switch leaves for the words of a row of this width, in points.
inline float width_beside_switch(const Panel& panel, float width) {
  return width - panel.units(2 * card_pad + switch_width);
}

}  // namespace ui
