// Lines for what is typed: whole ones first, then those that go on, then what plain words find. Running them is the
// app's, drawing them the panel's.
#include "app/palette.h"

#include <algorithm>

#include "app/asked_now.h"
#include "app/handfuls.h"
#include "app/plain_words.h"
#include "app/typed_line.h"
#include "raft/core/ascii.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/complete.h"
#include "raft/walkthrough/names.h"
#include "raft/walkthrough/typed_condition.h"

namespace app {

namespace {

using raft::NodeId;
using raft::sim::Intervention;
using raft::walkthrough::Completion;
using raft::walkthrough::LineKind;
using raft::walkthrough::Problem;

constexpr std::size_t most_offers = 120;
constexpr std::size_t words_named = 8;
/// So many ways on are shown as lines of their own.
constexpr std::size_t few = 2;

std::string key_of(std::string_view command) {
  std::string key(command);
  std::replace(key.begin(), key.end(), ' ', '_');
  return key;
}

std::string rtrimmed(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.pop_back();
  return text;
}

class Offering {
 public:
  explicit Offering(const PaletteQuestion& asked) : asked_(asked) {}

  PaletteOffers offer(const std::string& text);

 private:
  const raft::sim::World& world() const { return asked_.session.run().world(); }
  const std::string& text(std::string_view key) const { return asked_.words.text(key); }
  std::string in_all_languages(const std::string& key) const;

  void add(ui::PaletteRow row, Deed deed);
  bool add_whole(const std::string& line);
  bool add_commands(ui::PaletteRow row, std::vector<Intervention> all);
  void add_unfinished(const std::string& line);
  void expand(const TypedLine& typed, int depth);
  std::string says_of(const Intervention& what) const;
  std::string says_of_unfinished(const std::string& line) const;
  std::string answer(const std::string& line, const raft::walkthrough::Expression& condition) const;

  void offer_everything();
  void offer_condition(const std::string& text);
  void offer_with_quotes(TypedLine typed);
  void search(const std::string& text);
  void search_commands(const std::vector<std::string>& tokens);
  void search_window(const std::vector<std::string>& tokens);
  void search_objects(const std::vector<std::string>& tokens);
  void search_stories(const std::vector<std::string>& tokens);
  void search_handfuls(const std::vector<std::string>& tokens);
  void explain_error(const std::string& text);

