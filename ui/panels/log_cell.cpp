// How an entry looks in each of its states.
#include "ui/panels/log_cell.h"

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr float cell_corner = 4;

/// Small type that still fits into the rows of eleven nodes.
float zoom_for(const Panel& panel, const Rect& rect) {
  const float line = text_points(Size::Small) * panel.view.text_scale;
  return std::clamp(rect.height() / line, 0.4F, 1.0F);
}

Rect term_block(const Panel& panel, const Rect& rect, raft::Term term, const TextStyle& style) {
  const float width = width_of_term(panel, term, style);
  return {rect.left, rect.top, rect.left + std::max(panel.units(18), width + panel.units(6)), rect.bottom};
}

/// `ground`: what the words stand on where there is hatching; 0 for none.
void draw_text(const Panel& panel, const Rect& rect, std::string_view text, Color color, float zoom, Color ground = 0) {
  const Point at{rect.left + panel.units(6), rect.center().y};
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = color, .anchor = Anchor::Middle,
                        .max_width = std::max(1.0F, rect.width() - panel.units(9)), .zoom = zoom};
  if (ground != 0) {
    const Rect words = panel.canvas.measure(at, text, style);
    const float end = std::min(words.right + panel.units(3), rect.right - panel.units(14));  // some hatching is always seen
    panel.canvas.rect({rect.left, rect.top, end, rect.bottom}, ground, 0);
  }
  panel.canvas.text(at, text, style);
}

void draw_stored(const Panel& panel, const Rect& rect, const CellContent& content) {
  const Theme& theme = panel.theme();
  const Color hue = term_color(theme, content.term);
  const float radius = panel.units(cell_corner);
  const float zoom = zoom_for(panel, rect);
  const TextStyle number{.face = Face::Mono, .size = Size::Small, .color = theme.text_on_fill, .zoom = zoom};
  const Rect block = term_block(panel, rect, content.term, number);
  const Rect body{block.right, rect.top, rect.right, rect.bottom};
  panel.canvas.rect(rect, theme.raised, radius);
  const bool committed = content.state == CellState::Committed;
  if (committed) {
    panel.canvas.rect(rect, with_alpha(hue, 0.34F), radius);
  } else {
    panel.canvas.hatch(body.inset(1), {with_alpha(hue, 0.5F), panel.units(1.2F)}, panel.units(7));
  }
  draw_text(panel, body, content.text, theme.text, zoom, committed ? 0 : theme.raised);
  panel.canvas.rect(block, hue, radius);
  panel.canvas.rect({block.right - radius, block.top, block.right, block.bottom}, hue, 0);
  draw_number_of_term(panel, block, content.term, number);
  panel.canvas.frame(rect, {hue, committed ? panel.units(1.5F) : 1}, radius);
  if (committed) {
    const float s = std::min(panel.units(8), rect.height() * 0.45F);
    const std::array<Point, 3> corner_fold{Point{rect.right, rect.bottom - s}, Point{rect.right, rect.bottom},
                                           Point{rect.right - s, rect.bottom}};
    panel.canvas.polygon(corner_fold, hue);
  }
}

/// Red and struck through: what is not there any more. The stroke is pale, so that small type can still be read.
void draw_struck(const Panel& panel, Point left, std::string_view text, const TextStyle& style) {
  const float wide = panel.canvas.text_width(text, style);
  const float width = style.max_width > 0 ? std::min(wide, style.max_width) : wide;
  const float over = panel.units(2);
  panel.canvas.line({left.x - over, left.y}, {left.x + width + over, left.y}, {with_alpha(style.color, 0.5F), panel.units(1.25F)});
  panel.canvas.text(left, text, style);
}

/// A torn edge; and what stood here, or at least its term, where there is room beside what does now.
void draw_replaced(const Panel& panel, const Rect& rect, const CellContent& content) {
  const Color danger = panel.theme().danger;
  panel.canvas.torn_edge({rect.right, rect.top - 1}, {rect.right, rect.bottom + 1}, {danger, panel.units(1.75F)});
  const float zoom = zoom_for(panel, rect);
  const TextStyle style{.face = Face::Mono, .size = Size::Small, .color = danger, .anchor = Anchor::Middle, .zoom = zoom};
  const Rect block = term_block(panel, rect, content.term, style);
  const float now = block.right + panel.units(6) + panel.canvas.text_width(content.text, style);
  const float right = rect.right - panel.units(7);
  const std::string term = content.replaced.substr(0, content.replaced.find(':'));
  for (const std::string& text : {content.replaced, term + ":…", term}) {
    const float left = right - panel.canvas.text_width(text, style);
    const float side = panel.units(3);
    if (left - side < now + panel.units(2)) continue;
    panel.canvas.rect({left - side, rect.top + 2, right + side, rect.bottom - 2}, panel.theme().raised, panel.units(3));
    draw_struck(panel, {left, rect.center().y}, text, style);
    return;
  }
}

