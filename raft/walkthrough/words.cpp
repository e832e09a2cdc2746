// A line as words with their places, free text, quoting, and what to suggest for a wrong word.
// Not here: the values that words stand for (values.cpp).
#include "raft/walkthrough/words.h"

#include <algorithm>

#include "raft/core/ascii.h"

namespace raft::walkthrough {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_word_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || ascii::is_alnum(c) || std::string_view("_-./+@%~").find(c) != std::string_view::npos;
}

/// The end of the quoted text that starts at `begin`; npos if it never ends.
std::size_t end_of_quote(std::string_view line, std::size_t begin) {
  for (std::size_t i = begin + 1; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::string unquoted(std::string_view quoted_text) {
  std::string text;
  for (std::size_t i = 1; i + 1 < quoted_text.size(); ++i) {
    if (quoted_text[i] == '\\') ++i;
    text += quoted_text[i];
  }
  return text;
}

std::size_t symbol_length(std::string_view rest) {
  for (const std::string_view two : {"->", "!=", "<=", ">="}) {
    if (rest.substr(0, 2) == two) return 2;
  }
  return std::string_view("|:=<>()[]*+").find(rest[0]) != std::string_view::npos ? 1 : 0;
}

std::size_t end_of_plain(std::string_view line, std::size_t begin) {
  std::size_t end = begin;
  while (end < line.size() && is_word_char(line[end]) && line.substr(end, 2) != "->") ++end;
  return end;
}

}  // namespace

int column_at(std::string_view line, std::size_t byte) {
  int column = 1;
  for (std::size_t i = 0; i < byte && i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U) ++column;
  }
  return column;
}

std::size_t control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool harmless = byte == '\t' || byte == '\n' || byte == '\r';
    const bool second_row = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if ((byte < 0x20 && !harmless) || byte == 0x7F || second_row) return i;
  }
  return std::string_view::npos;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::size_t WordReader::read_word(std::size_t at, Word& word) const {
  const std::string_view rest = line_.substr(at);
  if (rest[0] == '"') {
    const std::size_t end = end_of_quote(line_, at);
    if (end == std::string_view::npos) {
      word.kind = Word::Kind::Bad;
      word.text = "the quoted text is not closed by '\"'";
      return line_.size();
    }
    word.kind = Word::Kind::Quoted;
    word.text = unquoted(line_.substr(at, end - at));
    if (control_character(word.text) != std::string_view::npos) {
      word.kind = Word::Kind::Bad;
      word.text = "there is an invisible control character in the quoted text; delete it";
    }
    return end;
  }
  const bool joins_lists = rest.substr(0, 2) == "+[";
  if (is_word_char(rest[0]) && rest.substr(0, 2) != "->" && !joins_lists) {
    word.kind = Word::Kind::Plain;
    word.text = line_.substr(at, end_of_plain(line_, at) - at);
    return at + word.text.size();
  }
  if (const std::size_t length = symbol_length(rest); length > 0) {
    word.kind = Word::Kind::Symbol;
    word.text = rest.substr(0, length);
    return at + length;
  }
  const bool visible = rest[0] > ' ' && rest[0] < 0x7F;
  word.kind = Word::Kind::Bad;
  word.text = "unexpected " + (visible ? "'" + std::string(1, rest[0]) + "'" : std::string("control character")) +
              "; text that is not a plain word stands in double quotes";
  return line_.size();
}

WordReader::WordReader(std::string_view line) : line_(line) {
  std::size_t at = 0;
  std::size_t counted_to = 0;
  int column = 1;
  while (true) {
    const std::size_t before = at;
    while (at < line.size() && is_space(line[at])) ++at;
    column += column_at(line.substr(counted_to), at - counted_to) - 1;
    counted_to = at;
    Word word;
    word.column = column;
    word.begin = at;
    word.glued = at == before && at > 0;
    if (at == line.size() || line[at] == '#') {
      text_end_ = at;
      word.end = at;
      words_.push_back(std::move(word));
      return;
    }
    at = read_word(at, word);
    word.end = at;
    words_.push_back(std::move(word));
  }
}

