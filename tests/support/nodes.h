// A few nodes without a world around them: inputs by hand, messages carried by hand. For tests of the core.
// Nothing here knows of time or of a network.
#pragma once

#include <deque>
#include <initializer_list>
#include <vector>

#include "raft/core/step.h"
#include "tests/support/rule_off.h"

namespace raft::test {

inline constexpr NodeId A{0};
inline constexpr NodeId B{1};
inline constexpr NodeId C{2};
inline constexpr NodeId D{3};
inline constexpr NodeId E{4};
inline constexpr ClientId c1{1};
inline constexpr ClientId c2{2};

inline NodeSet set_of(std::initializer_list<NodeId> nodes) {
  NodeSet set;
  for (const NodeId node : nodes) set.add(node);
  return set;
}

inline Configuration voters(NodeSet nodes) { return {.voters = nodes, .next = {}, .learners = {}}; }

/// The answer of a node that has taken one entry and so holds all up to this one.
inline AppendEntriesReply stored_up_to(Index index) {
  return {.success = true, .prev_index = index - 1, .match_index = index};
}

/// key = number; the key stands for nothing but itself.
inline Command write(std::int64_t number, std::uint32_t key = 0) {
  Command command;
  command.kind = CommandKind::Write;
  command.key = static_cast<SymbolId>(key);
  command.value = Value::number(number);
  return command;
}

inline Command read_of(std::uint32_t key = 0) {
  Command command;
  command.kind = CommandKind::Read;
  command.key = static_cast<SymbolId>(key);
  return command;
}

/// The only command ever given to this index in this term, so that entries with equal ids are equal.
inline Entry entry_for(Index index, Term term) { return {term, write(index * 1000 + term)}; }

/// One node and what its last step asked for.
class Node {
 public:
  explicit Node(int cluster_size = 3, NodeId id = A)
      : state(make_node(id, {.voters = NodeSet::first(static_cast<std::size_t>(cluster_size)), .next = {}, .learners = {}})) {
    settings.rules = rules_under_test();
  }

  NodeState state;
  CoreSettings settings;
  Effects effects;
  LocalTime now = 1'000'000;  // what its clock shows

  // How a test finds it.
  Node& term(Term term) { return state.durable.current_term = term, *this; }
  Node& voted(NodeId node) { return state.durable.voted_for = node, *this; }
  /// One entry for each term given.
  Node& log(std::initializer_list<Term> terms) {
    for (const Term term : terms) {
      state.durable.log.append(entry_for(state.durable.log.last_index() + 1, term));
    }
    return *this;
  }
  Node& commit(Index index) { return state.memory.commit_index = state.memory.last_applied = index, *this; }
  Node& off(Rule rule) { return settings.rules.set(rule, false), *this; }
  /// Makes it the candidate, or the leader, of the term after its current one, as an election would.
  Node& candidate() { return timeout(); }
  Node& leader() {
    timeout();
    for (const NodeId peer : state.electors()) {  // with pre-vote
      if (state.memory.role != Role::PreCandidate) break;
      receive(peer, state.durable.current_term, PreVoteReply{state.durable.current_term + 1, true});
    }
    for (const NodeId peer : state.peers()) {
      if (state.memory.role == Role::Leader) break;
      receive(peer, state.durable.current_term, RequestVoteReply{true});
    }
    return *this;
  }

  // What happens to it.
  Node& wait(LocalTime time) { return now += time, *this; }
  Node& start() { return act({.kind = InputKind::Start}); }
  Node& timeout() { return act({.kind = InputKind::ElectionTimeout}); }
  Node& transfer(NodeId target) { return act({.kind = InputKind::Transfer, .target = target}); }
  Node& configure(const Configuration& wanted) { return act({.kind = InputKind::Configure, .configuration = wanted}); }
  Node& take_snapshot(Index index = 0) { return act({.kind = InputKind::TakeSnapshot, .index = index}); }
  Node& written(Index last) { return act({.kind = InputKind::Written, .index = last}); }
  Node& heartbeat() { return act({.kind = InputKind::HeartbeatTimeout}); }
  Node& receive(const Message& message) { return act({.kind = InputKind::Receive, .message = &message}); }
  Node& receive(Endpoint from, Term term, Message::Body body) {
    return receive(Message{from, state.id, term, std::move(body)});
  }
  Node& ask(ClientId client, Command command, Serial serial = 1) {
    command.client = client;
    command.serial = serial;
    return receive(client, 0, ClientRequest{command});
  }
  /// AppendEntries with one entry for each term given.
  Node& append(NodeId leader, Term term, EntryId prev, std::initializer_list<Term> terms, Index leader_commit = 0) {
    AppendEntries request{prev, leader_commit, {}};
    Index index = prev.index;
    for (const Term entry_term : terms) request.entries.push_back(entry_for(++index, entry_term));
    return receive(leader, term, request);
  }

