// What predict mode says to a guess: what decided it and, to a wrong one, why it could not be the node that was named.
#include "app/guessing.h"

#include <doctest/doctest.h>

#include "tests/support/cluster.h"
#include "tests/ui/window.h"

namespace app::test {

using raft::explain::Language;
using raft::explain::Words;

namespace {

/// A cluster in which somebody asks for votes, and that is asked about.
struct Asked {
  raft::sim::Timeline run;
  Guessing guessing;

  explicit Asked(raft::sim::Timeline played) : run(std::move(played)) {
    guessing.toggle();
    for (int i = 0; i < 100 && !guessing.asks(run); ++i) REQUIRE(run.step());
  }

  const Words& words(Language language = Language::English) const { return ui::test::words_of(language); }
  ui::GuessView view(Language language = Language::English) const { return *guessing.view(words(language), run.world()); }

  void answer(const std::string& option) {
    const std::vector<std::string> options = view().options;
    const auto at = std::find(options.begin(), options.end(), option);
    REQUIRE(at != options.end());
    guessing.guess(static_cast<int>(at - options.begin()));
  }
};

/// Of three nodes, A long before anybody else.
raft::sim::Timeline a_asks() {
  raft::sim::Timeline run(raft::test::cluster_of(3, 1));
  REQUIRE_FALSE(run.act(raft::sim::FireElectionTimer{raft::node_at(0)}, raft::sim::Origin::Script));
  return run;
}

}  // namespace

TEST_CASE("predict mode says why it was not the node that was named: it did not stand") {
  Asked asked(a_asks());
  const ui::GuessView before = asked.view();
  REQUIRE(before.options.size() == 4);  // the nodes, and nobody
  asked.answer("B");
  const ui::GuessView after = asked.view();
  REQUIRE(after.answer.has_value());
  REQUIRE(after.guessed != after.answer);
  CHECK(after.why.find("it is the leader of term 1. ") != std::string::npos);
  CHECK(after.why.ends_with(" B did not stand in term 1: only a candidate can win."));
  CHECK(asked.view(Language::Chinese).why.ends_with("B 没有参加任期 1 的选举：只有候选者才能当选。"));
}

TEST_CASE("predict mode says why it was not the node that was named: its votes were too few") {
  raft::sim::Timeline run(raft::test::cluster_of(3, 1));
  // Both others are away: it has its own vote alone.
  REQUIRE_FALSE(run.act(raft::sim::Isolate{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Script));
  REQUIRE_FALSE(run.act(raft::sim::FireElectionTimer{raft::node_at(0)}, raft::sim::Origin::Script));
  Asked asked(std::move(run));
  REQUIRE(asked.run.event().node == raft::node_at(0));
  asked.answer("A");
  const ui::GuessView after = asked.view();
  REQUIRE(after.guessed != after.answer);
  CHECK(after.why.ends_with("A had 1 vote, no majority."));
  CHECK(asked.view(Language::Chinese).why.ends_with("A 只有 1 票，不到多数。"));
}

TEST_CASE("predict mode adds nothing to a right guess, nor to nobody") {
  Asked right(a_asks());
  right.answer("A");
  REQUIRE(right.view().guessed == right.view().answer);
  CHECK(right.view().why.find("it is the leader of term 1.") != std::string::npos);
  CHECK(right.view().why.find("did not stand") == std::string::npos);
  Asked nobody(a_asks());
  nobody.answer("Nobody");
  REQUIRE(nobody.view().guessed != nobody.view().answer);
  CHECK(nobody.view().why == right.view().why);
}

}  // namespace app::test
