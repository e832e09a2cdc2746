// Playing what was read: a walkthrough from a stranger may fail, but it does so with a message that has a place, and
// the promises of Raft are broken only where a rule is off, a state was given or a disk was lost.
#include <memory>
#include <string_view>

#include "raft/walkthrough/player.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using raft::walkthrough::Player;
  raft::walkthrough::Parsed parsed =
      raft::walkthrough::parse(std::string_view(reinterpret_cast<const char*>(data), size), "f.walk");
  if (!parsed.errors.empty()) return 0;
  // Answers are found by running ahead, for as long as the file says; here only what is played counts.
  for (const raft::walkthrough::Step& step : parsed.walkthrough.steps) {
    if (!step.questions.empty()) return 0;
  }
  Player player(std::make_shared<const raft::walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
  for (int i = 0; i < 2000; ++i) {
    const Player::Progress progress = player.play_one();
    if (progress == Player::Progress::Ended) return 0;
    if (progress != Player::Progress::Failed) continue;
    require(player.failure().has_value(), "a failure says why");
    require(player.failure()->message().find('\n') == std::string::npos, "a failure is one line");
    return 0;
  }
  return 0;
}
