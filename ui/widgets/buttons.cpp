// Buttons of all kinds. One look: a soft ground under the mouse, a hairline where it must be found, the accent
// where it is most wanted.
#include <algorithm>

#include "ui/icons.h"
#include "ui/widgets/widgets.h"

namespace ui {

namespace {

constexpr float button_padding = 10;
constexpr float icon_gap = 7;
constexpr float button_corner = 6;

TextStyle label_style(const Panel& panel, Size size, Color color) {
  (void)panel;
  return {.face = Face::Sans, .size = size, .color = color, .anchor = Anchor::Middle};
}

struct Paint {
  Color ground = 0;
  Color border = 0;
  Color ink = 0;
};

Paint paint_of(const Theme& theme, const ButtonStyle& style, const Touch& touched) {
  if (!style.enabled) {
    const bool outlined = style.kind != ButtonKind::Quiet;
    return {0, outlined ? theme.hairline : 0, with_alpha(theme.text_quiet, 0.5F)};
  }
  if (style.kind == ButtonKind::Primary) {
    const Color ground = touched.held ? with_alpha(theme.accent, 0.75F)
                         : touched.hovered ? with_alpha(theme.accent, 0.88F)
                                           : theme.accent;
    return {ground, 0, theme.text_on_fill};
  }
  Paint paint{0, style.kind == ButtonKind::Outline ? theme.hairline : 0, theme.text};
  if (style.selected) paint = {theme.accent_soft, theme.accent, theme.text};
  if (touched.hovered) paint.ground = theme.accent_soft;
  if (touched.held) paint.ground = with_alpha(theme.accent, 0.3F);
  return paint;
}

}  // namespace

float button_width(const Panel& panel, const ButtonStyle& style) {
  const TextStyle text = label_style(panel, style.size, 0);
  float width = panel.units(2 * button_padding);
  if (style.icon) width += panel.canvas.text_width(style.icon, text);
  if (!style.label.empty()) width += panel.canvas.text_width(style.label, text);
  if (style.icon && !style.label.empty()) width += panel.units(icon_gap);
  return std::ceil(width);
}

bool button(Panel& panel, std::string_view id, const Rect& rect, const ButtonStyle& style) {
  if (rect.width() < 1) return false;
  std::string_view tip = style.tip;
  const bool too_narrow = !style.label.empty() && button_width(panel, style) > rect.width() + 0.5F;
  if (tip.empty() && too_narrow) tip = style.label;
  const Touch touched = touch(panel, id, rect, {.enabled = style.enabled, .tip = tip});
  const Paint paint = paint_of(panel.theme(), style, touched);
  const float radius = panel.units(button_corner);
  if (paint.ground != 0) panel.canvas.rect(rect, paint.ground, radius);
  if (paint.border != 0) panel.canvas.frame(rect, {paint.border, 1}, radius);
  if (touched.focused) focus_ring(panel, rect, radius);

  TextStyle text = label_style(panel, style.size, paint.ink);
  const float icon_width = style.icon ? panel.canvas.text_width(style.icon, text) : 0;
  const float gap = style.icon && !style.label.empty() ? panel.units(icon_gap) : 0;
  const float room = rect.width() - icon_width - gap - panel.units(button_padding);
  const float label_width = std::min(panel.canvas.text_width(style.label, text), std::max(0.0F, room));
  float x = rect.center().x - (icon_width + gap + label_width) / 2;
  const float y = rect.center().y;
  text.max_width = label_width + 0.5F;
  TextStyle icon_text = label_style(panel, style.size, paint.ink);
  if (style.icon && !style.icon_last) {
    panel.canvas.text({x, y}, style.icon, icon_text);
    x += icon_width + gap;
  }
  if (!style.label.empty()) panel.canvas.text({x, y}, style.label, text);
  if (style.icon && style.icon_last) panel.canvas.text({x + label_width + gap, y}, style.icon, icon_text);
  return touched.clicked;
}

std::optional<int> segments(Panel& panel, std::string_view id, const Rect& rect, std::span<const Segment> all,
                            int selected) {
  const Theme& theme = panel.theme();
  const float radius = panel.units(button_corner);
  panel.canvas.rect(rect, theme.background, {theme.hairline, 1}, radius);
  std::optional<int> clicked;
  const float width = rect.width() / static_cast<float>(std::max<std::size_t>(all.size(), 1));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const float left = rect.left + width * static_cast<float>(i);
    const Rect place{left, rect.top, left + width, rect.bottom};
    const Touch touched = touch(panel, std::string(id) + std::to_string(i), place,
                                {.enabled = all[i].enabled, .tip = all[i].tip});
    const bool chosen = static_cast<int>(i) == selected;
    if (chosen) {
      panel.canvas.rect(place.inset(2), theme.raised, {theme.accent, 1}, radius - 2);
    } else if (touched.hovered && all[i].enabled) {
      panel.canvas.rect(place.inset(2), theme.accent_soft, radius - 2);
    }
    if (touched.focused) focus_ring(panel, place, radius);
    const Color ink = !all[i].enabled ? with_alpha(theme.text_quiet, 0.5F) : chosen ? theme.text : theme.text_quiet;
    panel.canvas.text(place.center(), all[i].label,
                      {.size = Size::Small, .color = ink, .align = Align::Center, .anchor = Anchor::Middle,
                       .max_width = width - panel.units(8)});
    if (touched.clicked) clicked = static_cast<int>(i);
  }
  return clicked;
}

bool check_box(Panel& panel, std::string_view id, const Rect& rect, std::string_view label, bool on) {
  const Theme& theme = panel.theme();
  const Touch touched = touch(panel, id, rect);
  const float side = panel.units(14);
  const Rect box{rect.left, rect.center().y - side / 2, rect.left + side, rect.center().y + side / 2};
  panel.canvas.rect(box, on ? theme.accent : theme.panel, {on ? theme.accent : theme.text_quiet, 1}, panel.units(3));
  if (on) panel.canvas.check(box.center(), side * 0.6F, {theme.text_on_fill, panel.units(1.5F)});
  if (touched.focused) focus_ring(panel, {rect.left - 3, rect.top, rect.right + 3, rect.bottom}, panel.units(4));
  panel.canvas.text({box.right + panel.units(7), rect.center().y}, label,
                    {.size = Size::Small, .color = touched.hovered ? theme.text : theme.text_quiet,
                     .anchor = Anchor::Middle, .max_width = rect.right - box.right - panel.units(7)});
  return touched.clicked;
}

}  // namespace ui
