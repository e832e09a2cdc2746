// The breadth-first search: what waits, what has been seen, and the way back from a violation.
#include "raft/search/explorer.h"

#include <algorithm>

namespace raft::search {

namespace {

// What one expansion may add unforeseen: a block here and there.
constexpr std::uint64_t memory_margin = std::uint64_t{1} << 20U;

}  // namespace

Explorer::Explorer(const Options& options)
    : options_(options), successors_(options), frontier_(node_count(options.start)) {
  options_.start = explored_start(options);
  const check::Safety start(sim::make_world(options_.start));
  if (!start.violations().empty()) {
    result_.outcome = Outcome::Violated;
    result_.counterexample = Counterexample{options_.start, {}, start.violations().front(), successors_.commands()};
  }
  add({successors_.first(), successors_.fingerprint(successors_.first()), {}}, Visited::no_state);
  count();
}

void Explorer::add(const Successor& successor, Visited::Number parent) {
  if (!visited_.insert(successor.fingerprint, parent)) return;
  frontier_.push(successor.state);
  if (options_.count_merged) result_.unmerged += successors_.orbit_size(successor.state);
}

bool Explorer::run_for(std::int64_t states) {
  for (; states > 0 && result_.outcome == Outcome::Running; --states) expand_next();
  count();
  return result_.outcome == Outcome::Running;
}

void Explorer::cancel() {
  if (result_.outcome == Outcome::Running) result_.outcome = Outcome::Cancelled;
}

void Explorer::expand_next() {
  if (frontier_.empty()) {
    result_.outcome = Outcome::Complete;
    return;
  }
  if (next_ == level_end_) {
    result_.depth += 1;
    level_end_ = visited_.size();
  }
  const std::vector<Successor>& found = successors_.of(frontier_.pop());
  const std::uint64_t memory = successors_.memory() + visited_.memory_after(found.size()) + frontier_.memory();
  if (memory + memory_margin > options_.memory_limit || !visited_.has_numbers_for(found.size())) {
    result_.outcome = Outcome::MemoryBound;
    return;
  }
  result_.transitions += static_cast<std::int64_t>(found.size());
  for (const Successor& successor : found) visited_.prefetch(successor.fingerprint);
  for (const Successor& successor : found) add(successor, next_);
  if (successors_.violation()) {
    result_.outcome = Outcome::Violated;
    result_.depth += 1;
    result_.counterexample = counterexample(next_);
  }
  ++next_;
}

void Explorer::count() {
  result_.states = static_cast<std::int64_t>(visited_.size());
  result_.expanded = next_;
  result_.node_states = static_cast<std::int64_t>(successors_.node_states());
  result_.core_steps = static_cast<std::int64_t>(successors_.core_steps());
  result_.memory = successors_.memory() + visited_.memory_after(0) + frontier_.memory();
}

/// The way to state `last` and the violating step from there. Only fingerprints were kept: the way is walked again,
/// and at each state the first successor with the next fingerprint is the one that was followed then.
Counterexample Explorer::counterexample(Visited::Number last) {
  Counterexample result{options_.start, {}, *successors_.violation(), successors_.commands()};
  const Step violating = successors_.describe(successors_.violating_step());
  std::vector<Visited::Number> way;
  for (Visited::Number at = last; at != 0; at = visited_.parent(at)) way.push_back(at);
  std::reverse(way.begin(), way.end());
  State state = successors_.first();
  for (const Visited::Number number : way) {
    const std::uint64_t fingerprint = visited_.fingerprint(number);
    const std::vector<Successor>& found = successors_.of(state);
    const auto followed = std::find_if(found.begin(), found.end(), [fingerprint](const Successor& successor) {
      return successor.fingerprint == fingerprint;
    });
    result.steps.push_back(successors_.describe(followed->step));
    state = State{followed->state};
  }
  result.steps.push_back(violating);
  return result;
}

Result explore(const Options& options, const std::function<Go(const Result&)>& progress) {
  constexpr std::int64_t slice = 50'000;
  Explorer explorer(options);
  while (explorer.run_for(slice)) {
    if (progress && progress(explorer.result()) == Go::Stop) explorer.cancel();
  }
  return explorer.result();
}

}  // namespace raft::search
