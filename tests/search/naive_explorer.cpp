// The plain explorer: one function for each kind of step, and Figure 3 word for word.
#include "tests/search/naive_explorer.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "raft/core/step.h"

namespace raft::test {

namespace {

using check::Property;

struct SmallCluster {
  std::vector<NodeState> nodes;
  std::vector<bool> crashed;
  std::vector<std::pair<std::string, Message>> in_flight;  // with their text, sorted by it
  int writes = 0;
  int crashes = 0;
  int duplicates = 0;
  int changes = 0;
  std::map<Term, std::pair<std::size_t, Index>> led;           // who, and how long its log was
  std::vector<std::tuple<Entry, Term>> committed;              // and in which term
  std::map<Index, std::vector<std::pair<Entry, NodeSet>>> applied;
};

std::string text(const Entry& entry) {
  std::ostringstream out;
  out << entry.term << ":" << static_cast<int>(entry.command.kind);
  const Configuration& configuration = entry.command.configuration;
  if (entry.command.kind == CommandKind::Configure) {
    out << "[" << configuration.voters.bits() << "+" << configuration.next.bits() << "]";
  }
  return out.str();
}

std::string text(const Message& message, bool limited) {
  std::ostringstream out;
  out << message_type_name(message.type()) << index_of(message.from.node()) << index_of(message.to.node()) << " "
      << message.term << " ";
  if (const auto* vote = std::get_if<RequestVote>(&message.body)) {
    out << vote->last_log.index << "^" << vote->last_log.term;
  } else if (const auto* granted = std::get_if<RequestVoteReply>(&message.body)) {
    out << granted->granted;
  } else if (const auto* append = std::get_if<AppendEntries>(&message.body)) {
    const Index last = append->prev_log.index + static_cast<Index>(append->entries.size());
    out << append->prev_log.index << "^" << append->prev_log.term << " "
        << (limited ? std::min(last, append->leader_commit) : append->leader_commit);
    for (const Entry& entry : append->entries) out << " " << text(entry);
  } else if (const auto* reply = std::get_if<AppendEntriesReply>(&message.body)) {
    out << reply->success << " " << (reply->success ? reply->match_index : reply->prev_index);
  }
  return out.str();
}

void write(std::ostringstream& out, const NodeState& node) {
  const Term term = node.durable.current_term;
  const NodeId vote = node.durable.voted_for;
  const Log& log = node.durable.log;
  out << "\n" << term << " " << static_cast<int>(vote) << " " << role_name(node.memory.role) << " "
      << node.memory.commit_index << " " << node.memory.last_applied << " [";
  for (Index index = 1; index <= log.last_index(); ++index) out << text(log.at(index)) << " ";
  out << "]";
  if (node.memory.role == Role::Candidate) out << " votes " << node.memory.votes_granted.bits();
  if (node.memory.role != Role::Leader) return;
  for (const Progress& progress : node.leading.progress) {
    out << " " << progress.next_index << "/" << progress.match_index << "/" << progress.sent_index;
  }
}

std::string text(const SmallCluster& cluster, bool with_applied) {
  std::ostringstream out;
  out << cluster.writes << " " << cluster.crashes << " " << cluster.duplicates << " "
      << cluster.changes;
  for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
    write(out, cluster.nodes[i]);
    if (cluster.crashed[i]) out << " crashed";
  }
  for (const auto& [text_of, message] : cluster.in_flight) out << "\n" << text_of;
  for (const auto& [term, leader] : cluster.led) out << "\nled " << term << " " << leader.first << " " << leader.second;
  for (const auto& [entry, term] : cluster.committed) out << "\ncommitted " << text(entry) << " in " << term;
  if (!with_applied) return out.str();
  for (const auto& [index, entries] : cluster.applied) {
    for (const auto& [entry, nodes] : entries) out << "\napplied " << index << " " << text(entry) << " " << nodes.bits();
  }
  return out.str();
}

class Naive {
 public:
  Naive(std::size_t nodes, const CoreSettings& settings, const search::Options& options)
      : count_(nodes), settings_(settings), bounds_(options.bounds),
        joint_(options.change_by == search::ChangeBy::JointConsensus) {}

  NaiveResult run();

 private:
  void expand(const SmallCluster& from);
  void act(const SmallCluster& from, std::size_t index, const Input& input, std::size_t received);
  void crash(const SmallCluster& from, std::size_t index);
  void change(const SmallCluster& from, std::size_t index);
  void finish(SmallCluster&& next, std::size_t index, const NodeState& before, const Effects& effects);
  void choose(SmallCluster next, std::vector<std::pair<std::string, Message>> in_flight);
  std::optional<Property> judge(SmallCluster& next, std::size_t index, const NodeState& before, const Effects& effects);
  bool limited() const { return settings_.rules.on(Rule::CommitOnlyNewEntries); }
  static constexpr std::size_t nothing = 1000;

