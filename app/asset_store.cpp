// Looks for the assets beside the program and above it; reads and lists them.
#include "app/asset_store.h"

#include <algorithm>
#include <filesystem>

#include "app/files.h"

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_asset_bytes = std::size_t{16} << 20U;

bool holds_assets(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / "text" / "en.toml", code);
}

std::string find_folder() {
  std::error_code code;
  const fs::path program = fs::read_symlink("/proc/self/exe", code).parent_path();
  if (program.empty()) return "";
  const fs::path installed = program.parent_path() / "share" / "raftlab" / "assets";
  if (holds_assets(installed)) return installed.string();
  for (fs::path above = program;; above = above.parent_path()) {
    if (holds_assets(above / "assets")) return (above / "assets").string();
    if (above == above.parent_path()) return "";
  }
}

}  // namespace

std::string asset_folder() {
  static const std::string folder = find_folder();
  return folder;
}

std::string asset_path(const std::string& name) { return (fs::path(asset_folder()) / name).string(); }

std::optional<std::string> read_asset(const std::string& name, std::string& error) {
  if (asset_folder().empty()) {
    error = "assets: the folder with the texts and walkthroughs is missing; expected in ../share/raftlab/assets";
    return std::nullopt;
  }
  std::string why;
  std::optional<std::string> text = read_file(asset_path(name), max_asset_bytes, why);
  if (!text) error = asset_path(name) + ": " + why;
  return text;
}

std::vector<std::string> list_assets(const std::string& folder, const std::string& ending) {
  std::vector<std::string> names;
  std::error_code code;
  const fs::path root = asset_folder();
  for (fs::recursive_directory_iterator entry(root / folder, code), end; entry != end; entry.increment(code)) {
    if (code) break;
    const std::string name = fs::relative(entry->path(), root, code).generic_string();
    if (entry->is_regular_file(code) && name.ends_with(ending)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<raft::explain::Words> read_words(raft::explain::Language language, std::string& error) {
  const std::string name = std::string("text/") + raft::explain::language_code(language) + ".toml";
  const std::optional<std::string> text = read_asset(name, error);
  if (!text) return std::nullopt;
  std::string why;
  std::optional<raft::explain::Words> words = raft::explain::Words::parse(language, *text, why);
  if (!words) error = asset_path(name) + ": " + why;
  return words;
}

}  // namespace app
