// Marks composed of plain shapes: hatching, shadows, crowns, pills. What they mean is decided by who draws them.
#include <imgui.h>

#include <array>
#include <cmath>
#include <vector>

#include "ui/canvas.h"

namespace ui {

namespace {

/// Left and right end of a horizontal line through a convex outline; false if it passes by.
bool crossing(std::span<const Point> outline, float y, float& left, float& right) {
  left = 1e9F;
  right = -1e9F;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const Point a = outline[i];
    const Point b = outline[(i + 1) % outline.size()];
    if ((a.y <= y) == (b.y <= y)) continue;
    const float x = a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y);
    left = std::min(left, x);
    right = std::max(right, x);
  }
  return left < right;
}

}  // namespace

void Canvas::hatch(Rect area, Stroke stroke, float gap, float radius) const {
  // Strokes at 45 degrees, rising to the right; a rounded corner takes 0.3 of its radius from them.
  const Rect inner = area.inset(radius * 0.3F);
  const float w = inner.width();
  const float h = inner.height();
  if (w <= 0 || h <= 0) return;
  for (float k = gap / 2; k < w + h; k += gap) {
    const Point low = k <= h ? Point{inner.left, inner.top + k} : Point{inner.left + k - h, inner.bottom};
    const Point high = k <= w ? Point{inner.left + k, inner.top} : Point{inner.right, inner.top + k - w};
    line(low, high, stroke);
  }
}

void Canvas::shadow(Rect area, float radius, float depth) const {
  const int layers = std::max(3, static_cast<int>(depth));
  for (int i = layers; i > 0; --i) {
    const float spread = depth * static_cast<float>(i) / static_cast<float>(layers);
    const Rect layer{area.left - spread, area.top - spread * 0.6F, area.right + spread,
                     area.bottom + spread * 1.3F};
    rect(layer, with_alpha(theme_.shadow, 0.11F / static_cast<float>(layers)), radius + spread);
  }
}

void Canvas::torn_edge(Point top, Point bottom, Stroke stroke) const {
  const float height = distance(top, bottom);
  const int teeth = std::max(3, static_cast<int>(height / 5));
  const Point side = Point{(bottom.y - top.y) / height, (top.x - bottom.x) / height} * 2.5F;
  std::vector<Point> path;
  for (int i = 0; i <= teeth; ++i) {
    const Point on = between(top, bottom, static_cast<float>(i) / static_cast<float>(teeth));
    path.push_back(i % 2 == 0 ? on : on + side);
  }
  polyline(path, stroke);
}

void Canvas::arrow_head(Point tip, Point direction, float size, Color fill) const {
  const float norm = std::max(length(direction), 1e-4F);
  const Point ahead = direction * (1 / norm);
  const Point side{-ahead.y, ahead.x};
  const Point back = tip - ahead * size;
  const std::array<Point, 3> head{tip, back + side * (size * 0.5F), back - side * (size * 0.5F)};
  polygon(head, fill);
}

void Canvas::dart(Point tip, Point direction, float size, Color fill) const {
  const float norm = std::max(length(direction), 1e-4F);
  const Point ahead = direction * (1 / norm);
  const Point side = Point{-ahead.y, ahead.x} * (size * 0.36F);
  const Point back = tip - ahead * size;
  const Point notch = tip - ahead * (size * 0.72F);
  for (const Point& wing : {back + side, back - side}) polygon(std::array<Point, 3>{tip, wing, notch}, fill);
}

void Canvas::cross(Point center, float size, Stroke stroke) const {
  line(center + Point{-size, -size}, center + Point{size, size}, stroke);
  line(center + Point{-size, size}, center + Point{size, -size}, stroke);
}

void Canvas::check(Point center, float size, Stroke stroke) const {
  const std::array<Point, 3> path{center + Point{-size, 0}, center + Point{-size * 0.25F, size * 0.7F},
                                  center + Point{size, -size * 0.75F}};
  polyline(path, stroke);
}

