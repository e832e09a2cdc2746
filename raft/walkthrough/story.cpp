// What conditions need to know of the past: who led which term, which reasons a step has seen.
#include "raft/walkthrough/story.h"

#include <algorithm>

namespace raft::walkthrough {

namespace {

bool before(const std::pair<Term, NodeId>& leader, Term term) { return leader.first < term; }

}  // namespace

void Story::observe(const sim::World& after, const sim::Event& event) {
  for (const NodeId id : sim::nodes_of(event)) {
    for (const Reason& reason : event.reasons) decided_[index_of(id)].set(static_cast<std::size_t>(reason.code));
    const NodeState& node = after.node(id);
    if (node.memory.role != Role::Leader || !after.machine(id).up) continue;
    const Term term = node.durable.current_term;
    const auto at = std::lower_bound(leaders_.begin(), leaders_.end(), term, before);
    if (at == leaders_.end() || at->first != term) leaders_.insert(at, {term, id});
  }
}

NodeId Story::leader_in_term(Term term) const {
  const auto at = std::lower_bound(leaders_.begin(), leaders_.end(), term, before);
  return at != leaders_.end() && at->first == term ? at->second : no_node;
}

}  // namespace raft::walkthrough
