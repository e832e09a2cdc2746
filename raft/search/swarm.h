// Many random runs, one seed each, every promise checked in all of them. It is advanced in slices, so that whoever
// watches it can show how far it is, and stop it.
#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

#include "raft/search/coverage.h"
#include "raft/search/seed_run.h"
#include "raft/search/shrink.h"

namespace raft::search {

/// A seed that broke a promise, and the smallest run that was found to do so.
struct Failure {
  std::uint64_t seed = 0;
  Finding finding;  // in the run of that seed
  std::size_t acts = 0;
  Culprit smallest;
};

class Swarm {
 public:
  explicit Swarm(const SwarmOptions& options);

  enum class Progress : std::uint8_t {
    Working,
    SeedDone,  // run() is over and seed() is its seed
    Shrunk,    // failure() is new
    Done,
  };
  /// So many events of a run at most, or one run of a shrinker.
  Progress advance(int events);

  std::uint64_t seed() const { return seed_; }
  const SeedRun& run() const { return *run_; }
  const Failure& failure() const { return failures_.back(); }

  const SwarmOptions& options() const { return options_; }
  bool shrinking() const { return shrinker_.has_value(); }
  std::int64_t runs() const { return runs_; }
  std::int64_t failed() const { return std::ssize(failures_); }
  std::int64_t undecided() const { return undecided_; }
  sim::Time simulated() const { return simulated_; }
  const Coverage& coverage() const { return coverage_; }
  const std::vector<Failure>& failures() const { return failures_; }

 private:
  Progress end_run();

  SwarmOptions options_;
  std::uint64_t seed_ = 0;
  std::optional<SeedRun> run_;
  std::optional<Shrinker> shrinker_;
  bool seed_is_done_ = true;
  std::int64_t runs_ = 0;
  std::int64_t undecided_ = 0;
  sim::Time simulated_ = 0;
  Coverage coverage_;
  std::vector<Failure> failures_;
};

}  // namespace raft::search
