// The XDG conventions.
#include "app/user_folders.h"

#include "app/walkthrough_file.h"

#include <cstdlib>

namespace app {

namespace {

std::string folder(const char* variable, const char* in_home) {
  if (const std::string named = environment(variable); !named.empty()) return named + "/raftlab";
  const std::string home = environment("HOME");
  return home.empty() ? "" : home + in_home + "/raftlab";
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string data_folder() { return folder("XDG_DATA_HOME", "/.local/share"); }
std::string state_folder() { return folder("XDG_STATE_HOME", "/.local/state"); }

std::string path_of_name(const std::string& name) {
  std::string path = name.ends_with(walkthrough_ending) ? name : name + walkthrough_ending;
  if (const std::string home = environment("HOME"); path.starts_with("~/") && !home.empty()) path.replace(0, 1, home);
  return path.find('/') == std::string::npos ? data_folder() + "/" + path : path;
}

}  // namespace app
