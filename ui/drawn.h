// What a frame has drawn, kept only for whoever asks: tests look for text that is cut, covered, out of its place or
// without a glyph. Nothing in the window reads it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/point.h"

namespace ui {

enum class DrawnKind : std::uint8_t {
  Text,   // one line, as high as its ink
  Label,  // the ground of a word that floats over the picture
  Mark,   // a node, a plate, a message, a barrier
};

struct DrawnItem {
  DrawnKind kind{};
  std::string panel;  // as Dear ImGui names its region
  std::string what;   // the text as it was wanted; the name of a mark
  Rect box;
  Rect clip;  // what of it can be seen
  bool cut = false;            // ends in an ellipsis
  bool missing_glyph = false;  // a character of it is in no font
};

/// In the order of painting.
using Drawn = std::vector<DrawnItem>;

}  // namespace ui
