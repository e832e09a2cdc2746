// The five properties by their names, each with a lamp: a check in a circle while it holds, a cross in a square and
// the word when it is broken.
#include <algorithm>
#include <array>

#include "ui/panels/panels.h"

namespace ui {

namespace {

using raft::check::Property;

constexpr std::array<const char*, raft::check::property_count> keys{
    "election_safety", "leader_append_only", "log_matching", "leader_completeness", "state_machine_safety"};

void draw_lamp(const Panel& panel, Point center, bool broken) {
  const Theme& theme = panel.theme();
  const float r = panel.units(7);
  if (broken) {
    panel.canvas.rect({center.x - r, center.y - r, center.x + r, center.y + r}, theme.danger, 2);
    panel.canvas.cross(center, r * 0.5F, {theme.text_on_fill, panel.units(1.75F)});
  } else {
    panel.canvas.circle(center, r, theme.good);
    panel.canvas.check(center, r * 0.48F, {theme.text_on_fill, panel.units(1.75F)});
  }
}

TextStyle name_style(const Theme& theme, bool broken) {
  return {.face = broken ? Face::SansBold : Face::Sans, .size = Size::Small,
          .color = broken ? theme.danger : theme.text};
}

std::string name_of(const Panel& panel, std::size_t i, bool broken) {
  std::string name = panel.text(std::string("property.") + keys[i]);
  if (broken) name += " · " + panel.text("ui.safety_broken");
  return name;
}

void draw_property(Panel& panel, std::size_t i, const Rect& rect, bool with_name) {
  const bool broken = panel.view.safety.broken(static_cast<Property>(i));
  const std::string& about = panel.text(std::string("property_about.") + keys[i]);
  const std::string name = name_of(panel, i, broken);
  const std::string tip = name + " — " + panel.text(broken ? "ui.safety_broken" : "ui.safety_holds") + ". " + about;
  touch(panel, keys[i], rect, {.focusable = false, .tip = tip});
  draw_lamp(panel, {rect.left + panel.units(7), rect.center().y}, broken);
  if (!with_name) return;
  line_of_text(panel, {rect.left + panel.units(20), rect.top, rect.right, rect.bottom}, name,
               name_style(panel.theme(), broken));
}

}  // namespace

void draw_safety_strip(Panel& panel) {
  const Theme& theme = panel.theme();
  const Rect& area = panel.area;
  panel.canvas.rect(area, theme.panel, 0);
  panel.canvas.line({area.left, area.top + 0.5F}, {area.right, area.top + 0.5F}, {theme.hairline, 1});
  const std::string checked = panel.text("ui.safety_checked", {{"n", panel.view.safety.events_checked()}});
  const TextStyle quiet{.size = Size::Small, .color = theme.text_quiet, .align = Align::Right};
  const float edge = panel.units(24);
  const float checked_width = panel.canvas.text_width(checked, quiet) + 2;
  line_of_text(panel, {area.right - edge - checked_width, area.top, area.right - edge, area.bottom}, checked, quiet);

  float names = 0;
  std::array<float, keys.size()> widths{};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool broken = panel.view.safety.broken(static_cast<Property>(i));
    widths[i] = panel.canvas.text_width(name_of(panel, i, broken), name_style(theme, broken)) + panel.units(20) + 2;
    names += widths[i];
  }
  const float room = area.right - 2 * edge - checked_width - area.left - panel.units(24);
  const float gap = std::min(panel.units(28), (room - names) / static_cast<float>(keys.size()));
  const bool with_names = gap >= panel.units(8);
  float left = area.left + edge;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const float width = with_names ? widths[i] : panel.units(16);
    if (left + width > area.right - edge - checked_width) break;
    draw_property(panel, i, {left, area.top, left + width, area.bottom}, with_names);
    left += width + (with_names ? gap : panel.units(12));
  }
}

}  // namespace ui
