// The table of commands, and reading them. Writing them is in command_text.cpp.
#include "raft/walkthrough/commands.h"

#include <algorithm>
#include <array>

#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Group = CommandGroup;
constexpr auto commands = std::to_array<CommandInfo>({
    {"crash", "N… [unsynced]", "stops the nodes; their disk stays; unsynced: writes under way are lost", Group::Nodes},
    {"restart", "N…", "starts crashed nodes again from what is on their disks", Group::Nodes},
    {"wipe", "N", "erases the whole disk", Group::Nodes},
    {"pause", "N", "makes the node slow, not dead", Group::Nodes},
    {"resume", "N", "lets a paused node go on", Group::Nodes},
    {"timeout", "N", "its election timer fires now", Group::Nodes},
    {"heartbeat", "N", "its heartbeat timer fires now", Group::Nodes},
    {"snapshot", "N [INDEX]", "compacts its log", Group::Nodes},
    {"partition", "A B | C D E", "islands; nodes that are not named are alone", Group::Network},
    {"isolate", "N…", "cuts the nodes off from all others and from each other", Group::Network},
    {"cut", "A B  or  A -> B", "cuts the link both ways, or one way", Group::Network},
    {"mend", "A B  or  A -> B", "mends the link both ways, or one way", Group::Network},
    {"heal", "", "mends every link", Group::Network},
    {"drop", "M", "the message is lost", Group::Messages},
    {"drop every", "TYPE A -> B [when CONDITION]", "all such messages are lost from now on", Group::Messages},
    {"drop nothing", "", "ends every drop every", Group::Messages},
    {"deliver", "M", "the message arrives now", Group::Messages},
    {"delay", "M DURATION", "the message arrives that much later", Group::Messages},
    {"duplicate", "M [after DURATION]", "the message arrives twice", Group::Messages},
    {"hold", "A -> B", "messages wait in a tray", Group::Messages},
    {"release", "A -> B", "lets the messages in the tray go on", Group::Messages},
    {"write", "KEY=VALUE|WORD [to N] [by CLIENT]", "a client asks for a write", Group::Clients},
    {"read", "KEY [from N] [by CLIENT]", "a client asks for the value of a key", Group::Clients},
    {"cas", "KEY OLD NEW [to N] [by CLIENT]", "a client asks to write NEW if the key holds OLD", Group::Clients},
    {"incr", "KEY [to N] [by CLIENT]", "a client asks to add one", Group::Clients},
    {"retry", "CLIENT", "the client asks again for what it got no answer to", Group::Clients},
    {"open", "CLIENT", "the client opens a session", Group::Clients},
    {"expire", "CLIENT", "the client's session expires", Group::Clients},
    {"add", "N", "adds a node to the cluster", Group::Members},
    {"remove", "N", "removes a node from the cluster", Group::Members},
    {"learner", "N", "adds a node without a vote", Group::Members},
    {"promote", "N", "gives a learner its vote", Group::Members},
    {"reconfigure", "A B C", "changes the members by joint consensus", Group::Members},
    {"transfer", "N", "hands leadership over", Group::Members},
    {"set", "NAME VALUE", "changes a setting from now on", Group::Settings},
    {"set latency", "A -> B 80ms..90ms|default", "one link's own, A B: both ways; so too loss and duplicate",
     Group::Settings},
    {"set rule", "NAME on|off", "changes a rule from now on", Group::Settings},
    {"set clock", "N 11/10", "the node's own clock and timers run faster or slower from now on", Group::Settings},
});

Endpoint read_end(WordReader& reader, const Names& names, bool& any, std::string_view after) {
  any = reader.take("*");
  if (any) return {};
  if (looks_like_client(reader.peek())) return read_client(reader);
  return read_node(reader, names, after);
}

std::vector<std::string> message_types() {
  std::vector<std::string> types;
  for (std::size_t i = 0; i < message_type_count; ++i) {
    types.emplace_back(message_type_name(static_cast<MessageType>(i)));
  }
  types.emplace_back("Heartbeat");
  types.emplace_back("any");
  return types;
}

