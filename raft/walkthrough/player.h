// Plays a walkthrough: the headless runner, the window and the renderer all use this and nothing else.
// A player is a value: a copy goes its own way.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/sim/timeline.h"
#include "raft/walkthrough/evaluate.h"
#include "raft/walkthrough/settle.h"
#include "raft/walkthrough/story.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

/// What the audience is asked, and what running a copy ahead has found.
struct Asked {
  const Question* question = nullptr;  // of the walkthrough, which is borrowed
  std::size_t step = 0;
  bool yes = false;                 // YesNo
  NodeSet nodes;                    // Which: those for which it first holds; empty: for none
  std::vector<std::size_t> options;  // Options: those that come true
};

class Player {
 public:
  enum class Progress : std::uint8_t {
    Event,      // one event was played
    Instant,    // a statement was done that takes no time (expect, say, focus, …), or time passed without an event
    StepEnded,  // the current step is complete; the next play_one() starts the next one
    Ended,      // all steps are complete
    Failed,     // see failure()
  };

  explicit Player(std::shared_ptr<const Walkthrough> walkthrough);

  const Walkthrough& walkthrough() const { return *walkthrough_; }
  const sim::Timeline& timeline() const { return timeline_; }
  /// As those of the timeline. What the story makes of a cursor that was moved stands at play_one().
  void seek(std::int64_t number) { timeline_.seek(number); }
  void set_clock(sim::Time time) { timeline_.set_clock(time); }
  const check::Oracles& oracles() const { return oracles_; }
  const check::Safety& safety() const { return oracles_.safety(); }
  const check::History& history() const { return history_; }
  const Story& story() const { return story_; }

  /// When the next play_one() will act, in simulated time: clock() for instant statements.
  sim::Time next_at() const;
  /// Does the smallest next thing. `on_event` (may be empty) is called after every event. If the cursor of the
  /// timeline stands in the past, it goes one recorded event towards the place that the story has reached.
  Progress play_one();
  std::function<void(const sim::World&, const sim::Event&, const std::string& command)> on_event;

  /// How far the story has been played. The cursor may stand before it; play_one() then comes closer first.
  using Mark = sim::RunPlace;
  Mark reached() const { return frontier_; }

  /// -1 before the first step; the step under way or just completed.
  int step_index() const { return now_.step; }
  bool step_complete() const { return now_.complete; }
  bool ended() const { return ended_; }
  const std::optional<Diagnostic>& failure() const { return failure_; }  // what stopped it; exit status 1
  /// The questions asked so far, in the order of asking.
  std::span<const Asked> asked() const { return {asked_.data(), asked_count_}; }
  /// One line if a saved session's hash belongs to another engine, otherwise "".
  const std::string& remark() const { return remark_; }

  /// The place at which step `index` ended (to go Back to), once it has been played; -1: the very beginning.
  std::optional<Mark> end_of_step(int index) const;
  /// Back, at once and exactly: all is as it was when that step ended. Requires end_of_step(index).
  void go_to_end_of_step(int index);
  /// The same, and from there goes on with another walkthrough, which is the same up to there.
  void go_on_with(std::shared_ptr<const Walkthrough> other, int index);
  /// Plays on, or goes back, until step `index` has ended. False if the walkthrough failed or ended before.
  bool play_to_end_of_step(int index);
  /// Plays on, from the start of the step or before it, until the statement is the next to be done; the number of
  /// statements means the end of the step. False as above.
  bool play_to_statement(int step, std::size_t statement);
  /// The statement that is under way or comes next, in the step under way.
  std::size_t statement_index() const { return now_.statement; }
  /// Nothing is under way: the statement has not begun.
  bool between_statements() const { return !now_.started; }
  /// What a condition is asked about here. Valid until the player plays on.
  Facts facts() const;

 private:
  /// Where the story stands: which statement, and what it is waiting for.
  struct Place {
    int step = -1;
    bool complete = true;
    std::size_t statement = 0;
    bool started = false;  // the statement is under way
    sim::Time until = 0;   // its limit
    std::int64_t events_left = 0;
  };
  struct StepEnd {
    Mark mark;
    Story story;
    check::Oracles oracles;
    check::History history;
    std::size_t asked = 0;
  };

  const Statement& statement() const;
  Progress begin_step();
  Progress end_step();
  Progress end_story();
  Progress do_statement(const Statement& statement);
  Progress wait_for(const Statement& statement);
  Progress wait_one(const Statement& statement, sim::Time limit);
  Progress perform(const Statement& statement);
  Progress expect(const Statement& statement);
  Progress ask(const Statement& statement);
  Progress statement_done(Progress progress);
  Progress waited(const Statement& statement, Progress progress);
  Progress fail(walkthrough::Place place, std::string text);
  std::optional<Progress> start_waiting(const Statement& statement);
  bool is_over(const Statement& statement) const;
  Progress limit_reached(const Statement& statement);
  void observe();
  Progress played_event();
  Progress play_at_frontier();
  bool come_to_frontier();
  bool already_recorded(const sim::Intervention& what) const;
  walkthrough::Place here() const;

  std::shared_ptr<const Walkthrough> walkthrough_;
  sim::Timeline timeline_;
  check::Oracles oracles_;
  check::History history_;
  mutable check::LinearizabilityChecker linearizability_;  // remembers what it has searched; its answers are the same without
  Story story_;
  Settling settling_;
  Place now_;
  Mark frontier_;  // how far the story has been played
  std::vector<StepEnd> ends_;  // [0]: the very beginning
  std::vector<Asked> asked_;      // also those that were asked after where one has gone back to: they may come again
  std::size_t asked_count_ = 0;
  std::size_t violations_seen_ = 0;
  std::int64_t events_at_this_time_ = 0;
  std::optional<Diagnostic> failure_;
  std::string remark_;
  bool ended_ = false;
};

}  // namespace raft::walkthrough