const Word& WordReader::peek(std::size_t ahead) const {
  const Word& word = words_[std::min(position_ + ahead, words_.size() - 1)];
  if (word.kind == Word::Kind::Bad) throw Problem{word.column, word.text};
  return word;
}

std::optional<std::string> WordReader::comment() const {
  if (text_end_ >= line_.size()) return std::nullopt;
  return trimmed(line_.substr(text_end_ + 1));
}

const Word& WordReader::next() {
  const Word& word = peek();
  if (position_ + 1 < words_.size()) ++position_;
  return word;
}

bool WordReader::is(std::string_view text) const {
  const Word& word = peek();
  return (word.kind == Word::Kind::Plain || word.kind == Word::Kind::Symbol) && word.text == text;
}

bool WordReader::take(std::string_view text) {
  if (!is(text)) return false;
  next();
  return true;
}

void WordReader::fail(std::string text) const { throw Problem{peek().column, std::move(text)}; }

void WordReader::expect(std::string_view text, std::string_view after) {
  if (take(text)) return;
  fail("expected '" + std::string(text) + "' after " + std::string(after) +
       (at_end() ? "" : ", not '" + peek().text + "'"));
}

void WordReader::expect_end() const {
  if (!at_end()) fail("unexpected '" + peek().text + "': the line should end before it");
}

std::string free_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '#' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

std::string quoted_if_needed(std::string_view text) {
  const bool plain = !text.empty() && end_of_plain(text, 0) == text.size();
  return plain ? std::string(text) : quoted(text);
}

std::string joined(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

namespace {

/// How many letters differ: insertions, deletions, changes, swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::vector<std::size_t> row_before_that;
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row_before_that = before;
    before = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], row_before_that[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string suggestion(std::string_view wrong, const std::vector<std::string>& valid) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::min<std::size_t>(3, std::max<std::size_t>(1, wrong.size() / 2) + 1);
  if (wrong.size() <= max_text) {
    for (const std::string& word : valid) {
      const std::size_t distance = edit_distance(wrong, word);
      if (distance >= best_distance) continue;
      best = &word;
      best_distance = distance;
    }
  }
  return best != nullptr ? "did you mean '" + *best + "'?" : "it is one of: " + joined(valid);
}

void nearest_first(std::string_view wrong, std::vector<std::string>& words) {
  if (wrong.size() > max_text) return;
  std::stable_sort(words.begin(), words.end(), [wrong](const std::string& a, const std::string& b) {
    return edit_distance(wrong, a) < edit_distance(wrong, b);
  });
}

namespace {

/// Where free text from `begin` on ends: at its comment.
std::size_t end_of_text(std::string_view line, std::size_t begin) {
  std::size_t at = begin;
  for (; at < line.size() && line[at] != '#'; ++at) {
    if (line[at] == '\\') ++at;
  }
  return std::min(at, line.size());
}

}  // namespace

std::vector<std::size_t> WordReader::places_of(std::string_view text) const {
  const std::size_t begin = words_[position_].begin;
  const std::string_view before = line_.substr(0, end_of_text(line_, begin));
  std::vector<std::size_t> places;
  for (std::size_t at = before.rfind(text); at != std::string_view::npos && at >= begin; at = before.rfind(text, at - 1)) {
    places.push_back(at);
    if (at == 0) break;
  }
  return places;
}

std::string WordReader::rest_as_text(std::size_t end_at) {
  const std::size_t begin = words_[position_].begin;
  const std::size_t end = std::min(end_at, end_of_text(line_, begin));
  std::string text;
  for (std::size_t at = begin; at < end; ++at) {
    const bool escaped = line_[at] == '\\' && at + 1 < end && (line_[at + 1] == '#' || line_[at + 1] == '\\');
    if (escaped) ++at;
    text += line_[at];
  }
  words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(position_), words_.end());
  WordReader rest(end_at == std::string_view::npos ? std::string_view{} : line_.substr(end));
  for (Word word : rest.words_) {
    word.column += column_at(line_, end) - 1;
    word.begin += end;
    word.end += end;
    words_.push_back(std::move(word));
  }
  // After free text that ends early the line goes on in words, and quotes hide a #.
  text_end_ = end == end_at ? end + rest.text_end_ : end;
  return trimmed(text);
}

}  // namespace raft::walkthrough
