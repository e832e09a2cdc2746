// Finding a text by some of its words, typed in any order and in any language of the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace app {

/// Words in Latin letters and stretches of Chinese ones: "杀死A" is two.
std::vector<std::string> tokens_of(std::string_view text);

/// How well all the words fit a text, the more the better; 0: one of them does not.
int fit_all(const std::vector<std::string>& tokens, const std::string& text);

}  // namespace app
