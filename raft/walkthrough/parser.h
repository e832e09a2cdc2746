// What the parts of the parser share. Outside of raft/walkthrough only for what writes a file line by line, as the explorer
// does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "raft/walkthrough/walkthrough.h"
#include "raft/walkthrough/words.h"

namespace raft::walkthrough {

/// A line of the head before it is understood: the cluster's names may come later.
struct RawLine {
  int line = 0;
  std::string_view text;
};

/// The text with "…" for the rest of each word of more than 100 bytes: a line stays a line, whatever it quotes.
std::string with_words_cut(std::string_view text);

/// Collects errors up to a limit; parsing goes on at the next line.
class ErrorList {
 public:
  ErrorList(std::string file, std::size_t limit, std::vector<Diagnostic>& errors)
      : file_(std::move(file)), limit_(limit), errors_(errors) {}
  void add(Place place, std::string_view text) {
    if (!full()) errors_.push_back({file_, place.line, place.column, with_words_cut(text)});
  }
  bool full() const { return errors_.size() >= limit_; }
  bool any() const { return !errors_.empty(); }
  const std::string& file() const { return file_; }
  ErrorList for_file(const std::string& file) const { return {file, limit_, errors_}; }

 private:
  std::string file_;
  std::size_t limit_;
  std::vector<Diagnostic>& errors_;
};

/// head.cpp: understands the head's lines and fills in what follows from them.
void read_head(const std::vector<RawLine>& lines, Walkthrough& walkthrough, const ParseOptions& options,
               ErrorList& errors);

/// steps.cpp: everything from the first step, which is line `from`, to the end.
void read_steps(const std::vector<RawLine>& lines, std::size_t from, Walkthrough& walkthrough, ErrorList& errors);

/// given.cpp: `given NODE …`, and whether Raft could ever reach the given states.
sim::GivenNode read_given(WordReader& reader, const Names& names);
std::string given_text(const sim::GivenNode& given, const Names& names);
void check_given(const Walkthrough& walkthrough, const std::vector<Place>& places, ErrorList& errors);

/// Comments are kept for the canonical form. `reader` has read the line.
void keep_comment(const RawLine& raw, const WordReader& reader, Walkthrough& walkthrough);

/// A text as its lines, counted from 1.
std::vector<RawLine> lines_of(std::string_view text);

/// `LANG: text` after title, say, …; the text ends before byte `end` of the line.
LocalText read_local_text(WordReader& reader, std::string_view after, std::size_t end = std::string_view::npos);
check::Property read_property(WordReader& reader);

/// Byte offset of the first byte that is not UTF-8; npos if all is.
std::size_t invalid_utf8(std::string_view text);

/// True for a first word of the head.
bool is_head_word(std::string_view word);

}  // namespace raft::walkthrough
