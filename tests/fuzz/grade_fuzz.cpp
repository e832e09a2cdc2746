// Grading: an assignment, a line of four dashes, a session. Whatever the two are, the verdict is one of the four, goes
// with what was reached, says why it refuses in one line, and is the same when asked again.
#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include "raft/walkthrough/assignment.h"
#include "raft/walkthrough/player.h"
#include "tests/fuzz/fuzz.h"

using raft::walkthrough::Grade;
using raft::walkthrough::Walkthrough;

namespace {

using Story = std::shared_ptr<const Walkthrough>;

Story read(std::string_view text) {
  raft::walkthrough::Parsed parsed = raft::walkthrough::parse(text, "f.walk");
  if (!parsed.errors.empty()) return nullptr;
  // Answers are found by running ahead, for as long as the file says; here only what is played counts.
  for (const raft::walkthrough::Step& step : parsed.walkthrough.steps) {
    if (!step.questions.empty()) return nullptr;
  }
  return std::make_shared<const Walkthrough>(std::move(parsed.walkthrough));
}

/// Nothing that is worth grading takes longer.
bool is_short(const Story& story) {
  raft::walkthrough::Player player(story);
  for (int i = 0; i < 2000; ++i) {
    if (player.ended() || player.play_one() == raft::walkthrough::Player::Progress::Failed) return true;
  }
  return false;
}

void check_verdict(const Walkthrough& assignment, const Grade& grade) {
  const std::size_t goals = assignment.steps.size() - raft::walkthrough::first_goal(assignment);
  require((grade.verdict == Grade::Verdict::Refused) == !grade.why.empty(), "who is refused is told why");
  require(grade.why.find('\n') == std::string::npos, "why is one line");
  require(grade.reached.size() <= goals, "no more goals than there are");
  if (grade.verdict == Grade::Verdict::Refused) require(grade.reached.empty(), "who is refused reaches nothing");
  if (grade.verdict == Grade::Verdict::Passed) require(grade.reached.size() == goals, "who passes reaches every goal");
  if (grade.verdict == Grade::Verdict::Failed) require(grade.reached.size() < goals, "who fails misses a goal");
  require(std::is_sorted(grade.reached.begin(), grade.reached.end(),
                         [](const auto& a, const auto& b) { return a.event < b.event; }),
          "goals are reached in their order");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view line = "\n----\n";
  const std::string_view both(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = both.find(line);
  if (middle == std::string_view::npos) return 0;
  const Story assignment = read(both.substr(0, middle + 1));
  if (assignment == nullptr || why_not_gradable(*assignment)) return 0;
  const Story session = read(both.substr(middle + line.size()));
  if (session == nullptr || !is_short(assignment) || !is_short(session)) return 0;
  const Grade grade = raft::walkthrough::grade(assignment, session);
  check_verdict(*assignment, grade);
  const Grade again = raft::walkthrough::grade(assignment, session);
  require(again.verdict == grade.verdict && again.why == grade.why && again.reached.size() == grade.reached.size(),
          "the same session has the same grade");
  return 0;
}
