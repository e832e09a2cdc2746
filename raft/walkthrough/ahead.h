// The answer to a question is never typed in: a copy of the world runs ahead until it is known.
#pragma once

#include "raft/check/safety.h"
#include "raft/sim/timeline.h"
#include "raft/walkthrough/player.h"
#include "raft/walkthrough/story.h"

namespace raft::walkthrough {

/// Nobody intervenes in the copy: the answer is what happens if the world is left to itself.
Asked look_ahead(const Question& question, const sim::Timeline& timeline, const Story& story,
                 const check::Safety& safety);

}  // namespace raft::walkthrough
