// Reading one line: its words with their columns. The small values that words stand for are in values.h. The parts
// of the parser throw a Problem; it never leaves raft/walkthrough.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raft::walkthrough {

/// What is wrong with a line, and where in it.
struct Problem {
  int column = 0;
  std::string text;
};

struct Word {
  enum class Kind : std::uint8_t { Plain, Quoted, Symbol, End, Bad };
  Kind kind = Kind::End;
  std::string text;     // of quoted text: without the quotes
  int column = 0;       // in characters, from 1
  bool glued = false;   // nothing between it and the word before
  std::size_t begin = 0;  // bytes of the line
  std::size_t end = 0;
};

/// The words of a line, read from left to right.
class WordReader {
 public:
  explicit WordReader(std::string_view line);

  /// Throws a Problem at a character that belongs to no word; free text may hold any.
  const Word& peek(std::size_t ahead = 0) const;
  const Word& next();
  bool at_end() const { return peek().kind == Word::Kind::End; }
  bool is(std::string_view text) const;         // an unquoted word or a symbol
  bool take(std::string_view text);             // the same, and goes past it
  void expect(std::string_view text, std::string_view after);
  void expect_end() const;
  [[noreturn]] void fail(std::string text) const;  // at the next word

  /// The rest of the line as free text: # ends it, \# and \\ are # and \.
  /// It ends before byte `end_at` of the line at the latest; reading goes on there.
  std::string rest_as_text(std::size_t end_at = std::string_view::npos);
  /// The rest of the line from byte `begin` of it on, read by words; reading starts anew there.
  WordReader from(std::size_t begin) const { return WordReader(line_.substr(begin)); }
  /// Where `text` stands in the rest of the line, before the first # that free text would end at; the last place first.
  std::vector<std::size_t> places_of(std::string_view text) const;
  int column_of_rest() const { return words_[position_].column; }
  /// What follows the # that ended the line, once the line has been read; nothing if there is none.
  std::optional<std::string> comment() const;

 private:
  std::size_t read_word(std::size_t at, Word& word) const;

  std::string_view line_;
  std::vector<Word> words_;
  std::size_t position_ = 0;
  std::size_t text_end_ = 0;
};

int column_at(std::string_view line, std::size_t byte);
/// Of the first character that a terminal would obey and nobody sees, but for ends of lines and tabs; npos if there is none.
std::size_t control_character(std::string_view text);
std::string trimmed(std::string_view text);

/// As read_text (values.h) reads it back: quoted where it must be.
std::string quoted_if_needed(std::string_view text);
std::string quoted(std::string_view text);
std::string free_text(std::string_view text);

inline constexpr std::size_t max_text = 64;

/// The nearest of the valid words, as "; did you mean 'x'?", or the list of them.
std::string suggestion(std::string_view wrong, const std::vector<std::string>& valid);
/// Those that it differs from in the fewest letters come first; else the order stays.
void nearest_first(std::string_view wrong, std::vector<std::string>& words);
std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

}  // namespace raft::walkthrough
