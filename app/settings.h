// What the program remembers from one start to the next: language, theme, text size. In the user's
// configuration folder; a missing or broken file means the defaults.
#pragma once

#include <string>

#include "raft/explain/explain.h"
#include "ui/theme.h"

namespace app {

struct Settings {
  raft::explain::Language language = raft::explain::Language::English;
  ui::ThemeName theme = ui::ThemeName::Paper;
  float text_scale = 1;
  int speed_exponent = -5;
  friend bool operator==(const Settings&, const Settings&) = default;
};

/// $XDG_CONFIG_HOME/raftlab/settings.json, or ~/.config/raftlab/settings.json; "" if there is no such folder.
std::string settings_path();

/// The language is that of the surroundings (LC_ALL, LC_MESSAGES, LANG) until one has been chosen.
Settings load_settings(const std::string& path);

/// Returns what went wrong, or "".
std::string save_settings(const std::string& path, const Settings& settings);

}  // namespace app
