// What is to be searched: from where, how far, with which rules; and what came out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "raft/check/safety.h"
#include "raft/search/commands.h"
#include "raft/sim/cluster_config.h"

namespace raft::search {

inline constexpr std::int32_t max_messages_in_flight = 12;
inline constexpr std::int32_t unlimited = -1;

struct Bounds {
  std::int32_t terms = 2;     // how many terms beyond the highest at the start
  std::int32_t entries = 1;   // clients' commands
  /// In flight at once. When more would be, the surplus is lost, and every choice of it is explored: to leave a
  /// message undelivered is to lose it, so this only bounds how many of those that will arrive are on their way.
  std::int32_t messages = 4;
  std::int32_t crashes = 0;     // each with its restart
  std::int32_t drops = unlimited;  // how many messages may be lost for want of room
  std::int32_t duplicates = 0;  // second copies of messages in flight
  std::int32_t changes = 0;     // of members, each asked of the leader of the highest term
};

enum class ChangeBy : std::uint8_t { OneNode, JointConsensus };

struct Options {
  sim::ClusterConfig start;  // its rules and features are those in force; see first_start()
  Bounds bounds;
  ChangeBy change_by = ChangeBy::OneNode;
  std::uint64_t memory_limit = std::uint64_t{4} << 30U;  // in bytes; more than a size_t counts where that has 32 bits
  // Each of these merges states without changing what is found. They are switched off to test just that.
  bool merge_symmetric = true;
  bool drop_dead_messages = true;
  bool forget_past = true;
  bool order_by_term = true;
  bool count_merged = false;  // how many states the merged ones stand for: Result::unmerged
};

/// A cluster of `nodes` nodes, A, B, …, that start for the first time.
sim::ClusterConfig first_start(std::size_t nodes);

/// All nodes, the learners after the voters.
std::size_t node_count(const sim::ClusterConfig& config);

/// Why this cannot be explored; nullopt if it can.
std::optional<std::string> refusal(const Options& options);

enum class StepKind : std::uint8_t {
  Deliver,
  Timeout,    // the node's election timer fires
  Heartbeat,  // the leader sends AppendEntries to everyone
  Write,      // a client's command reaches the leader
  Crash,
  Restart,
  Duplicate,  // a second copy of a message in flight
  Change,     // the leader is asked for another configuration
};

/// One step of a counterexample.
struct Step {
  StepKind kind{};
  NodeId node = no_node;              // to whom it happens: of a message, its receiver
  std::vector<std::uint8_t> message;  // encoded, for Deliver and Duplicate
  CommandNumber command = 0;          // for Write; for Change, the configuration
};

/// A shortest way to a violation: a write counts as one step, from the client's asking to the leader's receiving.
struct Counterexample {
  sim::ClusterConfig start;  // with timers that fire only by hand
  std::vector<Step> steps;
  check::Violation violation;
  Commands commands;  // what the numbers in the steps stand for
};

enum class Outcome : std::uint8_t {
  Running,
  Complete,     // every state within the bounds has been seen
  Violated,     // see the counterexample
  MemoryBound,  // not complete: memory bound reached
  Cancelled,    // not complete: cancelled
};
const char* outcome_text(Outcome outcome);

struct Result {
  Outcome outcome = Outcome::Running;
  std::int64_t states = 0;       // distinct ones
  std::int64_t expanded = 0;     // of those, from which every step has been taken
  std::int64_t transitions = 0;  // steps taken
  std::int64_t unmerged = 0;     // states that the distinct ones stand for, if Options::count_merged
  std::int64_t node_states = 0;  // distinct states of one node, and
  std::int64_t core_steps = 0;   // how often the core was asked
  std::int32_t depth = 0;        // steps from the start to the farthest state
  std::uint64_t memory = 0;      // bytes in use
  std::optional<Counterexample> counterexample;
};

}  // namespace raft::search
