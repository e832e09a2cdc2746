// Long random runs with crashes, cuts, losses and writes: whatever happens has a finished sentence in both
// languages, and so has everything that could be asked on the way.
#include <functional>

#include "tests/explain/anything.h"
#include "tests/explain/texts.h"

namespace raft::test {

namespace {

struct Asked {
  std::set<ReasonCode> reasons;
  std::set<EventKind> kinds;
  std::set<std::string> sentences;
};

/// What is said of a world is said in both languages of the same nodes, terms, indexes and counts.
void check_same_facts(const World& world, const std::function<std::string(const explain::Words&)>& say) {
  const std::string in_english = say(english());
  const std::string in_chinese = say(chinese());
  CAPTURE(in_english);
  CAPTURE(in_chinese);
  CAPTURE(world.now);
  CHECK(named_facts(in_english) == named_facts(in_chinese));
}

void ask_everything(const Cluster& cluster, Dice& dice, Asked& asked) {
  const World& world = cluster.world;
  using explain::Words;
  check_same_facts(world, [&](const Words& words) { return explain::event_sentence(words, world, cluster.event); });
  check_same_facts(world, [&](const Words& words) { return explain::why_nothing_happens(words, world); });
  check_same_facts(world, [&](const Words& words) { return explain::upcoming_sentence(words, world, upcoming(world)); });
  for (const Reason& reason : cluster.event.reasons)
    check_same_facts(world, [&](const Words& words) { return explain::reason_sentence(words, world, reason); });
  for (const NodeId id : world.all_nodes()) {
    const Index last = world.node(id).durable.log.last_index();
    if (last > 0) check_same_facts(world, [&](const Words& words) { return explain::explain_entry(words, world, id, last).sentence; });
  }
  for (const explain::Words* words : both_languages()) {
    check_finished(*words, explain::event_sentence(*words, world, cluster.event));
    for (const explain::ExplainedReason& why : explain::explain_reasons(*words, world, cluster.event)) {
      check_finished(*words, why.sentence);
      CHECK(characters(why.sentence) <= 130);
      asked.reasons.insert(why.reason.code);
    }
    check_finished(*words, explain::why_nothing_happens(*words, world));
    check_finished(*words, explain::upcoming_sentence(*words, world, upcoming(world)));
    const NodeId node = dice.node(world.node_count());
    const auto longest = static_cast<std::uint64_t>(world.node(node).durable.log.last_index()) + 2;
    const auto index = static_cast<Index>(dice.roll(longest));
    const explain::EntryAnswer answer = explain::explain_entry(*words, world, node, index);
    check_finished(*words, answer.sentence);
    asked.sentences.insert(answer.sentence.substr(0, 12));
  }
  asked.kinds.insert(cluster.event.kind);
}

void play(std::size_t nodes, std::uint64_t seed, int rounds, Asked& asked) {
  ClusterConfig config = cluster_of(nodes, seed);
  config.settings.loss = {1, 20};
  config.settings.client_timeout = 200_ms;
  switch_on_features(config.settings, seed);
  Cluster cluster(config);
  Dice dice{seed};
  for (int round = 0; round < rounds; ++round) {
    if (dice.roll(8) == 0) {
      const Intervention what = anything(dice, cluster.world);
      if (const std::optional<Reason> why = cluster.refused(what)) {
        for (const explain::Words* words : both_languages()) {
          check_finished(*words, explain::reason_sentence(*words, cluster.world, *why));
        }
        check_same_facts(cluster.world, [&](const explain::Words& words) { return explain::reason_sentence(words, cluster.world, *why); });
        asked.reasons.insert(why->code);
        continue;
      }
      intervene(cluster.world, what, Origin::Mouse, cluster.event);
    } else if (!advance(cluster.world, cluster.event)) {
      continue;
    }
    ask_everything(cluster, dice, asked);
  }
}

}  // namespace

TEST_CASE("whatever happens in long random runs has finished sentences") {
  Asked asked;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) play(3 + seed % 3, seed, 500, asked);
  play(1, 3, 100, asked);
  play(2, 4, 200, asked);
  // The runs must have gone through nearly everything, or they prove little.
  CHECK(asked.kinds.size() >= 20);
  CHECK(asked.reasons.size() >= 105);
}

TEST_CASE("with rules switched off the sentences stay finished") {
  Asked asked;
  for (const RuleInfo& info : rule_table) {
    ClusterConfig config = cluster_of(5, 7);
    config.settings.core.rules.set(info.rule, false);
    Cluster cluster(config);
    Dice dice{static_cast<std::uint64_t>(info.rule) + 50};
    for (int round = 0; round < 200; ++round) {
      const Intervention what = anything(dice, cluster.world);
      if (dice.roll(6) == 0 && !cluster.refused(what)) {
        intervene(cluster.world, what, Origin::Mouse, cluster.event);
      } else if (!advance(cluster.world, cluster.event)) {
        continue;
      }
      ask_everything(cluster, dice, asked);
    }
  }
}

}  // namespace raft::test
