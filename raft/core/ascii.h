// Letters, digits and marks of ASCII, the same wherever the program runs: those of <cctype> follow the system's language,
// in which a small "I" may be another letter. All other bytes are none of these and stay as they are.
#pragma once

#include <string>
#include <string_view>

namespace raft::ascii {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alnum(char c) { return is_upper(c) || is_lower(c) || is_digit(c); }
/// What can be seen and is no letter or digit.
constexpr bool is_punct(char c) { return c > ' ' && c <= '~' && !is_alnum(c); }

constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

inline std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all) c = to_lower(c);
  return all;
}

/// With a space for whatever controls a terminal or a printer.
inline std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if ((c >= '\0' && c < ' ') || c == '\x7F') c = ' ';
  }
  return line;
}

}  // namespace raft::ascii
