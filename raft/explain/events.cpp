// Events and what is due as sentences. The why is in reasons.cpp.
#include <algorithm>

#include "raft/core/command.h"
#include "raft/core/overloaded.h"
#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

std::string command_of(const sim::World& world, ClientId id) {
  const sim::Client* client = world.client(id);
  if (client == nullptr) return "";
  return command_text(client->opens_first ? client->next : client->command, world.symbols);
}

/// As command_text writes it.
std::string asked_text(const sim::CommandText& command) {
  switch (command.kind) {
    case CommandKind::Noop: return "noop";
    case CommandKind::Write: return command.key == command.value ? command.key : command.key + "=" + command.value;
    case CommandKind::Read: return "read " + command.key;
    case CommandKind::CompareAndSet: return "cas " + command.key + " " + command.expected + " " + command.value;
    case CommandKind::Increment: return "incr " + command.key;
    case CommandKind::OpenSession:
    case CommandKind::ExpireSession:
    case CommandKind::Configure: return "";  // said in sentences of their own
  }
  return "";
}

std::vector<Fact> node_facts(const Words& words, const sim::World& world, NodeSet nodes) {
  return {{"nodes", node_list(words, world, nodes)}, {"count", nodes.count()}};
}

/// "RequestVote from A to B", "any message to B"
std::string partition_phrase(const Words& words, const sim::World& world, const sim::Partition& partition) {
  NodeSet named;
  std::string text;
  const auto add = [&](NodeSet island) {
    if (!text.empty()) text += " | ";
    std::string names;
    for (const NodeId node : island) names += (names.empty() ? "" : " ") + node_text(words, world, node);
    text += names;
    named = named | island;
  };
  for (const NodeSet island : partition.islands) add(island);
  for (const NodeId alone : world.all_nodes() - named) {
    NodeSet island;
    island.add(alone);
    add(island);
  }
  return text;
}

// --- settings -------------------------------------------------------------------------------------------------

std::string ratio_text(sim::Ratio ratio) {
  const std::string text = std::to_string(ratio.numerator);
  return ratio.denominator == 1 ? text : text + "/" + std::to_string(ratio.denominator);
}

std::string setting_sentence(const Words& words, const sim::World& world, const sim::Intervention& what) {
  if (const auto* clock = std::get_if<sim::SetClock>(&what)) {
    return words.fill("event.clock",
                      {{"node", node_text(words, world, clock->node)}, {"rate", ratio_text(clock->rate)}});
  }
  const auto name_of = [&words](sim::Setting setting) {
    const char* name = sim::info_of(setting).name;
    return Fact::phrase("setting", words.text(std::string("setting.") + name));
  };
  if (const auto* change = std::get_if<sim::ChangeSetting>(&what)) {
    return words.fill("event.setting",
                      {name_of(change->setting), {"value", setting_value_text(words, change->setting, change->value)}});
  }
  if (const auto* link = std::get_if<sim::ChangeLink>(&what)) {
    const bool both = link->direction == sim::Direction::BothWays;
    std::vector<Fact> facts = {name_of(link->setting),
                               {"from", node_text(words, world, link->from)},
                               {"to", node_text(words, world, link->to)}};
    if (!link->value) return words.fill(both ? "event.link_default" : "event.link_one_way_default", facts);
    facts.emplace_back("value", setting_value_text(words, link->setting, *link->value));
    return words.fill(both ? "event.link" : "event.link_one_way", facts);
  }
  const auto& change = std::get<sim::ChangeRule>(what);
  const std::string name = rule_table[static_cast<std::size_t>(change.rule)].name;
  if (change.on) return words.fill("event.rule_on", {{"rule", words.text("rule." + name)}});
  return words.fill("event.rule_off", {{"off", words.text("rule_off." + name)}});
}

// --- one kind of event each -----------------------------------------------------------------------------------

