// The facts of a world in the words of conditions, most telling first. Which of them are worth offering is decided in
// suggest.cpp.
#include <algorithm>
#include <set>

#include "raft/core/reason.h"
#include "raft/walkthrough/suggest.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

/// A whole log is worth saying while it can be read at a glance.
constexpr Index longest_log = 4;
constexpr int newest_commands = 4;

const char* role_name(const NodeState& node) {
  return role_text(sim::is_learner(node) ? learner_role : static_cast<std::int64_t>(node.memory.role));
}

class Collector {
 public:
  explicit Collector(const Facts& facts) : facts_(facts), world_(facts.world), names_(Names::of(facts.world)) {}

  std::vector<std::string> collect() {
    add_leaders();
    add_commands();
    add_votes();
    add_clients();
    add_beliefs();
    add_logs();
    add_configurations();
    add_numbers();
    add_roles();
    add_machines();
    add_network();
    add_decisions();
    add_promises();
    return std::move(facts_found_);
  }

 private:
  void add(std::string fact) { facts_found_.push_back(std::move(fact)); }
  std::string name(NodeId node) const { return names_.node(node); }
  const NodeState& node(NodeId id) const { return world_.node(id); }
  bool up(NodeId id) const { return world_.machine(id).up; }

  void add_leaders() {
    NodeSet leaders;
    NodeSet candidates;
    for (const NodeId id : world_.all_nodes()) {
      if (!up(id)) continue;
      const Role role = node(id).memory.role;
      if (role == Role::Leader) leaders.add(id);
      if (role == Role::Candidate || role == Role::PreCandidate) candidates.add(id);
    }
    for (const NodeId id : leaders) add("role " + name(id) + " = leader");
    if (leaders.count() > 1) add("leaders = " + std::to_string(leaders.count()));
    std::string together;
    for (const NodeId id : candidates) {
      const std::string fact = "role " + name(id) + " = " + role_name(node(id));
      together += (together.empty() ? "" : " and ") + fact;
      add(fact);
    }
    if (candidates.count() > 1) add(together);
    if (leaders.empty()) add("leader = none");
    add_leaders_of_terms();
  }

  void add_leaders_of_terms() {
    Term newest = 0;
    for (const NodeId id : world_.all_nodes()) newest = std::max(newest, node(id).durable.current_term);
    for (Term term = newest; term > 0 && newest - term < 3; --term) {
      add("leader_in_term " + std::to_string(term) + " = " + name(facts_.story.leader_in_term(term)));
    }
  }

  /// The newest commands of all logs, each once.
  std::vector<std::string> commands() const {
    std::vector<std::string> found;
    for (const NodeId id : world_.all_nodes()) {
      const Log& log = node(id).durable.log;
      Index from = log.last_index();
      for (int looked = 0; from >= log.first_index() && looked < newest_commands; --from, ++looked) {
        const Command& command = log.at(from).command;
        if (command.kind == CommandKind::Noop || command.kind == CommandKind::Configure) continue;
        const std::string text = quoted_command(raft::command_text(command, world_.symbols));
        if (std::find(found.begin(), found.end(), text) == found.end()) found.push_back(text);
      }
    }
    return found;
  }

  int holding(const std::string& command, bool committed_only) const {
    int count = 0;
    for (const NodeId id : world_.all_nodes()) {
      const Log& log = node(id).durable.log;
      const Index last = committed_only ? std::min(node(id).memory.commit_index, log.last_index()) : log.last_index();
      for (Index i = log.first_index(); i <= last; ++i) {
        if (quoted_command(raft::command_text(log.at(i).command, world_.symbols)) != command) continue;
        ++count;
        break;
      }
    }
    return count;
  }

  void add_commands() {
    for (const std::string& command : commands()) {
      const int committed = holding(command, true);
      if (committed > 0) add("committed " + command + " >= " + std::to_string(committed));
      const int stored = holding(command, false);
      add("stored " + command + " = " + std::to_string(stored));
      if (committed == 0) add("committed " + command + " = 0");
    }
  }

  void add_votes() {
    std::string together;
    int counting = 0;
    for (const NodeId id : world_.all_nodes()) {
      const int votes = node(id).memory.votes_granted.count();
      if (!up(id) || node(id).memory.role == Role::Follower || votes == 0) continue;
      const std::string fact = "votes " + name(id) + " = " + std::to_string(votes);
      together += (together.empty() ? "" : " and ") + fact;
      ++counting;
      add(fact);
    }
    if (counting > 1) add(together);
    for (const NodeId id : world_.all_nodes()) {
      const NodeId vote = node(id).durable.voted_for;
      if (vote != no_node && vote != id) add("vote " + name(id) + " = " + name(vote));
    }
  }

  void add_clients() {
    for (std::size_t i = 0; i < world_.clients.size(); ++i) {
      const sim::Client& client = world_.clients[i];
      const std::string who = "c" + std::to_string(i + 1);
      if (client.status == sim::ClientStatus::Idle) continue;
      add("client " + who + " = " + sim::client_status_name(client.status));
      if (client.result.kind() != Value::Kind::None) {
        add("result " + who + " = " + quoted_if_needed(world_.symbols.value_text(client.result)));
      }
    }
  }

  /// One sentence for all nodes that are up, where it is the same for all; otherwise one for each.
  template <typename Say>
  void add_for_all(Say say) {
    std::set<std::string> said;
    for (const NodeId id : world_.all_nodes()) said.insert(say(id, "n"));
    if (said.size() == 1 && !said.begin()->empty() && world_.node_count() > 1) {
      add("all n: " + *said.begin());
      return;
    }
    for (const NodeId id : world_.all_nodes()) {
      if (std::string fact = say(id, name(id)); !fact.empty()) add(std::move(fact));
    }
  }

