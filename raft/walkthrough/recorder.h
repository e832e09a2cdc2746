// A run as a walkthrough: what was done in it, each thing with its exact place, so that it can be saved, read, edited
// and played again to the same hash. Writing it as text is in writer.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raft/sim/timeline.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

using sim::RunPlace;

/// Where a step begins: before act `first_act`; acts before the first chapter belong to it too.
struct Chapter {
  std::size_t first_act = 0;
  std::string name;
  Texts say = {};
  bool hidden = false;
  std::optional<RunPlace> begins = {};  // the step before plays up to here; nullopt: it begins where its first act is
};

/// How the steps of a recording are called.
struct StepNames {
  std::string before = "Before the recording";  // hidden: what the session began with
  std::string session = "Session";
};

struct RecordOptions {
  Texts titles = {};
  Texts abouts = {};
  std::vector<Chapter> chapters = {};  // in order; none: the session is one step
  StepNames names = {};
  std::vector<std::string> expect = {};  // conditions that hold at the end, as parse_condition() reads them
  bool trail = false;  // leaves signs by which a replay finds out where it first differs
};

/// What there is to record: `acts` in order, up to event `last_event` and on to `clock`. It borrows the configuration and the
/// acts, of a run that stays as it is meanwhile.
struct Recording {
  const sim::ClusterConfig& config;
  std::span<const sim::Act> acts;
  std::int64_t last_event = 0;
  sim::Time clock = 0;
};
/// The run up to where its cursor stands.
Recording until_cursor(const sim::Timeline& run);
Recording until_cursor(sim::Timeline&& run) = delete;
/// Of all nodes that ever join, wherever the cursor stands.
Names names_at_end(sim::Timeline run);

/// Plays the run once more to find the places, the hash, and the violations that the head must allow.
Walkthrough record(const Recording& recording, const RecordOptions& options = {});

/// The text of a walkthrough that does the same and says no hash: for a session that is not over. Nothing is played;
/// what a player would stop at (`broken`) and the nodes' names are told. One more act is added with journal_lines().
std::string journal(const Recording& recording, const Names& names, std::span<const check::Property> broken,
                    const RecordOptions& options);
/// Its place and its command, two lines.
std::string journal_lines(const sim::Act& act, const Names& names);

/// The two chapters of a session of which only what happened from `begins` on is shown.
std::vector<Chapter> chapters_from(std::span<const sim::Act> acts, RunPlace begins, const StepNames& names = {});

/// All of the run, up to its last event, wherever the cursor stands.
Walkthrough record(const sim::Timeline& timeline, const RecordOptions& options = {});

}  // namespace raft::walkthrough