void Canvas::crown(Point center, float width, Color fill) const {
  const float w = width / 2;
  const float h = width * 0.36F;
  const Point base = center + Point{0, h};
  const auto spike = [&](float from, float to, float tip_x, float tip_y) {
    const std::array<Point, 3> points{base + Point{from * w, 0}, center + Point{tip_x * w, tip_y * h},
                                      base + Point{to * w, 0}};
    polygon(points, fill);
  };
  spike(-0.82F, 0.10F, -1.0F, -0.65F);
  spike(-0.60F, 0.60F, 0.0F, -1.15F);
  spike(-0.10F, 0.82F, 1.0F, -0.65F);
  rect({base.x - 0.82F * w, base.y - h * 0.45F, base.x + 0.82F * w, base.y + h * 0.25F}, fill, 1);
  for (const Point tip : {Point{-w, -h * 0.7F}, Point{0, -h * 1.2F}, Point{w, -h * 0.7F}}) {
    circle(center + tip, width * 0.075F, fill);
  }
}

void Canvas::diamond(Point center, float radius, Color fill, Stroke border) const {
  const std::array<Point, 4> points{center + Point{0, -radius}, center + Point{radius, 0},
                                    center + Point{0, radius}, center + Point{-radius, 0}};
  polygon(points, fill);
  polyline(points, border, true);
}

Rect Canvas::measure_pill(Point at, std::string_view text, const TextStyle& style) const {
  TextStyle middle = style;
  middle.anchor = Anchor::Middle;
  const float half = line_height(style) * 0.56F;
  const float side = half * 0.85F;
  if (style.align == Align::Left) at.x += side;
  if (style.align == Align::Right) at.x -= side;
  const Rect words = measure(at, text, middle);
  return {words.left - side, at.y - half, words.right + side, at.y + half};
}

Rect Canvas::pill(Point at, std::string_view text, const TextStyle& style, Color fill, Stroke border) const {
  const Rect box = measure_pill(at, text, style);
  rect(box, fill, box.height() / 2);
  if (border.width > 0) frame(box, border, box.height() / 2);
  note(DrawnKind::Label, text, box);
  TextStyle middle = style;
  middle.anchor = Anchor::Middle;
  middle.align = Align::Center;
  this->text({box.center().x, at.y}, text, middle);
  return box;
}

void Canvas::dotted_ground(std::span<const Point> outline, Color dot, float gap) const {
  float top = 1e9F;
  float bottom = -1e9F;
  for (const Point p : outline) {
    top = std::min(top, p.y);
    bottom = std::max(bottom, p.y);
  }
  int row = static_cast<int>(std::floor(top / gap));
  for (; static_cast<float>(row) * gap < bottom; ++row) {
    const float y = static_cast<float>(row) * gap;
    float left = 0;
    float right = 0;
    if (!crossing(outline, y, left, right)) continue;
    const float shift = row % 2 == 0 ? 0 : gap / 2;
    for (float x = std::ceil((left + 2 - shift) / gap) * gap + shift; x < right - 2; x += gap) {
      list_->AddRectFilled({x - 0.75F, y - 0.75F}, {x + 0.75F, y + 0.75F}, dot);
    }
  }
}

namespace {

constexpr float notch_step = 1.3F;  // in sizes of a notch

float notch_size(Rect area) { return std::min(area.height() * 0.34F, 7.0F); }

}  // namespace

void Canvas::notches(Rect area, int count, Color color) const {
  const float size = notch_size(area);
  for (int i = 0; i < count; ++i) {
    const Point tip{area.right - static_cast<float>(i) * size * notch_step, area.bottom};
    const std::array<Point, 3> triangle{tip, tip + Point{-size, 0}, tip + Point{0, -size}};
    polygon(triangle, color);
    note(DrawnKind::Mark, "band notch", {tip.x - size, tip.y - size, tip.x, tip.y});
  }
}

float Canvas::notches_width(Rect area, int count) {
  return count <= 0 ? 0 : notch_size(area) * (1 + static_cast<float>(count - 1) * notch_step);
}

}  // namespace ui
