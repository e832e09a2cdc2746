// The futures of a run, as a tree: acting where a future has been played already opens a branch and keeps that future.
// Plain values: no files, no words on screen.
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string>

#include "raft/check/checked_run.h"

namespace raft::check {

/// 0 is the trunk; the others count up and are never given twice.
using BranchId = int;
inline constexpr BranchId trunk = 0;

struct Branch {
  BranchId id = trunk;
  BranchId parent = trunk;
  std::int64_t fork = 0;  // the last event that it has in common with its parent
  std::string name;       // given by somebody; "": it goes by its number
  CheckedRun run;

  /// Nobody has done anything on it: it follows from its parent alone.
  bool untouched() const;
};

class Branches {
 public:
  static constexpr std::size_t checkpoint_budget = std::size_t{96} << 20U;  // of all branches together

  /// The trunk belongs to somebody else (a walkthrough that is being played); one stands on it.
  Branches() = default;
  /// The trunk is `run`, and one stands on it.
  explicit Branches(CheckedRun run);

  const std::list<Branch>& all() const { return all_; }  // in the order in which they were opened
  const Branch* find(BranchId id) const;
  /// null on a trunk that belongs to somebody else
  Branch* current() { return own(current_); }
  const Branch* current() const { return find(current_); }
  BranchId current_id() const { return current_; }

  /// Acts at the cursor of the current branch, which must be one of these. Returns why not, if it cannot act.
  [[nodiscard]] std::optional<Reason> act(const sim::Intervention& what, sim::Origin origin);
  /// What the branch that one stands on was before: what has been played since is forgotten. It must be one of these, and
  /// none may have forked from what is forgotten.
  void restore(CheckedRun before);
  /// Opens a branch that has the events up to `fork` in common with the trunk, and stands on it.
  Branch& open_from_trunk(std::int64_t fork, CheckedRun run);

  /// Another tree of the same cluster is hung on this trunk: every branch of which `leaves` says after which event it
  /// leaves the trunk. One that would go as untouched, and what was the trunk, get `name` if they have none. How many.
  std::size_t adopt(Branches other, const std::function<std::optional<std::int64_t>(const CheckedRun&)>& leaves, const std::string& name);

  /// Stands on another branch; one that nobody has touched is given up when it is left.
  void select(BranchId id);
  void rename(BranchId id, std::string name);
  /// What forked from it hangs on its parent from then on. Who stood on it stands on the parent. The trunk stays.
  void remove(BranchId id);

  /// The last event that two branches have in common.
  std::int64_t common_events(BranchId a, BranchId b) const;

 private:
  Branch* own(BranchId id);
  Branch& open(BranchId parent, std::int64_t fork, CheckedRun run);
  void give_up_if_untouched(BranchId id);
  void share_budget();

  std::list<Branch> all_;
  BranchId current_ = trunk;
  BranchId last_given_ = trunk;
};

}  // namespace raft::check
