// Reasons as sentences: which variant of the text fits, and its operands as facts.
#include <algorithm>

#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

/// Reasons whose usual sentence names a rule; with that rule off the text KEY.rule_off is said instead.
struct RestsOn {
  ReasonCode reason;
  Rule rule;
};
constexpr auto rests_on = std::to_array<RestsOn>({
    {ReasonCode::GrantedVote, Rule::OneVotePerTerm},
    {ReasonCode::GrantedVote, Rule::CandidateLogUpToDate},
    {ReasonCode::DeletedConflicting, Rule::DeleteOnlyOnConflict},
    {ReasonCode::Crashed, Rule::VotePersisted},
    {ReasonCode::Crashed, Rule::TermAndLogPersisted},
    {ReasonCode::TookSnapshot, Rule::SnapshotKeepsLast},
    {ReasonCode::InstalledSnapshot, Rule::SnapshotKeepsLast},
    {ReasonCode::ConfigurationStored, Rule::ConfigurationWhenStored},
    {ReasonCode::JointConfiguration, Rule::ConfigurationWhenStored},
    {ReasonCode::JointConfiguration, Rule::JointMajorities},
    {ReasonCode::AnsweredRead, Rule::ReadConfirmedByRound},
    {ReasonCode::AlreadyVoted, Rule::OneVotePerTerm},
    {ReasonCode::Restarted, Rule::VotePersisted},
    {ReasonCode::Restarted, Rule::TermAndLogPersisted},
    {ReasonCode::LogIsBehind, Rule::CandidateLogUpToDate},
    {ReasonCode::WonElection, Rule::MajorityNeeded},
    {ReasonCode::CommittedByMajority, Rule::MajorityNeeded},
    {ReasonCode::LogMatches, Rule::ConsistencyCheck},
    {ReasonCode::MissingEntry, Rule::ConsistencyCheck},
    {ReasonCode::ConflictingTerm, Rule::ConsistencyCheck},
    {ReasonCode::AlreadyStored, Rule::DeleteOnlyOnConflict},
    {ReasonCode::NotCurrentTerm, Rule::CommitOnlyCurrentTerm},
    {ReasonCode::HigherTermSeen, Rule::StepDownOnHigherTerm},
    {ReasonCode::StaleTerm, Rule::RejectStaleTerm},
    {ReasonCode::NoWinner, Rule::RandomizedTimeouts},
    {ReasonCode::StaleTerm, Rule::CountOnlyCurrentVotes},
    {ReasonCode::CommitLimited, Rule::CommitOnlyNewEntries},
    {ReasonCode::RepeatedCommand, Rule::SessionCheck},
    {ReasonCode::ChangeUnderWay, Rule::OneChangeAtATime},
    {ReasonCode::ChangeWaitsForTerm, Rule::OneChangeAtATime},
    {ReasonCode::HasNoVote, Rule::LearnersDoNotCount},
    {ReasonCode::RemovedLeaderStepsDown, Rule::RemovedLeaderNotCounted},
    {ReasonCode::ReadWaitsForRound, Rule::ReadConfirmedByRound},
    {ReasonCode::ReadConfirmed, Rule::ReadConfirmedByRound},
    {ReasonCode::ReadWaitsForTerm, Rule::CommitBeforeReadIndex},
});

bool rule_is_off(const sim::World& world, ReasonCode reason) {
  for (const RestsOn& pair : rests_on) {
    if (pair.reason == reason && !world.settings.core.rules.on(pair.rule)) return true;
  }
  return false;
}

/// An operand that says "none": no entry, nobody, nothing to count.
bool is_nothing(OperandKind kind, const Operand& operand) {
  switch (kind) {
    case OperandKind::Node: return operand.node() == no_node;
    case OperandKind::LogIndex:
    case OperandKind::LogEntry:
    case OperandKind::Count: return operand.number == 0;
    case OperandKind::Moment: return operand.moment() < 0;
    case OperandKind::TermNumber:
    case OperandKind::Client:
    case OperandKind::RoleName: return false;
  }
  return false;
}

