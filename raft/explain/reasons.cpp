// Reasons as sentences: which variant of the text fits, and its operands as facts.
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
    case OperandKind::TermNumber:
    case OperandKind::Client:
    case OperandKind::RoleName: return false;
  }
  return false;
}

/// KEY, or KEY.rule_off, KEY.self (the node named is the one that decides), KEY.none (an operand is none).
std::string key_of(const Words& words, const sim::World& world, const Reason& reason, NodeId self) {
  const ReasonInfo& info = reason_info(reason.code);
  const std::string key = std::string("reason.") + info.name;
  if (rule_is_off(world, reason.code) && words.has(key + ".rule_off")) return key + ".rule_off";
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

/// Whose decision the reason at `position` of the event is.
NodeId decider(const sim::Event& event, std::size_t position) {
  // One intervention may crash or restart several nodes; each gives one reason, in the order of the nodes.
  NodeSet nodes;
  if (event.intervention) {
    if (const auto* crash = std::get_if<sim::Crash>(&*event.intervention)) nodes = crash->nodes;
    if (const auto* restart = std::get_if<sim::Restart>(&*event.intervention)) nodes = restart->nodes;
  }
  std::size_t i = 0;
  for (const NodeId node : nodes) {
    if (i++ == position) return node;
  }
  return event.node;
}

}  // namespace

std::string section_of(const Reason& reason) {
  const std::string section = reason_info(reason.code).section;
  return section.empty() ? section : "§" + section;
}

std::string reason_sentence(const Words& words, const sim::World& world, const Reason& reason, NodeId self) {
  const ReasonInfo& info = reason_info(reason.code);
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < info.operand_count; ++i) {
    facts.push_back(fact_of(words, world, info.operands[i], reason.operands[i]));
  }
  facts.push_back(self == no_node ? Fact::phrase("self", words.text("phrase.this_node"))
                                  : Fact("self", node_text(words, world, self)));
  add_range(words, info, reason, facts);
  return words.fill(key_of(words, world, reason, self), facts);
}

std::vector<ExplainedReason> explain_reasons(const Words& words, const sim::World& after, const sim::Event& event) {
  std::vector<ExplainedReason> explained;
  for (std::size_t i = 0; i < event.reasons.size(); ++i) {
    const Reason& reason = event.reasons[i];
    const NodeId self = decider(event, i);
    explained.push_back({reason, self, reason_sentence(words, after, reason, self), section_of(reason)});
  }
  return explained;
}

}  // namespace raft::explain
