// "Why did nothing happen?": what the cluster as a whole is waiting for.
#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

std::vector<Fact> cluster_facts(const sim::World& world) {
  const Support up = support_of(world, sim::configuration_of(world), nodes_up(world));
  return {{"total", up.total}, {"needed", up.needed}, {"up", up.count}};
}

std::string say(const Words& words, const sim::World& world, std::string_view key, const std::vector<Fact>& more) {
  std::vector<Fact> facts = cluster_facts(world);
  facts.insert(facts.end(), more.begin(), more.end());
  return words.fill(key, facts);
}

std::vector<Fact> timer_facts(const Words& words, const sim::World& world, NodeId node) {
  if (node == no_node) return {};
  return {{"node", node_text(words, world, node)},
          {"term", world.node(node).durable.current_term + 1},
          {"time", time_text(world.machine(node).election.fires_at)}};
}

/// Nodes that reach a quorum, so that they could be elected and could commit.
NodeSet with_a_quorum(const sim::World& world) { return electable_nodes(world, sim::configuration_of(world), nodes_up(world)); }

NodeSet candidates_of_highest_term(const sim::World& world, Role role, Term& term) {
  NodeSet candidates;
  term = 0;
  for (const NodeId id : nodes_up(world)) {
    const NodeState& node = world.node(id);
    if (node.memory.role != role || node.durable.current_term < term) continue;
    if (node.durable.current_term > term) candidates.clear();
    term = node.durable.current_term;
    candidates.add(id);
  }
  return candidates;
}

/// §5.2, §5.4.1: whether the node grants this candidate its vote in this term, or has done so.
bool would_vote(const sim::World& world, NodeId voter, NodeId candidate, Term term, EntryId last_log) {
  const Durable& theirs = world.node(voter).durable;
  const Rules& rules = world.settings.core.rules;
  if (theirs.current_term > term) return false;
  if (theirs.current_term == term && theirs.voted_for == candidate) return true;
  const bool free = theirs.current_term < term || theirs.voted_for == no_node || !rules.on(Rule::OneVotePerTerm);
  return free && (at_least_as_up_to_date(last_log, theirs.log.last()) || !rules.on(Rule::CandidateLogUpToDate));
}

/// Whether the votes that are still to be given could make it the leader of its term.
bool can_still_win(const sim::World& world, NodeId candidate) {
  const NodeState& node = world.node(candidate);
  NodeSet possible = node.memory.votes_granted;
  for (const NodeId voter : reach_of(world, candidate) - node.memory.votes_refused - possible) {
    if (would_vote(world, voter, candidate, node.durable.current_term, node.durable.log.last())) possible.add(voter);
  }
  return support_of(world, node.configuration, possible).reached();
}

/// Figure 2: what resets a countdown is a message of a leader, or a request for a vote that is granted.
bool resets(const sim::World& world, const Message& message, NodeId node) {
  if (message.to != Endpoint(node)) return false;
  if (const auto* request = std::get_if<RequestVote>(&message.body)) {
    return would_vote(world, node, message.from.node(), message.term, request->last_log);
  }
  const bool of_leader = message.type() == MessageType::AppendEntries || message.type() == MessageType::InstallSnapshot;
  return of_leader && message.term >= world.node(node).durable.current_term;
}

/// Whether something on its way to the node resets its countdown before it ends.
bool may_be_reset(const sim::World& world, NodeId node) {
  for (const sim::Flight& flight : world.network.flights()) {
    const bool comes = flight.fate == sim::Fate::Arrives && flight.ends_at <= world.machine(node).election.fires_at;
    if (comes && resets(world, flight.message, node)) return true;
  }
  return false;
}

/// Whose countdown ends first, and that it may not come to that.
std::string with_reset(const Words& words, const sim::World& world, NodeId next, std::string text) {
  if (next != no_node && may_be_reset(world, next)) add_sentence(words, text, words.text("why.unless_reset"));
  return text;
}

/// `able`: those are the nodes that reach a majority.
std::string next_countdown(const Words& words, const sim::World& world, NodeSet among, bool able = true) {
  if (world.settings.manual_timers) return words.text("why.timers_are_manual");
  const NodeId next = first_to_time_out(world, among);
  if (next == no_node) return std::string();
  const bool asks_first = world.settings.core.features.pre_vote;
  const char* key = asks_first ? "why.next_countdown_asks" : "why.next_countdown";
  if (!able || among == nodes_up(world)) key = asks_first ? "why.next_countdown_of_all_asks" : "why.next_countdown_of_all";
  return with_reset(words, world, next, say(words, world, key, timer_facts(words, world, next)));
}

void add_if_any(const Words& words, std::string& text, const std::string& sentence) {
  if (!sentence.empty()) add_sentence(words, text, sentence);
}

std::string with_candidates(const Words& words, const sim::World& world, NodeSet candidates, Term term) {
  NodeSet hopeful;
  for (const NodeId candidate : candidates) {
    if (can_still_win(world, candidate)) hopeful.add(candidate);
  }
  if (!hopeful.empty()) {
    const NodeId first = *hopeful.begin();
    const NodeState& candidate = world.node(first);
    const Support votes = support_of(world, candidate.configuration, candidate.memory.votes_granted);
    return say(words, world, "why.waits_for_votes",
               {{"node", node_text(words, world, first)}, {"term", term}, {"votes", votes.count}});
  }
  std::string text = say(words, world, candidates.count() == 1 ? "why.cannot_win" : "why.split_vote",
                         {{"nodes", node_list(words, world, candidates)}, {"term", term}});
  add_if_any(words, text, next_countdown(words, world, with_a_quorum(world)));
  return text;
}

