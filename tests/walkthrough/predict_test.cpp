// Predict mode: over many random runs, what it says will happen is what then happens.
#include "raft/walkthrough/predict.h"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>

#include "raft/sim/world_hash.h"
#include "tests/support/random_run.h"

using namespace raft;
using raft::walkthrough::GuessKind;
using raft::walkthrough::Prediction;

namespace {

NodeId leader_of_term(const sim::World& world, Term term) {
  for (const sim::Machine& machine : world.machines) {
    const NodeState& node = machine.node;
    if (machine.up && node.memory.role == Role::Leader && node.durable.current_term == term) return node.id;
  }
  return no_node;
}

bool knows_committed(const sim::World& world, Index index, Term term) {
  for (const sim::Machine& machine : world.machines) {
    const Log& log = machine.node.durable.log;
    const bool there = log.base().index <= index && index <= log.last_index();
    if (machine.up && machine.node.memory.commit_index >= index && there && log.term_at(index) == term) return true;
  }
  return false;
}

bool has(const sim::Event& event, ReasonCode code) {
  for (const Reason& reason : event.reasons) {
    if (reason.code == code) return true;
  }
  return false;
}

/// What happens when the run is left to itself, found by playing it: the choice that would have been right.
std::size_t what_happens(const sim::World& now, const Prediction& asked) {
  sim::World world = now;
  sim::Event event;
  const sim::Time end = now.now + walkthrough::guess_horizon;
  bool first = true;
  while (sim::upcoming(world).at <= end && sim::advance(world, event)) {
    if (first && asked.kind == GuessKind::WillGrant) {
      return has(event, ReasonCode::GrantedVote) || has(event, ReasonCode::GrantedVoteAgain) ? 0 : 1;
    }
    if (first && asked.kind == GuessKind::WillAccept) {
      for (const sim::MessageId id : event.sent) {
        const auto* reply = std::get_if<AppendEntriesReply>(&world.network.find(id)->message.body);
        if (reply != nullptr) return reply->success ? 0 : 1;
      }
    }
    first = false;
    const NodeId leader = leader_of_term(world, asked.term);
    if (asked.kind == GuessKind::CanWin && leader == asked.node) return 0;
    if (asked.kind == GuessKind::WhoWins && leader != no_node) {
      for (std::size_t i = 0; i < asked.nodes.size(); ++i) {
        if (asked.nodes[i] == leader) return i;
      }
      return asked.nodes.size();
    }
    if (asked.kind == GuessKind::WillCommit && knows_committed(world, asked.index, asked.term)) return 0;
    // A leader that leads on has deleted nothing: what its snapshot covers was committed.
    if (asked.kind == GuessKind::WillCommit && leader == asked.node && world.node(leader).durable.log.base().index > asked.index) return 0;
    if (asked.kind != GuessKind::WhatSurvives) continue;
    for (std::size_t i = 0; i + 1 < asked.terms.size(); ++i) {
      if (knows_committed(world, asked.index, asked.terms[i])) return i;
    }
  }
  if (asked.kind == GuessKind::WhoWins) return asked.nodes.size() - 1;
  return asked.kind == GuessKind::WhatSurvives ? asked.terms.size() - 1 : 1;
}

/// Who has stood in the term, now or in what follows until somebody wins it, has the votes that they say: counted from what the
/// candidates say that they decide.
void check_votes(const sim::World& now, const Prediction& asked) {
  REQUIRE(asked.votes.size() == asked.nodes.size());
  std::map<NodeId, NodeSet> votes;
  for (const sim::Machine& machine : now.machines) {
    const NodeState& node = machine.node;
    const bool stands = node.memory.role == Role::Candidate || node.memory.role == Role::Leader;  // somebody may have won it already
    if (machine.up && stands && node.durable.current_term == asked.term) votes[node.id] = node.memory.votes_granted;
  }
  sim::World world = now;
  sim::Event event;
  while (leader_of_term(world, asked.term) == no_node && sim::upcoming(world).at <= now.now + walkthrough::guess_horizon) {
    if (!sim::advance(world, event)) break;
    if (event.node == no_node || world.node(event.node).durable.current_term != asked.term) continue;
    for (const Reason& reason : event.reasons) {
      if (reason.code == ReasonCode::StartedElection) votes[event.node] = {};
      if (reason.code == ReasonCode::VotedForItself) votes[event.node].add(event.node);
      if (reason.code == ReasonCode::CountedVote) votes[event.node].add(reason.operands[0].node());
    }
  }
  for (std::size_t i = 0; i < asked.nodes.size(); ++i) {
    REQUIRE(asked.votes[i].has_value() == votes.contains(asked.nodes[i]));
    if (asked.votes[i]) CHECK(*asked.votes[i] == votes[asked.nodes[i]].count());
  }
  CHECK_FALSE(asked.votes.back().has_value());  // nobody
}

struct Count {
  int asked = 0;
  std::set<std::size_t> answers;
};

}  // namespace

