// What is open in the window: a walkthrough being played, or a cluster in free play. Moves the cursor of the
// run; knows nothing of pictures, files or real time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "raft/check/branches.h"
#include "raft/check/breach.h"
#include "raft/check/linearizable.h"
#include "raft/sim/timeline.h"
#include "raft/walkthrough/assignment.h"
#include "raft/walkthrough/player.h"
#include "ui/action.h"

namespace app {

class Session {
 public:
  using Listener = std::function<void(const raft::sim::World&, const raft::sim::Event&, const std::string& command)>;

  /// Less work than a run without a window may do.
  static constexpr raft::check::SearchLimits frame_limits{.steps = 40'000, .steps_per_operation = 200};

  static Session free_play(int nodes, std::uint64_t seed);
  static Session of_walkthrough(std::shared_ptr<const raft::walkthrough::Walkthrough> walkthrough);
  /// A walkthrough as far as it has been played.
  static Session of_player(raft::walkthrough::Player player);
  /// The same, and what is done next is done by hand.
  static Session left_by(raft::walkthrough::Player player);
  /// Goes on from where a run stands that was made elsewhere.
  static Session of_run(raft::check::CheckedRun run);

  const raft::sim::Timeline& run() const;
  const raft::check::Oracles& oracles() const;
  const raft::check::History& history() const;
  /// Of the history as it stands. Costs nothing while no client is asked or answered; where too much is open at once
  /// for the time of a frame, the answer is "undecided".
  const raft::check::Linearizability& linearizability() const;
  /// null in free play that did not start from a walkthrough
  const raft::walkthrough::Player* player() const { return player_.get(); }
  /// What is to be reached, if this is a puzzle or homework: player() then plays nothing but the stage.
  const raft::walkthrough::Walkthrough* assignment() const { return assignment_.get(); }
  /// What an assignment forbids of what has been done up to the cursor, and of this on top of it.
  std::optional<raft::walkthrough::Forbidden> forbidden(const raft::sim::Intervention& what) const;
  std::size_t goals_reached() const { return goals_ ? goals_->reached().size() : 0; }
  /// 0 without an assignment.
  std::size_t goals_in_all() const;
  /// Somebody acted by hand, or went on after the last step: the walkthrough waits for Next.
  bool left_walkthrough() const { return player_ != nullptr && branches_.current() != nullptr; }

  /// The futures that have been tried; the trunk is the free play itself, or the walkthrough.
  const raft::check::Branches& branches() const { return branches_; }
  /// The run of a branch; the trunk of a walkthrough is the player's.
  const raft::sim::Timeline& run_of(raft::check::BranchId id) const;
  /// Stands on another branch, at the same place: the same event in what both have in common, else the same time. Who
  /// comes back without having moved stands where he stood before.
  void select_branch(raft::check::BranchId id);
  /// What was tried in another session of the same cluster stays, as branches of the walkthrough of this one: all that
  /// it does not do itself, from its first step to its last (`played`). `name`: of those that would go without one. How many.
  std::size_t keep_branches_of(Session before, const raft::sim::Timeline& played, const std::string& name);
  /// Takes back what has been played since on the branch that one stands on: nothing was done on it meanwhile. Whoever hears
  /// of events hears of the same ones only once.
  void restore(raft::check::CheckedRun before);
  void rename_branch(raft::check::BranchId id, std::string name) { branches_.rename(id, std::move(name)); }
  void remove_branch(raft::check::BranchId id);

  /// Is told of every event that is played for the first time.
  void set_listener(Listener listener);

  /// Asked in free play after every new event; true stops there.
  using Watcher = std::function<bool(const raft::sim::Timeline&)>;
  void set_watcher(Watcher watcher) { watcher_ = std::move(watcher); }

  /// Plays `time` µs of simulated time from the cursor; at most `most_events` events. False: there is a reason to
  /// stop playing (a step is complete, an expectation failed, a property is broken, nothing will ever happen).
  bool play(raft::sim::Time time, int most_events);
  /// What free play has just done broke a promise.
  bool stopped_at_breach() const { return stopped_at_breach_; }

  /// Plays up to the next event of that kind, at least one. Or says for how long there is none: of free play that is found out
  /// beforehand, and the cursor does not move; in a walkthrough, or without looking ahead, it stands at the end of that time.
  enum class Ahead : std::uint8_t { Look, DoNotLook };
  std::optional<raft::sim::Time> step_forward(ui::Stride stride, Ahead ahead = Ahead::Look);
  void step_back(ui::Stride stride);
  void seek_event(std::int64_t number);
  void seek_time(raft::sim::Time time);
  void seek(const raft::sim::RunPlace& place);

  /// Why it could not be done; nullopt if it was.
  [[nodiscard]] std::optional<raft::Reason> act(const raft::sim::Intervention& what, raft::sim::Origin origin);

  /// Begins the next step that is not hidden; completes the one under way first. True if a step began.
  bool next_step();
  void previous_step();
  void go_to_step(int index);
  /// The step that the cursor stands in; -1 before the first.
  int step_at_cursor() const;
  bool step_complete_at_cursor() const;
  /// The cursor is behind all that the walkthrough has.
  bool last_step_complete() const;

  /// Changes whenever the past of the cursor may have changed otherwise than by playing on.
  std::int64_t generation() const { return generation_; }
  /// Changes whenever an event of a given number may have become another one; moving the cursor does not change it.
  std::int64_t rewrites() const { return rewrites_; }

 private:
  /// Where one came from when one changed to this branch, and where that put the cursor.
  struct Arrival {
    raft::check::BranchId from = raft::check::trunk;
    raft::sim::RunPlace at;
  };

  explicit Session(raft::check::CheckedRun run) : branches_(std::move(run)) {}
  explicit Session(std::unique_ptr<raft::walkthrough::Player> player) : player_(std::move(player)) {}

  /// The cursor of run().
  void move_to(std::int64_t event);
  void set_clock(raft::sim::Time time);
  /// Nothing that has been played lies ahead of the cursor.
  bool at_frontier() const;
  raft::sim::Time next_at() const;
  bool watcher_stops() const;
  std::optional<raft::sim::Time> none_within(std::uint8_t wanted) const;
  enum class Played { Event, Nothing, Stop };
  Played play_one();
  Played play_free();
  /// `hide`: it is played, and not shown.
  bool is_hidden(int step) const;
  /// Whether the last event broke a promise that was not broken, or only once upon a time. `violations` and `anomalies`: so
  /// many there were before it.
  bool breaks_anew(std::size_t violations, std::size_t anomalies) const;
  void leave_walkthrough();
  /// Finds out which goals the branch that one stands on has reached, if there are any to reach.
  void watch_goals();
  /// The last event of an assignment's stage.
  std::int64_t stage_end() const;
  void set_stage();
  void return_to_walkthrough();
  /// At that event, if all branches have it in common up to `common`; else at that time.
  void stand_at(raft::sim::RunPlace place, std::int64_t common);
  /// Of the event that has just happened for the first time, in free play.
  void tell();

  std::unique_ptr<raft::walkthrough::Player> player_;
  std::shared_ptr<const raft::walkthrough::Walkthrough> assignment_;
  std::optional<raft::walkthrough::GoalWatch> goals_;  // of the branch that one stands on, up to its end
  raft::check::Branches branches_;
  std::optional<Arrival> arrival_;
  mutable raft::check::LinearizabilityChecker linearizability_{frame_limits};  // remembers what it has searched
  Listener listener_;
  Watcher watcher_;
  bool stopped_at_breach_ = false;
  std::int64_t told_ = 0;  // in free play: up to here of what was taken back, for that will happen again
  std::int64_t generation_ = 0;
  std::int64_t rewrites_ = 0;
};

}  // namespace app
