// Opening, leaving and giving up branches.
#include "raft/check/branches.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

namespace raft::check {

bool Branch::untouched() const {
  const std::vector<sim::Act>& acts = run.timeline().acts();
  return id != trunk && (acts.empty() || acts.back().number <= fork);
}

Branches::Branches(CheckedRun run) { all_.push_back({trunk, trunk, 0, {}, std::move(run)}); }

const Branch* Branches::find(BranchId id) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [id](const Branch& branch) { return branch.id == id; });
  return found == all_.end() ? nullptr : &*found;
}

Branch* Branches::own(BranchId id) { return const_cast<Branch*>(find(id)); }

Branch& Branches::open(BranchId parent, std::int64_t fork, CheckedRun run) {
  // What lies before the place where the parent itself began belongs to the parent's parent.
  for (const Branch* from = find(parent); from != nullptr && from->id != trunk && fork < from->fork; from = find(parent)) {
    parent = from->parent;
  }
  const BranchId left = current_;
  current_ = ++last_given_;
  Branch& opened = all_.emplace_back(Branch{current_, parent, fork, {}, std::move(run)});
  give_up_if_untouched(left);
  share_budget();
  return opened;
}

Branch& Branches::open_from_trunk(std::int64_t fork, CheckedRun run) { return open(trunk, fork, std::move(run)); }

std::optional<Reason> Branches::act(const sim::Intervention& what, sim::Origin origin) {
  Branch* const here = current();
  assert(here != nullptr);
  if (here->run.at_end()) return here->run.act(what, origin);
  sim::Timeline other = here->run.timeline();
  const std::int64_t fork = other.position();
  if (std::optional<Reason> reason = other.act(what, origin)) return reason;
  open(here->id, fork, CheckedRun(std::move(other)));
  return std::nullopt;
}

void Branches::restore(CheckedRun before) {
  assert(current() != nullptr);
  current()->run = std::move(before);
  share_budget();
}

std::size_t Branches::adopt(Branches other, const std::function<std::optional<std::int64_t>(const CheckedRun&)>& leaves, const std::string& name) {
  std::map<BranchId, BranchId> adopted;  // by what they were
  for (Branch& branch : other.all_) {
    const std::optional<std::int64_t> common = leaves(branch.run);
    if (!common) continue;
    const bool was_trunk = branch.id == trunk;
    const auto parent = adopted.find(branch.parent);
    // It hangs where it has most in common.
    const bool on_trunk = was_trunk || parent == adopted.end() || branch.fork <= *common;
    const BranchId id = ++last_given_;
    adopted[branch.id] = id;
    Branch& kept = all_.emplace_back(Branch{id, on_trunk ? trunk : parent->second, on_trunk ? *common : branch.fork,
                                            std::move(branch.name), std::move(branch.run)});
    if (kept.name.empty() && (was_trunk || kept.untouched())) kept.name = name;
  }
  share_budget();
  return adopted.size();
}

void Branches::select(BranchId id) {
  const BranchId left = std::exchange(current_, id);
  if (left != id) give_up_if_untouched(left);
}

void Branches::give_up_if_untouched(BranchId id) {
  const Branch* const branch = find(id);
  if (branch != nullptr && branch->untouched() && branch->name.empty()) remove(id);
}

void Branches::rename(BranchId id, std::string name) {
  if (Branch* const branch = own(id)) branch->name = std::move(name);
}

void Branches::remove(BranchId id) {
  const Branch* const gone = find(id);
  if (gone == nullptr || id == trunk) return;
  for (Branch& branch : all_) {
    if (branch.parent != id || branch.id == id) continue;
    branch.parent = gone->parent;
    branch.fork = std::min(branch.fork, gone->fork);
  }
  if (current_ == id) current_ = gone->parent;
  all_.remove_if([id](const Branch& branch) { return branch.id == id; });
  share_budget();
}

void Branches::share_budget() {
  for (Branch& branch : all_) {
    branch.run.set_checkpoint_budget(
        std::min(sim::Timeline::default_checkpoint_budget, checkpoint_budget / all_.size()));
  }
}

std::int64_t Branches::common_events(BranchId a, BranchId b) const {
  std::int64_t common = INT64_MAX;
  // The younger of two forked later: it goes back to its parent until they meet.
  while (a != b) {
    BranchId& younger = a > b ? a : b;
    const Branch* const branch = find(younger);
    common = std::min(common, branch->fork);
    younger = branch->parent;
  }
  return common;
}

}  // namespace raft::check
