// The text twin of the window: everything that is on the stage, in lines. Short lines, the same order always, no signs
// that a screen reader would spell out.
#include "raft/explain/state_in_words.h"

#include <algorithm>

#include "raft/core/command.h"
#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

constexpr Index entries_told = 40;  // of each half of a log, the newest
constexpr std::size_t upcoming_told = 5;

struct Telling {
  const Words& words;
  const sim::World& world;
  sim::Time clock = 0;
  TwinOptions options;
  std::string text = {};

  void line(std::string_view key, const std::vector<Fact>& facts = {}) { text += words.fill(key, facts) + "\n"; }
  std::string name(NodeId node) const { return node_text(words, world, node); }
};

/// "1 x=1 (term 1), 2 noop (term 2)": each entry with its term. What is left out is counted.
std::string entries_text(const Telling& telling, const Log& log, Index first, Index last) {
  const Index told_from = telling.options.whole_logs ? first : std::max(first, last - entries_told + 1);
  std::string text;
  for (Index i = told_from; i <= last; ++i) {
    text += text.empty() ? "" : telling.words.text("phrase.list_comma");
    text += telling.words.fill("twin.entry", {{"index", i}, {"term", log.term_at(i)},
                                              {"command", command_phrase(telling.words, telling.world, log.at(i).command)}});
  }
  if (told_from == first) return text;
  return telling.words.fill("twin.left_out", {{"n", told_from - first}, {"entries", text}});
}

void tell_cluster(Telling& telling) {
  const Configuration& members = sim::configuration_of(telling.world);
  const NodeSet voters = members.all_voters();
  telling.line("twin.moment", {{"time", time_text(telling.clock)}, {"event", telling.world.events}});
  const Support all = support_of(telling.world, members, voters);
  telling.line(telling.options.question_open ? "twin.voters" : "twin.cluster",
               {{"n", voters.count()}, {"nodes", node_list(telling.words, telling.world, voters)}, {"needed", all.needed}});
  const NodeId leader = sim::current_leader(telling.world);
  if (leader != no_node) {
    telling.line("twin.leader",
                 {{"node", telling.name(leader)}, {"term", telling.world.node(leader).durable.current_term}});
  }
  if (!telling.options.question_open) telling.text += why_nothing_happens(telling.words, telling.world) + "\n";
}

void tell_log(Telling& telling, const sim::Machine& machine) {
  const Log& log = machine.node.durable.log;
  const Index known = machine.up ? std::min(machine.node.memory.commit_index, log.last_index()) : log.base().index;
  if (log.base().index > 0) telling.line("twin.snapshot", {Fact::phrase("entry", entry_phrase(telling.words, log.base()))});
  if (log.last_index() == log.base().index) {
    if (log.base().index == 0) telling.line("twin.log_empty");
    return;
  }
  if (known > log.base().index) {
    telling.line("twin.committed", {{"entries", entries_text(telling, log, log.first_index(), known)}});
  }
  if (known < log.last_index()) {
    telling.line(machine.up ? "twin.not_committed" : "twin.on_disk",
                 {{"entries", entries_text(telling, log, std::max(known + 1, log.first_index()), log.last_index())}});
  }
}

void tell_values(Telling& telling, const sim::Machine& machine) {
  std::string values;
  for (const auto& [key, value] : machine.node.memory.machine.store) {
    values += (values.empty() ? "" : telling.words.text("phrase.list_comma")) + telling.world.symbols.text(key) + "=" +
              telling.world.symbols.value_text(value);
  }
  if (!values.empty()) telling.line("twin.values", {{"values", values}});
}

void tell_leading(Telling& telling, const NodeState& node) {
  for (const NodeId peer : node.peers()) {
    const Progress& progress = node.leading.progress[index_of(peer)];
    telling.line("twin.progress",
                 {{"node", telling.name(peer)}, {"next", progress.next_index}, {"match", progress.match_index}});
  }
}

