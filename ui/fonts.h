// The fonts of the window: Inter for words, JetBrains Mono for numbers and logs, Noto Sans CJK SC for Chinese,
// Font Awesome for icons. Files are found and read by the app; sizes and characters are decided here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct ImFont;

namespace ui {

enum class Face : std::uint8_t { Sans, SansBold, Mono };
enum class Size : std::uint8_t { Small, Body, Large, Display };

/// A font file's bytes, and which face of a collection (.ttc) is meant.
struct FontData {
  std::vector<unsigned char> bytes;
  int face_index = 0;
  bool empty() const { return bytes.empty(); }
};

/// Found by the app with fontconfig; an empty one is replaced by Dear ImGui's built-in font.
struct FontFiles {
  FontData sans;       // Inter
  FontData sans_bold;  // Inter Semi Bold
  FontData mono;       // JetBrains Mono
  FontData cjk;        // Noto Sans CJK SC
  FontData cjk_bold;   // the same, Bold
  FontData icons;      // Font Awesome
};

/// Builds the atlas of the current Dear ImGui context, crisp at `pixels_per_point` and `text_scale`, with every
/// character of `characters` (UTF-8). Returns true if anything was rebuilt: it does nothing while its arguments
/// stay the same or are covered already. The bytes of `files` are not copied: they must stay where they are.
bool build_fonts(const FontFiles& files, float pixels_per_point, float text_scale, const std::string& characters);

/// The font for a face and size; its size in points is text_points(size) times the text scale.
ImFont* font(Face face, Size size);
/// The height of a line of text, ascender to descender, which is what Dear ImGui calls the size of a font: 1.21 times
/// the size of the type in theme.h. Capitals stand in the middle of it.
float text_points(Size size);

/// Whether every character of the text can be drawn.
bool has_glyphs(const ImFont* font, std::string_view text);

/// For Dear ImGui's own widgets (text fields); everything else passes the font and its size with the text.
void push_font(Face face, Size size, float text_scale);
void pop_font();

}  // namespace ui
