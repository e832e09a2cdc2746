// How often each fault, feature, reason and kind of event has occurred. A swarm that never gets somewhere proves
// nothing about it.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "raft/search/faults.h"
#include "raft/search/seed_plan.h"
#include "raft/sim/event.h"

namespace raft::search {

#define RAFT_EVENT_KIND(enumerator, name) sim::EventKind::enumerator,
inline constexpr std::size_t event_kind_count = std::initializer_list<sim::EventKind>{RAFT_EVENT_KINDS(RAFT_EVENT_KIND)}.size();
#undef RAFT_EVENT_KIND

class Coverage {
 public:
  void count(const sim::Event& event);
  void count(std::optional<Fault> fault);
  void count(const sim::ClusterConfig& config);  // of one run: its features
  void add(const Coverage& other);

  std::int64_t events() const { return events_; }
  std::int64_t of(Fault fault) const { return faults_[static_cast<std::size_t>(fault)]; }
  std::int64_t of(Feature feature) const { return features_[static_cast<std::size_t>(feature)]; }
  std::int64_t of(ReasonCode reason) const { return reasons_[static_cast<std::size_t>(reason)]; }
  std::int64_t of(sim::EventKind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }

  struct Line {
    std::string group;  // fault, feature, event or reason
    std::string name;
    std::int64_t count = 0;
    bool wanted = false;  // a zero would fail the run
  };
  /// All that there is, in the order of the tables. `wanted` by what the options select.
  std::vector<Line> lines(const SwarmOptions& options) const;
  /// What should have occurred and did not, as "reason skipped_term"; empty where it is not asked (see asks_for_all).
  std::vector<std::string> missing(const SwarmOptions& options) const;

 private:
  std::int64_t events_ = 0;
  std::array<std::int64_t, fault_table.size()> faults_{};
  std::array<std::int64_t, feature_count> features_{};
  std::array<std::int64_t, reason_count> reasons_{};
  std::array<std::int64_t, event_kind_count> kinds_{};
};

/// A zero says something only about many runs of full length, with everything that the swarm can do in them: at
/// least `enough_seeds` of 60 simulated seconds, `--faults all`, any number of nodes, every rule on.
inline constexpr std::uint64_t enough_seeds = 500;
bool asks_for_all(const SwarmOptions& options);

/// Why a reason does not occur as long as every rule is on and every act is one that can act; "" if it should occur.
const char* why_never(ReasonCode reason);

}  // namespace raft::search
