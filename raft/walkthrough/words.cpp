// A line as words with their places, and numbers, durations and names read from them.
#include "raft/walkthrough/words.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace raft::walkthrough {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool is_word_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./+@%~").find(c) != std::string_view::npos;
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
      words_.push_back(std::move(word));
      return;
    }
    at = read_word(at, word);
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
  if (!at_end()) fail("unexpected '" + peek().text + "' at the end of the line");
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

std::string read_text(WordReader& reader, std::string_view what) {
  const Word& word = reader.peek();
  if (word.kind != Word::Kind::Plain && word.kind != Word::Kind::Quoted) {
    reader.fail("expected " + std::string(what) + ": a word or \"quoted text\"");
  }
  if (word.text.empty()) reader.fail(std::string(what) + " is empty");
  if (word.text.size() > max_text) {
    reader.fail(std::string(what) + " has " + std::to_string(word.text.size()) + " bytes; at most 64 are allowed");
  }
  return reader.next().text;
}

std::int64_t read_number(WordReader& reader, std::string_view what, std::int64_t min, std::int64_t max) {
  const Word& word = reader.peek();
  std::int64_t number = 0;
  const char* end = word.text.data() + word.text.size();
  const auto result = std::from_chars(word.text.data(), end, number);
  const bool read = word.kind == Word::Kind::Plain && result.ec == std::errc{} && result.ptr == end;
  if (!read || number < min || number > max) {
    reader.fail(std::string(what) + " is a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
                (reader.at_end() ? "" : ", not '" + word.text + "'"));
  }
  reader.next();
  return number;
}

