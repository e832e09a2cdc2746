// Writing commands: exactly what commands.cpp reads.
#include "raft/core/overloaded.h"
#include "raft/walkthrough/commands.h"

#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

std::string pick_text(const sim::MessagePick& pick, const Names& names) {
  switch (pick.how) {
    case sim::MessagePick::How::ById: return "m" + std::to_string(pick.id);
    case sim::MessagePick::How::Oldest: return pattern_text(pick.pattern, names);
    case sim::MessagePick::How::Next: return "next " + pattern_text(pick.pattern, names);
  }
  return "";
}

std::string link_text(const Names& names, NodeId from, NodeId to, sim::Direction direction) {
  return names.node(from) + (direction == sim::Direction::OneWay ? " -> " : " ") + names.node(to);
}

std::string ask_text(const sim::ClientAsk& ask, const Names& names) {
  const std::string key = quoted_if_needed(ask.command.key);
  std::string text;
  switch (ask.command.kind) {
    case CommandKind::Noop:
    case CommandKind::OpenSession:
    case CommandKind::ExpireSession:
    case CommandKind::Configure:  // nobody asks for these with a ClientAsk
    case CommandKind::Write: text = "write " + write_text(ask.command); break;
    case CommandKind::Read: text = "read " + key; break;
    case CommandKind::Increment: text = "incr " + key; break;
    case CommandKind::CompareAndSet:
      text = "cas " + key + " " + quoted_if_needed(ask.command.expected) + " " + quoted_if_needed(ask.command.value);
      break;
  }
  if (ask.to != no_node) text += (ask.command.kind == CommandKind::Read ? " from " : " to ") + names.node(ask.to);
  if (ask.by != no_client) text += " by " + names.end(ask.by);
  return text;
}

std::string partition_text(const sim::Partition& partition, const Names& names) {
  std::string text;
  for (const NodeSet island : partition.islands) text += (text.empty() ? "" : " | ") + names.list(island);
  return text;
}

const char* read_mode_name(ReadMode mode) {
  switch (mode) {
    case ReadMode::ThroughLog: return "log";
    case ReadMode::ReadIndex: return "index";
    case ReadMode::Lease: return "lease";
  }
  return "";
}

const char* rule_name(Rule rule) {
  for (const RuleInfo& info : rule_table) {
    if (info.rule == rule) return info.name;
  }
  return "";
}

}  // namespace

std::string pattern_text(const sim::MessagePattern& pattern, const Names& names) {
  std::string type = "any";
  if (pattern.types == sim::MessagePattern::Types::Heartbeats) type = "Heartbeat";
  if (pattern.types == sim::MessagePattern::Types::One) type = message_type_name(pattern.type);
  return type + " " + (pattern.any_from ? "*" : names.end(pattern.from)) + " -> " +
         (pattern.any_to ? "*" : names.end(pattern.to));
}

std::string setting_text(sim::Setting setting, sim::SettingValue value) {
  for (const sim::SettingInfo& info : sim::setting_table) {
    if (info.setting != setting) continue;
    const std::string name = std::string(info.name) + " ";
    switch (info.kind) {
      case sim::SettingKind::Range: return name + duration_text(value.first) + ".." + duration_text(value.second);
      case sim::SettingKind::Duration: return name + duration_text(value.first);
      case sim::SettingKind::Probability:
        return name + ratio_text({static_cast<std::int32_t>(value.first), static_cast<std::int32_t>(value.second)});
      case sim::SettingKind::Count: return name + std::to_string(value.first);
      case sim::SettingKind::CountOrOff: return name + (value.first != 0 ? std::to_string(value.first) : "off");
      case sim::SettingKind::Switch: return name + (value.first != 0 ? "on" : "off");
      case sim::SettingKind::Timers: return name + (value.first != 0 ? "manual" : "auto");
      case sim::SettingKind::Reads: return name + read_mode_name(static_cast<ReadMode>(value.first));
    }
  }
  return "";
}

