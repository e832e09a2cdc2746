// Places around an ellipse, and in rows.
#include "ui/scene_slots.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

using raft::NodeId;
using raft::NodeSet;

namespace {

Point on_circle(float turn) { return {std::sin(turn * 2 * pi), -std::cos(turn * 2 * pi)}; }

constexpr std::size_t facets = 360;

/// How far each facet of the circle goes, in both directions. Hundreds of ellipses are walked for one arrangement.
const std::array<Point, facets>& steps_around() {
  static const std::array<Point, facets> all = [] {
    std::array<Point, facets> made{};
    for (std::size_t i = 0; i < facets; ++i) {
      made[i] = on_circle(static_cast<float>(i + 1) / facets) - on_circle(static_cast<float>(i) / facets);
    }
    return made;
  }();
  return all;
}

/// Turns at which the ellipse has been walked by the given fractions of its length, from twelve o'clock.
std::vector<float> turns_at(const std::vector<float>& fractions, float wide, float high) {
  std::array<float, facets + 1> walked{};
  for (std::size_t i = 0; i < facets; ++i) {
    const Point step = steps_around()[i];
    // cppcheck-suppress containerOutOfBounds ; it has facets + 1 places
    walked[i + 1] = walked[i] + length({step.x * wide, step.y * high});
  }
  std::vector<float> turns;
  for (const float fraction : fractions) {
    const float wanted = (fraction - std::floor(fraction)) * walked.back();
    const auto after = std::lower_bound(walked.begin(), walked.end(), wanted);
    turns.push_back(static_cast<float>(after - walked.begin()) / facets);
  }
  return turns;
}

/// The middle of places on a circle that has the length 1; the first of them where they are all around it.
float middle_of(const std::vector<float>& places) {
  float x = 0;
  float y = 0;
  for (const float place : places) {
    x += std::cos(place * 2 * pi);
    y += std::sin(place * 2 * pi);
  }
  return x * x + y * y < 1e-4F ? places.front() : std::atan2(y, x) / (2 * pi);
}

/// The way from one place on that circle to another, from -1/2 to 1/2.
float way_around(float from, float to) { return to - from - std::round(to - from); }

/// The nodes of each island in the order in which they stand around the ellipse, and so the islands: both as they would
/// without islands.
std::vector<std::vector<NodeId>> around_the_ellipse(const std::vector<NodeSet>& islands, std::size_t count) {
  const auto home = [count](NodeId node) { return static_cast<float>(raft::index_of(node)) / static_cast<float>(count); };
  struct Part { float middle = 0; std::vector<NodeId> nodes; };
  std::vector<Part> parts;
  for (const NodeSet island : islands) {
    Part part;
    std::vector<float> homes;
    for (const NodeId node : island) {
      part.nodes.push_back(node);
      homes.push_back(home(node));
    }
    part.middle = middle_of(homes);
    std::stable_sort(part.nodes.begin(), part.nodes.end(), [&](NodeId a, NodeId b) {
      return way_around(part.middle, home(a)) < way_around(part.middle, home(b));
    });
    parts.push_back(std::move(part));
  }
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.middle < b.middle; });
  std::vector<std::vector<NodeId>> ordered;
  ordered.reserve(parts.size());
  for (Part& part : parts) ordered.push_back(std::move(part.nodes));
  return ordered;
}

/// How far along the ellipse nodes stand: islands side by side, with a gap.
std::vector<float> fractions_of(const std::vector<NodeSet>& islands, std::size_t count) {
  std::vector<float> fractions(count, 0);
  if (islands.size() < 2) {
    for (std::size_t i = 0; i < count; ++i) fractions[i] = static_cast<float>(i) / static_cast<float>(count);
    return fractions;
  }
  constexpr float gap = 0.45F;
  const float total = static_cast<float>(count) + gap * static_cast<float>(islands.size());
  float at = 0;
  for (const std::vector<NodeId>& island : around_the_ellipse(islands, count)) {
    for (const NodeId node : island) {
      fractions[raft::index_of(node)] = at / total;
      at += 1;
    }
    at += gap;
  }
  // Turn the whole ring until the nodes are, taken together, as near as can be to where they stand without islands.
  std::vector<float> turns;
  for (std::size_t i = 0; i < count; ++i) turns.push_back(static_cast<float>(i) / static_cast<float>(count) - fractions[i]);
  const float shift = middle_of(turns);
  for (float& fraction : fractions) fraction += shift;
  return fractions;
}

}  // namespace

Slots slots_of(const std::vector<NodeSet>& islands, std::size_t count, float wide, float high) {
  Slots slots;
  if (count == 1) return {{0, 0}};
  if (count == 2) return {{-1, 0}, {1, 0}};
  for (const float turn : turns_at(fractions_of(islands, count), wide, high)) slots.push_back(on_circle(turn));
  Point low = slots.front();
  Point high_end = slots.front();
  for (const Point slot : slots) {
    low = {std::min(low.x, slot.x), std::min(low.y, slot.y)};
    high_end = {std::max(high_end.x, slot.x), std::max(high_end.y, slot.y)};
  }
  for (Point& slot : slots) {
    slot.x = std::clamp((slot.x - low.x) / std::max(high_end.x - low.x, 0.01F) * 2 - 1, -1.0F, 1.0F);
    slot.y = std::clamp((slot.y - low.y) / std::max(high_end.y - low.y, 0.01F) * 2 - 1, -1.0F, 1.0F);
  }
  return slots;
}

Slots rows_of(std::size_t count, std::size_t rows) {
  Slots slots;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t in_row = (count - slots.size() + rows - row - 1) / (rows - row);
    const float y = rows < 2 ? 0.0F : static_cast<float>(row) / static_cast<float>(rows - 1) * 2 - 1;
    for (std::size_t i = 0; i < in_row; ++i) {
      const float x = in_row < 2 ? 0.0F : static_cast<float>(i) / static_cast<float>(in_row - 1) * 2 - 1;
      slots.push_back({row % 2 == 0 ? x : -x, y});
    }
  }
  return slots;
}

}  // namespace ui
