// Grading: does the session start as the assignment does, do only what it allows, and reach its goals.
#include "raft/walkthrough/assignment.h"

#include <algorithm>

#include "raft/sim/world_hash.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/player.h"
#include "raft/walkthrough/recorder.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

using Kind = Statement::Kind;

/// What moves a run on: a step that holds one of these sets the stage.
bool acts(const Statement& statement) {
  switch (statement.kind) {
    case Kind::Do:
    case Kind::Until:
    case Kind::For:
    case Kind::Events:
    case Kind::Settle:
    case Kind::AtTime:
    case Kind::AtEvent:
    case Kind::AtPlace: return true;
    default: return false;
  }
}

bool sets_the_stage(const Step& step) { return std::any_of(step.statements.begin(), step.statements.end(), acts); }

/// The head as lines, in one order whatever the file looks like.
std::vector<std::string> lines_of_head(const Walkthrough& walkthrough) {
  const std::string text = write(record({walkthrough.config, {}, 0, 0}));
  std::vector<std::string> lines;
  for (const RawLine& line : lines_of(std::string_view(text).substr(0, text.find("\nstep ")))) {
    if (!line.text.empty()) lines.emplace_back(line.text);
  }
  return lines;
}

/// The first of `lines` that the others do not have; "" if they have all.
std::string first_missing(const std::vector<std::string>& lines, const std::vector<std::string>& others) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&others](const std::string& line) {
    return std::find(others.begin(), others.end(), line) == others.end();
  });
  return found == lines.end() ? "" : *found;
}

std::string why_another_start(const Walkthrough& assignment, const Walkthrough& session) {
  const std::vector<std::string> asked = lines_of_head(assignment);
  const std::vector<std::string> given = lines_of_head(session);
  if (const std::string line = first_missing(given, asked); !line.empty()) {
    return "it starts with '" + line + "', which is not how the assignment starts";
  }
  if (const std::string line = first_missing(asked, given); !line.empty()) {
    return "it starts without '" + line + "', which the assignment sets";
  }
  for (const check::Property property : session.allowed) {
    const auto& allowed = assignment.allowed;
    if (std::find(allowed.begin(), allowed.end(), property) != allowed.end()) continue;
    const std::string name = check::property_name(property);
    return "it breaks " + name + ", and the assignment allows no violation of it";
  }
  return "";
}

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

std::string sentence_of(const Forbidden& forbidden) {
  const std::string command = "'" + forbidden.command + "'";
  switch (forbidden.why) {
    case Forbidden::Why::Rules: return command + " changes the rules of the game, which no session may";
    case Forbidden::Why::Setting: return command + " is a setting, and the assignment allows none";
    case Forbidden::Why::Command: return command + " is not a command that the assignment allows";
    case Forbidden::Why::TooMany: break;
  }
  return command + " is one too many: the assignment allows " + std::to_string(forbidden.allowed.most) + " of " +
         joined(forbidden.allowed.names, " ");
}

struct Done {
  std::int64_t number = 0;
  sim::Time at = 0;
  std::string command;
};

std::vector<Done> done_in(const Player& player) {
  std::vector<Done> done;
  for (const sim::Act& act : player.timeline().acts()) {
    done.push_back({act.number, act.at, command_text(act.what, player.walkthrough().names)});
  }
  return done;
}

/// How the assignment sets its stage: what is done, and which event is the last.
struct Stage {
  std::vector<Done> done;
  std::int64_t last_event = 0;
};

Stage stage_of(const std::shared_ptr<const Walkthrough>& assignment) {
  Player player(assignment);
  player.play_to_end_of_step(static_cast<int>(first_goal(*assignment)) - 1);
  return {done_in(player), player.timeline().end()};
}

/// The session does the same as the stage, at the same places, and nothing of its own before the stage is set.
std::string why_another_stage(const Stage& stage, const std::vector<Done>& done) {
  for (std::size_t i = 0; i < stage.done.size(); ++i) {
    const Done& asked = stage.done[i];
    const std::string begins = "the assignment begins with '" + asked.command + "' at " + duration_text(asked.at);
    if (i >= done.size()) return begins + ", and the session ends before it";
    if (done[i].command != asked.command || done[i].number != asked.number || done[i].at != asked.at) {
      return begins + ", the session has '" + done[i].command + "' at " + duration_text(done[i].at);
    }
  }
  if (done.size() > stage.done.size() && done[stage.done.size()].number <= stage.last_event) {
    return "it acts ('" + done[stage.done.size()].command + "') before the stage of the assignment is set";
  }
  return "";
}

Grade refused(std::string why) { return {Grade::Verdict::Refused, std::move(why), {}}; }

}  // namespace

