// The value of a condition in a world, and which part of a false one fails.
#include "raft/walkthrough/evaluate.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace raft::walkthrough {

namespace {

/// What an expression is worth in a world: a number (also a node, a role, …), a text, or nothing.
struct Worth {
  bool none = false;
  std::int64_t number = 0;
  std::string text;
};

Worth number(std::int64_t value) { return {false, value, {}}; }
Worth node_or_none(NodeId node) { return {node == no_node, static_cast<std::int64_t>(node), {}}; }
Worth text(std::string value) { return {false, 0, std::move(value)}; }
Worth nothing() { return {true, 0, {}}; }

class Evaluator {
 public:
  explicit Evaluator(const Facts& facts) : facts_(facts), world_(facts.world), names_(Names::of(facts.world)) {}

  bool holds(const Expression& e) {
    switch (e.kind) {
      case Expression::Kind::Or:
        return std::any_of(e.parts.begin(), e.parts.end(), [this](const auto& p) { return holds(p); });
      case Expression::Kind::And:
        return std::all_of(e.parts.begin(), e.parts.end(), [this](const auto& p) { return holds(p); });
      case Expression::Kind::Not: return !holds(e.parts[0]);
      case Expression::Kind::All: return count(e) == range_of(e).count();
      case Expression::Kind::Any: return count(e) > 0;
      case Expression::Kind::Compare: return compare(e);
      case Expression::Kind::Count:
      case Expression::Kind::Call:
      case Expression::Kind::Literal:
      case Expression::Kind::Variable: return worth(e).number != 0;
    }
    return false;
  }

  NodeSet nodes_for(const Expression& e, NodeSet among) {
    NodeSet found;
    bound_.push_back(no_node);
    for (const NodeId node : among) {
      bound_.back() = node;
      if (holds(e)) found.add(node);
    }
    bound_.pop_back();
    return found;
  }

  Failing failing(const Expression& e) {
    if (e.kind == Expression::Kind::And) {
      for (const Expression& part : e.parts) {
        if (!holds(part)) return failing(part);
      }
    }
    Failing result{e.column, write(e), ""};
    switch (e.kind) {
      case Expression::Kind::Compare: result.but = short_fact(e); break;
      case Expression::Kind::Call: result.but = fact_of_call(e); break;
      case Expression::Kind::Not: result.but = "it is so"; break;
      case Expression::Kind::Any: result.but = "it is so for no node"; break;
      default: result.but = fact(e); break;
    }
    if (e.kind == Expression::Kind::Not && e.parts[0].kind == Expression::Kind::Compare) result.but = short_fact(e.parts[0]);
    return result;
  }

 private:
  std::string write(const Expression& e) const { return condition_text(e, names_, bound_); }

  /// A cluster may have grown since the condition was read.
  NodeSet range_of(const Expression& e) const { return e.all_nodes ? world_.all_nodes() : e.nodes; }

  int count(const Expression& e) { return nodes_for(e.parts[0], range_of(e)).count(); }

  bool compare(const Expression& e) {
    const Worth left = worth(e.parts[0]);
    const Worth right = worth(e.parts[1]);
    const bool equal = left.none == right.none && (left.none || (left.number == right.number && left.text == right.text));
    if (e.comparison == Comparison::Equal) return equal;
    if (e.comparison == Comparison::NotEqual) return !equal;
    if (left.none || right.none) return false;  // nothing is neither less nor more
    if (e.parts[0].type == Type::Value) return compare_values(left.text, e.comparison, right.text);
    return sim::compares(left.number, e.comparison, right.number);
  }

  /// A counter is a value; a value that is no number is neither less nor more.
  static bool compare_values(const std::string& left, Comparison comparison, const std::string& right) {
    const auto number = [](const std::string& text) -> std::optional<std::int64_t> {
      std::int64_t value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
    };
    const std::optional<std::int64_t> a = number(left);
    const std::optional<std::int64_t> b = number(right);
    return a && b && sim::compares(*a, comparison, *b);
  }

  std::string worth_text(const Expression& e) {
    const Worth value = worth(e);
    return value.none ? "none" : literal_text(e.type, value.number, value.text, names_);
  }

