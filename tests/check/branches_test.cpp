// Branches: what was played is kept, wherever one acts; coming back gives the same worlds, to the bit.
#include <doctest/doctest.h>

#include <iterator>
#include <map>
#include <type_traits>
#include <utility>

#include "raft/check/branches.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/player.h"
#include "tests/support/cluster.h"
#include "tests/support/random_run.h"

namespace raft::test {

namespace {

using check::Branches;
using check::CheckedRun;

CheckedRun played(int events, std::uint64_t seed = 1) {
  CheckedRun run(cluster_of(5, seed));
  while (run.timeline().end() < events) REQUIRE(run.step());
  return run;
}

void play(Branches& branches, int events) {
  for (int i = 0; i < events; ++i) REQUIRE(branches.current()->run.step());
}

std::uint64_t hash_at_end(Branches& branches, check::BranchId id) {
  sim::Timeline run = branches.find(id)->run.timeline();
  run.seek(run.end());
  return world_hash(run.world());
}

}  // namespace

TEST_CASE("acting in the past opens a branch, and the old future stays as it was") {
  Branches branches(played(300));
  const std::uint64_t old_end = hash_at_end(branches, check::trunk);
  branches.current()->run.seek(120);
  REQUIRE_FALSE(branches.act(Crash{set_of({A})}, Origin::Mouse));
  REQUIRE(branches.all().size() == 2);
  CHECK(branches.current()->fork == 120);
  CHECK(branches.current()->parent == check::trunk);
  CHECK(branches.current()->run.timeline().end() == 121);
  play(branches, 200);
  CHECK(hash_at_end(branches, check::trunk) == old_end);
  CHECK(branches.find(check::trunk)->run.timeline().end() == 300);
  CHECK(hash_at_end(branches, branches.current_id()) != old_end);
}

TEST_CASE("acting at the end goes on with the branch; what is refused opens none") {
  Branches branches(played(50));
  REQUIRE_FALSE(branches.act(Crash{set_of({A})}, Origin::Mouse));
  CHECK(branches.all().size() == 1);
  branches.current()->run.seek(51);
  play(branches, 20);
  branches.current()->run.seek(60);
  CHECK(branches.act(Crash{set_of({A})}, Origin::Mouse));
  CHECK(branches.all().size() == 1);
  CHECK(branches.current()->run.timeline().end() == 71);
}

TEST_CASE("acting in the past of a run alone forgets its future, and what is known of it is that of the new run") {
  CheckedRun run = played(300);
  run.seek(120);
  REQUIRE_FALSE(run.act(Crash{set_of({A, B, C})}, Origin::Mouse));
  CHECK(run.at_end());
  CHECK(run.timeline().end() == 121);
  CHECK(run.oracles().safety().events_checked() == 121);
  while (run.timeline().end() < 300) REQUIRE(run.step());
  const CheckedRun anew(run.timeline());
  CHECK(run.oracles().safety().events_checked() == anew.oracles().safety().events_checked());
  CHECK(run.oracles().liveness().due_at() == anew.oracles().liveness().due_at());
}

TEST_CASE("a branch hangs on the branch to which its place belongs") {
  Branches branches(played(300));
  branches.current()->run.seek(200);
  REQUIRE_FALSE(branches.act(Crash{set_of({A})}, Origin::Mouse));
  play(branches, 50);
  const check::BranchId first = branches.current_id();
  branches.current()->run.seek(100);  // before it left the trunk
  REQUIRE_FALSE(branches.act(Crash{set_of({B})}, Origin::Mouse));
  CHECK(branches.current()->parent == check::trunk);
  const check::BranchId second = branches.current_id();
  branches.select(first);
  branches.current()->run.seek(230);
  REQUIRE_FALSE(branches.act(Crash{set_of({C})}, Origin::Mouse));
  CHECK(branches.current()->parent == first);
  CHECK(branches.common_events(branches.current_id(), first) == 230);
  CHECK(branches.common_events(branches.current_id(), check::trunk) == 200);
  CHECK(branches.common_events(branches.current_id(), second) == 100);
}

TEST_CASE("deleting a branch keeps what forked from it") {
  Branches branches(played(300));
  branches.current()->run.seek(100);
  REQUIRE_FALSE(branches.act(Crash{set_of({A})}, Origin::Mouse));
  const check::BranchId middle = branches.current_id();
  play(branches, 50);
  branches.current()->run.seek(120);
  REQUIRE_FALSE(branches.act(Crash{set_of({B})}, Origin::Mouse));
  const check::BranchId leaf = branches.current_id();
  const std::uint64_t before = hash_at_end(branches, leaf);
  branches.remove(middle);
  CHECK(branches.find(middle) == nullptr);
  CHECK(branches.find(leaf)->parent == check::trunk);
  CHECK(branches.find(leaf)->fork == 100);
  CHECK(hash_at_end(branches, leaf) == before);
  branches.remove(leaf);
  CHECK(branches.current_id() == check::trunk);
  branches.remove(check::trunk);
  CHECK(branches.all().size() == 1);
}

TEST_CASE("oracles and history of a branch are those of its run alone") {
  Branches branches(played(300));
  branches.current()->run.seek(80);
  REQUIRE_FALSE(branches.act(ClientAsk{write_text("x", "1"), no_node, no_client}, Origin::Mouse));
  play(branches, 300);
  const CheckedRun& branch = branches.current()->run;
  const CheckedRun again{branch.timeline()};
  CHECK(again.history().operations().size() == branch.history().operations().size());
  CHECK(branch.history().operations().size() == 1);
  CHECK(branches.find(check::trunk)->run.history().operations().empty());
  CHECK(again.oracles().violations().size() == branch.oracles().violations().size());
}

TEST_CASE("switching among branches at random, seeking and acting on each, every world is as it was") {
  Branches branches(played(400, 5));
  RandomFaults picks(99);
  std::map<std::pair<check::BranchId, std::int64_t>, std::uint64_t> hashes;
  for (int i = 0; i < 400; ++i) {
    CheckedRun& here = branches.current()->run;
    here.seek(static_cast<std::int64_t>(picks.pick(static_cast<std::uint64_t>(here.timeline().end()) + 1)));
    const auto place = std::pair(branches.current_id(), here.timeline().position());
    const std::uint64_t hash = world_hash(here.timeline().world());
    const auto known = hashes.emplace(place, hash).first;
    REQUIRE(known->second == hash);
    if (picks.pick(20) == 0) {
      const NodeSet node = set_of({node_at(picks.pick(5))});
      if (branches.act(Crash{node}, Origin::Key)) REQUIRE_FALSE(branches.act(Restart{node}, Origin::Key));
      play(branches, 60);
    }
    auto next = branches.all().begin();
    std::advance(next, static_cast<std::ptrdiff_t>(picks.pick(branches.all().size())));
    branches.select(next->id);
  }
  CHECK(branches.all().size() > 8);
}

TEST_CASE("nobody can play or change a checked run behind its oracles") {
  static_assert(std::is_same_v<decltype(std::declval<CheckedRun&>().timeline()), const sim::Timeline&>);
  static_assert(std::is_same_v<decltype(std::declval<walkthrough::Player&>().timeline()), const sim::Timeline&>);
  CheckedRun run = played(50);
  run.seek(20);
  CHECK(run.timeline().position() == 20);
  run.set_clock(run.timeline().clock() + 1);
  CHECK(run.timeline().clock() > run.timeline().world().now);
  CHECK(run.oracles().violations().size() == CheckedRun(run.timeline()).oracles().violations().size());
  CHECK_FALSE(run.at_end());
}

TEST_CASE("many branches of a long run keep to one budget of checkpoints") {
  Branches branches(played(60'000));
  const std::size_t alone = branches.current()->run.timeline().checkpoint_count();
  for (int i = 1; i <= 40; ++i) {
    branches.select(check::trunk);
    branches.current()->run.seek(59'000 + i);
    REQUIRE_FALSE(branches.act(Crash{set_of({A})}, Origin::Mouse));
  }
  CHECK(branches.all().size() == 41);
  CHECK(branches.find(check::trunk)->run.timeline().checkpoint_count() <= alone);
}

}  // namespace raft::test
