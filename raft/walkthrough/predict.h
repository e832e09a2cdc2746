// Predict mode: is there something worth a guess in what is about to happen, and how does it turn out? The answer is
// found by letting a copy of the world go on. Pure: when to ask, and the score, are the app's business.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "raft/sim/advance.h"
#include "raft/sim/world.h"

namespace raft::walkthrough {

/// What a question is about; each has a score of its own.
enum class GuessKind : std::uint8_t {
  WhoWins,      // a node has become a candidate
  CanWin,       // a node that lacks something becomes a candidate next
  WillGrant,    // a RequestVote arrives next
  WillAccept,   // an AppendEntries with entries arrives next
  WillCommit,   // a leader has appended a command
  WhatSurvives, // two logs differ, and can be repaired now
};
inline constexpr std::size_t guess_kind_count = 6;
const char* guess_kind_name(GuessKind kind);

struct Prediction {
  GuessKind kind{};
  NodeId node = no_node;   // who decides, stands for election or appended
  NodeId other = no_node;  // the sender
  Term term = 0;
  Index index = 0;
  /// Nodes, and no_node for nobody (WhoWins); terms of the entry at `index`, 0 for neither (WhatSurvives).
  std::vector<NodeId> nodes = {};
  std::vector<Term> terms = {};
  /// Of `nodes`, where there are any: how many votes each had in that term in the end; nullopt: it did not stand.
  std::vector<std::optional<int>> votes = {};
  std::size_t answer = 0;  // among them; of a yes-or-no question: 0 yes, 1 no
  /// What decided it, with the node that decided.
  struct Why { Reason reason; NodeId self = no_node; };
  std::vector<Why> why = {};

  std::size_t choices() const;
};

/// `last`: the event that has just happened. nullopt: nothing to guess here. `not_again`: this kind has just been asked.
std::optional<Prediction> predict(const sim::World& now, const sim::Event& last, std::optional<GuessKind> not_again);

/// How far the copy goes to find an answer, in simulated time.
inline constexpr sim::Time guess_horizon = 3'000'000;

}  // namespace raft::walkthrough