  std::string fact_of_call(const Expression& e) {
    if (e.function == Function::Safe) return fact(e);
    if (e.function != Function::Linearizable) return "it is not so";
    const check::Linearizability& found = facts_.linearizability.check(facts_.history);
    if (found.answer == check::Answer::Undecided || found.anomalies.empty()) return "there are too many possible orders to try";
    const check::Operation& operation = facts_.history.operation(found.anomalies.front().operation);
    const std::string answer = operation.result.kind() == Value::Kind::None
                                   ? "none"
                                   : quoted_if_needed(world_.symbols.value_text(operation.result));
    std::string text = "no order explains what " + names_.end(operation.command.client) + " was told: " +
                       raft::command_text(operation.command, world_.symbols) + " answered " + answer;
    if (found.anomalies.front().preceded_by == check::no_operation) return text;
    const check::Operation& earlier = facts_.history.operation(found.anomalies.front().preceded_by);
    return text + ", after " + names_.end(earlier.command.client) + " was told that " +
           raft::command_text(earlier.command, world_.symbols) + " is done";
  }

  /// "it is 2", where the left side stands in the sentence already.
  std::string short_fact(const Expression& e) {
    const bool right_is_said = e.parts[1].kind == Expression::Kind::Literal || e.parts[1].kind == Expression::Kind::Variable;
    const bool left_is_said = e.parts[0].kind == Expression::Kind::Literal || e.parts[0].kind == Expression::Kind::Variable;
    return right_is_said && !left_is_said ? "it is " + worth_text(e.parts[0]) : fact(e);
  }

  /// The part of it that decides, in full: "term B is 2", "up A is not so".
  std::string fact(const Expression& e) {
    switch (e.kind) {
      case Expression::Kind::Compare: {
        std::string said;
        for (const Expression& side : e.parts) {
          if (side.kind != Expression::Kind::Call && side.kind != Expression::Kind::Count) continue;
          said += (said.empty() ? "" : " and ") + write(side) + " is " + worth_text(side);
        }
        return said.empty() ? "it never is" : said;
      }
      case Expression::Kind::Or: {
        std::string said;
        for (const Expression& part : e.parts) said += (said.empty() ? "" : " and ") + fact(part);
        return said;
      }
      case Expression::Kind::And:
        for (const Expression& part : e.parts) {
          if (!holds(part)) return fact(part);
        }
        return write(e) + " is so";
      case Expression::Kind::All: return fact_of_instance(e);
      case Expression::Kind::Call:
        if (e.function == Function::Safe && !facts_.oracles.safety().violations().empty()) {
          return std::string(check::property_name(facts_.oracles.safety().violations().front().property)) + " is broken";
        }
        break;
      default: break;
    }
    return write(e) + (holds(e) ? " is so" : " is not so");
  }

  std::string fact_of_instance(const Expression& e) {
    std::string said = "it is so";
    bound_.push_back(no_node);
    for (const NodeId node : range_of(e)) {
      bound_.back() = node;
      if (holds(e.parts[0])) continue;
      said = fact(e.parts[0]);
      break;
    }
    bound_.pop_back();
    return said;
  }

  Worth worth(const Expression& e) {
    switch (e.kind) {
      case Expression::Kind::Literal: return {e.none, e.number, e.text};
      case Expression::Kind::Variable: return node_or_none(e.slot < bound_.size() ? bound_[e.slot] : no_node);
      case Expression::Kind::Count: return number(count(e));
      case Expression::Kind::Call: break;
      default: return number(holds(e) ? 1 : 0);
    }
    Worth first;
    Worth second;
    if (!e.parts.empty()) first = worth(e.parts[0]);
    if (e.parts.size() > 1) second = worth(e.parts[1]);
    const bool about_node = !e.parts.empty() && e.parts[0].type == Type::Node;
    if (about_node && first.none) return function_info(e.function).result == Type::Fact ? number(0) : nothing();
    if (about_node) return of_node(e, static_cast<NodeId>(first.number), second);
    return of_cluster(e, first, second);
  }

