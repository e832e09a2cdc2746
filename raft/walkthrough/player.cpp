// Playing the steps one small thing at a time. What the questions' answers are is found in ahead.cpp.
#include "raft/walkthrough/player.h"

#include <algorithm>
#include <cassert>

#include "raft/sim/world_hash.h"
#include "raft/walkthrough/ahead.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/evaluate.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;

bool is_waiting_kind(Kind kind) {
  return kind == Kind::Until || kind == Kind::For || kind == Kind::Events || kind == Kind::Settle ||
         kind == Kind::AtTime || kind == Kind::AtEvent;
}

/// A network without latency can let two nodes answer each other for ever at one moment.
constexpr std::int64_t max_events_at_one_time = 1'000'000;

std::string hash_text(std::uint64_t hash) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%016llx", static_cast<unsigned long long>(hash));
  return text;
}

std::string violation_text(const check::Violation& violation, const sim::World& world) {
  std::string text = std::string(check::property_name(violation.property)) + " is broken";
  if (violation.node != no_node) text += " by node " + world.name(violation.node);
  return text + " at event " + std::to_string(violation.event);
}

/// The reason's name and its operands, as in the trace: "node_is_down (node B)".
std::string reason_text(const Reason& reason, const Names& names) {
  const ReasonInfo& info = reason_info(reason.code);
  std::string text = info.name;
  std::replace(text.begin(), text.end(), '_', ' ');
  std::string facts;
  for (std::size_t i = 0; i < info.operand_count; ++i) {
    const Operand& operand = reason.operands[i];
    facts += facts.empty() ? "" : ", ";
    switch (info.operands[i].kind) {
      case OperandKind::Node: facts += names.node(operand.node()); break;
      case OperandKind::Client: facts += "c" + std::to_string(operand.number); break;
      default: facts += std::to_string(operand.number); break;
    }
  }
  return facts.empty() ? text : text + " (" + facts + ")";
}

}  // namespace

Player::Player(std::shared_ptr<const Walkthrough> walkthrough)
    : walkthrough_(std::move(walkthrough)), timeline_(walkthrough_->config), safety_(timeline_.world()) {
  ends_.push_back({{0, 0}, story_, safety_, 0});
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
  failure_ = Diagnostic{walkthrough_->file, place.line, place.column, std::move(text)};
  return Progress::Failed;
}

sim::Time Player::next_at() const {
  if (timeline_.position() < frontier_.event) return timeline_.next_at();
  if (ended_ || failure_ || now_.complete) return timeline_.clock();
  const Step& step = walkthrough_->steps[static_cast<std::size_t>(now_.step)];
  if (!now_.started || now_.statement == step.statements.size()) return timeline_.clock();
  const Kind kind = step.statements[now_.statement].kind;
  const bool by_number = kind == Kind::Events || kind == Kind::AtEvent;
  return by_number ? timeline_.next_at() : std::min(timeline_.next_at(), now_.until);
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
  frontier_ = {timeline_.position(), timeline_.clock()};
  return progress;
}

Player::Progress Player::begin_step() {
  if (static_cast<std::size_t>(now_.step + 1) == walkthrough_->steps.size()) return end_story();
  now_ = Place{now_.step + 1, false, 0, false, 0, 0};
  story_.begin_step();
  return Progress::Instant;
}

Player::Progress Player::end_step() {
  now_.complete = true;
  const auto index = static_cast<std::size_t>(now_.step) + 1;
  StepEnd end{{timeline_.position(), timeline_.clock()}, story_, safety_, asked_.size()};
  if (index < ends_.size()) {
    ends_[index] = std::move(end);
  } else {
    ends_.push_back(std::move(end));
  }
  return Progress::StepEnded;
}

