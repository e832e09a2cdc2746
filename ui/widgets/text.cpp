// Text that never runs out of its place: cut with an ellipsis and then completed by a tooltip.
#include <algorithm>
#include <array>
#include <optional>

#include "raft/core/ascii.h"
#include "ui/widgets/widgets.h"

namespace ui {

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

bool text_fits(const Panel& panel, const Rect& rect, std::string_view text, const TextStyle& style, std::span<const Size> sizes) {
  return size_that_fits(panel, rect, text, style, sizes).has_value();
}

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
    const char upper = raft::ascii::to_upper(c);
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

namespace {

constexpr float notch_side = 5;
constexpr float notch_gap = 2;

/// Notches stand one above the other beside the number: in a row below it they would run through long numbers.
float notch_column(const Panel& panel, raft::Term term, const TextStyle& style) {
  return term_notches(term) == 0 ? 0 : panel.units(notch_side + notch_gap) * style.zoom;
}

}  // namespace

float width_of_term(const Panel& panel, raft::Term term, const TextStyle& style) {
  return panel.canvas.text_width(std::to_string(term), style) + notch_column(panel, term, style);
}

void draw_number_of_term(const Panel& panel, const Rect& block, raft::Term term, TextStyle style) {
  const float column = notch_column(panel, term, style);
  style.align = Align::Center;
  style.anchor = Anchor::Middle;
  panel.canvas.text({block.center().x - column / 2, block.center().y}, std::to_string(term), style);
  const int count = term_notches(term);
  const float side = std::min(block.height() / most_notches, panel.units(notch_side) * style.zoom);
  for (int i = 0; i < count; ++i) {
    const Point tip{block.right, block.bottom - static_cast<float>(i) * side};
    const std::array<Point, 3> triangle{tip, tip + Point{-side, 0}, tip + Point{0, -side}};
    panel.canvas.polygon(triangle, style.color);
    panel.canvas.note(DrawnKind::Mark, "notch", {tip.x - side, tip.y - side, tip.x, tip.y});
  }
}

Rect term_pill(const Panel& panel, Point at, raft::Term term, float most_height) {
  const Theme& theme = panel.theme();
  TextStyle style{.face = Face::Mono, .size = Size::Small, .color = theme.text_on_fill, .anchor = Anchor::Middle};
  const Rect usual = panel.canvas.measure_pill(at, "0", style);
  if (most_height > 0) style.zoom = std::clamp(most_height / usual.height(), 0.4F, 1.0F);
  const float half = usual.height() * style.zoom / 2;
  const float side = half * 0.85F;
  const float width = width_of_term(panel, term, style) + 2 * side;
  const Rect box{at.x, at.y - half, at.x + width, at.y + half};
  if (term > 0) {
    panel.canvas.rect(box, term_color(theme, term), half);
  } else {  // the time before the first term has no hue
    panel.canvas.frame(box, {theme.hairline, panel.units(1.2F)}, half);
    style.color = theme.text_quiet;
  }
  panel.canvas.note(DrawnKind::Label, std::to_string(term), box);
  draw_number_of_term(panel, box.inset(side, half * 0.3F), term, style);  // clear of the rounded ends
  return box;
}

}  // namespace ui