namespace {

struct Unit {
  std::string_view name;
  sim::Time us;
};
constexpr std::array<Unit, 5> units = {
    {{"us", 1}, {"ms", 1000}, {"s", 1'000'000}, {"min", 60'000'000}, {"h", 3'600'000'000}}};

/// False if it is no duration; whole microseconds only.
bool parse_duration(std::string_view text, sim::Time& time) {
  const std::size_t digits_end = text.find_first_not_of("0123456789.");
  if (digits_end == 0 || digits_end == std::string_view::npos) return false;
  const std::string_view number = text.substr(0, digits_end);
  const auto unit = std::find_if(units.begin(), units.end(),
                                 [&](const Unit& u) { return u.name == text.substr(digits_end); });
  if (unit == units.end()) return false;
  const std::size_t point = number.find('.');
  const std::string_view whole = number.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? "" : number.substr(point + 1);
  if (whole.empty() || whole.size() > 15 || (point != std::string_view::npos && fraction.empty())) return false;
  if (fraction.size() > 12 || fraction.find('.') != std::string_view::npos) return false;
  sim::Time value = 0;
  std::from_chars(whole.data(), whole.data() + whole.size(), value);
  if (value > max_time / unit->us) {
    time = max_time + 1;
    return true;
  }
  time = value * unit->us;
  sim::Time scale = unit->us;
  for (const char digit : fraction) {
    if (scale % 10 != 0 && digit != '0') return false;
    scale /= 10;
    time += scale * (digit - '0');
  }
  return true;
}

sim::Time checked_duration(const WordReader& reader, std::string_view text, std::string_view what) {
  sim::Time time = 0;
  if (!parse_duration(text, time)) {
    reader.fail(std::string(what) + " is a duration such as 150ms, 2.5ms, 1s, 20us, 2min or 1h" +
                (text.empty() ? "" : ", not '" + std::string(text) + "'"));
  }
  if (time > max_time) reader.fail("'" + std::string(text) + "' is longer than 1000 simulated hours");
  return time;
}

}  // namespace

sim::Time read_duration(WordReader& reader, std::string_view what) {
  const Word& word = reader.peek();
  const sim::Time time =
      checked_duration(reader, word.kind == Word::Kind::Plain ? std::string_view(word.text) : "", what);
  reader.next();
  return time;
}

sim::TimeRange read_range(WordReader& reader, std::string_view what) {
  const std::string text = reader.peek().text;
  const std::size_t dots = text.find("..");
  sim::TimeRange range;
  if (dots == std::string::npos) {
    range.min = range.max = checked_duration(reader, text, what);
  } else {
    range.min = checked_duration(reader, std::string_view(text).substr(0, dots), what);
    range.max = checked_duration(reader, std::string_view(text).substr(dots + 2), what);
  }
  if (range.min > range.max) reader.fail("the range '" + text + "' ends before it starts");
  reader.next();
  return range;
}

std::string duration_text(sim::Time time) {
  if (time % 1'000'000 == 0 && time != 0) return std::to_string(time / 1'000'000) + "s";
  if (time < 1000 && time > 0) return std::to_string(time) + "us";
  std::string text = std::to_string(time / 1000);
  if (time % 1000 != 0) {
    std::string fraction = std::to_string(time % 1000 + 1000).substr(1);
    while (fraction.back() == '0') fraction.pop_back();
    text += "." + fraction;
  }
  return text + "ms";
}

sim::Ratio read_ratio(WordReader& reader, std::string_view what) {
  const Word& word = reader.peek();
  const std::string& text = word.text;
  const std::size_t slash = text.find('/');
  std::int64_t numbers[2] = {0, 1};
  const char* const data = text.data();
  const std::size_t first_end = std::min(slash, text.size());
  const auto first = std::from_chars(data, data + first_end, numbers[0]);
  bool good = word.kind == Word::Kind::Plain && first.ec == std::errc{} && first.ptr == data + first_end;
  if (good && slash != std::string::npos) {
    const auto second = std::from_chars(data + slash + 1, data + text.size(), numbers[1]);
    good = second.ec == std::errc{} && second.ptr == data + text.size();
  }
  if (!good || numbers[0] < 0 || numbers[1] < 1 || numbers[0] > 1'000'000 || numbers[1] > 1'000'000) {
    reader.fail(std::string(what) + " is a fraction such as 1/20" +
                (reader.at_end() ? "" : ", not '" + text + "'"));
  }
  reader.next();
  return {static_cast<std::int32_t>(numbers[0]), static_cast<std::int32_t>(numbers[1])};
}

std::string ratio_text(sim::Ratio ratio) {
  if (ratio.denominator == 1) return std::to_string(ratio.numerator);
  return std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator);
}

std::string Names::list(NodeSet set) const {
  std::string text;
  for (const NodeId id : set) text += (text.empty() ? "" : " ") + node(id);
  return text;
}

bool looks_like_node(const Word& word) {
  return word.kind == Word::Kind::Plain && word.text[0] >= 'A' && word.text[0] <= 'Z';
}

bool is_node_name(const Word& word) {
  return looks_like_node(word) && word.text.size() <= max_text &&
         std::all_of(word.text.begin(), word.text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
         });
}

bool looks_like_client(const Word& word) {
  return word.kind == Word::Kind::Plain && word.text.size() >= 2 && word.text[0] == 'c' &&
         word.text.find_first_not_of("0123456789", 1) == std::string::npos;
}

NodeId read_node(WordReader& reader, const Names& names, std::string_view after) {
  const Word& word = reader.peek();
  const std::string known = "node names are " + joined(names.nodes);
  if (reader.at_end()) reader.fail("expected a node after '" + std::string(after) + "'; " + known);
  const NodeId node = word.kind == Word::Kind::Plain ? names.find(word.text) : no_node;
  if (node == no_node) reader.fail("there is no node '" + word.text + "'; " + known);
  reader.next();
  return node;
}

NodeSet read_nodes(WordReader& reader, const Names& names, std::string_view after) {
  NodeSet nodes;
  do {
    const int column = reader.peek().column;
    const NodeId node = read_node(reader, names, after);
    if (nodes.contains(node)) throw Problem{column, "node '" + names.node(node) + "' is named twice"};
    nodes.add(node);
  } while (looks_like_node(reader.peek()));
  return nodes;
}

ClientId read_client(WordReader& reader) {
  const Word& word = reader.peek();
  int number = 0;
  if (looks_like_client(word)) {
    std::from_chars(word.text.data() + 1, word.text.data() + word.text.size(), number);
  }
  if (number < 1 || number > static_cast<int>(max_clients) || word.text[1] == '0') {
    reader.fail(reader.at_end() ? "expected a client: c1, c2, …, c99"
                                : "there is no client '" + word.text + "'; clients are c1, c2, …, c99");
  }
  reader.next();
  return static_cast<ClientId>(number);
}

sim::CommandText read_write(WordReader& reader) {
  sim::CommandText command;
  const Word first = reader.peek();
  command.key = read_text(reader, "the command");
  const std::size_t equals = command.key.find('=');
  if (reader.take("=")) {
    command.value = read_text(reader, "the value");
  } else if (equals != std::string::npos) {
    command.value = command.key.substr(equals + 1);
    command.key.resize(equals);
  } else {
    command.value = command.key;
  }
  if (command.key.empty() || command.value.empty() || command.key.find('=') != std::string::npos) {
    throw Problem{first.column, "a command is KEY=VALUE or a word, and a key holds no '='"};
  }
  return command;
}

std::string write_text(const sim::CommandText& command) {
  const std::string key = quoted_if_needed(command.key);
  return command.key == command.value ? key : key + "=" + quoted_if_needed(command.value);
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

std::size_t WordReader::find_last(std::string_view text) const {
  return line_.substr(0, end_of_text(line_, 0)).rfind(text);
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
    words_.push_back(std::move(word));
  }
  text_end_ = end_of_text(line_, begin);
  return trimmed(text);
}

}  // namespace raft::walkthrough
