// The small phrases that sentences are made of: names, lists, entries, times.
#include "raft/explain/phrases.h"

#include <algorithm>

#include "raft/core/ascii.h"
#include "raft/core/command.h"

namespace raft::explain {

std::string entry_phrase(const Words& words, EntryId entry) {
  if (entry.index == 0) return words.text("phrase.log_start");
  return words.fill("phrase.entry", {{"index", entry.index}, {"term", entry.term}});
}

std::string range_phrase(const Words& words, Index first, Index last) {
  if (first == last) return words.fill("phrase.one_entry", {{"index", first}});
  return words.fill("phrase.entries", {{"first", first}, {"last", last}});
}

std::string node_text(const Words& words, const sim::World& world, NodeId node) {
  if (index_of(node) >= world.node_count()) return words.text("phrase.nobody");
  return world.name(node);
}

std::string client_text(ClientId client) { return "c" + std::to_string(static_cast<int>(client)); }

std::string join(const Words& words, const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += words.text(i + 1 == items.size() ? "phrase.list_last" : "phrase.list_comma");
    text += items[i];
  }
  return text;
}

std::string node_list(const Words& words, const sim::World& world, NodeSet nodes) {
  if (nodes.empty()) return words.text("phrase.nobody");
  std::vector<std::string> names;
  for (const NodeId node : nodes) names.push_back(node_text(words, world, node));
  return join(words, names);
}

std::string command_phrase(const Words& words, const sim::World& world, const Command& command) {
  if (command.kind != CommandKind::Configure) return command_text(command, world.symbols);
  return words.fill("phrase.configuration", {{"members", sim::configuration_text(world, command.configuration)}});
}

std::string commands_text(const Words& words, const sim::World& world, const std::vector<Entry>& entries) {
  constexpr std::size_t shown_at_most = 4;
  const std::size_t shown = entries.size() > shown_at_most ? shown_at_most - 1 : entries.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += words.text("phrase.list_comma");
    text += command_phrase(words, world, entries[i].command);
  }
  if (shown < entries.size()) text += words.fill("phrase.and_more", {{"n", entries.size() - shown}});
  return text;
}

void add_sentence(const Words& words, std::string& text, const std::string& sentence) {
  if (!text.empty()) text += words.text("phrase.next_sentence");
  text += sentence;
}

std::string time_text(sim::Time time) {
  const bool seconds = time >= 10'000'000;
  const sim::Time tenths = seconds ? time / 100'000 : time / 100;
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + (seconds ? " s" : " ms");
}

// --- messages -------------------------------------------------------------------------------------------------

std::string message_key(const Message& message) {
  switch (message.type()) {
    case MessageType::RequestVote: return "request_vote";
    case MessageType::RequestVoteReply:
      return std::get<RequestVoteReply>(message.body).granted ? "vote_granted" : "vote_refused";
    case MessageType::AppendEntries: return is_heartbeat(message) ? "heartbeat" : "append_entries";
    case MessageType::AppendEntriesReply: {
      const auto& reply = std::get<AppendEntriesReply>(message.body);
      if (!reply.success) return "append_refused";
      return reply.match_index == 0 ? "append_matches" : "append_stored";
    }
    case MessageType::ClientRequest: return "client_request";
    case MessageType::ClientReply: {
      const auto& reply = std::get<ClientReply>(message.body);
      const bool has_result = reply.result.kind() != Value::Kind::None;
      if (reply.status == ReplyStatus::SessionExpired) return "client_session_expired";
      if (reply.status == ReplyStatus::Done) return has_result ? "client_result" : "client_done";
      return reply.leader == no_node ? "client_no_leader" : "client_not_leader";
    }
    case MessageType::PreVote: return "pre_vote";
    case MessageType::PreVoteReply:
      return std::get<PreVoteReply>(message.body).granted ? "pre_vote_granted" : "pre_vote_refused";
    case MessageType::TimeoutNow: return "timeout_now";
    case MessageType::InstallSnapshot: return "install_snapshot";
    case MessageType::InstallSnapshotReply:
      return std::get<InstallSnapshotReply>(message.body).done ? "snapshot_done" : "snapshot_next";
  }
  return "";
}

