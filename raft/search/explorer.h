// All interleavings of a small cluster within bounds, breadth first: the first violation found is a shortest one.
// The nodes are the real core; there is no time, so whatever can happen may happen next.
#pragma once

#include <functional>
#include <vector>

#include "raft/search/bounds.h"
#include "raft/search/frontier.h"
#include "raft/search/successors.h"
#include "raft/search/visited.h"
#include "raft/sim/intervention.h"

namespace raft::search {

class Explorer {
 public:
  /// Requires !refusal(options).
  explicit Explorer(const Options& options);

  /// Expands up to `states` more states. False when there is no more to do.
  bool run_for(std::int64_t states);
  void cancel();

  /// So far; the outcome is Running while there is more to do.
  const Result& result() const { return result_; }
  /// States that wait to be expanded.
  std::size_t waiting() const { return frontier_.size(); }

 private:
  void expand_next();
  void add(const Successor& successor, Visited::Number parent);
  void count();
  Counterexample counterexample(Visited::Number last);

  Options options_;
  Successors successors_;
  Visited visited_;
  Frontier frontier_;
  Visited::Number next_ = 0;       // to be expanded
  std::size_t level_end_ = 1;      // the first state of the next level
  Result result_;
};

enum class Go : std::uint8_t { On, Stop };

/// Explores to the end, and reports now and then.
Result explore(const Options& options, const std::function<Go(const Result&)>& progress = {});

/// The counterexample as interventions on a world made from its start, all at time 0.
std::vector<sim::Intervention> replay(const Counterexample& counterexample);

}  // namespace raft::search
