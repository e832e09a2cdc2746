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
  explicit Replay(const sim::ClusterConfig& start)
      : world_(sim::make_world(start)), rules_(start.settings.core.rules), commands_(world_) {}

  void play(const Step& step);
  std::vector<sim::Intervention> done;

 private:
  void act(const sim::Intervention& intervention) {
    sim::intervene(world_, intervention, sim::Origin::Script, event_);
    done.push_back(intervention);
  }
  void write(const Step& step);
  sim::MessagePick pick(const std::vector<std::uint8_t>& message);
  bool is(const sim::Flight& flight, const std::vector<std::uint8_t>& message);

  sim::World world_;
  Rules rules_;
  Commands commands_;  // numbered as in the search; those of clients are the world's
  sim::Event event_;
  Bytes bytes_;
  int writes_ = 0;
};

bool Replay::is(const sim::Flight& flight, const std::vector<std::uint8_t>& message) {
  if (!is_explored(flight.message)) return false;
  encode(flight.message, rules_, commands_, bytes_);
  const View view = bytes_.view();
  return std::equal(view.begin(), view.end(), message.begin(), message.end());
}

/// The oldest that says the same; by its type and ends where that says which.
sim::MessagePick Replay::pick(const std::vector<std::uint8_t>& message) {
  const sim::Flight* found = nullptr;
  for (std::size_t i = 0; i < world_.network.in_flight(); ++i) {
    const sim::Flight& flight = world_.network.flight(i);
    if (is(flight, message) && (found == nullptr || flight.id < found->id)) found = &flight;
  }
  assert(found != nullptr);
  const sim::MessagePattern pattern{.types = sim::MessagePattern::Types::One,
                                    .type = found->message.type(),
                                    .any_from = false,
                                    .any_to = false,
                                    .from = found->message.from,
                                    .to = found->message.to};
  if (world_.network.oldest(pattern)->id == found->id) {
    return {.how = sim::MessagePick::How::Oldest, .id = sim::no_message, .pattern = pattern};
  }
  return {.how = sim::MessagePick::How::ById, .id = found->id, .pattern = {}};
}

void Replay::write(const Step& step) {
  ++writes_;
  const sim::CommandText text{.kind = CommandKind::Write, .key = "x", .value = std::to_string(writes_), .expected = {}};
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

void Replay::play(const Step& step) {
  NodeSet node;
  node.add(step.node);
  switch (step.kind) {
    case StepKind::Deliver: act(sim::DeliverMessage{pick(step.message)}); return;
    case StepKind::Duplicate: act(sim::DuplicateMessage{.pick = pick(step.message), .after = 0}); return;
    case StepKind::Timeout: act(sim::FireElectionTimer{step.node}); return;
    case StepKind::Heartbeat: act(sim::FireHeartbeatTimer{step.node}); return;
    case StepKind::Write: write(step); return;
    case StepKind::Crash: act(sim::Crash{node}); return;
    case StepKind::Restart: act(sim::Restart{node}); return;
  }
}

}  // namespace

std::vector<sim::Intervention> replay(const Counterexample& counterexample) {
  Replay world(counterexample.start);
  for (const Step& step : counterexample.steps) world.play(step);
  return std::move(world.done);
}

}  // namespace raft::search
