// A second run beside the one that is open, in lockstep: another branch, or the same cluster and seed with one thing
// changed from the start and the same done to it. Knows nothing of pictures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.h"
#include "raft/check/first_difference.h"

namespace app {

/// What is different from the start.
struct Change {
  std::optional<raft::sim::Setting> toggled = {};  // a switch of the settings
  int nodes = 0;                                   // or how many voters there are
  friend bool operator==(const Change&, const Change&) = default;
};

/// What makes sense beside a run that starts like this.
std::vector<Change> changes_of(const raft::sim::ClusterConfig& config);

class Comparison {
 public:
  static constexpr int events_a_frame = 2000;
  static constexpr std::int64_t compared_a_frame = 200;
  static constexpr std::int64_t most_events_told = 20'000;  // of a walkthrough, beyond where it has been played

  /// There is such a branch, and it is another one than that on which the session stands.
  static bool can_stand_beside(const Session& session, raft::check::BranchId branch);
  static Comparison with_branch(const Session& session, raft::check::BranchId branch);
  static Comparison with_change(const Session& session, const Change& change);

  /// Goes to where the session stands, as far as one frame allows.
  void follow(const Session& session);

  const raft::check::CheckedRun& run() const { return run_; }
  /// Does not stand where the session stands yet.
  bool catches_up() const { return catches_up_; }
  struct Difference {
    raft::sim::Event here;   // in the session's run
    raft::sim::Event there;
  };
  /// The first event that is not the same in both, once it has been played in both.
  const std::optional<Difference>& first_difference() const { return found_; }
  /// nullopt: it is not a branch
  std::optional<raft::check::BranchId> branch() const { return branch_; }
  const std::optional<Change>& change() const { return change_; }
  /// Of a walkthrough that is longer than `most_events_told`, or fails: how it goes on from here is not known.
  std::optional<raft::sim::Time> ends_at() const { return ends_at_; }
  /// What was done to the session's run and has no place in this one: the node or message is not there.
  int left_out() const { return left_out_; }
  /// Nodes, by number, that are not in the same state in both.
  raft::NodeSet differing(const Session& session) const;

 private:
  explicit Comparison(raft::check::CheckedRun run) : run_(std::move(run)) {}
  static Comparison with_walkthrough(const Session& session);
  void begin_again(const Session& session);
  void play_to(raft::sim::Time time, int& events_left);
  void do_as_well(const raft::sim::Timeline& original, const raft::sim::Act& act);

  raft::check::CheckedRun run_;
  std::optional<raft::check::BranchId> branch_;
  std::optional<Change> change_;
  std::optional<raft::sim::Time> ends_at_;
  raft::check::FirstDifference difference_;
  std::optional<Difference> found_;
  std::size_t acts_done_ = 0;  // of the session's run, with a change
  int left_out_ = 0;
  bool catches_up_ = true;
  std::int64_t rewrites_ = 0;  // of the session
  raft::check::BranchId beside_ = raft::check::trunk;  // where the session stood
};

}  // namespace app
