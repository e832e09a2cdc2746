// One run of the swarm: a cluster under faults until they stop, and then its recovery, checked after every event.
// Where the acts come from is the caller's: chaos, or a list when a run is played again.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/search/chaos.h"
#include "raft/search/coverage.h"
#include "raft/sim/timeline.h"

namespace raft::search {

/// What went wrong.
struct Finding {
  enum class Kind : std::uint8_t {
    Property,         // one of check::Oracles
    Linearizability,  // no order explains the clients' answers
    Progress,         // the faults had stopped, and no leader came or no write was done
    Traffic,          // more messages than heartbeats and news can be
  };
  Kind kind = Kind::Property;
  check::Property property{};  // with Property
  std::int64_t event = 0;      // after which it was found
  NodeId node = no_node;

  bool same_promise(const Finding& other) const {
    return kind == other.kind && (kind != Kind::Property || property == other.property);
  }
};
/// "Election Safety", …, "linearizability", "liveness" or "bounded traffic".
const char* promise_name(const Finding& finding);

/// Something to be done at a time, whatever number the event gets.
struct TimedAct {
  sim::Time at = 0;
  sim::Intervention what;
};

/// A list of acts that is played again; those that are refused are left out.
struct Script {
  std::vector<TimedAct> acts;
  std::size_t next = 0;
};

/// The client that asks for a write when the faults have stopped; c9, since the others are fewer.
inline constexpr ClientId prober{9};

class SeedRun {
 public:
  /// `until`: when the faults stop. Then, if `recovers`, all is repaired and the cluster has to make progress.
  enum class After : std::uint8_t { Nothing, Recovery };
  SeedRun(const SeedPlan& plan, sim::Time until);
  SeedRun(const sim::ClusterConfig& config, Script script, sim::Time until, After after);

  /// Does the next thing. False when the run is over.
  bool step();

  const std::optional<Finding>& finding() const { return finding_; }
  const sim::ClusterConfig& config() const { return config_; }
  const sim::World& world() const { return world_; }
  const sim::Event& event() const { return event_; }  // the last one
  const check::History& history() const { return history_; }
  const Coverage& coverage() const { return coverage_; }
  /// What was done, as far as it was not refused; the first `faults_end()` of it before the faults stopped.
  const std::vector<sim::Act>& acts() const { return acts_; }
  std::size_t faults_end() const { return faults_end_.value_or(acts_.size()); }
  /// Whether the clients' answers could not be judged within the limits of the search.
  bool undecided() const { return undecided_; }

 private:
  enum class Phase : std::uint8_t { Faults, Repair, Progress, Over };

  SeedRun(const sim::ClusterConfig& config, std::variant<Chaos, Script> source, sim::Time until, After after);

  sim::Time wanted_at() const;
  std::optional<Mischief> wanted();
  bool step_faults();
  bool step_repair();
  bool step_progress();
  bool act(const sim::Intervention& what, sim::Time at);
  void observe();
  bool run_members_only(sim::Time at);
  bool everybody_has(Index last) const;
  void judge_progress();
  bool finish();
  void check_answers();

  sim::ClusterConfig config_;
  std::variant<Chaos, Script> source_;
  sim::Time until_ = 0;
  After after_ = After::Nothing;
  Phase phase_ = Phase::Faults;
  sim::World world_;
  sim::Event event_;
  check::Oracles oracles_;
  check::History history_;
  check::LinearizabilityChecker linearizability_;
  Coverage coverage_;
  std::vector<sim::Act> acts_;
  std::optional<std::size_t> faults_end_;
  std::optional<Finding> finding_;
  sim::Time probe_at_ = 0;   // when the next write is asked for,
  sim::Time give_up_at_ = 0; // and when there has been time enough
  bool probed_ = false;
  bool undecided_ = false;
};

}  // namespace raft::search