/// KEY, or KEY.rule_off, KEY.apart (the node that decides does not count itself), KEY.self (the node named is the one that
/// decides), KEY.none (an operand is none).
std::string key_of(const Words& words, const sim::World& world, const Reason& reason, NodeId self) {
  const ReasonInfo& info = reason_info(reason.code);
  std::string key = std::string("reason.") + info.name;
  if (rule_is_off(world, reason.code) && words.has(key + ".rule_off")) return key + ".rule_off";
  if (self != no_node && words.has(key + ".apart") && !counts_itself(world, self)) return key + ".apart";
  for (std::size_t i = 0; i < info.operand_count; ++i) {
    const OperandKind kind = info.operands[i].kind;
    const bool names_self = kind == OperandKind::Node && self != no_node && reason.operands[i].node() == self;
    if (names_self && words.has(key + ".self")) return key + ".self";
    if (is_nothing(kind, reason.operands[i]) && words.has(key + ".none")) return key + ".none";
  }
  return key;
}

Fact fact_of(const Words& words, const sim::World& world, const OperandInfo& info, const Operand& operand) {
  switch (info.kind) {
    case OperandKind::Node: return {info.name, node_text(words, world, operand.node())};
    case OperandKind::TermNumber:
    case OperandKind::LogIndex:
    case OperandKind::Count: return {info.name, operand.number};
    case OperandKind::LogEntry: return Fact::phrase(info.name, entry_phrase(words, operand.entry()));
    case OperandKind::Client: return {info.name, client_text(static_cast<ClientId>(operand.number))};
    case OperandKind::Moment: return {info.name, time_text(operand.moment())};
    case OperandKind::RoleName:
      return Fact::phrase(info.name, words.text(std::string("role.") + role_name(static_cast<Role>(operand.number))));
  }
  return {info.name, ""};
}

/// Operands called first and last also give {range}.
void add_range(const Words& words, const ReasonInfo& info, const Reason& reason, std::vector<Fact>& facts) {
  if (info.operand_count == 0) return;
  for (std::size_t i = 0; i + 1 < info.operand_count; ++i) {
    if (info.operands[i].name != "first" || info.operands[i + 1].name != "last") continue;
    facts.push_back(
        Fact::phrase("range", range_phrase(words, reason.operands[i].number, reason.operands[i + 1].number)));
  }
}

/// The nodes that an intervention starts or stops one after the other, each with reasons of its own.
std::vector<NodeId> nodes_in_turn(const sim::World& world, const sim::Event& event) {
  std::vector<NodeId> nodes;
  if (!event.intervention) return nodes;
  const auto add_all = [&nodes](NodeSet set) {
    for (const NodeId node : set) nodes.push_back(node);
  };
  if (const auto* crash = std::get_if<sim::Crash>(&*event.intervention)) add_all(crash->nodes);
  if (const auto* restart = std::get_if<sim::Restart>(&*event.intervention)) add_all(restart->nodes);
  NodeSet named;
  const auto add_named = [&](const std::string& name) {
    if (const NodeId node = world.find_node(name); node != no_node) named.add(node);
  };
  if (const auto* add = std::get_if<sim::AddNode>(&*event.intervention)) add_named(add->name);
  if (const auto* add = std::get_if<sim::AddLearner>(&*event.intervention)) add_named(add->name);
  if (const auto* change = std::get_if<sim::Reconfigure>(&*event.intervention)) {
    for (const std::string& name : change->names) add_named(name);
  }
  // New nodes have the highest numbers.
  const auto started = [](const Reason& reason) { return reason.code == ReasonCode::Started; };
  const auto fresh = std::count_if(event.reasons.begin(), event.reasons.end(), started);
  if (nodes.empty() && fresh > 0) {
    add_all(named);
    while (static_cast<std::ptrdiff_t>(nodes.size()) > fresh) nodes.erase(nodes.begin());
  }
  return nodes;
}

bool begins_a_node(ReasonCode code) {
  return code == ReasonCode::Crashed || code == ReasonCode::Started || code == ReasonCode::Restarted;
}

