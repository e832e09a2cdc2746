// Random clusters with features switched on and off at random, under faults, changes of members, snapshots, slow disks
// and drifting clocks. Checked: what the other swarm checks, and for clients that work with sessions that nothing is
// done twice and that no read is older than what was written before it was asked.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "tests/swarm/feature_reasons.h"
#include "tests/support/random_features.h"

namespace raft::test {

namespace {

constexpr std::uint64_t seeds = 500;
constexpr int events_per_seed = 4'000;
constexpr ClientId reader{3};

class FeatureSwarm {
 public:
  explicit FeatureSwarm(std::uint64_t seed) : cluster_(random_feature_config(seed)), faults_(seed) {}

  /// "" or what went wrong.
  std::string run(std::map<std::string, std::int64_t>& reasons) {
    while (cluster_.world.events < events_per_seed) {
      const auto what = faults_.maybe(cluster_.world);
      if (what && !cluster_.refused(*what)) {
        cluster_.act(*what);
      } else if (!cluster_.step()) {
        revive();
      }
      if (std::string wrong = check(); !wrong.empty()) return wrong;
      for (const Reason& reason : cluster_.event.reasons) ++reasons[reason_info(reason.code).name];
    }
    return converge();
  }

 private:
  std::string check() {
    if (!cluster_.all_held()) return cluster_.what_broke();
    return cluster_.world.settings.sessions ? at_event(check_clients()) : "";
  }

  std::string at_event(const std::string& wrong) const {
    return wrong.empty() ? "" : wrong + " at event " + std::to_string(cluster_.event.number);
  }

  std::string check_clients() {
    const Event& event = cluster_.event;
    if (event.kind == EventKind::ClientAsk && event.client == reader && current().command.kind != CommandKind::Noop) {
      if (current().called_at == event.at && current().status == ClientStatus::Waiting &&
          std::holds_alternative<ClientAsk>(*event.intervention)) {
        floor_ = acked_write_;
      }
    }
    const bool answered = event.kind == EventKind::Receive && event.client != no_client;
    if (event.client == no_client || (!answered && event.kind != EventKind::ClientTimeout)) return "";
    const Client& client = *cluster_.world.client(event.client);
    const bool done = answered && client.status == ClientStatus::Ok && event.reasons.back().code == ReasonCode::ClientDone;
    if (!done) return "";
    if (client.command.kind == CommandKind::Write) acked_write_ = std::max(acked_write_, number(client.result));
    if (client.command.kind == CommandKind::Read && number(client.result) < floor_) return "a stale read";
    if (client.command.kind == CommandKind::Increment) {
      if (number(client.result) <= counted_) return "an increment that counted nothing";
      counted_ = number(client.result);
      ++increments_;
    }
    return "";
  }

  const Client& current() const { return *cluster_.world.client(reader); }
  static std::int64_t number(Value value) { return value.kind() == Value::Kind::Number ? value.number() : 0; }

  void revive() {
    for (const NodeId node : cluster_.world.all_nodes()) {
      if (!cluster_.world.machine(node).up) cluster_.act(Restart{set_of({node})});
      if (cluster_.world.machine(node).paused) cluster_.act(Resume{node});
      for (const NodeId to : cluster_.world.network.held_from(node)) cluster_.act(Release{node, to});
    }
  }

  bool all_have(Index last) const {
    const NodeId leader = current_leader(cluster_.world);
    if (leader == no_node) return false;
    for (const NodeId node : cluster_.node(leader).configuration.members()) {
      if (cluster_.node(node).memory.last_applied < last) return false;
    }
    return true;
  }

  /// The operator shuts down whoever does not belong to the cluster any more.
  void shut_down_strangers() {
    const NodeId leader = current_leader(cluster_.world);
    if (leader == no_node) return;
    const NodeSet members = cluster_.node(leader).configuration.members();
    for (const NodeId node : cluster_.world.all_nodes() - members) {
      if (node == leader || !cluster_.world.machine(node).up) continue;
      cluster_.act(Crash{set_of({node})});
    }
  }

