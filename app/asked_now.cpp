// The story that conditions about the past need is told again from the start of the run, and only for those.
#include "app/asked_now.h"

#include <algorithm>
#include <utility>

namespace app {

namespace {

using raft::walkthrough::calls;
using raft::walkthrough::Expression;
using raft::walkthrough::Function;
using raft::walkthrough::Story;

bool needs_story(const Expression& condition) { return calls(condition, {Function::LeaderInTerm, Function::Happened}); }

/// Also of a command: a snapshot may have replaced the entry, and only who has seen the past knows what it was.
bool asks_about_the_past(const Expression& condition) {
  return needs_story(condition) || calls(condition, {Function::Safe, Function::Violated, Function::Linearizable, Function::Stored,
                                                     Function::Committed, Function::Applications});
}

}  // namespace

/// What lies ahead of the cursor is known to the session, and not to be told: then it is all found out again.
PastUntilNow::PastUntilNow(const Session& session, const Expression& condition) {
  if (asks_more_than_is_known(session, condition)) catch_up(session.run());
}

bool PastUntilNow::asks_more_than_is_known(const Session& session, const Expression& condition) {
  const bool is_known = session.run().position() == session.run().end() && !needs_story(condition);
  return asks_about_the_past(condition) && !is_known;
}

void PastUntilNow::catch_up(const raft::sim::Timeline& run) {
  raft::sim::Timeline again = run;
  const std::int64_t position = run.position();
  again.seek(told_ ? told_->events : 0);
  if (!told_) told_.emplace(again.world());
  while (again.position() < position && again.step()) told_->observe(again.world(), again.event());
}

void PastUntilNow::follow(const raft::sim::Timeline& run) {
  if (!told_) return;
  if (run.position() == told_->events + 1) {
    told_->observe(run.world(), run.event());
  } else if (run.position() > told_->events) {
    catch_up(run);  // somebody has acted
  }
}

raft::walkthrough::Facts PastUntilNow::facts(const Session& session, raft::check::LinearizabilityChecker& checker) const {
  static const Story nothing;
  const raft::sim::Timeline& run = session.run();
  if (!told_) return {run.world(), run.clock(), nothing, session.oracles(), session.history(), checker};
  return {run.world(), run.clock(), told_->story, told_->oracles, told_->history, checker};
}

namespace {

AnswerNow answer_of(const Session& session, const PastUntilNow& past, const Expression& condition) {
  raft::check::LinearizabilityChecker checker{Session::frame_limits};
  const raft::walkthrough::Facts facts = past.facts(session, checker);
  AnswerNow answer{.yes = raft::walkthrough::holds(condition, facts), .failing = {}};
  if (!answer.yes) answer.failing = raft::walkthrough::failing_part(condition, facts);
  return answer;
}

}  // namespace

AnswerNow ask_now(const Session& session, const Expression& condition) {
  return answer_of(session, PastUntilNow(session, condition), condition);
}

const AnswerNow& AnswersKept::ask(const Session& session, const std::string& text, const Expression& condition) {
  const raft::sim::RunPlace place = session.run().place();
  if (generation_ != session.generation() || place != place_) {
    const bool goes_on = generation_ == session.generation() && place.event >= place_.event;
    if (!goes_on) past_.reset();
    if (past_) past_->follow(session.run());
    generation_ = session.generation();
    place_ = place;
    answers_.clear();
  }
  const auto found = answers_.find(text);
  if (found != answers_.end()) return found->second;
  const bool asks_more = PastUntilNow::asks_more_than_is_known(session, condition);
  if (asks_more && !past_) past_.emplace(session, condition);
  const AnswerNow answer = asks_more ? answer_of(session, *past_, condition) : ask_now(session, condition);
  return answers_.emplace(text, answer).first->second;
}

namespace {

std::ptrdiff_t acts_by_hand(const Session& session) {
  const std::vector<raft::sim::Act>& acts = session.run().acts();
  return std::count_if(acts.begin(), acts.end(), [](const raft::sim::Act& act) { return act.origin != raft::sim::Origin::Script; });
}

}  // namespace

RunUntil::RunUntil(const Session& session, Expression condition, raft::sim::Time within)
    : condition_(std::move(condition)),
      past_(session, condition_),
      start_(session.run().place()),
      before_(session.branches().current() != nullptr ? std::optional(session.branches().current()->run) : std::nullopt),
      branch_(session.branches().current_id()),
      acts_(acts_by_hand(session)),
      goals_(session.goals_reached()),
      limit_(start_.clock + within) {}

bool RunUntil::goes_back(Session& session) {
  if (acts_by_hand(session) != acts_ || session.branches().current_id() != branch_) return false;
  if (before_ && session.goals_reached() == goals_) {
    session.restore(*std::exchange(before_, std::nullopt));
  } else {
    session.seek(start_);
  }
  return true;
}

RunUntil::Progress RunUntil::go_on(Session& session, int most_events) {
  past_.follow(session.run());
  for (int i = 0; i < most_events; ++i) {
    if (raft::walkthrough::holds(condition_, past_.facts(session, checker_))) return Progress::Holds;
    if (session.run().clock() >= limit_) return Progress::LimitReached;
    const raft::sim::RunPlace before = session.run().place();
    // What a walkthrough says or begins to wait for moves nothing.
    constexpr int most_things = 10'000;
    for (int things = 0; things < most_things && session.run().place() == before; ++things) {
      if (!session.play(limit_ - session.run().clock(), 1)) break;
    }
    if (session.run().place() == before) {
      return session.run().next_at() == raft::sim::never ? Progress::NothingMore : Progress::StepOver;
    }
    past_.follow(session.run());
    // A broken promise is to be seen, unless it is what was waited for.
    if (session.stopped_at_breach()) {
      return raft::walkthrough::holds(condition_, past_.facts(session, checker_)) ? Progress::Holds : Progress::Broken;
    }
  }
  return Progress::GoingOn;
}

namespace {

/// Events of a stretch: some thousandths of a second to play again.
constexpr std::int64_t stretch_length = 2048;

raft::sim::Timeline at_start(raft::sim::Timeline run) {
  run.seek(0);
  return run;
}

}  // namespace

RunBack::RunBack(const Session& session, Expression condition, std::optional<raft::sim::Time> within)
    : condition_(std::move(condition)),
      asks_about_the_past_(asks_about_the_past(condition_)),
      run_(at_start(session.run())),
      past_(run_.world()) {
  const raft::sim::Timeline& run = session.run();
  // From the middle of an interval, the event that it begins with lies before.
  last_ = run.clock() > run.world().now ? run.position() : run.position() - 1;
  const raft::sim::Time since = within ? std::max<raft::sim::Time>(0, run.clock() - *within) : 0;
  if (since > 0) first_ = run.last_event_until(since - 1) + 1;
  if (last_ >= first_) begin_stretch(last_);
}

bool RunBack::holds() {
  return raft::walkthrough::holds(condition_, {run_.world(), run_.clock(), past_.story, past_.oracles, past_.history, checker_});
}

void RunBack::begin_stretch(std::int64_t last) {
  until_ = last;
  from_ = asks_about_the_past_ ? 0 : std::max(first_, last - stretch_length + 1);
  run_.seek(std::max<std::int64_t>(from_ - 1, 0));
  held_ = from_ > 0 && holds();
  if (from_ == 0) look_here();
}

void RunBack::look_here() {
  const bool now = holds();
  if (now && !held_ && run_.position() >= first_) found_ = run_.position();
  held_ = now;
  ++looked_at_;
}

RunBack::Progress RunBack::go_on(int most_events) {
  if (last_ < first_) return Progress::Never;
  for (int i = 0; i < most_events; ++i) {
    if (run_.position() >= until_) {
      if (found_ >= 0) return Progress::Found;
      if (from_ <= first_) return Progress::Never;
      begin_stretch(from_ - 1);
      continue;
    }
    run_.step();
    if (asks_about_the_past_) past_.observe(run_.world(), run_.event());
    look_here();
  }
  return Progress::GoingOn;
}

double RunBack::part() const {
  const std::int64_t first = asks_about_the_past_ ? 0 : first_;
  const auto all = static_cast<double>(std::max<std::int64_t>(1, last_ - first + 1));
  return std::clamp(static_cast<double>(looked_at_) / all, 0.0, 1.0);
}

double RunUntil::part(const Session& session) const {
  const auto done = static_cast<double>(session.run().clock() - start_.clock);
  return std::clamp(done / static_cast<double>(std::max<raft::sim::Time>(1, limit_ - start_.clock)), 0.0, 1.0);
}

}  // namespace app
