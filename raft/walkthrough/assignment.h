// Homework and puzzles: a walkthrough with a `goal`. Its first steps set the stage, and each step after them only
// expects: that is a goal. Whether a session reaches the goals, and whether it kept to what the assignment allows.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "raft/check/history.h"
#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/walkthrough/evaluate.h"
#include "raft/walkthrough/story.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

/// A walkthrough with a `goal` is one; whether it is a sound one says why_not_gradable.
inline bool is_assignment(const Walkthrough& walkthrough) { return !walkthrough.goals.empty(); }

/// The first step that is a goal: those before it set the stage.
std::size_t first_goal(const Walkthrough& assignment);

/// Why nothing can be graded by it: no goal, or a goal that does something.
std::optional<Diagnostic> why_not_gradable(const Walkthrough& assignment);

/// What an assignment does not let anybody do.
struct Forbidden {
  enum class Why : std::uint8_t { Rules, Setting, Command, TooMany };
  Why why = Why::Command;
  std::string command;
  AllowedCommands allowed;  // TooMany: what there is a limit to
};
/// The first of the commands, which are done in this order, that is forbidden. Without a line `allow do` all are allowed
/// but settings; rules and clocks never are.
std::optional<Forbidden> first_forbidden(const Walkthrough& assignment, const std::vector<std::string>& commands);

struct ReachedGoal {
  std::int64_t event = 0;
  sim::Time at = 0;
};

/// Looks on as a run goes by. A goal is reached at the first moment at which all that its step expects holds together,
/// the goals in their order. `happened` means: since the goal before.
class GoalWatch {
 public:
  explicit GoalWatch(std::shared_ptr<const Walkthrough> assignment);

  /// Call once for every event, in order; goals count from the end of event `stage_is_set` on.
  void observe(const sim::World& after, const sim::Event& event);
  void set_stage(std::int64_t event) { stage_is_set_ = event; }

  /// Of each goal so far, in order; as many as have been reached.
  const std::vector<ReachedGoal>& reached() const { return reached_; }
  bool all_reached() const { return first_goal_ + reached_.size() == assignment_->steps.size(); }

 private:
  bool holds_now(const Step& goal, const sim::World& world) const;

  std::shared_ptr<const Walkthrough> assignment_;
  std::size_t first_goal_;
  std::int64_t stage_is_set_ = 0;
  Story story_;
  check::Oracles oracles_;
  check::History history_;
  mutable check::LinearizabilityChecker linearizability_;  // remembers what it has searched
  std::vector<ReachedGoal> reached_;
};

struct Grade {
  enum class Verdict : std::uint8_t { Passed, Failed, Refused, Cancelled };
  Verdict verdict = Verdict::Failed;
  std::string why;                    // Refused: a sentence
  std::vector<ReachedGoal> reached;  // of the goals in order; not of a refused session
};

/// An answer takes hundreds of events; a session that plays more is not waited for.
inline constexpr std::int64_t max_graded_events = 300'000;

/// Plays the session and looks on. Nothing that it says of itself is believed: neither its expectations nor its hash.
/// Requires !why_not_gradable(*assignment). `is_cancelled` is asked now and then.
Grade grade(const std::shared_ptr<const Walkthrough>& assignment, const std::shared_ptr<const Walkthrough>& session,
            const std::function<bool()>& is_cancelled = {});

}  // namespace raft::walkthrough
