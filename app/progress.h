// Where somebody left off: the place of the window, its splitters, how far each walkthrough has been seen, the files
// opened last. In the user's state folder; what a person has chosen is in settings.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/platform.h"

namespace app {

/// Of one walkthrough.
struct Seen {
  int step = 0;   // how many steps, at most; 0: it was opened, no more
  int left_at = 0;  // steps seen when it was left: where it is taken up again
  bool done = false;
  friend bool operator==(const Seen&, const Seen&) = default;
};

struct Progress {
  std::optional<WindowPlace> window;
  float right_width = 0;  // splitters; 0: by the layout
  float log_height = 0;
  bool lecture_path = false;
  std::string last;                   // the walkthrough that was open, as in `seen`
  std::map<std::string, Seen> seen;   // by the name of a shipped one, or by path
  std::vector<std::string> recent;    // paths of the person's own files, the latest first
  friend bool operator==(const Progress&, const Progress&) = default;

  void opened(const std::string& name);
  void opened_file(const std::string& path);
};

/// $XDG_STATE_HOME/raftlab/progress.json, or ~/.local/state/raftlab/progress.json; "" if there is no such folder.
std::string progress_path();

Progress progress_from(const nlohmann::json& json);
nlohmann::json json_of(const Progress& progress);
/// What this window has reached and what another one has, which has written it since `now` was `before`.
Progress merged(Progress now, const Progress& before, const Progress& others);

}  // namespace app
