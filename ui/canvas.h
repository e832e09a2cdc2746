// Our drawing vocabulary over Dear ImGui's draw lists: text that is measured by the call that draws it, shapes
// with hairlines, rings, hatching, soft shadows. Points of the screen everywhere; no state. What is drawn is noted
// only where a test asks for it (drawn.h).
#pragma once

#include <span>
#include <string_view>

#include "ui/drawn.h"
#include "ui/fonts.h"
#include "ui/point.h"
#include "ui/theme.h"

struct ImDrawList;

namespace ui {

enum class Align : std::uint8_t { Left, Center, Right };
/// What lies at the given y: the top of the line, the middle of the capitals (labels beside shapes), or the
/// baseline.
enum class Anchor : std::uint8_t { Top, Middle, Baseline };

struct TextStyle {
  Face face = Face::Sans;
  Size size = Size::Body;
  Color color = 0;
  Align align = Align::Left;
  Anchor anchor = Anchor::Top;
  float max_width = 0;  // longer text ends in an ellipsis; 0: no limit
  float zoom = 1;       // times the size; the stage grows its type with its room
};

struct Stroke {
  Color color = 0;
  float width = 1;
};

enum class Dash : std::uint8_t { Solid, Dashed, Dotted };

class Canvas {
 public:
  Canvas(ImDrawList* list, const Theme& theme, float text_scale, Drawn* drawn = nullptr)
      : list_(list), theme_(theme), text_scale_(text_scale), drawn_(drawn) {}

  const Theme& theme() const { return theme_; }
  ImDrawList* list() const { return list_; }
  float text_scale() const { return text_scale_; }

  // --- text (canvas.cpp) ---
  /// Draws one line and returns the box it takes, ellipsis included.
  Rect text(Point at, std::string_view text, const TextStyle& style) const;
  /// The box that text() would take; draws nothing.
  Rect measure(Point at, std::string_view text, const TextStyle& style) const;
  float text_width(std::string_view text, const TextStyle& style) const;
  float line_height(const TextStyle& style) const;
  /// Lines broken at spaces, and between any two Chinese characters; returns the box.
  Rect paragraph(Point at, float width, std::string_view text, const TextStyle& style) const;
  Rect measure_paragraph(Point at, float width, std::string_view text, const TextStyle& style) const;

  // --- plain shapes (canvas.cpp) ---
  void line(Point from, Point to, Stroke stroke, Dash dash = Dash::Solid) const;
  void polyline(std::span<const Point> points, Stroke stroke, bool closed = false) const;
  void polygon(std::span<const Point> points, Color fill) const;  // convex
  void rect(Rect area, Color fill, float radius = corner) const;
  void rect(Rect area, Color fill, Stroke border, float radius = corner) const;
  void frame(Rect area, Stroke border, float radius = corner) const;
  void fade(Rect area, Color top, Color bottom) const;
  void circle(Point center, float radius, Color fill) const;
  void ring(Point center, float radius, Stroke stroke, Dash dash = Dash::Solid) const;
  /// From `start` to `end` in turns, clockwise from twelve o'clock: 0 to 0.25 is the upper right quarter.
  void arc(Point center, float radius, float start, float end, Stroke stroke) const;
  void curve(Point from, Point bend, Point to, Stroke stroke, Dash dash = Dash::Solid) const;
  void clip(Rect area) const;  // until unclip()
  void unclip() const;
  /// For tests: that this is here. Costs nothing while nobody asks.
  void note(DrawnKind kind, std::string_view what, Rect box) const {
    if (drawn_ != nullptr) keep_note({.kind = kind, .panel = {}, .what = std::string(what), .box = box, .clip = {}});
  }

  // --- composed marks (canvas_marks.cpp) ---
  void hatch(Rect area, Stroke stroke, float gap, float radius = 0) const;
  void shadow(Rect area, float radius, float depth) const;  // what floats `depth` points above the ground
  void torn_edge(Point top, Point bottom, Stroke stroke) const;
  void arrow_head(Point tip, Point direction, float size, Color fill) const;
  /// Longer than wide and notched at its back: nobody takes another corner for its tip, whichever way it flies.
  void dart(Point tip, Point direction, float size, Color fill) const;
  void cross(Point center, float size, Stroke stroke) const;
  void check(Point center, float size, Stroke stroke) const;
  void crown(Point center, float width, Color fill) const;
  void diamond(Point center, float radius, Color fill, Stroke border) const;
  /// A rounded rectangle around one line of text; `at` is its left, centre or right middle, as style.align says.
  Rect pill(Point at, std::string_view text, const TextStyle& style, Color fill, Stroke border) const;
  Rect measure_pill(Point at, std::string_view text, const TextStyle& style) const;
  /// Dots on a grid, clipped to a convex outline: the ground of an island.
  void dotted_ground(std::span<const Point> outline, Color dot, float gap) const;
  /// Small notches in the lower right corner: how often the eight hues have been used up.
  void notches(Rect area, int count, Color color) const;
  /// How much of the width of the area they take.
  static float notches_width(Rect area, int count);

 private:
  void keep_note(DrawnItem item) const;

  ImDrawList* list_;
  const Theme& theme_;
  float text_scale_;
  Drawn* drawn_;
};

}  // namespace ui
