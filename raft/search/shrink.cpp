// Every smaller run is played from its beginning: an act that makes no sense without one that was left out is refused
// there, and left out too.
#include "raft/search/shrink.h"

#include <algorithm>

#include "raft/sim/named_nodes.h"

namespace raft::search {

SeedRun run_of(const Culprit& culprit) {
  const bool recovers = culprit.finding.kind == Finding::Kind::Progress;
  SeedRun run(culprit.config, Script{culprit.acts}, culprit.until,
              recovers ? SeedRun::After::Recovery : SeedRun::After::Nothing);
  while (run.step()) {
  }
  return run;
}

Culprit culprit_of(const SeedRun& run, sim::Time until) {
  const bool recovers = run.finding()->kind == Finding::Kind::Progress;
  Culprit culprit{run.config(), {}, recovers ? until : run.world().now, *run.finding()};
  const std::size_t count = recovers ? run.faults_end() : run.acts().size();
  for (std::size_t i = 0; i < count; ++i) culprit.acts.push_back({run.acts()[i].at, run.acts()[i].what});
  return culprit;
}

std::optional<Culprit> play_again(const Culprit& culprit, std::int64_t& events) {
  const SeedRun run = run_of(culprit);
  events = run.world().events;
  if (!run.finding() || !run.finding()->same_promise(culprit.finding)) return std::nullopt;
  return culprit_of(run, culprit.until);
}

Shrinker::Shrinker(Culprit culprit, Limits limits) : best_(std::move(culprit)), limits_(limits) {
  if (!try_out(best_)) stage_ = Stage::Over;  // it does not happen again: it stays as it is
  chunk_ = best_.acts.size();
}

bool Shrinker::try_out(const Culprit& candidate) {
  ++runs_;
  std::int64_t events = 0;
  std::optional<Culprit> played = play_again(candidate, events);
  events_ += events;
  if (!played) return false;
  best_ = std::move(*played);
  smaller_ = true;
  return true;
}

bool Shrinker::advance() {
  if (runs_ >= limits_.runs || events_ >= limits_.events) stage_ = Stage::Over;
  switch (stage_) {
    case Stage::Acts: advance_acts(); break;
    case Stage::Settings: advance_settings(); break;
    case Stage::Own: advance_own(); break;
    case Stage::Nodes: advance_nodes(); break;
    case Stage::Times: advance_times(); break;
    case Stage::Over: return false;
  }
  return true;
}

void Shrinker::next_stage(Stage stage) {
  stage_ = stage;
  position_ = 0;
  if (stage == Stage::Acts) {
    chunk_ = std::max<std::size_t>(best_.acts.size() / 2, 1);
    smaller_ = false;
  }
}

/// Without a piece of the acts, the pieces half as large with every round, from the end to the beginning.
void Shrinker::advance_acts() {
  const std::size_t count = best_.acts.size();
  chunk_ = std::min(chunk_, count);
  if (position_ >= count || chunk_ == 0) {
    if (chunk_ <= 1) return next_stage(Stage::Settings);
    chunk_ = (chunk_ + 1) / 2;
    position_ = 0;
    return;
  }
  Culprit candidate = best_;
  const auto end = candidate.acts.end() - static_cast<std::ptrdiff_t>(position_);
  const auto begin = end - static_cast<std::ptrdiff_t>(std::min(chunk_, count - position_));
  candidate.acts.erase(begin, end);
  if (!try_out(candidate)) position_ += chunk_;
}

/// One setting after the other as it is by default.
void Shrinker::advance_settings() {
  if (position_ >= sim::setting_table.size()) return next_stage(Stage::Own);
  const sim::Setting setting = sim::setting_table[position_++].setting;
  // Without sessions a request that is repeated may be done twice, whatever the rules: another story.
  if (setting == sim::Setting::Sessions && best_.finding.kind == Finding::Kind::Linearizability) return;
  const sim::SettingValue plain = value_of(sim::Settings{}, setting);
  if (value_of(best_.config.settings, setting) == plain) return;
  Culprit candidate = best_;
  assign(candidate.config.settings, setting, plain);
  try_out(candidate);
}

/// One link after the other as all links are, then one clock after the other; `position_` of them have to stay.
void Shrinker::advance_own() {
  const std::size_t links = best_.config.settings.links.size();
  if (position_ >= links + best_.config.clocks.size()) return next_stage(Stage::Nodes);
  Culprit candidate = best_;
  const auto erase = [](auto& all, std::size_t at) { all.erase(all.begin() + static_cast<std::ptrdiff_t>(at)); };
  if (position_ < links) {
    erase(candidate.config.settings.links, position_);
  } else {
    erase(candidate.config.clocks, position_ - links);
  }
  if (!try_out(candidate)) ++position_;
}

/// Without its last learner, then without its last voter, as long as nothing is said of them by number. Another round
/// follows as long as it helps.
void Shrinker::advance_nodes() {
  Culprit candidate = best_;
  std::vector<std::string>& learners = candidate.config.learner_names;
  std::vector<std::string>& voters = candidate.config.node_names;
  const bool tried_learners = position_ > 0 || learners.empty();
  if (position_++ > 1 || (tried_learners && (voters.size() < 2 || !learners.empty()))) {
    return next_stage(Stage::Times);
  }
  std::vector<std::string>& names = tried_learners ? voters : learners;
  const NodeId last = node_at(voters.size() + learners.size() - 1);
  names.pop_back();
  const std::size_t nodes_after = index_of(last);
  std::erase_if(candidate.acts, [nodes_after](const TimedAct& act) {
    return !(sim::named_nodes(act.what) - NodeSet::first(nodes_after)).empty();
  });
  std::erase_if(candidate.config.settings.links,
                [last](const sim::LinkSettings& link) { return link.from == last || link.to == last; });
  std::erase_if(candidate.config.clocks, [last](const sim::NodeClock& clock) { return clock.node == last; });
  if (try_out(candidate)) position_ = 0;
}

/// Less waiting: all of the pause before an act, then half of it, and so on. What is drawn at another time is another
/// draw, so that this may need luck, and more acts may turn out to be needless after it.
void Shrinker::advance_times() {
  constexpr sim::Time shortest = 2'000;
  if (position_ >= best_.acts.size()) return next_stage(smaller_ ? Stage::Acts : Stage::Over);
  const sim::Time pause = best_.acts[position_].at - (position_ == 0 ? 0 : best_.acts[position_ - 1].at);
  if (earlier_ == 0) earlier_ = pause;
  if (earlier_ < shortest) {
    earlier_ = 0;
    ++position_;
    return;
  }
  Culprit candidate = best_;
  for (std::size_t i = position_; i < candidate.acts.size(); ++i) candidate.acts[i].at -= earlier_;
  const std::size_t count = best_.acts.size();
  const bool worked = try_out(candidate);
  earlier_ = worked ? 0 : earlier_ / 2;
  if (best_.acts.size() != count) position_ = 0;
}

}  // namespace raft::search
