// How well words fit a text.
#include "app/plain_words.h"

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

}  // namespace app
