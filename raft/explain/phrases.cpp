// The small phrases that sentences are made of: names, lists, entries, times.
#include "raft/explain/phrases.h"

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

std::string commands_text(const Words& words, const sim::World& world, const std::vector<Entry>& entries) {
  constexpr std::size_t shown_at_most = 4;
  const std::size_t shown = entries.size() > shown_at_most ? shown_at_most - 1 : entries.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += words.text("phrase.list_comma");
    text += command_text(entries[i].command, world.symbols);
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
      if (reply.status == ReplyStatus::Done) return has_result ? "client_result" : "client_done";
      return reply.leader == no_node ? "client_no_leader" : "client_not_leader";
    }
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
    facts.emplace_back("command", command_text(request->command, world.symbols));
  } else if (const auto* reply = std::get_if<ClientReply>(&message.body)) {
    facts.emplace_back("result", world.symbols.value_text(reply->result));
    facts.emplace_back("leader", node_text(words, world, reply->leader));
  }
  return facts;
}

std::string message_phrase(const Words& words, const sim::World& world, const Message& message) {
  return words.fill("message.phrase." + message_key(message), message_facts(words, world, message));
}

// --- who can do what ------------------------------------------------------------------------------------------

int quorum_of(const sim::World& world) {
  const int majority = majority_of(static_cast<int>(world.node_count()));
  return world.settings.core.rules.on(Rule::MajorityNeeded) ? majority : std::max(1, majority - 1);
}

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

bool holds(const sim::World& world, NodeId node, EntryId entry) {
  const Log& log = world.node(node).durable.log;
  return entry.index <= log.last_index() && log.term_at(entry.index) == entry.term;
}

std::string quorum_caption(const Words& words, const sim::World& world, NodeSet island) {
  const int up = (island & nodes_up(world)).count();
  const char* key = up >= quorum_of(world) ? "ui.can_commit" : "ui.cannot_commit";
  return words.fill(key, {{"n", up}, {"total", world.node_count()}});
}

}  // namespace raft::explain
