// What an author may want to write, found in the run: what is true here, what came true exactly here, what could be
// asked here. All of it as lines of the language, most telling first; all of it verified by playing.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "raft/walkthrough/player.h"
#include "raft/walkthrough/recorder.h"

namespace raft::walkthrough {

/// Conditions that are true `now`; first those that were not yet true `before`.
std::vector<std::string> true_now(const Facts& now, const Facts& before, std::size_t most = 40);

/// The same facts, whatever changed: what the suggestions are chosen from (suggest_facts.cpp).
std::vector<std::string> facts_of(const Facts& now);

/// How to come from a place to a later one in which nobody has acted since: `until role A = leader within 2s` where the
/// condition is first true exactly there, and last of all `for 30ms` or `at event 41`. Empty where nothing has happened
/// in between.
std::vector<std::string> waits(const Facts& from, const RunPlace& to, std::size_t most = 12);

/// A message that was picked by its number, picked by what it is, where that means the same message: `drop m17` as
/// `drop RequestVote A -> C`.
sim::Intervention as_written(const sim::Intervention& what, const sim::World& world);

/// Something to ask, without its words: `answer …` or several `… when …`, and which words fit.
struct QuestionIdea {
  enum class About : unsigned char { WillLead, TermHasLeader, WhoLeads, WhoStands, Committed, Answered, WhichLeads };
  About about{};
  std::vector<std::string> names;  // what the words are filled with: a node, a term, a command, a client
  std::vector<std::string> conditions;  // `answer` CONDITION within DURATION; one for each option
};
std::vector<QuestionIdea> questions(const Facts& now);
/// As it would be read, without its words.
Question question_of(const QuestionIdea& idea, const Names& names);

}  // namespace raft::walkthrough