/// A frame would look like something on its way.
void draw_missing(const Panel& panel, const Rect& rect) {
  panel.canvas.circle(rect.center(), panel.units(1.75F), panel.theme().hairline);
}

void draw_on_its_way(const Panel& panel, const Rect& rect, const CellContent& content) {
  const Theme& theme = panel.theme();
  const Stroke stroke{theme.text_quiet, panel.units(1.25F)};
  const Rect inner = rect.inset(1);
  panel.canvas.line({inner.left, inner.top}, {inner.right, inner.top}, stroke, Dash::Dashed);
  panel.canvas.line({inner.left, inner.bottom}, {inner.right, inner.bottom}, stroke, Dash::Dashed);
  panel.canvas.line({inner.left, inner.top}, {inner.left, inner.bottom}, stroke, Dash::Dashed);
  panel.canvas.line({inner.right, inner.top}, {inner.right, inner.bottom}, stroke, Dash::Dashed);
  if (content.text.empty()) return;
  // In low rows the dashes would strike its words through.
  const float zoom = zoom_for(panel, rect);
  const float width = panel.canvas.text_width(content.text, {.face = Face::Mono, .size = Size::Small, .zoom = zoom});
  const float left = rect.left + panel.units(6);
  panel.canvas.rect({left - panel.units(2), rect.top, left + width + panel.units(2), rect.bottom}, theme.panel, 0);
  draw_text(panel, rect, content.text, theme.text_quiet, zoom);
}

void draw_deleted(const Panel& panel, const Rect& rect, const CellContent& content) {
  const Theme& theme = panel.theme();
  // It has dropped a little, and its left edge is where it was torn off.
  const float fall = panel.units(3);
  const Rect fallen{rect.left + panel.units(4), rect.top + fall, rect.right, rect.bottom + fall};
  panel.canvas.rect(fallen, with_alpha(theme.danger, 0.10F), 0);
  panel.canvas.torn_edge({fallen.left, fallen.top}, {fallen.left, fallen.bottom}, {theme.danger, panel.units(1.5F)});
  panel.canvas.line({fallen.left, fallen.top}, {fallen.right, fallen.top}, {theme.danger, 1}, Dash::Dotted);
  panel.canvas.line({fallen.left, fallen.bottom}, {fallen.right, fallen.bottom}, {theme.danger, 1}, Dash::Dotted);
  draw_struck(panel, {fallen.left + panel.units(6), fallen.center().y}, content.text,
              {.face = Face::Mono, .size = Size::Small, .color = theme.danger, .anchor = Anchor::Middle,
               .max_width = std::max(1.0F, fallen.width() - panel.units(9)), .zoom = zoom_for(panel, rect)});
}

/// The stamp of the safety strip's lamp, on the entry itself.
void draw_broken(const Panel& panel, const Rect& rect) {
  const Theme& theme = panel.theme();
  panel.canvas.frame(rect, {theme.danger, panel.units(2.5F)}, panel.units(cell_corner));
  const float r = std::min(panel.units(7), rect.height() * 0.42F);
  const Point at{rect.right - r, rect.top + r};
  panel.canvas.rect({at.x - r, at.y - r, at.x + r, at.y + r}, theme.danger, 2);
  panel.canvas.cross(at, r * 0.5F, {theme.text_on_fill, panel.units(1.75F)});
}

}  // namespace

void draw_log_cell(const Panel& panel, const Rect& rect, const CellContent& content) {
  switch (content.state) {
    case CellState::Committed:
    case CellState::Stored: draw_stored(panel, rect, content); break;
    case CellState::OnItsWay: draw_on_its_way(panel, rect, content); break;
    case CellState::Missing: draw_missing(panel, rect); break;
    case CellState::Deleted: draw_deleted(panel, rect, content); break;
  }
  if (!content.replaced.empty()) draw_replaced(panel, rect, content);
  if (content.broken) draw_broken(panel, rect);
  if (content.selected || content.hovered) {
    const Rect around{rect.left - 1, rect.top - 1, rect.right + 1, rect.bottom + 1};
    panel.canvas.frame(around, {panel.theme().accent, content.selected ? panel.units(2.5F) : panel.units(1.5F)},
                       panel.units(cell_corner));
  }
}

}  // namespace ui