void tell_timer(Telling& telling, const sim::Machine& machine) {
  const auto left = [&](const sim::Timer& timer) { return time_text(std::max<sim::Time>(0, timer.fires_at - telling.clock)); };
  const bool leads = machine.node.memory.role == Role::Leader;
  const bool by_hand = telling.world.settings.manual_timers;
  if (!leads && by_hand) telling.line("twin.election_timer_by_hand");
  if (!leads && !by_hand && machine.election.running()) telling.line("twin.election_timer", {{"time", left(machine.election)}});
  if (leads && machine.heartbeat.running()) telling.line("twin.heartbeat_timer", {{"time", left(machine.heartbeat)}});
}

/// The tally of a candidate, or of a node that asks whether it could be one (dissertation 9.6).
void tell_votes(Telling& telling, const NodeState& node) {
  const bool only_asks = node.memory.role == Role::PreCandidate;
  if (!only_asks && node.memory.role != Role::Candidate) return;
  const auto names = [&](NodeSet nodes) { return node_list(telling.words, telling.world, nodes); };
  const NodeSet granted = node.memory.votes_granted;
  const bool open = telling.options.question_open;  // how many are needed may be what is asked
  if (open) {
    telling.line(only_asks ? "twin.pre_votes_so_far" : "twin.votes_so_far", {{"nodes", names(granted)}, {"n", granted.count()}});
  } else {
    const Support votes = support_of(telling.world, node.configuration, granted);
    telling.line(only_asks ? "twin.pre_votes" : "twin.votes",
                 {{"nodes", names(granted)}, {"n", votes.count}, {"needed", votes.needed}});
  }
  const NodeSet refused = node.memory.votes_refused;
  if (!refused.empty()) telling.line("twin.refused", {{"nodes", names(refused)}});
  if (open) return;
  const std::string joint = joint_votes(telling.words, telling.world, node.id);
  if (!joint.empty()) telling.line("twin.joint_votes", {{"votes", joint}});
}

void tell_node(Telling& telling, NodeId id) {
  const sim::Machine& machine = telling.world.machine(id);
  const NodeState& node = machine.node;
  const std::string vote = node.durable.voted_for == no_node
                               ? telling.words.text("twin.no_vote")
                               : telling.words.fill("twin.vote", {{"node", telling.name(node.durable.voted_for)}});
  std::string role = telling.words.text(std::string("role.") + role_name(node.memory.role));
  if (sim::is_learner(node)) role = telling.words.text("twin.learner");
  if (!machine.up) role = telling.words.text("twin.down");
  telling.text += "\n";
  telling.line("twin.node", {{"node", machine.name}, {"role", role}, {"term", node.durable.current_term}, {"vote", vote}});
  if (machine.paused) telling.line("twin.paused");
  if (machine.up) tell_votes(telling, node);
  tell_log(telling, machine);
  if (!machine.up) return;
  telling.line("twin.indexes", {{"commit", node.memory.commit_index}, {"applied", node.memory.last_applied}});
  tell_values(telling, machine);
  tell_timer(telling, machine);
  if (node.memory.role == Role::Leader) tell_leading(telling, node);
  for (const std::string& note : node_notes(telling.words, telling.world, id, telling.clock)) {
    telling.text += "  " + note + "\n";
  }
}

void tell_messages(Telling& telling) {
  const sim::Network& network = telling.world.network;
  telling.text += "\n";
  telling.line(network.in_flight() == 0 ? "twin.no_messages" : "twin.messages", {{"n", network.in_flight()}});
  for (const sim::Flight& flight : network.flights()) {
    const std::string message = message_phrase(telling.words, telling.world, flight.message);
    const std::string id = "m" + std::to_string(flight.id);
    if (flight.fate == sim::Fate::Held) {
      telling.line("twin.held", {{"id", id}, {"message", message}});
    } else if (telling.options.question_open) {
      telling.line("twin.flying", {{"id", id}, {"message", message}});
    } else {
      telling.line("twin.message", {{"id", id}, {"message", message}, {"time", time_text(flight.arrives_at)}});
    }
  }
}