std::vector<Fact> message_facts(const Words& words, const sim::World& world, const Message& message) {
  std::vector<Fact> facts = {{"from", sim::endpoint_name(world, message.from)},
                             {"to", sim::endpoint_name(world, message.to)},
                             {"term", message.term}};
  if (const auto* append = std::get_if<AppendEntries>(&message.body)) {
    facts.emplace_back("commands", commands_text(words, world, append->entries));
    facts.emplace_back("count", append->entries.size());
  } else if (const auto* answer = std::get_if<AppendEntriesReply>(&message.body)) {
    facts.emplace_back("match", answer->match_index);
  } else if (const auto* request = std::get_if<ClientRequest>(&message.body)) {
    facts.emplace_back("command", command_phrase(words, world, request->command));
  } else if (const auto* reply = std::get_if<ClientReply>(&message.body)) {
    facts.emplace_back("result", world.symbols.value_text(reply->result));
    facts.emplace_back("leader", node_text(words, world, reply->leader));
  } else if (const auto* question = std::get_if<PreVote>(&message.body)) {
    facts.emplace_back("next_term", question->next_term);
  } else if (const auto* opinion = std::get_if<PreVoteReply>(&message.body)) {
    facts.emplace_back("next_term", opinion->next_term);
  } else if (const auto* snapshot = std::get_if<InstallSnapshot>(&message.body)) {
    facts.emplace_back("last", snapshot->last.index);
    facts.emplace_back("chunk", snapshot->chunk + 1);
    facts.emplace_back("chunks", snapshot->chunks);
  } else if (const auto* installed = std::get_if<InstallSnapshotReply>(&message.body)) {
    facts.emplace_back("last", installed->last.index);
    facts.emplace_back("chunk", installed->next_chunk + 1);
  }
  return facts;
}

std::string message_phrase(const Words& words, const sim::World& world, const Message& message) {
  return words.fill("message.phrase." + message_key(message), message_facts(words, world, message));
}

std::string pattern_phrase(const Words& words, const sim::World& world, const sim::MessagePattern& pattern) {
  std::string type = words.text("message.any");
  if (pattern.types == sim::MessagePattern::Types::Heartbeats) type = words.text("message.name.Heartbeat");
  if (pattern.types == sim::MessagePattern::Types::One) {
    type = words.text(std::string("message.name.") + message_type_name(pattern.type));
  }
  std::vector<Fact> facts = {{"type", type}};
  if (!pattern.any_from) facts.emplace_back("from", sim::endpoint_name(world, pattern.from));
  if (!pattern.any_to) facts.emplace_back("to", sim::endpoint_name(world, pattern.to));
  if (pattern.any_from && pattern.any_to) return type;
  if (pattern.any_from) return words.fill("message.pattern_to", facts);
  return words.fill(pattern.any_to ? "message.pattern_from" : "message.pattern_from_to", facts);
}

// --- who can do what ------------------------------------------------------------------------------------------

namespace {

Support half(const sim::World& world, NodeSet voters, NodeSet others, NodeSet nodes) {
  const int majority = majority_of(voters.count());
  const bool whole = world.settings.core.rules.on(Rule::MajorityNeeded);
  return {((voters | others) & nodes).count(), whole ? majority : std::max(1, majority - 1), voters.count()};
}

}  // namespace

