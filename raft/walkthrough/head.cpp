// The head of a walkthrough: everything before the first step, included files put in.
#include <algorithm>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/line_table.h"
#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

/// After `cluster` and `learners`.
std::vector<std::string> read_names(WordReader& reader, std::size_t most, const char* too_many) {
  std::vector<std::string> names;
  if (reader.at_end()) reader.fail("expected the names of the nodes, as in cluster A B C or learners F G");
  while (!reader.at_end()) {
    const Word& word = reader.peek();
    if (!is_node_name(word)) {
      reader.fail("'" + word.text + "' is no name of a node: a capital letter, then letters and digits, as in A or N1");
    }
    if (std::find(names.begin(), names.end(), word.text) != names.end()) {
      reader.fail("node '" + word.text + "' is in the cluster twice");
    }
    if (names.size() == most) reader.fail(too_many + word.text + "' is the " + std::to_string(most + 1) + "th");
    names.push_back(reader.next().text);
  }
  return names;
}

std::uint64_t read_seed(WordReader& reader) {
  const Word& word = reader.peek();
  const std::optional<std::uint64_t> seed = seed_of(word.text);
  if (!seed) reader.fail(what_is_a_seed + (reader.at_end() ? "" : ", not '" + word.text + "'"));
  reader.next();
  return *seed;
}

/// After `allow do`.
AllowedCommands read_allowed_commands(WordReader& reader) {
  AllowedCommands allowed;
  std::vector<std::string> known;
  for (const CommandInfo& info : command_table()) known.emplace_back(info.name);
  if (reader.at_end()) reader.fail("expected the names of commands, as in allow do write timeout");
  while (!reader.at_end() && !reader.is("at")) {
    const Word& word = reader.peek();
    if (std::find(known.begin(), known.end(), word.text) == known.end()) {
      reader.fail("there is no command '" + word.text + "'; " + suggestion(word.text, known));
    }
    allowed.names.push_back(reader.next().text);
  }
  if (!reader.take("at")) return allowed;
  reader.expect("most", "'at'");
  allowed.most = static_cast<std::size_t>(read_number(reader, "at most", 1, 1'000'000));
  return allowed;
}

/// The path without its `.` and `..`; "" for the folder itself, nullopt if it leads up and out.
std::optional<std::string> path_inside(const std::string& path) {
  std::vector<std::string> folders;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      folders.push_back(part);
    } else if (folders.empty()) {
      return std::nullopt;
    } else {
      folders.pop_back();
    }
  }
  return joined(folders, "/");
}

