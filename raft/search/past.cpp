// The five properties over what is remembered, as check::Safety reports them.
#include "raft/search/past.h"

#include <algorithm>
#include <tuple>

namespace raft::search {

using check::Property;
using check::Violation;
using MaybeViolation = std::optional<Violation>;

void encode(const Past& past, Bytes& bytes) {
  bytes.clear();
  for (const std::uint8_t count : {past.entries, past.crashes, past.duplicates, past.drops, past.changes}) bytes.add(count);
  bytes.add(past.level);
  bytes.add(past.committed.size());
  for (const Past::Committed& one : past.committed) {
    for (const std::uint8_t part : {one.term, one.command, one.in_term}) bytes.add(part);
  }
  bytes.add(past.leaderships.size());
  for (const Past::Leadership& one : past.leaderships) {
    for (const std::uint8_t part : {one.term, one.node, one.last_before}) bytes.add(part);
  }
  bytes.add(past.applied.size());
  for (const Past::Applied& one : past.applied) {
    for (const std::uint8_t part : {one.index, one.term, one.command, one.by}) bytes.add(part);
  }
}

void decode(View bytes, Past& past) {
  std::size_t at = 0;
  const auto next = [&bytes, &at] { return bytes[at++]; };
  for (std::uint8_t* count : {&past.entries, &past.crashes, &past.duplicates, &past.drops, &past.changes}) {
    *count = next();
  }
  past.level = next();
  past.committed.resize(next());
  for (Past::Committed& one : past.committed) {
    for (std::uint8_t* part : {&one.term, &one.command, &one.in_term}) *part = next();
  }
  past.leaderships.resize(next());
  for (Past::Leadership& one : past.leaderships) {
    for (std::uint8_t* part : {&one.term, &one.node, &one.last_before}) *part = next();
  }
  past.applied.resize(next());
  for (Past::Applied& one : past.applied) {
    for (std::uint8_t* part : {&one.index, &one.term, &one.command, &one.by}) *part = next();
  }
}

namespace {

bool in_order(const Past::Applied& a, const Past::Applied& b) {
  return std::tie(a.index, a.term, a.command) < std::tie(b.index, b.term, b.command);
}

}  // namespace

void rename(View view, const Renaming& renaming, Commands& commands, Bytes& bytes) {
  Past past;
  decode(view, past);
  for (Past::Leadership& one : past.leaderships) one.node = renaming[one.node];
  for (Past::Committed& one : past.committed) one.command = commands.renamed(one.command, renaming);
  for (Past::Applied& one : past.applied) {
    one.command = commands.renamed(one.command, renaming);
    if (one.by == Past::several) continue;
    one.by = static_cast<std::uint8_t>(renamed(NodeSet::from_bits(one.by), renaming).bits());
  }
  std::sort(past.applied.begin(), past.applied.end(), in_order);
  encode(past, bytes);
}

namespace {

bool holds(NodeView node, Index index, const Past::Committed& entry) {
  return index <= node.last() && node.term_at(index) == entry.term && node.command_at(index) == entry.command;
}

MaybeViolation incomplete(const Past& past, NodeView leader, Index first, Index last) {
  for (Index index = first; index <= last; ++index) {
    const Past::Committed& entry = past.committed[static_cast<std::size_t>(index) - 1];
    if (holds(leader, index, entry)) continue;
    return Violation{.property = Property::LeaderCompleteness, .node = leader.id(), .term = leader.term(),
                     .entry = {index, entry.term}};
  }
  return std::nullopt;
}

}  // namespace

MaybeViolation Historian::begin_to_lead(Past& past, NodeView leader) const {
  const auto term = static_cast<std::uint8_t>(leader.term());
  const Past::Leadership now{term, static_cast<std::uint8_t>(index_of(leader.id())),
                             static_cast<std::uint8_t>(leader.last())};
  const auto at = std::find_if(past.leaderships.begin(), past.leaderships.end(),
                               [term](const Past::Leadership& one) { return one.term >= term; });
  if (at == past.leaderships.end() || at->term != term) {
    past.leaderships.insert(at, now);
  } else if (at->node != now.node) {
    return Violation{.property = Property::ElectionSafety, .node = leader.id(), .other = node_at(at->node),
                     .term = leader.term(), .entry = {}};
  } else {
    *at = now;
  }
  // Leader Completeness speaks of entries that were committed in lower terms.
  auto last = static_cast<Index>(past.committed.size());
  while (last > 0 && past.committed[static_cast<std::size_t>(last) - 1].in_term >= term) --last;
  return incomplete(past, leader, 1, last);
}

MaybeViolation Historian::commit(Past& past, Nodes nodes, NodeView leader) const {
  const auto term = static_cast<std::uint8_t>(leader.term());
  const auto first = static_cast<Index>(past.committed.size()) + 1;
  const Index last = std::min(leader.commit(), leader.last());
  for (Index index = first; index <= last; ++index) {
    past.committed.push_back({static_cast<std::uint8_t>(leader.term_at(index)), leader.command_at(index), term});
  }
  if (last < first) return std::nullopt;
  for (const NodeView& other : nodes) {
    if (!other.leads() || other.term() <= term) continue;
    if (MaybeViolation violation = incomplete(past, other, first, last)) return violation;
  }
  // Of one that leads no more it is known how long its log was; what it added was of its own term.
  for (const Past::Leadership& later : past.leaderships) {
    if (later.term <= term || last <= later.last_before) continue;
    const NodeView& node = nodes[later.node];
    if (node.leads() && node.term() == later.term) continue;
    const Index missing = std::max(first, later.last_before + 1);
    return Violation{.property = Property::LeaderCompleteness, .node = node.id(), .other = leader.id(),
                     .term = later.term, .entry = {missing, leader.term_at(missing)}};
  }
  return std::nullopt;
}

MaybeViolation Historian::apply(Past& past, NodeView node, Index index) const {
  if (index > node.last()) return std::nullopt;
  const auto term = static_cast<std::uint8_t>(node.term_at(index));
  const CommandNumber command = node.command_at(index);
  const auto self = static_cast<std::uint8_t>(1U << index_of(node.id()));
  const Violation different{.property = Property::StateMachineSafety, .node = node.id(), .term = term,
                            .entry = {index, term}};
  Past::Applied* known = nullptr;
  for (Past::Applied& one : past.applied) {
    if (one.index != index) continue;
    if (one.term == term && one.command == command) {
      known = &one;
    } else if (one.by == Past::several || (one.by & ~self) != 0) {
      return different;
    }
  }
  const bool committed = static_cast<std::size_t>(index) <= past.committed.size();
  if (!options_.follow_appliers && committed) {
    // Whoever committed it has applied it.
    if (!holds(node, index, past.committed[static_cast<std::size_t>(index) - 1])) return different;
    return std::nullopt;
  }
  if (known != nullptr) {
    known->by = static_cast<std::uint8_t>(known->by | self);
    return std::nullopt;
  }
  const Past::Applied one{static_cast<std::uint8_t>(index), term, command,
                          options_.follow_appliers ? self : Past::several};
  const auto place = std::upper_bound(past.applied.begin(), past.applied.end(), one, in_order);
  past.applied.insert(place, one);
  return std::nullopt;
}

/// Who applied an entry matters only while it is one node that may do it again.
void Historian::settle_appliers(Past& past, Nodes nodes) const {
  if (!options_.follow_appliers || !options_.forget) return;
  for (Past::Applied& one : past.applied) {
    if (one.by == Past::several) continue;
    const NodeSet by = NodeSet::from_bits(one.by);
    const NodeView& node = nodes[index_of(*by.begin())];
    const bool never_again = past.crashes >= options_.crashes && node.applied() >= one.index;
    if (by.count() > 1 || never_again) one.by = Past::several;
  }
}

std::optional<Violation> Historian::record(Past& past, Nodes nodes, const News& news) const {
  const NodeView node = nodes[index_of(news.node)];
  if (news.begins_to_lead) {
    if (MaybeViolation violation = begin_to_lead(past, node)) return violation;
  }
  if (node.leads() || news.commits) {
    if (MaybeViolation violation = commit(past, nodes, node)) return violation;
  }
  for (Index index = news.applied_first; index != 0 && index <= news.applied_last; ++index) {
    if (MaybeViolation violation = apply(past, node, index)) return violation;
  }
  settle_appliers(past, nodes);
  return std::nullopt;
}

Past Historian::first(Nodes nodes) const {
  Past past;
  std::vector<NodeView> by_term(nodes.begin(), nodes.end());
  std::stable_sort(by_term.begin(), by_term.end(),
                   [](const NodeView& a, const NodeView& b) { return a.term() < b.term(); });
  for (const NodeView& node : by_term) {
    const auto term = static_cast<std::uint8_t>(node.term());
    for (auto index = static_cast<Index>(past.committed.size()) + 1; index <= std::min(node.commit(), node.last());
         ++index) {
      past.committed.push_back({static_cast<std::uint8_t>(node.term_at(index)), node.command_at(index), term});
    }
    for (Index index = 1; index <= node.applied(); ++index) apply(past, node, index);
  }
  for (const NodeView& node : by_term) {
    if (node.leads()) begin_to_lead(past, node);
  }
  settle_appliers(past, nodes);
  return past;
}

void Historian::look(NodeView node, bool may_crash, Outlook& outlook) const {
  // A follower can lead from the next term on, a candidate in its own.
  Term lead = node.role() == Role::Candidate ? node.term() : node.term() + 1;
  Term commit = node.leads() ? node.term() : lead;
  if (may_crash && !options_.terms_persist) lead = commit = 0;
  outlook.lead = std::min(outlook.lead, lead);
  outlook.commit = std::min(outlook.commit, commit);
}

Term Historian::keeps_up_to(const Past& past) const {
  Term lowest = max_explored_term + 1;
  if (!options_.forget) return lowest;
  for (const Past::Leadership& one : past.leaderships) lowest = std::min<Term>(lowest, one.term);
  for (const Past::Committed& one : past.committed) {
    if (one.in_term != 0) lowest = std::min<Term>(lowest, one.in_term);
  }
  return lowest;
}

void Historian::forget(Past& past, Outlook outlook) const {
  // Nobody can lead this term any more, nor commit in a lower one.
  std::erase_if(past.leaderships, [outlook](const Past::Leadership& one) {
    return outlook.lead > one.term && outlook.commit >= one.term;
  });
  for (Past::Committed& one : past.committed) {
    if (outlook.lead > one.in_term) one.in_term = 0;
  }
}

std::optional<Violation> check_log_matching(Historian::Nodes nodes, NodeId changed) {
  const NodeView log = nodes[index_of(changed)];
  for (Index index = 1; index <= log.last(); ++index) {
    for (const NodeView& other : nodes) {
      if (index > other.last() || other.term_at(index) != log.term_at(index)) continue;
      if (other.command_at(index) == log.command_at(index) && other.term_at(index - 1) == log.term_at(index - 1)) {
        continue;
      }
      return Violation{.property = Property::LogMatching, .node = changed, .other = other.id(),
                       .term = log.term_at(index), .entry = {index, log.term_at(index)}};
    }
  }
  return std::nullopt;
}

}  // namespace raft::search
