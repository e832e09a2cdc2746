// The text of the walkthrough. What happens in it is replay.cpp; how its words are written is raft/walkthrough.
#include "raft/search/explorer_walk.h"

#include <algorithm>

#include "raft/search/explorer.h"
#include "raft/sim/advance.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/conditions.h"
#include "raft/walkthrough/parser.h"

namespace raft::search {

namespace {

using walkthrough::command_text;
using walkthrough::Names;

constexpr sim::Time an_hour = sim::Time{3600} * 1'000'000;

/// Settings under which nothing happens but by hand.
sim::Settings unhurried(sim::Settings settings) {
  settings.manual_timers = true;
  settings.latency = {an_hour, an_hour};
  settings.heartbeat = an_hour;
  settings.client_timeout = an_hour;
  settings.loss = {};
  settings.duplicate = {};
  return settings;
}

class Writer {
 public:
  Writer(const Counterexample& what, Given given)
      : what_(what), given_(given), config_(what.start), names_(Names::of(sim::make_world(what.start))) {
    config_.settings = unhurried(config_.settings);
  }

  std::string write() {
    write_head();
    sim::World world = sim::make_world(config_);
    sim::World before = world;
    sim::Event event;
    std::string commands;
    for (const sim::Intervention& intervention : replay(what_)) {
      commands += "  do " + command_text(intervention, names_) + "\n";
      sim::intervene(world, intervention, sim::Origin::Script, event);
      const bool goes_on = std::holds_alternative<sim::ClientAsk>(intervention) ||
                           std::holds_alternative<sim::DropMessage>(intervention);
      if (goes_on) continue;  // the delivery that follows belongs to it
      text_ += "\nstep \"" + title(intervention, event) + "\"\n" + commands + news(before, world, event);
      commands.clear();
      before = world;
    }
    write_end(world);
    return text_;
  }

 private:
  void line(const std::string& text) { text_ += text + "\n"; }
  void write_head();
  void write_settings();
  void write_end(const sim::World& world);
  std::string title(const sim::Intervention& intervention, const sim::Event& event) const;
  std::string news(const sim::World& before, const sim::World& after, const sim::Event& event) const;
  std::string name(NodeId node) const { return names_.node(node); }