bool carries_client(const sim::MessagePattern& pattern) {
  return pattern.types == sim::MessagePattern::Types::Any ||
         (pattern.types == sim::MessagePattern::Types::One &&
          (pattern.type == MessageType::ClientRequest || pattern.type == MessageType::ClientReply));
}

void check_ends(const sim::MessagePattern& pattern, int column) {
  if (pattern.types == sim::MessagePattern::Types::Any) return;
  const bool from_client = pattern.types == sim::MessagePattern::Types::One && pattern.type == MessageType::ClientRequest;
  const bool to_client = pattern.types == sim::MessagePattern::Types::One && pattern.type == MessageType::ClientReply;
  const bool good_from = pattern.any_from || pattern.from.is_client() == from_client;
  const bool good_to = pattern.any_to || pattern.to.is_client() == to_client;
  if (good_from && good_to) return;
  if (!carries_client(pattern)) throw Problem{column, "this message goes from a node to a node"};
  throw Problem{column, from_client ? "a ClientRequest goes from a client to a node, as in ClientRequest c1 -> A"
                                    : "a ClientReply goes from a node to a client, as in ClientReply A -> c1"};
}

sim::MessagePick read_pick(WordReader& reader, const Names& names) {
  const Word& word = reader.peek();
  if (word.kind == Word::Kind::Plain && word.text[0] == 'm' && word.text.size() > 1 &&
      word.text.find_first_not_of("0123456789", 1) == std::string::npos && word.text.size() < 18) {
    reader.next();
    return {sim::MessagePick::How::ById, std::stoll(word.text.substr(1)), {}};
  }
  sim::MessagePick pick;
  pick.how = reader.take("next") ? sim::MessagePick::How::Next : sim::MessagePick::How::Oldest;
  pick.pattern = read_pattern(reader, names);
  return pick;
}

sim::Intervention read_partition(WordReader& reader, const Names& names) {
  sim::Partition partition;
  NodeSet seen;
  do {
    const int column = reader.peek().column;
    const NodeSet island = read_nodes(reader, names, "partition");
    if (!(island & seen).empty()) {
      throw Problem{column, "node '" + names.list(island & seen) + "' is on two islands"};
    }
    seen = seen | island;
    partition.islands.push_back(island);
  } while (reader.take("|"));
  return partition;
}

/// A -> B
template <typename LinkCommand>
sim::Intervention read_one_way(WordReader& reader, const Names& names, std::string_view name) {
  LinkCommand link;
  link.from = read_node(reader, names, name);
  reader.expect("->", "the first node");
  const int column = reader.peek().column;
  link.to = read_node(reader, names, "->");
  if (link.from == link.to) throw Problem{column, "a node has no link to itself"};
  return link;
}

sim::Intervention read_drop(WordReader& reader, const Names& names) {
  if (reader.take("nothing")) return sim::DropNothing{};
  if (!reader.take("every")) return sim::DropMessage{read_pick(reader, names)};
  const sim::MessagePattern pattern = read_pattern(reader, names);
  if (!reader.take("when")) return sim::DropEvery{pattern, {}};
  return sim::DropEvery{pattern, read_message_condition(reader)};
}

/// Of a node that is there, or that is to be started.
std::string read_any_name(WordReader& reader, Names& names, std::string_view after) {
  const Word& word = reader.peek();
  if (reader.at_end()) reader.fail("expected the name of a node after '" + std::string(after) + "'");
  if (!is_node_name(word)) {
    reader.fail("'" + word.text + "' is no name of a node: a capital letter, then letters and digits, as in A or N1");
  }
  if (names.find(word.text) == no_node) {
    if (names.nodes.size() >= max_nodes) reader.fail("there are at most 16 nodes, and '" + word.text + "' is the 17th");
    names.nodes.push_back(word.text);
  }
  return reader.next().text;
}

sim::Intervention read_reconfigure(WordReader& reader, Names names) {
  sim::Reconfigure reconfigure;
  do {
    const int column = reader.peek().column;
    std::string name = read_any_name(reader, names, "reconfigure");
    if (std::find(reconfigure.names.begin(), reconfigure.names.end(), name) != reconfigure.names.end()) {
      throw Problem{column, "node '" + name + "' is named twice"};
    }
    if (reconfigure.names.size() == sim::max_voters) {
      throw Problem{column, "a cluster has 1 to 11 voters, and '" + name + "' is the 12th"};
    }
    reconfigure.names.push_back(std::move(name));
  } while (!reader.at_end());
  return reconfigure;
}

