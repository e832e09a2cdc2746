// Settings as JSON. What cannot be read is left at its default.
#include "app/settings.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include <nlohmann/json.hpp>

#include "app/kept_json.h"
#include "ui/action.h"

namespace app {

namespace {

raft::explain::Language language_of_surroundings() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? raft::explain::Language::Chinese
                                                     : raft::explain::Language::English;
  }
  return raft::explain::Language::English;
}

void read_flag(const nlohmann::json& json, const char* name, bool& flag) {
  if (json.contains(name) && json[name].is_boolean()) flag = json[name].get<bool>();
}

}  // namespace

std::string settings_path() { return path_in_user_folder("XDG_CONFIG_HOME", ".config", "settings.json"); }

Settings settings_from(const nlohmann::json& json) {
  Settings settings;
  settings.language = language_of_surroundings();
  if (json.contains("language") && json["language"].is_string()) {
    settings.language =
        raft::explain::language_from_code(json["language"].get<std::string>()).value_or(settings.language);
  }
  if (json.contains("theme") && json["theme"].is_string()) {
    settings.theme = json["theme"] == "ink" ? ui::ThemeName::Ink : ui::ThemeName::Paper;
  }
  if (json.contains("text_scale") && json["text_scale"].is_number()) {
    const auto scale = json["text_scale"].get<double>();
    if (std::isfinite(scale)) settings.text_scale = static_cast<float>(std::clamp(scale, 0.8, 2.0));
  }
  if (json.contains("speed_exponent") && json["speed_exponent"].is_number_integer()) {
    const auto exponent = json["speed_exponent"].get<std::int64_t>();
    settings.speed_exponent = static_cast<int>(
        std::clamp<std::int64_t>(exponent, ui::slowest_exponent, ui::fastest_exponent));
  }
  read_flag(json, "room", settings.room);
  read_flag(json, "hide_heartbeats", settings.hide_heartbeats);
  read_flag(json, "reduced_motion", settings.reduced_motion);
  return settings;
}

nlohmann::json json_of(const Settings& settings) {
  return {{"language", raft::explain::language_code(settings.language)},
          {"theme", settings.theme == ui::ThemeName::Ink ? "ink" : "paper"},
          {"text_scale", settings.text_scale},
          {"speed_exponent", settings.speed_exponent},
          {"room", settings.room},
          {"hide_heartbeats", settings.hide_heartbeats},
          {"reduced_motion", settings.reduced_motion}};
}

}  // namespace app
