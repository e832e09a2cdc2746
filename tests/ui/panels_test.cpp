// Whole frames without a window: every panel keeps to its place at every size, in both languages and themes, and
// drawing changes nothing of the run.
#include <doctest/doctest.h>

#include <array>
#include <set>

#include "raft/sim/world_hash.h"
#include "tests/ui/window.h"
#include "ui/layout.h"
#include "ui/scene.h"

namespace ui::test {

using raft::explain::Language;

namespace {

WalkthroughView a_question() {
  WalkthroughView walkthrough;
  walkthrough.title = "A normal election, and then a title that is much longer than any window is wide, again and again";
  walkthrough.step = 6;
  walkthrough.step_count = 31;
  walkthrough.heading = "The leader commits";
  walkthrough.question = WalkthroughView::Question{
      .text = "Which of these nodes can still win the election of term 7, now that two of the five are cut off?",
      .options = {"Node A", "Node B, but only with the vote of E", "Both of them", "Neither"},
      .answers = std::vector<int>{2}};
  return walkthrough;
}

/// Panels whose content must not run out at their sides; the stage and the log table scroll or have edges of their own.
bool is_flat(const char* name) {
  for (const char* panel : {"top bar", "inspector", "events", "safety", "caption", "transport"}) {
    if (std::string_view(name).find(std::string("/") + panel) != std::string_view::npos) return true;
  }
  return false;
}

void check_lists(Size2 size, bool at_home) {
  const ImDrawData* data = ImGui::GetDrawData();
  REQUIRE(data->Valid);
  CHECK(data->TotalVtxCount > 100);
  int flat = 0;
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList* list = data->CmdLists[i];
    CAPTURE(list->_OwnerName);
    float left = 1e9F;
    float right = -1e9F;
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.ElemCount == 0) continue;
      CHECK(command.ClipRect.x >= 0);
      CHECK(command.ClipRect.y >= 0);
      CHECK(command.ClipRect.z <= size.width);
      CHECK(command.ClipRect.w <= size.height);
      left = std::min(left, command.ClipRect.x);
      right = std::max(right, command.ClipRect.z);
    }
    if (list->_OwnerName == nullptr || !is_flat(list->_OwnerName)) continue;
    ++flat;
    int outside = 0;
    for (const ImDrawVert& vertex : list->VtxBuffer) {
      if (vertex.pos.x < left - 1.5F || vertex.pos.x > right + 1.5F) ++outside;
    }
    CHECK(outside == 0);
  }
  if (!at_home) CHECK(flat >= 2);  // the caption and the transport are away only there
}

void check_window(Window& window, const Played& played, Size2 size) {
  CAPTURE(size.width);
  CAPTURE(played.run.world().node_count());
  const std::uint64_t before = raft::sim::world_hash(played.run.world());
  const FrameResult result = window.frame(played, size);
  CHECK(result.actions.empty());
  CHECK(raft::sim::world_hash(played.run.world()) == before);
  check_lists(size, window.state.library_open);
}

void check_selections(Window& window, const Played& played, Size2 size) {
  using Kind = Selection::Kind;
  std::vector<Selection> all{{},
                             {.kind = Kind::Node, .node = raft::node_at(0)},
                             {.kind = Kind::Entry, .node = raft::node_at(0), .entry = 1},
                             {.kind = Kind::Entry, .node = raft::node_at(0), .entry = 999},
                             {.kind = Kind::Node, .node = raft::node_at(15)},
                             {.kind = Kind::Message, .message = 12345678},
                             {.kind = Kind::Client, .client = raft::ClientId{1}},
                             {.kind = Kind::Client, .client = raft::ClientId{98}},
                             {.kind = Kind::Link, .node = raft::node_at(0), .other = raft::node_at(1)}};
  const raft::sim::Network& network = played.run.world().network;
  for (std::size_t i = 0; i < network.in_flight(); ++i) {
    all.push_back({.kind = Kind::Message, .message = network.flight(i).id});
  }
  for (const Selection& selection : all) {
    window.state.selection = selection;
    check_window(window, played, size);
  }
  window.state.selection = {};
}

}  // namespace

