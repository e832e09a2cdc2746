// Faults, repair, progress: the three phases of a run, and what is checked in each.
#include "raft/search/seed_run.h"

#include <algorithm>

#include "raft/sim/advance.h"
#include "raft/sim/named_nodes.h"

namespace raft::search {

namespace {

using sim::operator""_ms;  // NOLINT(misc-unused-using-decls): clang-tidy 14 does not see literals
using sim::operator""_s;   // NOLINT(misc-unused-using-decls)

constexpr sim::Time probe_every = 2_s;
/// §5.6 promises progress, not how soon. Elections take a few timeouts of at most 600 ms; this is a hundred.
constexpr sim::Time patience = 60_s;

/// Requests go out once a heartbeat interval: as heartbeats (§5.2), and again to who has not voted (§5.1). What goes out
/// in between brings news, and news ends. So so much must do, and more is a storm: answers that call forth answers.
///
///   nodes * (nodes - 1) * intervals: everybody asks everybody, on clocks that may be fast
///   * 4.2: a copying link delivers 1.6 of one request, and 1.6 replies to each of these
///   * 2: as much again for news, which are entries, chunks of snapshots, elections
///   + 1000: what clients ask and what disks write, and small clusters
///
/// For each second from the start and one in advance, since messages that were held come all at once.
std::int64_t most_events(const sim::World& world) {
  const auto nodes = static_cast<std::int64_t>(world.node_count());
  const bool drifts = world.settings.core.features.reads == ReadMode::Lease;  // sabotage
  const sim::Time interval = world.settings.heartbeat * 10 / (drifts ? 40 : 14);
  const std::int64_t each_second = nodes * (nodes - 1) * (1_s / interval) * 42 / 10 * 2 + 1000;
  return each_second * (world.now + 1_s) / 1_s;
}

}  // namespace

const char* promise_name(const Finding& finding) {
  switch (finding.kind) {
    case Finding::Kind::Property: return check::property_name(finding.property);
    case Finding::Kind::Linearizability: return "linearizability";
    case Finding::Kind::Progress: return "liveness";
    case Finding::Kind::Traffic: return "bounded traffic";
  }
  return "";
}

SeedRun::SeedRun(const sim::ClusterConfig& config, std::variant<Chaos, Script> source, sim::Time until, After after)
    : config_(config), source_(std::move(source)), until_(until), after_(after), world_(sim::make_world(config)),
      oracles_(world_), history_(world_) {}

SeedRun::SeedRun(const SeedPlan& plan, sim::Time until)
    : SeedRun(plan.config, Chaos(plan), until, After::Recovery) {}

SeedRun::SeedRun(const sim::ClusterConfig& config, Script script, sim::Time until, After after)
    : SeedRun(config, std::variant<Chaos, Script>(std::move(script)), until, after) {}

sim::Time SeedRun::wanted_at() const {
  if (const auto* chaos = std::get_if<Chaos>(&source_)) return std::max(chaos->next_at(), world_.now);
  const auto& script = std::get<Script>(source_);
  return script.next < script.acts.size() ? script.acts[script.next].at : sim::never;
}

std::optional<Mischief> SeedRun::wanted() {
  if (auto* chaos = std::get_if<Chaos>(&source_)) return chaos->next(world_);
  auto& script = std::get<Script>(source_);
  return Mischief{script.acts[script.next++].what, std::nullopt};
}

bool SeedRun::step() {
  if (phase_ != Phase::Over && world_.events > most_events(world_)) {
    finding_ = Finding{Finding::Kind::Traffic, {}, world_.events, no_node};
    return finish();
  }
  switch (phase_) {
    case Phase::Faults: return step_faults();
    case Phase::Repair: return step_repair();
    case Phase::Progress: return step_progress();
    case Phase::Over: return false;
  }
  return false;
}

bool SeedRun::step_faults() {
  const sim::Time event_at = sim::upcoming(world_).at;
  const sim::Time act_at = wanted_at();
  if (std::min(event_at, act_at) > until_) {
    faults_end_ = acts_.size();
    phase_ = Phase::Repair;
    return after_ == After::Recovery || finish();
  }
  if (event_at <= act_at) {
    sim::advance(world_, event_);
    observe();
  } else if (const std::optional<Mischief> move = wanted()) {
    if (act(move->what, act_at)) coverage_.count(move->fault);
  }
  return phase_ != Phase::Over;
}

bool SeedRun::act(const sim::Intervention& what, sim::Time at) {
  // In a run that is played again with less in it, a node may be missing.
  if (!(sim::named_nodes(what) - world_.all_nodes()).empty() || sim::refusal(world_, what)) return false;
  acts_.push_back({world_.events + 1, at, what, sim::Origin::Script});
  sim::wait_until(world_, at);
  sim::intervene(world_, what, sim::Origin::Script, event_);
  observe();
  return true;
}

/// The faults stop all at once; what they have done to the cluster stays.
bool SeedRun::step_repair() {
  const sim::Time at = std::max(until_, world_.now);
  // As with every act: what happens at that very moment comes first.
  if (sim::upcoming(world_).at <= at) {
    sim::advance(world_, event_);
    observe();
    return phase_ != Phase::Over;
  }
  if (const std::optional<sim::Intervention> repair = next_repair(world_)) {
    act(*repair, at);
    return phase_ != Phase::Over;
  }
  sim::Settings calm;
  calm.latency = world_.settings.latency.max > 20_ms ? calm.latency : world_.settings.latency;
  for (const sim::Setting setting : {sim::Setting::Loss, sim::Setting::Duplicate, sim::Setting::Latency}) {
    const sim::SettingValue value = value_of(calm, setting);
    if (value_of(world_.settings, setting) == value) continue;
    act(sim::ChangeSetting{setting, value}, at);
    return phase_ != Phase::Over;
  }
  phase_ = Phase::Progress;
  probe_at_ = at + 1_s;
  give_up_at_ = at + patience;
  return true;
}

bool SeedRun::step_progress() {
  const sim::Time event_at = sim::upcoming(world_).at;
  if (std::min(event_at, probe_at_) > give_up_at_) {
    finding_ = Finding{Finding::Kind::Progress, {}, world_.events, no_node};
    return finish();
  }
  const sim::Time at = std::max(until_, world_.now);
  if (event_at > at && run_members_only(at)) return phase_ != Phase::Over;
  if (event_at <= probe_at_) {
    sim::advance(world_, event_);
    observe();
    judge_progress();
    return phase_ != Phase::Over;
  }
  const sim::ClientAsk ask{{CommandKind::Write, "last", "word", ""}, no_node, prober};
  probed_ = act(ask, probe_at_) || probed_;
  probe_at_ += probe_every;
  return phase_ != Phase::Over;
}

/// §6: a server that is no longer a member may disturb those that are, so much that they never get to anything. Its
/// operator shuts it down, and starts it again when a later change has made it a member after all.
bool SeedRun::run_members_only(sim::Time at) {
  const NodeId leader = current_leader(world_);
  if (leader == no_node) return false;
  const NodeSet members = world_.node(leader).configuration.members();
  for (const NodeId node : world_.all_nodes()) {
    if (node == leader || world_.machine(node).up == members.contains(node)) continue;
    NodeSet one;
    one.add(node);
    if (members.contains(node)) return act(sim::Restart{one}, at);
    return act(sim::Crash{one}, at);
  }
  return false;
}

bool SeedRun::everybody_has(Index last) const {
  const NodeId leader = current_leader(world_);
  if (leader == no_node) return false;
  for (const NodeId node : world_.node(leader).configuration.members()) {
    if (world_.node(node).memory.last_applied < last) return false;
  }
  return true;
}

void SeedRun::judge_progress() {
  if (!probed_ || phase_ == Phase::Over || world_.client(prober)->status != sim::ClientStatus::Ok) return;
  const NodeId leader = current_leader(world_);
  if (leader != no_node && everybody_has(world_.node(leader).memory.commit_index)) finish();
}

void SeedRun::observe() {
  const std::size_t known = oracles_.violations().size();
  oracles_.observe(world_, event_);
  history_.observe(world_, event_);
  coverage_.count(event_);
  for (std::size_t i = known; i < oracles_.violations().size(); ++i) {
    const check::Violation& violation = oracles_.violations()[i];
    if (!oracles_.counts(violation)) continue;
    finding_ = Finding{Finding::Kind::Property, violation.property, violation.event, violation.node};
    phase_ = Phase::Over;
    return;
  }
  // When a run is played again, it is to end with the first answer that nothing explains.
  const bool answered = event_.kind == sim::EventKind::Receive && event_.client != no_client;
  if (answered && after_ == After::Nothing) check_answers();
}

void SeedRun::check_answers() {
  const check::Linearizability& found = linearizability_.check(history_);
  undecided_ = found.answer == check::Answer::Undecided;
  if (found.answer != check::Answer::No || finding_) return;
  finding_ = Finding{Finding::Kind::Linearizability, {}, world_.events, no_node};
  phase_ = Phase::Over;
}

bool SeedRun::finish() {
  phase_ = Phase::Over;
  check_answers();
  return false;
}

}  // namespace raft::search
