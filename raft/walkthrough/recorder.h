// A run as a walkthrough: what was done in it, each thing with its exact place, so that it can be saved, read, edited
// and played again to the same hash. Writing it as text is in writer.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "raft/sim/timeline.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

/// A place in a run: right after event `event`, at `clock`.
struct RunPlace {
  std::int64_t event = 0;
  sim::Time clock = 0;
};

/// Where a step begins: before act `first_act`; acts before the first chapter belong to it too.
struct Chapter {
  std::size_t first_act = 0;
  std::string name;
  Texts say;
};

struct RecordOptions {
  Texts titles;
  Texts abouts;
  std::vector<Chapter> chapters;    // in order; none: the session is one step
  std::vector<std::string> expect;  // conditions that hold at the end, as text
};

/// What there is to record: `acts` in order, up to event `last_event` and on to `clock`.
struct Recording {
  const sim::ClusterConfig& config;
  std::span<const sim::Act> acts;
  std::int64_t last_event = 0;
  sim::Time clock = 0;
};

/// Plays the run once more to find the places, the hash, and the violations that the head must allow.
Walkthrough record(const Recording& recording, const RecordOptions& options = {});

/// All of the run, up to its last event, wherever the cursor stands.
Walkthrough record(const sim::Timeline& timeline, const RecordOptions& options = {});

}  // namespace raft::walkthrough
