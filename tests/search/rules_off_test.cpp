// Each rule that guards safety: within which bounds the explorer finds what breaks without it, in how many steps,
// and that the same bounds are searched to the end with the rule on and nothing is found.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "raft/search/explorer.h"
#include "raft/search/explorer_walk.h"
#include "raft/sim/advance.h"
#include "tests/walkthrough/play.h"

namespace raft::test {

using check::Property;
using search::Bounds;
using search::Counterexample;
using search::Options;
using search::Outcome;
using search::Result;

namespace {

/// As a walkthrough: what is written is read, is in the canonical form, and plays to its end with the violation.
void is_confirmed_as_walkthrough(const Counterexample& counterexample) {
  const std::string text = search::walkthrough_of(counterexample);
  CAPTURE(text);
  const walkthrough_test::Parsed parsed = walkthrough_test::parse(text);
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  CHECK(walkthrough::write(parsed.walkthrough) == text);
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  CHECK(walkthrough_test::play(player) == "");
  CHECK(player.safety().broken(counterexample.violation.property));
}

/// Plays it on a world, and has the violation judged there: it must come with the last event and be the same.
void is_confirmed_by_replay(const Counterexample& counterexample) {
  sim::World world = sim::make_world(counterexample.start);
  check::Safety safety(world);
  sim::Event event;
  for (const sim::Intervention& intervention : search::replay(counterexample)) {
    CHECK(safety.violations().empty());
    REQUIRE_FALSE(sim::refusal(world, intervention).has_value());
    sim::intervene(world, intervention, sim::Origin::Script, event);
    safety.observe(world, event);
  }
  REQUIRE_FALSE(safety.violations().empty());
  const check::Violation& found = safety.violations().front();
  CHECK(found.property == counterexample.violation.property);
  CHECK(found.node == counterexample.violation.node);
  CHECK(found.term == counterexample.violation.term);
  CHECK(found.entry == counterexample.violation.entry);
  CHECK(world.now == 0);
}

/// How many steps the shipped story of a rule takes, as the explorer counts them: what is asked by a client and
/// then delivered is one, and to drop a message is none.
std::size_t shipped_steps(Rule rule) {
  const std::string name = rule_table[static_cast<std::size_t>(rule)].name;
  const walkthrough_test::Parsed parsed =
      walkthrough_test::parse(walkthrough_test::read_source("assets/walkthroughs/broken/" + name + ".walk"));
  std::size_t count = 0;
  for (const walkthrough::Step& step : parsed.walkthrough.steps) {
    for (const walkthrough::Statement& statement : step.statements) {
      if (statement.kind != walkthrough::Statement::Kind::Do) continue;
      const bool counts = !std::holds_alternative<sim::ClientAsk>(statement.command) &&
                          !std::holds_alternative<sim::DropMessage>(statement.command);
      if (counts) ++count;
    }
  }
  return count;
}

struct Case {
  Rule rule;
  Property property;
  std::size_t steps;
  Bounds bounds;
  std::size_t nodes = 3;
  std::size_t learners = 0;
  search::ChangeBy change_by = search::ChangeBy::OneNode;
};

const std::vector<Case> cases = {
    {Rule::MajorityNeeded, Property::ElectionSafety, 2, {.terms = 1, .entries = 0, .messages = 1}},
    {Rule::OneVotePerTerm, Property::ElectionSafety, 6, {.terms = 1, .entries = 0, .messages = 2}},
    {Rule::VotePersisted, Property::ElectionSafety, 8, {.terms = 1, .entries = 0, .messages = 2, .crashes = 1}},
    {Rule::TermAndLogPersisted, Property::ElectionSafety, 8, {.terms = 1, .entries = 0, .messages = 2, .crashes = 1}},
    {Rule::StepDownOnHigherTerm, Property::ElectionSafety, 6, {.terms = 2, .entries = 0, .messages = 2}},
    {Rule::CountOnlyCurrentVotes, Property::ElectionSafety, 7, {.terms = 2, .entries = 0, .messages = 2}},
    {Rule::CandidateLogUpToDate, Property::LeaderCompleteness, 9, {.terms = 2, .entries = 1, .messages = 2}},
    {Rule::DeleteOnlyOnConflict, Property::LeaderCompleteness, 10, {.terms = 2, .entries = 1, .messages = 2}},
    {Rule::RejectStaleTerm, Property::LeaderAppendOnly, 9, {.terms = 2, .entries = 2, .messages = 1}},
    {Rule::ConsistencyCheck, Property::LogMatching, 12, {.terms = 2, .entries = 2, .messages = 2}},
    {Rule::CommitOnlyCurrentTerm, Property::LeaderCompleteness, 21, {.terms = 4, .entries = 2, .messages = 1}},
    {Rule::OneChangeAtATime, Property::LeaderCompleteness, 8, {.terms = 2, .entries = 0, .messages = 1, .changes = 2}},
    {Rule::ConfigurationWhenStored, Property::LeaderCompleteness, 17,
     {.terms = 2, .entries = 1, .messages = 1, .crashes = 1, .changes = 2}},
    {Rule::JointMajorities, Property::LeaderCompleteness, 9,
     {.terms = 2, .entries = 0, .messages = 1, .changes = 1}, 3, 0, search::ChangeBy::JointConsensus},
    {Rule::LearnersDoNotCount, Property::LeaderCompleteness, 9, {.terms = 2, .entries = 1, .messages = 1}, 3, 1},
    {Rule::RemovedLeaderNotCounted, Property::LeaderCompleteness, 17,
     {.terms = 2, .entries = 1, .messages = 2, .drops = 6, .changes = 1}, 4},
};

Result explore_case(const Case& one, bool rule_on) {
  Options options{.start = search::first_start(one.nodes), .bounds = one.bounds, .change_by = one.change_by};
  for (std::size_t i = 0; i < one.learners; ++i) {
    options.start.learner_names.emplace_back(1, static_cast<char>('A' + one.nodes + i));
  }
  options.start.settings.core.rules.set(one.rule, rule_on);
  return search::explore(options);
}

sim::GivenEntry entry(Term term, const char* word) {
  return {term, {.kind = CommandKind::Write, .key = word, .value = word, .expected = {}}};
}

/// Figure 8 (b): S1 led term 2 and brought its entry to S2; S5 led term 3 and kept its entry for itself.
Options figure_8() {
  Options options{.start = search::first_start(5), .bounds = {.terms = 2, .entries = 0, .messages = 2}};
  const sim::GivenEntry one = entry(1, "one");
  const sim::GivenEntry two = entry(2, "two");
  const sim::GivenEntry three = entry(3, "three");
  const NodeId s1 = node_at(0);
  const NodeId s5 = node_at(4);
  options.start.given = {{.node = s1, .term = 3, .log = {one, two}},
                         {.node = node_at(1), .term = 2, .vote = s1, .log = {one, two}},
                         {.node = node_at(2), .term = 3, .vote = s5, .log = {one}},
                         {.node = node_at(3), .term = 3, .vote = s5, .log = {one}},
                         {.node = s5, .term = 3, .vote = s5, .log = {one, three}}};
  return options;
}

}  // namespace

TEST_CASE("explorer: each rule off is caught in the fewest steps; with it on the same bounds hold nothing") {
  for (const Case& one : cases) {
    CAPTURE(rule_table[static_cast<std::size_t>(one.rule)].name);
    const Result off = explore_case(one, false);
    REQUIRE(off.outcome == Outcome::Violated);
    CHECK(off.counterexample->violation.property == one.property);
    CHECK(off.counterexample->steps.size() == one.steps);
    CHECK(static_cast<std::size_t>(off.depth) == one.steps);
    is_confirmed_by_replay(*off.counterexample);
    is_confirmed_as_walkthrough(*off.counterexample);
    CHECK(shipped_steps(one.rule) <= one.steps);
    const Result on = explore_case(one, true);
    CHECK(on.outcome == Outcome::Complete);
    CHECK_FALSE(on.counterexample.has_value());
  }
}

TEST_CASE("explorer: Figure 8 from its starting logs") {
  Options options = figure_8();
  options.start.settings.core.rules.set(Rule::CommitOnlyCurrentTerm, false);
  const Result result = search::explore(options);
  REQUIRE(result.outcome == Outcome::Violated);
  CHECK(result.counterexample->violation.property == Property::LeaderCompleteness);
  CHECK(result.counterexample->steps.size() == 17);
  is_confirmed_by_replay(*result.counterexample);
  is_confirmed_as_walkthrough(*result.counterexample);
}

/// In this core every AppendEntries carries what follows prevLogIndex, heartbeats too, and prevLogIndex is the highest
/// index at which the logs match, or higher. So where leaderCommit is beyond the last new entry, the first new entry
/// conflicts or is the end of the follower's log: nothing is left to break, however few entries a message carries.
TEST_CASE("explorer: a follower that commits past the last new entry breaks nothing here") {
  Options options{.start = search::first_start(3), .bounds = {.terms = 2, .entries = 2, .messages = 2}};
  options.start.settings.core.rules.set(Rule::CommitOnlyNewEntries, false);
  options.start.settings.core.batch = 1;
  CHECK(search::explore(options).outcome == Outcome::Complete);
}

TEST_CASE("explorer: a violation in the given state takes no step") {
  Options options{.start = search::first_start(2), .bounds = {}};
  options.start.given = {{.node = node_at(0), .term = 1, .commit = 1, .log = {entry(1, "a")}},
                         {.node = node_at(1), .term = 1, .commit = 1, .log = {entry(1, "b")}}};
  const Result result = search::explore(options);
  REQUIRE(result.outcome == Outcome::Violated);
  CHECK(result.counterexample->steps.empty());
}

}  // namespace raft::test
