// Builds the font atlas: three faces in four sizes, each with icons and Chinese characters merged in.
// Everything that depends on the version of Dear ImGui's fonts is in this file.
#include "ui/fonts.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>

#include "ui/icons.h"
#include "ui/theme.h"

namespace ui {

namespace {

constexpr int face_count = 3;
constexpr int size_count = 4;
constexpr int font_count = face_count * size_count;

// Height of Inter's line above its em: ascender and descender. A line of text is this high, which puts
// capitals exactly in its middle; the other faces are fitted to it.
constexpr float line_per_em = 1.21F;

// Later ones draw on demand.
constexpr bool copies_glyphs = IMGUI_VERSION_NUM < 19200;

// Chinese glyphs above this many pixels would fill the texture; larger ones are drawn enlarged.
constexpr float largest_cjk_em = 72;

/// What the atlas of a context was built from.
struct Built {
  float pixels_per_point = 0;
  float text_scale = 0;
  const FontFiles* files = nullptr;
  std::string characters;
  std::string asked;  // last; all of them are among `characters`
};

std::map<const ImFontAtlas*, Built>& built_atlases() {
  static std::map<const ImFontAtlas*, Built> built;
  return built;
}

std::uint32_t big_endian(const unsigned char* at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8U | at[i];
  return value;
}

/// Offset of the face in its file, or nothing if the file is no font that can be drawn.
std::optional<std::size_t> face_offset(const FontData& font) {
  const auto& bytes = font.bytes;
  if (bytes.size() < 64) return std::nullopt;
  std::size_t offset = 0;
  if (std::memcmp(bytes.data(), "ttcf", 4) == 0) {
    const std::size_t entry = 12 + 4 * static_cast<std::size_t>(std::max(font.face_index, 0));
    if (big_endian(&bytes[8], 4) <= static_cast<std::uint32_t>(std::max(font.face_index, 0))) return std::nullopt;
    if (entry + 4 > bytes.size()) return std::nullopt;
    offset = big_endian(&bytes[entry], 4);
    if (offset + 12 > bytes.size()) return std::nullopt;
  }
  const std::uint32_t version = big_endian(&bytes[offset], 4);
  if (version != 0x00010000 && version != 0x4F54544F && version != 0x74727565) return std::nullopt;
  return offset;
}

const unsigned char* find_table(const FontData& font, std::size_t face, const char* tag, std::size_t needed) {
  const auto& bytes = font.bytes;
  const std::size_t count = big_endian(&bytes[face + 4], 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = face + 12 + 16 * i;
    if (entry + 16 > bytes.size()) return nullptr;
    if (std::memcmp(&bytes[entry], tag, 4) != 0) continue;
    const std::size_t offset = big_endian(&bytes[entry + 8], 4);
    return offset + needed <= bytes.size() ? &bytes[offset] : nullptr;
  }
  return nullptr;
}

/// Ascender plus descender of the font, in em; 0 if it cannot be used.
float line_of(const FontData& font) {
  const auto face = face_offset(font);
  if (!face) return 0;
  const unsigned char* head = find_table(font, *face, "head", 20);
  const unsigned char* hhea = find_table(font, *face, "hhea", 8);
  if (!head || !hhea || !find_table(font, *face, "cmap", 4)) return 0;
  const auto ascent = static_cast<std::int16_t>(big_endian(hhea + 4, 2));
  const auto descent = static_cast<std::int16_t>(big_endian(hhea + 6, 2));
  const auto units = static_cast<float>(big_endian(head + 18, 2));
  const float line = units > 0 ? static_cast<float>(ascent - descent) / units : 0;
  return line > 0.2F && line < 5 ? line : 0;
}

using Ranges = ImVector<ImWchar>;

Ranges ranges_of(const std::string& characters, bool with_latin) {
  static constexpr std::array<ImWchar, 5> latin{0x20, 0x7E, 0x2010, 0x2027, 0};  // others when they are in use
  static constexpr const char* signs = "×÷±·°′″−√∑≈≠≤≥→←↑↓↔↦⇒✓✗✕∞¬∧∨∈∉∅∩∪⊆•■□▪▫▲△▶▷▼▽◀◁◆◇○●◐◦";
  ImFontGlyphRangesBuilder builder;
  builder.AddText(characters.c_str(), characters.c_str() + characters.size());
  if (with_latin) {
    builder.AddRanges(latin.data());
    builder.AddText(signs);
  }
  Ranges ranges;
  builder.BuildRanges(&ranges);
  return ranges;
}

bool is_cjk(std::uint32_t c) { return c >= 0x2E80 && c < 0xE000 ? true : c >= 0xF900 && c <= 0xFFEF; }

/// The Chinese characters among them, with the full-width punctuation that goes with them.
std::string only_cjk(const std::string& characters) {
  std::string found;
  for (std::size_t i = 0; i < characters.size();) {
    const auto lead = static_cast<unsigned char>(characters[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + length > characters.size()) break;
    if (length == 3) {
      const std::uint32_t c = (lead & 0x0FU) << 12U | (static_cast<unsigned char>(characters[i + 1]) & 0x3FU) << 6U |
                              (static_cast<unsigned char>(characters[i + 2]) & 0x3FU);
      if (is_cjk(c)) found.append(characters, i, length);
    }
    i += length;
  }
  return found;
}

struct Source {
  const FontData* data = nullptr;
  float line = 0;  // in em; 0: not usable
};

struct Plan {
  std::array<Source, face_count> faces;
  Source icons;
  Source cjk;
  Source cjk_bold;  // like cjk where there is no bold one
  Ranges text_ranges;
  Ranges icon_ranges;
  Ranges cjk_ranges;
};

ImFontConfig config_for(const Source& source, float line_px, [[maybe_unused]] const Ranges& ranges) {
  ImFontConfig config;
  // Dear ImGui only reads it.
  config.FontData = const_cast<unsigned char*>(source.data->bytes.data());
  config.FontDataSize = static_cast<int>(source.data->bytes.size());
  config.FontNo = static_cast<decltype(config.FontNo)>(source.data->face_index);  // unsigned in later ones
  config.SizePixels = line_px;
#if IMGUI_VERSION_NUM < 19200  // later ones draw what is asked for
  config.GlyphRanges = ranges.Data;
#endif
  config.OversampleV = 1;
  return config;
}

/// Without a copy of the font's file. Dear ImGui makes one per font and size (20 MB for Chinese) unless it is told
/// that the bytes are its own, and it frees its own: so it is told that first, and after that the truth.
ImFont* add_uncopied(ImFontAtlas& atlas, ImFontConfig& config) {
  config.FontDataOwnedByAtlas = true;
  ImFont* font = atlas.AddFont(&config);
#if IMGUI_VERSION_NUM >= 19200
  atlas.Sources.back().FontDataOwnedByAtlas = false;
#else
  atlas.ConfigData.back().FontDataOwnedByAtlas = false;
#endif
  return font;
}

void merge(ImFontAtlas& atlas, const Source& source, float em_px, const Ranges& ranges) {
  ImFontConfig config = config_for(source, std::round(em_px * source.line), ranges);
  config.MergeMode = true;
  config.OversampleH = 1;
  config.PixelSnapH = true;
  add_uncopied(atlas, config);
}

ImFont* add_font(ImFontAtlas& atlas, const Plan& plan, Face face, float line_px) {
  const Source& source = plan.faces[static_cast<std::size_t>(face)];
  ImFont* font = nullptr;
  const float em_px = line_px / line_per_em;
  if (source.line > 0) {
    ImFontConfig config = config_for(source, line_px, plan.text_ranges);
    config.OversampleH = em_px < 28 ? 2 : 1;
    // Figures in columns start on whole pixels.
    if (face == Face::Mono) {
      config.PixelSnapH = true;
      config.OversampleH = 1;
    }
    font = add_uncopied(atlas, config);
  } else {
    ImFontConfig config;
    config.SizePixels = line_px;
    font = atlas.AddFontDefault(&config);
  }
  if (plan.icons.line > 0) merge(atlas, plan.icons, em_px, plan.icon_ranges);
  const Source& chinese = face == Face::SansBold ? plan.cjk_bold : plan.cjk;
  if (chinese.line > 0 && (face != Face::Mono || !copies_glyphs)) merge(atlas, chinese, em_px, plan.cjk_ranges);
  return font;
}

#if IMGUI_VERSION_NUM < 19200
/// The Chinese characters of one font in another of the same size, from the same place of the texture: there are thousands, and
/// no other Chinese ones for figures.
void copy_cjk(const ImFont& from, ImFont& to) {
  const float down = std::round(to.Ascent) - std::round(from.Ascent);  // both stand on the line
  for (const ImFontGlyph& glyph : from.Glyphs) {
    if (!is_cjk(glyph.Codepoint)) continue;
    to.AddGlyph(nullptr, static_cast<ImWchar>(glyph.Codepoint), glyph.X0, glyph.Y0 + down, glyph.X1, glyph.Y1 + down, glyph.U0, glyph.V0,
                glyph.U1, glyph.V1, glyph.AdvanceX);
  }
  to.BuildLookupTable();
}
#endif

Plan make_plan(const FontFiles& files, const std::string& characters) {
  const auto source = [](const FontData& data) { return Source{&data, line_of(data)}; };
  Plan plan;
  plan.faces = {source(files.sans), source(files.sans_bold), source(files.mono)};
  // One of the three is better than a face that draws boxes.
  for (Source& face : plan.faces) {
    if (face.line > 0) continue;
    for (const Source& other : plan.faces) {
      if (other.line > 0) face = other;
    }
  }
  plan.icons = source(files.icons);
  plan.text_ranges = ranges_of(characters, true);
  plan.icon_ranges = ranges_of(icon::all, false);
  const std::string chinese = only_cjk(characters);
  if (!chinese.empty()) {
    plan.cjk = source(files.cjk);
    plan.cjk_bold = source(files.cjk_bold);
    if (plan.cjk_bold.line == 0) plan.cjk_bold = plan.cjk;
    plan.cjk_ranges = ranges_of(chinese + "，。、；：？！（）「」《》“”‘’…—", false);
  }
  return plan;
}

bool is_covered(const Built& built, const FontFiles& files, float pixels_per_point, float text_scale,
                const std::string& characters) {
  return built.files == &files && built.pixels_per_point == pixels_per_point && built.text_scale == text_scale &&
         (characters == built.asked || [&] {
           ImFontGlyphRangesBuilder have;
           have.AddText(built.characters.c_str());
           ImFontGlyphRangesBuilder want = have;
           want.AddText(characters.c_str());
           return std::equal(have.UsedChars.begin(), have.UsedChars.end(), want.UsedChars.begin());
         }());
}

}  // namespace

bool build_fonts(const FontFiles& files, float pixels_per_point, float text_scale, const std::string& characters) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  Built& built = built_atlases()[&atlas];
  if (atlas.Fonts.Size == font_count && is_covered(built, files, pixels_per_point, text_scale, characters)) {
    built.asked = characters;
    return false;
  }
  built = {pixels_per_point, text_scale, &files, characters, characters};

#if IMGUI_VERSION_NUM >= 19200  // rasterises on demand, at the density of the screen
  const float density = 1;
#else
  const float density = pixels_per_point;
#endif
  const Plan plan = make_plan(files, characters);
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  atlas.TexGlyphPadding = 1;
  for (int i = 0; i < font_count; ++i) {
    const float wanted = text_points(static_cast<Size>(i % size_count)) * text_scale;
    float line_px = std::round(wanted * density);
    if (plan.cjk.line > 0) line_px = std::min(line_px, std::round(largest_cjk_em * line_per_em));
    [[maybe_unused]] ImFont* font = add_font(atlas, plan, static_cast<Face>(i / size_count), line_px);
#if IMGUI_VERSION_NUM < 19200
    font->Scale = wanted / line_px;
#endif
  }
#if IMGUI_VERSION_NUM < 19200
  atlas.Build();  // now, while the ranges are alive
  if (plan.cjk.line > 0) {
    for (int size = 0; size < size_count; ++size) copy_cjk(*font(Face::Sans, static_cast<Size>(size)), *font(Face::Mono, static_cast<Size>(size)));
  }
#endif
  return true;
}

ImFont* font(Face face, Size size) {
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  if (atlas.Fonts.Size != font_count) return ImGui::GetFont();
  return atlas.Fonts[static_cast<int>(face) * size_count + static_cast<int>(size)];
}

float text_points(Size size) {
  switch (size) {
    case Size::Small: return text_small * line_per_em;
    case Size::Body: return text_body * line_per_em;
    case Size::Large: return text_large * line_per_em;
    case Size::Display: return text_display * line_per_em;
  }
  return text_body * line_per_em;
}

bool has_glyphs(const ImFont* font, std::string_view text) {
  if (font == nullptr) return false;
  // Whatever is behind the text: a character of one to four bytes, decoded by its first.
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
      c = c << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    i += length;
    if (c < 0x20) continue;
#if IMGUI_VERSION_NUM >= 19200
    if (!const_cast<ImFont*>(font)->IsGlyphInFont(static_cast<ImWchar>(c))) return false;
#else
    if (font->FindGlyphNoFallback(static_cast<ImWchar>(c)) == nullptr) return false;
#endif
  }
  return true;
}

void push_font(Face face, Size size, [[maybe_unused]] float text_scale) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font(face, size), text_points(size) * text_scale);
#else
  ImGui::PushFont(font(face, size));
#endif
}

void pop_font() { ImGui::PopFont(); }

}  // namespace ui