  std::string converge() {
    for (const Intervention& what : std::initializer_list<Intervention>{
             Heal{}, DropNothing{}, ChangeSetting{Setting::Loss, {0, 1}}, ChangeSetting{Setting::Duplicate, {0, 1}},
             ChangeSetting{Setting::Latency, {10'000, 20'000}}, ChangeSetting{Setting::Noop, {1, 0}}}) {
      if (!cluster_.refused(what)) cluster_.act(what);
    }
    cluster_.world.network.next_rules.clear();
    revive();
    for (int attempt = 0; attempt < 20; ++attempt) {
      if (std::string wrong = play(3_s); !wrong.empty()) return wrong;
      shut_down_strangers();
      const NodeId leader = current_leader(cluster_.world);
      if (leader == no_node) continue;
      const Intervention ask = ClientAsk{write_text("last", "word"), no_node, ClientId{50}};
      if (cluster_.refused(ask)) continue;
      cluster_.act(ask);
      if (std::string wrong = play(4_s); !wrong.empty()) return wrong;
      if (cluster_.world.client(ClientId{50})->status != ClientStatus::Ok) continue;
      const NodeId now = current_leader(cluster_.world);
      if (now != no_node && all_have(cluster_.node(now).memory.commit_index)) return same_ends();
    }
    return "when the faults had stopped, a write did not reach everybody";
  }

  std::string play(Time time) {
    const Time end = cluster_.world.now + time;
    while (upcoming(cluster_.world).at <= end) {
      cluster_.step();
      if (std::string wrong = check(); !wrong.empty()) return wrong;
    }
    return "";
  }

  std::string same_ends() {
    const Volatile& first = cluster_.node(current_leader(cluster_.world)).memory;
    for (const NodeId node : cluster_.world.all_nodes()) {
      const Volatile& other = cluster_.node(node).memory;
      if (other.last_applied == first.last_applied && other.machine.store != first.machine.store) {
        return "two nodes applied the same entries to different ends";
      }
    }
    return "";
  }

  Cluster cluster_;
  FeatureFaults faults_;
  std::int64_t acked_write_ = 0;
  std::int64_t floor_ = 0;
  std::int64_t counted_ = 0;
  std::int64_t increments_ = 0;
};

}  // namespace

TEST_CASE("random clusters with random features keep every promise, and recover") {
  std::map<std::string, std::int64_t> reasons;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    FeatureSwarm swarm(seed);
    CHECK(swarm.run(reasons) == "");
  }
  for (const char* name : feature_reasons) {
    CAPTURE(std::string(name));
    CHECK(reasons[name] > 0);
  }
}

TEST_CASE("random clusters with random features and a rule off never break the program") {
  for (const RuleInfo& info : rule_table) {
    CAPTURE(std::string(info.name));
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      ClusterConfig config = random_feature_config(seed * 37);
      config.settings.core.rules.set(info.rule, false);
      // And sometimes another one, or two.
      if (seed % 3 == 0) config.settings.core.rules.set(rule_table[seed * 5 % rule_table.size()].rule, false);
      if (seed % 4 == 0) config.settings.core.rules.set(rule_table[seed * 7 % rule_table.size()].rule, false);
      Cluster cluster(config);
      FeatureFaults faults(seed);
      while (cluster.world.events < 3'000) {
        const auto what = faults.maybe(cluster.world);
        if (what && !cluster.refused(*what)) {
          cluster.act(*what);
        } else if (!cluster.step()) {
          for (const NodeId node : cluster.world.all_nodes()) {
            if (!cluster.world.machine(node).up) cluster.act(Restart{set_of({node})});
            if (cluster.world.machine(node).paused) cluster.act(Resume{node});
          }
        }
      }
      CHECK(cluster.safety.events_checked() == cluster.world.events);
    }
  }
}

}  // namespace raft::test
