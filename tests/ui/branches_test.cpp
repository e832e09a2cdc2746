// Branches, recording and names in the window: what is clicked is asked for, at every size, in both languages.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "tests/ui/window.h"
#include "ui/drawn.h"
#include "ui/layout.h"
#include "ui/panels/panels.h"

namespace ui::test {

using raft::explain::Language;

namespace {

constexpr std::array<Size2, 3> common_sizes{{{1280, 720}, {1600, 900}, {1920, 1080}}};

std::vector<BranchView> three_futures(raft::sim::Time end) {
  return {{.id = 0, .parent = 0, .name = "Main", .fork_at = 0, .end_at = end, .current = true, .trunk = true},
          {.id = 1, .parent = 0, .name = "Branch 2", .fork_at = end / 4, .end_at = end / 2},
          {.id = 4, .parent = 1, .name = "A name that somebody has given it, longer than there is room for anywhere", .fork_at = end / 3, .end_at = end}};
}

template <typename Wanted>
const Wanted* asked_for(const Actions& actions) {
  for (const Action& action : actions) {
    if (const auto* wanted = std::get_if<Wanted>(&action)) return wanted;
  }
  return nullptr;
}

Layout layout_of(Size2 size, bool branches) {
  return make_layout({.width = size.width, .height = size.height, .nodes = 5, .branches = branches});
}

}  // namespace

TEST_CASE("a click on a lane stands on its branch; the seek bar above still seeks") {
  Window window;
  Played played(5);
  played.play_a_while();
  for (const Size2 size : common_sizes) {
    window.branches = three_futures(played.run.clock());
    window.frame(played, size);
    const Rect transport = layout_of(size, true).transport;
    // The lanes end where the seek bar ends: at the end of the run all but the second are there.
    std::vector<int> met;
    bool sought = false;
    for (float y = transport.top + 4; y < transport.bottom - 4; y += 3) {
      const Actions actions = window.click(played, size, {transport.right - 236, y});
      if (const auto* select = asked_for<SelectBranch>(actions)) met.push_back(select->id);
      sought = sought || asked_for<SeekTime>(actions) != nullptr;
    }
    CHECK(std::count(met.begin(), met.end(), 4) > 0);
    CHECK(std::count(met.begin(), met.end(), 0) == 0);  // one stands there
    CHECK(sought);
  }
}

TEST_CASE("in room mode and in a narrow window too the button says on which branch one stands, and opens the list above it") {
  struct Case { float text_scale; bool room; Size2 size; };
  for (const Case& shown : {Case{1.5F, true, {1280, 720}}, Case{2.25F, true, {1920, 1080}}, Case{1, false, {1280, 720}}, Case{1, false, {1000, 720}},
                            Case{1, false, {860, 720}}, Case{1, false, {640, 720}}, Case{2, false, {1280, 720}}}) {
    CAPTURE(shown.size.width);
    CAPTURE(shown.text_scale);
    CAPTURE(shown.room);
    Window window(shown.text_scale);
    window.state.room = shown.room;
    Played played(3);
    played.play_a_while();
    window.branches = three_futures(played.run.clock());
    window.branches[0].current = false;
    window.branches[1].current = true;
    const Drawn drawn = window.drawn(played, shown.size);
    const auto find = [&drawn](const std::string& what) {
      return std::find_if(drawn.begin(), drawn.end(), [&what](const DrawnItem& item) {
        return item.kind == DrawnKind::Text && item.panel.find("transport") != std::string::npos && item.what.starts_with(what);
      });
    };
    const auto name = find("Branch 2");
    REQUIRE(name != drawn.end());
    CHECK_FALSE(name->cut);
    REQUIRE(find("+2") != drawn.end());
    CHECK(find("+2")->box.right <= shown.size.width);
    window.click(played, shown.size, name->box.center());
    CHECK(window.state.branch_list.open);
    const float scale = shown.text_scale * (shown.room ? room_factor(shown.size.height, shown.text_scale) : 1);
    const LayoutInput input{.width = shown.size.width, .height = shown.size.height, .text_scale = scale, .nodes = 3, .room = shown.room, .branches = true};
    View view{.run = played.run, .oracles = played.oracles, .words = words_of(Language::English), .text_scale = scale, .events = {}, .upcoming = {}, .walkthrough = {}, .library = {}, .message = {}, .branches = window.branches};
    const Rect list = branch_list_rect(view, window.state, make_layout(input));
    CHECK(list.left >= 0);
    CHECK(list.right <= shown.size.width);
    CHECK(list.left <= name->box.center().x);
    CHECK(list.right >= name->box.center().x);
  }
}

TEST_CASE("the list of branches keeps to the window, opens what belongs to a branch, and Esc closes it") {
  for (const Language language : {Language::English, Language::Chinese}) {
    Window window;
    window.language = language;
    Played played(5);
    played.play_a_while();
    const Size2 size = common_sizes[0];
    for (int i = 5; i < 30; ++i) window.branches.push_back({.id = i, .parent = 0, .name = "Branch " + std::to_string(i), .fork_at = 0, .end_at = 1000});
    window.branches.push_back({.id = 0, .parent = 0, .name = "Main", .fork_at = 0, .end_at = 1000, .current = true, .trunk = true});
    window.state.branch_list = {.open = true, .row = 5};
    window.frame(played, size);
    window.frame(played, size);
    const ImDrawData* data = ImGui::GetDrawData();
    for (int i = 0; i < data->CmdListsCount; ++i) {
      for (const ImDrawCmd& command : data->CmdLists[i]->CmdBuffer) CHECK(command.ClipRect.w <= size.height);
    }
    window.frame(played, size, {{.key = Key::Escape}});
    CHECK_FALSE(window.state.branch_list.open);
  }
}

TEST_CASE("the list of branches shows how they end, but not while a question is open: that may be what is asked") {
  Window window;
  Played played(5);
  played.play_a_while();
  const Still still{played.run.world(), played.run.clock()};
  window.branches = three_futures(played.run.clock());
  window.state.branch_list.open = true;
  const auto vertices = [&](const Still* shown) {
    for (BranchView& branch : window.branches) branch.still = shown;
    window.frame(played, common_sizes[0]);
    window.frame(played, common_sizes[0]);
    return ImGui::GetDrawData()->TotalVtxCount;
  };
  CHECK(vertices(&still) > vertices(nullptr));
  window.guess = GuessView{.question = "Who wins?", .options = {"A", "B"}, .answer = {}, .guessed = {}, .why = {}, .all = {}, .by_concept = {}};
  CHECK(vertices(&still) == vertices(nullptr));
  window.guess->answer = 0;
  CHECK(vertices(&still) > vertices(nullptr));
}

TEST_CASE("Ctrl+R, Ctrl+S and Ctrl+Shift+S ask for recording, saving and a name") {
  Window window;
  Played played(3);
  const Size2 size = common_sizes[0];
  CHECK(asked_for<ToggleRecording>(window.frame(played, size, {{.key = Key::R, .ctrl = true}}).actions));
  const auto saved = window.frame(played, size, {{.key = Key::S, .ctrl = true}}).actions;
  REQUIRE(asked_for<SaveRun>(saved));
  CHECK(asked_for<SaveRun>(saved)->name.empty());
  window.frame(played, size, {{.key = Key::S, .shift = true, .ctrl = true}});
  CHECK(window.state.name_prompt.what == NamePrompt::For::File);
  window.frame(played, size);
  window.frame(played, size, {{.key = Key::Escape}});
  CHECK(window.state.name_prompt.what == NamePrompt::For::Nothing);
}

TEST_CASE("a recording under way is seen, in room mode too, and a click on its mark stops it") {
  for (const bool room : {false, true}) {
    Window window(room ? 2.0F : 1.0F);
    window.state.room = room;
    Played played(3);
    played.play_a_while();
    const Size2 size = common_sizes[2];
    window.recording = {.on = true, .actions = 12, .since = 1000};
    window.frame(played, size);
    bool stopped = false;
    for (float y = 24; y < 120 && !stopped; y += 16) {
      for (float x = 20; x < size.width && !stopped; x += 30) {
        window.state = {};  // what another button has opened lies above the bar
        window.state.room = room;
        stopped = asked_for<ToggleRecording>(window.click(played, size, {x, y})) != nullptr;
      }
    }
    CHECK(stopped);
  }
}

TEST_CASE("what a crash has left behind is asked about: open, discard, or later") {
  Window window;
  Played played(3);
  const Size2 size = common_sizes[0];
  window.recovered = RecoveredView{"2026-01-01 10:00", 7};
  Actions all;
  for (float x = 330; x < 960; x += 12) {
    const Actions actions = window.click(played, size, {x, 456});
    all.insert(all.end(), actions.begin(), actions.end());
    window.state.recovery_put_off = false;
  }
  CHECK(asked_for<OpenRecovered>(all));
  CHECK(asked_for<DiscardRecovered>(all));
  window.frame(played, size, {{.key = Key::Escape}});
  CHECK(window.state.recovery_put_off);
}

}  // namespace ui::test
