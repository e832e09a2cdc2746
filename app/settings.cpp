// Settings as JSON. What cannot be read is left at its default.
#include "app/settings.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/files.h"
#include "app/user_folders.h"
#include "ui/action.h"

namespace app {

namespace {

raft::explain::Language language_of_surroundings() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = environment(name);
    if (value.empty()) continue;
    return value.starts_with("zh") ? raft::explain::Language::Chinese : raft::explain::Language::English;
  }
  return raft::explain::Language::English;
}

}  // namespace

std::string settings_path() {
  std::string folder = environment("XDG_CONFIG_HOME");
  if (folder.empty() && !environment("HOME").empty()) folder = environment("HOME") + "/.config";
  return folder.empty() ? "" : folder + "/raftlab/settings.json";
}

Settings load_settings(const std::string& path) {
  Settings settings;
  settings.language = language_of_surroundings();
  std::ifstream file(path);
  if (!file) return settings;
  const nlohmann::json json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object()) return settings;
  if (json.contains("language") && json["language"].is_string()) {
    settings.language =
        raft::explain::language_from_code(json["language"].get<std::string>()).value_or(settings.language);
  }
  if (json.contains("theme") && json["theme"].is_string()) {
    settings.theme = json["theme"] == "ink" ? ui::ThemeName::Ink : ui::ThemeName::Paper;
  }
  if (json.contains("text_scale") && json["text_scale"].is_number()) {
    settings.text_scale = std::clamp(json["text_scale"].get<float>(), 0.8F, 2.0F);
  }
  if (json.contains("speed_exponent") && json["speed_exponent"].is_number_integer()) {
    settings.speed_exponent =
        std::clamp(json["speed_exponent"].get<int>(), ui::slowest_exponent, ui::fastest_exponent);
  }
  return settings;
}

std::string save_settings(const std::string& path, const Settings& settings) {
  if (path.empty()) return "";
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  const nlohmann::ordered_json json = {{"language", raft::explain::language_code(settings.language)},
                                       {"theme", settings.theme == ui::ThemeName::Ink ? "ink" : "paper"},
                                       {"text_scale", settings.text_scale},
                                       {"speed_exponent", settings.speed_exponent}};
  return write_file_atomically(path, json.dump(2) + "\n");
}

}  // namespace app
