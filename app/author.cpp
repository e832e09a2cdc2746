// Where things go in a draft, and what follows from it. Editing the text is in raft/walkthrough/edit.h.
#include "app/author.h"

#include <algorithm>

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

/// A played run as steps: each thing that was done by hand begins one, and says how it came to that. Empty: one step.
class StepsOfRun {
 public:
  explicit StepsOfRun(const Timeline& run) : run_(run), draft_(empty_draft(run)) {}

  Walkthrough write_down(const ParseOptions& options) {
    auto read = canonical(draft_, options);
    Walkthrough so_far = std::move(read.walkthrough);
    std::int64_t before = -1;
    for (const raft::sim::Act& act : run_.acts()) {
      if (act.number > run_.position()) break;
      const bool at_once = act.number == before + 1;
      before = act.number;
      if (!at_once && act.number > 1) {
        so_far = add(std::move(so_far), come_to(so_far, {act.number - 1, act.at}), options);
        if (has_statements(so_far)) so_far = with_step(std::move(so_far), options);
      }
      so_far = add(std::move(so_far), "do " + command_text(act.what, raft::walkthrough::Names::of(run_.world())), options);
    }
    if (run_.position() > std::max<std::int64_t>(before, 0)) {
      so_far = add(std::move(so_far), come_to(so_far, {run_.position(), run_.clock()}), options);
    }
    return so_far;
  }

 private:
  static Walkthrough empty_draft(const Timeline& run) {
    Walkthrough draft = record(Recording{run.config(), {}, 0, 0});
    draft.saved.reset();
    draft.file = "draft.walk";
    draft.steps.front().name = "Step 1";
    return draft;
  }

  static bool has_statements(const Walkthrough& draft) { return !draft.steps.back().statements.empty(); }

  static Walkthrough with_step(Walkthrough draft, const ParseOptions& options) {
    const std::size_t count = draft.steps.size();
    return edited(draft, AddStep{count, "Step " + std::to_string(count + 1)}, options).walkthrough;
  }

  static Walkthrough add(Walkthrough draft, const std::string& statements, const ParseOptions& options) {
    if (statements.empty()) return draft;
    const std::size_t last = draft.steps.size() - 1;
    Parsed next = edited(draft, AddStatements{last, draft.steps[last].statements.size(), statements}, options);
    return next.errors.empty() ? std::move(next.walkthrough) : std::move(draft);
  }

  /// A fact, and what is left of the time after it: the run goes on exactly as it did.
  static std::string come_to(const Walkthrough& draft, const RunPlace& to) {
    Player player(std::make_shared<const Walkthrough>(draft));
    player.play_to_end_of_step(static_cast<int>(draft.steps.size()) - 1);
    const std::vector<std::string> ways = raft::walkthrough::waits(player.facts(), to);
    if (ways.empty()) return "";
    const bool fact = ways.front().starts_with("until");
    Timeline run = player.timeline();
    while (run.position() < to.event && run.step()) {
    }
    const raft::sim::Time rest = to.clock - run.clock();
    std::string text = fact ? ways.front() : run.position() > 0 && rest == 0 ? ways.back() : std::string();
    if (text.empty()) return "for " + duration(to.clock - player.timeline().clock());
    return rest > 0 ? text + "\nfor " + duration(rest) : text;
  }

  static std::string duration(raft::sim::Time time) { return std::to_string(time) + "us"; }

  const Timeline& run_;
  Walkthrough draft_;
};

}  // namespace

Author::Author(Draft draft, ParseOptions options) : draft_(std::move(draft)), options_(std::move(options)) {
  Parsed read = canonical(*draft_, options_);
  if (read.errors.empty()) draft_ = std::make_shared<const Walkthrough>(std::move(read.walkthrough));
  saved_text_ = text();
  check_all();
}

Author Author::of(const Session& session, ParseOptions options) {
  if (session.player() != nullptr) {
    return {std::make_shared<const Walkthrough>(session.player()->walkthrough()), std::move(options)};
  }
  Author author(std::make_shared<const Walkthrough>(StepsOfRun(session.run()).write_down(options)), options);
  if (session.run().position() > 0) author.saved_text_.clear();
  return author;
}

void Author::check_all() {
  Player player(draft_);
  failure_.reset();
  for (int played = 0; played < most_events_checked; ++played) {
    const Player::Progress progress = player.play_one();
    if (progress == Player::Progress::Ended) return;
    if (progress != Player::Progress::Failed) continue;
    failure_ = player.failure();
    return;
  }
}