TEST_CASE("Every panel keeps to its place, at every size, in both languages and themes") {
  Window window;
  for (const int nodes : {1, 2, 5, 8, 11}) {
    Played played(nodes);
    played.play_a_while();
    for (const Size2 size : all_sizes) {
      for (const Language language : {Language::English, Language::Chinese}) {
        window.language = language;
        window.theme = language == Language::English ? ThemeName::Paper : ThemeName::Ink;
        window.walkthrough.reset();
        check_selections(window, played, size);
        window.walkthrough = a_question();
        window.message = "The link from A to B is cut already. Cut another, or mend this one.";
        check_window(window, played, size);
        window.message.clear();
      }
    }
  }
}

TEST_CASE("At odd display scales the window is filled to its edges") {
  Window window;
  Played played(5);
  const float width = 3840 / 2.4F - 0.0005F;
  window.frame(played, {width, 899.6F});
  const ImDrawData* data = ImGui::GetDrawData();
  float right = 0;
  float bottom = 0;
  for (int i = 0; i < data->CmdListsCount; ++i) {
    for (const ImDrawCmd& command : data->CmdLists[i]->CmdBuffer) {
      right = std::max(right, command.ClipRect.z);
      bottom = std::max(bottom, command.ClipRect.w);
    }
  }
  CHECK(right >= width);
  CHECK(bottom >= 899.6F);
}

TEST_CASE("Text of double size fits too, and so does room mode") {
  for (const float scale : {0.8F, 2.0F}) {
    Window window(scale);
    Played played(5);
    played.play_a_while();
    for (const Size2 size : all_sizes) {
      window.state.room = false;
      check_window(window, played, size);
      window.walkthrough = a_question();
      check_window(window, played, size);
      window.state.room = true;
      check_window(window, played, size);
    }
  }
}

TEST_CASE("What lies over the window keeps to the window") {
  Window window;
  Played played(5);
  const Still still{played.run.world(), played.run.clock()};
  for (int i = 0; i < 30; ++i) {
    window.library.push_back({.path = std::to_string(i),
                              .title = "A title that is much longer than its card is wide, again and again",
                              .about = "About it: one node times out, asks for votes and becomes leader.",
                              .chapter = i / 8,
                              .outcome = i % 2 == 0 ? "" : "what restarts a countdown and what does not, at great length, in every term",
                              .steps = 12,
                              .minutes = i % 3,
                              .reached = i % 5,
                              .done = i % 7 == 0,
                              .still = i % 4 == 0 ? nullptr : &still});
  }
  window.chapters = {"Why consensus", "A chapter with quite a long title", "Clients", "Operating a cluster"};
  window.continue_with = 3;
  FileDialogView files;
  files.folder = "/people/somebody/with/a/folder/whose/path/is/long/enough/to/be/cut/at/its/beginning/by/the/dialog";
  for (int i = 0; i < 60; ++i) files.rows.push_back({"file " + std::to_string(i) + ".walk", i < 5, 1 << (i % 22), "2026-11-28 19:40"});
  files.folders = {{"Home folder", "/people/somebody"}};
  files.recent = {{"a.walk", "/people/somebody/a.walk"}};
  files.error = "There is no walkthrough nobody here.";
  for (const Size2 size : all_sizes) {
    for (const Language language : {Language::English, Language::Chinese}) {
      window.language = language;
      window.state.help_open = true;
      check_window(window, played, size);
      window.state.help_open = false;
      window.state.library_open = true;
      check_window(window, played, size);
      for (const FilePurpose purpose : {FilePurpose::Open, FilePurpose::SaveAs}) {
        files.purpose = purpose;
        files.replaces = purpose == FilePurpose::Open ? "" : "a file with a long name.walk";
        ++files.opened;
        window.files = &files;
        check_window(window, played, size);
        check_window(window, played, size);
        window.files = nullptr;
      }
      window.state.room = true;
      check_window(window, played, size);
      window.state.room = false;
      window.state.library_open = false;
      window.state.settings.open = true;
      check_window(window, played, size);
      window.state.room = true;
      check_window(window, played, size);
      window.state.room = false;
      window.state.settings.open = false;
    }
  }
}

