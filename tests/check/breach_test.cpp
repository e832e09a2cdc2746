// What is broken now is told from what was broken only before every rule was on again.
#include "raft/check/breach.h"

#include <doctest/doctest.h>

#include "raft/check/checked_run.h"
#include "tests/support/cluster.h"
#include "tests/support/observed.h"
#include "tests/support/two_leaders.h"

namespace raft::test {

namespace {

using check::Breach;
using check::Property;

std::vector<Breach> breaches_of(const check::CheckedRun& run) {
  return check::breaches(run.oracles().violations(), run.timeline().position(), check::rules_off(run.timeline()));
}

void step_until_leads(check::CheckedRun& run, NodeId node) {
  while (run.timeline().world().node(node).memory.role != Role::Leader) REQUIRE(run.step());
}

}  // namespace

TEST_CASE("a promise that is broken after every rule is on again is broken now, and one that was before is past") {
  for (const bool on_before : {true, false}) {
    CAPTURE(on_before);
    check::CheckedRun run(manual_cluster_of(3));
    const auto act = [&run](const Intervention& what) { REQUIRE_FALSE(run.act(what, Origin::Script)); };
    for (const Intervention& what : a_leads_alone()) act(what);
    step_until_leads(run, A);
    if (on_before) act(majority_needed_again());
    act(b_stands());
    step_until_leads(run, B);
    const std::int64_t broken_at = run.timeline().position();
    if (!on_before) {
      CHECK(check::rules_off(run.timeline()).empty());
      REQUIRE_FALSE(breaches_of(run).empty());
      CHECK_FALSE(breaches_of(run).front().past);
      act(majority_needed_again());
      REQUIRE(check::rules_off(run.timeline()).size() == 1);
      CHECK(check::rules_off(run.timeline()).front().until == run.timeline().position());
    }
    REQUIRE_FALSE(breaches_of(run).empty());
    CHECK(breaches_of(run).front().violation.property == Property::ElectionSafety);
    CHECK(breaches_of(run).front().violation.event == broken_at);
    CHECK(breaches_of(run).front().past == !on_before);
    run.seek(broken_at - 1);
    for (const Breach& breach : breaches_of(run)) CHECK(breach.violation.property != Property::ElectionSafety);
  }
}

TEST_CASE("of a promise that was broken and is broken again, the first violation since then counts") {
  const std::vector<check::Violation> found{{.property = Property::LogMatching, .event = 3},
                                            {.property = Property::ElectionSafety, .event = 4},
                                            {.property = Property::LogMatching, .event = 9},
                                            {.property = Property::LogMatching, .event = 11}};
  const std::vector<check::RulesOff> off{{.from = 1, .until = 9}};
  const std::vector<Breach> now = check::breaches(found, 12, off);
  REQUIRE(now.size() == 2);
  CHECK(now[0].violation.property == Property::ElectionSafety);
  CHECK(now[0].past);
  CHECK(now[1].violation.event == 9);  // at the very event counts, too
  CHECK_FALSE(now[1].past);
  CHECK(check::breaches(found, 12, {}).at(1).violation.event == 3);
}

TEST_CASE("a promise broken while every rule was on is not past because a rule is off and on again later") {
  const std::vector<check::Violation> found{{.property = Property::LogMatching, .event = 3},
                                            {.property = Property::ElectionSafety, .event = 7}};
  const std::vector<Breach> now = check::breaches(found, 12, {{.from = 2, .until = 5}, {.from = 9, .until = 10}});
  REQUIRE(now.size() == 2);
  CHECK_FALSE(now[0].past);
  CHECK(now[0].violation.property == Property::ElectionSafety);
  CHECK(now[1].past);
}

TEST_CASE("a hundred violations while a rule is off do not hide the first after every rule is on again") {
  check::Violations found;
  Rules rules;
  const auto breaks = [&found, &rules](std::int64_t event) {
    found.observe(rules);
    found.add({.property = Property::LogMatching, .event = event});
  };
  rules.set(Rule::ConsistencyCheck, false);
  std::int64_t event = 0;
  while (event < 3 * check::Violations::max_each) breaks(++event);
  CHECK(found.all().size() == check::Violations::max_each);
  rules.set(Rule::ConsistencyCheck, true);
  const std::vector<check::RulesOff> off{{.from = 0, .until = ++event}};
  found.observe(rules);
  REQUIRE(check::breaches(found.all(), event, off).size() == 1);
  CHECK(check::breaches(found.all(), event, off).front().past);
  breaks(++event);
  const std::vector<Breach> now = check::breaches(found.all(), event, off);
  REQUIRE(now.size() == 1);
  CHECK(now.front().violation.event == event);
  CHECK_FALSE(now.front().past);
}

TEST_CASE("what no order of the clients' operations explains is told of from the answer that shows it on") {
  sim::ClusterConfig config = manual_cluster_of(3);
  config.settings.core.features.reads = ReadMode::ReadIndex;
  config.settings.core.rules.set(Rule::ReadConfirmedByRound, false);
  check::CheckedRun run(config);
  const auto act = [&run](const Intervention& what) { REQUIRE_FALSE(run.act(what, Origin::Script)); };
  const auto step_for = [&run](sim::Time time) {
    const sim::Time until = run.timeline().clock() + time;
    while (sim::upcoming(run.timeline().world()).at <= until && run.step()) {}
  };
  const auto ask = [&](int client, const sim::CommandText& command, NodeId node) {
    act(sim::ClientAsk{command, node, static_cast<ClientId>(client)});
    step_for(200_ms);
  };
  act(FireElectionTimer{A});
  step_for(100_ms);
  ask(1, history_test::write_command("x", "1"), A);
  act(Isolate{set_of({A})});
  act(FireElectionTimer{B});
  step_for(100_ms);
  ask(2, history_test::write_command("x", "2"), B);
  ask(3, history_test::read_command("x"), A);  // what a deposed leader remembers
  const std::int64_t shown_by = run.history().operation(2).ended_by;
  const check::Linearizability found = check::check_linearizable(run.history());
  REQUIRE(found.anomalies.size() == 1);
  REQUIRE(shown_by > 0);
  act(ChangeRule{Rule::ReadConfirmedByRound, true});
  const auto clients_at = [&](std::int64_t event) {
    run.seek(event);
    return check::broken_at_cursor(run.timeline(), run.oracles().violations(), found, run.history()).clients;
  };
  CHECK_FALSE(clients_at(shown_by - 1).has_value());
  REQUIRE(clients_at(shown_by).has_value());
  CHECK(clients_at(shown_by)->anomaly.operation == 2);
  CHECK_FALSE(clients_at(shown_by)->past);
  REQUIRE(clients_at(run.timeline().end()).has_value());
  CHECK(clients_at(run.timeline().end())->past);
}

}  // namespace raft::test
