// The story that conditions about the past need is told again from the start of the run, and only for those.
#include "app/asked_now.h"

#include <algorithm>
#include <initializer_list>

namespace app {

namespace {

using raft::walkthrough::Expression;
using raft::walkthrough::Function;
using raft::walkthrough::Story;

/// Whether it calls one of these functions anywhere.
bool calls(const Expression& condition, std::initializer_list<Function> functions) {
  const bool itself = condition.kind == Expression::Kind::Call &&
                      std::find(functions.begin(), functions.end(), condition.function) != functions.end();
  return itself || std::any_of(condition.parts.begin(), condition.parts.end(),
                               [&](const Expression& part) { return calls(part, functions); });
}

bool needs_story(const Expression& condition) { return calls(condition, {Function::LeaderInTerm, Function::Happened}); }

/// Also of a command: a snapshot may have replaced the entry, and only who has seen the past knows what it was.
bool asks_about_the_past(const Expression& condition) {
  return needs_story(condition) || calls(condition, {Function::Safe, Function::Violated, Function::Linearizable, Function::Stored,
                                                     Function::Committed, Function::Applications});
}

Story story_until_now(const Session& session, const Expression& condition) {
  Story story;
  if (!needs_story(condition)) return story;
  raft::sim::Timeline run = session.run();
  const std::int64_t position = run.position();
  run.seek(0);
  while (run.position() < position && run.step()) story.observe(run.world(), run.event());
  return story;
}

template <typename Look>
auto look(const Session& session, const Story& story, Look&& at) {
  raft::check::LinearizabilityChecker checker{Session::frame_limits};
  const raft::sim::Timeline& run = session.run();
  return at(raft::walkthrough::Facts{run.world(), run.clock(), story, session.oracles(), session.history(), checker});
}

}  // namespace

AnswerNow ask_now(const Session& session, const Expression& condition) {
  const Story story = story_until_now(session, condition);
  return look(session, story, [&](const raft::walkthrough::Facts& facts) {
    AnswerNow answer{.yes = raft::walkthrough::holds(condition, facts), .failing = {}};
    if (!answer.yes) answer.failing = raft::walkthrough::failing_part(condition, facts);
    return answer;
  });
}

RunUntil::RunUntil(const Session& session, Expression condition, raft::sim::Time within)
    : condition_(std::move(condition)),
      story_(story_until_now(session, condition_)),
      start_(session.run().clock()),
      limit_(start_ + within) {}

bool RunUntil::holds(const Session& session) const {
  return look(session, story_, [&](const raft::walkthrough::Facts& facts) {
    return raft::walkthrough::holds(condition_, facts);
  });
}

RunUntil::Progress RunUntil::go_on(Session& session, int most_events) {
  for (int i = 0; i < most_events; ++i) {
    if (holds(session)) return Progress::Holds;
    if (session.run().clock() >= limit_) return Progress::LimitReached;
    const std::int64_t before = session.run().position();
    session.step_forward(ui::Stride::Event);
    if (session.run().position() <= before) return Progress::NothingMore;
    story_.observe(session.run().world(), session.run().event());
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
      oracles_(run_.world()),
      history_(run_.world()) {
  const raft::sim::Timeline& run = session.run();
  // From the middle of an interval, the event that it begins with lies before.
  last_ = run.clock() > run.world().now ? run.position() : run.position() - 1;
  const raft::sim::Time since = within ? std::max<raft::sim::Time>(0, run.clock() - *within) : 0;
  if (since > 0) first_ = run.last_event_until(since - 1) + 1;
  if (last_ >= first_) begin_stretch(last_);
}

bool RunBack::holds() {
  return raft::walkthrough::holds(condition_, {run_.world(), run_.clock(), story_, oracles_, history_, checker_});
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
    if (asks_about_the_past_) {
      story_.observe(run_.world(), run_.event());
      oracles_.observe(run_.world(), run_.event());
      history_.observe(run_.world(), run_.event());
    }
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
  const auto done = static_cast<double>(session.run().clock() - start_);
  return std::clamp(done / static_cast<double>(std::max<raft::sim::Time>(1, limit_ - start_)), 0.0, 1.0);
}

}  // namespace app
