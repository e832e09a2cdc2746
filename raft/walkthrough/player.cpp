// Playing the steps one small thing at a time, and going Back. Not here: what each statement does (statements.cpp), and
// how the questions' answers are found (ahead.cpp).
#include "raft/walkthrough/player.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/world_hash.h"
#include "raft/walkthrough/assignment.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/trail.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;

std::string hash_text(std::uint64_t hash) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%016llx", static_cast<unsigned long long>(hash));
  return text;
}

std::string violation_text(const check::Violation& violation, const sim::World& world) {
  std::string text = std::string(check::property_name(violation.property)) + " is broken";
  if (violation.node != no_node) text += " by node " + world.name(violation.node);
  text += " at event " + std::to_string(violation.event);
  return *violation.detail == '\0' ? text : text + ": " + violation.detail;
}

/// As it was said, but for a time behind it.
std::string next_rule_text(const sim::NextRule& rule, const Names& names) {
  constexpr std::array<const char*, 4> words = {"drop", "deliver", "delay", "duplicate"};
  return std::string(words[static_cast<std::size_t>(rule.action)]) + " next " + pattern_text(rule.pattern, names);
}

/// The last of those that say it: the first of equal ones was the first to be met.
Place where_it_was_said(const Walkthrough& walkthrough, const std::string& rule) {
  const auto says_so = [&](const Statement& statement) {
    if (statement.kind != Kind::Do) return false;
    const std::string said = command_text(statement.command, walkthrough.names);
    return said == rule || said.starts_with(rule + " ");
  };
  for (auto step = walkthrough.steps.rbegin(); step != walkthrough.steps.rend(); ++step) {
    const auto found = std::find_if(step->statements.rbegin(), step->statements.rend(), says_so);
    if (found != step->statements.rend()) return found->place;
  }
  return {};
}

/// No place if an included file says so.
Place where_it_was_allowed(const Walkthrough& walkthrough, check::Property property) {
  const auto allows = [property](const HeadLine& line) { return line.kind == HeadLine::Kind::AllowViolation && line.property == property; };
  const auto found = std::find_if(walkthrough.head.begin(), walkthrough.head.end(), allows);
  return found == walkthrough.head.end() ? Place{} : found->place;
}

}  // namespace

Player::Player(std::shared_ptr<const Walkthrough> walkthrough)
    : walkthrough_(std::move(walkthrough)), timeline_(walkthrough_->config), oracles_(timeline_.world()),
      history_(timeline_.world()) {
  ends_.push_back({{0, 0}, story_, oracles_, history_, 0});
}

Facts Player::facts() const {
  return {timeline_.world(), timeline_.clock(), story_, oracles_, history_, linearizability_};
}

const Statement& Player::statement() const {
  return walkthrough_->steps[static_cast<std::size_t>(now_.step)].statements[now_.statement];
}

Place Player::here() const {
  if (now_.step < 0) return {};
  const Step& step = walkthrough_->steps[static_cast<std::size_t>(now_.step)];
  if (now_.complete || now_.statement >= step.statements.size()) return step.place;
  return step.statements[now_.statement].place;
}

Player::Progress Player::fail(walkthrough::Place place, std::string text) {
  if (const std::optional<SavedHash>& saved = walkthrough_->saved; saved && saved->engine == sim::engine_number && !saved->trail.signs.empty()) {
    const std::string where = where_it_leaves(saved->trail, timeline_, walkthrough_->names);
    if (!where.empty()) text += "; " + where;
  }
  failure_ = Diagnostic{walkthrough_->file, place.line, place.column, std::move(text)};
  return Progress::Failed;
}

sim::Time Player::next_at() const {
  if (timeline_.position() < frontier_.event) return timeline_.next_at();
  if (ended_ || failure_ || now_.complete) return timeline_.clock();
  const Step& step = walkthrough_->steps[static_cast<std::size_t>(now_.step)];
  if (!now_.started || now_.statement == step.statements.size()) return timeline_.clock();
  return waits_by_number(step.statements[now_.statement].kind) ? timeline_.next_at() : std::min(timeline_.next_at(), now_.until);
}

/// False while the cursor still stands in the past.
bool Player::come_to_frontier() {
  if (timeline_.position() < frontier_.event) {
    timeline_.step();
    if (timeline_.position() == frontier_.event) timeline_.set_clock(frontier_.clock);
    return false;
  }
  if (timeline_.position() > frontier_.event) {
    // After going Back somebody watched the recorded future by moving the cursor alone: the story follows.
    const std::int64_t target = timeline_.position();
    timeline_.seek(frontier_.event);
    timeline_.set_clock(frontier_.clock);
    while (timeline_.position() < target && !failure_ && !ended_) play_at_frontier();
  }
  if (timeline_.clock() < frontier_.clock) timeline_.set_clock(frontier_.clock);
  return true;
}

Player::Progress Player::play_one() { return come_to_frontier() ? play_at_frontier() : Progress::Event; }

Player::Progress Player::play_at_frontier() {
  if (failure_) return Progress::Failed;
  if (ended_) return Progress::Ended;
  const Progress progress = [this] {
    if (now_.complete) return begin_step();
    const Step& step = walkthrough_->steps[static_cast<std::size_t>(now_.step)];
    if (now_.statement == step.statements.size()) return end_step();
    return do_statement(statement());
  }();
  frontier_ = timeline_.place();
  return progress;
}

Player::Progress Player::begin_step() {
  if (now_.step + 1 == std::ssize(walkthrough_->steps)) return end_story();
  now_ = Place{now_.step + 1, false, 0, false, 0, 0};
  story_.begin_step();
  return Progress::Instant;
}

