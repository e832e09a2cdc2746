// The inspector: what it tells of a message, a client and a link, and what it keeps to itself.
#include <doctest/doctest.h>

#include "raft/sim/world_hash.h"
#include "tests/ui/window.h"

namespace ui::test {

using raft::node_at;

namespace {

constexpr raft::NodeId node_a = node_at(0);
constexpr raft::NodeId node_b = node_at(1);

constexpr Size2 tall_size{1920, 2160};  // all of the inspector is seen without scrolling

/// What the inspector shows in one frame, line after line.
struct Inspected {
  Window& window;
  const Played& played;

  std::vector<DrawnItem> items() const {
    Drawn drawn = window.drawn(played, tall_size);
    std::erase_if(drawn, [](const DrawnItem& item) { return item.panel.find("inspector") == std::string::npos; });
    return drawn;
  }
  std::string text() const {
    std::string all;
    for (const DrawnItem& item : items()) all += item.what + "\n";
    return all;
  }
  bool shows(std::string_view words) const { return text().find(words) != std::string::npos; }
  /// Clicks where these words stand.
  void click(std::string_view words) const {
    for (const DrawnItem& item : items()) {
      if (item.what.find(words) == std::string::npos) continue;
      window.click(played, tall_size, item.box.center());
      window.mouse = {-1e6F, -1e6F};
      return;
    }
    FAIL("not shown: " << words);
  }
};

/// A has just asked for votes; its first request, to B, is selected.
struct AskedForVotes {
  Played played{3};
  Window window;
  Inspected inspector{window, played};

