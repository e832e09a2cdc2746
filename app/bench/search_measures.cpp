// Rows about looking for runs that break a promise: every interleaving of a small cluster, and random runs.
#include <array>

#include "app/bench/measure.h"
#include "raft/search/explorer.h"
#include "raft/search/swarm.h"

namespace app::bench {

namespace {

using raft::search::Explorer;
using raft::search::Options;
using raft::search::Outcome;
using raft::search::Swarm;

Options three_nodes() {
  return {.start = raft::search::first_start(3), .bounds = {.terms = 3, .entries = 2, .messages = 3, .crashes = 1}};
}

/// Fewer states than there are: how fast it goes is seen long before the end.
void explore_up_to(Explorer& explorer, std::int64_t states) {
  while (explorer.result().states < states && !cancelled()) {
    if (!explorer.run_for(10'000)) break;
  }
}

/// What has been searched holds no violation, and the search has not come to its end.
std::string trouble_of(const Explorer& explorer) {
  return explorer.result().outcome == Outcome::Running ? "" : raft::search::outcome_text(explorer.result().outcome);
}

Sample explored_speed() {
  const double start = processor_seconds();
  Explorer explorer(three_nodes());
  explore_up_to(explorer, 1'000'000);
  const double speed = static_cast<double>(explorer.result().states) / (processor_seconds() - start);
  return {speed, speed, trouble_of(explorer)};
}

Sample bytes_per_state() {
  const double before = heap_bytes();
  Explorer explorer(three_nodes());
  explore_up_to(explorer, 4'000'000);
  return {(heap_bytes() - before) / static_cast<double>(explorer.result().states), 0, trouble_of(explorer)};
}

raft::sim::GivenEntry given_entry(raft::Term term, const char* word) {
  return {term, {.kind = raft::CommandKind::Write, .key = word, .value = word, .expected = {}}};
}

/// Figure 8 (b): S1 led term 2 and brought its entry to S2; S5 led term 3 and kept its entry for itself.
Options figure_8() {
  Options options{.start = raft::search::first_start(5), .bounds = {.terms = 2, .entries = 0, .messages = 2}};
  const raft::NodeId s1 = raft::node_at(0);
  const raft::NodeId s5 = raft::node_at(4);
  const auto one = given_entry(1, "one");
  const auto two = given_entry(2, "two");
  const auto three = given_entry(3, "three");
  options.start.given = {{.node = s1, .term = 3, .log = {one, two}},
                         {.node = raft::node_at(1), .term = 2, .vote = s1, .log = {one, two}},
                         {.node = raft::node_at(2), .term = 3, .vote = s5, .log = {one}},
                         {.node = raft::node_at(3), .term = 3, .vote = s5, .log = {one}},
                         {.node = s5, .term = 3, .vote = s5, .log = {one, three}}};
  options.start.settings.core.rules.set(raft::Rule::CommitOnlyCurrentTerm, false);
  return options;
}

Sample figure_8_found() {
  const double start = processor_seconds();
  const raft::search::Result result = raft::search::explore(figure_8(), [](const raft::search::Result&) {
    return cancelled() ? raft::search::Go::Stop : raft::search::Go::On;
  });
  const double taken = processor_seconds() - start;
  const bool found = result.outcome == Outcome::Violated;
  return {taken, static_cast<double>(result.states) / taken, found ? "" : "no violation was found"};
}

/// The seeds differ by more than a hundred times in how busy they are, so these are always the same ones.
Sample swarm_speed() {
  raft::search::SwarmOptions options;
  options.last_seed = 40;
  options.nodes = 5;
  Swarm swarm(options);
  const double start = processor_seconds();
  while (!cancelled() && swarm.advance(20'000) != Swarm::Progress::Done) {
  }
  const double taken = processor_seconds() - start;
  return {static_cast<double>(swarm.simulated()) / 1e6 / taken, static_cast<double>(swarm.coverage().events()) / taken,
          swarm.failed() == 0 ? "" : "a promise was broken"};
}

constexpr auto search_rows = std::to_array<Measure>({
    {"explorer", "every interleaving of 3 nodes (stretch 550,000)", "states/s", Better::More, 140'000, 200'000, 5,
     explored_speed},
    {"explorer-memory", "memory of 4,000,000 of these states", "B/state", Better::Less, 400, 64, 1, bytes_per_state},
    {"figure-eight", "violation of Figure 8 from its starting logs", "s", Better::Less, 23, 2, 5, figure_8_found},
    {"swarm", "5 nodes, 40 seeds, all faults and checks", "sim s/s", Better::More, 2'000, 2'000, 3, swarm_speed},
});

}  // namespace

std::span<const Measure> search_measures() { return search_rows; }

}  // namespace app::bench
