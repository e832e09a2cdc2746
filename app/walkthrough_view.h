// What the window shows of the walkthrough that is open.
#pragma once

#include <optional>

#include "app/session.h"
#include "raft/explain/explain.h"
#include "ui/view.h"

namespace app {

/// Of the step's questions one is shown at a time.
struct QuestionShown {
  int number = 0;
  bool answered = false;
};
/// How many questions that step has asked so far.
int asked_in_step(const Session& session, int step);

std::optional<ui::WalkthroughView> view_walkthrough(const Session& session, const raft::explain::Words& words,
                                                    const QuestionShown& shown);

/// Why a puzzle does not let one do something.
std::string forbidden_sentence(const raft::walkthrough::Forbidden& forbidden, const raft::explain::Words& words);

}  // namespace app
