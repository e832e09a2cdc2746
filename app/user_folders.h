// The user's own folders, as the XDG conventions place them. Nothing is made here.
#pragma once

#include <string>

namespace app {

/// "" if the variable is not set.
std::string environment(const char* name);

/// $XDG_DATA_HOME/raftlab or ~/.local/share/raftlab: what somebody has made. "" if there is no such place.
std::string data_folder();
/// $XDG_STATE_HOME/raftlab or ~/.local/state/raftlab: what the program needs to go on.
std::string state_folder();

/// Where a walkthrough is saved under a name that is typed: a name alone lies in data_folder().
std::string path_of_name(const std::string& name);

}  // namespace app