std::optional<Forbidden> first_forbidden(const Walkthrough& assignment, const std::vector<std::string>& commands) {
  using Why = Forbidden::Why;
  const std::vector<AllowedCommands>& lines = assignment.allowed_commands;
  std::vector<std::size_t> used(lines.size(), 0);
  for (const std::string& command : commands) {
    const std::string name = first_word(command);
    if (command.starts_with("set rule ") || command.starts_with("set clock ")) return Forbidden{Why::Rules, command, {}};
    if (lines.empty() && name == "set") return Forbidden{Why::Setting, command, {}};
    bool is_allowed = lines.empty();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::vector<std::string>& names = lines[i].names;
      if (std::find(names.begin(), names.end(), name) == names.end()) continue;
      is_allowed = true;
      if (++used[i] > lines[i].most && lines[i].most > 0) return Forbidden{Why::TooMany, command, lines[i]};
    }
    if (!is_allowed) return Forbidden{Why::Command, command, {}};
  }
  return std::nullopt;
}

std::size_t first_goal(const Walkthrough& assignment) {
  const auto& steps = assignment.steps;
  const auto last = std::find_if(steps.rbegin(), steps.rend(), sets_the_stage);
  return static_cast<std::size_t>(steps.rend() - last);
}

std::optional<Diagnostic> why_not_gradable(const Walkthrough& assignment) {
  const auto fail = [&assignment](Place place, const char* why) {
    return Diagnostic{assignment.file, place.line, place.column, why};
  };
  if (!is_assignment(assignment)) return fail({}, "this is no assignment: its head has no line 'goal en: …'");
  const std::size_t from = first_goal(assignment);
  if (from == assignment.steps.size()) {
    return fail({}, "this assignment has no goal: its last steps are goals, and only expect");
  }
  for (std::size_t i = from; i < assignment.steps.size(); ++i) {
    const Step& step = assignment.steps[i];
    const auto expects = [](const Statement& statement) { return statement.kind == Kind::Expect; };
    if (std::none_of(step.statements.begin(), step.statements.end(), expects)) {
      return fail(step.place, "this goal expects nothing; write for example: expect leaders = 2");
    }
  }
  return std::nullopt;
}

GoalWatch::GoalWatch(std::shared_ptr<const Walkthrough> assignment)
    : assignment_(std::move(assignment)), first_goal_(first_goal(*assignment_)),
      oracles_(sim::make_world(assignment_->config)), history_(sim::make_world(assignment_->config)) {}

bool GoalWatch::holds_now(const Step& goal, const sim::World& world) const {
  const Facts facts{world, world.now, story_, oracles_, history_, linearizability_};
  // What cannot be decided is neither linearizable nor shown not to be.
  const auto is_decided = [&](const Expression& condition) {
    return !calls(condition, {Function::Linearizable}) || linearizability_.check(history_).answer != check::Answer::Undecided;
  };
  return std::all_of(goal.statements.begin(), goal.statements.end(), [&](const Statement& statement) {
    return statement.kind != Kind::Expect || (holds(statement.condition, facts) && is_decided(statement.condition));
  });
}

void GoalWatch::observe(const sim::World& after, const sim::Event& event) {
  story_.observe(after, event);
  oracles_.observe(after, event);
  history_.observe(after, event);
  if (after.events < stage_is_set_) return;
  if (after.events == stage_is_set_) story_.begin_step();
  while (!all_reached() && holds_now(assignment_->steps[first_goal_ + reached_.size()], after)) {
    reached_.push_back({after.events, after.now});
    story_.begin_step();
  }
}

Grade grade(const std::shared_ptr<const Walkthrough>& assignment, const std::shared_ptr<const Walkthrough>& session,
            const std::function<bool()>& is_cancelled) {
  if (session->saved && session->saved->engine != sim::engine_number) {
    return refused("it was saved by engine " + std::to_string(session->saved->engine) + ", and this is engine " +
                   std::to_string(sim::engine_number) + ": grade it with the version that saved it");
  }
  if (const std::string why = why_another_start(*assignment, *session); !why.empty()) return refused(why);

  const Stage stage = stage_of(assignment);
  GoalWatch watch(assignment);
  watch.set_stage(stage.last_event);
  Player player(session);
  player.on_event = [&watch](const sim::World& after, const sim::Event& event, const std::string&) {
    watch.observe(after, event);
  };
  for (std::int64_t asked = 0; !player.ended(); ++asked) {
    if (asked % 1024 == 0 && is_cancelled && is_cancelled()) return {Grade::Verdict::Cancelled, "", {}};
    if (player.play_one() == Player::Progress::Failed) return refused(player.failure()->message());
    if (player.timeline().end() > max_graded_events) {
      return refused("it plays more than " + std::to_string(max_graded_events) + " events");
    }
  }

  const std::vector<Done> done = done_in(player);
  if (const std::string why = why_another_stage(stage, done); !why.empty()) return refused(why);
  std::vector<std::string> own;
  for (std::size_t i = stage.done.size(); i < done.size(); ++i) own.push_back(done[i].command);
  if (const std::optional<Forbidden> forbidden = first_forbidden(*assignment, own)) return refused(sentence_of(*forbidden));
  return {watch.all_reached() ? Grade::Verdict::Passed : Grade::Verdict::Failed, "", watch.reached()};
}

}  // namespace raft::walkthrough
