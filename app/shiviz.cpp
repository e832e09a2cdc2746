// Vector clocks (Fidge, Mattern): a host counts its own events, and takes over what the sender of a message knew.
#include "app/shiviz.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/transcript.h"

namespace app {

using raft::NodeSet;
using raft::sim::Event;
using raft::sim::EventKind;
using raft::sim::World;

namespace {

/// Whom the event happened to.
std::vector<std::string> hosts_of(const World& after, const Event& event) {
  NodeSet nodes;
  switch (event.kind) {
    case EventKind::Lose:
    case EventKind::Wait: return {};  // the receiver knows nothing of it yet, or never will
    case EventKind::Start:
      for (const raft::NodeId node : after.all_nodes()) {
        if (after.machine(node).up) nodes.add(node);
      }
      break;
    case EventKind::Crash: nodes = std::get<raft::sim::Crash>(*event.intervention).nodes; break;
    case EventKind::Restart: nodes = std::get<raft::sim::Restart>(*event.intervention).nodes; break;
    default:
      if (event.node != raft::no_node) nodes.add(event.node);
      break;
  }
  std::vector<std::string> hosts;
  for (const raft::NodeId node : nodes) hosts.push_back(after.name(node));
  if (event.client != raft::no_client) hosts.push_back(raft::sim::endpoint_name(after, event.client));
  return hosts;
}

}  // namespace

std::string ShiViz::tick(const std::string& host, const std::string& words) {
  Clock& clock = clocks_[host];
  ++clock[host];
  std::string counts;
  for (const auto& [name, count] : clock) counts += fmt::format("{}\"{}\":{}", counts.empty() ? "" : ",", name, count);
  return fmt::format("{}\n{} {{{}}}\n", words, host, counts);
}

void ShiViz::forget_lost(const Event& event) {
  if (event.kind == EventKind::Lose) under_way_.erase(event.flight->id);
  for (const raft::sim::MessageId id : event.lost) under_way_.erase(id);
}

std::string ShiViz::lines_of(const World& after, const Event& event) {
  if (event.kind == EventKind::Message && !event.sent.empty()) {
    under_way_[event.sent.front()] = under_way_[event.flight->id];  // a copy knows what the original does
    return "";
  }
  forget_lost(event);
  const std::vector<std::string> hosts = hosts_of(after, event);
  if (hosts.empty()) return "";
  if (event.kind == EventKind::Receive) {
    Clock& own = clocks_[hosts.front()];
    for (const auto& [name, count] : under_way_[event.flight->id]) own[name] = std::max(own[name], count);
    under_way_.erase(event.flight->id);
  }
  const std::string words = event_in_words(words_, after, event);
  std::string lines;
  for (const std::string& host : hosts) lines += tick(host, words);
  for (const raft::sim::MessageId id : event.sent) under_way_[id] = clocks_[hosts.front()];
  return lines;
}

}  // namespace app
