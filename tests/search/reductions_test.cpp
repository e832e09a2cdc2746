// What the explorer merges changes no answer: compared with a plain explorer, and with itself when it merges nothing.
#include <doctest/doctest.h>

#include <vector>

#include "raft/search/explorer.h"
#include "tests/search/naive_explorer.h"

namespace raft::test {

using search::Bounds;
using search::Options;
using search::Outcome;
using search::Result;

namespace {

Options merging_nothing(Options options) {
  options.merge_symmetric = false;
  options.drop_dead_messages = false;
  options.forget_past = false;
  options.order_by_term = false;
  return options;
}

Options from_first_start(std::size_t nodes, const Bounds& bounds) {
  return {.start = search::first_start(nodes), .bounds = bounds};
}

Options without(Rule rule, const Bounds& bounds) {
  Options options = from_first_start(3, bounds);
  options.start.settings.core.rules.set(rule, false);
  return options;
}

void agrees_with_naive(const Options& options) {
  CAPTURE(options.bounds.terms);
  CAPTURE(options.bounds.messages);
  const Result result = search::explore(merging_nothing(options));
  const NaiveResult naive = explore_naively(options);
  CHECK(result.depth == naive.depth);
  if (naive.broken) {
    REQUIRE(result.counterexample);
    CHECK(static_cast<int>(result.counterexample->steps.size()) == naive.depth);
    return;
  }
  CHECK(result.outcome == Outcome::Complete);
  CHECK(result.states == naive.states);
}

const std::vector<Rule> safety_rules = {
    Rule::OneVotePerTerm,        Rule::VotePersisted,       Rule::TermAndLogPersisted,  Rule::CandidateLogUpToDate,
    Rule::MajorityNeeded,        Rule::ConsistencyCheck,    Rule::DeleteOnlyOnConflict, Rule::CommitOnlyCurrentTerm,
    Rule::StepDownOnHigherTerm,  Rule::RejectStaleTerm,     Rule::CountOnlyCurrentVotes, Rule::CommitOnlyNewEntries,
    Rule::OneChangeAtATime,      Rule::ConfigurationWhenStored, Rule::RemovedLeaderNotCounted,
};

}  // namespace

TEST_CASE("explorer: as many states as a plain explorer finds, when it merges nothing") {
  agrees_with_naive(from_first_start(1, {.terms = 2, .entries = 1, .messages = 2, .crashes = 1}));
  agrees_with_naive(from_first_start(2, {.terms = 2, .entries = 1, .messages = 2, .crashes = 1}));
  agrees_with_naive(from_first_start(2, {.terms = 2, .entries = 1, .messages = 2, .duplicates = 1}));
  agrees_with_naive(from_first_start(3, {.terms = 1, .entries = 1, .messages = 2}));
  agrees_with_naive(from_first_start(3, {.terms = 1, .entries = 1, .messages = 1, .crashes = 1}));
  agrees_with_naive(from_first_start(3, {.terms = 1, .entries = 0, .messages = 3, .duplicates = 1}));
  Options noop = from_first_start(2, {.terms = 2, .entries = 0, .messages = 2, .crashes = 1});
  noop.start.settings.core.features.noop = true;
  agrees_with_naive(noop);
  agrees_with_naive(from_first_start(2, {.terms = 2, .entries = 0, .messages = 1, .crashes = 1, .changes = 1}));
  agrees_with_naive(from_first_start(3, {.terms = 1, .entries = 0, .messages = 1, .changes = 2}));
  Options joint = from_first_start(3, {.terms = 1, .entries = 0, .messages = 1, .changes = 1});
  joint.change_by = search::ChangeBy::JointConsensus;
  agrees_with_naive(joint);
}

TEST_CASE("explorer: as short a way to a violation as a plain explorer finds") {
  const Bounds votes{.terms = 1, .entries = 0, .messages = 2, .crashes = 1};
  agrees_with_naive(without(Rule::OneVotePerTerm, votes));
  agrees_with_naive(without(Rule::VotePersisted, votes));
  agrees_with_naive(without(Rule::TermAndLogPersisted, votes));
  agrees_with_naive(without(Rule::MajorityNeeded, votes));
  const Bounds two_terms{.terms = 2, .entries = 0, .messages = 1};
  agrees_with_naive(without(Rule::StepDownOnHigherTerm, two_terms));
  agrees_with_naive(without(Rule::CountOnlyCurrentVotes, two_terms));
  agrees_with_naive(without(Rule::CandidateLogUpToDate, {.terms = 2, .entries = 1, .messages = 1}));
  agrees_with_naive(without(Rule::OneChangeAtATime, {.terms = 2, .entries = 0, .messages = 1, .changes = 2}));
  Options joint = without(Rule::JointMajorities, {.terms = 2, .entries = 0, .messages = 1, .changes = 1});
  joint.change_by = search::ChangeBy::JointConsensus;
  agrees_with_naive(joint);
}

TEST_CASE("explorer: orbits of the merged states add up to the states without symmetry") {
  std::vector<Options> searches = {from_first_start(2, {.terms = 1, .entries = 1, .messages = 2, .crashes = 1}),
                                   from_first_start(3, {.terms = 1, .entries = 1, .messages = 2, .crashes = 1}),
                                   from_first_start(4, {.terms = 1, .entries = 1, .messages = 2}),
                                   from_first_start(6, {.terms = 1, .entries = 0, .messages = 1}),  // not all renamings
                                   from_first_start(3, {.terms = 2, .entries = 0, .messages = 1, .changes = 1})};
  searches.back().change_by = search::ChangeBy::JointConsensus;
  for (Options& merged : searches) {
    CAPTURE(merged.start.node_names.size());
    CAPTURE(merged.bounds.changes);
    merged.count_merged = true;
    Options apart = merged;
    apart.merge_symmetric = false;
    const Result with = search::explore(merged);
    const Result without_symmetry = search::explore(apart);
    CHECK(with.outcome == Outcome::Complete);
    CHECK(with.unmerged == without_symmetry.states);
    CHECK(with.states < without_symmetry.states);
    CHECK(with.depth == without_symmetry.depth);
  }
}

TEST_CASE("explorer: of given nodes only those are interchangeable that are given alike") {
  Options options = from_first_start(3, {.terms = 1, .entries = 0, .messages = 2});
  options.start.given = {{.node = node_at(0), .term = 1, .vote = node_at(0), .log = {}},
                         {.node = node_at(1), .term = 1, .vote = node_at(0), .log = {}},
                         {.node = node_at(2), .term = 1, .vote = node_at(0), .log = {}}};
  options.count_merged = true;
  Options apart = options;
  apart.merge_symmetric = false;
  const Result merged = search::explore(options);
  CHECK(merged.unmerged == search::explore(apart).states);
  CHECK(merged.unmerged < 2 * merged.states);
}

TEST_CASE("explorer: every rule off gives the same answer and the same length, merged or not") {
  const std::vector<Bounds> small = {{.terms = 2, .entries = 1, .messages = 1},
                                     {.terms = 1, .entries = 0, .messages = 2, .crashes = 1},
                                     {.terms = 1, .entries = 1, .messages = 1, .crashes = 1, .duplicates = 1},
                                     {.terms = 2, .entries = 0, .messages = 1, .changes = 1}};
  for (const Rule rule : safety_rules) {
    for (const Bounds& bounds : small) {
      CAPTURE(rule_table[static_cast<std::size_t>(rule)].name);
      CAPTURE(bounds.terms);
      CAPTURE(bounds.crashes);
      const Result merged = search::explore(without(rule, bounds));
      const Result plain = search::explore(merging_nothing(without(rule, bounds)));
      CHECK(merged.outcome == plain.outcome);
      CHECK(merged.states <= plain.states);
      REQUIRE(merged.counterexample.has_value() == plain.counterexample.has_value());
      if (merged.counterexample) CHECK(merged.counterexample->steps.size() == plain.counterexample->steps.size());
    }
  }
}

}  // namespace raft::test