namespace {

/// set latency A -> B 80ms..90ms
std::string link_setting_text(const sim::ChangeLink& what, const Names& names) {
  const std::string all = setting_text(what.setting, what.value.value_or(sim::SettingValue{0, 1}));
  const std::size_t value = all.find(' ') + 1;
  return "set " + all.substr(0, value) + link_text(names, what.from, what.to, what.direction) + " " +
         (what.value ? all.substr(value) : "default");
}

}  // namespace

std::string command_text(const sim::Intervention& intervention, const Names& names) {
  const auto visitor = Overloaded{
      [&](const sim::Crash& what) {
        return "crash " + names.list(what.nodes) + (what.unwritten == sim::Unwritten::Lost ? " unsynced" : "");
      },
      [&](const sim::Restart& what) { return "restart " + names.list(what.nodes); },
      [&](const sim::FireElectionTimer& what) { return "timeout " + names.node(what.node); },
      [&](const sim::FireHeartbeatTimer& what) { return "heartbeat " + names.node(what.node); },
      [&](const sim::Partition& what) { return "partition " + partition_text(what, names); },
      [&](const sim::Isolate& what) { return "isolate " + names.list(what.nodes); },
      [&](const sim::Cut& what) { return "cut " + link_text(names, what.from, what.to, what.direction); },
      [&](const sim::Mend& what) { return "mend " + link_text(names, what.from, what.to, what.direction); },
      [&](const sim::Heal&) { return std::string("heal"); },
      [&](const sim::DropMessage& what) { return "drop " + pick_text(what.pick, names); },
      [&](const sim::DeliverMessage& what) { return "deliver " + pick_text(what.pick, names); },
      [&](const sim::DelayMessage& what) {
        return "delay " + pick_text(what.pick, names) + " " + duration_text(what.by);
      },
      [&](const sim::DuplicateMessage& what) {
        return "duplicate " + pick_text(what.pick, names) +
               (what.after > 0 ? " after " + duration_text(what.after) : "");
      },
      [&](const sim::ClientAsk& what) { return ask_text(what, names); },
      [&](const sim::RetryClient& what) { return "retry " + names.end(what.client); },
      [&](const sim::Pause& what) { return "pause " + names.node(what.node); },
      [&](const sim::Resume& what) { return "resume " + names.node(what.node); },
      [&](const sim::Hold& what) { return "hold " + link_text(names, what.from, what.to, sim::Direction::OneWay); },
      [&](const sim::Release& what) {
        return "release " + link_text(names, what.from, what.to, sim::Direction::OneWay);
      },
      [&](const sim::TransferLeadership& what) { return "transfer " + names.node(what.to); },
      [&](const sim::SetClock& what) { return "set clock " + names.node(what.node) + " " + ratio_text(what.rate); },
      [&](const sim::Wipe& what) { return "wipe " + names.node(what.node); },
      [&](const sim::AddNode& what) { return "add " + what.name; },
      [&](const sim::RemoveNode& what) { return "remove " + names.node(what.node); },
      [&](const sim::AddLearner& what) { return "learner " + what.name; },
      [&](const sim::PromoteLearner& what) { return "promote " + names.node(what.node); },
      [&](const sim::Reconfigure& what) { return "reconfigure " + joined(what.names, " "); },
      [&](const sim::CompactLog& what) {
        return "snapshot " + names.node(what.node) + (what.index > 0 ? " " + std::to_string(what.index) : "");
      },
      [&](const sim::OpenSession& what) { return "open " + names.end(what.client); },
      [&](const sim::ExpireSession& what) { return "expire " + names.end(what.client); },
      [&](const sim::DropEvery& what) {
        return "drop every " + pattern_text(what.pattern, names) +
               (what.when ? " when " + message_condition_text(*what.when) : "");
      },
      [&](const sim::DropNothing&) { return std::string("drop nothing"); },
      [&](const sim::ChangeSetting& what) { return "set " + setting_text(what.setting, what.value); },
      [&](const sim::ChangeLink& what) { return link_setting_text(what, names); },
      [&](const sim::ChangeRule& what) {
        return std::string("set rule ") + rule_name(what.rule) + (what.on ? " on" : " off");
      },
  };
  return std::visit(visitor, intervention);
}

std::string command_text(const sim::Intervention& intervention, const sim::World& world) {
  return command_text(intervention, Names::of(world));
}

}  // namespace raft::walkthrough
