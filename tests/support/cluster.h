// A world under test: interventions in few words, every event checked for the five properties.
// Nothing here decides what is right; the tests do.
#pragma once

#include <initializer_list>
#include <string>

#include "raft/check/safety.h"
#include "raft/check/transitions.h"
#include "raft/sim/advance.h"
#include "raft/sim/world_hash.h"
#include "tests/support/nodes.h"

namespace raft::test {

using namespace sim;  // the literals 150_ms, and the names of interventions

inline ClusterConfig cluster_of(std::size_t size, std::uint64_t seed = 1) {
  ClusterConfig config;
  for (std::size_t i = 0; i < size; ++i) config.node_names.emplace_back(1, static_cast<char>('A' + i));
  config.seed = seed;
  config.settings.core.rules = rules_under_test();
  return config;
}

/// As cluster_of, and no election timer fires by itself.
inline ClusterConfig manual_cluster_of(std::size_t size) {
  ClusterConfig config = cluster_of(size);
  config.settings.manual_timers = true;
  return config;
}

inline CommandText write_text(const std::string& key, const std::string& value) {
  return {CommandKind::Write, key, value, ""};
}

inline MessagePattern pattern(MessageType type, Endpoint from, Endpoint to) {
  MessagePattern wanted;
  wanted.types = MessagePattern::Types::One;
  wanted.type = type;
  wanted.any_from = wanted.any_to = false;
  wanted.from = from;
  wanted.to = to;
  return wanted;
}
inline MessagePick oldest(MessageType type, Endpoint from, Endpoint to) {
  return {MessagePick::How::Oldest, no_message, pattern(type, from, to)};
}
inline MessagePick next(MessageType type, Endpoint from, Endpoint to) {
  return {MessagePick::How::Next, no_message, pattern(type, from, to)};
}
inline MessagePick by_id(MessageId id) { return {MessagePick::How::ById, id, {}}; }

class Cluster {
 public:
  explicit Cluster(const ClusterConfig& config) : world(make_world(config)), safety(world), transitions(world) {}

  World world;
  check::Safety safety;
  check::Transitions transitions;
  Event event;  // the last one

  const NodeState& node(NodeId id) const { return world.node(id); }
  Role role(NodeId id) const { return node(id).memory.role; }
  std::vector<Term> log(NodeId id) const {
    std::vector<Term> terms;
    for (Index i = node(id).durable.log.first_index(); i <= node(id).durable.log.last_index(); ++i) terms.push_back(node(id).durable.log.term_at(i));
    return terms;
  }
  bool broken(check::Property property) const { return safety.broken(property) || transitions.broken(property); }
  bool all_held() const { return violations().empty(); }
  /// The first of the five properties, or else of the one-transition checks, that broke: what, who and when.
  std::vector<check::Violation> violations() const {
    return safety.violations().empty() ? transitions.violations() : safety.violations();
  }
  /// "" or what broke first.
  std::string what_broke() const {
    if (all_held()) return "";
    const check::Violation first = violations().front();
    return std::string(check::property_name(first.property)) + " (" + first.detail + ") of " + world.name(first.node) +
           " at event " + std::to_string(first.event);
  }

  std::optional<Reason> refused(const Intervention& what) const { return refusal(world, what); }

  /// Fails loudly in a test that asks for what cannot act.
  Cluster& act(const Intervention& what) {
    if (refusal(world, what)) throw std::string("refused: ") + reason_info(refusal(world, what)->code).name;
    intervene(world, what, Origin::Script, event);
    observe();
    return *this;
  }
  Cluster& off(Rule rule) { return act(ChangeRule{rule, false}); }
  Cluster& rules(const Rules& rules) {
    for (const RuleInfo& info : rule_table) {
      if (!rules.on(info.rule)) off(info.rule);
    }
    return *this;
  }
  Cluster& timeout(NodeId id) { return act(FireElectionTimer{id}); }
  Cluster& crash(std::initializer_list<NodeId> ids) { return act(Crash{set_of(ids)}); }
  Cluster& restart(std::initializer_list<NodeId> ids) { return act(Restart{set_of(ids)}); }
  Cluster& isolate(std::initializer_list<NodeId> ids) { return act(Isolate{set_of(ids)}); }
  Cluster& heal() { return act(Heal{}); }
  Cluster& deliver(MessageType type, NodeId from, NodeId to) { return act(DeliverMessage{oldest(type, from, to)}); }
  Cluster& drop(MessageType type, NodeId from, NodeId to) { return act(DropMessage{oldest(type, from, to)}); }
  Cluster& write(const std::string& value, NodeId to, ClientId by = no_client) {
    return act(ClientAsk{write_text("x", value), to, by});
  }

  bool step() {
    if (!advance(world, event)) return false;
    observe();
    return true;
  }
  void observe() {
    safety.observe(world, event);
    transitions.observe(world, event);
  }
  Cluster& run_for(Time time) {
    const Time end = world.now + time;
    while (upcoming(world).at <= end) step();
    wait_until(world, end);
    return *this;
  }
  template <typename Condition>
  bool run_until(Condition condition, Time limit) {
    const Time end = world.now + limit;
    while (!condition()) {
      if (upcoming(world).at > end) return false;
      step();
    }
    return true;
  }
  /// Makes `id` the leader of its next term, with all messages arriving.
  Cluster& elect(NodeId id) {
    timeout(id);
    if (!run_until([&] { return role(id) == Role::Leader; }, 1_s)) throw std::string("not elected");
    return *this;
  }
};

/// The name of the reason for which the world refuses, or "" if it would act.
inline std::string why_not(const Cluster& cluster, const Intervention& what) {
  const auto reason = cluster.refused(what);
  return reason ? reason_info(reason->code).name : "";
}

}  // namespace raft::test
