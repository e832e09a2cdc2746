// Asks fontconfig for the families that the window wants; which size and which characters, ui/fonts.cpp decides.
#include "app/font_files.h"

#include <fontconfig/fontconfig.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace app {

namespace {

std::vector<unsigned char> read_bytes(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return {};
  std::vector<unsigned char> bytes(size);  // and no more: it may be 20 MB
  std::ifstream file(path, std::ios::binary);
  if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size))) return {};
  return bytes;
}

/// The best match for a family; empty when fontconfig would hand out some other family instead.
ui::FontData find(FcConfig* config, const char* family, int weight) {
  ui::FontData found;
  FcPattern* wanted = FcPatternCreate();
  FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddInteger(wanted, FC_WEIGHT, weight);
  FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
  FcConfigSubstitute(config, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result = FcResultNoMatch;
  FcPattern* match = FcFontMatch(config, wanted, &result);
  FcChar8* file = nullptr;
  FcChar8* matched_family = nullptr;
  if (match != nullptr && FcPatternGetString(match, FC_FAMILY, 0, &matched_family) == FcResultMatch &&
      FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch &&
      std::string_view(reinterpret_cast<const char*>(matched_family)) == family) {
    found.bytes = read_bytes(reinterpret_cast<const char*>(file));
    int index = 0;
    if (FcPatternGetInteger(match, FC_INDEX, 0, &index) == FcResultMatch) found.face_index = index & 0xFFFF;
  }
  if (match != nullptr) FcPatternDestroy(match);
  FcPatternDestroy(wanted);
  return found;
}

}  // namespace

ui::FontFiles find_fonts() {
  ui::FontFiles files;
  FcConfig* config = FcInitLoadConfigAndFonts();
  if (config == nullptr) return files;
  files.sans = find(config, "Inter", FC_WEIGHT_REGULAR);
  files.sans_bold = find(config, "Inter", FC_WEIGHT_DEMIBOLD);
  files.mono = find(config, "JetBrains Mono", FC_WEIGHT_REGULAR);
  files.cjk = find(config, "Noto Sans CJK SC", FC_WEIGHT_REGULAR);
  files.cjk_bold = find(config, "Noto Sans CJK SC", FC_WEIGHT_BOLD);
  files.icons = find(config, "FontAwesome", FC_WEIGHT_REGULAR);
  FcConfigDestroy(config);
  return files;
}

}  // namespace app
