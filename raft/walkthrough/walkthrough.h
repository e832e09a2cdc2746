// A walkthrough as plain values: what a .walk file says, line by line, and what follows from its head.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "raft/check/safety.h"
#include "raft/sim/cluster_config.h"
#include "raft/sim/intervention.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/diagnostic.h"
#include "raft/walkthrough/names.h"

namespace raft::walkthrough {

/// One text in one language.
struct LocalText {
  std::string language;  // en, zh
  std::string text;
  int line = 0;  // of a question or an option: where it stands in the file
};
using Texts = std::vector<LocalText>;

/// The text in that language, else in the first one there is, else "".
const std::string& text_in(const Texts& texts, std::string_view language);

struct Option {
  Texts texts;
  Expression condition;
  sim::Time within = 0;
};

/// `ask`, with `answer` or with options.
struct Question {
  enum class Kind : std::uint8_t { YesNo, Which, Options };
  Kind kind = Kind::YesNo;
  Texts texts;
  Expression condition;  // YesNo; Which: about `variable`
  sim::Time within = 0;
  int answer_line = 0;  // where it stands in the file
  std::string variable;
  std::vector<Option> options;
};

struct Statement {
  enum class Kind : std::uint8_t {
    Do, Until, For, Events, Settle, Expect, AtTime, AtEvent, AtPlace, Say, Note, Focus, Pace, Hide, Ask
  };
  Kind kind = Kind::Hide;
  Place place;
  sim::Intervention command;    // Do
  Expression condition;         // Until, Expect
  sim::Time time = 0;           // Until, For, Settle: the limit; AtTime, AtPlace
  std::int64_t count = 0;       // Events, AtEvent, AtPlace (after that event, at that time)
  LocalText text;               // Say, Note
  NodeSet nodes;                // Focus
  sim::Ratio pace;              // Pace
  std::size_t question = 0;     // Ask: which of the step's questions
};

/// For so many events, or up to one; the others wait for a time or for a fact.
constexpr bool waits_by_number(Statement::Kind kind) {
  return kind == Statement::Kind::Events || kind == Statement::Kind::AtEvent || kind == Statement::Kind::AtPlace;
}

struct Step {
  Place place;
  std::string name;
  std::vector<Statement> statements;
  std::vector<Question> questions;
  // These hold for the whole step, wherever in it they stand.
  Texts say;
  Texts notes;
  NodeSet focus;
  std::optional<sim::Ratio> pace;
  bool hidden = false;
};

/// `allow do NAMES [at most N]`: what a session may do to reach the goals; `most` 0: as often as one likes.
struct AllowedCommands {
  std::vector<std::string> names;
  std::size_t most = 0;
};

/// One line of the head, in the order of the file.
struct HeadLine {
  enum class Kind : std::uint8_t {
    Title, About, Goal, Cluster, Learners, Seed, Set, Impossible, Include, Given, AllowViolation,
    AllowCommands
  };
  Kind kind = Kind::Title;
  Place place;
  LocalText text;               // Title, About, Goal
  std::vector<std::string> names;  // Cluster, Learners
  std::uint64_t seed = 0;
  sim::Intervention setting;    // Set
  bool on = false;              // Impossible
  std::string file;             // Include
  sim::GivenNode given;
  check::Property property{};   // AllowViolation
  AllowedCommands allowed;      // AllowCommands
};

struct Comment {
  int line = 0;
  bool alone = false;  // on a line of its own
  std::string text;
};

/// One sign for the world after an event, every so many events: what a replay is compared with to find out where it
/// first differs. Written as comments above the hash: it never decides whether a session replays.
struct Trail {
  std::int64_t every = 1;  // signs[0] stands for event `every`
  std::string signs;
};

/// How a saved session ends: the hash of its last world, and the engine that made it.
struct SavedHash {
  Place place;
  std::uint64_t hash = 0;
  int engine = 0;
  Trail trail = {};
};

struct Walkthrough {
  std::string file;  // as in messages
  int first_line = 1;  // where `walkthrough 1` stands
  std::vector<HeadLine> head;
  std::vector<Step> steps;
  std::vector<Comment> comments;
  std::optional<SavedHash> saved;

  // What the head says, included files put in.
  Texts titles;
  Texts abouts;
  Texts goals;
  sim::ClusterConfig config;
  std::vector<check::Property> allowed;  // violations that must happen
  std::vector<std::string> included;  // relative to the folder of the file; each once
  std::vector<AllowedCommands> allowed_commands;  // of a session that is graded
  Names names;  // of all nodes, those included that a step adds
};

/// Reads the file that `include` names; the path is relative to the folder of the walkthrough and stays below it
/// (the parser sees to that). nullopt if it cannot be read, with the reason in `error`.
using IncludeReader = std::function<std::optional<std::string>(const std::string& path, std::string& error)>;

struct Parsed {
  Walkthrough walkthrough;  // to be played only if there are no errors
  std::vector<Diagnostic> errors;
};

struct ParseOptions {
  std::size_t max_errors = 20;
  IncludeReader include;  // empty: include is an error
  bool needs_steps = true;  // false: a head alone is enough, as for a state to start from
};

inline constexpr std::size_t max_file_bytes = std::size_t{1} << 20U;
inline constexpr std::size_t max_steps = 10'000;

/// `file` is the name in messages, and where included paths start from.
Parsed parse(std::string_view text, const std::string& file, const ParseOptions& options = {});

/// The canonical form: parse(write(w)) says what w says.
std::string write(const Walkthrough& walkthrough);
/// A statement as the canonical form has it, without its indentation; a question has several lines.
std::vector<std::string> statement_lines(const Step& step, const Statement& statement, const Names& names);

}  // namespace raft::walkthrough
