// The answer to a question is never typed in: a copy of the world runs ahead until it is known.
#pragma once

#include "raft/walkthrough/player.h"

namespace raft::walkthrough {

/// Nobody intervenes in the copy: the answer is what happens if the world is left to itself.
Asked look_ahead(const Question& question, const Facts& now);

}  // namespace raft::walkthrough
