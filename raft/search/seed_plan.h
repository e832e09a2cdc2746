// What one seed of the swarm stands for: a cluster, its features and settings, the faults that befall it, its clients.
#pragma once

#include <cstdint>

#include "raft/search/faults.h"
#include "raft/search/picks.h"
#include "raft/sim/intervention.h"

namespace raft::search {

struct SwarmOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t last_seed = 1000;
  std::size_t nodes = 0;  // voters; 0: 1 to 11, mostly 3 to 5
  sim::Time time = sim::Time{60} * 1'000'000;  // of each run, until the faults stop
  FaultSet faults = FaultSet::all(Within::Model);
  Rules rules;
};

struct SeedPlan {
  sim::ClusterConfig config;
  FaultSet faults;          // those of the options that this seed uses
  sim::Time fault_every = 0;  // on the average
  sim::Time ask_every = 0;    // of each client, on the average
  int clients = 1;
};

/// What a slow, lossy or copying link has of its own. Requires is_of_links(setting).
sim::SettingValue own_value_of_link(sim::Setting setting, Picks& picks);

SeedPlan plan_of(const SwarmOptions& options, std::uint64_t seed);

/// What differs from plain Figure 2 in a plan, for counting: the names are those of the settings.
enum class Feature : std::uint8_t {
  Noop, FastRepair, PreVote, CheckQuorum, IgnoreDisruptive, Snapshots, Sessions, MaxSessions, ReadIndex, Lease, SlowDisk,
  Learners, ClientRetry, SmallBatch, OwnLinks, OwnClocks
};
inline constexpr std::size_t feature_count = 16;
const char* feature_name(Feature feature);
bool has_feature(const sim::ClusterConfig& config, Feature feature);

}  // namespace raft::search
