// What is open in the window: a walkthrough being played, or a cluster in free play. Moves the cursor of the
// run; knows nothing of pictures, files or real time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/sim/timeline.h"
#include "raft/walkthrough/player.h"
#include "ui/action.h"

namespace app {

class Session {
 public:
  using Listener = std::function<void(const raft::sim::World&, const raft::sim::Event&, const std::string& command)>;

  static Session free_play(int nodes, std::uint64_t seed);
  static Session of_walkthrough(std::shared_ptr<const raft::walkthrough::Walkthrough> walkthrough);

  const raft::sim::Timeline& run() const;
  const raft::check::Oracles& oracles() const;
  const raft::check::History& history() const;
  /// Of the history as it stands. Costs nothing while no client is asked or answered; where too much is open at once
  /// for the time of a frame, the answer is "undecided".
  const raft::check::Linearizability& linearizability() const;
  /// null in free play that did not start from a walkthrough
  const raft::walkthrough::Player* player() const { return player_.get(); }
  /// Somebody acted by hand, or went on after the last step: the walkthrough waits for Next.
  bool left_walkthrough() const { return player_ != nullptr && free_.has_value(); }

  /// Is told of every event that is played for the first time.
  void set_listener(Listener listener);

  /// Plays `time` µs of simulated time from the cursor; at most `most_events` events. False: there is a reason to
  /// stop playing (a step is complete, an expectation failed, a property is broken, nothing will ever happen).
  bool play(raft::sim::Time time, int most_events);

  void step_forward(ui::Stride stride);
  void step_back(ui::Stride stride);
  void seek_event(std::int64_t number);
  void seek_time(raft::sim::Time time);

  /// Why it could not be done; nullopt if it was.
  std::optional<raft::Reason> act(const raft::sim::Intervention& what, raft::sim::Origin origin);

  /// Begins the next step that is not hidden; completes the one under way first. True if a step began.
  bool next_step();
  void previous_step();
  void go_to_step(int index);
  /// Plays the walkthrough up to a statement of a step, and leaves it there: what is done next is done by hand.
  void go_to_statement(int step, std::size_t statement);
  /// The step that the cursor stands in; -1 before the first.
  int step_at_cursor() const;
  bool step_complete_at_cursor() const;

  /// Changes whenever the past of the cursor may have changed otherwise than by playing on.
  std::int64_t generation() const { return generation_; }

 private:
  struct FreeRun {
    raft::sim::Timeline timeline;
    raft::check::Oracles oracles;
    raft::check::History history;
  };

  /// Less work than a run without a window may do.
  static constexpr raft::check::SearchLimits frame_limits{.steps = 40'000, .steps_per_operation = 200};

  explicit Session(FreeRun run) : free_(std::move(run)) {}
  explicit Session(std::unique_ptr<raft::walkthrough::Player> player) : player_(std::move(player)) {}

  raft::sim::Timeline& timeline();
  /// Nothing that has been played lies ahead of the cursor.
  bool at_frontier() const;
  raft::sim::Time next_at() const;
  enum class Played { Event, Nothing, Stop };
  Played play_one();
  Played play_free();
  /// `hide`: it is played, and not shown.
  bool is_hidden(int step) const;
  /// How many, each counted once.
  std::ptrdiff_t broken_promises() const;
  /// The event that has just happened for the first time, in free play.
  void observe();
  void leave_walkthrough();
  void return_to_walkthrough();
  void tell(const raft::sim::World& world, const raft::sim::Event& event);

  std::unique_ptr<raft::walkthrough::Player> player_;
  std::optional<FreeRun> free_;
  mutable raft::check::LinearizabilityChecker linearizability_{frame_limits};  // remembers what it has searched
  Listener listener_;
  std::int64_t generation_ = 0;
};

}  // namespace app
