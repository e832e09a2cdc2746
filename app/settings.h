// What a person has chosen once and for all: language, theme, text size, less motion. In the user's configuration
// folder. Where somebody left off is in progress.h.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "raft/explain/explain.h"
#include "ui/theme.h"

namespace app {

struct Settings {
  raft::explain::Language language = raft::explain::Language::English;
  ui::ThemeName theme = ui::ThemeName::Paper;
  float text_scale = 1;
  int speed_exponent = -5;
  bool room = false;
  bool hide_heartbeats = false;
  bool reduced_motion = false;
  friend bool operator==(const Settings&, const Settings&) = default;
};

/// $XDG_CONFIG_HOME/raftlab/settings.json, or ~/.config/raftlab/settings.json; "" if there is no such folder.
std::string settings_path();

/// What is missing or of the wrong sort has its default. The language is that of the surroundings (LC_ALL,
/// LC_MESSAGES, LANG) until one has been chosen.
Settings settings_from(const nlohmann::json& json);
nlohmann::json json_of(const Settings& settings);

}  // namespace app
