// Reads a .walk file: limits, lines, comments, and what head and steps share. Not here: the head (head.cpp) and the
// steps (steps.cpp). After an error it goes on at the next line.
#include "raft/walkthrough/parser.h"

#include <algorithm>
#include <array>

#include "raft/core/ascii.h"
#include "raft/walkthrough/trail.h"

namespace raft::walkthrough {

namespace {

/// What is no text at all is refused before anything is read; nullopt if all is well.
std::optional<Diagnostic> refuse_text(std::string_view text, const std::string& file) {
  const auto whole = [&file](std::string why) { return Diagnostic{file, 0, 0, std::move(why)}; };
  const auto at = [&](std::size_t wrong, std::string why) {
    const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(wrong), '\n');
    const std::size_t line_start = wrong == 0 ? 0 : text.rfind('\n', wrong - 1) + 1;
    return Diagnostic{file, static_cast<int>(lines) + 1, column_at(text.substr(line_start), wrong - line_start), std::move(why)};
  };
  if (text.size() > max_file_bytes) return whole("the file is larger than 1 MiB");
  if (text.find('\0') != std::string_view::npos) return whole("this is a binary file, not a walkthrough");
  if (const std::size_t wrong = invalid_utf8(text); wrong != std::string_view::npos) return at(wrong, "this is not UTF-8 text");
  if (const std::size_t wrong = control_character(text); wrong != std::string_view::npos) {
    return at(wrong, "there is an invisible control character here; a walkthrough is plain text, delete it");
  }
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return whole("the file is empty; a walkthrough starts with the line: walkthrough 1");
  }
  return std::nullopt;
}

bool starts_with_word(const RawLine& raw, std::string_view word) {
  try {
    return WordReader(raw.text).is(word);
  } catch (const Problem&) {
    return false;
  }
}

bool is_blank(const RawLine& raw) {
  const std::size_t first = raw.text.find_first_not_of(" \t\r");
  return first == std::string_view::npos || raw.text[first] == '#';
}

int check_version(const std::vector<RawLine>& lines, ErrorList& errors) {
  const auto first = std::find_if_not(lines.begin(), lines.end(), is_blank);
  const int line = first == lines.end() ? 1 : first->line;
  if (first == lines.end() || !starts_with_word(*first, "walkthrough")) {
    errors.add({line, 1}, "a walkthrough starts with the line: walkthrough 1");
  }
  return line;
}

/// The comment of a line of the head, where only free text is not read by words.
void read_comment(const RawLine& raw, Walkthrough& walkthrough) {
  WordReader reader(raw.text);
  try {
    if (reader.is("title") || reader.is("about") || reader.is("goal")) reader.rest_as_text();
  } catch (const Problem&) {
    return;  // told where the line is read
  }
  keep_comment(raw, reader, walkthrough);
}

/// Of a long word its beginning, and the quotation mark behind it with what follows: three marks at most, for the word
/// itself may be nothing but marks.
std::string word_cut(std::string_view word) {
  constexpr std::size_t longest = 100;
  std::size_t core = word.size();
  while (core > 0 && word.size() - core < 3 && ascii::is_punct(word[core - 1])) --core;
  if (core <= longest) return std::string(word);
  std::size_t kept = longest;
  while (kept > 0 && (static_cast<unsigned char>(word[kept]) & 0xC0U) == 0x80U) --kept;  // whole characters
  return std::string(word.substr(0, kept)).append("…").append(word.substr(core));
}

}  // namespace

void keep_comment(const RawLine& raw, const WordReader& reader, Walkthrough& walkthrough) {
  if (std::optional<std::string> comment = reader.comment()) {
    walkthrough.comments.push_back({raw.line, is_blank(raw), std::move(*comment)});
  }
}

std::vector<RawLine> lines_of(std::string_view text) {
  std::vector<RawLine> lines;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back({++number, text.substr(0, end)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string with_words_cut(std::string_view text) {
  std::string cut;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(' '), text.size());
    cut += word_cut(text.substr(0, length));
    if (length < text.size()) cut += ' ';
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return cut;
}

std::size_t invalid_utf8(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5                   ? 4
                                                                               : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0U) != 0x80U) return i;
    }
    if (length == 3 && ((lead == 0xE0 && byte(i + 1) < 0xA0) || (lead == 0xED && byte(i + 1) > 0x9F))) return i;
    if (length == 4 && ((lead == 0xF0 && byte(i + 1) < 0x90) || (lead == 0xF4 && byte(i + 1) > 0x8F))) return i;
    i += length;
  }
  return std::string_view::npos;
}

LocalText read_local_text(WordReader& reader, std::string_view after, std::size_t end) {
  const Word& word = reader.peek();
  if (word.text != "en" && word.text != "zh") {
    reader.fail("expected a language after '" + std::string(after) + "': " + std::string(after) + " en: … or " +
                std::string(after) + " zh: …");
  }
  LocalText text;
  text.language = reader.next().text;
  reader.expect(":", "the language");
  const int column = reader.column_of_rest();
  text.text = reader.rest_as_text(end);
  if (text.text.empty()) throw Problem{column, "there is no text after '" + std::string(after) + " " + text.language + ":'"};
  return text;
}

check::Property read_property(WordReader& reader) {
  std::vector<std::string> names;
  for (const check::PropertyInfo& info : check::property_table) {
    if (reader.peek().text == info.name) {
      reader.next();
      return info.property;
    }
    names.push_back("\"" + std::string(info.name) + "\"");
  }
  reader.fail((reader.at_end() ? "expected a property" : "there is no property '" + reader.peek().text + "'") + "; " +
              suggestion(reader.peek().text, names));
}

const std::string& text_in(const Texts& texts, std::string_view language) {
  static const std::string empty;
  for (const LocalText& text : texts) {
    if (text.language == language) return text.text;
  }
  return texts.empty() ? empty : texts.front().text;
}

Parsed parse(std::string_view text, const std::string& file, const ParseOptions& options) {
  Parsed parsed;
  parsed.walkthrough.file = file;
  if (std::optional<Diagnostic> refused = refuse_text(text, file)) {
    parsed.errors.push_back(std::move(*refused));
    return parsed;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::vector<RawLine> lines = lines_of(text);
  ErrorList errors(file, std::max<std::size_t>(options.max_errors, 20), parsed.errors);
  const auto first_step = static_cast<std::size_t>(
      std::find_if(lines.begin(), lines.end(), [](const RawLine& raw) { return starts_with_word(raw, "step"); }) -
      lines.begin());
  parsed.walkthrough.first_line = check_version(lines, errors);
  read_head({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first_step)}, parsed.walkthrough, options,
            errors);
  if (!parsed.walkthrough.names.nodes.empty()) {
    if (first_step == lines.size() && options.needs_steps && !errors.any()) {
      errors.add({lines.back().line, 1}, "there is no step; write for example: step \"The first election\"");
    }
    for (std::size_t i = 0; i < first_step; ++i) read_comment(lines[i], parsed.walkthrough);
    read_steps(lines, first_step, parsed.walkthrough, errors);
  }
  take_trail(parsed.walkthrough);
  std::stable_sort(parsed.errors.begin(), parsed.errors.end(), [&file](const Diagnostic& a, const Diagnostic& b) {
    return a.file == file && b.file == file && a.line < b.line;
  });
  if (parsed.errors.size() > options.max_errors) parsed.errors.resize(options.max_errors);
  return parsed;
}

}  // namespace raft::walkthrough