TEST_CASE("A log of a thousand entries is drawn as cheaply as a short one") {
  raft::sim::ClusterConfig config = cluster(11);
  for (std::size_t node = 0; node < 11; ++node) {
    raft::sim::GivenNode given{.node = raft::node_at(node), .term = 9, .commit = 900, .log = {}};
    for (int i = 0; i < 1000; ++i) {
      given.log.push_back({.term = 1 + i / 120,
                           .command = {.key = "k" + std::to_string(i), .value = std::to_string(i), .expected = {}}});
    }
    config.given.push_back(given);
  }
  Played played(config);
  Window window;
  for (const Size2 size : all_sizes) check_window(window, played, size);
  window.frame(played, {1600, 900});
  CHECK(ImGui::GetDrawData()->TotalVtxCount < 120'000);
  // In view is the end of the log, until somebody scrolls.
  CHECK(window.state.log_scroll.at_end);
  CHECK(window.state.log_scroll.offset > 10'000);
}

TEST_CASE("The tally of a candidate goes up to what its election takes, also with the majority's rule off") {
  const auto needed = [](bool rule_on) {
    raft::sim::ClusterConfig config = cluster(5);
    config.settings.core.rules.set(raft::Rule::MajorityNeeded, rule_on);
    Played played(config);
    played.act(raft::sim::FireElectionTimer{raft::node_at(0)});
    Window window;
    std::set<std::string> texts;
    for (const DrawnItem& item : window.drawn(played, usual_size)) {
      if (item.panel.find("stage") != std::string::npos) texts.insert(item.what);
    }
    return std::pair(texts.count("1 of 3"), texts.count("1 of 2"));
  };
  CHECK(needed(true) == std::pair<std::size_t, std::size_t>(1, 0));
  CHECK(needed(false) == std::pair<std::size_t, std::size_t>(0, 1));
}

TEST_CASE("What the end of a walkthrough says takes no room from its last sentence") {
  Played played(3);
  Window window;
  WalkthroughView walkthrough;
  walkthrough.heading = "The last step";
  walkthrough.caption = "S5 overwrites entry 2 on S2 and S3: the rule would have kept S1 from committing it.";
  walkthrough.step = 9;
  walkthrough.step_count = 10;
  const auto sentence = [&](bool ended, bool room) {
    walkthrough.ended = ended;
    window.walkthrough = walkthrough;
    window.state.room = room;
    float height = 0;
    for (const DrawnItem& item : window.drawn(played, {1280, 720})) {
      if (item.panel.find("caption") == std::string::npos || item.what.find("S5 overwrites") == std::string::npos) continue;
      CHECK_FALSE(item.cut);
      CHECK(item.what.find("…") == std::string::npos);
      height = item.box.height();
    }
    return height;
  };
  for (const bool room : {false, true}) {
    CHECK(sentence(false, room) > 0);
    CHECK(sentence(true, room) == sentence(false, room));
  }
}

TEST_CASE("The table of logs tells what the event one stands at has deleted: in its own place, or beside what stands there now") {
  using namespace raft::sim;
  Played played(3);
  const raft::NodeId a = raft::node_at(0);
  const auto step_until = [&played](const auto& so) {
    for (int i = 0; i < 1000 && !so(played.run.world()); ++i) played.step(1);
    REQUIRE(so(played.run.world()));
  };
  const auto write_to = [&played](raft::NodeId node, const std::string& value, int client) {
    played.act(ClientAsk{{.key = "x", .value = value, .expected = {}}, node, static_cast<raft::ClientId>(client)});
  };
  played.act(FireElectionTimer{a});
  step_until([&](const World& world) { return current_leader(world) == a; });
  played.act(Isolate{raft::NodeSet::only(a)});
  write_to(a, "6", 1);
  write_to(a, "7", 2);
  step_until([&](const World& world) { return world.node(a).durable.log.last_index() == 2; });
  played.act(FireElectionTimer{raft::node_at(1)});
  step_until([&](const World& world) { return current_leader(world) != a && current_leader(world) != raft::no_node; });
  write_to(current_leader(played.run.world()), "8", 3);
  step_until([](const World& world) { return world.node(current_leader(world)).durable.log.last_index() == 1; });
  played.act(Heal{});
  step_until([&played](const World&) { return played.run.event().effects.deleted_from == 1; });
  Window window;
  const auto find = [&](const std::string& words) {
    std::vector<Rect> places;
    for (const DrawnItem& item : window.drawn(played, usual_size)) {
      const bool here = item.kind == DrawnKind::Text && item.what == words && item.panel.find("log") != std::string::npos;
      if (here) places.push_back(item.box);
    }
    return places;
  };
  REQUIRE(find("A").size() == 1);
  const Point label = find("A").front().center();
  const auto in_row_of_a = [label](const std::vector<Rect>& places) {
    return std::count_if(places.begin(), places.end(), [label](const Rect& box) { return std::abs(box.center().y - label.y) < 8; });
  };
  const std::vector<Rect> replaced = find("1:x=6");
  const std::vector<Rect> gone = find("1:x=7");
  const std::vector<Rect> now = find("x=8");  // and its state machine says so, further to the right
  CHECK(in_row_of_a(replaced) == 1);
  CHECK(in_row_of_a(gone) == 1);
  CHECK(in_row_of_a(now) == 2);
  CHECK(replaced.size() == 1);
  CHECK(gone.size() == 1);
  REQUIRE(now.size() >= 2);
  CHECK(replaced.front().left > now.front().right);  // beside it
  CHECK(gone.front().left > replaced.front().right);  // in the next cell
  played.step(1);  // for one event only
  CHECK(find("1:x=6").empty());
  CHECK(find("1:x=7").empty());
}

TEST_CASE("A click on Next, on a cell of the log and on the seek bar asks for what it shows") {
  Played played(5);
  played.play_a_while();
  Window window;
  window.walkthrough = a_question();
  const Size2 size{1600, 900};
  const Layout layout = make_layout({.width = 1600, .height = 900});
  const Actions next = window.click(played, size, {1600 - 24 - 40, layout.caption.center().y});
  REQUIRE(next.size() == 1);
  CHECK(std::holds_alternative<NextStep>(next.front()));

  window.click(played, size, {160, layout.log.top + log_header + layout.log_row / 2});
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Entry, .node = raft::node_at(0), .entry = 1});

  const Actions seek = window.click(played, size, {800, layout.transport.center().y});
  REQUIRE_FALSE(seek.empty());
  CHECK(std::holds_alternative<SeekTime>(seek.front()));
}