  Worth of_node(const Expression& e, NodeId id, const Worth& second) {
    if (!world_.all_nodes().contains(id)) return nothing();  // it has not been started yet
    const sim::Machine& machine = world_.machine(id);
    const NodeState& node = machine.node;
    const Log& log = node.durable.log;
    switch (e.function) {
      case Function::Role:
        return number(sim::is_learner(node) ? learner_role : static_cast<std::int64_t>(node.memory.role));
      case Function::Up: return number(machine.up ? 1 : 0);
      case Function::Term: return number(node.durable.current_term);
      case Function::Vote: return node_or_none(node.durable.voted_for);
      case Function::LeaderOf: return node_or_none(node.memory.leader);
      case Function::Commit: return number(node.memory.commit_index);
      case Function::Applied: return number(node.memory.last_applied);
      case Function::First: return number(log.first_index());
      case Function::Last: return number(log.last_index());
      case Function::Entry: return has_entry(log, second) ? text(command_at(log, second.number)) : nothing();
      case Function::EntryTerm:
        return has_entry(log, second) ? number(log.term_at(static_cast<Index>(second.number))) : nothing();
      case Function::Log: return text(log_text(log));
      case Function::Snapshot: return number(log.base().index);
      case Function::ValueOf: return value_of(node, second.text);
      case Function::ConfigOf: return text(sim::configuration_text(world_, node.configuration));
      case Function::Votes: return number(node.memory.votes_granted.count());
      case Function::Next:
      case Function::Match: return progress(e.function, machine, second);
      case Function::Countdown:
        return machine.election.running() ? number(std::max<sim::Time>(0, machine.election.fires_at - facts_.clock))
                                          : nothing();
      case Function::Applications: return number(applications(node, second.text));
      // of_cluster
      case Function::Happened: case Function::Leader: case Function::Leaders: case Function::LeaderInTerm:
      case Function::InFlight: case Function::Held: case Function::Lost: case Function::Stored:
      case Function::Committed: case Function::ClientStatus: case Function::Result: case Function::Time:
      case Function::Safe: case Function::Linearizable: case Function::Violated: break;
    }
    return nothing();
  }

  Worth of_cluster(const Expression& e, const Worth& first, const Worth& second) {
    switch (e.function) {
      case Function::Happened:
        return number(!second.none && facts_.story.happened(static_cast<ReasonCode>(first.number),
                                                            static_cast<NodeId>(second.number)));
      case Function::Leader: return node_or_none(sim::current_leader(world_));
      case Function::Leaders: return number(leaders());
      case Function::LeaderInTerm:
        return node_or_none(first.none || first.number > std::numeric_limits<Term>::max() ? no_node : facts_.story.leader_in_term(static_cast<Term>(first.number)));
      case Function::InFlight: return number(in_flight(e.parts[0].pattern));
      case Function::Held: return number(held(e.parts[0].pattern));
      case Function::Lost: return number(lost(e.parts[0].pattern));
      case Function::Stored: return number(stored(first.text, false));
      case Function::Committed: return number(stored(first.text, true));
      case Function::ClientStatus: {
        const sim::Client* client = world_.client(static_cast<ClientId>(first.number));
        return number(static_cast<int>(client != nullptr ? client->status : sim::ClientStatus::Idle));
      }
      case Function::Result: return result(static_cast<ClientId>(first.number));
      case Function::Time: return number(facts_.clock);
      case Function::Safe: return number(facts_.oracles.safety().violations().empty() ? 1 : 0);
      case Function::Linearizable:
        return number(facts_.linearizability.check(facts_.history).answer == check::Answer::Yes ? 1 : 0);
      case Function::Violated:
        return number(facts_.oracles.broken(static_cast<check::Property>(first.number)) ? 1 : 0);
      // of_node
      case Function::Role: case Function::Up: case Function::Term: case Function::Vote: case Function::LeaderOf:
      case Function::Commit: case Function::Applied: case Function::First: case Function::Last:
      case Function::Entry: case Function::EntryTerm: case Function::Log: case Function::Snapshot:
      case Function::ValueOf: case Function::ConfigOf: case Function::Votes: case Function::Next:
      case Function::Match: case Function::Countdown: case Function::Applications: break;
    }
    return nothing();
  }

  static bool has_entry(const Log& log, const Worth& index) {
    return !index.none && index.number >= log.first_index() && index.number <= log.last_index();
  }

  std::string command_at(const Log& log, std::int64_t index) const {
    return raft::command_text(log.at(static_cast<Index>(index)).command, world_.symbols);
  }

  std::string log_text(const Log& log) const {
    std::string said;
    for (Index i = log.first_index(); i <= log.last_index(); ++i) {
      said += (said.empty() ? "" : " ") + std::to_string(log.term_at(i)) + ":" + quoted_command(command_at(log, i));
    }
    return "[" + said + "]";
  }

