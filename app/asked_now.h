// Conditions asked of the run that is open, at its cursor; running on until one holds, and back to where one came true.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/session.h"
#include "raft/walkthrough/evaluate.h"

namespace app {

/// Whether a condition holds at the cursor; if not, the part that fails and what is so instead.
struct AnswerNow {
  bool yes = false;
  raft::walkthrough::Failing failing;
};
AnswerNow ask_now(const Session& session, const raft::walkthrough::Expression& condition);

/// All that was played of a run up to one of its events, for those who ask about it.
struct Past {
  explicit Past(const raft::sim::World& start) : oracles(start), history(start) {}
  /// Call once for every event, in order.
  void observe(const raft::sim::World& after, const raft::sim::Event& event) {
    story.observe(after, event);
    oracles.observe(after, event);
    history.observe(after, event);
    events = event.number;
  }
  raft::walkthrough::Story story;
  raft::check::Oracles oracles;
  raft::check::History history;
  std::int64_t events = 0;
};

/// What a condition may ask about what has been, as far as the cursor; what it does not ask about costs nothing.
class PastUntilNow {
 public:
  PastUntilNow(const Session& session, const raft::walkthrough::Expression& condition);
  /// Otherwise the session itself knows the answer.
  static bool asks_more_than_is_known(const Session& session, const raft::walkthrough::Expression& condition);
  /// The cursor has gone on.
  void follow(const raft::sim::Timeline& run);
  /// Valid until this or the session changes.
  raft::walkthrough::Facts facts(const Session& session, raft::check::LinearizabilityChecker& checker) const;

 private:
  void catch_up(const raft::sim::Timeline& run);

  std::optional<Past> told_;  // else the session knows it
};

/// The answers at one place of a session, by what is asked: whoever shows one in every frame has it told once.
class AnswersKept {
 public:
  const AnswerNow& ask(const Session& session, const std::string& text, const raft::walkthrough::Expression& condition);

 private:
  std::int64_t generation_ = -1;
  raft::sim::RunPlace place_;
  std::optional<PastUntilNow> past_;  // goes along with the cursor, once somebody has asked about it
  std::map<std::string, AnswerNow> answers_;
};

/// Plays on until a condition holds, a slice of events at a time.
class RunUntil {
 public:
  RunUntil(const Session& session, raft::walkthrough::Expression condition, raft::sim::Time within);

  enum class Progress { GoingOn, Holds, LimitReached, Broken, StepOver, NothingMore };
  Progress go_on(Session& session, int most_events);
  /// Once its time is over: to where it began, unless somebody has acted on the way or the run goes on in another branch.
  /// What it played in free play in vain is forgotten, so that who then acts opens no branch; not if a goal was reached. True
  /// if it went.
  bool goes_back(Session& session);
  /// It is where it began.
  bool stands(const Session& session) const { return session.run().place() == start_; }

  const raft::walkthrough::Expression& condition() const { return condition_; }
  raft::sim::Time limit() const { return limit_; }
  /// From 0 to 1, of the simulated time that it may take.
  double part(const Session& session) const;

 private:
  raft::walkthrough::Expression condition_;
  PastUntilNow past_;
  raft::check::LinearizabilityChecker checker_{Session::frame_limits};
  raft::sim::RunPlace start_;
  std::optional<raft::check::CheckedRun> before_;  // in free play: what there was when it began
  raft::check::BranchId branch_;  // that it began in; at a walkthrough's end one goes on in another
  std::ptrdiff_t acts_ = 0;       // by hand, that there were at the start
  std::size_t goals_ = 0;         // that were reached at the start
  raft::sim::Time limit_ = 0;
};

/// Looks for the last event before the cursor at which a condition came true, a slice of events at a time, in a copy of
/// the run: it goes through the run stretch by stretch, the latest first. What asks about the past is followed from the
/// start of the run.
class RunBack {
 public:
  /// `within`: so much simulated time before the cursor at most; what came true exactly then counts.
  RunBack(const Session& session, raft::walkthrough::Expression condition, std::optional<raft::sim::Time> within);

  enum class Progress { GoingOn, Found, Never };
  Progress go_on(int most_events);

  /// Once it is found: the event after which the condition holds, and before which it did not.
  std::int64_t found() const { return found_; }
  /// From 0 to 1, of the events that there are to be looked at.
  double part() const;

 private:
  bool holds();
  void begin_stretch(std::int64_t last);
  void look_here();

  raft::walkthrough::Expression condition_;
  bool asks_about_the_past_ = false;
  raft::sim::Timeline run_;
  std::int64_t first_ = 0;  // event that can be found
  std::int64_t last_ = 0;
  std::int64_t from_ = 0;   // of the stretch
  std::int64_t until_ = 0;
  std::int64_t looked_at_ = 0;
  bool held_ = false;       // at the event before
  std::int64_t found_ = -1;
  Past past_;
  raft::check::LinearizabilityChecker checker_{Session::frame_limits};
};

}  // namespace app
