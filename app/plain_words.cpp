// How well words fit a text.
#include "app/plain_words.h"

#include <algorithm>

namespace app {

namespace {

bool is_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) == 0; }

}  // namespace

std::vector<std::string> tokens_of(std::string_view text) {
  std::vector<std::string> tokens;
  bool open = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t') {
      open = false;
      continue;
    }
    if (open && is_ascii(c) != is_ascii(tokens.back().back())) open = false;
    if (!open) tokens.emplace_back();
    tokens.back() += c;
    open = true;
  }
  return tokens;
}

namespace {

/// How well a word that was typed fits a text: 3 where a word starts with it, 2 inside a word, 1 with letters left out.
int fit(const std::string& token, const std::string& text) {
  const std::size_t at = text.find(token);
  if (at != std::string::npos) return at == 0 || text[at - 1] == ' ' || !is_ascii(token[0]) ? 3 : 2;
  if (token.size() < 4 || !is_ascii(token[0])) return 0;
  for (const std::string& word : tokens_of(text)) {
    std::size_t found = 0;
    for (const char c : word) found += found < token.size() && c == token[found] ? 1 : 0;
    if (found == token.size() && word[0] == token[0]) return 1;
  }
  return 0;
}

}  // namespace

int fit_all(const std::vector<std::string>& tokens, const std::string& text) {
  int sum = 0;
  for (const std::string& token : tokens) {
    const int how = fit(token, text);
    if (how == 0) return 0;
    sum += how;
  }
  return sum;
}

namespace {

/// The words between spaces, each with the spaces before it.
std::vector<std::string> words_with_spaces(const std::string& text) {
  std::vector<std::string> words;
  bool in_word = true;
  for (const char c : text) {
    if (words.empty() || (in_word && c == ' ')) words.emplace_back();
    in_word = c != ' ';
    words.back() += c;
  }
  return words;
}

std::string_view without_spaces(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
  return word;
}

bool looks_like_write(std::string_view word) {
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 && equals + 1 < word.size() && word.find_first_of("\"<>!") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> with_command_in_quotes(const std::string& typed) {
  std::vector<std::string> words = words_with_spaces(typed);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view before = without_spaces(words[i - 1]);
    const std::string write(without_spaces(words[i]));
    if ((before != "stored" && before != "committed") || !looks_like_write(write)) continue;
    const bool compares = i + 1 < words.size() && without_spaces(words[i + 1]).find_first_of("=<>!") == 0;
    words[i] = " \"" + write + "\"" + (compares ? "" : " >= 1");
    std::string all;
    for (const std::string& word : words) all += word;
    return all;
  }
  return std::nullopt;
}

}  // namespace app
