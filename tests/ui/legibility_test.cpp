// The moments of tests/legibility and the answers to the questions about them, taken from the world and never from the
// picture. With RAFTLAB_LEGIBILITY_KEY=FILE in the environment the answers are written there, for comparing with what
// readers of the pictures have said.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "app/library.h"
#include "raft/explain/explain.h"
#include "raft/walkthrough/player.h"
#include "tests/support/tree.h"

namespace ui::test {

namespace {

using raft::NodeId;
using raft::Role;
using raft::sim::Machine;
using raft::sim::World;

const std::string folder = source_dir() + "/tests/legibility/";

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text.empty() ? "none" : text;
}

std::string names(const World& world, raft::NodeSet nodes) {
  std::string text;
  for (const NodeId id : nodes) text += (text.empty() ? "" : " ") + world.name(id);
  return text;
}

/// "A 1, B 2": what `about` says of every node for which it says anything.
std::string of_nodes(const World& world, const std::function<std::string(const Machine&)>& about) {
  std::vector<std::string> parts;
  for (const NodeId id : world.all_nodes()) {
    const std::string text = about(world.machine(id));
    if (!text.empty()) parts.push_back(world.name(id) + " " + text);
  }
  return joined(parts);
}

std::string leaders(const World& world) {
  return of_nodes(world, [](const Machine& machine) {
    const bool leads = machine.up && machine.node.memory.role == Role::Leader;
    return leads ? std::to_string(machine.node.durable.current_term) : "";
  });
}

std::string terms(const World& world) {
  return of_nodes(world, [](const Machine& machine) { return std::to_string(machine.node.durable.current_term); });
}

std::string votes(const World& world) {
  return of_nodes(world, [&](const Machine& machine) {
    const NodeId vote = machine.node.durable.voted_for;
    return vote == raft::no_node ? "nobody" : world.name(vote);
  });
}

std::string candidates(const World& world) {
  return of_nodes(world, [](const Machine& machine) -> std::string {
    const raft::NodeState& node = machine.node;
    const bool asks = node.memory.role == Role::Candidate || node.memory.role == Role::PreCandidate;
    if (!machine.up || !asks) return "";
    return std::string(raft::role_name(node.memory.role)) + " " + std::to_string(node.memory.votes_granted.count()) +
           " of " + std::to_string(raft::majority_of(node.configuration.all_voters().count()));
  });
}

std::string logs(const World& world) {
  return of_nodes(world, [&](const Machine& machine) {
    const raft::Log& log = machine.node.durable.log;
    std::string text = log.base().index > 0 ? "snapshot 1-" + std::to_string(log.base().index) : "";
    for (raft::Index i = log.first_index(); i <= log.last_index(); ++i) {
      text += (text.empty() ? "" : " ") + raft::command_text(log.at(i).command, world.symbols) + "^" +
              std::to_string(log.term_at(i));
    }
    return text.empty() ? "empty" : text;
  });
}

/// A node that is down knows nothing.
std::string commits(const World& world) {
  return of_nodes(world, [](const Machine& machine) {
    return machine.up ? std::to_string(machine.node.memory.commit_index) : "down";
  });
}

std::string applied(const World& world) {
  return of_nodes(world, [](const Machine& machine) {
    return machine.up ? std::to_string(machine.node.memory.last_applied) : "down";
  });
}

bool is_quiet(const raft::Message& message) {
  if (raft::is_heartbeat(message)) return true;
  const auto* reply = std::get_if<raft::AppendEntriesReply>(&message.body);
  return reply != nullptr && reply->success && reply->match_index == reply->prev_index;
}

std::string message_text(const World& world, const raft::Message& message) {
  std::string text = raft::sim::endpoint_name(world, message.from) + "->" +
                     raft::sim::endpoint_name(world, message.to) + " " + raft::message_type_name(message.type());
  if (const auto* append = std::get_if<raft::AppendEntries>(&message.body)) {
    for (const raft::Entry& entry : append->entries) text += " " + raft::command_text(entry.command, world.symbols);
  }
  if (const auto* reply = std::get_if<raft::AppendEntriesReply>(&message.body)) {
    text += reply->success ? " up to " + std::to_string(reply->match_index) : " refused";
  }
  if (const auto* reply = std::get_if<raft::RequestVoteReply>(&message.body)) text += reply->granted ? " yes" : " no";
  if (const auto* reply = std::get_if<raft::PreVoteReply>(&message.body)) text += reply->granted ? " yes" : " no";
  if (const auto* request = std::get_if<raft::ClientRequest>(&message.body)) {
    text += " " + raft::command_text(request->command, world.symbols);
  }
  return text;
}

std::string in_flight(const World& world, bool quiet) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < world.network.in_flight(); ++i) {
    const raft::Message& message = world.network.flight(i).message;
    if (is_quiet(message) == quiet) parts.push_back(message_text(world, message));
  }
  return joined(parts);
}

