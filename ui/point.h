// Points and rectangles in points of the screen; the only place where coordinates are defined.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui {

inline constexpr float pi = std::numbers::pi_v<float>;

struct Point {
  float x = 0;
  float y = 0;
  friend constexpr Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Point operator*(Point a, float k) { return {a.x * k, a.y * k}; }
  friend constexpr bool operator==(const Point&, const Point&) = default;
};

inline float length(Point p) { return std::sqrt(p.x * p.x + p.y * p.y); }
inline float distance(Point a, Point b) { return length(b - a); }
constexpr Point between(Point a, Point b, float t) { return a + (b - a) * t; }

struct Rect {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;
  constexpr float width() const { return right - left; }
  constexpr float height() const { return bottom - top; }
  constexpr Point center() const { return {(left + right) / 2, (top + bottom) / 2}; }
  constexpr bool contains(Point p) const { return p.x >= left && p.x < right && p.y >= top && p.y < bottom; }
  constexpr Rect inset(float by) const { return {left + by, top + by, right - by, bottom - by}; }
  constexpr Rect inset(float dx, float dy) const { return {left + dx, top + dy, right - dx, bottom - dy}; }
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

constexpr Rect box_around(Point middle, float width, float height) {
  return {middle.x - width / 2, middle.y - height / 2, middle.x + width / 2, middle.y + height / 2};
}

/// What two boxes share; of negative size if that is nothing.
constexpr Rect shared(const Rect& a, const Rect& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

/// The point of the box that is nearest to `p`.
constexpr Point nearest_in(const Rect& box, Point p) { return {std::clamp(p.x, box.left, box.right), std::clamp(p.y, box.top, box.bottom)}; }

}  // namespace ui
