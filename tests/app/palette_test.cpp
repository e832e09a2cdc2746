// The lines that the palette offers for what is typed, in both languages.
#include "app/palette.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/window.h"

namespace app::test {

using raft::explain::Language;

namespace {

struct Asking {
  Session session = Session::free_play(5, 1);
  Language language = Language::English;
  std::array<raft::explain::Words, 2> both{ui::test::words_of(Language::English), ui::test::words_of(Language::Chinese)};
  std::vector<ui::LibraryEntry> library{{"walks/bob_and_tom.walk", "Bob and Tom", "Two leaders in two islands", false}};
  std::vector<std::string> history;
  mutable AnswersKept answers;

  PaletteOffers offers(const std::string& typed) const {
    return palette_offers(typed, {session, both[static_cast<std::size_t>(language)], both, library, history, answers});
  }
};

/// -1: it is not offered.
int row_of(const PaletteOffers& offers, const std::string& line) {
  const auto& rows = offers.shown.rows;
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const ui::PaletteRow& row) { return row.line == line; });
  return at == rows.end() ? -1 : static_cast<int>(at - rows.begin());
}

template <typename What>
const What* deed(const PaletteOffers& offers, int row) {
  return row < 0 ? nullptr : std::get_if<What>(&offers.deeds[static_cast<std::size_t>(row)].what);
}

}  // namespace

TEST_CASE("a whole command is the first line, says what it does and does it") {
  const Asking asking;
  const PaletteOffers offers = asking.offers("crash A");
  REQUIRE(row_of(offers, "crash A") == 0);
  CHECK(offers.shown.rows[0].complete);
  CHECK(offers.shown.rows[0].says == "A crashes: term, vote and log stay on disk; the rest is gone.");
  const auto* commands = deed<Deed::Commands>(offers, 0);
  REQUIRE(commands != nullptr);
  REQUIRE(commands->all.size() == 1);
  CHECK(std::get<raft::sim::Crash>(commands->all[0]).nodes.contains(raft::node_at(0)));
  CHECK(offers.shown.error_column == 0);
}

TEST_CASE("plain words find a command, in either language, and the nodes named are what it acts on") {
  const Asking asking;
  CHECK(row_of(asking.offers("kill"), "crash A") >= 0);
  CHECK(row_of(asking.offers("kill B"), "crash B") == 0);
  CHECK(row_of(asking.offers("杀死 B"), "crash B") == 0);
  CHECK(row_of(asking.offers("杀死B"), "crash B") == 0);
  CHECK(row_of(asking.offers("disconnect C"), "isolate C") >= 0);
  CHECK(row_of(asking.offers("脑裂"), "partition A") >= 0);
}

TEST_CASE("a command that would do nothing is offered with the reason why") {
  const Asking asking;
  const PaletteOffers offers = asking.offers("restart A");
  REQUIRE(row_of(offers, "restart A") == 0);
  CHECK_FALSE(offers.shown.rows[0].why_not.empty());
  const PaletteOffers heal = asking.offers("heal");
  REQUIRE(row_of(heal, "heal") == 0);
  CHECK_FALSE(heal.shown.rows[0].why_not.empty());
}

TEST_CASE("what is wrong is said in place, with what would be right, in the window's language") {
  Asking asking;
  PaletteOffers offers = asking.offers("crash Z");
  CHECK(offers.shown.error_column == 7);
  CHECK(offers.shown.error == "“Z” cannot stand here. Possible: A, B, C, D, E");
  asking.language = Language::Chinese;
  offers = asking.offers("crash Z");
  CHECK(offers.shown.error == "这里不能写“Z”。可以写：A, B, C, D, E");
  CHECK(asking.offers("until leeders = 1").shown.error_column == 7);
}

TEST_CASE("of many words that could stand there the nearest to the wrong one are named") {
  const Asking asking;
  const std::string error = asking.offers("is role D = leeder").shown.error;
  CHECK(error.starts_with("“leeder” cannot stand here. Possible: leader,"));
  CHECK(error.ends_with("…"));
  CHECK(asking.offers("is role D = eader").shown.error.starts_with("“eader” cannot stand here. Possible: leader,"));
}