TEST_CASE("The seek bar takes in what a run has grown by, and starts anew when the run has lost some of it") {
  Played played(3);
  Window window;
  played.play_a_while();
  window.frame(played, {1600, 900});
  const std::int64_t records = window.state.seek_bar.records;
  CHECK(records == played.run.end() + 1);
  played.step(50);
  window.frame(played, {1600, 900});
  CHECK(window.state.seek_bar.records == played.run.end() + 1);
  CHECK(window.state.seek_bar.stretches.size() <= 2048);
  played.run.seek(10);
  played.act(raft::sim::Crash{.nodes = raft::NodeSet::first(1)});
  window.frame(played, {1600, 900});
  CHECK(window.state.seek_bar.records == played.run.end() + 1);
}

TEST_CASE("A term's band on the seek bar has all of its notches or none: fewer are the sign of another term") {
  raft::sim::ClusterConfig config = cluster(3);
  config.settings.manual_timers = true;
  for (std::size_t i = 0; i < 3; ++i) config.given.push_back({.node = raft::node_at(i), .term = 40, .log = {}});
  Played played(config);
  const auto wait_until = [&played](raft::sim::Time time) {
    while (played.run.next_at() <= time) played.step(1);
    played.run.set_clock(time);
  };
  played.act(raft::sim::Isolate{raft::NodeSet::only(raft::node_at(0))});
  for (const raft::sim::Time at : {0, 1'000'000, 1'200'000}) {
    wait_until(at);
    played.act(raft::sim::FireElectionTimer{raft::node_at(0)});
  }
  REQUIRE(played.run.world().node(raft::node_at(0)).durable.current_term == 43);
  Window window;
  std::set<std::ptrdiff_t> counts;  // the band of the term between gets narrower as the run gets longer
  for (raft::sim::Time end = 1'500'000; end < 20'000'000; end += 250'000) {
    wait_until(end);
    const Drawn drawn = window.drawn(played, {1600, 900});
    counts.insert(std::count_if(drawn.begin(), drawn.end(), [](const DrawnItem& item) { return item.what == "band notch"; }));
  }
  for (const std::ptrdiff_t count : counts) CHECK(count % 4 == 0);
  CHECK(counts.size() > 1);
}