std::string network_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const auto link = [&](const char* both_ways, const char* one_way, NodeId from, NodeId to,
                        sim::Direction direction) {
    return words.fill(direction == sim::Direction::BothWays ? both_ways : one_way,
                      {{"from", node_text(words, world, from)}, {"to", node_text(words, world, to)}});
  };
  const auto visitor = Overloaded{
      [&](const sim::Partition& partition) {
        return words.fill("event.partition", {{"islands", partition_phrase(words, world, partition)}});
      },
      [&](const sim::Isolate& isolate) { return words.fill("event.isolate", node_facts(words, world, isolate.nodes)); },
      [&](const sim::Cut& cut) { return link("event.cut", "event.cut_one_way", cut.from, cut.to, cut.direction); },
      [&](const sim::Mend& mend) {
        return link("event.mend", "event.mend_one_way", mend.from, mend.to, mend.direction);
      },
      [&](const sim::Hold& held) {
        return link("event.hold", "event.hold", held.from, held.to, sim::Direction::OneWay);
      },
      [&](const sim::Release& released) {
        return link("event.release", "event.release", released.from, released.to, sim::Direction::OneWay);
      },
      [&](const auto&) { return words.text("event.heal"); },
  };
  std::string sentence = std::visit(visitor, *event.intervention);
  if (!event.lost.empty()) {
    add_sentence(words, sentence, words.fill("event.lost_in_flight", {{"n", event.lost.size()}}));
  }
  return sentence;
}

std::string receive_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const Message& message = event.flight->message;
  if (event.intervention) {
    return words.fill("event.deliver_now", {{"message", message_phrase(words, world, message)}});
  }
  return words.fill("event.receive." + message_key(message), message_facts(words, world, message));
}

std::string lose_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const Message& message = event.flight->message;
  const ReasonCode code = event.reasons.empty() ? ReasonCode::LostByChance : event.reasons.front().code;
  std::string key = "event.lose.lost_by_chance";
  if (code == ReasonCode::LinkIsCut) key = "event.lose.link_is_cut";
  if (code == ReasonCode::DroppedByHand) key = "event.lose.dropped_by_hand";
  if (code == ReasonCode::ReceiverIsDown) key = "event.lose.receiver_is_down";
  return words.fill(key, {{"message", message_phrase(words, world, message)},
                          {"to", sim::endpoint_name(world, message.to)}});
}

std::string crash_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const Rules& rules = world.settings.core.rules;
  NodeSet nodes = NodeSet::from_bits(0);
  if (const auto* crash = std::get_if<sim::Crash>(&*event.intervention)) nodes = crash->nodes;
  const char* key = "event.crash";
  if (!rules.on(Rule::VotePersisted)) key = "event.crash_without_vote";
  if (!rules.on(Rule::TermAndLogPersisted)) key = "event.crash_without_disk";
  std::string sentence = words.fill(key, node_facts(words, world, nodes));
  const auto lost = [](const Reason& reason) { return reason.code == ReasonCode::WritesLost; };
  if (std::any_of(event.reasons.begin(), event.reasons.end(), lost)) {
    add_sentence(words, sentence, words.text("event.unwritten_lost"));
  }
  return sentence;
}

std::string restart_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  NodeSet nodes;
  if (const auto* restart = std::get_if<sim::Restart>(&*event.intervention)) nodes = restart->nodes;
  return words.fill("event.restart", node_facts(words, world, nodes));
}

std::string message_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const std::string message = message_phrase(words, world, event.flight->message);
  if (const auto* delay = std::get_if<sim::DelayMessage>(&*event.intervention)) {
    return words.fill("event.delay", {{"message", message}, {"time", time_text(delay->by)}});
  }
  const auto& copy = std::get<sim::DuplicateMessage>(*event.intervention);
  return words.fill("event.duplicate", {{"message", message}, {"time", time_text(copy.after)}});
}

std::string next_rule_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const auto pattern = [&](const sim::MessagePick& pick) {
    return Fact("pattern", pattern_phrase(words, world, pick.pattern));
  };
  const auto visitor = Overloaded{
      [&](const sim::DropMessage& drop) { return words.fill("event.next_dropped", {pattern(drop.pick)}); },
      [&](const sim::DeliverMessage& deliver) { return words.fill("event.next_delivered", {pattern(deliver.pick)}); },
      [&](const sim::DelayMessage& delay) {
        return words.fill("event.next_delayed", {pattern(delay.pick), {"time", time_text(delay.by)}});
      },
      [&](const sim::DuplicateMessage& copy) {
        return words.fill("event.next_duplicated", {pattern(copy.pick), {"time", time_text(copy.after)}});
      },
      [&](const sim::DropEvery& drop) {
        const Fact messages("pattern", pattern_phrase(words, world, drop.pattern));
        if (!drop.when) return words.fill("event.drop_every", {messages});
        return words.fill("event.drop_every_when",
                          {messages, {"condition", message_condition_phrase(words, *drop.when)}});
      },
      [&](const auto&) { return words.text("event.drop_nothing"); },
  };
  return std::visit(visitor, *event.intervention);
}

