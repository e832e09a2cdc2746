// What each statement of a step does when the player comes to it: act, wait, expect, ask.
#include <algorithm>

#include "raft/walkthrough/ahead.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/evaluate.h"
#include "raft/walkthrough/player.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;

bool is_waiting_kind(Kind kind) {
  return waits_by_number(kind) || kind == Kind::Until || kind == Kind::For || kind == Kind::Settle || kind == Kind::AtTime;
}

/// A network without latency can let two nodes answer each other for ever at one moment.
constexpr std::int64_t max_events_at_one_time = 1'000'000;

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
      case OperandKind::Moment: facts += std::to_string(operand.moment()); break;
      default: facts += std::to_string(operand.number); break;
    }
  }
  return facts.empty() ? text : text + " (" + facts + ")";
}

}  // namespace

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
  const sim::Act* const act = timeline_.act_numbered(timeline_.position() + 1);
  if (act == nullptr || act->at != timeline_.clock()) return false;
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
  if (holds(statement.condition, facts())) return statement_done(Progress::Instant);
  const Failing failing = failing_part(statement.condition, facts());
  return fail({statement.place.line, failing.column}, "expected " + failing.expected + ", but " + failing.but);
}

Player::Progress Player::ask(const Statement& statement) {
  const Step& step = walkthrough_->steps[static_cast<std::size_t>(now_.step)];
  std::optional<Asked> asked = look_ahead(step.questions[statement.question], facts());
  if (!asked) return fail(statement.place, "ten million events do not tell the answer; ask about a shorter time");
  asked->step = static_cast<std::size_t>(now_.step);
  if (asked_count_ == asked_.size()) asked_.emplace_back();
  asked_[asked_count_++] = std::move(*asked);
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
  if (statement.kind == Kind::AtEvent || statement.kind == Kind::AtPlace) {
    now_.until = timeline_.clock();
    now_.events_left = statement.count - timeline_.position();
    if (now_.events_left < 0) {
      return fail(statement.place, "event " + std::to_string(statement.count) + " has passed already; this is after event " +
                                       std::to_string(timeline_.position()));
    }
  }
  if (now_.until > max_time) return fail(statement.place, "the run would last longer than 1000 simulated hours");
  if (is_over(statement)) return waited(statement, Progress::Instant);
  return std::nullopt;
}

/// What the statement waits for has come, so that no further event is needed.
bool Player::is_over(const Statement& statement) const {
  switch (statement.kind) {
    case Kind::Until:
      return holds(statement.condition, facts());
    case Kind::Settle: return settling_.settled(timeline_.world());
    case Kind::Events:
    case Kind::AtEvent:
    case Kind::AtPlace: return now_.events_left == 0;
    default: return false;
  }
}

Player::Progress Player::wait_for(const Statement& statement) {
  if (!now_.started) {
    return start_waiting(statement).value_or(Progress::Instant);
  }
  const sim::Time next = timeline_.next_at();
  const bool by_number = waits_by_number(statement.kind);
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
  return is_over(statement) ? waited(statement, progress) : progress;
}

/// What a statement waited for has come. `at event N at TIME`: between two events that time may still be passed.
Player::Progress Player::waited(const Statement& statement, Progress progress) {
  if (statement.kind != Kind::AtPlace) return statement_done(progress);
  if (statement.time < timeline_.clock() || statement.time > timeline_.next_at()) {
    const sim::Time next = timeline_.next_at();
    return fail(statement.place, "after event " + std::to_string(statement.count) + " it is " +
                                     duration_text(timeline_.clock()) +
                                     (next == sim::never ? "" : ", and the next comes at " + duration_text(next)) +
                                     "; " + duration_text(statement.time) + " is not between them");
  }
  timeline_.set_clock(statement.time);
  return statement_done(progress);
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
      failing_part(statement.condition, facts());
  return fail({statement.place.line, failing.column}, "expected " + failing.expected + within + ", but " + failing.but);
}

}  // namespace raft::walkthrough
