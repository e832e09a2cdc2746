// The parts of Chaos that are about messages, members, sessions and what clients ask.
#include <algorithm>

#include "raft/search/chaos.h"

namespace raft::search {

namespace {

using sim::Intervention;

/// So many nodes at most that a search for what went wrong stays readable.
constexpr std::size_t most_nodes = 9;
constexpr std::size_t most_voters = 7;

bool is_of_client(const Message& message) { return message.from.is_client() || message.to.is_client(); }

}  // namespace

/// A message in flight: by what it is if no older one is the same, so that it is found again when other things have
/// been left out; otherwise by its number.
std::optional<sim::MessagePick> Chaos::message(const sim::World& world) {
  if (world.network.in_flight() == 0) return std::nullopt;
  const sim::Flight& flight = world.network.flight(picks_.pick(world.network.in_flight()));
  sim::MessagePick pick;
  pick.how = sim::MessagePick::How::Oldest;
  pick.pattern.types = sim::MessagePattern::Types::One;
  pick.pattern.type = flight.message.type();
  pick.pattern.any_from = pick.pattern.any_to = false;
  pick.pattern.from = flight.message.from;
  pick.pattern.to = flight.message.to;
  const sim::Flight* oldest = world.network.oldest(pick.pattern);
  if (oldest == nullptr || oldest->id != flight.id) return sim::MessagePick{sim::MessagePick::How::ById, flight.id, {}};
  return pick;
}

sim::MessagePattern Chaos::link_pattern(const sim::World& world) {
  static constexpr std::array<MessageType, 6> types = {MessageType::RequestVote,        MessageType::RequestVoteReply,
                                                       MessageType::AppendEntries,      MessageType::AppendEntriesReply,
                                                       MessageType::InstallSnapshot, MessageType::InstallSnapshotReply};
  sim::MessagePattern pattern;
  if (!picks_.one_in(4)) {
    pattern.types = sim::MessagePattern::Types::One;
    pattern.type = types[picks_.pick(types.size())];
  }
  pattern.any_from = pattern.any_to = false;
  const NodeId from = node(world);
  pattern.from = from;
  pattern.to = other_than(from, world);
  return pattern;
}

/// What a message carries, compared with what there is in the cluster: its entries, their terms, its own term.
sim::MessageCondition Chaos::comparison(const sim::World& world) {
  static constexpr std::array<sim::Comparison, 6> comparisons = {sim::Comparison::Equal,   sim::Comparison::NotEqual,
                                                                 sim::Comparison::Less,    sim::Comparison::LessOrEqual,
                                                                 sim::Comparison::Greater, sim::Comparison::GreaterOrEqual};
  sim::MessageCondition compare;
  compare.field = sim::message_field_table[picks_.pick(sim::message_field_table.size())].field;
  compare.comparison = comparisons[picks_.pick(comparisons.size())];
  compare.number = compare.field == sim::MessageField::Entries ? picks_.from(0, 2)
                                                               : world.node(node(world)).durable.current_term;
  return compare;
}

/// On one link or on all links to one node: what it carries makes it narrow enough.
sim::DropEvery Chaos::drop_when(const sim::World& world) {
  sim::DropEvery what{link_pattern(world), comparison(world)};
  if (picks_.one_in(3)) {
    what.pattern.any_from = true;
    what.pattern.from = {};  // as the language reads `*`
  }
  if (picks_.one_in(3)) {
    const auto kind = picks_.one_in(2) ? sim::MessageCondition::Kind::And : sim::MessageCondition::Kind::Or;
    what.when = sim::MessageCondition{.kind = kind, .parts = {*what.when, comparison(world)}};
  }
  if (picks_.one_in(5)) what.when = sim::MessageCondition{.kind = sim::MessageCondition::Kind::Not, .parts = {*what.when}};
  return what;
}

std::optional<Intervention> Chaos::on_messages(Fault fault, const sim::World& world) {
  if (fault == Fault::DropEvery && world.node_count() > 1) return sim::DropEvery{link_pattern(world)};
  if (fault == Fault::DropWhen && world.node_count() > 1) return drop_when(world);
  if (fault != Fault::Drop && fault != Fault::Delay && fault != Fault::Deliver && fault != Fault::Duplicate) {
    return std::nullopt;
  }
  const std::optional<sim::MessagePick> pick = message(world);
  if (!pick) return std::nullopt;
  if (fault == Fault::Drop) return sim::DropMessage{*pick};
  if (fault == Fault::Deliver) return sim::DeliverMessage{*pick};
  const sim::Time time = picks_.from(1, 400) * sim::Time{1000};
  if (fault == Fault::Delay) return sim::DelayMessage{*pick, time};
  // A request that arrives twice is done twice, unless there are sessions.
  const sim::Flight* flight = pick->how == sim::MessagePick::How::ById ? world.network.find(pick->id)
                                                                        : world.network.oldest(pick->pattern);
  if (is_of_client(flight->message) && !world.settings.sessions) return std::nullopt;
  return sim::DuplicateMessage{*pick, time};
}

std::optional<Intervention> Chaos::on_members(Fault fault, const sim::World& world) {
  switch (fault) {
    case Fault::Members: return change_member(world);
    case Fault::Learners: return change_learner(world);
    case Fault::Joint: {
      sim::Reconfigure what;
      const std::int32_t count = picks_.from(1, 5);
      for (std::int32_t i = 0; i < count; ++i) {
        std::string wanted = name(world);
        if (std::find(what.names.begin(), what.names.end(), wanted) == what.names.end()) what.names.push_back(wanted);
      }
      return what;
    }
    case Fault::Transfer: return sim::TransferLeadership{node(world)};
    case Fault::Snapshot: {
      const NodeId which = node(world);
      const Index applied = world.node(which).memory.last_applied;
      const auto before = static_cast<Index>(picks_.pick(4));
      return sim::CompactLog{which, picks_.one_in(2) || applied <= before ? 0 : applied - before};
    }
    case Fault::Expire: {
      if (!world.settings.sessions) return std::nullopt;
      const auto client = static_cast<ClientId>(1 + picks_.pick(static_cast<std::uint64_t>(plan_.clients)));
      if (picks_.one_in(3)) return sim::OpenSession{client};
      return sim::ExpireSession{client};
    }
    default: return std::nullopt;
  }
}

/// One that exists or, as long as there are few, a new one.
std::string Chaos::name(const sim::World& world) {
  if (world.node_count() < most_nodes && picks_.one_in(4)) return "N" + std::to_string(picks_.pick(3) + 1);
  return world.name(node(world));
}

std::optional<Intervention> Chaos::change_member(const sim::World& world) {
  const NodeId leader = current_leader(world);
  if (leader == no_node) return std::nullopt;
  const NodeSet voters = world.node(leader).configuration.voters;
  const bool add = voters.count() < 2 || (static_cast<std::size_t>(voters.count()) < most_voters && picks_.one_in(2));
  if (picks_.one_in(2)) fault_at_ = world.now + picks_.about(30'000);  // another one soon, while this is under way
  if (!add) {
    if (picks_.one_in(3)) return sim::RemoveNode{leader};
    return sim::RemoveNode{*one_of(voters)};
  }
  const std::optional<NodeId> outside = one_of(world.all_nodes() - voters);
  if (outside && !picks_.one_in(3)) return sim::AddNode{world.name(*outside)};
  return sim::AddNode{name(world)};
}

std::optional<Intervention> Chaos::change_learner(const sim::World& world) {
  const NodeId leader = current_leader(world);
  if (leader == no_node) return std::nullopt;
  const Configuration& now = world.node(leader).configuration;
  const std::optional<NodeId> learner = one_of(now.learners);
  const bool room = static_cast<std::size_t>(now.voters.count()) < most_voters;
  if (learner && room && picks_.one_in(2)) return sim::PromoteLearner{*learner};
  return sim::AddLearner{name(world)};
}

/// Values that are written are all different: then an answer says what it has seen.
std::optional<Intervention> Chaos::ask(const sim::World& world, ClientId client) {
  const sim::Client* known = world.client(client);
  const bool unanswered = known != nullptr && (known->status == sim::ClientStatus::TimedOut ||
                                               known->status == sim::ClientStatus::Failed ||
                                               known->status == sim::ClientStatus::Redirected);
  if (unanswered && world.settings.sessions && picks_.one_in(2)) return sim::RetryClient{client};
  const std::string key(1, static_cast<char>('x' + picks_.pick(2)));
  const std::string value = "v" + std::to_string(++values_);
  sim::ClientAsk what;
  what.by = client;
  if (picks_.one_in(5)) what.to = node(world);
  switch (picks_.pick(8)) {
    case 0:
    case 1:
    case 2: what.command = {CommandKind::Read, key, "", ""}; break;
    case 3: what.command = {CommandKind::Increment, "z", "", ""}; break;
    case 4: what.command = {CommandKind::Read, "z", "", ""}; break;
    case 5:
      what.command = {CommandKind::CompareAndSet, key, value, "v" + std::to_string(values_ - picks_.from(1, 6))};
      break;
    default: what.command = {CommandKind::Write, key, value, ""}; break;
  }
  return what;
}

}  // namespace raft::search