std::string client_ask_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  // From the event alone: the client may have asked for something else since.
  NodeId node = no_node;
  for (const Reason& reason : event.reasons) {
    if (reason.code == ReasonCode::ClientAsked) node = reason.operands[1].node();
  }
  std::vector<Fact> facts = {{"client", client_text(event.client)}, {"node", node_text(words, world, node)}};
  if (std::holds_alternative<sim::OpenSession>(*event.intervention)) return words.fill("event.open_session", facts);
  const auto* ask = std::get_if<sim::ClientAsk>(&*event.intervention);
  if (ask == nullptr) return words.fill("event.client_ask_again", facts);
  if (ask->command.kind == CommandKind::OpenSession) return words.fill("event.open_session", facts);
  facts.emplace_back("command", asked_text(ask->command));
  return words.fill("event.client_ask", facts);
}

/// Who is asked for what; the leader's name is the event's.
std::string configure_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const auto say = [&](std::string_view key, const std::string& who) {
    return words.fill(key, {{"leader", node_text(words, world, event.node)}, {"node", who}});
  };
  const auto visitor = Overloaded{
      [&](const sim::AddNode& what) { return say("event.add_node", what.name); },
      [&](const sim::AddLearner& what) { return say("event.add_learner", what.name); },
      [&](const sim::RemoveNode& what) { return say("event.remove_node", node_text(words, world, what.node)); },
      [&](const sim::PromoteLearner& what) { return say("event.promote_learner", node_text(words, world, what.node)); },
      [&](const sim::Reconfigure& what) {
        return words.fill("event.reconfigure",
                          {{"leader", node_text(words, world, event.node)}, {"nodes", join(words, what.names)}});
      },
      [&](const auto&) { return std::string(); },
  };
  return std::visit(visitor, *event.intervention);
}

std::string transfer_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const auto& transfer = std::get<sim::TransferLeadership>(*event.intervention);
  return words.fill("event.transfer", {{"leader", node_text(words, world, event.node)},
                                       {"node", node_text(words, world, transfer.to)}});
}

std::string propose_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  const auto& expire = std::get<sim::ExpireSession>(*event.intervention);
  return words.fill("event.expire_session",
                    {{"leader", node_text(words, world, event.node)}, {"client", client_text(expire.client)}});
}

std::string wait_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  return words.fill("event.wait", {{"message", message_phrase(words, world, event.flight->message)},
                                   {"node", node_text(words, world, event.node)}});
}

std::string snapshot_sentence(const Words& words, const sim::World& world, const sim::Event& event) {
  return words.fill("event.snapshot", {{"node", node_text(words, world, event.node)}});
}

}  // namespace

std::string setting_value_text(const Words& words, sim::Setting setting, sim::SettingValue value) {
  switch (sim::info_of(setting).kind) {
    case sim::SettingKind::Range:
      return value.first == value.second ? time_text(value.first)
                                         : time_text(value.first) + " – " + time_text(value.second);
    case sim::SettingKind::Duration: return time_text(value.first);
    case sim::SettingKind::Probability:
      return value.first == 0 ? "0" : std::to_string(value.first) + "/" + std::to_string(value.second);
    case sim::SettingKind::Count: return std::to_string(value.first);
    case sim::SettingKind::CountOrOff:
      return value.first == 0 ? words.text("setting_value.off") : std::to_string(value.first);
    case sim::SettingKind::Reads: {
      const auto reads = static_cast<ReadMode>(value.first);
      if (reads == ReadMode::ReadIndex) return words.text("setting_value.index");
      return words.text(reads == ReadMode::Lease ? "setting_value.lease" : "setting_value.log");
    }
    case sim::SettingKind::Switch: return words.text(value.first != 0 ? "setting_value.on" : "setting_value.off");
    case sim::SettingKind::Timers: return words.text(value.first != 0 ? "setting_value.manual" : "setting_value.auto");
  }
  return "";
}

