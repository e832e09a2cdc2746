// Plays a walkthrough: the headless runner, the window and the renderer all use this and nothing else.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "raft/check/safety.h"
#include "raft/sim/timeline.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

/// A line for the reader: FILE:LINE:COLUMN: what is wrong and what would be right.
struct Diagnostic {
  std::string file;
  int line = 0;    // 0: no place in the file
  int column = 0;  // in characters, from 1
  std::string text;
  std::string message() const;
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

  const Walkthrough& walkthrough() const;
  sim::Timeline& timeline();
  const sim::Timeline& timeline() const;
  const check::Safety& safety() const;

  /// When the next play_one() will act, in simulated time: clock() for instant statements.
  sim::Time next_at() const;
  /// Does the smallest next thing. `on_event` (may be empty) is called after every event.
  Progress play_one();
  std::function<void(const sim::World&, const sim::Event&, const std::string& command)> on_event;

  /// -1 before the first step; the step under way or just completed.
  int step_index() const;
  bool step_complete() const;
  bool ended() const;
  const std::optional<Diagnostic>& failure() const;  // what stopped it; exit status 1

  /// The place at which step `index` ended (to go Back to), once it has been played.
  struct Mark { std::int64_t event = 0; sim::Time clock = 0; };
  std::optional<Mark> end_of_step(int index) const;
};

}  // namespace raft::walkthrough