void Author::take(Walkthrough draft) {
  undo_.push_back(draft_);
  if (undo_.size() > most_undone) undo_.erase(undo_.begin());
  redo_.clear();
  draft_ = std::make_shared<const Walkthrough>(std::move(draft));
  check_all();
}

void Author::undo() {
  if (undo_.empty()) return;
  redo_.push_back(std::exchange(draft_, undo_.back()));
  undo_.pop_back();
  check_all();
}

void Author::redo() {
  if (redo_.empty()) return;
  undo_.push_back(std::exchange(draft_, redo_.back()));
  redo_.pop_back();
  check_all();
}

std::string Author::apply(const Edit& edit) {
  Parsed next = edited(*draft_, edit, options_);
  if (next.errors.empty()) {
    take(std::move(next.walkthrough));
    return "";
  }
  const Diagnostic& error = next.errors.front();
  const std::optional<StepPlace> place = place_of_line(next.walkthrough, error.line);
  return place ? std::to_string(place->step + 1) + ": " + error.text : error.text;
}

std::optional<Player> Author::player_at(const Place& place) const {
  Player player(draft_);
  if (!player.play_to_statement(static_cast<int>(place.step), place.statement)) return std::nullopt;
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
  const int wanted = std::max(session.step_at_cursor(), 0);
  Player player(draft_);
  Place last;
  while (player.timeline().position() <= session.run().position()) {
    if (player.step_index() >= 0 && player.between_statements()) {
      last.step = static_cast<std::size_t>(player.step_index());
      last.statement = player.step_complete() ? draft_->steps[last.step].statements.size() : player.statement_index();
    }
    if (player.step_index() > wanted || (player.step_index() == wanted && player.step_complete())) break;
    const Player::Progress progress = player.play_one();
    if (progress == Player::Progress::Failed || progress == Player::Progress::Ended) break;
  }
  return last;
}

std::vector<std::string> Author::waits(const Session& session) const {
  const std::optional<Player> from = player_at(place_of(session));
  if (!from || from->timeline().position() > session.run().position()) return {};
  return raft::walkthrough::waits(from->facts(), {session.run().position(), session.run().clock()});
}

std::string Author::insert(const Session& session, const std::string& statements, bool says_how_to_come, Place& place) {
  place = place_of(session);
  std::string text = statements;
  if (!says_how_to_come) {
    const std::vector<std::string> ways = waits(session);
    // Where no event has happened since, what is done now may as well be done at once.
    const std::optional<Player> from = player_at(place);
    const bool events = from && session.run().position() > from->timeline().position();
    if (events && !ways.empty()) text = ways.front() + "\n" + text;
  }
  if (text.empty()) return "";
  const std::size_t before = draft_->steps[place.step].statements.size();
  std::string error = apply(AddStatements{place.step, place.statement, text});
  if (error.empty()) place.statement += draft_->steps[place.step].statements.size() - before;
  return error;
}

Session Author::session_at(const Place& place) const {
  Session session = Session::of_walkthrough(draft_);
  session.go_to_statement(static_cast<int>(place.step), place.statement);
  return session;
}

Session Author::session_before(std::size_t step) const {
  Session session = Session::of_walkthrough(draft_);
  session.go_to_step(static_cast<int>(step) - 1);
  return session;
}

std::vector<std::string> Author::expectations(const Session& session) const {
  const Place place = place_of(session);
  const std::optional<Player> before = player_at({place.step, 0});
  std::optional<Player> here = player_at(place);
  if (!before || !here) return {};
  // Up to the cursor nobody has acted: the run goes on by itself.
  std::vector<std::string> found;
  const raft::sim::Time rest = std::max<raft::sim::Time>(session.run().clock() - here->timeline().clock(), 0);
  run_ahead(here->facts(), rest, [&](const Facts& facts) {
    if (facts.world.events < session.run().position()) return false;
    found = true_now(facts, before->facts());
    return true;
  });
  return found;
}

std::vector<Author::Question> Author::questions(const Session& session) const {
  std::optional<Player> here = player_at(place_of(session));
  if (!here) return {};
  std::vector<Question> found;
  const raft::sim::Time rest = std::max<raft::sim::Time>(session.run().clock() - here->timeline().clock(), 0);
  run_ahead(here->facts(), rest, [&](const Facts& facts) {
    if (facts.world.events < session.run().position()) return false;
    for (QuestionIdea& idea : raft::walkthrough::questions(facts)) {
      raft::walkthrough::Question question = question_of(idea, Names::of(facts.world));
      Asked asked = look_ahead(question, facts);
      asked.question = nullptr;
      found.push_back({std::move(idea), std::move(asked)});
    }
    return true;
  });
  return found;
}

}  // namespace app
