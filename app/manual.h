// What a package ships beside the program: the manual page and the completions of three shells, from call_table.h.
#pragma once

#include <string>

namespace app {

std::string manual_page();
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace app