  const PaletteQuestion& asked_;
  PaletteOffers offers_;
};

std::string Offering::in_all_languages(const std::string& key) const {
  std::string all;
  for (const raft::explain::Words& words : asked_.all_words) all += raft::ascii::lower(words.text(key)) + " ";
  return all;
}

void Offering::add(ui::PaletteRow row, Deed deed) {
  if (offers_.deeds.size() >= most_offers) return;
  for (const ui::PaletteRow& other : offers_.shown.rows) {
    if (other.line == row.line) return;
  }
  offers_.shown.rows.push_back(std::move(row));
  offers_.deeds.push_back(std::move(deed));
}

/// What would be written down of it, found by doing it to a copy.
std::string Offering::says_of(const Intervention& what) const {
  raft::sim::World copy = world();
  raft::sim::Event event;
  raft::sim::intervene(copy, what, raft::sim::Origin::Palette, event);
  return raft::explain::event_sentence(asked_.words, copy, event);
}

std::string Offering::says_of_unfinished(const std::string& line) const {
  const std::vector<std::string> tokens = tokens_of(line);
  if (tokens.empty()) return {};
  if (tokens[0] == "set" && tokens.size() > 1) {
    if (tokens[1] == "rule" && tokens.size() > 2) return text("paper_rule." + tokens[2]);
    if (asked_.words.has("setting_about." + tokens[1])) return text("setting_about." + tokens[1]);
  }
  if (tokens.size() > 1 && asked_.words.has("palette_says." + tokens[0] + "_" + tokens[1])) {
    return text("palette_says." + tokens[0] + "_" + tokens[1]);
  }
  return asked_.words.has("palette_says." + tokens[0]) ? text("palette_says." + tokens[0]) : std::string();
}

bool Offering::add_commands(ui::PaletteRow row, std::vector<Intervention> all) {
  row.complete = true;
  std::optional<raft::sim::World> after;  // each is done after those before it
  for (std::size_t i = 0; i < all.size() && row.why_not.empty(); ++i) {
    const raft::sim::World& now = after ? *after : world();
    const std::optional<raft::Reason> reason = raft::sim::refusal(now, all[i]);
    if (reason) row.why_not = raft::explain::reason_sentence(asked_.words, now, *reason);
    if (reason || i + 1 == all.size()) break;
    if (!after) after = world();
    raft::sim::Event event;
    raft::sim::intervene(*after, all[i], raft::sim::Origin::Palette, event);
  }
  if (row.says.empty()) row.says = row.why_not.empty() ? says_of(all.front()) : says_of_unfinished(row.line);
  add(std::move(row), {Deed::Commands{std::move(all)}});
  return true;
}

std::string Offering::answer(const std::string& line, const raft::walkthrough::Expression& condition) const {
  const AnswerNow& now = asked_.answers.ask(asked_.session, line, condition);
  if (now.yes) return text("palette.yes");
  return asked_.words.fill("palette.no", {{"expected", now.failing.expected}, {"but", now.failing.but}});
}

/// False: the line is no whole one.
bool Offering::add_whole(const std::string& line) {
  const TypedLine typed = typed_of(line);
  const auto names = raft::walkthrough::Names::of(world());
  if (typed.kind == LineKind::Command) {
    auto parsed = raft::walkthrough::parse_command(typed.rest, names);
    const auto* command = std::get_if<Intervention>(&parsed);
    return command != nullptr && add_commands({.line = line}, {*command});
  }
  auto parsed = raft::walkthrough::parse_condition(typed.rest, names);
  auto* condition = std::get_if<raft::walkthrough::TypedCondition>(&parsed);
  if (condition == nullptr) return false;
  if (typed.question) {
    add({.line = line, .says = answer(line, condition->condition), .complete = true}, {});
    return true;
  }
  if (typed.goes_back()) {
    add({.line = line, .says = text("palette.back_until"), .complete = true}, {Deed::RunBack{condition->condition, condition->within}});
    return true;
  }
  const raft::sim::Time within = condition->within.value_or(default_limit);
  add({.line = line,
       .says = asked_.words.fill("palette.until", {{"time", raft::explain::time_text(within)}}),
       .complete = true},
      {Deed::RunUntil{condition->condition, within}});
  return true;
}

void Offering::add_unfinished(const std::string& line) {
  add({.line = line, .says = says_of_unfinished(line)}, {});
}

void Offering::expand(const TypedLine& typed, int depth) {
  const Completion found = raft::walkthrough::complete(typed.rest, typed.kind, world());
  if (!found.takes_more) add_whole(typed.prefix + rtrimmed(typed.rest));
  const std::string before = typed.rest.substr(0, found.begin);
  for (const std::string& word : found.words) {
    const std::string line = before + word;
    if (add_whole(typed.prefix + line)) continue;
    const bool only = line == typed.rest || found.words.size() <= few;
    if (depth > 0 && only) {
      expand({typed.kind, typed.prefix, line + " ", typed.question}, depth - 1);
    } else {
      add_unfinished(typed.prefix + line);
    }
  }
}

// --- searching --------------------------------------------------------------------------------------------------

/// The names of nodes and clients among the words; they are what is acted on.
std::vector<std::string> take_names(std::vector<std::string>& tokens, const raft::sim::World& world) {
  std::vector<std::string> names;
  const auto is_name = [&](const std::string& token) {
    const bool client = token.size() == 2 && token[0] == 'c' && token[1] >= '1' && token[1] <= '9';
    return client || raft::walkthrough::Names::of(world).find(token) != raft::no_node;
  };
  for (const std::string& token : tokens) {
    if (is_name(token)) names.push_back(token);
  }
  std::erase_if(tokens, is_name);
  return names;
}

void Offering::search_commands(const std::vector<std::string>& all_tokens) {
  std::vector<std::string> tokens = all_tokens;
  const std::vector<std::string> names = take_names(tokens, world());
  if (tokens.empty()) return;
  for (std::string& token : tokens) token = raft::ascii::lower(token);
  std::vector<std::pair<int, const raft::walkthrough::CommandInfo*>> found;
  for (const raft::walkthrough::CommandInfo& info : raft::walkthrough::command_table()) {
    const std::string key = key_of(info.name);
    const int words = fit_all(tokens, raft::ascii::lower(info.name) + " " + in_all_languages("palette_words." + key));
    const int sentence = fit_all(tokens, in_all_languages("palette_says." + key));
    if (words > 0 || sentence > 0) found.emplace_back(words > 0 ? 10 * words : sentence, &info);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [score, info] : found) {
    std::string line = info->name;
    for (const std::string& name : names) line += " " + name;
    const std::size_t before = offers_.deeds.size();
    if (!names.empty() || found.size() <= few) expand({.kind = LineKind::Command, .prefix = {}, .rest = line + " "}, 0);
    if (names.empty() && !add_whole(info->name) && offers_.deeds.size() == before) add_unfinished(info->name);
  }
}

bool is_for_palette(ui::Command command) {
  switch (command) {
    case ui::Command::PickNode:
    case ui::Command::KillOrRestart:
    case ui::Command::TimeOut:
    case ui::Command::Isolate:
    case ui::Command::Heal:  // a command of the language
    case ui::Command::Close:
    case ui::Command::MinusKey:
    case ui::Command::NextWidget:
    case ui::Command::PreviousWidget:
    case ui::Command::OpenPalette: return false;
    default: return true;
  }
}

/// `tokens` empty: all of them.
void Offering::search_window(const std::vector<std::string>& tokens) {
  std::optional<ui::Command> before;
  for (const ui::KeyBinding& key : ui::key_table()) {
    if (!is_for_palette(key.command) || before == key.command) continue;
    before = key.command;
    if (!tokens.empty() && fit_all(tokens, in_all_languages(key.text)) == 0) continue;
    add({.line = text(key.text), .says = text(key.text), .hint = ui::key_name(key), .is_typed = false, .complete = true},
        {key.command});
  }
}

void Offering::search_stories(const std::vector<std::string>& tokens) {
  for (const ui::LibraryEntry& entry : asked_.library) {
    const std::string line = asked_.words.fill("palette.open", {{"title", entry.title}});
    const std::string searched = in_all_languages("palette_words.open_story") + raft::ascii::lower(line) + " " + raft::ascii::lower(entry.path);
    if (fit_all(tokens, searched) == 0) continue;
    add({.line = line,
         .says = entry.about,
         .is_typed = false,
         .complete = true},
        {Deed::Open{entry.path}});
  }
  for (int nodes = 1; nodes <= 11; ++nodes) {
    const std::string line = asked_.words.fill("palette.free_play", {{"n", nodes}});
    if (fit_all(tokens, in_all_languages("palette_words.free_play") + " " + raft::ascii::lower(line) + " ") == 0) continue;
    add({.line = line,
         .says = text("palette_says.free_play"),
         .is_typed = false,
         .complete = true},
        {Deed::FreePlay{nodes}});
  }
}

/// What a click opens in the inspector: nodes, clients, messages in flight, entries.
void Offering::search_objects(const std::vector<std::string>& tokens) {
  using Kind = ui::Selection::Kind;
  const std::string asked = in_all_languages("palette_words.show");
  const auto offer = [&](const std::string& name, const ui::Selection& selection) {
    const std::string line = asked_.words.fill("palette.show", {{"what", name}});
    if (fit_all(tokens, asked + raft::ascii::lower(line) + " ") == 0) return;
    add({.line = line, .says = text("palette_says.show"), .is_typed = false, .complete = true}, {Deed::Show{selection}});
  };
  const raft::sim::World& now = world();
  for (const NodeId node : now.all_nodes()) offer(now.name(node), {.kind = Kind::Node, .node = node});
  for (std::size_t i = 0; i < now.clients.size(); ++i) {
    offer("c" + std::to_string(i + 1), {.kind = Kind::Client, .client = static_cast<raft::ClientId>(i + 1)});
  }
  for (const raft::sim::Upcoming& due : raft::sim::queue(now)) {
    if (due.what != raft::sim::Upcoming::What::MessageEnds) continue;
    offer(raft::explain::upcoming_sentence(asked_.words, now, due), {.kind = Kind::Message, .message = due.message});
  }
  for (const NodeId node : now.all_nodes()) {
    const raft::Log& log = now.node(node).durable.log;
    for (raft::Index index = log.last_index(); index > log.base().index; --index) {
      const std::string command = raft::sim::content_text(now, log.at(index).command);
      offer(asked_.words.fill("palette.entry", {{"index", index}, {"command", command}, {"node", now.name(node)}}),
            {.kind = Kind::Entry, .node = node, .entry = index});
    }
  }
}

// --- several commands at once -----------------------------------------------------------------------------------

/// What is made of several commands; the trace and a recording hold those.
void Offering::search_handfuls(const std::vector<std::string>& tokens) {
  for (const char* name : {"align", "spread", "everyone_back", "restart_leader", "request"}) {
    const std::string key = name;
    const std::string searched = in_all_languages("palette_words." + key) + in_all_languages("palette." + key);
    if (!tokens.empty() && fit_all(tokens, searched) == 0) continue;
    std::vector<Intervention> all = handful(name, world());
    ui::PaletteRow row{.line = text("palette." + key), .says = text("palette_says." + key), .is_typed = false, .complete = true};
    if (all.empty()) {
      row.why_not = text("palette." + key + "_nothing");
      add(std::move(row), {});
    } else {
      add_commands(std::move(row), std::move(all));
    }
  }
}

void Offering::search(const std::string& text) {
  std::vector<std::string> tokens = tokens_of(text);
  if (tokens.empty()) return;
  search_commands(tokens);
  for (std::string& token : tokens) token = raft::ascii::lower(token);
  search_handfuls(tokens);
  search_window(tokens);
  search_objects(tokens);
  search_stories(tokens);
}

// --- all together -----------------------------------------------------------------------------------------------

/// Nothing is typed yet: what was done last, and then all there is.
void Offering::offer_everything() {
  for (const std::string& line : asked_.history) {
    if (!add_whole(line)) search(line);
  }
  for (const raft::walkthrough::CommandInfo& info : raft::walkthrough::command_table()) {
    if (!add_whole(info.name)) add_unfinished(info.name);
  }
  for (const char* word : {"until", "back until", "is"}) add_unfinished(word);
  search_handfuls({});
  search_window({});
}

/// A condition without a word before it: as a question, and to run until it holds.
void Offering::offer_condition(const std::string& typed) {
  const Completion found = raft::walkthrough::complete(typed, LineKind::Condition, world());
  if (!found.takes_more) {
    add_whole("is " + rtrimmed(typed));
    add_whole("until " + rtrimmed(typed));
    add_whole("back until " + rtrimmed(typed));
    return;
  }
  if (typed.find(' ') != std::string::npos) expand({LineKind::Condition, "is ", typed, true}, 0);
}

/// A condition whose commands lack their quotes, with them.
void Offering::offer_with_quotes(TypedLine typed) {
  const auto is_stored = [this](std::string_view command) {
    return std::any_of(world().machines.begin(), world().machines.end(), [&](const raft::sim::Machine& machine) {
      const raft::Log& log = machine.node.durable.log;
      for (raft::Index index = log.first_index(); index <= log.last_index(); ++index) {
        if (raft::sim::content_text(world(), log.at(index).command) == command) return true;
      }
      return false;
    });
  };
  const std::optional<std::string> quoted = raft::walkthrough::with_commands_quoted(typed.rest, is_stored);
  if (!quoted) return;
  if (typed.kind == LineKind::Command) return offer_condition(*quoted);
  typed.rest = *quoted;
  expand(typed, 1);
}

void Offering::explain_error(const std::string& text) {
  const TypedLine typed = typed_of(text);
  const auto names = raft::walkthrough::Names::of(world());
  std::optional<Problem> problem;
  if (typed.kind == LineKind::Command) {
    const auto parsed = raft::walkthrough::parse_command(typed.rest, names);
    if (const auto* wrong = std::get_if<Problem>(&parsed)) problem = *wrong;
  } else {
    const auto parsed = raft::walkthrough::parse_condition(typed.rest, names);
    if (const auto* wrong = std::get_if<Problem>(&parsed)) problem = *wrong;
  }
  if (!problem) return;
  offers_.shown.error_column = problem->column + static_cast<int>(text.find(typed.rest));
  std::size_t byte = 0;
  while (byte < typed.rest.size() && raft::walkthrough::column_at(typed.rest, byte) < problem->column) ++byte;
  const std::string word = typed.rest.substr(byte, typed.rest.find(' ', byte) - byte);
  std::vector<std::string> right = raft::walkthrough::complete(typed.rest.substr(0, byte), typed.kind, world()).words;
  if (right.size() > words_named) {
    raft::walkthrough::nearest_first(word, right);
    right.resize(words_named);
    right.emplace_back("…");
  }
  const std::string what_fits = raft::walkthrough::joined(right);
  const bool choice = !word.empty() && !right.empty() && std::find(right.begin(), right.end(), word) == right.end();
  offers_.shown.error = choice ? asked_.words.fill("palette.wrong_word", {{"word", word}, {"words", what_fits}})
                               : asked_.words.fill("palette.wrong", {{"problem", problem->text}});
}

PaletteOffers Offering::offer(const std::string& typed_text) {
  const std::size_t first = typed_text.find_first_not_of(" \t");
  const std::string typed = first == std::string::npos ? "" : typed_text.substr(first);
  if (typed.empty()) {
    offer_everything();
    return std::move(offers_);
  }
  // A word that begins a line of its own comes before commands that only have it in their description.
  constexpr std::size_t meant = 3;
  const auto offer_lines = [&] {
    for (const char* const line : {"until", "back until"}) {
      if (std::string_view(line).starts_with(typed)) add_unfinished(line);
    }
  };
  if (typed.size() >= meant) offer_lines();
  offer_with_quotes(typed_of(typed));
  expand(typed_of(typed), 1);
  if (typed_of(typed).kind == LineKind::Command) {
    offer_condition(typed);
    search(typed);
  }
  offer_lines();
  if (offers_.deeds.empty()) explain_error(typed);
  return std::move(offers_);
}

}  // namespace

PaletteOffers palette_offers(const std::string& typed, const PaletteQuestion& asked) {
  return Offering(asked).offer(typed);
}

}  // namespace app