/// Who can still talk to whom, with the captions of the stage.
void tell_islands(Telling& telling) {
  const std::vector<NodeSet> islands = sim::islands(telling.world);
  if (islands.size() < 2) return;
  for (const NodeSet island : islands) {
    const std::string caption = telling.options.question_open ? quorum_count(telling.words, telling.world, island)
                                                              : quorum_caption(telling.words, telling.world, island);
    telling.line("twin.island", {{"nodes", node_list(telling.words, telling.world, island)}, {"caption", caption}});
  }
}

void tell_links(Telling& telling) {
  const sim::Network& network = telling.world.network;
  for (const NodeId a : telling.world.all_nodes()) {
    for (const NodeId b : telling.world.all_nodes()) {
      if (a == b || network.is_open(a, b)) continue;
      const bool both = !network.is_open(b, a);
      if (both && index_of(b) < index_of(a)) continue;
      telling.line(both ? "twin.cut" : "twin.cut_one_way", {{"from", telling.name(a)}, {"to", telling.name(b)}});
    }
  }
  for (const std::string& dropped : dropped_phrases(telling.words, telling.world)) {
    telling.line("twin.dropped", {{"messages", dropped}});
  }
}

void tell_clients(Telling& telling) {
  for (std::size_t i = 0; i < telling.world.clients.size(); ++i) {
    const sim::Client& client = telling.world.clients[i];
    telling.line(client.asked_again ? "twin.client_again" : "twin.client",
                 {{"client", "c" + std::to_string(i + 1)},
                  {"command", command_text(client.command, telling.world.symbols)},
                  {"status", telling.words.text(std::string("client_status.") + client_status_name(client.status))}});
  }
}

void tell_what_is_broken(Telling& telling, const check::Broken& broken, const check::History& history) {
  for (const RuleInfo& rule : rule_table) {
    if (telling.world.settings.core.rules.on(rule.rule)) continue;
    telling.line("twin.rule_off", {{"rule", telling.words.text(std::string("rule.") + rule.name)}, {"section", section_text(telling.words, rule.section)}});
  }
  const auto key = [](bool past) { return past ? "twin.was_broken" : "twin.broken"; };
  for (const check::Breach& breach : broken.promises) {
    telling.line(key(breach.past), {{"property", property_title(telling.words, breach.violation.property)}});
  }
  if (!broken.clients) return;
  telling.line(key(broken.clients->past), {{"property", telling.words.text("property.linearizability")}});
  telling.text += "  " + anomaly_sentence(telling.words, telling.world, history, broken.clients->anomaly) + "\n";
}

void tell_what_is_next(Telling& telling) {
  telling.text += "\n";
  telling.line("twin.next");
  if (sim::is_full(telling.world)) return telling.line("upcoming.full");
  std::size_t told = 0;
  for (const sim::Upcoming& due : sim::queue(telling.world)) {
    if (told++ == upcoming_told) break;
    telling.line("twin.due", {{"time", time_text(due.at)}, {"what", upcoming_sentence(telling.words, telling.world, due)}});
  }
  if (told == 0) telling.line("twin.nothing_due");
}

}  // namespace

std::string state_in_words(const Words& words, const sim::World& world, sim::Time clock, const check::Broken& broken,
                           const check::History& history, TwinOptions options) {
  Telling telling{words, world, clock, options};
  tell_cluster(telling);
  tell_what_is_broken(telling, broken, history);
  for (const NodeId node : world.all_nodes()) tell_node(telling, node);
  tell_messages(telling);
  tell_islands(telling);
  tell_links(telling);
  tell_clients(telling);
  if (!options.question_open) tell_what_is_next(telling);
  return telling.text;
}

}  // namespace raft::explain
