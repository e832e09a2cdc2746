// Short walkthroughs for tests: text in, player or message out.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "raft/walkthrough/player.h"

namespace test {

using raft::walkthrough::Parsed;
using raft::walkthrough::Player;
using raft::walkthrough::Walkthrough;

inline Parsed parse(const std::string& text, std::size_t max_errors = 1) {
  raft::walkthrough::ParseOptions options;
  options.max_errors = max_errors;
  return raft::walkthrough::parse(text, "t.walk", options);
}

/// The first error as a reader sees it; "" if there is none.
inline std::string error_of(const std::string& text) {
  const Parsed parsed = parse(text);
  return parsed.errors.empty() ? "" : parsed.errors.front().message();
}

/// A cluster of three with a step around the statements; the first statement is on line 5.
inline std::string with_steps(const std::string& statements, const std::string& head = "") {
  return "walkthrough 1\ncluster A B C\nseed 2\n" + head + "step \"s\"\n" + statements + "\n";
}

/// A leads term 1 of A, B and C; election timers fire by hand alone, so that nobody else will stand. The first election
/// comes after an election timeout: until then leases and what protects them do not work.
inline std::string led_by_a(const std::string& statements, const std::string& head = "") {
  return "walkthrough 1\ncluster A B C\nset timers manual\nset latency 10ms..10ms\n" + head +
         "step \"lead\"\n  for 200ms\n  do timeout A\n  settle\nstep \"s\"\n" + statements;
}

inline Player player_of(const std::string& text) {
  Parsed parsed = parse(text);
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  return Player(std::make_shared<const Walkthrough>(std::move(parsed.walkthrough)));
}

/// Plays to the end: "" if all held, otherwise the message.
inline std::string play(Player& player) {
  while (true) {
    const Player::Progress progress = player.play_one();
    if (progress == Player::Progress::Ended) return "";
    if (progress == Player::Progress::Failed) return player.failure()->message();
  }
}

inline std::string outcome(const std::string& text) {
  Player player = player_of(text);
  return play(player);
}

inline std::string play_led(const std::string& statements, const std::string& head = "") {
  return outcome(led_by_a(statements, head));
}

inline std::string read_source(const std::string& path) {
  std::ifstream file(std::string(RAFTLAB_SOURCE_DIR) + "/" + path);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline const std::string shipped[] = {"assets/walkthroughs/normal_election.walk", "assets/walkthroughs/sally.walk",
                                      "assets/walkthroughs/bob_and_tom.walk"};

}  // namespace test
