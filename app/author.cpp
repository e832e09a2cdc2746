// Where things go in a draft, and what follows from it. Editing the text is in raft/walkthrough/edit.h.
#include "app/author.h"

#include <algorithm>
#include <utility>

#include "raft/walkthrough/ahead.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/recorder.h"

namespace app {

using namespace raft::walkthrough;
using raft::sim::Timeline;

namespace {

/// A draft is played to its end after every edit; longer ones are checked by `raftlab run`.
constexpr int most_events_checked = 200'000;
constexpr std::size_t most_undone = 200;

/// A cluster as it starts, what its run may break, and one step in which nothing is done.
Author::Draft empty_draft(const Timeline& run, const std::string& name) {
  Walkthrough draft = record(until_cursor(run));
  draft.saved.reset();
  draft.file = "draft.walk";
  draft.steps.assign(1, {});
  draft.steps.front().name = name;
  return std::make_shared<const Walkthrough>(std::move(draft));
}

/// The same with its head saying so, where what was done by hand breaks promises that the walkthrough keeps.
Author::Draft allowing(const Author::Draft& draft, const std::vector<raft::check::Property>& broken, const ParseOptions& options) {
  Walkthrough changed = *draft;
  for (const raft::check::Property property : broken) {
    if (std::find(draft->allowed.begin(), draft->allowed.end(), property) != draft->allowed.end()) continue;
    HeadLine& line = changed.head.emplace_back();
    line.kind = HeadLine::Kind::AllowViolation;
    line.property = property;
  }
  if (changed.head.size() == draft->head.size()) return draft;
  Parsed read = canonical(changed, options);
  return read.errors.empty() ? std::make_shared<const Walkthrough>(std::move(read.walkthrough)) : draft;
}

std::string exactly(raft::sim::Time time) { return std::to_string(time) + "us"; }

/// A fact, and what is left of the time after it: the run goes on exactly as it did.
std::string come_to(const Player& from, const RunPlace& to) {
  const std::vector<std::string> ways = raft::walkthrough::waits(from.facts(), to);
  if (ways.empty()) return "";
  Timeline run = from.timeline();
  while (run.position() < to.event && run.step()) {
  }
  const raft::sim::Time rest = to.clock - run.clock();
  // Waiting up to the time of an event plays that event too.
  if (rest > 0 && raft::sim::upcoming(run.world()).at == to.clock) return "at event " + std::to_string(to.event) + " at " + exactly(to.clock);
  const bool fact = ways.front().starts_with("until");
  if (!fact && rest > 0) return "for " + exactly(to.clock - from.timeline().clock());
  const std::string& way = fact ? ways.front() : ways.back();
  return rest > 0 ? way + "\nfor " + exactly(rest) : way;
}

/// How the run of the session came to where it stands.
std::vector<std::string> waits_from(const Player& from, const Session& session) {
  if (from.timeline().position() > session.run().position()) return {};
  return raft::walkthrough::waits(from.facts(), session.run().place());
}

/// The last step up to which a draft that has become another one is the same to the letter; -1: only the head is, nullopt:
/// not even that. The last step of all may have become longer.
std::optional<int> last_same_step(const Walkthrough& draft, const std::string& before, const std::string& after) {
  const auto differs = std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first;
  const int line = 1 + static_cast<int>(std::count(before.begin(), differs, '\n'));
  int first_other = 0;
  while (first_other < static_cast<int>(draft.steps.size()) && draft.steps[static_cast<std::size_t>(first_other)].place.line <= line) ++first_other;
  if (first_other == 0) return std::nullopt;
  return first_other - 2;
}

/// Plays up to the place. `player` has played a draft of which the first steps, `same` of them, are the same.
bool bring(Player& player, const Author::Draft& draft, const Author::Place& place, std::size_t same) {
  int last = static_cast<int>(std::min(same, place.step)) - 1;
  while (last >= 0 && !player.end_of_step(last)) --last;
  player.go_on_with(draft, last);
  return player.play_to_statement(static_cast<int>(place.step), place.statement);
}

}  // namespace

Author::Author(Draft draft, ParseOptions options) : draft_(std::move(draft)), options_(std::move(options)) {
  Parsed read = canonical(*draft_, options_);
  if (read.errors.empty()) draft_ = std::make_shared<const Walkthrough>(std::move(read.walkthrough));
  find_out();
  saved_text_ = text();
}

void Author::find_out() {
  const std::string before = std::exchange(text_, write(*draft_));
  const std::optional<int> last = played_ ? last_same_step(played_->walkthrough(), before, text_) : std::nullopt;
  if (last && played_->end_of_step(*last)) {
    played_->go_on_with(draft_, *last);
  } else {
    played_.emplace(draft_);
  }
  for (int played = 0; played < most_events_checked; ++played) {
    const Player::Progress progress = played_->play_one();
    if (progress == Player::Progress::Ended || progress == Player::Progress::Failed) break;
  }
}

Author Author::of(const Session& session, ParseOptions options, const StepName& name, Place* stands) {
  const Player* player = session.player();
  if (player == nullptr) {
    Author author(empty_draft(session.run(), name(1)), std::move(options));
    const Place end = author.take_over(session.run(), 0, {0, 0}, name);
    author.undo_.clear();  // nobody has seen the empty one
    if (stands != nullptr) *stands = end;
    return author;
  }
  Author author(std::make_shared<const Walkthrough>(player->walkthrough()), std::move(options));
  const std::optional<Place> acted = author.take_over_acts(session);
  if (stands != nullptr) *stands = acted ? *acted : session.step_at_cursor() >= 0 ? author.place_of(session) : Place{};
  return author;
}

std::optional<Author::Place> Author::take_over_acts(const Session& session) {
  if (!session.left_walkthrough()) return std::nullopt;
  const std::int64_t fork = session.branches().common_events(session.branches().current_id(), raft::check::trunk);
  const std::vector<raft::sim::Act>& acts = session.run().acts();
  const bool acted = std::any_of(acts.begin(), acts.end(), [&](const raft::sim::Act& act) {
    return act.number > fork && act.number <= session.run().position();
  });
  if (!acted) return std::nullopt;
  const bool goes_on = fork == session.player()->reached().event;
  const int last_step = static_cast<int>(draft_->steps.size()) - 1;
  return take_over(session.run(), fork, goes_on ? place_of(session) : place_at(fork, last_step), {});
}

/// What was done by hand in a run after event `from`, and how it came to each of these acts, so that it plays exactly so:
/// one edit. With a name for it each act that was waited for begins a step.
Author::Place Author::take_over(const Timeline& run, std::int64_t from, Place place, const StepName& name) {
  Draft next = allowing(draft_, record(until_cursor(run)).allowed, options_);
  Player player = *played_;
  std::size_t same = place.step;
  const auto change = [&](const Edit& edit) {
    Parsed changed = edited(*next, edit, options_);
    if (!changed.errors.empty()) return false;
    next = std::make_shared<const Walkthrough>(std::move(changed.walkthrough));
    return true;
  };
  const auto add = [&](const std::string& text) {
    if (text.empty()) return;
    const std::size_t before = next->steps[place.step].statements.size();
    if (change(AddStatements{place.step, place.statement, text})) place.statement += next->steps[place.step].statements.size() - before;
  };
  const auto come = [&](const RunPlace& to) {
    // The step in which the player stands has grown since it came there.
    const bool there = bring(player, next, place, std::exchange(same, place.step));
    return there ? come_to(player, to) : std::string();
  };
  bool acted = false;
  for (const raft::sim::Act& act : run.acts()) {
    if (act.number <= from || act.number > run.position()) continue;
    const std::string way = come({act.number - 1, act.at});
    add(way);
    const std::size_t count = next->steps.size();
    if (name && acted && !way.empty() && change(AddStep{count, name(count + 1)})) place = {count, 0};
    add("do " + command_text(act.what, Names::of(run.world())));
    acted = true;
  }
  if (acted || name) add(come({run.position(), run.clock()}));
  if (next != draft_) take(std::move(next));
  return place;
}

void Author::take(Draft draft) {
  undo_.push_back(draft_);
  if (undo_.size() > most_undone) undo_.erase(undo_.begin());
  redo_.clear();
  draft_ = std::move(draft);
  find_out();
}

void Author::undo() {
  if (undo_.empty()) return;
  redo_.push_back(std::exchange(draft_, undo_.back()));
  undo_.pop_back();
  find_out();
}

void Author::redo() {
  if (redo_.empty()) return;
  undo_.push_back(std::exchange(draft_, redo_.back()));
  redo_.pop_back();
  find_out();
}

std::string Author::apply(const Edit& edit) {
  Parsed next = edited(*draft_, edit, options_);
  if (next.errors.empty()) {
    take(std::make_shared<const Walkthrough>(std::move(next.walkthrough)));
    return "";
  }
  const Diagnostic& error = next.errors.front();
  const std::optional<StepPlace> place = place_of_line(next.walkthrough, error.line);
  return place ? std::to_string(place->step + 1) + ": " + error.text : error.text;
}

std::optional<Player> Author::player_at(const Place& place) const {
  Player player = *played_;
  if (!bring(player, draft_, place, place.step)) return std::nullopt;
  return player;
}

/// What the session's own player has reached, if somebody has gone on from there by hand; else the last statement that
/// had not begun when the run came to the cursor.
Author::Place Author::place_of(const Session& session) const {
  const Player* shown = session.player();
  const bool by_hand = session.left_walkthrough() && session.run().position() >= shown->reached().event;
  if (shown != nullptr && by_hand) {
    if (shown->step_index() < 0) return {};
    const auto step = static_cast<std::size_t>(shown->step_index());
    const std::size_t count = draft_->steps[step].statements.size();
    return {step, shown->step_complete() ? count : std::min(shown->statement_index(), count)};
  }
  return place_at(session.run().position(), std::max(session.step_at_cursor(), 0));
}

Author::Place Author::place_at(std::int64_t event, int last_step) const {
  Player player = *played_;
  int before = std::min(last_step, static_cast<int>(draft_->steps.size())) - 1;  // a step that ended earlier
  while (before >= 0 && (!player.end_of_step(before) || player.end_of_step(before)->event >= event)) --before;
  player.go_on_with(draft_, before);
  Place last;
  while (player.timeline().position() <= event) {
    if (player.step_index() >= 0 && player.between_statements()) {
      last.step = static_cast<std::size_t>(player.step_index());
      last.statement = player.step_complete() ? draft_->steps[last.step].statements.size() : player.statement_index();
    }
    if (player.step_index() > last_step || (player.step_index() == last_step && player.step_complete())) break;
    const Player::Progress progress = player.play_one();
    if (progress == Player::Progress::Failed || progress == Player::Progress::Ended) break;
  }
  return last;
}

std::vector<std::string> Author::waits(const Session& session) const {
  const std::optional<Player> from = player_at(place_of(session));
  return from ? waits_from(*from, session) : std::vector<std::string>();
}

std::string Author::insert(const Session& session, const std::string& statements, bool says_how_to_come, Place& place) {
  place = place_of(session);
  const std::vector<Statement>& there = draft_->steps[place.step].statements;
  while (place.statement < there.size() && !is_done(there[place.statement].kind)) ++place.statement;  // below the texts
  std::string text = statements;
  const std::optional<Player> from = says_how_to_come ? std::nullopt : player_at(place);
  // Where no event has happened since, what is done now may as well be done at once.
  if (from && session.run().position() > from->timeline().position()) {
    const std::vector<std::string> ways = waits_from(*from, session);
    if (!ways.empty()) text = ways.front() + "\n" + text;
  }
  if (text.empty()) return "";
  const std::size_t before = draft_->steps[place.step].statements.size();
  std::string error = apply(AddStatements{place.step, place.statement, text});
  if (error.empty()) place.statement += draft_->steps[place.step].statements.size() - before;
  return error;
}

std::string Author::begin_step(const Session& session, const std::string& name, Place& place) {
  const Author before = *this;
  std::string error = insert(session, "", false, place);
  if (error.empty()) {
    const std::size_t count = draft_->steps[place.step].statements.size();
    error = apply(place.statement < count ? Edit(SplitStep{place.step, place.statement, name}) : Edit(AddStep{place.step + 1, name}));
  }
  if (!error.empty()) {
    *this = before;
    return error;
  }
  // Both are taken back at once.
  if (undo_.back() != before.draft_) undo_.pop_back();
  place = {place.step + 1, 0};
  return "";
}

Session Author::session_at(const Place& place) const {
  Player player = *played_;
  bring(player, draft_, place, place.step);
  return Session::left_by(std::move(player));
}

Session Author::session_before(std::size_t step) const {
  Player player = *played_;
  const int last = static_cast<int>(step) - 1;
  if (player.end_of_step(last)) player.go_on_with(draft_, last);
  return Session::of_player(std::move(player));
}

void Author::at_cursor(const Session& session, const Player& here, const std::function<void(const Facts&)>& visit) const {
  const raft::sim::Time rest = std::max<raft::sim::Time>(session.run().clock() - here.timeline().clock(), 0);
  run_ahead(here.facts(), rest, [&](const Facts& facts) {
    if (facts.world.events < session.run().position()) return false;
    visit(facts);
    return true;
  });
}

std::vector<std::string> Author::expectations(const Session& session) const {
  const Place place = place_of(session);
  const std::optional<Player> before = player_at({place.step, 0});
  const std::optional<Player> here = player_at(place);
  if (!before || !here) return {};
  std::vector<std::string> found;
  at_cursor(session, *here, [&](const Facts& facts) { found = true_now(facts, before->facts()); });
  return found;
}

std::vector<Author::Question> Author::questions(const Session& session) const {
  const std::optional<Player> here = player_at(place_of(session));
  if (!here) return {};
  std::vector<Question> found;
  at_cursor(session, *here, [&](const Facts& facts) {
    for (QuestionIdea& idea : raft::walkthrough::questions(facts)) {
      raft::walkthrough::Question question = question_of(idea, Names::of(facts.world));
      std::optional<Asked> asked = look_ahead(question, facts);
      if (!asked) continue;
      asked->question = nullptr;
      found.push_back({std::move(idea), std::move(*asked)});
    }
  });
  return found;
}

}  // namespace app