  std::size_t count_;
  CoreSettings settings_;
  search::Bounds bounds_;
  bool joint_;
  std::set<std::string> seen_;
  std::vector<SmallCluster> found_;
  std::optional<Property> broken_;
};

NaiveResult Naive::run() {
  SmallCluster first;
  Effects effects;
  for (std::size_t i = 0; i < count_; ++i) {
    first.nodes.push_back(make_node(node_at(i), {.voters = NodeSet::first(count_), .next = {}, .learners = {}}));
    first.crashed.push_back(false);
    step(first.nodes.back(), settings_, {.kind = InputKind::Start}, effects);
  }
  NaiveResult result;
  choose(first, {});
  while (!found_.empty()) {
    const std::vector<SmallCluster> level = std::exchange(found_, {});
    for (const SmallCluster& cluster : level) {
      expand(cluster);
      if (broken_) return {static_cast<std::int64_t>(seen_.size()), result.depth + 1, broken_};
    }
    if (!found_.empty()) ++result.depth;
  }
  result.states = static_cast<std::int64_t>(seen_.size());
  return result;
}

void Naive::expand(const SmallCluster& from) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (!from.crashed[i]) continue;
    act(from, i, {.kind = InputKind::Start}, nothing);
    return;
  }
  for (std::size_t place = 0; place < from.in_flight.size(); ++place) {
    const Message& message = from.in_flight[place].second;
    act(from, index_of(message.to.node()), {.kind = InputKind::Receive, .message = &message}, place);
    if (from.duplicates >= bounds_.duplicates) continue;
    SmallCluster next = from;
    next.duplicates += 1;
    auto in_flight = from.in_flight;
    in_flight.push_back(in_flight[place]);
    choose(next, in_flight);
  }
  for (std::size_t i = 0; i < count_; ++i) {
    const NodeState& node = from.nodes[i];
    if (node.memory.role == Role::Leader) {
      act(from, i, {.kind = InputKind::HeartbeatTimeout}, nothing);
      Command command;
      command.kind = CommandKind::Write;
      command.client = ClientId{1};
      const Message ask{command.client, node.id, 0, ClientRequest{command}};
      if (from.writes < bounds_.entries) {
        SmallCluster asked = from;
        asked.writes += 1;
        act(asked, i, {.kind = InputKind::Receive, .message = &ask}, nothing);
      }
      change(from, i);
    } else if (node.durable.current_term < bounds_.terms) {
      act(from, i, {.kind = InputKind::ElectionTimeout}, nothing);
    }
    if (from.crashes < bounds_.crashes) crash(from, i);
  }
}

/// One node less, or one more; with joint consensus any other set.
void Naive::change(const SmallCluster& from, std::size_t index) {
  const NodeState& leader = from.nodes[index];
  if (from.changes >= bounds_.changes || change_refusal(leader, settings_).has_value()) return;
  for (const NodeState& other : from.nodes) {
    const bool newer = other.durable.current_term > leader.durable.current_term;
    if (other.memory.role == Role::Leader && newer) return;
  }
  const NodeSet now = leader.configuration.voters;
  for (unsigned bits = 1; bits < (1U << count_); ++bits) {
    const NodeSet wanted = NodeSet::from_bits(static_cast<std::uint16_t>(bits));
    const int distance = (wanted - now).count() + (now - wanted).count();
    if (distance == 0 || (distance > 1 && !joint_)) continue;
    SmallCluster asked = from;
    asked.changes += 1;
    const Configuration configuration =
        joint_ ? Configuration{now, wanted, {}} : Configuration{wanted, leader.configuration.next, {}};
    act(asked, index, {.kind = InputKind::Configure, .configuration = configuration}, nothing);
  }
}

void Naive::crash(const SmallCluster& from, std::size_t index) {
  SmallCluster next = from;
  NodeState& node = next.nodes[index];
  node.memory = Volatile{};
  node.leading = LeaderOnly{};
  if (!settings_.rules.on(Rule::VotePersisted)) node.durable.voted_for = no_node;
  if (!settings_.rules.on(Rule::TermAndLogPersisted)) node.durable = Durable{};
  std::ostringstream was;
  std::ostringstream is;
  write(was, from.nodes[index]);
  write(is, node);
  if (was.str() == is.str()) return;
  next.crashed[index] = true;
  next.crashes += 1;
  choose(next, from.in_flight);
}

void Naive::act(const SmallCluster& from, std::size_t index, const Input& input, std::size_t received) {
  SmallCluster next = from;
  next.crashed[index] = false;
  Effects effects;
  step(next.nodes[index], settings_, input, effects);
  if (received != nothing) next.in_flight.erase(next.in_flight.begin() + static_cast<std::ptrdiff_t>(received));
  finish(std::move(next), index, from.nodes[index], effects);
}

