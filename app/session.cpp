// The cursor of what is open: playing, stepping, going back, leaving a walkthrough and coming back to it.
#include "app/session.h"

#include <algorithm>

#include "app/kept_branches.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/names.h"

namespace app {

using raft::check::BranchId;
using raft::sim::Event;
using raft::sim::Notable;
using raft::sim::Time;
using raft::sim::Timeline;
using raft::walkthrough::Player;
using raft::walkthrough::Walkthrough;

namespace {

/// Forward steps look so many events far for something worth seeing; where it cannot be found out beforehand, no further than
/// the time of so many elections.
constexpr int most_events_ahead = 100'000;
constexpr int elections_ahead = 40;

/// An assignment without its goals.
std::shared_ptr<const Walkthrough> stage_of(const Walkthrough& assignment) {
  auto stage = std::make_shared<Walkthrough>(assignment);
  stage->steps.resize(first_goal(assignment));
  return stage;
}

/// The `Notable` bits of which one is enough; nullopt: any event will do.
std::optional<std::uint8_t> looks_for(ui::Stride stride) {
  switch (stride) {
    case ui::Stride::Event: return std::nullopt;
    case ui::Stride::Delivery: return Notable::delivery;
    case ui::Stride::WorthSeeing: return Notable::worth_seeing;
  }
  return std::nullopt;
}

}  // namespace

Session Session::free_play(int nodes, std::uint64_t seed) {
  raft::sim::ClusterConfig config;
  config.seed = seed;
  for (int i = 0; i < nodes; ++i) config.node_names.emplace_back(1, static_cast<char>('A' + i));
  return Session(raft::check::CheckedRun(config));
}

Session Session::of_walkthrough(std::shared_ptr<const raft::walkthrough::Walkthrough> walkthrough) {
  if (!is_assignment(*walkthrough)) return Session(std::make_unique<Player>(std::move(walkthrough)));
  Session session(std::make_unique<Player>(stage_of(*walkthrough)));
  session.assignment_ = std::move(walkthrough);
  return session;
}

Session Session::of_player(Player player) { return Session(std::make_unique<Player>(std::move(player))); }

Session Session::left_by(Player player) {
  Session session = of_player(std::move(player));
  session.leave_walkthrough();
  return session;
}

Session Session::of_run(raft::check::CheckedRun run) { return Session(std::move(run)); }

const Timeline& Session::run_of(BranchId id) const {
  const raft::check::Branch* const branch = branches_.find(id);
  return branch != nullptr ? branch->run.timeline() : player_->timeline();
}

const Timeline& Session::run() const { return run_of(branches_.current_id()); }

void Session::move_to(std::int64_t event) {
  if (raft::check::Branch* const branch = branches_.current()) {
    branch->run.seek(event);
  } else {
    player_->seek(event);
  }
}

void Session::set_clock(Time time) {
  if (raft::check::Branch* const branch = branches_.current()) {
    branch->run.set_clock(time);
  } else {
    player_->set_clock(time);
  }
}

const raft::check::Oracles& Session::oracles() const {
  return branches_.current() ? branches_.current()->run.oracles() : player_->oracles();
}

const raft::check::History& Session::history() const {
  return branches_.current() ? branches_.current()->run.history() : player_->history();
}

const raft::check::Linearizability& Session::linearizability() const { return linearizability_.check(history()); }

bool Session::breaks_anew(std::size_t violations, std::size_t anomalies) const {
  const raft::check::Linearizability& found = linearizability();
  if (oracles().violations().size() == violations && found.anomalies.size() <= anomalies) return false;
  const std::vector<raft::check::RulesOff> off = raft::check::rules_off(run());
  const auto broken_by = [&](std::int64_t event) {
    const std::vector<raft::check::Breach> broken = raft::check::breaches(oracles().violations(), event, off);
    const auto clients = raft::check::clients_breach(found, history(), event, off);
    return std::count_if(broken.begin(), broken.end(), [](const raft::check::Breach& one) { return !one.past; }) +
           (clients && !clients->past ? 1 : 0);
  };
  return broken_by(run().position()) > broken_by(run().position() - 1);
}

void Session::set_listener(Listener listener) {
  listener_ = std::move(listener);
  if (player_ == nullptr) return;
  // After Back the story plays the same events once more; nobody is told of them twice.
  player_->on_event = [told = std::int64_t{0}, to = listener_](const raft::sim::World& world, const Event& event,
                                                               const std::string& command) mutable {
    if (event.number <= told || !to) return;
    told = event.number;
    to(world, event, command);
  };
}

void Session::tell() {
  const Event& event = run().event();
  if (!listener_ || event.number <= told_) return;
  const raft::sim::World& world = run().world();
  listener_(world, event, event.intervention ? raft::walkthrough::command_text(*event.intervention, raft::walkthrough::Names::of(world)) : "");
}

bool Session::at_frontier() const {
  return branches_.current() ? branches_.current()->run.at_end() : run().position() >= player_->reached().event;
}

Time Session::next_at() const {
  return branches_.current() == nullptr && at_frontier() ? player_->next_at() : run().next_at();
}

Session::Played Session::play_free() {
  const bool is_new = at_frontier();
  const std::size_t violations = oracles().violations().size();
  const std::size_t anomalies = linearizability().anomalies.size();
  if (!branches_.current()->run.step()) return Played::Nothing;
  if (!is_new) return Played::Event;
  if (goals_) goals_->observe(run().world(), run().event());
  tell();
  stopped_at_breach_ = breaks_anew(violations, anomalies);
  return stopped_at_breach_ ? Played::Stop : Played::Event;
}

Session::Played Session::play_one() {
  if (branches_.current()) return play_free();
  if (!at_frontier()) {
    move_to(run().position() + 1);
    return Played::Event;
  }
  switch (player_->play_one()) {
    case Player::Progress::Event: return Played::Event;
    case Player::Progress::Instant: return Played::Nothing;
    case Player::Progress::StepEnded:
    case Player::Progress::Failed: return Played::Stop;
    case Player::Progress::Ended: leave_walkthrough(); return Played::Nothing;
  }
  return Played::Stop;
}

/// At the event itself, not somewhere on the way to the next: the same picture on every machine.
bool Session::watcher_stops() const {
  const bool free = player_ == nullptr || left_walkthrough();
  return free && run().clock() == run().world().now && at_frontier() && watcher_ && watcher_(run());
}

bool Session::play(Time time, int most_events) {
  stopped_at_breach_ = false;
  const Time target = run().clock() + time;
  for (int played = 0; played < most_events; ++played) {
    const Time at = next_at();
    if (at == raft::sim::never) return false;
    if (watcher_stops()) return false;
    if (at > target) {
      set_clock(std::max(target, run().clock()));
      return true;
    }
    if (play_one() == Played::Stop) return false;
  }
  return true;
}

/// Found out on a copy: where nothing comes, nobody is taken away from where they stand. The time that was looked through in vain;
/// nullopt if something comes, a broken promise too, or if in the end nothing happens at all any more.
std::optional<Time> Session::none_within(std::uint8_t wanted) const {
  raft::check::CheckedRun ahead = branches_.current()->run;
  const std::size_t broken = ahead.oracles().violations().size();
  const Time from = ahead.timeline().clock();
  for (int looked = 0; looked < most_events_ahead; ++looked) {
    if (!ahead.step() || ahead.oracles().violations().size() > broken) return std::nullopt;
    const Timeline& run = ahead.timeline();
    if ((run.record(run.position()).notable & wanted) != 0) return std::nullopt;
  }
  return ahead.timeline().clock() - from;
}

std::optional<Time> Session::step_forward(ui::Stride stride, Ahead ahead) {
  const std::optional<std::uint8_t> wanted = looks_for(stride);
  const bool looks = ahead == Ahead::Look && branches_.current() != nullptr && wanted && next_at() != raft::sim::never;
  if (looks) {
    if (const std::optional<Time> none = none_within(*wanted)) return none;
  }
  const Time from = run().clock();
  const Time until = from + elections_ahead * run().world().settings.election_timeout.max;
  for (int looked = 0; looked < most_events_ahead; ++looked) {
    const Time at = next_at();
    if (at == raft::sim::never) return std::nullopt;  // said elsewhere
    if (!looks && at > until && looked > 0 && stride != ui::Stride::Event) break;
    const std::int64_t before = run().position();
    const Played played = play_one();
    const std::int64_t now = run().position();
    // Also where it stops anyway: the question is open then.
    if (played == Played::Stop || watcher_stops()) return std::nullopt;
    if (now > before && (!wanted || (run().record(now).notable & *wanted) != 0)) return std::nullopt;
  }
  return run().clock() - from;
}

void Session::step_back(ui::Stride stride) {
  // From the middle of an interval, back to its start is a step of its own.
  const bool inside_interval = run().clock() > run().world().now;
  const std::int64_t number = inside_interval ? run().position() : run().position() - 1;
  const std::optional<std::uint8_t> wanted = looks_for(stride);
  seek_event(wanted ? run().last_notable(number, *wanted) : number);
}

void Session::seek_event(std::int64_t number) {
  ++generation_;
  const std::int64_t known = branches_.current() ? run().end() : player_->reached().event;
  move_to(std::clamp<std::int64_t>(number, 0, known));
  // After Back the walkthrough's own future is still drawn: a click there plays up to it.
  while (run().position() < std::min(number, run().end()) && play_one() != Played::Stop) {
  }
}

void Session::seek_time(Time time) { seek({run().last_event_until(time), time}); }

void Session::seek(const raft::sim::RunPlace& place) {
  seek_event(place.event);
  if (place.clock > run().clock()) set_clock(std::min(place.clock, run().next_at()));
}

std::int64_t Session::stage_end() const {
  const auto end = player_->end_of_step(static_cast<int>(player_->walkthrough().steps.size()) - 1);
  return end ? end->event : raft::sim::never;
}

/// What is done before the stage of an assignment is set would not be graded.
void Session::set_stage() {
  if (assignment_ == nullptr || (branches_.current() && run().position() >= stage_end())) return;
  go_to_step(static_cast<int>(player_->walkthrough().steps.size()) - 1);
}

std::optional<raft::walkthrough::Forbidden> Session::forbidden(const raft::sim::Intervention& what) const {
  if (assignment_ == nullptr) return std::nullopt;
  const auto names = raft::walkthrough::Names::of(run().world());
  std::vector<std::string> commands;
  if (branches_.current()) {
    const std::int64_t stage = stage_end();
    for (const raft::sim::Act& act : run().acts()) {
      if (act.number > stage && act.number <= run().position()) commands.push_back(command_text(act.what, names));
    }
  }
  commands.push_back(command_text(what, names));
  return raft::walkthrough::first_forbidden(*assignment_, commands);
}

std::size_t Session::goals_in_all() const {
  return assignment_ == nullptr ? 0 : assignment_->steps.size() - raft::walkthrough::first_goal(*assignment_);
}

void Session::watch_goals() {
  goals_.reset();
  if (assignment_ == nullptr || !branches_.current()) return;
  goals_.emplace(assignment_);
  goals_->set_stage(stage_end());
  const Timeline& all = run();
  all.replay(1, all.end(), [this](const raft::sim::World& world, const Event& event) { goals_->observe(world, event); });
}

/// The walkthrough stays as it is; what follows happens to a copy of its run.
void Session::leave_walkthrough() {
  if (branches_.current()) return;
  told_ = 0;
  const Timeline& own = run();
  const bool known = own.end() == player_->reached().event;  // nothing lies after what the player has seen
  branches_.open_from_trunk(own.position(), known ? raft::check::CheckedRun(own, player_->oracles(), player_->history())
                                                  : raft::check::CheckedRun(own));
  watch_goals();
  ++generation_;
}

void Session::return_to_walkthrough() {
  if (!left_walkthrough()) return;
  branches_.select(raft::check::trunk);
  goals_.reset();
  ++generation_;
  ++rewrites_;
  const Player::Mark reached = player_->reached();
  player_->seek(reached.event);
  player_->set_clock(reached.clock);
}

void Session::select_branch(BranchId id) {
  const BranchId left = branches_.current_id();
  if (id == left || (branches_.find(id) == nullptr && (id != raft::check::trunk || player_ == nullptr))) return;
  const raft::sim::RunPlace place = run().place();
  const bool going_back = arrival_ && arrival_->from == id && arrival_->at == place;
  const std::int64_t common = branches_.common_events(left, id);
  branches_.select(id);
  told_ = 0;
  ++generation_;
  ++rewrites_;
  watch_goals();
  if (!going_back) stand_at(place, common);
  arrival_ = Arrival{left, run().place()};
}

void Session::restore(raft::check::CheckedRun before) {
  told_ = std::max(told_, run().end());
  branches_.restore(std::move(before));
  ++generation_;
  ++rewrites_;
  watch_goals();
}

void Session::stand_at(raft::sim::RunPlace place, std::int64_t common) {
  const std::int64_t known = branches_.current() ? run().end() : player_->reached().event;
  const std::int64_t event = place.event <= common ? place.event : run().last_event_until(place.clock);
  move_to(std::min(event, known));
  const bool at_reached = branches_.current() == nullptr && event >= known;
  const Time clock = at_reached ? player_->reached().clock : place.clock;
  if (clock > run().clock()) set_clock(std::min(clock, run().next_at()));
}

void Session::remove_branch(BranchId id) {
  const raft::check::Branch* const gone = branches_.find(id);
  if (gone == nullptr || id == raft::check::trunk) return;
  if (branches_.current_id() == id) select_branch(gone->parent);
  branches_.remove(id);
  arrival_.reset();
}

std::size_t Session::keep_branches_of(Session before, const Timeline& played, const std::string& name) {
  const auto leaves = [&played](const raft::check::CheckedRun& run) { return leaves_after(played, run.timeline()); };
  return branches_.adopt(std::move(before.branches_), leaves, name);
}

std::optional<raft::Reason> Session::act(const raft::sim::Intervention& what, raft::sim::Origin origin) {
  set_stage();
  const bool goes_on = branches_.current() && branches_.current()->run.at_end();
  if (branches_.current()) {
    if (std::optional<raft::Reason> reason = branches_.act(what, origin)) return reason;
  } else {
    Timeline own = player_->timeline();
    const std::int64_t fork = own.position();
    if (std::optional<raft::Reason> reason = own.act(what, origin)) return reason;
    branches_.open_from_trunk(fork, raft::check::CheckedRun(std::move(own)));
  }
  ++generation_;
  if (!goes_on) {
    ++rewrites_;
    watch_goals();
  } else if (goals_) {
    goals_->observe(run().world(), run().event());
  }
  told_ = 0;
  tell();
  return std::nullopt;
}

bool Session::next_step() {
  if (player_ == nullptr) return false;
  const bool was_left = left_walkthrough();
  return_to_walkthrough();
  ++generation_;
  const int step = step_at_cursor();
  // Behind the last step one would go on by oneself again, in yet another branch.
  if (was_left && last_step_complete()) return false;
  if (!step_complete_at_cursor()) {
    go_to_step(step);
    return false;
  }
  if (!at_frontier()) player_->go_to_end_of_step(step);
  for (int next = step + 1; is_hidden(next) && player_->play_to_end_of_step(next);) ++next;
  return !player_->ended() && !player_->failure();
}

void Session::go_to_step(int index) {
  if (player_ == nullptr) return;
  return_to_walkthrough();
  ++generation_;
  player_->play_to_end_of_step(std::max(index, -1));
}

void Session::previous_step() {
  if (player_ == nullptr) return;
  // What was tried by hand is left first; the walkthrough then stands where it was.
  if (left_walkthrough()) {
    return_to_walkthrough();
    go_to_step(player_->step_complete() ? player_->step_index() : player_->step_index() - 1);
    return;
  }
  int step = step_at_cursor() - 1;
  while (is_hidden(step)) --step;
  go_to_step(step);
}

bool Session::is_hidden(int step) const {
  const auto& steps = player_->walkthrough().steps;
  return step >= 0 && step < static_cast<int>(steps.size()) && steps[static_cast<std::size_t>(step)].hidden;
}

int Session::step_at_cursor() const {
  if (player_ == nullptr) return -1;
  const std::int64_t position = player_->timeline().position();
  if (position >= player_->reached().event) return player_->step_index();
  for (int step = 0; step < player_->step_index(); ++step) {
    const auto mark = player_->end_of_step(step);
    if (mark && position <= mark->event) return step;
  }
  return player_->step_index();
}

bool Session::last_step_complete() const {
  return player_ != nullptr && step_at_cursor() + 1 == std::ssize(player_->walkthrough().steps) && step_complete_at_cursor();
}

bool Session::step_complete_at_cursor() const {
  if (player_ == nullptr) return true;
  const std::int64_t position = player_->timeline().position();
  if (position >= player_->reached().event) return player_->step_complete();
  const auto mark = player_->end_of_step(step_at_cursor());
  return mark && position == mark->event;
}

}  // namespace app