TEST_CASE("that an isolated node has a higher term does not end an election elsewhere") {
  int won = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    sim::ClusterConfig config;
    config.node_names = {"A", "B", "C", "D", "E"};
    config.seed = seed;
    sim::World world{sim::make_world(config)};
    sim::Event event;
    const auto play_to = [&](sim::Time time) {
      while (sim::upcoming(world).at <= time && sim::advance(world, event)) {
      }
    };
    play_to(1'000'000);
    const NodeId leader = sim::current_leader(world);
    REQUIRE(leader != no_node);
    const NodeId apart = *(world.all_nodes() - world.node(leader).self()).begin();
    sim::intervene(world, sim::Isolate{NodeSet::only(apart)}, sim::Origin::Script, event);
    play_to(3'000'000);
    sim::intervene(world, sim::Crash{NodeSet::only(leader)}, sim::Origin::Script, event);
    while (event.kind != sim::EventKind::ElectionTimeout || event.node == apart) REQUIRE(sim::advance(world, event));
    REQUIRE(world.node(apart).durable.current_term > world.node(event.node).durable.current_term);
    const std::optional<Prediction> asked = walkthrough::predict(world, event, std::nullopt);
    REQUIRE(asked.has_value());
    REQUIRE(asked->kind == GuessKind::WhoWins);
    CHECK(asked->answer == what_happens(world, *asked));
    won += asked->answer + 1 != asked->choices() ? 1 : 0;
  }
  CHECK(won > 0);  // and not all the answer is nobody
}

TEST_CASE("over 240 random runs, every answer is what then happens, and no answer is always the same") {
  std::array<Count, walkthrough::guess_kind_count> counts{};
  for (std::uint64_t seed = 1; seed <= 240; ++seed) {
    sim::World world{sim::make_world(test::random_config(seed))};
    test::RandomFaults faults(seed);
    sim::Event event;
    for (int i = 0; i < 250; ++i) {
      if (const auto what = faults.maybe(world); what && !sim::refusal(world, *what)) {
        sim::intervene(world, *what, sim::Origin::Script, event);
      } else if (!sim::advance(world, event)) {
        break;
      }
      if (i % 5 != 0 && event.kind != sim::EventKind::ElectionTimeout && event.kind != sim::EventKind::Network) continue;
      const std::uint64_t before = sim::world_hash(world);
      for (int kind = -1; kind < static_cast<int>(walkthrough::guess_kind_count); ++kind) {
        std::optional<GuessKind> not_again;
        if (kind >= 0) not_again = static_cast<GuessKind>(kind);
        const std::optional<Prediction> asked = walkthrough::predict(world, event, not_again);
        if (!asked) continue;
        CAPTURE(seed);
        CAPTURE(i);
        CAPTURE(guess_kind_name(asked->kind));
        CHECK(not_again != asked->kind);
        REQUIRE(asked->answer < asked->choices());
        CHECK(asked->choices() >= 2);
        CHECK(asked->choices() <= 5);
        CHECK(asked->answer == what_happens(world, *asked));
        if (asked->kind == GuessKind::WhoWins) check_votes(world, *asked);
        Count& count = counts[static_cast<std::size_t>(asked->kind)];
        ++count.asked;
        count.answers.insert(asked->answer);
      }
      CHECK(sim::world_hash(world) == before);
    }
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string name = guess_kind_name(static_cast<GuessKind>(i));
    CAPTURE(name);
    CAPTURE(counts[i].asked);
    CHECK(counts[i].asked >= 10);
    // Of entries that conflict, the one of the higher term survives in all but staged cases, such as Figure 8.
    if (static_cast<GuessKind>(i) != GuessKind::WhatSurvives) CHECK(counts[i].answers.size() >= 2);
  }
}