  AskedForVotes() {
    played.act(raft::sim::FireElectionTimer{node_a});
    select(0);
  }
  void select(std::size_t flight) {
    window.state.selection = {.kind = Selection::Kind::Message, .message = played.run.world().network.flight(flight).id};
  }
};

constexpr std::string_view ask = "What will B decide?";
constexpr std::string_view grants = "grants its vote to A";

}  // namespace

TEST_CASE("What B will decide is told when somebody asks, and changes nothing") {
  AskedForVotes asked;
  const auto& world = asked.played.run.world();
  const raft::Endpoint to = world.network.flight(0).message.to;
  if (to != raft::Endpoint(node_b)) asked.select(1);
  const std::uint64_t before = raft::sim::world_hash(world);
  CHECK(asked.inspector.shows(ask));
  CHECK_FALSE(asked.inspector.shows(grants));
  asked.inspector.click(ask);
  CHECK(asked.inspector.shows(grants));
  CHECK(asked.inspector.shows("If it arrived now, B would do this:"));
  CHECK(raft::sim::world_hash(world) == before);
  asked.window.language = raft::explain::Language::Chinese;
  CHECK(asked.inspector.shows("如果现在到达，B 会这样做："));
  asked.inspector.click("会怎么决定");
  CHECK_FALSE(asked.inspector.shows("如果现在到达，"));
}

TEST_CASE("What B will decide is closed again when one selects something else, or goes elsewhere") {
  AskedForVotes asked;
  const raft::sim::World& world = asked.played.run.world();
  if (world.network.flight(0).message.to != raft::Endpoint(node_b)) asked.select(1);
  const Selection message = asked.window.state.selection;
  asked.inspector.click(ask);
  REQUIRE(asked.inspector.shows(grants));
  asked.window.state.selection = {.kind = Selection::Kind::Node, .node = node_a};
  asked.inspector.text();
  asked.window.state.selection = message;
  CHECK_FALSE(asked.inspector.shows(grants));

  asked.inspector.click(ask);
  REQUIRE(asked.inspector.shows(grants));
  ++asked.window.rewrites;  // another run
  CHECK_FALSE(asked.inspector.shows(grants));

  asked.inspector.click(ask);
  REQUIRE(asked.inspector.shows(grants));
  asked.played.act(raft::sim::Pause{node_at(2)});  // the next event
  CHECK(asked.inspector.shows(ask));
  CHECK_FALSE(asked.inspector.shows(grants));
}

TEST_CASE("What the last event has changed is lit: a vote that is counted, a follower's next and match index, the leader") {
  Played played(3);
  Window window;
  const Inspected inspector{window, played};
  window.state.selection = {.kind = Selection::Kind::Node, .node = node_a};
  // What stands in a row that is lit.
  const auto lit = [&](std::string_view what) {
    const std::vector<DrawnItem> items = inspector.items();
    for (const DrawnItem& mark : items) {
      if (mark.what != "changed") continue;
      for (const DrawnItem& item : items) {
        const float middle = item.box.center().y;
        if (item.what == what && middle > mark.box.top && middle < mark.box.bottom) return true;
      }
    }
    return false;
  };
  const auto play_to = [&](raft::ReasonCode code) {
    for (int i = 0; i < 200; ++i) {
      const auto& reasons = played.run.event().reasons;
      const bool there = std::any_of(reasons.begin(), reasons.end(), [&](const raft::Reason& reason) { return reason.code == code; });
      if (there && played.run.event().node == node_a) return;
      played.step(1);
    }
    FAIL("it has not happened");
  };
  played.act(raft::sim::FireElectionTimer{node_a});
  CHECK(lit("Votes granted"));
  CHECK(lit("currentTerm"));
  play_to(raft::ReasonCode::WonElection);
  CHECK(lit("Follows"));
  played.write("x", "1");
  play_to(raft::ReasonCode::FollowerMatches);
  const auto& reasons = played.run.event().reasons;
  const auto match = std::find_if(reasons.begin(), reasons.end(), [](const raft::Reason& reason) { return reason.code == raft::ReasonCode::FollowerMatches; });
  const raft::NodeId follower = match->operands[0].node();
  CHECK(lit(played.run.world().name(follower)));
  CHECK_FALSE(lit(played.run.world().name(follower == node_b ? node_at(2) : node_b)));
  CHECK_FALSE(lit("currentTerm"));
}

TEST_CASE("Nobody who is to guess is told what B will decide") {
  AskedForVotes asked;
  if (asked.played.run.world().network.flight(0).message.to != raft::Endpoint(node_b)) asked.select(1);
  asked.inspector.click(ask);
  REQUIRE(asked.inspector.shows(grants));
  asked.window.guess = GuessView{};  // predict mode, nothing asked yet
  CHECK_FALSE(asked.inspector.shows(grants));
  asked.inspector.click(ask);
  CHECK_FALSE(asked.inspector.shows(grants));
  asked.window.guess.reset();
  asked.window.walkthrough = WalkthroughView{};
  asked.window.walkthrough->question = WalkthroughView::Question{"?", {"yes", "no"}, std::nullopt};
  asked.inspector.click(ask);
  CHECK_FALSE(asked.inspector.shows(grants));
  asked.window.walkthrough->question->answers = std::vector<int>{0};
  asked.inspector.click(ask);
  CHECK(asked.inspector.shows(grants));
}

TEST_CASE("A client tells what it asked for, what became of it, what it knows, and what it asked for before") {
  Played played(3);
  Window window;
  const Inspected inspector{window, played};
  raft::check::History history(played.run.world());
  const auto step = [&](int events) {
    for (int i = 0; i < events && played.run.step(); ++i) history.observe(played.run.world(), played.run.event());
  };
  const auto ask_for = [&](const char* key, const char* value) {
    played.act(raft::sim::ClientAsk{.command = {.key = key, .value = value, .expected = {}}, .to = raft::no_node,
                                    .by = raft::ClientId{1}});
    history.observe(played.run.world(), played.run.event());
  };
  while (raft::sim::current_leader(played.run.world()) == raft::no_node) step(1);
  ask_for("x", "1");
  window.history = &history;
  window.state.selection = {.kind = Selection::Kind::Client, .client = raft::ClientId{1}};
  CHECK(inspector.shows("c1\nwaits for an answer"));
  CHECK(inspector.shows("Command\nx=1"));
  CHECK(inspector.shows("Gives up in"));
  CHECK(inspector.shows("Follows referrals\nyes"));
  const auto& client = *played.run.world().client(raft::ClientId{1});
  while (client.status == raft::sim::ClientStatus::Waiting) step(1);
  CHECK(inspector.shows("c1\nanswered"));
  CHECK(inspector.shows("Leader\n" + played.run.world().name(raft::sim::current_leader(played.run.world()))));
  CHECK_FALSE(inspector.shows("Gives up in"));
  ask_for("y", "2");
  CHECK(inspector.shows("x=1\n1"));
  // Whoever goes back does not read there what is still to come.
  const std::int64_t asked_again = played.run.position();
  step(200);
  ask_for("x", "3");
  played.run.seek(asked_again);
  CHECK(inspector.shows("Command\ny=2"));
  CHECK(inspector.shows("x=1\n1"));
  CHECK_FALSE(inspector.shows("x=3"));
  window.of_client = {{.number = 7, .at = 5'000, .what = "c1 asks A: y=2.", .why = {{"c1 sends its request to A.", "§8"}}}};
  CHECK(inspector.shows("c1 asks A: y=2.\nc1 sends its request to A. §8"));
  window.language = raft::explain::Language::Chinese;
  CHECK(inspector.shows("等待答复"));
  CHECK(inspector.shows("先前的请求"));
}

TEST_CASE("A link tells of each of its directions: cut since when, held, how messages fly, and which do") {
  using raft::sim::Direction;
  using raft::sim::Setting;
  Played played(3);
  Window window;
  const Inspected inspector{window, played};
  played.step(1);
  played.act(raft::sim::Cut{node_a, node_b, Direction::OneWay});
  played.act(raft::sim::Hold{node_b, node_a});
  played.act(raft::sim::ChangeLink{Setting::Latency, node_b, node_a, Direction::OneWay,
                                   raft::sim::SettingValue{80'000, 90'000}});
  played.act(raft::sim::FireElectionTimer{node_b});
  window.state.selection = {.kind = Selection::Kind::Link, .node = node_a, .other = node_b};
  const std::string since = raft::explain::time_text(played.run.world().network.cut_since(node_a, node_b));
  CHECK(inspector.shows("A – B\nCut one way"));
  CHECK(inspector.shows("A → B\nPassage\ncut since " + since));
  CHECK(inspector.shows("B → A\nPassage\nopen\nHeld\nmessages wait"));
  CHECK(inspector.shows("Latency\n10 ms – 20 ms"));
  CHECK(inspector.shows("Latency\n80 ms – 90 ms (its own)"));
  CHECK(inspector.shows("Nothing is on its way"));
  inspector.click("vote for me?");
  CHECK(window.state.selection.kind == Selection::Kind::Message);
  window.state.selection = {.kind = Selection::Kind::Link, .node = node_a, .other = node_b};
  inspector.click("Mend");
  window.language = raft::explain::Language::Chinese;
  CHECK(inspector.shows("起断开"));
}

}  // namespace ui::test