  const Counterexample& what_;
  Given given_;
  sim::ClusterConfig config_;
  Names names_;
  std::string text_;
};

void Writer::write_head() {
  line("walkthrough 1");
  line("title en: " + violation_text(what_));
  std::string voters;
  for (const std::string& voter : config_.node_names) voters += " " + voter;
  line("cluster" + voters);
  std::string learners;
  for (const std::string& learner : config_.learner_names) learners += " " + learner;
  if (!learners.empty()) line("learners" + learners);
  write_settings();
  if (given_ == Given::Impossible) line("set impossible on");
  for (const sim::GivenNode& given : config_.given) line(walkthrough::given_text(given, names_));
  line(std::string("allow violation \"") + check::property_name(what_.violation.property) + "\"");
}

void Writer::write_settings() {
  const sim::Settings defaults;
  for (const sim::SettingInfo& info : sim::setting_table) {
    const sim::SettingValue value = value_of(config_.settings, info.setting);
    if (value == value_of(defaults, info.setting)) continue;
    line(command_text(sim::ChangeSetting{info.setting, value}, names_));
  }
  for (const RuleInfo& info : rule_table) {
    if (!config_.settings.core.rules.on(info.rule)) line(command_text(sim::ChangeRule{info.rule, false}, names_));
  }
}

std::string Writer::title(const sim::Intervention& intervention, const sim::Event& event) const {
  const std::string node = name(event.node);
  if (const auto* crash = std::get_if<sim::Crash>(&intervention)) return names_.list(crash->nodes) + " crashes";
  if (const auto* restart = std::get_if<sim::Restart>(&intervention)) return names_.list(restart->nodes) + " restarts";
  if (std::holds_alternative<sim::FireElectionTimer>(intervention)) return node + " times out";
  if (std::holds_alternative<sim::FireHeartbeatTimer>(intervention)) return node + " sends to its followers";
  if (std::holds_alternative<sim::DuplicateMessage>(intervention)) return "A message is in flight twice";
  if (!std::holds_alternative<sim::DeliverMessage>(intervention)) return node + " is asked for another configuration";
  const Message& message = event.flight->message;
  if (message.from.is_client()) return node + " gets a command";
  return node + " gets " + message_type_name(message.type()) + " of " + name(message.from.node()) + ", term " +
         std::to_string(message.term);
}

std::string log_text(const sim::World& world, NodeId node) {
  const Log& log = world.node(node).durable.log;
  std::string text;
  for (Index index = log.first_index(); index <= log.last_index(); ++index) {
    const std::string command = command_text(log.at(index).command, world.symbols);
    const bool plain = command.find_first_of(" =") == std::string::npos;
    text += (text.empty() ? "" : " ") + std::to_string(log.at(index).term) + ":" +
            (plain ? command : "\"" + command + "\"");
  }
  return "log " + world.name(node) + " = [" + text + "]";
}

bool same_log(const sim::World& before, const sim::World& after, NodeId node) {
  return log_text(before, node) == log_text(after, node);
}

/// What the event has changed in its node.
std::string Writer::news(const sim::World& before, const sim::World& after, const sim::Event& event) const {
  const NodeId id = event.node;
  if (id == no_node) return "";
  const NodeState& was = before.node(id);
  const NodeState& is = after.node(id);
  std::vector<std::string> facts;
  const auto fact = [&](const char* function, const std::string& value) {
    facts.push_back(std::string(function) + " " + name(id) + " = " + value);
  };
  if (is.memory.role != was.memory.role) fact("role", role_name(is.memory.role));
  if (is.durable.current_term != was.durable.current_term) fact("term", std::to_string(is.durable.current_term));
  if (is.durable.voted_for != was.durable.voted_for) fact("vote", name(is.durable.voted_for));
  if (is.memory.commit_index != was.memory.commit_index) fact("commit", std::to_string(is.memory.commit_index));
  if (is.configuration != was.configuration) fact("config", sim::configuration_text(after, is.configuration));
  if (!same_log(before, after, id)) facts.push_back(log_text(after, id));
  if (facts.empty()) return "";
  return "  expect " + walkthrough::joined(facts, " and ") + "\n";
}

void Writer::write_end(const sim::World& world) {
  const char* property = check::property_name(what_.violation.property);
  line("");
  line(std::string("step \"") + property + " is broken\"");
  line(std::string("  expect violated \"") + property + "\"");
  for (const NodeId id : world.all_nodes()) {
    const NodeState& node = world.node(id);
    const bool learns = node.memory.role == Role::Follower && node.configuration.learners.contains(id);
    const char* role = learns ? walkthrough::role_text(walkthrough::learner_role) : role_name(node.memory.role);
    line("  expect role " + name(id) + " = " + role + " and term " + name(id) + " = " +
         std::to_string(node.durable.current_term) + " and " + log_text(world, id));
  }
}

}  // namespace

std::string walkthrough_of(const Counterexample& counterexample, Given given) {
  return Writer(counterexample, given).write();
}

std::string violation_text(const Counterexample& counterexample) {
  const check::Violation& violation = counterexample.violation;
  const Names names = Names::of(sim::make_world(counterexample.start));
  std::string text = std::string(check::property_name(violation.property)) + ", broken by " + names.node(violation.node);
  if (violation.other != no_node) text += " against " + names.node(violation.other);
  if (violation.term != 0) text += " in term " + std::to_string(violation.term);
  if (violation.entry.index != 0) {
    text += " at entry " + std::to_string(violation.entry.index) + "^" + std::to_string(violation.entry.term);
  }
  return text;
}

std::string name_of(const Rules& rules) {
  std::vector<std::string> off;
  for (const RuleInfo& info : rule_table) {
    if (!rules.on(info.rule)) off.emplace_back(info.name);
  }
  return off.empty() ? "violation" : walkthrough::joined(off, "-");
}

}  // namespace raft::search