Player::Progress Player::end_step() {
  now_.complete = true;
  const auto index = static_cast<std::size_t>(now_.step) + 1;
  StepEnd end{timeline_.place(), story_, oracles_, history_, asked_count_};
  if (index < ends_.size()) {
    ends_[index] = std::move(end);
  } else {
    ends_.push_back(std::move(end));
  }
  return Progress::StepEnded;
}

Player::Progress Player::end_story() {
  // The stage of an assignment is played on. A recording ends where it was ended; its hash knows of the rules that still wait.
  if (is_assignment(*walkthrough_)) {
    ended_ = true;
    return Progress::Ended;
  }
  if (!walkthrough_->saved && !timeline_.world().network.next_rules.empty()) {
    const std::string rule = next_rule_text(timeline_.world().network.next_rules.front(), walkthrough_->names);
    return fail(where_it_was_said(*walkthrough_, rule), "'" + rule + "' never met a message");
  }
  for (const check::Property property : walkthrough_->allowed) {
    if (oracles_.broken(property)) continue;
    return fail(where_it_was_allowed(*walkthrough_, property), std::string(check::property_name(property)) +
                        " was to be broken (allow violation), but it held to the end");
  }
  if (const std::optional<SavedHash>& saved = walkthrough_->saved) {
    const std::uint64_t hash = sim::world_hash(timeline_.world());
    if (saved->engine != sim::engine_number) {
      remark_ = walkthrough_->file + ": saved by engine " + std::to_string(saved->engine) + ", this is engine " +
                std::to_string(sim::engine_number) + "; the hash is not compared, the expectations decide";
    } else if (hash != saved->hash) {
      return fail(saved->place, "expected hash " + hash_text(saved->hash) + ", but it is " + hash_text(hash));
    }
  }
  ended_ = true;
  return Progress::Ended;
}

void Player::observe() {
  story_.observe(timeline_.world(), timeline_.event());
  oracles_.observe(timeline_.world(), timeline_.event());
  history_.observe(timeline_.world(), timeline_.event());
  if (!on_event) return;
  const sim::Event& event = timeline_.event();
  on_event(timeline_.world(), event,
           event.intervention ? command_text(*event.intervention, walkthrough_->names) : std::string());
}

Player::Progress Player::played_event() {
  observe();
  const auto& violations = oracles_.violations();
  const auto& allowed = walkthrough_->allowed;
  for (; violations_seen_ < violations.size(); ++violations_seen_) {
    const check::Violation& violation = violations[violations_seen_];
    if (!oracles_.counts(violation)) continue;
    if (std::find(allowed.begin(), allowed.end(), violation.property) != allowed.end()) continue;
    return fail(here(), violation_text(violation, timeline_.world()));
  }
  if (sim::is_full(timeline_.world())) {
    return fail(here(), "more than " + std::to_string(sim::most_under_way) + " messages and entries are under way at " +
                            duration_text(timeline_.world().now) + "; there is no room for more");
  }
  if (timeline_.position() >= sim::most_events) {
    return fail(here(), "a run has at most " + std::to_string(sim::most_events) + " events");
  }
  return Progress::Event;
}

std::optional<Player::Mark> Player::end_of_step(int index) const {
  const int at = index + 1;
  if (at < 0 || at >= std::ssize(ends_)) return std::nullopt;
  return ends_[static_cast<std::size_t>(at)].mark;
}

void Player::go_to_end_of_step(int index) {
  assert(end_of_step(index));
  const int at = index + 1;
  const StepEnd& end = ends_[static_cast<std::size_t>(at)];
  timeline_.seek(end.mark.event);
  timeline_.set_clock(end.mark.clock);
  story_ = end.story;
  oracles_ = end.oracles;
  history_ = end.history;
  violations_seen_ = oracles_.violations().size();
  asked_count_ = end.asked;
  now_ = Place{index, true, 0, false, 0, 0};
  frontier_ = end.mark;
  settling_ = Settling{};
  events_at_this_time_ = 0;
  failure_.reset();
  remark_.clear();
  ended_ = false;
}

void Player::go_on_with(std::shared_ptr<const Walkthrough> other, int index) {
  go_to_end_of_step(index);
  timeline_.forget_future();
  ends_.erase(ends_.begin() + index + 2, ends_.end());
  asked_.resize(asked_count_);
  for (Asked& asked : asked_) {
    const std::ptrdiff_t which = asked.question - walkthrough_->steps[asked.step].questions.data();
    asked.question = &other->steps[asked.step].questions[static_cast<std::size_t>(which)];
  }
  walkthrough_ = std::move(other);
}

bool Player::play_to_end_of_step(int index) {
  if (end_of_step(index)) {
    go_to_end_of_step(index);
    return true;
  }
  while (now_.step < index || !now_.complete) {
    const Progress progress = play_one();
    if (progress == Progress::Failed || progress == Progress::Ended) return false;
  }
  return true;
}

bool Player::play_to_statement(int step, std::size_t statement) {
  if (!play_to_end_of_step(step - 1)) return false;
  const std::size_t count = walkthrough_->steps[static_cast<std::size_t>(step)].statements.size();
  if (statement >= count) return play_to_end_of_step(step);
  while (now_.step < step || now_.statement < statement) {
    const Progress progress = play_one();
    if (progress == Progress::Failed || progress == Progress::Ended) return false;
  }
  return true;
}

}  // namespace raft::walkthrough
