// Reads what is written on a picture, as a person would: the glyphs that Dear ImGui has drawn, in their order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/point.h"

struct ImDrawData;

namespace window_test {

struct Letter {
  unsigned character = 0;
  ui::Rect box;          // what is inked
  float from = 0;        // where the pen was before it
  float to = 0;          // and after it
  float size = 0;        // of the type
  bool visible = false;  // not cut away
  int list = 0;          // of which of Dear ImGui's draw lists
};

std::vector<Letter> letters_of(const ImDrawData& data);

/// Where `text` stands alone, not as a part of a longer line, with its middle inside `within`.
std::vector<ui::Rect> find_text(const std::vector<Letter>& letters, std::string_view text, const ui::Rect& within);

/// All that can be read, for messages.
std::string transcript_of(const std::vector<Letter>& letters);

}  // namespace window_test