/// Relative to `prefix`, the folder of the file that says it, and never out of the folder of the walkthrough.
std::string read_include_path(WordReader& reader, const std::string& prefix) {
  const Word word = reader.peek();
  if (word.kind != Word::Kind::Plain && word.kind != Word::Kind::Quoted) {
    reader.fail("expected the name of a file after 'include'");
  }
  const std::string& path = word.text;
  if (path.empty() || path[0] == '/' || path.find('\\') != std::string::npos || path.find(':') != std::string::npos ||
      path.find('\0') != std::string::npos || path_inside(prefix + path).value_or("").empty()) {
    reader.fail("'" + path + "' is outside the folder of this walkthrough; include takes a relative path inside it");
  }
  return reader.next().text;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

class HeadReader {
 public:
  HeadReader(Walkthrough& walkthrough, const ParseOptions& options) : walkthrough_(walkthrough), options_(options) {}

  void read(const std::vector<RawLine>& lines, ErrorList& errors) {
    // Names first: every other line may use them, and they may come from an included file.
    read_lines(lines, errors, "", true);
    if (!has_cluster_ && !errors.any()) {
      errors.add({lines.empty() ? 1 : lines.front().line, 1}, "there is no cluster; write for example: cluster A B C");
    }
    if (!has_cluster_) return;
    walkthrough_.names.nodes = walkthrough_.config.node_names;
    for (const std::string& name : walkthrough_.config.learner_names) walkthrough_.names.nodes.push_back(name);
    read_lines(lines, errors, "", false);
    if (!impossible_ && !errors.any()) check_given(walkthrough_, given_places_, errors);
  }

 private:
  /// `prefix`: the folder of the file, relative to that of the walkthrough.
  void read_lines(const std::vector<RawLine>& lines, ErrorList& errors, const std::string& prefix, bool names_only) {
    const bool is_top = stack_.empty();
    for (const RawLine& raw : lines) {
      if (errors.full()) return;
      WordReader reader(raw.text);
      try {
        if (reader.at_end()) continue;
        HeadLine line;
        line.place = {raw.line, reader.peek().column};
        const bool about_names = reader.is("cluster") || reader.is("include") || reader.is("learners") ||
                                 !is_head_word(reader.peek().text);
        if (about_names != names_only && !reader.is("include")) continue;
        if (!read_line(reader, line, prefix)) continue;
        reader.expect_end();
        if (line.kind == HeadLine::Kind::Include) {
          include(line, errors, prefix, names_only);
        } else {
          apply(line, errors.file());
        }
        if (is_top) keep(line, names_only);
      } catch (const Problem& problem) {
        // Both readings see an include line; its errors are told once.
        if (names_only || !told_before(raw)) errors.add({raw.line, problem.column}, problem.text);
      }
    }
  }

  static bool told_before(const RawLine& raw) {
    try {
      return WordReader(raw.text).is("include");
    } catch (const Problem&) {
      return true;
    }
  }

  void keep(const HeadLine& line, bool names_only) {
    if (line.kind == HeadLine::Kind::Include && !names_only) return;
    const auto after = std::upper_bound(
        walkthrough_.head.begin(), walkthrough_.head.end(), line,
        [](const HeadLine& a, const HeadLine& b) { return a.place.line < b.place.line; });
    walkthrough_.head.insert(after, line);
  }

  /// False for a line that says nothing by itself (`walkthrough 1`).
  bool read_line(WordReader& reader, HeadLine& line, const std::string& prefix) {
    const std::string word = reader.peek().text;
    if (word == "walkthrough") {
      reader.next();
      read_number(reader, "the version of the language", 1, 1);
      reader.expect_end();
      if (line.place.line != walkthrough_.first_line && stack_.empty()) {
        throw Problem{line.place.column, "'walkthrough 1' is said twice; it is the first line alone"};
      }
      return false;
    }
    if (word == "step") reader.fail("an included file holds lines of the head only, no steps");
    if (!is_head_word(word)) {
      reader.fail("unknown word '" + word + "' in the head; " +
                  suggestion(word, words_of(head_table)));
    }
    reader.next();
    if (word == "title" || word == "about" || word == "goal") {
      line.kind = word == "title" ? HeadLine::Kind::Title : word == "about" ? HeadLine::Kind::About : HeadLine::Kind::Goal;
      line.text = read_local_text(reader, word);
    } else if (word == "cluster") {
      line.kind = HeadLine::Kind::Cluster;
      line.names = read_names(reader, sim::max_voters, "a cluster has 1 to 11 voters, and '");
    } else if (word == "learners") {
      line.kind = HeadLine::Kind::Learners;
      line.names = read_names(reader, max_nodes - 1, "there are at most 15 learners, and '");
    } else if (word == "seed") {
      line.kind = HeadLine::Kind::Seed;
      line.seed = read_seed(reader);
    } else if (word == "set") {
      read_set(reader, line);
    } else if (word == "include") {
      line.kind = HeadLine::Kind::Include;
      line.file = read_include_path(reader, prefix);
    } else if (word == "given") {
      line.kind = HeadLine::Kind::Given;
      line.given = read_given(reader, walkthrough_.names);
    } else {
      read_allow(reader, line);
    }
    return true;
  }

  void read_set(WordReader& reader, HeadLine& line) {
    line.kind = HeadLine::Kind::Set;
    if (!reader.take("impossible")) {
      line.setting = read_setting(reader, walkthrough_.names);
      return;
    }
    line.kind = HeadLine::Kind::Impossible;
    if (reader.is("on") || reader.is("off")) {
      line.on = reader.next().text == "on";
      return;
    }
    reader.fail("impossible is on or off");
  }

  static void read_allow(WordReader& reader, HeadLine& line) {
    if (reader.take("do")) {
      line.kind = HeadLine::Kind::AllowCommands;
      line.allowed = read_allowed_commands(reader);
      return;
    }
    line.kind = HeadLine::Kind::AllowViolation;
    if (!reader.take("violation")) {
      reader.fail("after 'allow' stands violation \"PROPERTY\", or do and the commands of a session");
    }
    line.property = read_property(reader);
  }

  void include(const HeadLine& line, ErrorList& errors, const std::string& prefix, bool names_only) {
    const std::string path = path_inside(prefix + line.file).value_or("");  // the reader of the line has refused others
    const auto fail = [&line](const std::string& why) {
      throw Problem{line.place.column, "cannot include '" + line.file + "': " + why};
    };
    if (std::find(stack_.begin(), stack_.end(), path) != stack_.end() || path == own_name(errors)) {
      fail("it includes itself");
    }
    if (stack_.size() >= 16) fail("files include each other more than 16 deep");
    if (++includes_ > 200) fail("more than 200 files are included");
    if (!options_.include) fail("there is no folder to read it from");
    std::string why;
    const std::optional<std::string> text = options_.include(path, why);
    if (!text) fail(why);
    if (text->size() > max_file_bytes) fail("it is larger than 1 MiB");
    if (invalid_utf8(*text) != std::string_view::npos) fail("it is not UTF-8 text");
    if (control_character(*text) != std::string_view::npos) fail("there is an invisible control character in it");
    std::vector<std::string>& included = walkthrough_.included;
    if (std::find(included.begin(), included.end(), path) == included.end()) included.push_back(path);
    stack_.push_back(path);
    ErrorList inside = errors.for_file(folder_of(walkthrough_.file) + path);
    read_lines(lines_of(*text), inside, folder_of(path), names_only);
    stack_.pop_back();
  }

  std::string own_name(const ErrorList&) const {
    return walkthrough_.file.substr(folder_of(walkthrough_.file).size());
  }

  [[noreturn]] static void twice(const HeadLine& line, const std::string& what, Place first, const std::string& file,
                                 const std::string& first_file) {
    const std::string where = (file == first_file ? "" : first_file + ", ") + "line " + std::to_string(first.line);
    throw Problem{line.place.column, what + " is said twice; the first is in " + where};
  }

  void once(const HeadLine& line, const std::string& what, const std::string& file) {
    for (const Said& said : said_) {
      if (said.what == what) twice(line, what, said.place, file, said.file);
    }
    said_.push_back({what, line.place, file});
  }

  void apply(const HeadLine& line, const std::string& file) {
    switch (line.kind) {
      case HeadLine::Kind::Title: apply_text(line, "title", walkthrough_.titles, file); break;
      case HeadLine::Kind::About: apply_text(line, "about", walkthrough_.abouts, file); break;
      case HeadLine::Kind::Goal: apply_text(line, "goal", walkthrough_.goals, file); break;
      case HeadLine::Kind::Cluster:
        once(line, "cluster", file);
        has_cluster_ = true;
        walkthrough_.config.node_names = line.names;
        check_names(line);
        break;
      case HeadLine::Kind::Learners:
        once(line, "learners", file);
        walkthrough_.config.learner_names = line.names;
        check_names(line);
        break;
      case HeadLine::Kind::Seed:
        once(line, "seed", file);
        walkthrough_.config.seed = line.seed;
        break;
      case HeadLine::Kind::Set: apply_setting(line, file); break;
      case HeadLine::Kind::Impossible:
        once(line, "set impossible", file);
        impossible_ = line.on;
        break;
      case HeadLine::Kind::Given:
        once(line, "given " + walkthrough_.names.node(line.given.node), file);
        if (line.given.commit > static_cast<Index>(line.given.log.size())) {
          throw Problem{line.place.column, "commit " + std::to_string(line.given.commit) +
                                               " is beyond the log, which ends at " +
                                               std::to_string(line.given.log.size())};
        }
        walkthrough_.config.given.push_back(line.given);
        given_places_.push_back(line.place);
        break;
      case HeadLine::Kind::AllowViolation:
        once(line, "allow violation \"" + std::string(check::property_name(line.property)) + "\"", file);
        walkthrough_.allowed.push_back(line.property);
        break;
      case HeadLine::Kind::AllowCommands: walkthrough_.allowed_commands.push_back(line.allowed); break;
      case HeadLine::Kind::Include: break;
    }
  }

  /// Voters and learners together.
  void check_names(const HeadLine& line) const {
    const std::vector<std::string>& voters = walkthrough_.config.node_names;
    const std::vector<std::string>& learners = walkthrough_.config.learner_names;
    for (const std::string& name : learners) {
      if (std::find(voters.begin(), voters.end(), name) == voters.end()) continue;
      throw Problem{line.place.column, "node '" + name + "' is a voter and a learner"};
    }
    if (voters.size() + learners.size() > max_nodes) throw Problem{line.place.column, "there are at most 16 nodes"};
  }

  void apply_text(const HeadLine& line, const std::string& what, Texts& texts, const std::string& file) {
    once(line, what + " " + line.text.language, file);
    texts.push_back(line.text);
  }

  void apply_setting(const HeadLine& line, const std::string& file) {
    const std::string text = command_text(line.setting, walkthrough_.names);
    once(line, text.substr(0, text.find_last_of(' ')), file);
    sim::Settings& settings = walkthrough_.config.settings;
    if (const auto* setting = std::get_if<sim::ChangeSetting>(&line.setting)) {
      sim::assign(settings, setting->setting, setting->value);
    } else if (const auto* link = std::get_if<sim::ChangeLink>(&line.setting)) {
      sim::assign(settings, *link);
    } else if (const auto* clock = std::get_if<sim::SetClock>(&line.setting)) {
      walkthrough_.config.clocks.push_back({clock->node, clock->rate});
    } else if (const auto* rule = std::get_if<sim::ChangeRule>(&line.setting)) {
      settings.core.rules.set(rule->rule, rule->on);
    }
  }

  struct Said {
    std::string what;
    Place place;
    std::string file;
  };

  Walkthrough& walkthrough_;
  const ParseOptions& options_;
  std::vector<std::string> stack_;  // of included files
  std::size_t includes_ = 0;
  std::vector<Said> said_;
  std::vector<Place> given_places_;
  bool has_cluster_ = false;
  bool impossible_ = false;
};

}  // namespace

bool is_head_word(std::string_view word) {
  return std::any_of(head_table.begin(), head_table.end(), [word](const LineInfo& info) { return word == info.word; });
}

void read_head(const std::vector<RawLine>& lines, Walkthrough& walkthrough, const ParseOptions& options,
               ErrorList& errors) {
  HeadReader(walkthrough, options).read(lines, errors);
}

}  // namespace raft::walkthrough