Player::Progress Player::end_story() {
  const Names& names = walkthrough_->names;
  if (!timeline_.world().network.next_rules.empty()) {
    const sim::NextRule& rule = timeline_.world().network.next_rules.front();
    constexpr std::array<const char*, 4> words = {"drop", "deliver", "delay", "duplicate"};
    return fail({}, std::string("'") + words[static_cast<std::size_t>(rule.action)] + " next " +
                        pattern_text(rule.pattern, names) + "' never met a message");
  }
  for (const check::Property property : walkthrough_->allowed) {
    if (safety_.broken(property)) continue;
    return fail({}, std::string(check::property_name(property)) +
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

Player::Progress Player::statement_done(Progress progress) {
  now_.statement += 1;
  now_.started = false;
  return progress;
}

Player::Progress Player::do_statement(const Statement& statement) {
  if (is_waiting_kind(statement.kind)) return wait_for(statement);
  switch (statement.kind) {
    case Kind::Do: return perform(statement);
    case Kind::Expect: return expect(statement);
    case Kind::Ask: return ask(statement);
    default: return statement_done(Progress::Instant);
  }
}

bool Player::already_recorded(const sim::Intervention& what) const {
  const auto& acts = timeline_.acts();
  const auto act = std::lower_bound(acts.begin(), acts.end(), timeline_.position() + 1,
                                    [](const sim::Act& a, std::int64_t number) { return a.number < number; });
  if (act == acts.end() || act->number != timeline_.position() + 1 || act->at != timeline_.clock()) return false;
  return act->origin == sim::Origin::Script &&
         command_text(act->what, walkthrough_->names) == command_text(what, walkthrough_->names);
}

Player::Progress Player::perform(const Statement& statement) {
  if (already_recorded(statement.command)) {
    timeline_.step();
  } else if (const std::optional<Reason> refused = timeline_.act(statement.command, sim::Origin::Script)) {
    return fail(statement.place, "cannot " + command_text(statement.command, walkthrough_->names) + ": " +
                                     reason_text(*refused, walkthrough_->names));
  }
  const Progress progress = played_event();
  return progress == Progress::Failed ? progress : statement_done(progress);
}

Player::Progress Player::expect(const Statement& statement) {
  const Facts facts{timeline_.world(), timeline_.clock(), story_, safety_};
  if (holds(statement.condition, facts)) return statement_done(Progress::Instant);
  const Failing failing = failing_part(statement.condition, facts);
  return fail({statement.place.line, failing.column}, "expected " + failing.expected + ", but " + failing.but);
}

Player::Progress Player::ask(const Statement& statement) {
  const Step& step = walkthrough_->steps[static_cast<std::size_t>(now_.step)];
  Asked asked = look_ahead(step.questions[statement.question], timeline_, story_, safety_);
  asked.step = static_cast<std::size_t>(now_.step);
  asked_.push_back(std::move(asked));
  return statement_done(Progress::Instant);
}

std::optional<Player::Progress> Player::start_waiting(const Statement& statement) {
  now_.started = true;
  now_.until = timeline_.clock() + statement.time;
  now_.events_left = statement.count;
  settling_ = Settling{};
  if (statement.kind == Kind::AtTime) {
    now_.until = statement.time;
    if (statement.time < timeline_.clock()) {
      return fail(statement.place, duration_text(statement.time) + " has passed already; it is " +
                                       duration_text(timeline_.clock()));
    }
  }
  if (statement.kind == Kind::AtEvent) {
    now_.events_left = statement.count - timeline_.position();
    if (now_.events_left < 0) {
      return fail(statement.place, "event " + std::to_string(statement.count) + " has passed already; this is after event " +
                                       std::to_string(timeline_.position()));
    }
  }
  if (now_.until > max_time) return fail(statement.place, "the run would last longer than 1000 simulated hours");
  if (is_over(statement)) return statement_done(Progress::Instant);
  return std::nullopt;
}

/// What the statement waits for has come, so that no further event is needed.
bool Player::is_over(const Statement& statement) const {
  switch (statement.kind) {
    case Kind::Until:
      return holds(statement.condition, {timeline_.world(), timeline_.clock(), story_, safety_});
    case Kind::Settle: return settling_.settled(timeline_.world());
    case Kind::Events:
    case Kind::AtEvent: return now_.events_left == 0;
    default: return false;
  }
}

Player::Progress Player::wait_for(const Statement& statement) {
  if (!now_.started) {
    return start_waiting(statement).value_or(Progress::Instant);
  }
  const sim::Time next = timeline_.next_at();
  const bool by_number = statement.kind == Kind::Events || statement.kind == Kind::AtEvent;
  if (by_number && next == sim::never) return fail(statement.place, "nothing will ever happen any more");
  if (!by_number && next > now_.until) return limit_reached(statement);
  if (next > max_time) return fail(statement.place, "the run would last longer than 1000 simulated hours");
  const sim::Time before = timeline_.world().now;
  timeline_.step();
  events_at_this_time_ = timeline_.world().now == before ? events_at_this_time_ + 1 : 0;
  if (events_at_this_time_ > max_events_at_one_time) {
    return fail(statement.place, "a million events have happened at " + duration_text(before) + "; time stands still");
  }
  const Progress progress = played_event();
  if (progress == Progress::Failed) return progress;
  if (statement.kind == Kind::Settle) settling_.observe(timeline_.world(), timeline_.event());
  now_.events_left -= 1;
  return is_over(statement) ? statement_done(progress) : progress;
}

Player::Progress Player::limit_reached(const Statement& statement) {
  timeline_.set_clock(now_.until);
  if (statement.kind == Kind::For || statement.kind == Kind::AtTime) return statement_done(Progress::Instant);
  if (is_over(statement)) return statement_done(Progress::Instant);
  const std::string within = " within " + duration_text(statement.time);
  if (statement.kind == Kind::Settle) {
    return fail(statement.place, "expected the cluster to settle" + within + ", but it did not");
  }
  const Failing failing =
      failing_part(statement.condition, {timeline_.world(), timeline_.clock(), story_, safety_});
  return fail({statement.place.line, failing.column}, "expected " + failing.expected + within + ", but " + failing.but);
}

void Player::observe() {
  story_.observe(timeline_.world(), timeline_.event());
  safety_.observe(timeline_.world(), timeline_.event());
  if (!on_event) return;
  const sim::Event& event = timeline_.event();
  on_event(timeline_.world(), event,
           event.intervention ? command_text(*event.intervention, walkthrough_->names) : std::string());
}

Player::Progress Player::played_event() {
  observe();
  const auto& violations = safety_.violations();
  const auto& allowed = walkthrough_->allowed;
  for (; violations_seen_ < violations.size(); ++violations_seen_) {
    const check::Violation& violation = violations[violations_seen_];
    if (std::find(allowed.begin(), allowed.end(), violation.property) != allowed.end()) continue;
    return fail(here(), violation_text(violation, timeline_.world()));
  }
  return Progress::Event;
}

std::optional<Player::Mark> Player::end_of_step(int index) const {
  const auto at = static_cast<std::size_t>(index + 1);
  if (index < -1 || at >= ends_.size()) return std::nullopt;
  return ends_[at].mark;
}

void Player::go_to_end_of_step(int index) {
  assert(end_of_step(index));
  const StepEnd& end = ends_[static_cast<std::size_t>(index + 1)];
  timeline_.seek(end.mark.event);
  timeline_.set_clock(end.mark.clock);
  story_ = end.story;
  safety_ = end.safety;
  violations_seen_ = safety_.violations().size();
  asked_.resize(end.asked);
  now_ = Place{index, true, 0, false, 0, 0};
  frontier_ = end.mark;
  settling_ = Settling{};
  events_at_this_time_ = 0;
  failure_.reset();
  remark_.clear();
  ended_ = false;
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

}  // namespace raft::walkthrough
