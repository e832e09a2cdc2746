// How a search runs: in slices, within its memory, to its end; and what it refuses.
#include <doctest/doctest.h>

#include "raft/core/step.h"
#include "raft/search/codec.h"
#include "raft/search/explorer.h"

namespace raft::test {

using search::Explorer;
using search::Go;
using search::Options;
using search::Outcome;
using search::Result;

namespace {

Options small_search() {
  return {.start = search::first_start(3), .bounds = {.terms = 2, .entries = 1, .messages = 2, .crashes = 1}};
}

}  // namespace

TEST_CASE("explorer: slices of any size lead to the same end") {
  const Result whole = search::explore(small_search());
  CHECK(whole.outcome == Outcome::Complete);
  CHECK(whole.expanded == whole.states);
  Explorer explorer(small_search());
  std::int64_t expanded = 0;
  while (explorer.run_for(777)) {
    CHECK(explorer.result().outcome == Outcome::Running);
    CHECK(explorer.result().expanded == expanded + 777);
    CHECK(static_cast<std::int64_t>(explorer.waiting()) == explorer.result().states - explorer.result().expanded);
    expanded = explorer.result().expanded;
  }
  CHECK(explorer.result().outcome == Outcome::Complete);
  CHECK(explorer.result().states == whole.states);
  CHECK(explorer.result().transitions == whole.transitions);
  CHECK(explorer.result().depth == whole.depth);
  CHECK_FALSE(explorer.run_for(1));
}

TEST_CASE("explorer: cancelled from its progress report") {
  Options options = small_search();
  options.bounds = {.terms = 3, .entries = 2, .messages = 3};
  int reports = 0;
  const Result result = search::explore(options, [&reports](const Result& so_far) {
    CHECK(so_far.outcome == Outcome::Running);
    return ++reports == 1 ? Go::Stop : Go::On;
  });
  CHECK(reports == 1);
  CHECK(result.outcome == Outcome::Cancelled);
  CHECK(result.states > 0);
}

TEST_CASE("explorer: ends at its memory bound and says so") {
  Options options = small_search();
  options.bounds = {.terms = 3, .entries = 2, .messages = 4};
  options.memory_limit = std::uint64_t{6} << 20U;
  const Result result = search::explore(options);
  CHECK(result.outcome == Outcome::MemoryBound);
  CHECK(std::string(search::outcome_text(result.outcome)) == "not complete: memory bound reached");
  CHECK(result.memory <= options.memory_limit);
  CHECK(result.states > 50'000);
  CHECK(result.memory / static_cast<std::uint64_t>(result.states) <= 64);
}

TEST_CASE("explorer: a message may be lost for want of room only within the bound on drops") {
  Options options = small_search();
  options.bounds = {.terms = 1, .entries = 1, .messages = 3, .drops = search::unlimited};
  const Result unlimited = search::explore(options);
  options.bounds.drops = 0;
  const Result none = search::explore(options);
  options.bounds.messages = 9;
  const Result room_for_all = search::explore(options);
  CHECK(none.outcome == Outcome::Complete);
  CHECK(none.states < unlimited.states);
  options.bounds.drops = search::unlimited;
  CHECK(room_for_all.states == search::explore(options).states);
}

TEST_CASE("explorer: a given node that is down may start, or never") {
  Options options = small_search();
  options.bounds = {.terms = 1, .entries = 0, .messages = 2};
  options.start.given = {{.node = node_at(1), .log = {}, .down = true}};
  const Result down = search::explore(options);
  options.start.given.clear();
  const Result up = search::explore(options);
  CHECK(down.outcome == Outcome::Complete);
  CHECK(down.states > up.states);
}

TEST_CASE("explorer: what it cannot explore it refuses, with the reason") {
  CHECK_FALSE(search::refusal(small_search()).has_value());
  CHECK_FALSE(search::is_explored(Message{node_at(0), node_at(1), 1, PreVote{}}));
  Options options = small_search();
  options.start = search::first_start(8);
  CHECK(search::refusal(options) == "the explorer takes 1 to 7 nodes");
  options = small_search();
  options.start.settings.core.features.pre_vote = true;
  CHECK(search::refusal(options).has_value());
  options = small_search();
  options.bounds.messages = 0;
  CHECK(search::refusal(options) == "messages must be 1 to 12");
  options = small_search();
  options.bounds.entries = 100;
  CHECK(search::refusal(options).has_value());
  options = small_search();
  options.start = search::first_start(5);
  options.bounds.changes = 2;
  CHECK_FALSE(search::refusal(options).has_value());
  options.change_by = search::ChangeBy::JointConsensus;
  CHECK(search::refusal(options).has_value());
  options = small_search();
  options.start.settings.core.features.snapshot_after = 1;
  CHECK(search::refusal(options).has_value());
}

// Found by writing down which messages can still matter: the refusal of a request of an older term was taken, by
// one that leads the refuser's term by now, for a failed consistency check of its own request.
TEST_CASE("core: the refusal of a stale AppendEntries does not walk nextIndex back") {
  const CoreSettings settings;
  const Configuration everybody{.voters = NodeSet::first(3), .next = {}, .learners = {}};
  Effects effects;
  NodeState follower = make_node(node_at(1), everybody);
  follower.durable.current_term = 3;
  const Message stale{node_at(0), node_at(1), 1, AppendEntries{.prev_log = {2, 1}, .entries = {}}};
  step(follower, settings, {.kind = InputKind::Receive, .message = &stale}, effects);
  REQUIRE(effects.messages.size() == 1);
  const Message refusal = effects.messages.front();
  CHECK(refusal.term == 3);

  NodeState leader = make_node(node_at(0), everybody);
  leader.durable.current_term = 3;
  leader.durable.log.append({1, {}});
  leader.durable.log.append({1, {}});
  leader.memory.role = Role::Leader;
  leader.leading.progress[1].next_index = 3;
  leader.leading.progress[1].sent_index = 2;
  step(leader, settings, {.kind = InputKind::Receive, .message = &refusal}, effects);
  CHECK(leader.leading.progress[1].next_index == 3);
  CHECK(effects.messages.empty());
}

}  // namespace raft::test