/// Whose decision the reasons of the event are, one by one. A new node is followed by the leader that added it.
std::vector<NodeId> deciders(const sim::World& world, const sim::Event& event) {
  const std::vector<NodeId> in_turn = nodes_in_turn(world, event);
  std::vector<NodeId> deciders;
  std::size_t turn = 0;
  for (const Reason& reason : event.reasons) {
    if (begins_a_node(reason.code)) ++turn;
    const bool of_its_own = turn > 0 && turn <= in_turn.size();
    const bool adds = event.kind == sim::EventKind::Configure && !begins_a_node(reason.code);
    deciders.push_back(of_its_own && !adds ? in_turn[turn - 1] : event.node);
  }
  return deciders;
}

}  // namespace

std::string section_text(const Words& words, std::string_view section) {
  if (section.empty()) return "";
  return words.fill(is_of_dissertation(section) ? "phrase.section_of_dissertation" : "phrase.section", {Fact("section", std::string(section))});
}

namespace {

std::string sentence_of(const Words& words, const sim::World& world, const Reason& reason, NodeId self,
                        const std::string& key) {
  const ReasonInfo& info = reason_info(reason.code);
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < info.operand_count; ++i) {
    facts.push_back(fact_of(words, world, info.operands[i], reason.operands[i]));
  }
  facts.push_back(self == no_node ? Fact::phrase("self", words.text("phrase.this_node"))
                                  : Fact("self", node_text(words, world, self)));
  add_range(words, info, reason, facts);
  return words.fill(key, facts);
}

bool has_told_of_a_higher_term(const sim::Event& event) {
  return std::any_of(event.reasons.begin(), event.reasons.end(),
                     [](const Reason& reason) { return reason.code == ReasonCode::HigherTermSeen; });
}

/// KEY.received where a message brought it about, and not a timer; KEY.higher_term where that message had a higher term.
std::string key_in_event(const Words& words, const sim::World& world, const Reason& reason, NodeId self,
                         const sim::Event& event) {
  const std::string key = std::string("reason.") + reason_info(reason.code).name;
  if (words.has(key + ".higher_term") && has_told_of_a_higher_term(event)) return key + ".higher_term";
  std::string received = key + ".received";
  if (event.kind == sim::EventKind::Receive && words.has(received)) return received;
  return key_of(words, world, reason, self);
}

}  // namespace

std::string reason_sentence(const Words& words, const sim::World& world, const Reason& reason, NodeId self) {
  return sentence_of(words, world, reason, self, key_of(words, world, reason, self));
}

namespace {

/// What is of an older term one rule rejects if it is a request, and another one if it is a vote; other answers need none.
bool is_for(Rule rule, const sim::Event& event) {
  if (!event.flight) return true;
  const MessageType type = event.flight->message.type();
  if (rule == Rule::CountOnlyCurrentVotes) return type == MessageType::RequestVoteReply;
  return rule != Rule::RejectStaleTerm || is_request_of_a_node(type);
}

}  // namespace

std::vector<Rule> rules_behind(const sim::World& world, const sim::Event& event) {
  std::vector<Rule> rules;
  for (const Reason& reason : event.reasons) {
    for (const RestsOn& pair : rests_on) {
      const bool decided = pair.reason == reason.code && is_for(pair.rule, event) && world.settings.core.rules.on(pair.rule);
      if (decided && std::find(rules.begin(), rules.end(), pair.rule) == rules.end()) rules.push_back(pair.rule);
    }
  }
  return rules;
}

std::vector<ExplainedReason> explain_reasons(const Words& words, const sim::World& after, const sim::Event& event) {
  std::vector<ExplainedReason> explained;
  const std::vector<NodeId> who = deciders(after, event);
  for (std::size_t i = 0; i < event.reasons.size(); ++i) {
    const Reason& reason = event.reasons[i];
    const NodeId self = who[i];
    const std::string key = key_in_event(words, after, reason, self, event);
    explained.push_back({reason, self, sentence_of(words, after, reason, self, key),
                         section_text(words, reason_info(reason.code).section)});
  }
  return explained;
}

}  // namespace raft::explain
