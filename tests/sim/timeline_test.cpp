// The timeline: stepping back, seeking and branching are exact; checkpoints keep to their budget.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "raft/sim/draw.h"
#include "raft/sim/timeline.h"
#include "raft/sim/trace.h"
#include "raft/sim/world_hash.h"
#include "tests/support/cluster.h"
#include "tests/support/random_run.h"

namespace raft::test {

namespace {

/// A long run with faults; the hash after every event.
struct LongRun {
  Timeline timeline;
  std::vector<std::uint64_t> hashes;
  std::vector<Time> clocks;

  LongRun(std::uint64_t seed, int events, std::size_t budget)
      : timeline(random_config(seed), budget), hashes{world_hash(timeline.world())}, clocks{0} {
    RandomFaults faults(seed);
    while (timeline.end() < events) {
      if (timeline.next_at() == never) break;
      if (const auto what = faults.maybe(timeline.world()); what && !refusal(timeline.world(), *what)) {
        // Now and then between two events.
        if (faults.pick(2) == 0) timeline.set_clock(timeline.world().now + static_cast<Time>(faults.pick(1000)));
        REQUIRE_FALSE(timeline.act(*what, Origin::Script));
      } else {
        REQUIRE(timeline.step());
      }
      hashes.push_back(world_hash(timeline.world()));
      clocks.push_back(timeline.clock());
    }
  }
};

}  // namespace

TEST_CASE("seeking to any event of a long run gives the world as it was, to the bit") {
  LongRun run(11, 20'000, Timeline::default_checkpoint_budget);
  CHECK(run.timeline.acts().size() > 200);
  std::uint64_t bits = 1;
  for (int i = 0; i < 300; ++i) {
    bits = mix(bits);
    const auto number = static_cast<std::int64_t>(bits % run.hashes.size());
    run.timeline.seek(number);
    CHECK(run.timeline.position() == number);
    REQUIRE(world_hash(run.timeline.world()) == run.hashes[static_cast<std::size_t>(number)]);
    CHECK(run.timeline.event().number == number);
  }
}

TEST_CASE("stepping back one event at a time, and forth again") {
  LongRun run(12, 3'000, Timeline::default_checkpoint_budget);
  for (std::int64_t number = run.timeline.end(); number >= 2'000; --number) {
    run.timeline.seek(number);
    REQUIRE(world_hash(run.timeline.world()) == run.hashes[static_cast<std::size_t>(number)]);
  }
  while (run.timeline.position() < run.timeline.end()) {
    run.timeline.step();
    REQUIRE(world_hash(run.timeline.world()) == run.hashes[static_cast<std::size_t>(run.timeline.position())]);
  }
  CHECK(run.timeline.end() + 1 == static_cast<std::int64_t>(run.hashes.size()));
}

TEST_CASE("a tiny budget for checkpoints keeps few of them and changes nothing else") {
  LongRun run(14, 20'000, 200'000);
  CHECK(run.timeline.checkpoint_count() >= 1);
  CHECK(run.timeline.checkpoint_count() < 40);
  LongRun none(14, 3'000, 0);
  CHECK(none.timeline.checkpoint_count() == 1);
  for (const std::int64_t number : {0, 1, 63, 64, 65, 128, 2'999, 17}) {
    none.timeline.seek(number);
    CHECK(world_hash(none.timeline.world()) == run.hashes[static_cast<std::size_t>(number)]);
    run.timeline.seek(number);
    CHECK(world_hash(run.timeline.world()) == run.hashes[static_cast<std::size_t>(number)]);
  }
}

TEST_CASE("the start is event 0, and the last event before a time is found") {
  LongRun run(15, 500, Timeline::default_checkpoint_budget);
  Timeline& timeline = run.timeline;
  const std::int64_t at_start = timeline.last_event_until(0);
  CHECK(timeline.record(at_start).at == 0);
  CHECK(timeline.record(at_start + 1).at > 0);
  for (std::int64_t number = 1; number <= timeline.end(); number += 7) {
    const Time at = timeline.record(number).at;
    const std::int64_t found = timeline.last_event_until(at);
    CHECK(found >= number);
    CHECK(timeline.record(found).at == at);
    CHECK(timeline.last_event_until(at - 1) < number);
  }
  timeline.seek(0);
  CHECK(timeline.world().events == 0);
  CHECK(timeline.event().kind == EventKind::Start);
  CHECK(timeline.clock() == 0);
}

TEST_CASE("events are given back in full without moving the cursor") {
  LongRun run(15, 1'000, Timeline::default_checkpoint_budget);
  run.timeline.seek(400);
  const std::vector<Event> events = run.timeline.events(390, 420);
  CHECK(run.timeline.position() == 400);
  CHECK(world_hash(run.timeline.world()) == run.hashes[400]);
  REQUIRE(events.size() == 31);
  CHECK(events.front().number == 390);
  CHECK(events.back().number == 420);
  CHECK(events[10].reasons == run.timeline.event().reasons);
  CHECK(run.timeline.events(0, 0).size() == 1);
  CHECK(run.timeline.events(5, 4).empty());
}

TEST_CASE("acting in the past forgets the future; without acting it comes again as it was") {
  Timeline timeline(cluster_of(3));
  while (timeline.end() < 500) timeline.step();
  const std::uint64_t end_hash = world_hash(timeline.world());
  timeline.seek(200);
  while (timeline.position() < 500) timeline.step();
  CHECK(world_hash(timeline.world()) == end_hash);

  timeline.seek(200);
  timeline.set_clock(timeline.clock() + 1);
  const Time clock = timeline.clock();
  REQUIRE_FALSE(timeline.act(Crash{set_of({A})}, Origin::Mouse));
  CHECK(timeline.position() == 201);
  CHECK(timeline.end() == 201);
  CHECK(timeline.acts().size() == 1);
  CHECK(timeline.acts()[0].at == clock);
  CHECK(timeline.event().origin == Origin::Mouse);
  CHECK(timeline.event().at == clock);
  while (timeline.end() < 500) timeline.step();
  CHECK(world_hash(timeline.world()) != end_hash);
  const std::uint64_t other_hash = world_hash(timeline.world());
  timeline.seek(0);
  timeline.seek(500);
  CHECK(world_hash(timeline.world()) == other_hash);
}

TEST_CASE("an act that is refused leaves the timeline as it was, its future included") {
  Timeline timeline(cluster_of(3));
  while (timeline.end() < 300) timeline.step();
  timeline.seek(100);
  const std::uint64_t before = world_hash(timeline.world());
  const auto reason = timeline.act(Heal{}, Origin::Script);
  REQUIRE(reason.has_value());
  CHECK(reason->code == ReasonCode::NothingIsCut);
  CHECK(timeline.end() == 300);
  CHECK(timeline.acts().empty());
  CHECK(world_hash(timeline.world()) == before);
}

TEST_CASE("several acts at one moment happen in the order in which they were done") {
  Timeline timeline(cluster_of(3));
  while (timeline.end() < 50) timeline.step();
  const Time clock = timeline.clock();
  REQUIRE_FALSE(timeline.act(Crash{set_of({A})}, Origin::Script));
  REQUIRE_FALSE(timeline.act(Isolate{set_of({B})}, Origin::Script));
  REQUIRE_FALSE(timeline.act(Restart{set_of({A})}, Origin::Script));
  for (const Act& act : timeline.acts()) CHECK(act.at == clock);
  const std::uint64_t hash = world_hash(timeline.world());
  timeline.seek(10);
  timeline.seek(53);
  CHECK(world_hash(timeline.world()) == hash);
}

TEST_CASE("records tell what was worth seeing") {
  Timeline timeline(cluster_of(3));
  while (current_leader(timeline.world()) == no_node) timeline.step();
  const std::int64_t last = timeline.end();
  CHECK((timeline.record(last).notable & Notable::role_change) != 0);
  CHECK(timeline.record(last).role == Role::Leader);
  CHECK(timeline.record(last).term == timeline.world().node(timeline.record(last).node).durable.current_term);
  REQUIRE_FALSE(timeline.act(Crash{set_of({A})}, Origin::Key));
  const EventRecord crash = timeline.record(last + 1);
  CHECK((crash.notable & Notable::crash) != 0);
  CHECK((crash.notable & Notable::intervention) != 0);
}

TEST_CASE("the clock stays between two events") {
  Timeline timeline(cluster_of(3));
  timeline.step();
  const Time next = timeline.next_at();
  timeline.set_clock(next + 1_s);
  CHECK(timeline.clock() == next);
  const std::uint64_t hash = world_hash(timeline.world());
  timeline.set_clock(timeline.world().now);
  CHECK(world_hash(timeline.world()) == hash);
}

TEST_CASE("every event of a long run with faults makes one line of trace") {
  LongRun run(16, 2'000, Timeline::default_checkpoint_budget);
  run.timeline.seek(0);
  while (run.timeline.position() < run.timeline.end()) {
    run.timeline.step();
    const std::string line = trace_line(run.timeline.world(), run.timeline.event(), "");
    REQUIRE(line.size() > 20);
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.rfind("{\"event\":" + std::to_string(run.timeline.position()) + ",\"at_us\":", 0) == 0);
  }
}

TEST_CASE("the trace tells the state of each node that crashes or restarts together with others, and what was broken") {
  Timeline timeline(cluster_of(3));
  REQUIRE_FALSE(timeline.act(Crash{set_of({A, C})}, Origin::Script));
  const std::string line = trace_line(timeline.world(), timeline.event(), "crash A C");
  CHECK(line.find("\"states\":{\"A\":{\"role\":\"follower\",\"up\":false,") != std::string::npos);
  CHECK(line.find("\"C\":{\"role\":\"follower\",\"up\":false,") != std::string::npos);
  CHECK(line.find("\"B\"") == std::string::npos);
  CHECK(line.find("\"broken\"") == std::string::npos);
  REQUIRE_FALSE(timeline.act(Restart{set_of({A})}, Origin::Script));
  const std::vector<std::string> broken = {"Log Matching"};
  const std::string alone = trace_line(timeline.world(), timeline.event(), "restart A", broken);
  CHECK(alone.find("\"states\"") == std::string::npos);
  CHECK(alone.ends_with("\"broken\":[\"Log Matching\"]}"));
}

}  // namespace raft::test
