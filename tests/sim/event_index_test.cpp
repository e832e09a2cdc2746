// The index of a run's events: it keeps few of them one by one, and what it has let go of comes back the same.
#include <doctest/doctest.h>

#include "raft/sim/draw.h"
#include "raft/sim/timeline.h"
#include "raft/sim/world_hash.h"
#include "tests/support/random_run.h"

namespace raft::test {

namespace {

constexpr std::int64_t few = EventIndex::block_size;

bool same(const EventRecord& a, const EventRecord& b) {
  return a.at == b.at && a.term == b.term && a.kind == b.kind && a.node == b.node && a.role == b.role && a.notable == b.notable;
}

/// One run twice: with all of its records, and with few.
struct TwoIndexes {
  Timeline all;
  Timeline thin;
  RandomFaults faults;

  explicit TwoIndexes(std::uint64_t seed)
      : all(random_config(seed)), thin(random_config(seed), Timeline::default_checkpoint_budget, few), faults(seed) {}

  void play_to(std::int64_t end) {
    while (all.end() < end) {
      if (const auto what = faults.maybe(all.world()); what && !refusal(all.world(), *what)) {
        REQUIRE_FALSE(all.act(*what, Origin::Script));
        REQUIRE_FALSE(thin.act(*what, Origin::Script));
      } else {
        REQUIRE(all.step());
        REQUIRE(thin.step());
      }
    }
  }

  void compare() {
    REQUIRE(all.end() == thin.end());
    REQUIRE(world_hash(all.world()) == world_hash(thin.world()));
    std::uint64_t bits = 7;
    for (int i = 0; i < 60; ++i) {
      bits = mix(bits);
      const auto number = static_cast<std::int64_t>(bits % static_cast<std::uint64_t>(all.end() + 1));
      CAPTURE(number);
      const EventRecord record = all.record(number);
      CHECK(same(record, thin.record(number)));
      CHECK(all.last_event_until(record.at) == thin.last_event_until(record.at));
      CHECK(all.last_event_until(record.at - 1) == thin.last_event_until(record.at - 1));
      for (const std::uint8_t looked_for : {Notable::delivery, Notable::worth_seeing, Notable::crash}) {
        CHECK(all.last_notable(number, looked_for) == thin.last_notable(number, looked_for));
      }
    }
  }
};

std::int64_t kept(const Timeline& run) {
  std::int64_t count = 0;
  for (std::int64_t number = 0; number <= run.end(); ++number) count += run.keeps_record(number) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("an index keeps the latest events one by one, and never more than a block above its bound") {
  TwoIndexes runs(21);
  for (int part = 1; part <= 10; ++part) {
    runs.play_to(5'000 * part);
    CHECK(kept(runs.thin) <= few + EventIndex::block_size);
    CHECK(kept(runs.thin) >= std::min(few, runs.thin.end()));
    CHECK(kept(runs.all) == runs.all.end() + 1);
  }
}

TEST_CASE("a record, the event at a time and the last that is worth seeing are found in the distant past too") {
  TwoIndexes runs(22);
  runs.play_to(40'000);
  REQUIRE_FALSE(runs.thin.keeps_record(20'000));
  runs.compare();
}

TEST_CASE("who acts in the distant past goes on from there, and nothing of the old future is found again") {
  TwoIndexes runs(23);
  runs.play_to(40'000);
  CHECK(same(runs.thin.record(10'000), runs.all.record(10'000)));  // its block is at hand
  for (Timeline* run : {&runs.all, &runs.thin}) {
    run->seek(9'000);
    REQUIRE_FALSE(run->act(ChangeSetting{Setting::Loss, {1, 20}}, Origin::Script));
  }
  runs.play_to(10'500);
  runs.compare();
  CHECK(same(runs.thin.record(8'500), runs.all.record(8'500)));  // a block that the run has not filled yet
  runs.play_to(30'000);
  REQUIRE_FALSE(runs.thin.keeps_record(11'000));
  CHECK(same(runs.thin.record(11'000), runs.all.record(11'000)));
  runs.compare();
}

}  // namespace raft::test
