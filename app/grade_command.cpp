// Grading is in raft/walkthrough/assignment.h; here it is told, one line a goal, or as JSON.
#include "app/grade_command.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/interrupt.h"
#include "app/standard_streams.h"
#include "app/walkthrough_file.h"
#include "raft/sim/json_text.h"
#include "raft/walkthrough/assignment.h"
#include "raft/walkthrough/values.h"

namespace app {

using raft::walkthrough::Grade;
using raft::walkthrough::Parsed;
using raft::walkthrough::Walkthrough;
using Verdict = raft::walkthrough::Grade::Verdict;

namespace {

const char* verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Passed: return "pass";
    case Verdict::Failed: return "fail";
    case Verdict::Refused: return "refused";
    case Verdict::Cancelled: return "cancelled";
  }
  return "";
}

/// What is told of one session.
struct Graded {
  std::string session;
  Grade grade;
};

std::string as_text(const Walkthrough& assignment, const Graded& graded) {
  const Grade& grade = graded.grade;
  std::string text = fmt::format("{}: {}", graded.session, verdict_word(grade.verdict));
  if (grade.verdict == Verdict::Refused) return text + ": " + grade.why + "\n";
  text += "\n";
  const std::size_t from = raft::walkthrough::first_goal(assignment);
  for (std::size_t i = from; i < assignment.steps.size(); ++i) {
    const std::string& goal = assignment.steps[i].name;
    if (i - from >= grade.reached.size()) {
      text += fmt::format("  missed   {}\n", goal);
      continue;
    }
    const auto& reached = grade.reached[i - from];
    text += fmt::format("  reached  {} (event {}, {})\n", goal, reached.event,
                        raft::walkthrough::duration_text(reached.at));
  }
  return text;
}

nlohmann::ordered_json as_json(const Walkthrough& assignment, const Graded& graded) {
  nlohmann::ordered_json json;
  json["session"] = graded.session;
  json["verdict"] = verdict_word(graded.grade.verdict);
  if (graded.grade.verdict == Verdict::Refused) json["why"] = graded.grade.why;
  json["goals"] = nlohmann::ordered_json::array();
  const std::size_t from = raft::walkthrough::first_goal(assignment);
  for (std::size_t i = from; i < assignment.steps.size(); ++i) {
    nlohmann::ordered_json goal;
    const bool is_reached = i - from < graded.grade.reached.size();
    goal["goal"] = assignment.steps[i].name;
    goal["reached"] = is_reached;
    if (is_reached) {
      goal["event"] = graded.grade.reached[i - from].event;
      goal["at_us"] = graded.grade.reached[i - from].at;
    }
    json["goals"].push_back(goal);
  }
  return json;
}

std::string report(const GradeRequest& request, const Walkthrough& assignment, const std::vector<Graded>& all) {
  const auto passed = std::count_if(all.begin(), all.end(), [](const Graded& graded) {
    return graded.grade.verdict == Verdict::Passed;
  });
  if (!request.json) {
    std::string text;
    for (const Graded& graded : all) text += as_text(assignment, graded);
    return text + fmt::format("{} of {} pass\n", passed, request.sessions.size());
  }
  nlohmann::ordered_json json;
  json["assignment"] = request.assignment;
  json["sessions"] = nlohmann::ordered_json::array();
  for (const Graded& graded : all) json["sessions"].push_back(as_json(assignment, graded));
  json["passed"] = passed;
  json["not_passed"] = static_cast<std::ptrdiff_t>(request.sessions.size()) - passed;
  return raft::sim::json_text(json) + "\n";
}

/// Null, with a line on standard error, if the file cannot be read.
std::shared_ptr<const Walkthrough> read(const std::string& file) {
  Parsed parsed = read_walkthrough(file, 1);
  if (parsed.errors.empty()) return std::make_shared<const Walkthrough>(std::move(parsed.walkthrough));
  complain(parsed.errors.front().message());
  return nullptr;
}

}  // namespace

int grade_sessions(const GradeRequest& request) {
  watch_for_interrupt();
  const std::shared_ptr<const Walkthrough> assignment = read(request.assignment);
  if (assignment == nullptr) return exit_bad_input;
  if (const auto why = raft::walkthrough::why_not_gradable(*assignment)) {
    complain(why->message());
    return exit_bad_input;
  }
  int worst = exit_held;
  std::vector<Graded> all;
  for (const std::string& file : request.sessions) {
    const std::shared_ptr<const Walkthrough> session = read(file);
    if (session == nullptr) {
      worst = exit_bad_input;
      continue;
    }
    Grade grade = raft::walkthrough::grade(assignment, session, interrupted);
    if (grade.verdict == Verdict::Cancelled) {
      complain("cancelled");
      return exit_cancelled;
    }
    if (grade.verdict != Verdict::Passed) worst = std::max<int>(worst, exit_failed);
    all.push_back({file, std::move(grade)});
  }
  const int printed = print(report(request, *assignment, all));
  return std::max(worst, printed);
}

}  // namespace app
