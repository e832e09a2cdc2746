// Text and plain shapes. Composed marks are in canvas_marks.cpp.
#include "ui/canvas.h"

#include <imgui.h>

#include <cfloat>
#include <cmath>
#include <string>
#include <vector>

namespace ui {

namespace {

constexpr std::string_view ellipsis = "…";

ImVec2 vec(Point p) { return {p.x, p.y}; }

struct Metrics {
  float baseline;  // from the top of the line, in line heights
  float capitals;  // height of a capital
};

/// All faces stand on Inter's baseline (see fonts.cpp).
constexpr Metrics metrics(Face face) { return {0.800F, face == Face::Mono ? 0.553F : 0.600F}; }

/// The face in the smallest drawn size that need not be blown up, and the size in points to draw it at.
struct Type {
  ImFont* font = nullptr;
  float points = 0;
};

Type type_of(const TextStyle& style, float text_scale) {
  const float wanted = text_points(style.size) * style.zoom;
  Size drawn = Size::Display;
  for (const Size size : {Size::Large, Size::Body, Size::Small}) {
    if (text_points(size) >= wanted * 0.97F) drawn = size;
  }
  return {font(style.face, drawn), wanted * text_scale};
}

float width_of(const Type& type, std::string_view text) {
  if (text.empty() || type.font == nullptr) return 0;
  return type.font->CalcTextSizeA(type.points, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

/// Where the character that starts at `at` ends.
std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

std::string shortened(const Type& type, std::string_view text, float max_width) {
  const float room = max_width - width_of(type, ellipsis);
  std::size_t end = 0;
  for (std::size_t next = 0; next < text.size(); end = next) {
    next = next_character(text, next);
    if (width_of(type, text.substr(0, next)) > room) break;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)).append(ellipsis);
}

struct Line {
  std::string text;
  Rect box;
};

Line lay_out(Point at, std::string_view text, const TextStyle& style, const Type& type) {
  Line line;
  float width = width_of(type, text);
  const bool fits = style.max_width <= 0 || width <= style.max_width + 0.5F;
  line.text = fits ? std::string(text) : shortened(type, text, style.max_width);
  if (!fits) width = width_of(type, line.text);
  const Metrics face = metrics(style.face);
  float left = at.x;
  if (style.align == Align::Center) left -= width / 2;
  if (style.align == Align::Right) left -= width;
  float top = at.y;
  if (style.anchor == Anchor::Baseline) top -= face.baseline * type.points;
  if (style.anchor == Anchor::Middle) top -= (face.baseline - face.capitals / 2) * type.points;
  line.box = {left, top, left + width, top + type.points};
  return line;
}

/// A line may be broken after a space, and beside a Chinese character unless punctuation follows.
bool may_break(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return false;
  if (text[at - 1] == ' ') return true;
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0xE3U) return false;
  const std::string_view next = text.substr(at, 3);
  for (const std::string_view mark : {"，", "。", "：", "；", "、", "）", "”", "？", "！"}) {
    if (next == mark) return false;
  }
  return true;
}

std::vector<std::string_view> broken(const Type& type, std::string_view text, float width) {
  std::vector<std::string_view> lines;
  std::size_t start = 0;
  while (start < text.size()) {
    std::size_t end = start;
    std::size_t fallback = text.size();
    for (std::size_t next = next_character(text, start);; next = next_character(text, next)) {
      const bool fits = width_of(type, text.substr(start, next - start)) <= width;
      if (!fits) break;
      fallback = next;
      if (next >= text.size()) {
        end = next;
        break;
      }
      if (text[next - 1] == '\n' || may_break(text, next)) end = next;
      if (text[next - 1] == '\n') break;
    }
    if (end == start) end = fallback > start && fallback < text.size() ? fallback : next_character(text, start);
    lines.push_back(text.substr(start, end - start));
    start = end;
  }
  return lines;
}

void stroke_dashed(ImDrawList* list, std::span<const Point> path, Stroke stroke, Dash dash) {
  const float on = dash == Dash::Dotted ? 0.01F : std::max(5.0F, stroke.width * 3);
  const float off =
      dash == Dash::Dotted ? std::max(5.0F, stroke.width * 2.6F) : std::max(4.0F, stroke.width * 2.2F);
  float travelled = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const float span = distance(path[i - 1], path[i]);
    float at = 0;
    while (at < span) {
      const float phase = std::fmod(travelled + at, on + off);
      const float rest = phase < on ? on - phase : on + off - phase;
      const float end = std::min(span, at + std::max(rest, 0.05F));
      const Point a = between(path[i - 1], path[i], at / span);
      const Point b = between(path[i - 1], path[i], end / span);
      if (phase < on && dash == Dash::Dotted) list->AddCircleFilled(vec(a), stroke.width * 0.75F, stroke.color, 10);
      if (phase < on && dash == Dash::Dashed) list->AddLine(vec(a), vec(b), stroke.color, stroke.width);
      at = end;
    }
    travelled += span;
  }
}

}  // namespace

Rect Canvas::text(Point at, std::string_view text, const TextStyle& style) const {
  const Type type = type_of(style, text_scale_);
  const Line line = lay_out(at, text, style, type);
  if (!line.text.empty() && type.font != nullptr) {
    list_->AddText(type.font, type.points, {line.box.left, line.box.top}, style.color, line.text.data(),
                   line.text.data() + line.text.size());
  }
  if (drawn_ != nullptr && !text.empty()) {
    const Rect ink{line.box.left, line.box.top + 0.20F * type.points, line.box.right,
                   line.box.top + 0.96F * type.points};
    keep_note({.kind = DrawnKind::Text,
               .panel = {},
               .what = std::string(text),
               .box = ink,
               .clip = {},
               .cut = line.text != text,
               .missing_glyph = !has_glyphs(type.font, text)});
  }
  return line.box;
}