  Worth value_of(const NodeState& node, const std::string& key) const {
    for (const auto& [symbol, value] : node.memory.machine.store) {
      if (world_.symbols.text(symbol) == key) return text(world_.symbols.value_text(value));
    }
    return nothing();
  }

  Worth progress(Function function, const sim::Machine& machine, const Worth& other) const {
    const bool itself = other.number == static_cast<std::int64_t>(machine.node.id);
    if (machine.node.memory.role != Role::Leader || other.none || itself) return nothing();
    const Progress& progress = machine.node.leading.progress[static_cast<std::size_t>(other.number)];
    return number(function == Function::Next ? progress.next_index : progress.match_index);
  }

  /// Also what a snapshot has replaced: it is stored, committed and applied as before.
  const Entry* entry_of(const NodeState& node, Index index) const {
    const Log& log = node.durable.log;
    return index >= log.first_index() ? &log.at(index) : facts_.oracles.safety().entry_of(node.id, index);
  }

  bool is_command(const Entry& entry, const std::string& command) const {
    return raft::command_text(entry.command, world_.symbols) == command;
  }

  int applications(const NodeState& node, const std::string& command) const {
    const bool checks = world_.settings.core.rules.on(Rule::SessionCheck);
    StateMachine machine;
    int count = 0;
    for (Index i = 1; i <= std::min(node.memory.last_applied, node.durable.log.last_index()); ++i) {
      const Entry* entry = entry_of(node, i);
      if (entry == nullptr) continue;
      const ApplyResult applied = apply(machine, i, entry->command, checks ? SessionCheck::On : SessionCheck::Off);
      if (applied.outcome == Outcome::Applied && is_command(*entry, command)) ++count;
    }
    return count;
  }

  int leaders() const {
    int count = 0;
    for (const sim::Machine& machine : world_.machines) {
      if (machine.up && machine.node.memory.role == Role::Leader) ++count;
    }
    return count;
  }

  int stored(const std::string& command, bool committed_only) const {
    int count = 0;
    for (const sim::Machine& machine : world_.machines) {
      const Log& log = machine.node.durable.log;
      const Index last = committed_only ? std::min(machine.node.memory.commit_index, log.last_index())
                                        : log.last_index();
      for (Index i = 1; i <= last; ++i) {
        const Entry* entry = entry_of(machine.node, i);
        if (entry == nullptr || !is_command(*entry, command)) continue;
        ++count;
        break;
      }
    }
    return count;
  }

  int count_flights(const sim::MessagePattern& pattern, bool held) const {
    int count = 0;
    for (const sim::Flight& flight : world_.network.flights()) {
      if ((flight.fate == sim::Fate::Held) == held && sim::matches(pattern, flight.message)) ++count;
    }
    return count;
  }
  int in_flight(const sim::MessagePattern& pattern) const { return count_flights(pattern, false); }
  int held(const sim::MessagePattern& pattern) const { return count_flights(pattern, true); }

  int lost(const sim::MessagePattern& pattern) const {
    int count = 0;
    for (const sim::LostCount& row : world_.lost) {
      if (!pattern.any_from && pattern.from.code() != row.from) continue;
      if (!pattern.any_to && pattern.to.code() != row.to) continue;
      if (pattern.types == sim::MessagePattern::Types::One && pattern.type != row.type) continue;
      if (pattern.types == sim::MessagePattern::Types::Heartbeats && !row.heartbeat) continue;
      count += row.count;
    }
    return count;
  }

  Worth result(ClientId id) const {
    const sim::Client* client = world_.client(id);
    if (client == nullptr || client->result.kind() == Value::Kind::None) return nothing();
    return text(world_.symbols.value_text(client->result));
  }

  const Facts& facts_;
  const sim::World& world_;
  Names names_;
  std::vector<NodeId> bound_;
};

}  // namespace

bool holds(const Expression& condition, const Facts& facts) { return Evaluator(facts).holds(condition); }

NodeSet nodes_for_which(const Expression& condition, const Facts& facts) {
  return Evaluator(facts).nodes_for(condition, facts.world.all_nodes());
}

Failing failing_part(const Expression& condition, const Facts& facts) { return Evaluator(facts).failing(condition); }

}  // namespace raft::walkthrough
