// Predict mode of free play: when a question is asked, what is asked in words, and the score. What will happen is found
// by raft/walkthrough/predict.h.
#pragma once

#include <array>
#include <optional>

#include "raft/explain/explain.h"
#include "raft/sim/timeline.h"
#include "raft/walkthrough/predict.h"
#include "ui/view.h"

namespace app {

class Guessing {
 public:
  bool on() const { return on_; }
  void toggle();
  /// There is something to ask before the run goes on; playing is to stop.
  bool asks(const raft::sim::Timeline& run);
  bool open() const { return question_.has_value(); }
  /// The person's answer; counts once.
  void guess(int option);
  /// Goes on without an answer, or after it.
  void close() { question_.reset(); }
  std::optional<ui::GuessView> view(const raft::explain::Words& words, const raft::sim::World& world) const;

 private:
  struct Score {
    int right = 0;
    int asked = 0;
  };
  /// So many events lie between two questions, that there is something to watch.
  static constexpr std::int64_t events_between = 12;

  bool on_ = false;
  std::optional<raft::walkthrough::Prediction> question_;
  std::optional<int> guessed_;
  std::optional<raft::walkthrough::GuessKind> last_kind_;
  std::int64_t asked_at_ = -events_between;
  std::array<Score, raft::walkthrough::guess_kind_count> scores_{};
};

}  // namespace app