  void add_beliefs() {
    add_for_all([this](NodeId id, const std::string& who) {
      const NodeId leader = node(id).memory.leader;
      return leader == no_node ? std::string() : "leader_of " + who + " = " + name(leader);
    });
  }

  std::string log_text(const Log& log) const {
    std::string text;
    for (Index i = log.first_index(); i <= log.last_index(); ++i) {
      text += (text.empty() ? "" : " ") + std::to_string(log.term_at(i)) + ":" +
              quoted_command(raft::command_text(log.at(i).command, world_.symbols));
    }
    return "[" + text + "]";
  }

  void add_logs() {
    const auto short_log = [this](NodeId id) {
      const Log& log = node(id).durable.log;
      return log.last_index() > 0 && log.last_index() - log.base().index <= longest_log;
    };
    add_for_all([&](NodeId id, const std::string& who) {
      return short_log(id) ? "log " + who + " = " + log_text(node(id).durable.log) : std::string();
    });
    add_for_all([this](NodeId id, const std::string& who) { return "last " + who + " = " + std::to_string(node(id).durable.log.last_index()); });
    add_for_all([this](NodeId id, const std::string& who) { return "commit " + who + " = " + std::to_string(node(id).memory.commit_index); });
  }

  void add_configurations() {
    add_for_all([this](NodeId id, const std::string& who) {
      const std::string text = sim::configuration_text(world_, node(id).configuration);
      return "config " + who + " = " + text;
    });
    for (const NodeId id : world_.all_nodes()) {
      const Index snapshot = node(id).durable.log.base().index;
      if (snapshot > 0) add("snapshot " + name(id) + " = " + std::to_string(snapshot));
    }
  }

  void add_numbers() {
    add_for_all([this](NodeId id, const std::string& who) { return "term " + who + " = " + std::to_string(node(id).durable.current_term); });
    for (const std::string& key : keys()) {
      add_for_all([&](NodeId id, const std::string& who) {
        const std::string value = value_of(node(id), key);
        return value.empty() ? std::string() : "value " + who + " " + quoted_if_needed(key) + " = " + value;
      });
    }
  }

  std::set<std::string> keys() const {
    std::set<std::string> found;
    for (const NodeId id : world_.all_nodes()) {
      for (const auto& [symbol, value] : node(id).memory.machine.store) found.insert(world_.symbols.text(symbol));
    }
    return found;
  }

  std::string value_of(const NodeState& of, const std::string& key) const {
    for (const auto& [symbol, value] : of.memory.machine.store) {
      if (world_.symbols.text(symbol) == key) return quoted_if_needed(world_.symbols.value_text(value));
    }
    return "";
  }

  void add_roles() {
    add_for_all([this](NodeId id, const std::string& who) { return std::string("role ") + who + " = " + role_name(node(id)); });
  }

  void add_machines() {
    for (const NodeId id : world_.all_nodes()) {
      if (!up(id)) add("not up " + name(id));
    }
    add_for_all([this](NodeId id, const std::string& who) { return (up(id) ? "up " : "not up ") + who; });
  }

  static const char* type_of(MessageType type, bool heartbeat) { return heartbeat ? "Heartbeat" : message_type_name(type); }

  void add_network() {
    for (const sim::LostCount& row : world_.lost) {
      add(std::string("lost ") + type_of(row.type, row.heartbeat) + " " + end_name(row.from) + " -> " + end_name(row.to) +
          " >= " + std::to_string(row.count));
    }
    std::set<std::string> senders;
    for (const sim::Flight& flight : world_.network.flights()) {
      const Message& message = flight.message;
      senders.insert(std::string(message_type_name(message.type())) + " " + names_.end(message.from) + " -> *");
    }
    for (const std::string& sender : senders) {
      std::int64_t count = 0;
      for (const sim::Flight& flight : world_.network.flights()) {
        const std::string own = std::string(message_type_name(flight.message.type())) + " " +
                                names_.end(flight.message.from) + " -> *";
        if (own == sender && flight.fate != sim::Fate::Held) ++count;
      }
      if (count > 0) add("in_flight " + sender + " = " + std::to_string(count));
    }
    if (world_.network.in_flight() == 0) add("in_flight any * -> * = 0");
  }

  std::string end_name(std::uint8_t code) const {
    for (const NodeId id : world_.all_nodes()) {
      if (Endpoint(id).code() == code) return name(id);
    }
    for (std::size_t i = 0; i < world_.clients.size(); ++i) {
      const auto client = static_cast<ClientId>(i + 1);
      if (Endpoint(client).code() == code) return "c" + std::to_string(i + 1);
    }
    return "*";
  }

  void add_decisions() {
    for (std::size_t code = 0; code < reason_count; ++code) {
      for (const NodeId id : world_.all_nodes()) {
        if (!facts_.story.happened(static_cast<ReasonCode>(code), id)) continue;
        add(std::string("happened ") + reason_info(static_cast<ReasonCode>(code)).name + " " + name(id));
      }
    }
  }

  void add_promises() {
    for (const check::PropertyInfo& info : check::property_table) {
      if (facts_.oracles.broken(info.property)) add("violated " + quoted(info.name));
    }
    if (facts_.oracles.safety().violations().empty()) add("safe");
    add("linearizable");
  }

  const Facts& facts_;
  const sim::World& world_;
  Names names_;
  std::vector<std::string> facts_found_;
};

}  // namespace

std::vector<std::string> facts_of(const Facts& now) { return Collector(now).collect(); }

}  // namespace raft::walkthrough
