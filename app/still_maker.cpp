// What makes a moment worth seeing, as points; no picture is drawn here.
#include "app/still_maker.h"

#include <algorithm>
#include <set>

namespace app {

using raft::NodeId;
using raft::walkthrough::Player;

namespace {

int messages_worth_seeing(const raft::sim::World& world) {
  int count = 0;
  for (const raft::sim::Flight& flight : world.network.flights()) {
    const raft::Message& message = flight.message;
    if (message.from.is_node() && message.to.is_node() && !raft::is_heartbeat(message)) ++count;
  }
  return count;
}

/// Differences are what is seen: between islands, logs, terms and roles.
int score_of(const raft::sim::World& world) {
  std::set<raft::Index> lengths;
  std::set<raft::Term> terms;
  int leaders = 0;
  int others = 0;  // neither leader nor follower, or down
  for (const NodeId node : world.all_nodes()) {
    const raft::NodeState& state = world.node(node);
    lengths.insert(state.durable.log.last_index());
    terms.insert(state.durable.current_term);
    const bool up = world.machine(node).up;
    if (up && state.memory.role == raft::Role::Leader) ++leaders;
    if (!up || (state.memory.role != raft::Role::Leader && state.memory.role != raft::Role::Follower)) ++others;
  }
  const auto islands = static_cast<int>(raft::sim::islands(world).size());
  const bool any_log = *lengths.rbegin() > 0;
  return 3 * std::min(islands - 1, 2) + 2 * std::min(messages_worth_seeing(world), 3) +
         2 * static_cast<int>(std::min<std::size_t>(lengths.size() - 1, 2)) + (any_log ? 2 : 0) +
         static_cast<int>(std::min<std::size_t>(terms.size() - 1, 2)) + 2 * std::min(leaders, 2) + std::min(others, 2);
}

}  // namespace

StillMaker::StillMaker(std::shared_ptr<const raft::walkthrough::Walkthrough> walkthrough)
    : player_(std::move(walkthrough)) {
  look();
}

void StillMaker::look() {
  const raft::sim::Timeline& run = player_.timeline();
  const int score = score_of(run.world());
  if (score <= best_score_) return;
  best_score_ = score;
  best_ = {run.world(), run.clock()};
}

bool StillMaker::play(int most) {
  for (int i = 0; i < most; ++i) {
    switch (player_.play_one()) {
      case Player::Progress::Event:
      case Player::Progress::Instant: break;
      case Player::Progress::StepEnded: look(); break;
      case Player::Progress::Ended:
      case Player::Progress::Failed: look(); return false;
    }
  }
  return true;
}

}  // namespace app
