// The values that words stand for, read with the place of what is wrong and written back: texts, numbers, durations,
// ranges, ratios, nodes, clients, writes.
#include "raft/walkthrough/values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "raft/core/ascii.h"

namespace raft::walkthrough {

namespace {

/// `measured`: of the word, what may not be too long.
std::string read_measured(WordReader& reader, std::string_view what, std::size_t measured) {
  const Word& word = reader.peek();
  if (word.kind != Word::Kind::Plain && word.kind != Word::Kind::Quoted) {
    reader.fail("expected " + std::string(what) + ": a word or \"quoted text\"");
  }
  if (word.text.empty()) reader.fail(std::string(what) + " is empty");
  if (measured > max_text) reader.fail(std::string(what) + " has " + std::to_string(measured) + " bytes; at most 64 are allowed");
  return reader.next().text;
}

}  // namespace

std::string read_text(WordReader& reader, std::string_view what) { return read_measured(reader, what, reader.peek().text.size()); }

std::string read_command_text(WordReader& reader, std::string_view what) {
  const std::string& text = reader.peek().text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return read_text(reader, what);
  return read_measured(reader, what, std::max(equals, text.size() - equals - 1));
}

std::optional<std::uint64_t> seed_of(std::string_view text) {
  std::uint64_t seed = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, seed);
  if (text.empty() || result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return seed;
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
bool understand_duration(std::string_view text, sim::Time& time) {
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
  if (!understand_duration(text, time)) {
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

std::variant<sim::Time, Problem> parse_duration(std::string_view text, std::string_view what) {
  try {
    WordReader reader(text);
    const sim::Time time = read_duration(reader, what);
    reader.expect_end();
    return time;
  } catch (const Problem& problem) {
    return problem;
  }
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
  if (!good || numbers[0] < 0 || numbers[1] < 1 || std::max(numbers[0], numbers[1]) > sim::max_ratio_part) {
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
  return word.kind == Word::Kind::Plain && ascii::is_upper(word.text[0]);
}

bool is_node_name(const Word& word) {
  return looks_like_node(word) && word.text.size() <= max_text &&
         std::all_of(word.text.begin(), word.text.end(), ascii::is_alnum);
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

}  // namespace raft::walkthrough
