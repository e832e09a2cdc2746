// A world whose clients are watched: interventions in few words, and what its history says.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "raft/check/linearizable.h"
#include "raft/sim/advance.h"

namespace raft::history_test {

using sim::operator""_ms;
using sim::operator""_s;

// Like the names that a cluster of three gives them.
inline constexpr NodeId A = node_at(0);
inline constexpr NodeId B = node_at(1);
inline constexpr NodeId C = node_at(2);

inline ClientId client(int number) { return static_cast<ClientId>(number); }

inline NodeSet nodes(std::initializer_list<NodeId> list) {
  NodeSet set;
  for (const NodeId node : list) set.add(node);
  return set;
}

inline sim::CommandText write_command(const std::string& key, const std::string& value) {
  return {CommandKind::Write, key, value, ""};
}
inline sim::CommandText read_command(const std::string& key) { return {CommandKind::Read, key, "", ""}; }
inline sim::CommandText incr_command(const std::string& key) { return {CommandKind::Increment, key, "", ""}; }
inline sim::CommandText cas_command(const std::string& key, const std::string& old_value, const std::string& value) {
  return {CommandKind::CompareAndSet, key, value, old_value};
}

inline sim::MessagePick next(MessageType type, Endpoint from, Endpoint to) {
  sim::MessagePick pick;
  pick.how = sim::MessagePick::How::Next;
  pick.pattern = {sim::MessagePattern::Types::One, type, false, false, from, to};
  return pick;
}

/// Nobody stands for election unless told to.
inline sim::ClusterConfig three_nodes() {
  sim::ClusterConfig config;
  config.node_names = {"A", "B", "C"};
  config.settings.manual_timers = true;
  return config;
}

class Observed {
 public:
  explicit Observed(const sim::ClusterConfig& config) : world(sim::make_world(config)), history(world) {}

  sim::World world;
  check::History history;

  sim::Settings& settings() { return world.settings; }
  const check::Operation& operation(check::OperationId id) const { return history.operation(id); }
  check::Answer answer() const { return check::check_linearizable(history).answer; }

  Observed& act(const sim::Intervention& what) {
    REQUIRE(!sim::refusal(world, what));
    sim::Event event;
    sim::intervene(world, what, sim::Origin::Script, event);
    history.observe(world, event);
    return *this;
  }
  bool act_if_possible(const sim::Intervention& what) {
    if (sim::refusal(world, what)) return false;
    act(what);
    return true;
  }
  Observed& ask(const sim::CommandText& command, int by = 1, NodeId to = no_node) {
    return act(sim::ClientAsk{command, to, client(by)});
  }
  Observed& run_for(sim::Time time) {
    const sim::Time until = world.now + time;
    sim::Event event;
    while (sim::upcoming(world).at <= until && sim::advance(world, event)) history.observe(world, event);
    sim::wait_until(world, until);
    return *this;
  }
  Observed& elect(NodeId node) {
    act(sim::FireElectionTimer{node}).run_for(100_ms);
    REQUIRE(world.node(node).memory.role == Role::Leader);
    return *this;
  }

  std::vector<nlohmann::json> lines() const {
    std::vector<nlohmann::json> all;
    std::istringstream text(check::history_lines(history, world.symbols, world.now));
    for (std::string line; std::getline(text, line);) all.push_back(nlohmann::json::parse(line));
    return all;
  }
};

}  // namespace raft::history_test