std::string islands(const World& world) {
  const std::vector<raft::NodeSet> all = raft::sim::islands(world);
  if (all.size() < 2) return "one";
  std::vector<std::string> parts;
  for (const raft::NodeSet island : all) {
    parts.push_back(names(world, island) + (raft::explain::can_commit(world, island) ? " can" : " cannot"));
  }
  return joined(parts);
}

std::string cuts(const World& world) {
  std::vector<std::string> parts;
  for (const raft::NodeSet island : raft::sim::islands(world)) {
    for (const NodeId from : island) {
      for (const NodeId to : island) {
        if (from != to && !world.network.is_open(from, to)) parts.push_back(world.name(from) + "->" + world.name(to));
      }
    }
  }
  return joined(parts);
}

std::string down(const World& world) {
  return of_nodes(world, [](const Machine& machine) { return machine.up ? "" : "is down"; });
}

std::string paused(const World& world) {
  return of_nodes(world, [](const Machine& machine) { return machine.paused ? "is paused" : ""; });
}

std::string clients(const World& world) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < world.clients.size(); ++i) {
    const raft::sim::Client& client = world.clients[i];
    parts.push_back("c" + std::to_string(i + 1) + " " + raft::command_text(client.command, world.symbols) + " " +
                    raft::sim::client_status_name(client.status));
  }
  return joined(parts);
}

const Machine& leading(const World& world) {
  const NodeId leader = raft::sim::current_leader(world);
  return world.machine(leader == raft::no_node ? raft::node_at(0) : leader);
}

std::string members(const World& world) {
  const raft::Configuration& configuration = leading(world).node.configuration;
  std::string text = "voters " + names(world, configuration.voters);
  if (configuration.joint()) text += " and " + names(world, configuration.next);
  return text + ", learners " + (configuration.learners.empty() ? "none" : names(world, configuration.learners));
}

std::string first_timer(const World& world) {
  const Machine* first = nullptr;
  for (const Machine& machine : world.machines) {
    if (!machine.up || !machine.election.running()) continue;
    if (first == nullptr || machine.election.fires_at < first->election.fires_at) first = &machine;
  }
  return first == nullptr ? "none" : first->name;
}

std::string after_crash(const World& world) {
  return of_nodes(world, [](const Machine& machine) { return std::to_string(machine.node.durable.log.last_index()); });
}

std::string progress(const World& world) {
  const raft::NodeState& leader = leading(world).node;
  std::vector<std::string> parts;
  for (const NodeId id : leader.configuration.all_voters()) {
    if (id == leader.id) continue;
    const raft::Progress& of = leader.leading.progress[raft::index_of(id)];
    parts.push_back(world.name(id) + " match " + std::to_string(of.match_index) + " next " + std::to_string(of.next_index));
  }
  return joined(parts);
}

const std::map<std::string, std::function<std::string(const World&)>>& answers() {
  static const std::map<std::string, std::function<std::string(const World&)>> all{
      {"leaders", leaders},   {"terms", terms},       {"votes", votes},     {"candidates", candidates},
      {"logs", logs},         {"commits", commits},   {"values", applied},  {"islands", islands},
      {"cuts", cuts},         {"down", down},         {"paused", paused},   {"clients", clients},
      {"members", members},   {"progress", progress}, {"crash", after_crash}, {"first_timer", first_timer},
      {"messages", [](const World& world) { return in_flight(world, false); }},
      {"heartbeats", [](const World& world) { return in_flight(world, true); }}};
  return all;
}

}  // namespace

TEST_CASE("Every moment of the legibility pictures can be played, and every question about it has an answer") {
  std::ifstream questions(folder + "questions.txt");
  std::ostringstream key;
  std::unique_ptr<raft::walkthrough::Player> player;
  int moments = 0;
  int asked = 0;
  for (std::string line; std::getline(questions, line);) {
    if (line.empty()) continue;
    CAPTURE(line);
    if (line.front() == 'm') {
      CHECK(asked == 10 * moments);
      std::string error;
      const auto walkthrough = app::load_walkthrough(folder + "moments/" + line.substr(0, 3) + ".walk", error);
      REQUIRE_MESSAGE(walkthrough != nullptr, error);
      player = std::make_unique<raft::walkthrough::Player>(walkthrough);
      player->play_to_end_of_step(static_cast<int>(walkthrough->steps.size()) - 1);
      CHECK_FALSE(player->failure());
      key << "\n" << line << "\n";
      ++moments;
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::size_t space = line.find(' ');
    const auto answer = answers().find(line.substr(space + 1, colon - space - 1));
    REQUIRE(answer != answers().end());
    REQUIRE(player != nullptr);
    key << line.substr(0, colon) << ": " << answer->second(player->timeline().world()) << "\n";
    ++asked;
  }
  CHECK(moments == 20);
  CHECK(asked == 200);
  if (const char* path = std::getenv("RAFTLAB_LEGIBILITY_KEY")) std::ofstream(path) << key.str();
}

}  // namespace ui::test