std::string without_leader(const Words& words, const sim::World& world) {
  const NodeSet able = with_a_quorum(world);
  if (able.empty()) return say(words, world, "why.no_island_has_a_majority", {});
  Term term = 0;
  const NodeSet candidates = candidates_of_highest_term(world, Role::Candidate, term);
  if (!candidates.empty()) return with_candidates(words, world, candidates, term);
  const NodeSet asking = candidates_of_highest_term(world, Role::PreCandidate, term);
  if (!asking.empty()) {
    return say(words, world, "why.asks_before_election",
               {{"nodes", node_list(words, world, asking)}, {"count", asking.count()}, {"term", term + 1}});
  }
  if (world.settings.manual_timers) {
    return say(words, world, "why.no_leader_manual", {});
  }
  const NodeId next = first_to_time_out(world, nodes_up(world));
  if (next == no_node) return say(words, world, "why.no_leader", {});
  const bool asks_first = world.settings.core.features.pre_vote;
  return with_reset(words, world, next,
                    say(words, world, asks_first ? "why.next_pre_candidate" : "why.next_candidate", timer_facts(words, world, next)));
}

std::string leader_in_minority(const Words& words, const sim::World& world, NodeId leader) {
  std::string text = say(words, world, counts_itself(world, leader) ? "why.leader_in_minority" : "why.leader_in_minority_apart",
                         {{"leader", node_text(words, world, leader)},
                          {"term", world.node(leader).durable.current_term},
                          {"n", support_of(world, world.node(leader).configuration, reach_of(world, leader), leader).count}});
  const NodeSet able = with_a_quorum(world);
  const Configuration& configuration = sim::configuration_of(world);
  if (able.empty()) {
    add_if_any(words, text, words.text("why.no_majority_elsewhere"));
  } else if (!world.settings.manual_timers && nobody_stands(world, configuration, nodes_up(world))) {
    // Dissertation 6.2: a leader that nobody answers stands in the way of another one.
    const char* key = world.settings.core.features.check_quorum ? "why.still_heard_steps_down" : "why.still_heard";
    add_if_any(words, text, say(words, world, key, {{"nodes", node_list(words, world, able)}}));
  } else {
    // One that reaches no majority itself can still unseat the leader by its term.
    const NodeSet standing = who_can_stand(world, configuration, nodes_up(world));
    const NodeSet winners = standing & able;
    add_if_any(words, text, winners.empty() ? next_countdown(words, world, standing, false) : next_countdown(words, world, winners));
  }
  return text;
}

bool stores_everything(const sim::World& world, NodeId leader, NodeId follower) {
  return world.node(leader).leading.progress[index_of(follower)].match_index ==
         world.node(leader).durable.log.last_index();
}

std::string with_leader(const Words& words, const sim::World& world, NodeId leader) {
  const NodeState& node = world.node(leader);
  if (world.machine(leader).paused) {
    return say(words, world, "why.leader_paused",
               {{"leader", node_text(words, world, leader)}, {"term", node.durable.current_term}});
  }
  if (!support_of(world, node.configuration, reach_of(world, leader), leader).reached()) {
    return leader_in_minority(words, world, leader);
  }
  if (node.leading.transfer_to != no_node) {
    return say(words, world, "why.hands_over",
               {{"leader", node_text(words, world, leader)},
                {"node", node_text(words, world, node.leading.transfer_to)}});
  }
  if (node.memory.commit_index < node.durable.log.last_index()) {
    return explain_entry(words, world, leader, node.memory.commit_index + 1).sentence;
  }
  NodeSet behind;
  for (const NodeId follower : node.peers()) {
    if (!stores_everything(world, leader, follower)) behind.add(follower);
  }
  const std::vector<Fact> facts = {{"leader", node_text(words, world, leader)},
                                   {"term", node.durable.current_term},
                                   {"behind", node_list(words, world, behind)},
                                   {"count", behind.count()},
                                   {"time", time_text(world.machine(leader).heartbeat.fires_at)}};
  return say(words, world, behind.empty() ? "why.leader_idle" : "why.leader_waits_for", facts);
}

}  // namespace

NodeId first_to_time_out(const sim::World& world, NodeSet among) {
  NodeId first = no_node;
  if (world.settings.manual_timers) return first;
  for (const NodeId node : among & nodes_up(world)) {
    const sim::Timer& timer = world.machine(node).election;
    if (!may_start_election(world.node(node)) || !timer.running() || world.machine(node).paused) continue;
    if (first == no_node || timer.fires_at < world.machine(first).election.fires_at) first = node;
  }
  return first;
}

std::string why_nothing_happens(const Words& words, const sim::World& world) {
  if (nodes_up(world).empty()) return words.text("why.all_down");
  if (!support_of(world, sim::configuration_of(world), nodes_up(world)).reached()) return say(words, world, "why.majority_is_down", {});
  const NodeId leader = sim::current_leader(world);
  if (leader == no_node) return without_leader(words, world);
  std::string text = with_leader(words, world, leader);
  Term term = 0;
  const NodeSet candidates = candidates_of_highest_term(world, Role::Candidate, term);
  if (candidates.empty() || term <= world.node(leader).durable.current_term) return text;
  add_sentence(words, text, say(words, world, "why.challenged",
                                {{"nodes", node_list(words, world, candidates)}, {"count", candidates.count()}, {"term", term}}));
  return text;
}

}  // namespace raft::explain
