// Short walkthroughs for tests: text in, player or message out.
#pragma once

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "raft/walkthrough/player.h"
#include "tests/support/tree.h"

namespace walkthrough_test {

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

/// The head of a cluster of three whose election timers fire by hand alone.
inline const std::string by_hand = "walkthrough 1\ncluster A B C\nset timers manual\nset latency 10ms..10ms\n";

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
  std::ifstream file(source_dir() + "/" + path);
  REQUIRE(file.good());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// In the order of the course.
inline const std::string shipped[] = {
    "assets/walkthroughs/three_generals.walk",
    "assets/walkthroughs/one_node.walk",
    "assets/walkthroughs/many_copies.walk",
    "assets/walkthroughs/states_and_timers.walk",
    "assets/walkthroughs/normal_election.walk",
    "assets/walkthroughs/leader_dies.walk",
    "assets/walkthroughs/split_vote.walk",
    "assets/walkthroughs/late_candidate.walk",
    "assets/walkthroughs/vote_survives_a_crash.walk",
    "assets/walkthroughs/vote_forgotten.walk",
    "assets/walkthroughs/only_the_up_to_date.walk",
    "assets/walkthroughs/sally.walk",
    "assets/walkthroughs/slow_node.walk",
    "assets/walkthroughs/consistency_check.walk",
    "assets/walkthroughs/lost_late_twice.walk",
    "assets/walkthroughs/crash_phase_1.walk",
    "assets/walkthroughs/crash_phase_2.walk",
    "assets/walkthroughs/crash_phase_3.walk",
    "assets/walkthroughs/crash_phase_4.walk",
    "assets/walkthroughs/crash_phase_5.walk",
    "assets/walkthroughs/crash_phase_6.walk",
    "assets/walkthroughs/split_brain.walk",
    "assets/walkthroughs/bob_and_tom.walk",
    "assets/walkthroughs/ab_against_cde.walk",
    "assets/walkthroughs/one_way.walk",
    "assets/walkthroughs/three_islands.walk",
    "assets/walkthroughs/not_transitive.walk",
    "assets/walkthroughs/read_the_latest.walk",
    "assets/walkthroughs/done_twice.walk",
    "assets/walkthroughs/exactly_once.walk",
    "assets/walkthroughs/snapshot.walk",
    "assets/walkthroughs/add_and_remove.walk",
    "assets/walkthroughs/two_changes.walk",
    "assets/walkthroughs/joint_consensus.walk",
    "assets/walkthroughs/learner.walk",
    "assets/walkthroughs/disruptive_node.walk",
    "assets/walkthroughs/handing_over.walk",
    "assets/walkthroughs/figure_7_how.walk",
    "assets/walkthroughs/figure_7_repair.walk",
    "assets/walkthroughs/figure_8_overwritten.walk",
    "assets/walkthroughs/figure_8_committed.walk",
    "assets/walkthroughs/figure_8_rule_off.walk",
};

/// One for each rule that is off in it, named after the rule.
inline const std::string shipped_broken[] = {
    "assets/walkthroughs/broken/candidate_log_up_to_date.walk",
    "assets/walkthroughs/broken/commit_only_current_term.walk",
    "assets/walkthroughs/broken/configuration_when_stored.walk",
    "assets/walkthroughs/broken/consistency_check.walk",
    "assets/walkthroughs/broken/count_only_current_votes.walk",
    "assets/walkthroughs/broken/delete_only_on_conflict.walk",
    "assets/walkthroughs/broken/joint_majorities.walk",
    "assets/walkthroughs/broken/learners_do_not_count.walk",
    "assets/walkthroughs/broken/majority_needed.walk",
    "assets/walkthroughs/broken/one_change_at_a_time.walk",
    "assets/walkthroughs/broken/one_vote_per_term.walk",
    "assets/walkthroughs/broken/reject_stale_term.walk",
    "assets/walkthroughs/broken/removed_leader_not_counted.walk",
    "assets/walkthroughs/broken/step_down_on_higher_term.walk",
    "assets/walkthroughs/broken/term_and_log_persisted.walk",
    "assets/walkthroughs/broken/vote_persisted.walk"};

}  // namespace walkthrough_test