sim::Intervention read_compaction(WordReader& reader, const Names& names) {
  sim::CompactLog compact;
  compact.node = read_node(reader, names, "snapshot");
  if (!reader.at_end()) compact.index = static_cast<Index>(read_number(reader, "an index", 1, sim::max_given));
  return compact;
}

sim::Intervention read_ask(WordReader& reader, const Names& names, std::string_view name) {
  sim::ClientAsk ask;
  if (name == "write") {
    ask.command = read_write(reader);
  } else {
    ask.command.key = read_text(reader, "the key");
    if (ask.command.key.find('=') != std::string::npos) reader.fail("a key holds no '='");
  }
  if (name == "read") ask.command.kind = CommandKind::Read;
  if (name == "incr") ask.command.kind = CommandKind::Increment;
  if (name == "cas") {
    ask.command.kind = CommandKind::CompareAndSet;
    ask.command.expected = read_text(reader, "the old value");
    ask.command.value = read_text(reader, "the new value");
  }
  const std::string_view whom = name == "read" ? "from" : "to";
  while (!reader.at_end()) {
    if (ask.to == no_node && reader.take(whom)) {
      ask.to = read_node(reader, names, whom);
    } else if (ask.by == no_client && reader.take("by")) {
      ask.by = read_client(reader);
    } else {
      reader.fail("unexpected '" + reader.peek().text + "'; after the command comes " + std::string(whom) +
                  " NODE or by CLIENT");
    }
  }
  return ask;
}

sim::Time read_time_after(WordReader& reader) {
  return reader.take("after") ? read_duration(reader, "after") : 0;
}

/// The first words of the commands.
std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandInfo& info : commands) {
    if (std::string_view(info.name).find(' ') == std::string_view::npos) names.emplace_back(info.name);
  }
  return names;
}

/// About the members and the clients' sessions; nullopt: it is another command.
std::optional<sim::Intervention> read_member_command(WordReader& reader, Names names, std::string_view name) {
  if (name == "open") return sim::OpenSession{read_client(reader)};
  if (name == "expire") return sim::ExpireSession{read_client(reader)};
  if (name == "add") return sim::AddNode{read_any_name(reader, names, name)};
  if (name == "learner") return sim::AddLearner{read_any_name(reader, names, name)};
  if (name == "remove") return sim::RemoveNode{read_node(reader, names, name)};
  if (name == "promote") return sim::PromoteLearner{read_node(reader, names, name)};
  if (name == "reconfigure") return read_reconfigure(reader, names);
  if (name == "transfer") return sim::TransferLeadership{read_node(reader, names, name)};
  return std::nullopt;
}

sim::Intervention read_known(WordReader& reader, const Names& names, std::string_view name) {
  if (name == "crash") {
    const NodeSet nodes = read_nodes(reader, names, name);
    return sim::Crash{nodes, reader.take("unsynced") ? sim::Unwritten::Lost : sim::Unwritten::Kept};
  }
  if (name == "restart") return sim::Restart{read_nodes(reader, names, name)};
  if (name == "timeout") return sim::FireElectionTimer{read_node(reader, names, name)};
  if (name == "heartbeat") return sim::FireHeartbeatTimer{read_node(reader, names, name)};
  if (name == "partition") return read_partition(reader, names);
  if (name == "isolate") return sim::Isolate{read_nodes(reader, names, name)};
  if (name == "cut" || name == "mend") {
    const Link link = read_link(reader, names, name);
    if (name == "cut") return sim::Cut{link.from, link.to, link.direction};
    return sim::Mend{link.from, link.to, link.direction};
  }
  if (name == "heal") return sim::Heal{};
  if (name == "wipe") return sim::Wipe{read_node(reader, names, name)};
  if (name == "pause") return sim::Pause{read_node(reader, names, name)};
  if (name == "resume") return sim::Resume{read_node(reader, names, name)};
  if (name == "snapshot") return read_compaction(reader, names);
  if (name == "hold") return read_one_way<sim::Hold>(reader, names, name);
  if (name == "release") return read_one_way<sim::Release>(reader, names, name);
  if (name == "drop") return read_drop(reader, names);
  if (name == "deliver") return sim::DeliverMessage{read_pick(reader, names)};
  if (name == "delay") {
    const sim::MessagePick pick = read_pick(reader, names);
    return sim::DelayMessage{pick, read_duration(reader, "the delay")};
  }
  if (name == "duplicate") {
    const sim::MessagePick pick = read_pick(reader, names);
    return sim::DuplicateMessage{pick, read_time_after(reader)};
  }
  if (name == "retry") return sim::RetryClient{read_client(reader)};
  if (name == "set") return read_setting(reader, names);
  if (std::optional<sim::Intervention> command = read_member_command(reader, names, name)) return *command;
  return read_ask(reader, names, name);
}

}  // namespace

