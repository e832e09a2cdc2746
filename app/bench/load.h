// The workload of all rows: five voters, heartbeat 50 ms, election timeout 100–200 ms, one-way latency 10–15 ms,
// no loss, and a client's write every so often. What is measured about it is in the *_measures.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "raft/check/oracles.h"
#include "raft/sim/timeline.h"

namespace app::bench {

raft::sim::ClusterConfig workload(std::uint64_t seed = 1);

/// On: all that `raftlab run` checks after every event.
enum class Checks : unsigned char { Off, On };

/// When the next write is due. A write acts right after the first event at or past that moment.
class Writes {
 public:
  explicit Writes(int per_second);
  /// The write that is due at `now`, if one is.
  std::optional<raft::sim::Intervention> due(raft::sim::Time now);
  std::int64_t asked() const { return asked_; }

 private:
  raft::sim::Time every_;
  raft::sim::Time next_;
  std::int64_t asked_ = 0;
};

/// A world under load, without a record of its past.
class Load {
 public:
  Load(int writes_per_second, Checks checks, std::uint64_t seed = 1) : Load(workload(seed), writes_per_second, checks) {}
  Load(const raft::sim::ClusterConfig& config, int writes_per_second, Checks checks);

  /// Plays on for so many simulated seconds; the processor time that it took.
  double play(std::int64_t seconds);
  std::int64_t events() const { return world_.events; }
  std::size_t in_flight() const { return world_.network.in_flight(); }
  /// "" if the cluster kept up with its clients and nothing was violated.
  std::string trouble() const;

 private:
  raft::sim::World world_;
  std::optional<raft::check::Oracles> oracles_;
  raft::sim::Event event_;
  Writes writes_;
};

/// The same load, recorded so that every event can be gone back to.
class RecordedLoad {
 public:
  explicit RecordedLoad(int writes_per_second);

  double play_until(raft::sim::Time end);
  double play_events(std::int64_t end);
  raft::sim::Timeline& timeline() { return timeline_; }

 private:
  bool play_one();

  raft::sim::Timeline timeline_;
  Writes writes_;
};

}  // namespace app::bench
