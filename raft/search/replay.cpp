// From the steps of a counterexample to interventions on a world. The world is played along, to know its messages.
#include <algorithm>
#include <cassert>

#include "raft/search/codec.h"
#include "raft/search/explorer.h"
#include "raft/sim/advance.h"

namespace raft::search {

namespace {

class Replay {
 public:
  /// `needed`: the messages that matter, if that is known already.
  explicit Replay(const Counterexample& what, std::vector<sim::MessageId> needed = {})
      : used(std::move(needed)),
        world_(sim::make_world(what.start)),
        rules_(what.start.settings.core.rules),
        commands_(what.commands),
        texts_at_start_(world_.symbols.size()) {}

  void play(const Step& step);
  std::vector<sim::Intervention> done;
  std::vector<sim::MessageId> used;  // delivered or copied

 private:
  void act(const sim::Intervention& intervention) {
    sim::intervene(world_, intervention, sim::Origin::Script, event_);
    done.push_back(intervention);
  }
  void write(const Step& step);
  std::string next_word();
  sim::Intervention change(const Configuration& wanted) const;
  sim::MessagePick pick(const std::vector<std::uint8_t>& message);
  bool is(const sim::Flight& flight, const std::vector<std::uint8_t>& message);

  sim::World world_;
  Rules rules_;
  Commands commands_;  // numbered as in the search; those of clients are the world's
  std::size_t texts_at_start_ = 0;
  sim::Event event_;
  Bytes bytes_;
  std::string last_word_;
};

/// a, b, c, …: what the given logs do not hold.
std::string Replay::next_word() {
  const auto is_given = [this](const std::string& word) {
    for (std::size_t i = 0; i < texts_at_start_; ++i) {
      if (world_.symbols.text(static_cast<SymbolId>(i)) == word) return true;
    }
    return false;
  };
  do {
    if (last_word_.empty() || last_word_.back() == 'z') {
      last_word_ += 'a';
    } else {
      ++last_word_.back();
    }
  } while (is_given(last_word_));
  return last_word_;
}

bool Replay::is(const sim::Flight& flight, const std::vector<std::uint8_t>& message) {
  if (!is_explored(flight.message)) return false;
  encode(flight.message, rules_, commands_, bytes_);
  const View view = bytes_.view();
  return std::equal(view.begin(), view.end(), message.begin(), message.end());
}

/// The oldest that says the same. It is named by its type and ends: older ones of those that will never be needed
/// are dropped first. Only where that does not help, it is named by its number.
sim::MessagePick Replay::pick(const std::vector<std::uint8_t>& message) {
  const sim::Flight* found = nullptr;
  for (const sim::Flight& flight : world_.network.flights()) {
    if (is(flight, message) && (found == nullptr || flight.id < found->id)) found = &flight;
  }
  assert(found != nullptr);
  const sim::MessagePattern pattern{.types = sim::MessagePattern::Types::One,
                                    .type = found->message.type(),
                                    .any_from = false,
                                    .any_to = false,
                                    .from = found->message.from,
                                    .to = found->message.to};
  const sim::MessageId id = found->id;
  const sim::MessagePick oldest{.how = sim::MessagePick::How::Oldest, .id = sim::no_message, .pattern = pattern};
  const auto is_used = [this](sim::MessageId one) { return std::find(used.begin(), used.end(), one) != used.end(); };
  while (is_used(id) && world_.network.oldest(pattern)->id != id && !is_used(world_.network.oldest(pattern)->id)) {
    act(sim::DropMessage{oldest});
  }
  if (!is_used(id)) used.push_back(id);
  if (world_.network.oldest(pattern)->id == id) return oldest;
  return {.how = sim::MessagePick::How::ById, .id = id, .pattern = {}};
}

void Replay::write(const Step& step) {
  const std::string word = next_word();
  const sim::CommandText text{.kind = CommandKind::Write, .key = word, .value = word, .expected = {}};
  act(sim::ClientAsk{.command = text, .to = step.node});
  const sim::MessagePattern request{.types = sim::MessagePattern::Types::One,
                                    .type = MessageType::ClientRequest,
                                    .any_from = true,
                                    .any_to = false,
                                    .from = {},
                                    .to = step.node};
  act(sim::DeliverMessage{{.how = sim::MessagePick::How::Oldest, .id = sim::no_message, .pattern = request}});
  const Log& log = world_.node(step.node).durable.log;
  commands_.name(step.command, log.at(log.last_index()).command);
}

/// The operator's words for it.
sim::Intervention Replay::change(const Configuration& wanted) const {
  const Configuration& now = world_.node(sim::current_leader(world_)).configuration;
  if (wanted.joint()) {
    sim::Reconfigure all;
    for (const NodeId node : wanted.next) all.names.push_back(world_.name(node));
    return all;
  }
  for (const NodeId node : wanted.voters - now.voters) return sim::AddNode{world_.name(node)};
  return sim::RemoveNode{*(now.members() - wanted.members()).begin()};
}

void Replay::play(const Step& step) {
  NodeSet node;
  node.add(step.node);
  switch (step.kind) {
    case StepKind::Deliver: act(sim::DeliverMessage{pick(step.message)}); return;
    case StepKind::Duplicate: act(sim::DuplicateMessage{.pick = pick(step.message), .after = 0}); return;
    case StepKind::Timeout: act(sim::FireElectionTimer{step.node}); return;
    case StepKind::Heartbeat: act(sim::FireHeartbeatTimer{step.node}); return;
    case StepKind::Write: write(step); return;
    case StepKind::Change: act(change(commands_.command(step.command).configuration)); return;
    case StepKind::Crash: act(sim::Crash{node}); return;
    case StepKind::Restart: act(sim::Restart{node}); return;
  }
}

}  // namespace

std::vector<sim::Intervention> replay(const Counterexample& counterexample) {
  Replay first(counterexample);
  for (const Step& step : counterexample.steps) first.play(step);
  Replay second(counterexample, std::move(first.used));
  for (const Step& step : counterexample.steps) second.play(step);
  return std::move(second.done);
}

}  // namespace raft::search
