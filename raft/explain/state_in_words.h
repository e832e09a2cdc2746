// The whole state in lines of text: the text twin of the window.
#pragma once

#include <string>

#include "raft/check/breach.h"
#include "raft/check/history.h"
#include "raft/explain/explain.h"

namespace raft::explain {

struct TwinOptions {
  bool whole_logs = true;      // false: the newest entries of each log, and how many come before them
  bool question_open = false;  // nothing is told of what comes, nor of who can commit or how many that takes: it may be what is asked
};

/// For a reader who does not see the window: the cluster, every node, messages, islands, links, clients, rules that are off,
/// what is broken or was, and what happens next. `history` is what the clients saw, up to here or further.
/// `clock`: the moment, not before the world's last event.
std::string state_in_words(const Words& words, const sim::World& world, sim::Time clock, const check::Broken& broken,
                           const check::History& history, TwinOptions options = {});

}  // namespace raft::explain