std::string message_condition_phrase(const Words& words, const sim::MessageCondition& condition) {
  using Kind = sim::MessageCondition::Kind;
  if (condition.kind == Kind::Compare) {
    const char* field = "phrase.entries_carried";
    if (condition.field == sim::MessageField::EntryTerm) field = "phrase.term_of_entry";
    if (condition.field == sim::MessageField::MessageTerm) field = "phrase.term_of_message";
    return words.text(field) + " " + sim::comparison_text(condition.comparison) + " " + std::to_string(condition.number);
  }
  if (condition.kind == Kind::Not) {
    return words.fill("phrase.not", {{"condition", message_condition_phrase(words, condition.parts.front())}});
  }
  std::string text;
  for (const sim::MessageCondition& part : condition.parts) {
    if (!text.empty()) text += words.text(condition.kind == Kind::And ? "phrase.and" : "phrase.or");
    const bool weaker = condition.kind == Kind::And && part.kind == Kind::Or;
    text += weaker ? "(" + message_condition_phrase(words, part) + ")" : message_condition_phrase(words, part);
  }
  return text;
}

Support support_of(const sim::World& world, const Configuration& configuration, NodeSet nodes, NodeId leader) {
  const Rules& rules = world.settings.core.rules;
  NodeSet others;
  if (!rules.on(Rule::LearnersDoNotCount)) others = configuration.learners;
  if (!rules.on(Rule::RemovedLeaderNotCounted) && leader != no_node) others.add(leader);
  const Support old_half = half(world, configuration.voters, others, nodes);
  if (!configuration.joint()) return old_half;
  const Support new_half = half(world, configuration.next, others, nodes);
  if (!rules.on(Rule::JointMajorities)) return new_half;
  return new_half.needed - new_half.count > old_half.needed - old_half.count ? new_half : old_half;
}

std::pair<Support, Support> support_of_both(const sim::World& world, const Configuration& configuration, NodeSet nodes) {
  return {half(world, configuration.voters, {}, nodes), half(world, configuration.next, {}, nodes)};
}

namespace {

/// On an island its own nodes decide, by the configuration that they know.
const Configuration& configuration_on(const sim::World& world, NodeSet island) {
  const Configuration* const own = sim::configuration_among(world, island);
  return own != nullptr ? *own : sim::configuration_of(world);
}

}  // namespace

NodeSet nodes_up(const sim::World& world) {
  NodeSet up;
  for (const NodeId node : world.all_nodes()) {
    if (world.machine(node).up) up.add(node);
  }
  return up;
}

NodeSet reach_of(const sim::World& world, NodeId node) {
  NodeSet reach;
  if (!world.machine(node).up) return reach;
  for (const NodeId other : nodes_up(world)) {
    const bool both_ways = world.network.is_open(node, other) && world.network.is_open(other, node);
    if (other == node || both_ways) reach.add(other);
  }
  return reach;
}

NodeSet electable_nodes(const sim::World& world, const Configuration& configuration, NodeSet among) {
  NodeSet able;
  for (const NodeId node : among & nodes_up(world) & configuration.all_voters()) {
    if (support_of(world, configuration, reach_of(world, node) & among).reached()) able.add(node);
  }
  return able;
}

NodeId heard_leader(const sim::World& world, NodeId node) {
  for (const NodeId leader : world.all_nodes()) {
    if (leader == node || !sim::leads(world, leader) || world.machine(leader).paused) continue;
    const NodeState& state = world.node(leader);
    const bool arrives = world.network.is_open(leader, node) && !world.network.is_held(leader, node);
    if (arrives && state.peers().contains(node) && state.durable.current_term >= world.node(node).durable.current_term) return leader;
  }
  return no_node;
}

bool counts_itself(const sim::World& world, NodeId leader) {
  const Configuration& configuration = world.node(leader).configuration;
  if (!world.settings.core.rules.on(Rule::RemovedLeaderNotCounted)) return true;
  return configuration.voters.contains(leader) && (!configuration.joint() || configuration.next.contains(leader));
}

