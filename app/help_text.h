// The reference that `raftlab help` prints, made from the tables that the program itself uses.
#pragma once

#include <string>

namespace app {

std::string help_overview();
std::string help_language();
std::string help_keys();
std::string help_rules();

}  // namespace app
