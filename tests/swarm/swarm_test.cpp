// A fixed sample of the swarm: every promise is kept, and everything that can occur does. Then what the swarm itself
// must be: the same to the bit from a seed, in slices of any size; good at finding what breaks without a rule.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "raft/search/found_walk.h"
#include "raft/search/swarm.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/player.h"
#include "tests/support/random_run.h"

namespace raft::search {

namespace {

using sim::operator""_s;

SwarmOptions seeds(std::uint64_t first, std::uint64_t last) {
  SwarmOptions options;
  options.first_seed = first;
  options.last_seed = last;
  return options;
}

SwarmOptions without(Rule rule, std::uint64_t first, std::uint64_t last) {
  SwarmOptions options = seeds(first, last);
  options.rules.set(rule, false);
  return options;
}

void run_all(Swarm& swarm, int slice = 50'000) {
  while (swarm.advance(slice) != Swarm::Progress::Done) {
  }
}

/// "" if the walkthrough that is saved replays, as text, to its end.
std::string replayed(const Failure& failure) {
  walkthrough::Parsed parsed = walkthrough::parse(write(walkthrough_of(failure.smallest, failure.seed)), "found.walk");
  if (!parsed.errors.empty()) return parsed.errors.front().message();
  walkthrough::Player player(std::make_shared<const walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
  while (!player.ended()) {
    if (player.play_one() == walkthrough::Player::Progress::Failed) return player.failure()->message();
  }
  return "";
}

}  // namespace

TEST_CASE("the swarm: every promise is kept under every fault, the clients agree, and everything occurs") {
  Swarm swarm(seeds(1, enough_seeds));
  run_all(swarm);
  CHECK(swarm.runs() == enough_seeds);
  CHECK(swarm.failed() == 0);
  for (const Failure& failure : swarm.failures()) {
    CAPTURE(failure.seed);
    FAIL_CHECK(std::string(promise_name(failure.finding)));
  }
  REQUIRE(asks_for_all(swarm.options()));
  for (const std::string& name : swarm.coverage().missing(swarm.options())) FAIL_CHECK("never occurred: " << name);
  // What is excused does not occur either: the table tells the truth.
  for (std::size_t i = 0; i < reason_count; ++i) {
    const auto reason = static_cast<ReasonCode>(i);
    if (reason != ReasonCode::ChangeUnderWay && *why_never(reason) != '\0') {
      CAPTURE(std::string(reason_info(reason).name));
      CHECK(swarm.coverage().of(reason) == 0);
    }
  }
}

TEST_CASE("a seed and the program reproduce a run to the bit, whatever the slices and whatever ran before") {
  for (const std::uint64_t seed : {3U, 17U, 40U}) {
    Swarm alone(seeds(seed, seed));
    run_all(alone);
    Swarm sliced(seeds(seed - 2, seed));
    run_all(sliced, 7);
    CHECK(sim::world_hash(alone.run().world()) == sim::world_hash(sliced.run().world()));
    CHECK(alone.run().acts().size() == sliced.run().acts().size());
    // Its acts played again from the list are the same run.
    Culprit played{alone.run().config(), {}, alone.options().time, {}};
    for (const sim::Act& act : alone.run().acts()) played.acts.push_back({act.at, act.what});
    played.until = alone.run().world().now;
    CHECK(sim::world_hash(run_of(played).world()) == sim::world_hash(alone.run().world()));
  }
}

TEST_CASE("without a rule the swarm finds what breaks, shrinks it, and its walkthrough shows it") {
  struct Case {
    Rule rule;
    std::uint64_t seed;
    std::string promise;
  };
  for (const Case& expected : {Case{Rule::CandidateLogUpToDate, 1, "Leader Completeness"},
                               Case{Rule::ConsistencyCheck, 1, "Log Matching"},
                               Case{Rule::ReadConfirmedByRound, 176, "linearizability"},
                               Case{Rule::RandomizedTimeouts, 3, "liveness"},
                               Case{Rule::LearnersDoNotCount, 2, "Leader Completeness"}}) {
    CAPTURE(expected.seed);
    CAPTURE(expected.promise);
    Swarm swarm(without(expected.rule, expected.seed, expected.seed));
    run_all(swarm);
    REQUIRE(swarm.failures().size() == 1);
    const Failure& failure = swarm.failures().front();
    CHECK(promise_name(failure.finding) == expected.promise);
    CHECK(failure.smallest.finding.same_promise(failure.finding));
    CHECK(failure.smallest.acts.size() < 10);
    CHECK(failure.smallest.acts.size() < failure.acts);
    CHECK(replayed(failure) == "");
  }
}

TEST_CASE("whatever rules are off, promises break but never the program") {
  for (const RuleInfo& info : rule_table) {
    CAPTURE(std::string(info.name));
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      SwarmOptions options = without(info.rule, seed, seed);
      // And sometimes another one, or nearly all.
      if (seed % 3 == 0) options.rules.set(rule_table[seed * 5 % rule_table.size()].rule, false);
      if (seed % 6 == 0) {
        for (const RuleInfo& other : rule_table) options.rules.set(other.rule, (seed + static_cast<std::uint64_t>(other.rule)) % 5 == 0);
      }
      const SeedPlan plan = plan_of(options, seed * 37);
      test::Cluster cluster(plan.config);
      test::RandomFaults faults(plan);
      while (cluster.world.events < 3'000) {
        const auto what = faults.maybe(cluster.world);
        if (what && !cluster.refused(*what)) {
          cluster.act(*what);
        } else if (!cluster.step()) {
          const auto repair = next_repair(cluster.world);
          if (!repair) break;
          cluster.act(*repair);
        }
      }
      CHECK(cluster.safety.events_checked() == cluster.world.events);
    }
  }
}

TEST_CASE("faults are selected by their names, alone or in groups, and no others befall a run") {
  CHECK(faults_from_name("all") == FaultSet::all(Within::Model));
  CHECK_FALSE(faults_from_name("all")->has(Fault::Wipe));
  CHECK(faults_from_name("sabotage")->has(Fault::Wipe));
  CHECK_FALSE(faults_from_name("typhoon").has_value());
  SwarmOptions options = seeds(1, 30);
  options.faults = *faults_from_name("crash") | *faults_from_name("drop");
  Swarm swarm(options);
  run_all(swarm);
  CHECK(swarm.failed() == 0);
  for (const FaultInfo& info : fault_table) {
    CAPTURE(std::string(info.name));
    CHECK((swarm.coverage().of(info.fault) > 0) == options.faults.has(info.fault));
  }
  CHECK(swarm.coverage().of(ReasonCode::LostByChance) == 0);
  CHECK_FALSE(asks_for_all(options));
}

TEST_CASE("sabotage breaks what Raft does not promise to survive: a wiped disk forgets its votes and entries") {
  SwarmOptions options = seeds(1, 12);
  options.faults = FaultSet::all(Within::Model) | FaultSet::all(Within::Sabotage);
  Swarm swarm(options);
  run_all(swarm);
  CHECK(swarm.failed() > 0);
  CHECK(swarm.coverage().of(Fault::Wipe) > 0);
}

TEST_CASE("every size of a cluster has its turn") {
  std::array<int, sim::max_voters + 1> sizes{};
  for (std::uint64_t seed = 1; seed <= enough_seeds; ++seed) ++sizes[plan_of(SwarmOptions{}, seed).config.node_names.size()];
  for (std::size_t size = 1; size <= sim::max_voters; ++size) CHECK(sizes[size] > 0);
  SwarmOptions options;
  options.nodes = 4;
  CHECK(plan_of(options, 5).config.node_names.size() == 4);
}

}  // namespace raft::search
