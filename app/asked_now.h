// Conditions asked of the run that is open, at its cursor, and running on until one holds.
#pragma once

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

/// Plays on until a condition holds, a slice of events at a time.
class RunUntil {
 public:
  RunUntil(const Session& session, raft::walkthrough::Expression condition, raft::sim::Time within);

  enum class Progress { GoingOn, Holds, LimitReached, NothingMore };
  Progress go_on(Session& session, int most_events);

  const raft::walkthrough::Expression& condition() const { return condition_; }
  raft::sim::Time limit() const { return limit_; }
  /// From 0 to 1, of the simulated time that it may take.
  double part(const Session& session) const;

 private:
  bool holds(const Session& session) const;

  raft::walkthrough::Expression condition_;
  raft::walkthrough::Story story_;
  raft::sim::Time start_ = 0;
  raft::sim::Time limit_ = 0;
};

}  // namespace app