std::string event_sentence(const Words& words, const sim::World& after, const sim::Event& event) {
  const std::vector<Fact> node = {{"node", node_text(words, after, event.node)}};
  const bool by_hand = event.intervention.has_value();
  switch (event.kind) {
    case sim::EventKind::Start: return words.text("event.start");
    case sim::EventKind::ElectionTimeout:
      return words.fill(by_hand ? "event.election_timeout_by_hand" : "event.election_timeout", node);
    case sim::EventKind::Heartbeat: return words.fill(by_hand ? "event.heartbeat_by_hand" : "event.heartbeat", node);
    case sim::EventKind::AskAgain: return words.fill("event.ask_again", node);
    case sim::EventKind::Receive: return receive_sentence(words, after, event);
    case sim::EventKind::Lose: return lose_sentence(words, after, event);
    case sim::EventKind::ClientTimeout:
      return words.fill("event.client_timeout", {{"client", client_text(event.client)}});
    case sim::EventKind::Crash: return crash_sentence(words, after, event);
    case sim::EventKind::Restart: return restart_sentence(words, after, event);
    case sim::EventKind::Network: return network_sentence(words, after, event);
    case sim::EventKind::Message: return message_sentence(words, after, event);
    case sim::EventKind::NextRule: return next_rule_sentence(words, after, event);
    case sim::EventKind::ClientAsk: return client_ask_sentence(words, after, event);
    case sim::EventKind::Setting: return setting_sentence(words, after, *event.intervention);
    case sim::EventKind::Wait: return wait_sentence(words, after, event);
    case sim::EventKind::Pause: return words.fill("event.pause", node);
    case sim::EventKind::Resume: return words.fill("event.resume", node);
    case sim::EventKind::Transfer: return transfer_sentence(words, after, event);
    case sim::EventKind::Configure: return configure_sentence(words, after, event);
    case sim::EventKind::Propose: return propose_sentence(words, after, event);
    case sim::EventKind::Snapshot: return snapshot_sentence(words, after, event);
    case sim::EventKind::Wipe: return words.fill("event.wipe", node);
    case sim::EventKind::Written: return words.fill("event.written", node);
  }
  return "";
}

namespace {

/// A leader's next heartbeats; a candidate asks those that have not answered, if there are any left.
std::string heartbeat_timer_sentence(const Words& words, const sim::World& world, NodeId id) {
  const NodeState& node = world.node(id);
  const Fact name("node", node_text(words, world, id));
  if (node.memory.role == Role::Leader) return words.fill("upcoming.heartbeat", {name});
  const NodeSet silent = node.electors() - node.memory.votes_granted - node.memory.votes_refused;
  if (silent.empty()) return words.fill("upcoming.asks_nobody", {name});
  return words.fill("upcoming.ask_again", {name, {"nodes", node_list(words, world, silent)}});
}

}  // namespace

std::string upcoming_sentence(const Words& words, const sim::World& world, const sim::Upcoming& upcoming) {
  switch (upcoming.what) {
    case sim::Upcoming::What::Nothing: return words.text("upcoming.nothing");
    case sim::Upcoming::What::Full: return words.text("upcoming.full");
    case sim::Upcoming::What::MessageEnds: {
      // Whether it will arrive is not told: a message that will be lost looks like any other until it dies.
      const sim::Flight* flight = world.network.find(upcoming.message);
      if (flight == nullptr) return words.text("upcoming.nothing");
      return words.fill("upcoming.message", {{"message", message_phrase(words, world, flight->message)}});
    }
    case sim::Upcoming::What::ElectionTimer:
      if (!may_start_election(world.node(upcoming.node))) {  // a learner, or not a member
        return words.fill("upcoming.learner_timer", {{"node", node_text(words, world, upcoming.node)}});
      }
      return words.fill(world.settings.core.features.pre_vote ? "upcoming.election_timer_pre_vote"
                                                              : "upcoming.election_timer",
                        {{"node", node_text(words, world, upcoming.node)},
                         {"term", world.node(upcoming.node).durable.current_term + 1}});
    case sim::Upcoming::What::HeartbeatTimer: return heartbeat_timer_sentence(words, world, upcoming.node);
    case sim::Upcoming::What::DiskWrite:
      return words.fill("upcoming.disk_write", {{"node", node_text(words, world, upcoming.node)}});
    case sim::Upcoming::What::ClientTimeout:
      return words.fill(world.settings.client_retry ? "upcoming.client_asks_again" : "upcoming.client_timeout",
                        {{"client", client_text(upcoming.client)}, {"command", command_of(world, upcoming.client)}});
  }
  return "";
}

}  // namespace raft::explain
