// Where a word stands on the screen, found in what the program would draw.
#include "tests/window/letters.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>
#include <map>
#include <utility>

namespace window_test {

namespace {

using ui::Rect;

struct Glyph {
  float font_size = 0;
  const ImFontGlyph* glyph = nullptr;
};
/// By the place in the texture: no two glyphs share theirs.
using GlyphsByPlace = std::map<std::pair<float, float>, Glyph>;

void add_glyphs(GlyphsByPlace& all, const ImVector<ImFontGlyph>& glyphs, float font_size) {
  for (const ImFontGlyph& glyph : glyphs) {
    if (glyph.Visible) all[{glyph.U0, glyph.V0}] = {font_size, &glyph};
  }
}

GlyphsByPlace glyphs_by_place() {
  GlyphsByPlace glyphs;
#if IMGUI_VERSION_NUM >= 19200  // a font has glyphs for each size that was asked for
  auto& baked = ImGui::GetIO().Fonts->Builder->BakedPool;
  for (int i = 0; i < baked.Size; ++i) add_glyphs(glyphs, baked[i].Glyphs, baked[i].Size);
#else
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts) add_glyphs(glyphs, font->Glyphs, font->FontSize);
#endif
  return glyphs;
}

std::vector<unsigned> characters_of(std::string_view text) {
  std::vector<unsigned> characters;
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    unsigned character = 0;
    at += ImTextCharFromUtf8(&character, at, end);
    if (character != ' ') characters.push_back(character);
  }
  return characters;
}

bool is_icon(const Letter& letter) { return letter.character >= 0xE000 && letter.character < 0xF900; }

bool goes_on(const Letter& before, const Letter& after) {
  if (is_icon(before) || is_icon(after)) return false;
  const bool same_line = std::abs(before.box.center().y - after.box.center().y) < before.size;
  return before.list == after.list && same_line && std::abs(after.from - before.to) < before.size * 0.45F;
}

Letter letter_of(const Glyph& glyph, const ImDrawVert& corner, const ImDrawVert& opposite, const ImVec4& clip, int list) {
  const float width = opposite.pos.x - corner.pos.x;
  const float scale = width / (glyph.glyph->X1 - glyph.glyph->X0);
  const Rect box{corner.pos.x, corner.pos.y, opposite.pos.x, opposite.pos.y};
  const ui::Point middle = box.center();
  const float from = corner.pos.x - glyph.glyph->X0 * scale;
  return {.character = glyph.glyph->Codepoint,
          .box = box,
          .from = from,
          .to = from + glyph.glyph->AdvanceX * scale,
          .size = glyph.font_size * scale,
          .visible = middle.x >= clip.x && middle.x < clip.z && middle.y >= clip.y && middle.y < clip.w,
          .list = list};
}

}  // namespace

std::vector<Letter> letters_of(const ImDrawData& data) {
  const GlyphsByPlace glyphs = glyphs_by_place();
  std::vector<Letter> letters;
  for (int number = 0; number < data.CmdListsCount; ++number) {
    const ImDrawList& list = *data.CmdLists[number];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const unsigned end = command.IdxOffset + command.ElemCount;
      for (unsigned i = command.IdxOffset; i + 6 <= end; i += 3) {
        // A glyph is two triangles: corners 0 1 2 and 0 2 3.
        const auto vertex = [&](unsigned k) { return list.VtxBuffer[static_cast<int>(command.VtxOffset + list.IdxBuffer[static_cast<int>(i + k)])]; };
        const auto found = glyphs.find({vertex(0).uv.x, vertex(0).uv.y});
        if (found == glyphs.end() || list.IdxBuffer[static_cast<int>(i)] != list.IdxBuffer[static_cast<int>(i + 3)]) continue;
        letters.push_back(letter_of(found->second, vertex(0), vertex(2), command.ClipRect, number));
        i += 3;
      }
    }
  }
  return letters;
}

std::vector<Rect> find_text(const std::vector<Letter>& letters, std::string_view text, const Rect& within) {
  const std::vector<unsigned> wanted = characters_of(text);
  std::vector<Rect> places;
  for (std::size_t i = 0; i + wanted.size() <= letters.size() && !wanted.empty(); ++i) {
    if (i > 0 && goes_on(letters[i - 1], letters[i])) continue;
    const std::size_t end = i + wanted.size();
    if (end < letters.size() && goes_on(letters[end - 1], letters[end])) continue;
    bool same = true;
    Rect box = letters[i].box;
    for (std::size_t k = i; k < end; ++k) {
      const Letter& letter = letters[k];
      same = same && letter.character == wanted[k - i] && letter.visible && letter.list == letters[i].list;
      box = {std::min(box.left, letter.box.left), std::min(box.top, letter.box.top), std::max(box.right, letter.box.right),
             std::max(box.bottom, letter.box.bottom)};
    }
    if (same && within.contains(box.center())) places.push_back(box);
  }
  return places;
}

std::string transcript_of(const std::vector<Letter>& letters) {
  std::string text;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (!letters[i].visible) continue;
    if (i > 0 && !goes_on(letters[i - 1], letters[i])) text += " | ";
    char utf8[5] = {};
    ImTextCharToUtf8(utf8, letters[i].character);
    text += utf8;
  }
  return text;
}

}  // namespace window_test