TEST_CASE("a command that lacks its quotes in a condition is offered with them, and what the line says without them") {
  Asking asking;
  REQUIRE_FALSE(asking.session.act(raft::sim::ClientAsk{.command = {.key = "x", .value = "4", .expected = {}}}, raft::sim::Origin::Key));
  PaletteOffers offers = asking.offers("committed x=4");
  CHECK(row_of(offers, "is committed \"x=4\" >= 1") == 0);
  CHECK(row_of(offers, "until committed \"x=4\" >= 1") == 1);
  CHECK(deed<Deed::RunUntil>(offers, 1) != nullptr);
  CHECK(row_of(offers, "is committed x=4") > 1);
  CHECK(row_of(asking.offers("until stored x=4 >= 3 within 2s"), "until stored \"x=4\" >= 3 within 2s") == 0);
  CHECK(row_of(asking.offers("until committed x=4 and leaders = 1"), "until committed \"x=4\" >= 1 and leaders = 1") == 0);
  CHECK(row_of(asking.offers("stored x=4 ?"), "is stored \"x=4\" >= 1") == 0);
  CHECK(row_of(asking.offers("stored x=4?"), "is stored \"x=4\" >= 1") == 0);
  CHECK(row_of(asking.offers("until (leaders = 1 and committed x=4)"), "until (leaders = 1 and committed \"x=4\" >= 1)") == 0);
  CHECK(row_of(asking.offers("until committed x=4 and stored y=5 > 2"), "until committed \"x=4\" >= 1 and stored \"y=5\" > 2") == 0);
  CHECK(row_of(asking.offers("applications A x=4"), "is applications A \"x=4\" >= 1") == 0);
  // What is in a log by itself, as sally is, may be meant so.
  while (raft::sim::current_leader(asking.session.run().world()) == raft::no_node) REQUIRE(asking.session.play(10'000, 100));
  REQUIRE_FALSE(asking.session.act(raft::sim::ClientAsk{.command = {.key = "sally", .value = "sally", .expected = {}}}, raft::sim::Origin::Key));
  REQUIRE(asking.session.play(2'000'000, 1'000));
  CHECK(row_of(asking.offers("until stored sally=3"), "until stored sally=3") == 0);
  for (const char* const as_it_is : {"committed \"x=4\" = 1", "committed x = 4", "stored x>=4", "committed x="}) {
    CAPTURE(as_it_is);
    for (const ui::PaletteRow& row : asking.offers(as_it_is).shown.rows) CHECK(row.line.find(">= 1") == std::string::npos);
  }
}

TEST_CASE("a word that begins a line of its own comes before commands that have it in their description") {
  const Asking asking;
  for (const char* typed : {"unt", "until"}) {
    CAPTURE(typed);
    const PaletteOffers offers = asking.offers(typed);
    REQUIRE_FALSE(offers.shown.rows.empty());
    CHECK(offers.shown.rows[0].line.starts_with("until"));
    CHECK_FALSE(offers.shown.rows[0].complete);
  }
  CHECK(asking.offers("until ").shown.rows[0].line != "until");  // there it goes on
  CHECK(asking.offers("back").shown.rows[0].line.starts_with("back until"));
}

TEST_CASE("a condition is asked, or run until") {
  const Asking asking;
  const PaletteOffers question = asking.offers("role A = follower ?");
  REQUIRE(row_of(question, "is role A = follower") == 0);
  CHECK(question.shown.rows[0].says == "Yes, now.");
  CHECK(asking.offers("is role A = leader").shown.rows[0].says.find("follower") != std::string::npos);
  const PaletteOffers until = asking.offers("until leaders = 1 within 2s");
  const auto* run = deed<Deed::RunUntil>(until, row_of(until, "until leaders = 1 within 2s"));
  REQUIRE(run != nullptr);
  CHECK(run->within == 2'000'000);
  const PaletteOffers bare = asking.offers("leaders = 1");
  CHECK(row_of(bare, "is leaders = 1") == 0);
  CHECK(row_of(bare, "until leaders = 1") == 1);
}

TEST_CASE("an empty line offers all commands, what the window can do, and first of all what was done last") {
  Asking asking;
  asking.history = {"crash B", "heal"};
  const PaletteOffers offers = asking.offers("");
  CHECK(row_of(offers, "crash B") == 0);
  CHECK(row_of(offers, "heal") == 1);
  for (const char* line : {"partition", "drop every", "set rule", "transfer", "until", "Align two countdowns"}) {
    CAPTURE(line);
    CHECK(row_of(offers, line) >= 0);
  }
}

TEST_CASE("what the window can do is found by its words and done as by its key") {
  const Asking asking;
  const PaletteOffers offers = asking.offers("theme");
  const auto* command = deed<ui::Command>(offers, row_of(offers, "Change the theme: paper (light) or ink (dark)"));
  REQUIRE(command != nullptr);
  CHECK(row_of(asking.offers("dark"), "Change the theme: paper (light) or ink (dark)") == 0);
  CHECK(*command == ui::Command::NextTheme);
  CHECK(deed<ui::Command>(asking.offers("主题"), 0) != nullptr);
  const PaletteOffers story = asking.offers("open bob");
  REQUIRE(row_of(story, "Open: Bob and Tom") >= 0);
  CHECK(deed<Deed::Open>(story, row_of(story, "Open: Bob and Tom"))->path == "walks/bob_and_tom.walk");
  const PaletteOffers fresh = asking.offers("new cluster 7");
  CHECK(deed<Deed::FreePlay>(fresh, row_of(fresh, "Free play with 7 nodes")) != nullptr);
}

TEST_CASE("whatever a click opens in the inspector can be opened from the keyboard") {
  Asking asking;
  REQUIRE_FALSE(asking.session.act(raft::sim::FireElectionTimer{raft::node_at(0)}, raft::sim::Origin::Key));
  const raft::sim::World& world = asking.session.run().world();
  const auto shows = [&](const std::string& typed, const ui::Selection& wanted) {
    const PaletteOffers offers = asking.offers(typed);
    for (const Deed& deed : offers.deeds) {
      const auto* show = std::get_if<Deed::Show>(&deed.what);
      if (show != nullptr && show->what == wanted) return true;
    }
    return false;
  };
  using Kind = ui::Selection::Kind;
  CHECK(shows("show B", {.kind = Kind::Node, .node = raft::node_at(1)}));
  CHECK_FALSE(shows("B", {.kind = Kind::Node, .node = raft::node_at(2)}));
  REQUIRE(world.network.in_flight() > 0);
  CHECK(shows("show", {.kind = Kind::Message, .message = world.network.flight(0).id}));
  CHECK(shows("inspect vote", {.kind = Kind::Message, .message = world.network.flight(0).id}));
  while (raft::sim::current_leader(world) == raft::no_node) asking.session.step_forward(ui::Stride::Event);
  REQUIRE_FALSE(asking.session.act(raft::sim::ClientAsk{.command = {.key = "x", .value = "1", .expected = {}}}, raft::sim::Origin::Key));
  CHECK(shows("show c1", {.kind = Kind::Client, .client = static_cast<raft::ClientId>(1)}));
  for (int i = 0; i < 40; ++i) asking.session.step_forward(ui::Stride::Event);
  const raft::NodeId leader = raft::sim::current_leader(world);
  const raft::Index last = world.node(leader).durable.log.last_index();
  REQUIRE(last > 0);
  CHECK(shows("show entry " + world.name(leader), {.kind = Kind::Entry, .node = leader, .entry = last}));
}

TEST_CASE("the leader is restarted by two commands, the second after the first") {
  Asking asking;
  CHECK_FALSE(asking.offers("restart the leader").shown.rows[0].why_not.empty());  // nobody leads
  const auto& world = asking.session.run().world();
  while (raft::sim::current_leader(world) == raft::no_node) asking.session.step_forward(ui::Stride::Event);
  const raft::NodeId leader = raft::sim::current_leader(world);
  const PaletteOffers offers = asking.offers("restart the leader");
  const int row = row_of(offers, "Restart the leader");
  const auto* commands = deed<Deed::Commands>(offers, row);
  REQUIRE(commands != nullptr);
  CHECK(offers.shown.rows[static_cast<std::size_t>(row)].why_not.empty());
  REQUIRE(commands->all.size() == 2);
  for (const raft::sim::Intervention& one : commands->all) CHECK_FALSE(asking.session.act(one, raft::sim::Origin::Palette));
  CHECK(world.machine(leader).up);
  CHECK(world.node(leader).memory.role == raft::Role::Follower);
}

TEST_CASE("a condition goes back, too, to where it came true last") {
  Asking asking;
  const PaletteOffers typed = asking.offers("back until leaders = 1");
  const auto* back = deed<Deed::RunBack>(typed, row_of(typed, "back until leaders = 1"));
  REQUIRE(back != nullptr);
  CHECK(typed.shown.rows[0].says == "Goes back to where it last came true.");
  CHECK_FALSE(back->within);
  const PaletteOffers near = asking.offers("back until leaders = 1 within 2s");
  const auto* limited = deed<Deed::RunBack>(near, row_of(near, "back until leaders = 1 within 2s"));
  REQUIRE(limited != nullptr);
  CHECK(limited->within == raft::sim::Time{2'000'000});
  CHECK(row_of(asking.offers("leaders = 1"), "back until leaders = 1") >= 0);
  CHECK(row_of(asking.offers("back"), "back until") >= 0);
  CHECK(row_of(asking.offers("ba"), "back until") >= 0);
}

TEST_CASE("two timers are aligned by the commands that a recording can hold") {
  const Asking asking;
  const PaletteOffers offers = asking.offers("align");
  const auto* commands = deed<Deed::Commands>(offers, row_of(offers, "Align two countdowns"));
  REQUIRE(commands != nullptr);
  REQUIRE(commands->all.size() == 2);
  for (const raft::sim::Intervention& one : commands->all) {
    CHECK(std::holds_alternative<raft::sim::FireElectionTimer>(one));
  }
}

}  // namespace app::test