std::span<const CommandInfo> command_table() { return commands; }

Link read_link(WordReader& reader, const Names& names, std::string_view after) {
  Link link;
  link.from = read_node(reader, names, after);
  link.direction = reader.take("->") ? sim::Direction::OneWay : sim::Direction::BothWays;
  const int column = reader.peek().column;
  link.to = read_node(reader, names, after);
  if (link.from == link.to) throw Problem{column, "a node has no link to itself"};
  return link;
}

const char* command_group_name(CommandGroup group) {
  switch (group) {
    case Group::Nodes: return "nodes";
    case Group::Network: return "network";
    case Group::Messages: return "messages";
    case Group::Clients: return "clients";
    case Group::Members: return "members";
    case Group::Settings: return "settings";
  }
  return "";
}

sim::MessagePattern read_pattern(WordReader& reader, const Names& names) {
  const Word& word = reader.peek();
  const int column = word.column;
  sim::MessagePattern pattern;
  if (word.text == "Heartbeat") {
    pattern.types = sim::MessagePattern::Types::Heartbeats;
  } else if (const auto type = message_type_from_name(word.text)) {
    pattern.types = sim::MessagePattern::Types::One;
    pattern.type = *type;
  } else if (word.text != "any") {
    reader.fail((reader.at_end() ? "expected a type of message" : "there is no type of message '" + word.text + "'") +
                "; " + suggestion(word.text, message_types()));
  }
  const std::string type = reader.next().text;
  pattern.from = read_end(reader, names, pattern.any_from, type);
  reader.expect("->", "the sender");
  pattern.to = read_end(reader, names, pattern.any_to, "->");
  check_ends(pattern, column);
  return pattern;
}

sim::Intervention read_command(WordReader& reader, const Names& names) {
  const Word& word = reader.peek();
  const auto info = std::find_if(commands.begin(), commands.end(),
                                 [&word](const CommandInfo& row) { return word.text == row.name; });
  if (info == commands.end() || word.kind != Word::Kind::Plain) {
    reader.fail((reader.at_end() ? "expected a command" : "there is no command '" + word.text + "'") + "; " +
                suggestion(word.text, command_names()));
  }
  reader.next();
  return read_known(reader, names, info->name);
}

void learn_names(const sim::Intervention& intervention, Names& names) {
  const auto learn = [&names](const std::string& name) {
    if (names.find(name) == no_node) names.nodes.push_back(name);
  };
  if (const auto* add = std::get_if<sim::AddNode>(&intervention)) learn(add->name);
  if (const auto* learner = std::get_if<sim::AddLearner>(&intervention)) learn(learner->name);
  if (const auto* reconfigure = std::get_if<sim::Reconfigure>(&intervention)) {
    for (const std::string& name : reconfigure->names) learn(name);
  }
}

std::variant<sim::Intervention, Problem> parse_command(std::string_view text, const Names& names) {
  try {
    WordReader reader(text);
    sim::Intervention command = read_command(reader, names);
    reader.expect_end();
    return command;
  } catch (const Problem& problem) {
    return problem;
  }
}

}  // namespace raft::walkthrough
