// The fonts of the window: every face has every character, and Chinese stands alike in all of them.
#include "ui/fonts.h"

#include <cmath>

#include "tests/ui/window.h"

namespace ui::test {

using raft::explain::Language;

TEST_CASE("figures and words have the same Chinese characters, on the same line") {
  const Window window;
  const std::string& chinese = words_of(Language::Chinese).text("guess.will_commit");
  for (const Size size : {Size::Small, Size::Body, Size::Large, Size::Display}) {
    for (const Face face : {Face::Sans, Face::SansBold, Face::Mono}) CHECK(has_glyphs(font(face, size), chinese));
#if IMGUI_VERSION_NUM < 19200  // later ones draw them when they are asked for
    const ImFont* const sans = font(Face::Sans, size);
    const ImFont* const mono = font(Face::Mono, size);
    for (const ImWchar character : std::array<ImWchar, 3>{0x6761, 0x76EE, 0x3002}) {  // of 条目。
      const ImFontGlyph* const of_words = sans->FindGlyphNoFallback(character);
      const ImFontGlyph* const of_figures = mono->FindGlyphNoFallback(character);
      REQUIRE(of_words != nullptr);
      REQUIRE(of_figures != nullptr);
      CHECK(of_figures->AdvanceX == of_words->AdvanceX);
      CHECK(of_figures->U0 == of_words->U0);  // one place of the texture for both
      CHECK(of_figures->Y0 - std::round(mono->Ascent) == of_words->Y0 - std::round(sans->Ascent));
      CHECK(of_figures->Y1 - of_figures->Y0 == of_words->Y1 - of_words->Y0);
    }
#endif
  }
}

}  // namespace ui::test
