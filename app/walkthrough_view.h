// What the window shows of the walkthrough that is open.
#pragma once

#include <optional>

#include "app/session.h"
#include "raft/explain/explain.h"
#include "ui/view.h"

namespace app {

/// `revealed`: with the answer to the step's question.
std::optional<ui::WalkthroughView> view_walkthrough(const Session& session, const raft::explain::Words& words,
                                                    bool revealed);

/// Why a puzzle does not let one do something.
std::string forbidden_sentence(const raft::walkthrough::Forbidden& forbidden, const raft::explain::Words& words);

}  // namespace app
