// The shipped texts, and what can be asked of a text. Nothing here knows which texts there should be.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "raft/explain/explain.h"
#include "tests/support/tree.h"

namespace raft::test {

inline std::string read_source(const std::string& path) {
  std::ifstream file(source_dir() + "/" + path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

inline explain::Words load(explain::Language language) {
  std::string error;
  const std::string path = std::string("assets/text/") + explain::language_code(language) + ".toml";
  std::optional<explain::Words> words = explain::Words::parse(language, read_source(path), error);
  if (!words) FAIL(error);
  return *words;
}

inline const explain::Words& english() {
  static const explain::Words words = load(explain::Language::English);
  return words;
}
inline const explain::Words& chinese() {
  static const explain::Words words = load(explain::Language::Chinese);
  return words;
}
inline std::initializer_list<const explain::Words*> both_languages() {
  static const std::initializer_list<const explain::Words*> both = {&english(), &chinese()};
  return both;
}

/// What a text asks for: {name} as "name", {name|one|many} as "name|" (Chinese has no plural to choose).
inline std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    REQUIRE(close != std::string_view::npos);
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    const std::size_t bar = inside.find('|');
    names.emplace(inside.substr(0, bar == std::string_view::npos ? bar : bar + 1));
  }
  return names;
}
/// The numbers, the nodes B to H and the clients that a sentence names. Not A and I, which are also English words.
inline std::set<std::string> named_facts(std::string_view sentence) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::set<std::string> facts;
  for (std::size_t i = 0; i < sentence.size();) {
    std::size_t end = i;
    while (end < sentence.size() && (is_letter(sentence[end]) || is_digit(sentence[end]))) ++end;
    const std::string_view word = sentence.substr(i, end - i);
    const bool node = word.size() == 1 && word[0] > 'A' && word[0] <= 'H';
    if (node || (!word.empty() && is_digit(word.back()))) facts.emplace(word);
    i = std::max(end, i + 1);
  }
  return facts;
}

inline std::set<std::string> values(std::string_view text) {
  std::set<std::string> names = placeholders(text);
  std::erase_if(names, [](const std::string& name) { return name.back() == '|'; });
  return names;
}

inline std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

/// A sentence is finished: nothing left to put in, nothing empty, no key instead of a text.
inline void check_finished(const explain::Words& words, const std::string& sentence) {
  CAPTURE(sentence);
  CHECK_FALSE(sentence.empty());
  CHECK(sentence.find_first_of("{}") == std::string::npos);
  CHECK(sentence.find("  ") == std::string::npos);
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t i = 1; i + 1 < sentence.size(); ++i) {
    CHECK_FALSE((sentence[i] == '.' && is_letter(sentence[i - 1]) && is_letter(sentence[i + 1])));  // event.start
  }
  const auto is_wide = [](char c) { return static_cast<unsigned char>(c) >= 0xE3; };
  const auto is_tail = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  for (std::size_t i = 1; i + 1 < sentence.size(); ++i) {
    CHECK_FALSE((sentence[i] == ' ' && is_tail(sentence[i - 1]) && is_wide(sentence[i + 1])));  // 汉 字
  }
  const bool opens_with_client = sentence[0] == 'c' && sentence[1] >= '0' && sentence[1] <= '9';
  CHECK((!is_letter(sentence[0]) || opens_with_client));
  const bool is_chinese = words.language() == explain::Language::Chinese;
  CHECK((sentence.ends_with(is_chinese ? "。" : ".")));
}

}  // namespace raft::test