void Naive::finish(SmallCluster&& next, std::size_t index, const NodeState& before, const Effects& effects) {
  if (const auto broken = judge(next, index, before, effects)) {
    if (!broken_) broken_ = broken;
    return;
  }
  auto in_flight = next.in_flight;
  for (const Message& message : effects.messages) {
    if (!message.to.is_node()) continue;
    const std::string words = text(message, limited());
    const auto same = [&words](const auto& other) { return other.first == words; };
    if (std::none_of(in_flight.begin(), in_flight.end(), same)) in_flight.emplace_back(words, message);
  }
  choose(next, in_flight);
}

/// Loses what is too much, in every way.
void Naive::choose(SmallCluster next, std::vector<std::pair<std::string, Message>> in_flight) {
  if (in_flight.size() > static_cast<std::size_t>(bounds_.messages)) {
    for (std::size_t lost = 0; lost < in_flight.size(); ++lost) {
      auto fewer = in_flight;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(lost));
      choose(next, fewer);
    }
    return;
  }
  std::sort(in_flight.begin(), in_flight.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  next.in_flight = std::move(in_flight);
  if (seen_.insert(text(next, !settings_.rules.all_on())).second) found_.push_back(std::move(next));
}

/// Figure 3, word for word.
std::optional<Property> Naive::judge(SmallCluster& next, std::size_t index, const NodeState& before,
                                     const Effects& effects) {
  const NodeState& node = next.nodes[index];
  const Log& log = node.durable.log;
  const Term term = node.durable.current_term;
  const bool led = before.memory.role == Role::Leader && !next.crashed[index];
  const bool leads = node.memory.role == Role::Leader;
  if (led && effects.deleted_from != 0 && (leads || term == before.durable.current_term)) {
    return Property::LeaderAppendOnly;
  }
  for (Index i = 1; i <= log.last_index(); ++i) {
    for (const NodeState& other : next.nodes) {
      const Log& theirs = other.durable.log;
      if (i > theirs.last_index() || theirs.term_at(i) != log.term_at(i)) continue;
      if (theirs.at(i) != log.at(i) || theirs.term_at(i - 1) != log.term_at(i - 1)) return Property::LogMatching;
    }
  }
  const auto lacks = [](const NodeState& leader, Index i, const Entry& entry) {
    return i > leader.durable.log.last_index() || leader.durable.log.at(i) != entry;
  };
  if (leads && (!led || term != before.durable.current_term)) {
    const auto known = next.led.find(term);
    if (known != next.led.end() && known->second.first != index) return Property::ElectionSafety;
    next.led[term] = {index, log.last_index()};
    Index last = 0;
    for (std::size_t i = 0; i < next.committed.size(); ++i) {
      if (std::get<Term>(next.committed[i]) < term) last = static_cast<Index>(i) + 1;
    }
    for (Index i = 1; i <= last; ++i) {
      if (lacks(node, i, std::get<Entry>(next.committed[static_cast<std::size_t>(i) - 1]))) {
        return Property::LeaderCompleteness;
      }
    }
  }
  const auto known = static_cast<Index>(next.committed.size());
  const bool commits = leads || (led && term == before.durable.current_term);  // and may step down at that
  for (Index i = known + 1; commits && i <= std::min(node.memory.commit_index, log.last_index()); ++i) {
    next.committed.emplace_back(log.at(i), term);
  }
  const auto now = static_cast<Index>(next.committed.size());
  for (const auto& [later, leader] : next.led) {
    const NodeState& other = next.nodes[leader.first];
    if (now == known || later <= term) continue;
    const bool still = other.memory.role == Role::Leader && other.durable.current_term == later;
    for (Index i = known + 1; i <= now; ++i) {
      const bool lacking = still ? lacks(other, i, std::get<Entry>(next.committed[static_cast<std::size_t>(i) - 1]))
                                 : i > leader.second;
      if (lacking) return Property::LeaderCompleteness;
    }
  }
  for (const AppliedEntry& one : effects.applied) {
    if (one.index > log.last_index()) continue;
    const Entry entry = log.at(one.index);
    auto& entries = next.applied[one.index];
    NodeSet* appliers = nullptr;
    for (auto& [other, nodes] : entries) {
      if (other == entry) {
        appliers = &nodes;
      } else if (!(nodes - node.self()).empty()) {
        return Property::StateMachineSafety;
      }
    }
    if (appliers == nullptr) appliers = &entries.emplace_back(entry, NodeSet{}).second;
    appliers->add(node.id);
  }
  return std::nullopt;
}

}  // namespace

NaiveResult explore_naively(const search::Options& options) {
  CoreSettings settings = options.start.settings.core;
  if (options.bounds.changes > 0) settings.features.noop = true;
  return Naive(options.start.node_names.size(), settings, options).run();
}

}  // namespace raft::test
