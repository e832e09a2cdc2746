// The tables of texts: reading them, and putting facts in place of {names}.
#include <set>
#include <sstream>
#include <toml++/toml.h>

#include "raft/core/ascii.h"
#include "raft/explain/explain.h"

namespace raft::explain {

const char* language_code(Language language) {
  switch (language) {
    case Language::English: return "en";
    case Language::Chinese: return "zh";
  }
  return "";
}

std::optional<Language> language_from_code(std::string_view code) {
  if (code == "en") return Language::English;
  if (code == "zh") return Language::Chinese;
  return std::nullopt;
}

namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

std::string at_place(Language language, const toml::source_region& source, std::string_view message) {
  std::ostringstream out;
  out << language_code(language) << ".toml:" << source.begin.line << ':' << source.begin.column << ": " << message;
  return out.str();
}

/// Tables inside tables become dotted keys. False and `error` at the first value that is not a text.
bool flatten(Language language, const toml::table& table, const std::string& prefix, Texts& texts,
             std::string& error) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const toml::table* inner = node.as_table()) {
      if (!flatten(language, *inner, key + ".", texts, error)) return false;
      continue;
    }
    const toml::value<std::string>* text = node.as_string();
    if (text == nullptr) {
      error = at_place(language, node.source(), key + " is not a text in quotes");
      return false;
    }
    if (!texts.emplace(key, text->get()).second) {
      error = at_place(language, node.source(), key + " has two texts");
      return false;
    }
  }
  return true;
}

std::size_t character_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

const Fact* find_fact(const std::vector<Fact>& facts, std::string_view name) {
  for (const Fact& fact : facts) {
    if (fact.name == name) return &fact;
  }
  return nullptr;
}

/// What stands for one placeholder, given without its braces; nullopt if no fact fits.
std::optional<std::string> replacement(std::string_view placeholder, const std::vector<Fact>& facts,
                                       bool opens_sentence) {
  const std::size_t bar = placeholder.find('|');
  const Fact* fact = find_fact(facts, placeholder.substr(0, bar));
  if (fact == nullptr) return std::nullopt;
  if (bar == std::string_view::npos) {
    std::string text = fact->text;
    if (opens_sentence && fact->is_phrase && !text.empty()) text[0] = ascii::to_upper(text[0]);
    return text;
  }
  const std::string_view choices = placeholder.substr(bar + 1);
  const std::size_t middle = choices.find('|');
  if (!fact->is_count || middle == std::string_view::npos) return std::nullopt;
  return std::string(fact->count == 1 ? choices.substr(0, middle) : choices.substr(middle + 1));
}

// --- Chinese typography ---------------------------------------------------------------------------------------

bool is_latin(char c) { return ascii::is_alnum(c); }

/// Whether a character of three bytes, which starts at `i`, is a Han character (not punctuation).
bool is_han(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  return byte >= 0xE4 && byte <= 0xE9;  // U+4000 to U+9FFF, near enough
}

bool is_wide(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  return is_han(text, i) || byte == 0xE3 || byte == 0xEF;  // and full-width punctuation
}

std::size_t start_of_last_character(std::string_view text) {
  std::size_t i = text.size() - 1;
  while (i > 0 && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) --i;
  return i;
}

/// Appends `piece` so that Han characters stand apart from Latin letters and digits, and from nothing else.
void append_spaced(std::string& text, std::string_view piece) {
  if (text.empty() || piece.empty()) {
    text += piece;
    return;
  }
  std::string_view left = text;
  std::string_view right = piece;
  if (left.back() == ' ') left.remove_suffix(1);
  if (right.front() == ' ') right.remove_prefix(1);
  if (left.empty() || right.empty()) {
    text += piece;
    return;
  }
  const std::size_t last = start_of_last_character(left);
  const bool together = is_wide(left, last) && is_wide(right, 0);
  const bool apart = (is_han(left, last) && is_latin(right[0])) || (is_latin(left[last]) && is_han(right, 0));
  if (!together && !apart) {
    text += piece;
    return;
  }
  text.resize(left.size());
  if (apart) text += ' ';
  text += right;
}

/// Each once, in the order of their code points, as UTF-8 sorts.
std::string characters_of(const std::map<std::string, std::string, std::less<>>& texts) {
  std::set<std::string> characters;
  for (const auto& [key, text] : texts) {
    for (std::size_t i = 0; i < text.size(); i += character_length(text[i])) {
      characters.insert(text.substr(i, character_length(text[i])));
    }
  }
  std::string all;
  for (const std::string& character : characters) all += character;
  return all;
}

}  // namespace

std::optional<Words> Words::parse(Language language, std::string_view toml, std::string& error) {
  Words words;
  words.language_ = language;
  // toml++ speaks through exceptions; they end here.
  try {
    const toml::table table = toml::parse(toml);
    if (!flatten(language, table, "", words.texts_, error)) return std::nullopt;
  } catch (const toml::parse_error& problem) {
    error = at_place(language, problem.source(), ascii::one_line(problem.description()));
    return std::nullopt;
  }
  words.all_characters_ = characters_of(words.texts_);
  return words;
}

const std::string& Words::text(std::string_view key) const {
  if (const auto found = texts_.find(key); found != texts_.end()) return found->second;
  return missing_.emplace(std::string(key), std::string(key)).first->second;
}

bool Words::has(std::string_view key) const { return texts_.find(key) != texts_.end(); }

std::vector<std::string> Words::keys() const {
  std::vector<std::string> keys;
  keys.reserve(texts_.size());
  for (const auto& [key, text] : texts_) keys.push_back(key);
  return keys;
}

std::string Words::fill(std::string_view key, const std::vector<Fact>& facts) const {
  const std::string_view text = this->text(key);
  std::string result;
  const auto append = [this, &result](std::string_view piece) {
    if (language_ == Language::Chinese) {
      append_spaced(result, piece);
    } else {
      result += piece;
    }
  };
  std::size_t done = 0;
  while (done < text.size()) {
    const std::size_t open = text.find('{', done);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    append(text.substr(done, open - done));
    const std::string_view placeholder = text.substr(open + 1, close - open - 1);
    const std::optional<std::string> fact = replacement(placeholder, facts, open == 0);
    append(fact ? std::string_view(*fact) : text.substr(open, close - open + 1));
    done = close + 1;
  }
  append(text.substr(done));
  return result;
}

}  // namespace raft::explain