void Canvas::keep_note(DrawnItem item) const {
  item.panel = list_->_OwnerName != nullptr ? list_->_OwnerName : "";
  const ImVec2 low = list_->GetClipRectMin();
  const ImVec2 high = list_->GetClipRectMax();
  item.clip = {low.x, low.y, high.x, high.y};
  drawn_->push_back(std::move(item));
}

Rect Canvas::measure(Point at, std::string_view text, const TextStyle& style) const {
  return lay_out(at, text, style, type_of(style, text_scale_)).box;
}

float Canvas::text_width(std::string_view text, const TextStyle& style) const {
  return width_of(type_of(style, text_scale_), text);
}

float Canvas::line_height(const TextStyle& style) const {
  return text_points(style.size) * style.zoom * text_scale_ * 1.1F;
}

Rect Canvas::paragraph(Point at, float width, std::string_view text, const TextStyle& style) const {
  float y = at.y;
  for (const std::string_view line : broken(type_of(style, text_scale_), text, width)) {
    std::string_view shown = line;
    while (!shown.empty() && (shown.back() == ' ' || shown.back() == '\n')) shown.remove_suffix(1);
    this->text({at.x, y}, shown, style);
    y += line_height(style);
  }
  return {at.x, at.y, at.x + width, y};
}

Rect Canvas::measure_paragraph(Point at, float width, std::string_view text, const TextStyle& style) const {
  const std::size_t lines = broken(type_of(style, text_scale_), text, width).size();
  return {at.x, at.y, at.x + width, at.y + static_cast<float>(lines) * line_height(style)};
}

void Canvas::line(Point from, Point to, Stroke stroke, Dash dash) const {
  if (dash == Dash::Solid) {
    list_->AddLine(vec(from), vec(to), stroke.color, stroke.width);
    return;
  }
  const Point path[] = {from, to};
  stroke_dashed(list_, path, stroke, dash);
}

void Canvas::polyline(std::span<const Point> points, Stroke stroke, bool closed) const {
  if (points.size() < 2) return;
  for (const Point p : points) list_->PathLineTo(vec(p));
  list_->PathStroke(stroke.color, closed ? ImDrawFlags_Closed : ImDrawFlags_None, stroke.width);
}

void Canvas::fade(Rect area, Color top, Color bottom) const {
  list_->AddRectFilledMultiColor({area.left, area.top}, {area.right, area.bottom}, top, top, bottom, bottom);
}

void Canvas::polygon(std::span<const Point> points, Color fill) const {
  if (points.size() < 3) return;
  // Smooth edges need the corners in clockwise order.
  float area = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i];
    const Point b = points[(i + 1) % points.size()];
    area += a.x * b.y - b.x * a.y;
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    list_->PathLineTo(vec(points[area >= 0 ? i : points.size() - 1 - i]));
  }
  list_->PathFillConvex(fill);
}

void Canvas::rect(Rect area, Color fill, float radius) const {
  list_->AddRectFilled({area.left, area.top}, {area.right, area.bottom}, fill, radius);
}

void Canvas::rect(Rect area, Color fill, Stroke border, float radius) const {
  rect(area, fill, radius);
  frame(area, border, radius);
}

void Canvas::frame(Rect area, Stroke border, float radius) const {
  list_->AddRect({area.left, area.top}, {area.right, area.bottom}, border.color, radius, ImDrawFlags_None,
                 border.width);
}

void Canvas::circle(Point center, float radius, Color fill) const {
  list_->AddCircleFilled(vec(center), radius, fill);
}

void Canvas::ring(Point center, float radius, Stroke stroke, Dash dash) const {
  if (dash == Dash::Solid) {
    list_->AddCircle(vec(center), radius, stroke.color, 0, stroke.width);
    return;
  }
  const bool dots = dash == Dash::Dotted;
  const float pitch = dots ? std::max(5.0F, stroke.width * 2.6F) : std::max(9.0F, stroke.width * 5);
  const int count = std::max(6, static_cast<int>(2 * pi * radius / pitch));
  for (int i = 0; i < count; ++i) {
    const float turn = static_cast<float>(i) / static_cast<float>(count);
    if (dots) {
      const float angle = turn * 2 * pi;
      circle({center.x + std::sin(angle) * radius, center.y - std::cos(angle) * radius}, stroke.width * 0.75F,
             stroke.color);
    } else {
      arc(center, radius, turn, turn + 0.6F / static_cast<float>(count), stroke);
    }
  }
}

void Canvas::arc(Point center, float radius, float start, float end, Stroke stroke) const {
  if (end <= start) return;
  const int segments = std::max(3, static_cast<int>((end - start) * 24 * std::sqrt(radius) / 2));
  list_->PathArcTo(vec(center), radius, (start * 2 - 0.5F) * pi, (end * 2 - 0.5F) * pi, segments);
  list_->PathStroke(stroke.color, ImDrawFlags_None, stroke.width);
}

void Canvas::curve(Point from, Point bend, Point to, Stroke stroke, Dash dash) const {
  constexpr int steps = 24;
  std::vector<Point> path;
  for (int i = 0; i <= steps; ++i) {
    const float t = static_cast<float>(i) / steps;
    path.push_back(between(between(from, bend, t), between(bend, to, t), t));
  }
  if (dash == Dash::Solid) {
    polyline(path, stroke);
  } else {
    stroke_dashed(list_, path, stroke, dash);
  }
}

void Canvas::clip(Rect area) const { list_->PushClipRect({area.left, area.top}, {area.right, area.bottom}, true); }

void Canvas::unclip() const { list_->PopClipRect(); }

}  // namespace ui
