// Text that never runs out of its place: cut with an ellipsis and then completed by a tooltip.
#include <algorithm>
#include <cctype>
#include <optional>

#include "ui/widgets/widgets.h"

namespace ui {

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

Rect line_of_text(Panel& panel, const Rect& rect, std::string_view text, TextStyle style) {
  style.anchor = Anchor::Middle;
  style.max_width = std::max(1.0F, rect.width());
  const float x = style.align == Align::Left    ? rect.left
                  : style.align == Align::Right ? rect.right
                                                : rect.center().x;
  const bool cut = panel.canvas.text_width(text, style) > rect.width() + 0.5F;
  if (cut && panel.has_mouse(rect)) panel.notes.tooltip = {std::string(text), rect};
  return panel.canvas.text({x, rect.center().y}, text, style);
}

namespace {

/// The largest size in one line; where there is none but the smallest, the largest in several lines.
std::optional<Size> size_that_fits(const Panel& panel, const Rect& rect, std::string_view text, TextStyle style,
                                   std::span<const Size> sizes) {
  std::optional<Size> several;
  for (const Size size : sizes) {
    style.size = size;
    const float height = panel.canvas.measure_paragraph({0, 0}, rect.width(), text, style).height();
    if (height > rect.height() + 0.5F) continue;
    if (!several) several = size;
    const bool readable = size == Size::Display || size == Size::Large;
    if (readable && height < panel.canvas.line_height(style) * 1.5F) return size;
  }
  return several;
}

}  // namespace

void fitted_text(Panel& panel, const Rect& rect, std::string_view text, TextStyle style,
                 std::span<const Size> sizes) {
  if (const std::optional<Size> size = size_that_fits(panel, rect, text, style, sizes)) {
    style.size = *size;
    const Rect needed = panel.canvas.measure_paragraph({rect.left, rect.top}, rect.width(), text, style);
    const float top = rect.top + (rect.height() - needed.height()) / 2;
    panel.canvas.paragraph({rect.left, top}, rect.width(), text, style);
    return;
  }
  style.size = sizes.back();
  // As many whole lines as there is room for; the rest is in the tooltip.
  const float line = panel.canvas.line_height(style);
  const int lines = std::max(1, static_cast<int>(rect.height() / line));
  std::size_t end = text.size();
  std::string shown;
  while (end > 0) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    shown = std::string(text.substr(0, end)) + "…";
    const float height = panel.canvas.measure_paragraph({0, 0}, rect.width(), shown, style).height();
    if (height <= static_cast<float>(lines) * line + 0.5F) break;
  }
  panel.canvas.paragraph({rect.left, rect.top}, rect.width(), shown, style);
  if (panel.has_mouse(rect)) panel.notes.tooltip = {std::string(text), rect};
}

Rect section_title(const Panel& panel, Point at, std::string_view text) {
  const TextStyle style{.face = Face::SansBold, .size = Size::Small, .color = panel.theme().text_quiet, .zoom = 0.85F};
  const bool latin = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!latin) return panel.canvas.text(at, text, style);
  Point pen = at;
  Rect box{at.x, at.y, at.x, at.y};
  for (const char c : text) {
    const char upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    box = panel.canvas.text(pen, std::string_view(&upper, 1), style);
    pen.x = box.right + panel.units(0.9F);
  }
  return {at.x, box.top, pen.x, box.bottom};
}

namespace {

TextStyle key_cap_style(const Panel& panel) {
  return {.face = Face::Mono, .size = Size::Small, .color = panel.theme().text, .align = Align::Center,
          .anchor = Anchor::Middle};
}

}  // namespace

float key_cap_width(const Panel& panel, std::string_view name) {
  return panel.canvas.text_width(name, key_cap_style(panel)) + panel.units(14);
}

Rect key_cap(const Panel& panel, Point at, std::string_view name) {
  const float half = panel.units(11);
  const Rect cap{at.x, at.y - half, at.x + key_cap_width(panel, name), at.y + half};
  panel.canvas.rect(cap, panel.theme().background, {panel.theme().hairline, 1}, panel.units(5));
  panel.canvas.text(cap.center(), name, key_cap_style(panel));
  return cap;
}

Rect term_pill(const Panel& panel, Point at, raft::Term term) {
  const Theme& theme = panel.theme();
  const std::string number = std::to_string(term);
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_on_fill, .anchor = Anchor::Middle};
  const Color hue = term_color(theme, term);
  const Rect box = panel.canvas.pill(at, number, style, hue, {hue, 1});
  panel.canvas.notches(box, term_notches(term), theme.text_on_fill);
  return box;
}

}  // namespace ui
