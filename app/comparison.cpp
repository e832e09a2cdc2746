// The second run never changes the first: it is a copy, and what is played on it is forgotten with it.
#include "app/comparison.h"

#include <algorithm>

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/suggest.h"

namespace app {

using raft::check::BranchId;
using raft::check::CheckedRun;
using raft::sim::Setting;
using raft::sim::Timeline;

namespace {

constexpr std::size_t checkpoint_budget = std::size_t{24} << 20U;
constexpr auto toggles = std::to_array<Setting>({Setting::PreVote, Setting::CheckQuorum, Setting::Noop, Setting::FastRepair,
                                                 Setting::Sessions, Setting::ClientRetry});
constexpr auto sizes = std::to_array<int>({3, 5, 7});

void resize(raft::sim::ClusterConfig& config, int nodes) {
  const auto count = static_cast<std::size_t>(nodes);
  std::vector<std::string>& names = config.node_names;
  names.resize(std::min(names.size(), count));
  for (char letter = 'A'; names.size() < count; ++letter) {
    if (std::find(names.begin(), names.end(), std::string(1, letter)) == names.end()) names.emplace_back(1, letter);
  }
}

raft::sim::ClusterConfig changed(raft::sim::ClusterConfig config, const Change& change) {
  if (change.toggled) {
    const bool on = value_of(config.settings, *change.toggled).first != 0;
    assign(config.settings, *change.toggled, {on ? 0 : 1, 0});
  }
  if (change.nodes > 0) resize(config, change.nodes);
  return config;
}

bool in_same_state(const raft::sim::World& one, const raft::sim::World& other, raft::NodeId id) {
  const raft::NodeState& a = one.node(id);
  const raft::NodeState& b = other.node(id);
  const raft::Log& log = a.durable.log;
  return one.machine(id).up == other.machine(id).up && a.memory.role == b.memory.role &&
         a.durable.current_term == b.durable.current_term && a.durable.voted_for == b.durable.voted_for &&
         a.memory.commit_index == b.memory.commit_index && log.last_index() == b.durable.log.last_index() &&
         log.last_term() == b.durable.log.last_term();
}

}  // namespace

std::vector<Change> changes_of(const raft::sim::ClusterConfig& config) {
  std::vector<Change> changes;
  changes.reserve(toggles.size() + sizes.size());
  for (const Setting toggled : toggles) changes.push_back({.toggled = toggled});
  // States that are given, learners and clocks of their own belong to the nodes there are.
  if (!config.given.empty() || !config.learner_names.empty() || !config.clocks.empty()) return changes;
  for (const int nodes : sizes) {
    if (config.node_names.size() != static_cast<std::size_t>(nodes)) changes.push_back({.nodes = nodes});
  }
  return changes;
}

bool Comparison::can_stand_beside(const Session& session, BranchId branch) {
  if (branch == session.branches().current_id()) return false;
  const bool of_walkthrough = branch == raft::check::trunk && session.player() != nullptr;
  return of_walkthrough || session.branches().find(branch) != nullptr;
}

Comparison Comparison::with_branch(const Session& session, BranchId branch) {
  const raft::check::Branch* const own = session.branches().find(branch);
  if (own == nullptr) return with_walkthrough(session);
  Comparison comparison(own->run);
  comparison.run_.set_checkpoint_budget(checkpoint_budget);
  comparison.branch_ = branch;
  comparison.begin_again(session);
  return comparison;
}

/// As it would have gone on by itself, told to its end: what has been done instead is to be seen beside that.
Comparison Comparison::with_walkthrough(const Session& session) {
  using raft::walkthrough::Player;
  Player player = *session.player();
  player.on_event = nullptr;
  const auto goes_on = [&player] {
    const Player::Progress progress = player.play_one();
    return progress != Player::Progress::Ended && progress != Player::Progress::Failed;
  };
  const std::int64_t most = player.reached().event + most_events_told;
  while (player.timeline().position() < most && goes_on()) {
  }
  Comparison comparison(CheckedRun(player.timeline(), player.oracles(), player.history()));
  comparison.run_.set_checkpoint_budget(checkpoint_budget);
  comparison.branch_ = raft::check::trunk;
  if (!player.ended()) comparison.ends_at_ = player.reached().clock;
  comparison.begin_again(session);
  return comparison;
}

Comparison Comparison::with_change(const Session& session, const Change& change) {
  Comparison comparison(CheckedRun(Timeline(changed(session.run().config(), change), checkpoint_budget)));
  comparison.change_ = change;
  comparison.begin_again(session);
  return comparison;
}

void Comparison::begin_again(const Session& session) {
  rewrites_ = session.rewrites();
  beside_ = session.branches().current_id();
  left_out_ = 0;
  acts_done_ = 0;
  catches_up_ = true;
  if (change_) run_ = CheckedRun(Timeline(run_.timeline().config(), checkpoint_budget));
  found_.reset();
  difference_ = raft::check::FirstDifference(branch_ ? session.branches().common_events(beside_, *branch_) : 0);
}

void Comparison::play_to(raft::sim::Time time, int& events_left) {
  while (events_left > 0 && run_.timeline().next_at() <= time && run_.step()) --events_left;
}

/// By what the nodes and messages are called: their numbers may mean something else here.
void Comparison::do_as_well(const Timeline& original, const raft::sim::Act& act) {
  Timeline before = original;
  before.seek(act.number - 1);
  const raft::sim::World& there = before.world();
  const auto written = raft::walkthrough::as_written(act.what, there);
  auto read = raft::walkthrough::parse_command(raft::walkthrough::command_text(written, there),
                                               raft::walkthrough::Names::of(run_.timeline().world()));
  const auto* const what = std::get_if<raft::sim::Intervention>(&read);
  if (what == nullptr || run_.act(*what, act.origin)) ++left_out_;
}

void Comparison::follow(const Session& session) {
  if (session.rewrites() != rewrites_ || session.branches().current_id() != beside_) begin_again(session);
  const Timeline& original = session.run();
  const Timeline& here = run_.timeline();
  const raft::sim::Time clock = std::min(original.clock(), ends_at_.value_or(raft::sim::never));
  if (here.clock() > clock) run_.seek(here.last_event_until(clock));
  int events_left = events_a_frame;
  while (change_ && acts_done_ < original.acts().size() && original.acts()[acts_done_].at <= clock) {
    const raft::sim::Act& act = original.acts()[acts_done_];
    // One stood between two events and this run went on beyond; then something was done at the first of them.
    if (here.record(here.end()).at > act.at) {
      begin_again(session);
      continue;
    }
    if (here.position() < here.end()) run_.seek(here.end());
    play_to(act.at, events_left);
    if (events_left == 0) break;
    run_.set_clock(act.at);
    do_as_well(original, act);
    ++acts_done_;
  }
  if (ends_at_) {
    if (const std::int64_t last = here.last_event_until(clock); last != here.position()) run_.seek(last);
  } else {
    play_to(clock, events_left);
  }
  catches_up_ = events_left == 0;
  if (!catches_up_) run_.set_clock(clock);
  if (!difference_.look(original, here, compared_a_frame)) catches_up_ = true;
  if (const std::optional<std::int64_t> event = difference_.event(); event && !found_) {
    found_ = {original.events(*event, *event).front(), here.events(*event, *event).front()};
  }
}

raft::NodeSet Comparison::differing(const Session& session) const {
  const raft::sim::World& one = session.run().world();
  const raft::sim::World& other = run_.timeline().world();
  raft::NodeSet differing;
  const std::size_t most = std::max(one.node_count(), other.node_count());
  for (std::size_t i = 0; i < most; ++i) {
    const bool both = i < one.node_count() && i < other.node_count();
    if (!both || !in_same_state(one, other, raft::node_at(i))) differing.add(raft::node_at(i));
  }
  return differing;
}

}  // namespace app