TEST_CASE("In free play an answer that comes too late is told of to who steps to it, and hides no leader once time goes on") {
  Window window;
  Played played(5);
  const raft::explain::Words& words = words_of(Language::English);
  const auto late = [&] { return app::is_late(played.run.event()); };
  while (raft::sim::current_leader(played.run.world()) == raft::no_node) played.step(1);
  const std::string elected = raft::explain::event_sentence(words, played.run.world(), played.run.event());
  REQUIRE(played.run.position() % 3 != 0);  // those are quiet here
  while (!late()) played.step(1);
  const std::string too_late = raft::explain::event_sentence(words, played.run.world(), played.run.event());
  REQUIRE(too_late != elected);
  const auto says = [&](const std::string& sentence) {
    const Drawn drawn = window.drawn(played, usual_size);
    return std::any_of(drawn.begin(), drawn.end(), [&](const DrawnItem& item) {
      return item.panel.find("caption") != std::string::npos && sentence.starts_with(item.what) && item.what.size() > 8;
    });
  };
  REQUIRE(played.run.position() % 3 != 0);
  CHECK(says(too_late));
  window.playing = true;
  CHECK_FALSE(says(too_late));
  CHECK(says(elected));
}

TEST_CASE("what needs an answer covers no node and no button of the caption; outside a lecture hall not the transport either") {
  Window window;
  window.message = "Nothing worth seeing happens within 1.2 s: who leads goes on leading, and nobody asks for anything.";
  const Played played(5);
  for (const bool room : {true, false}) {
    for (const bool diagram : {true, false}) {
      window.state.room = room;
      window.state.diagram.open = diagram && !room;
      for (const Size2 size : all_sizes) {
        const Drawn drawn = window.drawn(played, size);
        const float scale = room ? room_factor(size.height, 1) : 1;
        const Layout layout = make_layout({.width = size.width, .height = size.height, .text_scale = scale, .nodes = 5, .room = room});
        const float half = caption_button / 2 * scale;
        const Rect buttons{layout.caption.right - 320, layout.buttons_middle - half, layout.caption.right, layout.buttons_middle + half};
        int lines = 0;
        for (const DrawnItem& item : drawn) {
          if (item.kind != DrawnKind::Text || item.panel.find("message") == std::string::npos) continue;
          ++lines;
          CHECK_FALSE(overlaps(item.box, buttons));
          if (!room) CHECK(item.box.bottom < layout.transport.top);
          for (const DrawnItem& other : drawn) {
            if (other.kind == DrawnKind::Mark) CHECK_FALSE(overlaps(item.box, other.box));
          }
        }
        CHECK(lines > 0);
      }
    }
  }
}

}  // namespace ui::test
