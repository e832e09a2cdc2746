// Dispatch and the rules for all servers (Figure 2). The decisions are in the files beside this one.
#include "raft/core/step.h"

#include <algorithm>
#include <cassert>
#include <functional>

#include "raft/core/decisions.h"
#include "raft/core/overloaded.h"

namespace raft {

const char* role_name(Role role) {
  switch (role) {
    case Role::Follower: return "follower";
    case Role::Candidate: return "candidate";
    case Role::Leader: return "leader";
    case Role::PreCandidate: return "pre_candidate";
  }
  return "";
}

NodeState make_node(NodeId id, const Configuration& configuration) {
  NodeState node;
  node.id = id;
  node.first_configuration = configuration;
  node.configuration = configuration;
  return node;
}

namespace {

void start(Step& step) {
  NodeState& node = step.node;
  const bool first_start = node.durable.current_term == 0 && node.durable.log.last_index() == 0;
  // §5.1, Figure 2: only the persistent state survives; commitIndex and lastApplied start at 0 again.
  node.memory = Volatile{};
  node.leading = LeaderOnly{};
  restore_from_snapshot(step);
  rebuild_configuration(step);
  // Follows from dissertation 6.4.1: the lease that this node has granted goes on while it restarts.
  if (step.features().reads == ReadMode::Lease) node.memory.leader_heard_at = step.now;
  // §5.2: when servers start up, they begin as followers.
  step.effects.election_timer = TimerAction::Arm;
  step.effects.heartbeat_timer = TimerAction::Stop;
  if (first_start) {
    step.why(ReasonCode::Started);
  } else {
    step.why(ReasonCode::Restarted,
             {node.durable.current_term, node.durable.voted_for, node.durable.log.last_index()});
  }
}

void election_timeout(Step& step) {
  if (step.node.memory.role == Role::Leader) {
    step.why(ReasonCode::LeaderHasNoTimeout, {step.node.durable.current_term});
    return;
  }
  if (!may_start_election(step.node)) {
    step.why(ReasonCode::HasNoVote);
    step.effects.election_timer = TimerAction::Arm;
    return;
  }
  if (step.features().pre_vote) {
    ask_before_election(step);
  } else {
    start_election(step);
  }
}

void lead_on(Step& step) {
  abort_overdue_transfer(step);
  if (step.features().check_quorum) step_down_without_quorum(step);
  if (step.node.memory.role == Role::Leader) send_heartbeats(step);
}

void heartbeat_timeout(Step& step) {
  switch (step.node.memory.role) {
    case Role::Leader: lead_on(step); return;
    case Role::PreCandidate:
    case Role::Candidate: ask_silent_voters_again(step); return;
    case Role::Follower: return;  // stopped by the step down; a late firing means nothing
  }
}

/// §5.1: "If a server receives a request with a stale term number, it rejects the request."
bool reject_stale_term(Step& step, const Message& message) {
  const Term ours = step.node.durable.current_term;
  if (message.term >= ours) return false;
  if (message.type() == MessageType::RequestVoteReply && !step.rule(Rule::CountOnlyCurrentVotes)) return false;
  // Dissertation 9.6: who would vote for a higher term is still in its own, which may be lower than ours.
  if (message.type() == MessageType::PreVoteReply) return false;
  if (is_request_of_a_node(message.type()) && !step.rule(Rule::RejectStaleTerm)) return false;
  step.why(ReasonCode::StaleTerm, {message.term, ours});
  // The rejection carries our term: §5.1, "if one server's current term is smaller […] it updates".
  if (message.type() == MessageType::RequestVote) step.send(message.from, RequestVoteReply{false});
  // It names no request: a reply of our term that did could be taken for a refusal for the log's sake by a
  // sender that leads our term by now.
  if (message.type() == MessageType::AppendEntries) step.send(message.from, AppendEntriesReply{});
  if (const auto* install = std::get_if<InstallSnapshot>(&message.body)) {
    step.send(message.from, InstallSnapshotReply{.last = install->last, .next_chunk = install->chunk});
  }
  return true;
}

void receive(Step& step, const Message& message) {
  if (const auto* request = std::get_if<ClientRequest>(&message.body)) {
    handle_client_request(step, message, *request);
    return;
  }
  if (!message.from.is_node() || message.type() == MessageType::ClientReply) return;  // not for a node
  if (ignore_disruptive_candidate(step, message)) return;
  if (const auto* request = std::get_if<PreVote>(&message.body)) {
    handle_pre_vote(step, message, *request);  // before terms are compared: it changes nothing here
    return;
  }
  // Figure 2, rules for all servers: a higher term in any RPC makes this node a follower of that term.
  if (message.term > step.node.durable.current_term) adopt_term(step, message.term);
  if (reject_stale_term(step, message)) return;
  switch (message.type()) {
    case MessageType::RequestVote: handle_request_vote(step, message, std::get<RequestVote>(message.body)); return;
    case MessageType::RequestVoteReply:
      handle_request_vote_reply(step, message, std::get<RequestVoteReply>(message.body));
      return;
    case MessageType::AppendEntries:
      handle_append_entries(step, message, std::get<AppendEntries>(message.body));
      return;
    case MessageType::AppendEntriesReply:
      handle_append_entries_reply(step, message, std::get<AppendEntriesReply>(message.body));
      return;
    case MessageType::PreVoteReply:
      handle_pre_vote_reply(step, message, std::get<PreVoteReply>(message.body));
      return;
    case MessageType::InstallSnapshot:
      handle_install_snapshot(step, message, std::get<InstallSnapshot>(message.body));
      return;
    case MessageType::InstallSnapshotReply:
      handle_install_snapshot_reply(step, message, std::get<InstallSnapshotReply>(message.body));
      return;
    case MessageType::TimeoutNow: handle_timeout_now(step, message); return;
    case MessageType::PreVote:
    case MessageType::ClientRequest:
    case MessageType::ClientReply: return;
  }
}

bool counts(std::int32_t number) { return number >= 0 && number < max_count; }
bool counts(EntryId id) { return counts(id.index) && counts(id.term); }

/// The entries are not looked at one by one: their terms are only ever compared.
bool within_bounds(const Message& message) {
  const auto visitor = Overloaded{
      [](const RequestVote& request) { return counts(request.last_log); },
      [](const AppendEntries& request) {
        const auto room = static_cast<std::size_t>(max_count - std::max(request.prev_log.index, 0));
        return counts(request.prev_log) && counts(request.leader_commit) && counts(request.round) &&
               request.entries.size() < room;
      },
      [](const AppendEntriesReply& reply) {
        return counts(reply.prev_index) && counts(reply.match_index) && counts(reply.conflict) && counts(reply.round);
      },
      [](const PreVote& request) { return counts(request.next_term) && counts(request.last_log); },
      [](const PreVoteReply& reply) { return counts(reply.next_term); },
      [](const InstallSnapshot& request) {
        return counts(request.last) && counts(request.chunk) && counts(request.chunks) && counts(request.round) &&
               request.content != nullptr;
      },
      [](const InstallSnapshotReply& reply) {
        return counts(reply.last) && counts(reply.next_chunk) && counts(reply.round);
      },
      [](const auto&) { return true; },
  };
  return counts(message.term) && std::visit(visitor, message.body);
}

bool within_bounds(const NodeState& node) {
  return index_of(node.id) < max_nodes && counts(node.durable.current_term) && counts(node.durable.log.last_index()) &&
         counts(node.leading.round);
}

/// Addresses of different objects are in order by std::less alone.
template <typename Object>
bool is_inside(const std::vector<Message>& messages, const Object* object) {
  const void* const address = object;
  const void* const end = messages.data() + messages.size();
  return !std::less<>{}(address, messages.data()) && std::less<>{}(address, end);
}

}  // namespace

void step(NodeState& node, const CoreSettings& settings, const Input& input, Effects& effects) {
  assert(within_bounds(node) && settings.batch >= 0);
  assert(input.local_time >= 0 && input.local_time <= max_local_time);
  assert(input.kind != InputKind::Receive || input.message != nullptr);
  assert(input.message == nullptr || (!is_inside(effects.messages, input.message) && within_bounds(*input.message)));
  assert(input.kind != InputKind::Propose || input.command != nullptr);
  assert(input.command == nullptr || !is_inside(effects.messages, input.command));
  effects.clear();
  Step step{node, settings, effects, input.local_time};
  switch (input.kind) {
    case InputKind::Start: start(step); return;
    case InputKind::ElectionTimeout: election_timeout(step); return;
    case InputKind::HeartbeatTimeout: heartbeat_timeout(step); return;
    case InputKind::Receive: receive(step, *input.message); return;
    case InputKind::Configure: change_configuration(step, input.configuration); return;
    case InputKind::TakeSnapshot: take_snapshot(step, input.index); return;
    case InputKind::Transfer: start_transfer(step, input.target); return;
    case InputKind::Propose: propose(step, *input.command); return;
    case InputKind::Written: entries_written(step, input.index); return;
  }
}

}  // namespace raft
