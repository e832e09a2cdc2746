// The palettes, measured: contrast as WCAG 2 defines it, and the distances between the hues of terms as people with
// normal sight and with each kind of colour-blindness see them (Machado, Oliveira and Fernandes 2009, full
// severity).
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/theme.h"

namespace ui::test {

namespace {

using Vec = std::array<double, 3>;
using Matrix = std::array<Vec, 3>;

constexpr Matrix normal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix protanopia{
    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{
    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritanopia{
    {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};
constexpr std::array<Matrix, 4> sights{normal, protanopia, deuteranopia, tritanopia};

double linear(Color color, unsigned shift) {
  const double c = static_cast<double>(color >> shift & 0xFFU) / 255;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

Vec linear(Color color) { return {linear(color, 0), linear(color, 8), linear(color, 16)}; }

double luminance(Color color) {
  const Vec c = linear(color);
  return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

double contrast(Color a, Color b) {
  const double light = std::max(luminance(a), luminance(b));
  const double dark = std::min(luminance(a), luminance(b));
  return (light + 0.05) / (dark + 0.05);
}

Vec lab(Vec rgb) {
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
  const double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
  const double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIE76, as seen with this sight.
double difference(Color a, Color b, const Matrix& sight) {
  const auto seen = [&sight](Color color) {
    const Vec c = linear(color);
    Vec r{};
    for (std::size_t i = 0; i < 3; ++i) {
      r[i] = std::clamp(sight[i][0] * c[0] + sight[i][1] * c[1] + sight[i][2] * c[2], 0.0, 1.0);
    }
    return lab(r);
  };
  const Vec p = seen(a);
  const Vec q = seen(b);
  return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

}  // namespace

TEST_CASE("text has a contrast of at least 7:1 on every ground, quiet text too") {
  for (const ThemeName name : {ThemeName::Paper, ThemeName::Ink}) {
    const Theme& t = theme(name);
    for (const Color ground : {t.background, t.stage, t.panel, t.raised, t.node_fill}) {
      CAPTURE(ground);
      CHECK(contrast(t.text, ground) >= 7);
      CHECK(contrast(t.text_quiet, ground) >= 7);
    }
    CHECK(contrast(t.text, t.accent_soft) >= 7);
    CHECK(contrast(t.text_on_fill, t.accent) >= 4.5);
  }
}

TEST_CASE("marks have a contrast of at least 3:1 on every ground") {
  for (const ThemeName name : {ThemeName::Paper, ThemeName::Ink}) {
    const Theme& t = theme(name);
    for (const Color ground : {t.background, t.stage, t.panel, t.raised, t.node_fill}) {
      for (const Color mark : {t.accent, t.node_stroke, t.ring, t.message, t.danger, t.good, t.barrier}) {
        CAPTURE(mark);
        CHECK(contrast(mark, ground) >= 3);
      }
      for (const Color hue : t.term_hues) CHECK(contrast(hue, ground) >= 3);
    }
    CHECK(contrast(t.ring, t.ring_track) >= 3);
  }
}

TEST_CASE("in room mode nothing that is seen is under 3:1, and words have 7:1 at least") {
  const Theme& t = room_theme();
  for (const Color ground : {t.background, t.stage, t.panel, t.raised, t.node_fill}) {
    CHECK(contrast(t.text, ground) >= 7);
    CHECK(contrast(t.text_quiet, ground) >= 7);
    for (const Color mark : {t.hairline, t.accent, t.node_stroke, t.ring, t.ring_track, t.message, t.danger, t.good,
                             t.island, t.barrier}) {
      CAPTURE(mark);
      CHECK(contrast(mark, ground) >= 3);
    }
    for (const Color hue : t.term_hues) CHECK(contrast(hue, ground) >= 4.5);
  }
  CHECK(contrast(t.ring, t.ring_track) >= 3);
  CHECK(contrast(t.text_on_fill, t.accent) >= 4.5);
}

TEST_CASE("outside the spotlight words keep 4.5:1, and in room mode nothing that is seen falls under 3:1") {
  for (const Theme* t : {&theme(ThemeName::Paper), &theme(ThemeName::Ink), &room_theme()}) {
    for (const Color ink : {t->text, t->text_quiet}) CHECK(contrast(mixed(ink, t->stage, text_outside_spotlight), t->stage) >= 4.5);
  }
  const Theme& room = room_theme();
  for (const Color mark : {room.ring, room.node_stroke, room.message})
    CHECK(contrast(mixed(mark, room.stage, outside_spotlight_in_room), room.stage) >= 3);
  for (const Color hue : room.term_hues) CHECK(contrast(mixed(hue, room.stage, outside_spotlight_in_room), room.stage) >= 3);
}

TEST_CASE("what holds and what is broken, open and cut, quiet and wanted are told apart in every kind of sight") {
  for (const Theme* t : {&theme(ThemeName::Paper), &theme(ThemeName::Ink), &room_theme()}) {
    for (const Matrix& sight : sights) {
      CHECK(difference(t->good, t->danger, sight) >= 20);
      CHECK(difference(t->message, t->danger, sight) >= 20);
      CHECK(difference(t->node_stroke, t->barrier, sight) >= 10);
      CHECK(difference(t->accent, t->text_quiet, sight) >= 9);
      CHECK(difference(t->ring, t->ring_track, sight) >= 20);
    }
  }
}

TEST_CASE("the number of a term can be read on its hue") {
  for (const ThemeName name : {ThemeName::Paper, ThemeName::Ink}) {
    for (const Color hue : theme(name).term_hues) CHECK(contrast(theme(name).text_on_fill, hue) >= 4.5);
  }
}

TEST_CASE("the hues of terms are far apart in every kind of sight, neighbours farthest") {
  for (const ThemeName name : {ThemeName::Paper, ThemeName::Ink}) {
    const Theme& t = theme(name);
    for (const Matrix& sight : sights) {
      double nearest = 1e9;
      double nearest_neighbour = 1e9;
      for (std::size_t i = 0; i < 8; ++i) {
        nearest_neighbour =
            std::min(nearest_neighbour, difference(t.term_hues[i], t.term_hues[(i + 1) % 8], sight));
        for (std::size_t j = i + 1; j < 8; ++j) {
          nearest = std::min(nearest, difference(t.term_hues[i], t.term_hues[j], sight));
        }
      }
      CHECK(nearest >= 24);
      CHECK(nearest_neighbour >= 40);
    }
  }
}

TEST_CASE("no term looks like the accent or like danger") {
  for (const ThemeName name : {ThemeName::Paper, ThemeName::Ink}) {
    for (const Color hue : theme(name).term_hues) {
      CHECK(difference(hue, theme(name).accent, normal) >= 20);
      CHECK(difference(hue, theme(name).danger, normal) >= 20);
    }
  }
}

TEST_CASE("term 9 has the hue of term 1 and one notch more") {
  const Theme& t = theme(ThemeName::Paper);
  CHECK(term_color(t, 9) == term_color(t, 1));
  CHECK(term_notches(1) == 0);
  CHECK(term_notches(8) == 0);
  CHECK(term_notches(9) == 1);
  CHECK(term_notches(17) == 2);
  CHECK(term_color(t, 0) == t.text_quiet);
}

}  // namespace ui::test
