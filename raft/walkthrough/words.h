// Reading one line: its words with their columns, and the small values that words stand for. The parts
// of the parser throw a Problem; it never leaves raft/walkthrough.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/core/types.h"
#include "raft/sim/cluster_config.h"
#include "raft/walkthrough/names.h"

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
  /// Where `text` last stands in the line, before its comment; npos if it does not.
  std::size_t find_last(std::string_view text) const;
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
std::string trimmed(std::string_view text);

/// A word or "quoted text" of at most 64 bytes.
std::string read_text(WordReader& reader, std::string_view what);
/// As read_text reads it back: quoted where it must be.
std::string quoted_if_needed(std::string_view text);
std::string quoted(std::string_view text);
std::string free_text(std::string_view text);

std::int64_t read_number(WordReader& reader, std::string_view what, std::int64_t min, std::int64_t max);
sim::Time read_duration(WordReader& reader, std::string_view what);
std::string duration_text(sim::Time time);
sim::TimeRange read_range(WordReader& reader, std::string_view what);
sim::Ratio read_ratio(WordReader& reader, std::string_view what);
std::string ratio_text(sim::Ratio ratio);

NodeId read_node(WordReader& reader, const Names& names, std::string_view after);
/// One or more; stops at a word that cannot be a name of a node.
NodeSet read_nodes(WordReader& reader, const Names& names, std::string_view after);
bool looks_like_node(const Word& word);
/// A capital letter, then letters and digits.
bool is_node_name(const Word& word);
bool looks_like_client(const Word& word);
ClientId read_client(WordReader& reader);

/// KEY=VALUE, or a word that sets the key to itself; all of it may be one quoted text.
sim::CommandText read_write(WordReader& reader);
/// x=1 or sally, quoted where it must be
std::string write_text(const sim::CommandText& command);

inline constexpr sim::Time max_time = sim::Time{1000} * 3600 * 1'000'000;
inline constexpr std::size_t max_text = 64;

/// The nearest of the valid words, as "; did you mean 'x'?", or the list of them.
std::string suggestion(std::string_view wrong, const std::vector<std::string>& valid);
std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ");

}  // namespace raft::walkthrough