  // What is seen of it.
  Role role() const { return state.memory.role; }
  Term term() const { return state.durable.current_term; }
  NodeId vote() const { return state.durable.voted_for; }
  Index commit() const { return state.memory.commit_index; }
  Index applied() const { return state.memory.last_applied; }
  std::vector<Term> log() const {
    std::vector<Term> terms;
    for (Index i = state.durable.log.first_index(); i <= state.durable.log.last_index(); ++i) terms.push_back(state.durable.log.term_at(i));
    return terms;
  }
  const Progress& progress(NodeId peer) const { return state.leading.progress[index_of(peer)]; }
  bool gave(ReasonCode code) const {
    for (const Reason& reason : effects.reasons) {
      if (reason.code == code) return true;
    }
    return false;
  }
  bool gave(const Reason& wanted) const {
    for (const Reason& reason : effects.reasons) {
      if (reason == wanted) return true;
    }
    return false;
  }
  bool timer_reset() const { return effects.election_timer == TimerAction::Arm; }
  /// The messages of one kind that the last step sent, to one end or to all.
  template <typename Body>
  std::vector<Message> sent() const {
    std::vector<Message> found;
    for (const Message& message : effects.messages) {
      if (std::holds_alternative<Body>(message.body)) found.push_back(message);
    }
    return found;
  }
  template <typename Body>
  const Body* sent_to(Endpoint to) const {
    for (const Message& message : effects.messages) {
      if (message.to == to && std::holds_alternative<Body>(message.body)) return &std::get<Body>(message.body);
    }
    return nullptr;
  }
  /// The last step answered: it granted its vote, or it refused it; same for AppendEntries.
  bool granted(NodeId candidate) const {
    const auto* reply = sent_to<RequestVoteReply>(candidate);
    return reply != nullptr && reply->granted;
  }
  bool refused_vote(NodeId candidate) const {
    const auto* reply = sent_to<RequestVoteReply>(candidate);
    return reply != nullptr && !reply->granted;
  }
  bool accepted(NodeId leader) const {
    const auto* reply = sent_to<AppendEntriesReply>(leader);
    return reply != nullptr && reply->success;
  }
  bool refused_append(NodeId leader) const {
    const auto* reply = sent_to<AppendEntriesReply>(leader);
    return reply != nullptr && !reply->success;
  }

 private:
  Node& act(Input input) {
    input.local_time = now;
    step(state, settings, input, effects);
    return *this;
  }
};

/// Several nodes and what they have sent to each other. Messages are delivered in the order of sending,
/// among the nodes that a test names; the others lose theirs.
class Group {
 public:
  explicit Group(int size) {
    for (int i = 0; i < size; ++i) nodes_.emplace_back(size, node_at(static_cast<std::size_t>(i)));
  }
  Node& operator[](NodeId node) { return nodes_[index_of(node)]; }
  std::size_t size() const { return nodes_.size(); }

  void timeout(NodeId node) { keep((*this)[node].timeout()); }
  void heartbeat(NodeId node) { keep((*this)[node].heartbeat()); }
  void ask(NodeId node, Command command) { keep((*this)[node].ask(c1, command)); }
  void restart(NodeId node) { keep((*this)[node].start()); }

  /// Carries all messages between `among`, and what follows from them, until there are none.
  void deliver(NodeSet among) {
    while (!on_the_way_.empty()) {
      const Message message = on_the_way_.front();
      on_the_way_.pop_front();
      if (!message.to.is_node() || !message.from.is_node()) continue;
      if (!among.contains(message.to.node()) || !among.contains(message.from.node())) continue;
      keep((*this)[message.to.node()].receive(message));
    }
  }
  void lose_all() { on_the_way_.clear(); }
  /// A round of heartbeats of the leader `node` among the nodes given.
  void round(NodeId node, NodeSet among) {
    heartbeat(node);
    deliver(among);
  }

 private:
  void keep(const Node& node) {
    for (const Message& message : node.effects.messages) on_the_way_.push_back(message);
  }
  std::vector<Node> nodes_;
  std::deque<Message> on_the_way_;
};

}  // namespace raft::test
