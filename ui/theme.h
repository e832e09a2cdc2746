// Colours, sizes and distances. One channel, one meaning: hue means term, and nothing else; role is shape and
// stroke; accent means "you can do something here". Tested for contrast and colour-blindness.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "raft/core/types.h"

namespace ui {

enum class ThemeName { Paper, Ink };

/// 0xAABBGGRR, as Dear ImGui packs colours.
using Color = std::uint32_t;
constexpr Color rgb(std::uint32_t hex) {
  return 0xFF000000U | ((hex & 0xFFU) << 16U) | (hex & 0xFF00U) | ((hex >> 16U) & 0xFFU);
}
/// A colour between two others.
inline Color mixed(Color a, Color b, float t) {
  Color result = 0;
  for (const unsigned shift : {0U, 8U, 16U, 24U}) {
    const auto from = static_cast<float>(a >> shift & 0xFFU);
    const auto to = static_cast<float>(b >> shift & 0xFFU);
    result |= static_cast<Color>(std::lround(from + (to - from) * t)) << shift;
  }
  return result;
}
/// How far what is outside the spotlight is mixed into the ground.
inline constexpr float outside_spotlight = 0.42F;
inline constexpr float outside_spotlight_in_room = 0.2F;
inline constexpr float text_outside_spotlight = 0.2F;
inline Color with_alpha(Color color, float alpha) {
  return (color & 0x00FFFFFFU) | (static_cast<Color>(std::lround(alpha * 255.0F)) << 24U);
}

struct Theme {
  Color background;    // of the window
  Color stage;         // of the stage
  Color panel;         // of the panels beside it
  Color raised;        // of what floats: menus, prompts
  Color hairline;      // borders, grid lines
  Color text;          // first rank
  Color text_quiet;    // second rank: labels, units; still readable
  Color text_on_fill;  // on a term's hue or on the accent
  Color accent;        // the one accent: buttons, selection, the cursor of time
  Color accent_soft;   // hover
  Color node_fill;     // inside of a node's circle
  Color node_stroke;
  Color ring;          // countdown ring: time left
  Color ring_track;
  Color message;       // requests; a reply is the hollow same shape
  Color danger;        // violations, rules that are off, losses
  Color good;          // properties that hold (never the only sign)
  Color island;        // pattern of an island's ground
  Color barrier;       // cuts
  Color shadow;
  std::array<Color, 8> term_hues;  // term t uses term_hues[(t - 1) % 8]; from term 9 on with a corner notch
};

const Theme& theme(ThemeName name);
/// Paper for the last row of a lecture hall: nothing on it under 3:1.
const Theme& room_theme();

inline Color term_color(const Theme& theme, raft::Term term) {
  return term <= 0 ? theme.text_quiet : theme.term_hues[static_cast<std::size_t>(term - 1) % 8];
}
/// How many corner notches tell this term from the one eight terms before. There is room for four: from term 41 on only
/// the number tells.
inline constexpr int most_notches = 4;
inline int term_notches(raft::Term term) { return term <= 0 ? 0 : std::min(static_cast<int>((term - 1) / 8), most_notches); }

/// Distances are multiples of this many points.
inline constexpr float grid = 8;
/// Three type sizes for the panels, in points at text scale 1, and one for what is read from afar.
inline constexpr float text_small = 13;
inline constexpr float text_body = 15;
inline constexpr float text_large = 22;
inline constexpr float text_display = 30;  // captions and the names in the nodes
inline constexpr float corner = 8;         // radius of rounded corners

}  // namespace ui
