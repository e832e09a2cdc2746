// All keys, from the one table. Keys that do the same stand in one line.
#include <algorithm>

#include "ui/icons.h"
#include "ui/keys.h"
#include "ui/panels/overlay.h"

namespace ui {

namespace {

constexpr float key_line_units = 27;

void draw_key_caps(const Panel& panel, const KeyLine& line, Point at, float limit) {
  for (const std::string& name : line.names) {
    if (at.x + key_cap_width(panel, name) > limit) return;
    at.x = key_cap(panel, at, name).right + panel.units(6);
  }
}

void draw_group(Panel& panel, KeyGroup group, Point& pen, float width) {
  const Theme& theme = panel.theme();
  section_title(panel, {pen.x, pen.y + panel.units(4)}, panel.text(group_text(group)));
  pen.y += panel.units(key_line_units);
  const float keys_width = std::min(panel.units(132), width * 0.45F);
  for (const KeyLine& line : key_lines()) {
    if (line.group != group) continue;
    const float y = pen.y + panel.units(key_line_units / 2);
    draw_key_caps(panel, line, {pen.x, y}, pen.x + keys_width);
    line_of_text(panel, {pen.x + keys_width + panel.units(8), pen.y, pen.x + width, pen.y + panel.units(key_line_units)},
                 panel.text(line.text), {.size = Size::Small, .color = theme.text});
    pen.y += panel.units(key_line_units);
  }
  pen.y += panel.units(16);
}

}  // namespace

void draw_help(Panel& panel) {
  const Rect sheet = overlay_sheet(panel, 1080, 760);
  if (overlay_close(panel, sheet, panel.text("ui.keys"))) panel.state.help_open = false;
  const Rect view{sheet.left, sheet.top + panel.units(72), sheet.right, sheet.bottom - panel.units(8)};
  panel.canvas.clip(view);
  ScrollState& scroll = panel.state.overlay_scroll;
  const float offset = scroll_vertically(panel, "scroll", view, scroll.content, scroll);
  const float edge = panel.units(40);
  const bool two_columns = view.width() > panel.units(720);
  const float gap = panel.units(40);
  const float width = two_columns ? (view.width() - 2 * edge - gap) / 2 : view.width() - 2 * edge;
  Point left{view.left + edge, view.top - offset};
  Point right{view.left + edge + width + gap, view.top - offset};
  Point& second = two_columns ? right : left;
  draw_group(panel, KeyGroup::Playing, left, width);
  draw_group(panel, KeyGroup::Walkthrough, left, width);
  draw_group(panel, KeyGroup::Acting, second, width);
  draw_group(panel, KeyGroup::Window, second, width);
  scroll.content = std::max(left.y, second.y) - (view.top - offset);
  panel.canvas.unclip();
}

}  // namespace ui
