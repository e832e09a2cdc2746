// What is broken now is told from what was broken only before every rule was on again.
#include "raft/check/breach.h"

#include <doctest/doctest.h>

#include "raft/check/checked_run.h"
#include "tests/support/cluster.h"
#include "tests/support/two_leaders.h"

namespace raft::test {

namespace {

using check::Breach;
using check::Property;

std::vector<Breach> breaches_of(const check::CheckedRun& run) {
  return check::breaches(run.oracles().violations(), run.timeline().position(), check::rules_on_again(run.timeline()));
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
      CHECK_FALSE(check::rules_on_again(run.timeline()).has_value());
      REQUIRE_FALSE(breaches_of(run).empty());
      CHECK_FALSE(breaches_of(run).front().past);
      act(majority_needed_again());
      CHECK(check::rules_on_again(run.timeline()) == run.timeline().place());
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
  const sim::RunPlace on_again{.event = 9, .clock = 0};
  const std::vector<Breach> now = check::breaches(found, 12, on_again);
  REQUIRE(now.size() == 2);
  CHECK(now[0].violation.property == Property::ElectionSafety);
  CHECK(now[0].past);
  CHECK(now[1].violation.event == 9);  // at the very event counts, too
  CHECK_FALSE(now[1].past);
  CHECK(check::breaches(found, 12, std::nullopt).at(1).violation.event == 3);
}

}  // namespace raft::test