NodeSet who_can_stand(const sim::World& world, const Configuration& configuration, NodeSet among) {
  const NodeSet electable = electable_nodes(world, configuration, among);
  NodeSet standing;
  for (const NodeId node : among & nodes_up(world)) {
    if (sim::leads(world, node) || world.machine(node).paused || !may_start_election(world.node(node)) || heard_leader(world, node) != no_node) continue;
    // Dissertation 9.6: one that cannot win raises no term.
    if (world.settings.core.features.pre_vote && !electable.contains(node)) continue;
    for (const NodeId other : electable) {
      if (other == node || world.network.is_open(node, other)) standing.add(node);
    }
  }
  return standing;
}

bool nobody_stands(const sim::World& world, const Configuration& configuration, NodeSet among) {
  for (const NodeId node : electable_nodes(world, configuration, among)) {
    if (heard_leader(world, node) == no_node) return false;
  }
  return who_can_stand(world, configuration, among).empty();
}

std::optional<Term> term_in(const Log& log, Index index) {
  if (index > log.last_index() || index < log.base().index) return std::nullopt;
  const Term term = log.term_at(index);
  if (index != 0 && term == 0) return std::nullopt;  // with a rule off a snapshot forgets it
  return term;
}

bool holds(const sim::World& world, NodeId node, EntryId entry) {
  const Log& log = world.node(node).durable.log;
  if (entry.index > log.last_index()) return false;
  if (entry.index == 0) return true;
  if (const std::optional<Term> term = term_in(log, entry.index)) return *term == entry.term;
  // What a snapshot covers is committed: it is the entry that anybody else knows to be committed there.
  for (const sim::Machine& other : world.machines) {
    const std::optional<Term> term = term_in(other.node.durable.log, entry.index);
    if (!term) continue;
    const bool committed = other.up && other.node.memory.commit_index >= entry.index;
    const bool beyond = log.base().term != 0 && term_in(other.node.durable.log, log.base().index) == log.base().term;
    if (committed || beyond) return *term == entry.term;  // §5.3: the logs are identical up to the snapshot's end
  }
  return entry.term == 0;
}

std::string quorum_count(const Words& words, const sim::World& world, NodeSet island) {
  const Configuration& configuration = configuration_on(world, island);
  const NodeSet up = island & nodes_up(world);
  if (!configuration.joint()) {
    const Support support = support_of(world, configuration, up);
    return words.fill("ui.stored_on_count", {{"n", support.count}, {"total", support.total}});
  }
  const auto [old_half, new_half] = support_of_both(world, configuration, up);
  return words.fill("ui.count_joint", {{"n", old_half.count}, {"total", old_half.total}, {"m", new_half.count}, {"whole", new_half.total}});
}

/// By a leader that can go on leading: not paused, it reaches a quorum, and nobody there would tell it of a higher term.
bool is_led(const sim::World& world, NodeSet island) {
  Term highest = 0;
  for (const NodeId node : island & nodes_up(world)) highest = std::max(highest, world.node(node).durable.current_term);
  for (const NodeId node : island & nodes_up(world)) {
    const NodeState& state = world.node(node);
    const bool leads_on = state.memory.role == Role::Leader && state.durable.current_term == highest && !world.machine(node).paused;
    if (leads_on && support_of(world, state.configuration, reach_of(world, node) & island, node).reached()) return true;
  }
  return false;
}

std::string quorum_caption(const Words& words, const sim::World& world, NodeSet island) {
  const auto say = [&](const char* key) { return words.fill(key, {{"count", quorum_count(words, world, island)}}); };
  if (!can_commit(world, island)) return say("ui.cannot_commit");
  if (is_led(world, island)) return say("ui.can_commit");
  if (nobody_stands(world, configuration_on(world, island), island)) return say("ui.elects_nobody");
  return say("ui.can_elect");
}

bool can_commit(const sim::World& world, NodeSet island) {
  return is_led(world, island) || !electable_nodes(world, configuration_on(world, island), island).empty();
}

std::string as_key(std::string_view name) {
  std::string key = ascii::lower(name);
  std::replace_if(key.begin(), key.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
  return key;
}

const std::string& property_title(const Words& words, check::Property property) {
  return words.text("property." + as_key(check::property_name(property)));
}

}  // namespace raft::explain
