// Finds the moment of a walkthrough that is worth a picture: plays it, a little at a time, and keeps the end of the
// step at which most can be seen.
#pragma once

#include <memory>

#include "raft/walkthrough/player.h"
#include "ui/library_view.h"

namespace app {

class StillMaker {
 public:
  explicit StillMaker(std::shared_ptr<const raft::walkthrough::Walkthrough> walkthrough);

  /// Plays at most so many events. False when the walkthrough is over.
  bool play(int most);
  /// The best moment so far.
  const ui::Still& still() const { return best_; }

 private:
  void look();

  raft::walkthrough::Player player_;
  ui::Still best_;
  int best_score_ = -1;
};

}  // namespace app
