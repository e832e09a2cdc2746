// The story that conditions about the past need is told again from the start of the run, and only for those.
#include "app/asked_now.h"

#include <algorithm>

namespace app {

namespace {

using raft::walkthrough::Expression;
using raft::walkthrough::Function;
using raft::walkthrough::Story;

bool asks_about_the_past(const Expression& condition) {
  const bool itself = condition.kind == Expression::Kind::Call &&
                      (condition.function == Function::LeaderInTerm || condition.function == Function::Happened);
  return itself || std::any_of(condition.parts.begin(), condition.parts.end(), asks_about_the_past);
}

Story story_until_now(const Session& session, const Expression& condition) {
  Story story;
  if (!asks_about_the_past(condition)) return story;
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

double RunUntil::part(const Session& session) const {
  const auto done = static_cast<double>(session.run().clock() - start_);
  return std::clamp(done / static_cast<double>(std::max<raft::sim::Time>(1, limit_ - start_)), 0.0, 1.0);
}

}  // namespace app
