// What the stage and the table of logs say and draw: counts, countdowns, cuts, causes; and what they hold back while
// something is asked.
#include <algorithm>
#include <cmath>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/ui/window.h"
#include "ui/layout.h"
#include "ui/scene.h"

namespace ui::test {

using raft::node_at;
using raft::NodeId;

namespace {

constexpr Size2 words_window{1600, 900};

/// What the stage writes in one frame.
std::string words_on_stage(Window& window, const Played& played) {
  const Drawn drawn = window.drawn(played, words_window);
  std::string words;
  for (const DrawnItem& item : drawn) {
    if (item.panel.find("stage") != std::string::npos) words += item.what + "\n";
  }
  return words;
}

int texts_in(const Drawn& drawn, const std::string& panel, const std::string& text) {
  return static_cast<int>(std::count_if(drawn.begin(), drawn.end(), [&](const DrawnItem& item) {
    return item.kind == DrawnKind::Text && item.what == text && item.panel.find(panel) != std::string::npos;
  }));
}

std::vector<DrawnItem> labels_with(const Drawn& drawn, const std::string& words) {
  std::vector<DrawnItem> found;
  std::copy_if(drawn.begin(), drawn.end(), std::back_inserter(found), [&words](const DrawnItem& item) {
    return item.kind == DrawnKind::Label && item.what.find(words) != std::string::npos;
  });
  return found;
}

Rect around(const Rect& a, const Rect& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

/// What the nodes of an island and their plates take up, as they are drawn; they are drawn in their order.
Rect ground_of(const Drawn& drawn, raft::NodeSet island) {
  Rect ground{1e9F, 1e9F, -1e9F, -1e9F};
  for (const char* const mark : {"node", "plate"}) {
    std::size_t node = 0;
    for (const DrawnItem& item : drawn) {
      if (item.kind != DrawnKind::Mark || item.what != mark) continue;
      if (island.contains(node_at(node++))) ground = around(ground, item.box);
    }
  }
  return ground;
}

bool has_streak(const Drawn& drawn) {
  return std::any_of(drawn.begin(), drawn.end(), [](const DrawnItem& item) { return item.what == "streak"; });
}

}  // namespace

TEST_CASE("However crowded, the caption of an island stands on it") {
  for (const Size2 size : {Size2{1280, 720}, Size2{900, 560}, Size2{760, 520}}) {
    CAPTURE(size.width);
    Window window;
    window.state.room = true;
    Played played(9);
    for (int i = 0; i < 400 && raft::sim::current_leader(played.run.world()) == raft::no_node; ++i) played.step(1);
    const raft::NodeSet few = raft::NodeSet::first(4);
    const raft::NodeSet many = raft::NodeSet::first(9) - few;
    played.act(raft::sim::Partition{{few, many}});
    for (int events = 0; events < 60; ++events) {
      played.step(1);
      const Drawn drawn = window.drawn(played, size);
      struct Case { raft::NodeSet island; const char* begins; };
      for (const Case& one : {Case{few, "4 of 9"}, Case{many, "5 of 9"}}) {
        const Rect ground = ground_of(drawn, one.island).inset(-40);
        const auto caption = std::find_if(drawn.begin(), drawn.end(), [&](const DrawnItem& item) { return item.what.starts_with(one.begins); });
        REQUIRE(caption != drawn.end());
        CHECK(overlaps(caption->box, ground));
      }
    }
  }
}

TEST_CASE("In a lecture hall, where there is no log table, cards show three entries of a word each, whatever splits the cluster") {
  Window window;
  window.state.room = true;
  Played played(5);
  for (int i = 0; i < 400 && raft::sim::current_leader(played.run.world()) == raft::no_node; ++i) played.step(1);
  for (const char* const key : {"x", "y", "z"}) {
    played.write(key, "1");
    played.step(60);
  }
  REQUIRE(played.run.world().node(node_at(0)).durable.log.last_index() == 3);
  for (const bool split : {false, true}) {
    CAPTURE(split);
    if (split) played.act(raft::sim::Partition{{raft::NodeSet::first(2), raft::NodeSet::first(5) - raft::NodeSet::first(2)}});
    const Drawn drawn = window.drawn(played, {1280, 720});
    for (const char* const entry : {"x=1", "y=1", "z=1"}) {
      CAPTURE(entry);
      CHECK(texts_in(drawn, "stage", entry) >= 5);  // on each card; clients have asked for them, too
    }
    CHECK(texts_in(drawn, "stage", "#3") == 5);
    for (const DrawnItem& number : drawn) {  // above them: it takes none of their room
      if (number.what != "#3" || number.panel.find("stage") == std::string::npos) continue;
      for (const DrawnItem& entry : drawn) {
        if (entry.what == "z=1" && entry.panel.find("stage") != std::string::npos) CHECK(std::abs(entry.box.center().y - number.box.center().y) > 8);
      }
    }
    CHECK(texts_in(drawn, "stage", "…") == 0);
  }
}

TEST_CASE("a message that has just arrived and caused nothing says so, for it is drawn beside those under way") {
  Played played(4);
  Window window;
  const auto is_vote = [&played] {
    const raft::sim::Event& event = played.run.event();
    return event.kind == raft::sim::EventKind::Receive && event.sent.empty() && event.flight &&
           event.flight->message.type() == raft::MessageType::RequestVoteReply;
  };
  for (int i = 0; i < 200 && !is_vote(); ++i) played.step(1);
  REQUIRE(is_vote());
  const raft::Message& message = played.run.event().flight->message;
  const std::string ends = played.run.world().name(message.from.node()) + "→" + played.run.world().name(message.to.node());
  const std::string label = ends + "  yes, term 1";
  CHECK(words_on_stage(window, played).find("arrived: " + label) != std::string::npos);
  // Where somebody steps on to it, it flies there first.
  played.run.seek(played.run.position() - 1);
  words_on_stage(window, played);
  played.run.seek(played.run.position() + 1);
  CHECK(words_on_stage(window, played).find("arrived: ") == std::string::npos);
  for (int i = 0; i < 30; ++i) window.frame(played, words_window);
  CHECK(words_on_stage(window, played).find("arrived: " + label) != std::string::npos);
}

TEST_CASE("the timer that ends first shows its time left, whatever the role of its node, unless something is asked") {
  Window window;
  Played played(3);
  while (played.run.world().network.in_flight() == 0) played.step(1);  // a candidate
  played.act(raft::sim::Partition{{raft::NodeSet::only(node_at(0)), raft::NodeSet::only(node_at(1)), raft::NodeSet::only(node_at(2))}});
  raft::NodeId first = raft::no_node;
  for (int i = 0; i < 200; ++i) {
    first = raft::explain::first_to_time_out(played.run.world(), played.run.world().all_nodes());
    if (played.run.world().node(first).memory.role == raft::Role::Candidate) break;
    played.step(1);
  }
  REQUIRE(played.run.world().node(first).memory.role == raft::Role::Candidate);
  const raft::sim::Timer& timer = played.run.world().machine(first).election;
  const std::string left = raft::explain::time_text(timer.fires_at - played.run.clock());
  CHECK(words_on_stage(window, played).find(left) != std::string::npos);
  window.walkthrough = WalkthroughView{};
  window.walkthrough->question = WalkthroughView::Question{"?", {"yes", "no"}, std::nullopt};
  CHECK(words_on_stage(window, played).find(left) == std::string::npos);
}

TEST_CASE("an entry that a slow disk still writes does not count among those that have it") {
  Window window;
  Played played(3);
  for (int i = 0; i < 100 && raft::sim::current_leader(played.run.world()) == raft::no_node; ++i) played.step(1);
  played.act(raft::sim::ChangeSetting{raft::sim::Setting::DiskDelay, {.first = 60'000, .second = 0}});
  played.write("sally", "sally");
  const auto copies = [&] {
    int count = 0;
    for (const NodeId id : played.run.world().all_nodes()) count += played.run.world().node(id).durable.log.last_index() > 0 ? 1 : 0;
    return count;
  };
  for (int i = 0; i < 100 && copies() < 2; ++i) played.step(1);
  REQUIRE(copies() == 2);  // the leader and one follower; to the other it is on its way
  std::string words;
  for (const DrawnItem& item : window.drawn(played, words_window)) words += std::string(item.what) + "\n";
  CHECK(words.find("1/3") != std::string::npos);
  CHECK(words.find("2/3") == std::string::npos);
}

TEST_CASE("how many votes a candidate needs is said, unless something is asked") {
  Window window;
  Played played(5);
  played.act(raft::sim::FireElectionTimer{node_at(0)});
  CHECK(words_on_stage(window, played).find("1 of 3") != std::string::npos);
  window.walkthrough = WalkthroughView{};
  window.walkthrough->question = WalkthroughView::Question{"?", {"yes", "no"}, std::nullopt};
  CHECK(words_on_stage(window, played).find("1 of 3") == std::string::npos);
}

TEST_CASE("both ways cut and one way cut have captions of their own") {
  Window window;
  Played played(3);
  played.act(raft::sim::Cut{node_at(0), node_at(1), raft::sim::Direction::BothWays});
  CHECK(words_on_stage(window, played).find("A ↔ B cut") != std::string::npos);
  played.act(raft::sim::Mend{node_at(0), node_at(1), raft::sim::Direction::OneWay});
  CHECK(words_on_stage(window, played).find("B → A cut") != std::string::npos);
}

TEST_CASE("A countdown that a message has reset shows whence it came, also where an answer leaves at once") {
  Played played(3);
  Window window;
  played.act(raft::sim::FireElectionTimer{node_at(0)});
  CHECK_FALSE(has_streak(window.drawn(played, words_window)));  // a timer brought it about
  const auto& event = played.run.event();
  while (event.kind != raft::sim::EventKind::Receive || event.node == node_at(0)) played.step(1);
  REQUIRE(event.effects.election_timer == raft::TimerAction::Arm);
  REQUIRE_FALSE(event.sent.empty());
  CHECK(has_streak(window.drawn(played, words_window)));
  played.step(1);
  while (event.kind != raft::sim::EventKind::Receive || event.node != node_at(0)) played.step(1);
  CHECK_FALSE(has_streak(window.drawn(played, words_window)));  // a vote resets nothing
}

TEST_CASE("A snapshot's brick shows the term of its last entry, on the plate and in the table of logs") {
  raft::sim::ClusterConfig config = cluster(1);
  config.settings.manual_timers = true;
  Played played(config);
  while (played.run.world().node(node_at(0)).durable.current_term < 7) {
    played.act(raft::sim::Crash{raft::NodeSet::only(node_at(0))});
    played.act(raft::sim::Restart{raft::NodeSet::only(node_at(0))});
    played.act(raft::sim::FireElectionTimer{node_at(0)});
  }
  played.write("x", "1");
  played.step(20);
  REQUIRE(played.run.world().node(node_at(0)).memory.last_applied == 1);
  Window window;
  const Drawn before = window.drawn(played, words_window);
  played.act(raft::sim::CompactLog{node_at(0), 0});
  REQUIRE(played.run.world().node(node_at(0)).durable.log.base() == raft::EntryId{1, 7});
  const Drawn after = window.drawn(played, words_window);
  CHECK(texts_in(after, "stage", "7") == texts_in(before, "stage", "7") + 1);
  CHECK(texts_in(after, "log", "7") == texts_in(before, "log", "7"));  // the entry's cell had one, too
}

TEST_CASE("The client's lane says that a request is asked again") {
  raft::sim::ClusterConfig config = cluster(3);
  config.settings.manual_timers = true;
  config.settings.client_retry = true;
  Played played(config);
  Window window;
  played.write("x", "1");
  CHECK(texts_in(window.drawn(played, words_window), "stage", "retried") == 0);
  while (played.run.event().kind != raft::sim::EventKind::ClientTimeout) played.step(1);
  CHECK(texts_in(window.drawn(played, words_window), "stage", "retried") == 1);
  CHECK(texts_in(window.drawn(played, words_window), "stage", "waiting") == 1);
  played.act(raft::sim::FireElectionTimer{node_at(0)});
  played.step(200);
  CHECK(texts_in(window.drawn(played, words_window), "stage", "retried") == 1);
  played.write("x", "2");
  CHECK(texts_in(window.drawn(played, words_window), "stage", "retried") == 0);  // it is another request
}

TEST_CASE("The rows of the log tell the term of every node, also of nine and of eleven") {
  for (const int nodes : {3, 9, 11}) {
    raft::sim::ClusterConfig config = cluster(nodes);
    for (int i = 0; i < nodes; ++i) config.given.push_back({.node = node_at(static_cast<std::size_t>(i)), .term = 7, .log = {}});
    const Played played(config);
    Window window;
    for (const Size2 size : all_sizes) {
      CAPTURE(nodes);
      CAPTURE(size.height);
      CHECK(texts_in(window.drawn(played, size), "log", "7") == nodes);
    }
  }
}

TEST_CASE("The notches of a term stand beside its number, however long that is") {
  raft::sim::ClusterConfig config = cluster(3);
  for (std::size_t i = 0; i < 3; ++i) {
    config.given.push_back({.node = node_at(i), .term = 1330, .log = {}});
    for (const raft::Term term : {9, 99, 133, 1330}) config.given.back().log.push_back({.term = term, .command = {.key = "x", .value = "1", .expected = {}}});
  }
  const Played played(config);
  Window window;
  for (const Size2 size : all_sizes) {
    const Drawn drawn = window.drawn(played, size);
    int notches = 0;
    for (const DrawnItem& notch : drawn) {
      if (notch.what != "notch") continue;
      ++notches;
      for (const DrawnItem& text : drawn) {
        const bool apart = text.box.right <= notch.box.left || text.box.left >= notch.box.right || text.box.bottom <= notch.box.top || text.box.top >= notch.box.bottom;
        if (text.kind == DrawnKind::Text && text.panel == notch.panel) CHECK_MESSAGE(apart, text.what);
      }
    }
    CHECK(notches > 3 * (1 + 4 + 4 + 4 + 4));
  }
}

TEST_CASE("What a client asked for and how that stands is said in full on a stage with large type") {
  Window window;
  Played played(3);
  played.play_a_while();
  played.act(raft::sim::ClientAsk{.command = {.kind = raft::CommandKind::Increment, .key = "gold", .value = {}, .expected = {}}});
  for (const Size2 size : all_sizes) {
    const Drawn drawn = window.drawn(played, size);
    CAPTURE(size.height);
    // In the smallest window the lane is narrower than the command, which is then broken at its space.
    const bool narrow = size.width < 1600;
    CHECK(texts_in(drawn, "stage", "waiting") == 1);
    CHECK(texts_in(drawn, "stage", "incr gold") == (narrow ? 0 : 1));
    for (const char* const part : {"incr", "gold"}) CHECK(texts_in(drawn, "stage", part) == (narrow ? 1 : 0));
    for (const DrawnItem& item : drawn) {
      const bool its = item.what == "incr gold" || item.what == "incr" || item.what == "gold" || item.what == "waiting";
      if (its) CHECK_FALSE(item.cut);
    }
  }
}

TEST_CASE("Where no steps are counted, the number between Back and Next says that it counts events") {
  Window window;
  Played played(3);
  played.step(12);
  const Drawn drawn = window.drawn(played, words_window);
  CHECK(texts_in(drawn, "caption", "Event") == 1);
  CHECK(texts_in(drawn, "caption", "12") == 1);
}

TEST_CASE("An island's words stand on its own ground, or beside it, and on no other's") {
  const auto only = [](std::initializer_list<std::size_t> nodes) {
    raft::NodeSet set;
    for (const std::size_t node : nodes) set.add(node_at(node));
    return set;
  };
  // Of the second and the third, one caption would lie on another's ground if it stood where there is room first.
  struct Case { int nodes; std::vector<raft::NodeSet> islands; Size2 size; };
  const std::array<Case, 3> cases{{{7, {only({0, 1, 3, 4}), only({2}), only({5}), only({6})}, {1280, 720}},
                                   {5, {only({0, 1, 2}), only({3}), only({4})}, {1600, 900}},
                                   {5, {only({0, 1}), only({2, 3, 4})}, {3840, 2160}}}};
  for (const Case& one : cases) {
    Window window;
    Played played(one.nodes);
    played.act(raft::sim::Partition{one.islands});
    for (const bool crashed : {false, true}) {
      if (crashed) played.act(raft::sim::Crash{.nodes = one.islands.back()});
      window.frame(played, one.size);
      const Drawn drawn = window.drawn(played, one.size);
      // Islands of one node say the same; which caption is whose is told by their order.
      const std::vector<raft::NodeSet> islands = raft::sim::islands(played.run.world());
      const std::vector<DrawnItem> captions = labels_with(drawn, "of " + std::to_string(one.nodes) + ": ");
      REQUIRE(islands.size() == one.islands.size());
      REQUIRE(captions.size() == islands.size());
      for (std::size_t i = 0; i < captions.size(); ++i) {
        CAPTURE(one.size.height);
        CAPTURE(crashed);
        CAPTURE(i);
        CHECK(captions[i].what == raft::explain::quorum_caption(words_of(window.language), played.run.world(), islands[i]));
        CHECK(overlaps(ground_of(drawn, islands[i]).inset(-0.05F * one.size.height), captions[i].box));  // room for a crown, and the edge
        for (const raft::NodeSet other : islands) {
          if (other != islands[i]) CHECK_FALSE(overlaps(ground_of(drawn, other).inset(-4), captions[i].box));
        }
      }
    }
  }
}

TEST_CASE("A message that the mouse is no longer on is lit no more in that very frame") {
  Window window;
  Played played(3);
  while (played.run.world().network.in_flight() == 0) played.step(1);
  window.frame(played, words_window);
  const Rect area = make_layout({.width = words_window.width, .height = words_window.height, .nodes = 3}).stage;
  const Scene scene = make_scene({.world = played.run.world(), .clock = played.run.clock(), .stage = window.state.stage, .area = area, .keep_clear = {}});
  const auto is_lit = [](const Drawn& drawn) {
    return std::any_of(drawn.begin(), drawn.end(), [](const DrawnItem& item) { return item.what == "lit"; });
  };
  window.mouse = scene.flights.front().at;
  window.frame(played, words_window);
  CHECK(is_lit(window.drawn(played, words_window)));
  CHECK(window.state.hovered.kind == Selection::Kind::Message);
  window.mouse = {area.left + 24, area.center().y};
  CHECK_FALSE(is_lit(window.drawn(played, words_window)));
  CHECK(window.state.hovered == Selection{});
}

}  // namespace ui::test
