// The table of keys: one meaning for every key, and words for all of them in both languages.
#include "ui/keys.h"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <tuple>

#include "tests/ui/window.h"

namespace ui::test {

using raft::explain::Language;

namespace {

}  // namespace

TEST_CASE("No key stands in the table twice") {
  std::set<std::tuple<Key, bool, bool>> seen;
  for (const KeyBinding& binding : key_table()) {
    CAPTURE(key_name(binding));
    CHECK(seen.insert({binding.key, binding.shift, binding.ctrl}).second);
  }
}

TEST_CASE("Every key has a name and words in both languages") {
  for (const Language language : {Language::English, Language::Chinese}) {
    const raft::explain::Words& words = words_of(language);
    for (const KeyBinding& binding : key_table()) {
      CAPTURE(binding.text);
      CHECK_FALSE(key_name(binding).empty());
      CHECK(words.has(binding.text));
      CHECK(words.has(group_text(binding.group)));
    }
  }
}

TEST_CASE("Every key of the table is understood as its command") {
  for (const KeyBinding& binding : key_table()) {
    CAPTURE(key_name(binding));
    CHECK(command_of({.key = binding.key, .shift = binding.shift, .ctrl = binding.ctrl}) == binding.command);
  }
  // A sign is what the layout writes, with Shift or without.
  CHECK(command_of({.key = Key::QuestionMark, .shift = true}) == Command::Help);
  CHECK(command_of({.key = Key::Digit3, .shift = true}) == Command::PickNode);
  CHECK_FALSE(command_of({.key = Key::K, .shift = true}));
  CHECK_FALSE(command_of({.key = Key::K, .alt = true}));
}

TEST_CASE("Names of keys read as they are printed") {
  std::set<std::string> names;
  for (const KeyBinding& binding : key_table()) names.insert(key_name(binding));
  for (const char* name : {"Space", "Shift+→", "Ctrl+O", "PgDn", "F2", "F11", "?", "-", "0", "K", "Esc"}) {
    CAPTURE(name);
    CHECK(names.contains(name));
  }
}

TEST_CASE("Keys play, step and seek") {
  Played played(5);
  played.play_a_while();
  Window window;
  CHECK(the_only<SetPlaying>(window.frame(played, usual_size, {{.key = Key::Space}}).actions)->playing);
  CHECK(the_only<StepForward>(window.frame(played, usual_size, {{.key = Key::Right}}).actions)->stride == Stride::Event);
  CHECK(the_only<StepBack>(window.frame(played, usual_size, {{.key = Key::Left, .shift = true}}).actions)->stride ==
        Stride::WorthSeeing);
  CHECK(the_only<SeekEvent>(window.frame(played, usual_size, {{.key = Key::Home}}).actions)->number == 0);
  CHECK(the_only<SeekEvent>(window.frame(played, usual_size, {{.key = Key::End}}).actions)->number == played.run.end());
}

TEST_CASE("A presenter's remote goes through the walkthrough, or from one thing worth seeing to the next") {
  Played played(5);
  played.play_a_while();
  Window window;
  CHECK(the_only<StepForward>(window.frame(played, usual_size, {{.key = Key::PageDown}}).actions)->stride ==
        Stride::WorthSeeing);
  window.walkthrough = WalkthroughView{};
  CHECK(the_only<NextStep>(window.frame(played, usual_size, {{.key = Key::PageDown}}).actions) != nullptr);
  CHECK(the_only<PreviousStep>(window.frame(played, usual_size, {{.key = Key::PageUp}}).actions) != nullptr);
  window.frame(played, usual_size, {{.key = Key::Period}});
  CHECK(window.state.blank);
  window.frame(played, usual_size, {{.key = Key::Period}});
  CHECK_FALSE(window.state.blank);
}

TEST_CASE("A node is picked by its number and acted upon by a letter, and the action says it came from a key") {
  Played played(5);
  Window window;
  window.frame(played, usual_size, {{.key = Key::Digit2}});
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Node, .node = raft::node_at(1)});
  const Actions actions = window.frame(played, usual_size, {{.key = Key::K}}).actions;
  const auto* intervene = the_only<Intervene>(actions);
  REQUIRE(intervene != nullptr);
  CHECK(intervene->origin == raft::sim::Origin::Key);
  REQUIRE(std::holds_alternative<raft::sim::Crash>(intervene->what));
  CHECK(std::get<raft::sim::Crash>(intervene->what).nodes.contains(raft::node_at(1)));

  played.act(std::get<raft::sim::Crash>(intervene->what));
  const Actions again = window.frame(played, usual_size, {{.key = Key::K}}).actions;
  REQUIRE(the_only<Intervene>(again) != nullptr);
  CHECK(std::holds_alternative<raft::sim::Restart>(the_only<Intervene>(again)->what));
}

TEST_CASE("With no node picked, K crashes the leader, and does nothing where there is none") {
  Played played(5);
  Window window;
  CHECK(window.frame(played, usual_size, {{.key = Key::K}}).actions.empty());
  played.play_a_while();
  const Actions actions = window.frame(played, usual_size, {{.key = Key::K}}).actions;
  REQUIRE(the_only<Intervene>(actions) != nullptr);
  const auto* crash = std::get_if<raft::sim::Crash>(&the_only<Intervene>(actions)->what);
  REQUIRE(crash != nullptr);
  CHECK(crash->nodes == raft::NodeSet::only(raft::sim::current_leader(played.run.world())));
}

TEST_CASE("What is typed goes on where it was when a message appears, and begins where it should while one is shown") {
  for (const bool message_first : {false, true}) {
    CAPTURE(message_first);
    Played played(3);
    played.play_a_while();
    Window window;
    const auto frames = [&](int count) {
      for (int i = 0; i < count; ++i) window.frame(played, usual_size);
    };
    frames(2);
    if (message_first) {
      window.message = "Saved to a file.";
      frames(3);
    }
    window.frame(played, usual_size, {press(Key::W)});
    frames(3);
    REQUIRE(window.state.write.open);
    window.message = "Saved to a file.";
    frames(3);
    window.type("bob=1");
    frames(2);
    CHECK(std::string(window.state.write.text.data()) == "bob=1");
  }
}

TEST_CASE("W proposes a write that nobody has asked for; typing replaces it, and what was typed stays until it is sent") {
  Played played(3);
  raft::check::History history;
  Window window;
  window.history = &history;
  const auto shown = [&](const std::vector<KeyPress>& keys) {
    for (int i = 0; i < 4; ++i) window.frame(played, usual_size, i == 0 ? keys : std::vector<KeyPress>{});
    return std::string(window.state.write.text.data());
  };
  CHECK(shown({{.key = Key::W}}) == "x=1");
  window.type("bob");
  CHECK(shown({}) == "bob");
  shown({{.key = Key::Escape}});
  CHECK_FALSE(window.state.write.open);
  CHECK(shown({{.key = Key::W}}) == "bob");
}

TEST_CASE("While a question is open the digits answer it: one of a walkthrough, or one of predict mode") {
  Played played(5);
  Window window;
  window.guess.emplace();
  window.guess->question = "Who will lead?";
  window.guess->options = {"A", "B", "Nobody"};
  const Actions actions = window.frame(played, usual_size, {{.key = Key::Digit2}}).actions;
  REQUIRE(the_only<Guess>(actions) != nullptr);
  CHECK(the_only<Guess>(actions)->option == 1);
  CHECK(window.state.selection.kind == Selection::Kind::Nothing);
  window.guess->answer = 0;
  window.frame(played, usual_size, {{.key = Key::Digit2}});
  CHECK(window.state.selection.node == raft::node_at(1));
  window.walkthrough.emplace();
  window.walkthrough->step = 3;
  window.walkthrough->question = WalkthroughView::Question{"Who?", {"A", "B"}, {}};
  window.frame(played, usual_size, {{.key = Key::Digit1}});
  CHECK(window.state.choice.step == 3);
  CHECK(window.state.choice.option == 0);
}

TEST_CASE("An option stands in full behind the key that chooses it, whatever it says") {
  Played played(5);
  Window window;
  window.walkthrough.emplace();
  window.walkthrough->question = WalkthroughView::Question{"Who?", {"no", "A and B, but never C", "C", "12"}, {}};
  const Drawn drawn = window.drawn(played, usual_size);
  std::vector<std::string> words;
  for (const DrawnItem& item : drawn) {
    if (item.kind == DrawnKind::Text && item.panel.find("caption") != std::string::npos) words.push_back(item.what);
  }
  for (const auto& [key, option] : {std::pair{"1", "no"}, {"2", "A and B, but never C"}, {"3", "C"}, {"4", "12"}}) {
    const auto at = std::find(words.begin(), words.end(), key);
    REQUIRE(at != words.end());
    REQUIRE(at + 1 != words.end());
    CHECK(at[1] == option);
  }
}

TEST_CASE("The minus key picks the eleventh node, or makes text smaller where there are fewer") {
  Window window;
  Played few(5);
  CHECK(the_only<SetTextScale>(window.frame(few, usual_size, {{.key = Key::Minus}}).actions)->factor < 1);
  Played many(11);
  CHECK(window.frame(many, usual_size, {{.key = Key::Minus}}).actions.empty());
  CHECK(window.state.selection.node == raft::node_at(10));
}

TEST_CASE("Escape closes one thing at a time, the topmost first") {
  Played played(3);
  Window window;
  window.state.help_open = true;
  window.state.selection = {.kind = Selection::Kind::Node, .node = raft::node_at(0)};
  window.frame(played, usual_size, {{.key = Key::Escape}});
  CHECK_FALSE(window.state.help_open);
  CHECK(window.state.selection.kind == Selection::Kind::Node);
  window.frame(played, usual_size, {{.key = Key::Escape}});
  CHECK(window.state.selection.kind == Selection::Kind::Nothing);
}

TEST_CASE("A presenter's remote closes what lies over the run before it moves it") {
  Window window;
  Played played(3);
  for (const Key key : {Key::PageDown, Key::PageUp}) {
    for (bool UiState::*const sheet : {&UiState::help_open, &UiState::text_open}) {
      window.state.*sheet = true;
      window.frame(played, usual_size);
      CHECK(window.frame(played, usual_size, {press(key)}).actions.empty());
      CHECK_FALSE(window.state.*sheet);
    }
  }
  CHECK(window.frame(played, usual_size, {press(Key::PageDown)}).actions.size() == 1);
  // No other key of Back and Next does so, nor a key that is held.
  window.state.help_open = true;
  window.frame(played, usual_size);
  for (const KeyPress& held : {press(Key::Enter), press(Key::Backspace), KeyPress{.key = Key::PageDown, .repeat = true}}) {
    CHECK(window.frame(played, usual_size, {held}).actions.empty());
    CHECK(window.state.help_open);
  }
  // What is under way goes on.
  window.busy = BusyView{"It is looked for.", 0.5F};
  CHECK(window.frame(played, usual_size, {press(Key::PageDown)}).actions.empty());
  CHECK_FALSE(window.state.help_open);
}

TEST_CASE("A presenter's remote does not answer what is asked about a recording that a crash has left behind") {
  Window window;
  const Played played(3);
  window.recovered = RecoveredView{};
  window.frame(played, usual_size);
  CHECK(window.frame(played, usual_size, {press(Key::PageDown)}).actions.empty());
  CHECK_FALSE(window.state.recovery_put_off);
  window.frame(played, usual_size, {press(Key::Escape)});
  CHECK(window.state.recovery_put_off);
}

TEST_CASE("Where a key opens the prompt to write, the menu of the node goes: it would take the clicks beside it") {
  Window window;
  const Played played(3);
  window.state.selection = {.kind = Selection::Kind::Node, .node = raft::node_at(1)};
  window.state.stage.menu = {.kind = StageMenu::Kind::Node, .node = raft::node_at(1)};
  window.frame(played, usual_size, {press(Key::W)});
  CHECK(window.state.write.open);
  CHECK(window.state.stage.menu.kind == StageMenu::Kind::Closed);
}

TEST_CASE("A key that is held presses no focused button again, nor does it what the key does elsewhere") {
  Window window;
  Played played(3);
  window.frame(played, usual_size);
  for (int i = 0; i < 3; ++i) window.frame(played, usual_size, {press(Key::Tab)});
  REQUIRE(window.state.focus.widget != 0);
  for (const Key key : {Key::Enter, Key::Space}) CHECK(window.frame(played, usual_size, {{.key = key, .repeat = true}}).actions.empty());
}

TEST_CASE("Back and Next go one step of a walkthrough however long their key is held; in free play they go on") {
  Played played(3);
  for (const Key key : {Key::PageDown, Key::Enter, Key::PageUp, Key::Backspace}) {
    for (const bool guided : {true, false}) {
      Window window;
      if (guided) {
        window.walkthrough.emplace();
        window.walkthrough->step = 1;
        window.walkthrough->step_count = 3;
      }
      CHECK(window.frame(played, usual_size, {{.key = key}}).actions.size() == 1);
      CHECK(window.frame(played, usual_size, {{.key = key, .repeat = true}}).actions.size() == (guided ? 0 : 1));
    }
  }
}

TEST_CASE("Escape leaves the comparison of two runs once nothing lies above it and nothing is picked") {
  const Played played(3);
  Window window;
  CompareView compare;
  View view{.run = played.run, .oracles = played.oracles, .words = words_of(raft::explain::Language::English), .text_scale = 1, .events = {}, .upcoming = {}, .walkthrough = {}, .library = {}, .message = {}};
  view.compare = &compare;
  UiState state;
  state.selection = {.kind = Selection::Kind::Node, .node = raft::node_at(0)};
  Actions actions;
  run_command(Command::Close, press(Key::Escape), view, state, actions);
  CHECK(actions.empty());
  CHECK(state.selection.kind == Selection::Kind::Nothing);
  run_command(Command::Close, press(Key::Escape), view, state, actions);
  const auto* left = the_only<Compare>(actions);
  REQUIRE(left != nullptr);
  CHECK_FALSE(left->on);
}

TEST_CASE("Of any two things that Escape closes, it closes the one that lies above first") {
  const Played played(3);
  struct Open {
    AuthorView author;
    CompareView compare;
    UiState state;
    View view;
  };
  struct Layer {
    const char* name;
    void (*open)(Open& window);
    bool (*is_open)(const Open& window);
  };
  static constexpr std::array<Layer, 9> topmost_first{{
      {"palette", [](Open& o) { o.state.palette.open = true; }, [](const Open& o) { return o.state.palette.open; }},
      {"name", [](Open& o) { o.state.name_prompt.what = NamePrompt::For::File; },
       [](const Open& o) { return o.state.name_prompt.what != NamePrompt::For::Nothing; }},
      {"recovery", [](Open& o) { o.view.recovered = RecoveredView{}; o.state.recovery_put_off = false; }, [](const Open& o) { return !o.state.recovery_put_off; }},
      {"text", [](Open& o) { o.state.author.text_open = true; }, [](const Open& o) { return o.state.author.text_open; }},
      {"steps", [](Open& o) { o.state.steps_open = true; }, [](const Open& o) { return o.state.steps_open; }},
      {"help", [](Open& o) { o.state.help_open = true; }, [](const Open& o) { return o.state.help_open; }},
      {"compare", [](Open& o) { o.view.compare = &o.compare; o.state.compare_list_open = true; }, [](const Open& o) { return o.state.compare_list_open; }},
      {"branches", [](Open& o) { o.state.branch_list.open = true; }, [](const Open& o) { return o.state.branch_list.open; }},
      {"suggestions", [](Open& o) { o.author.list = AuthorList::Waits; }, [](const Open& o) { return o.author.list != AuthorList::None; }},
  }};
  const auto escape = [](Open& window) {
    Actions actions;
    run_command(Command::Close, press(Key::Escape), window.view, window.state, actions);
    for (const Action& action : actions) {
      const auto* asked = std::get_if<Author>(&action);
      REQUIRE(asked != nullptr);
      window.author.list = std::get<ShowSuggestions>(asked->what).list;
    }
  };
  for (std::size_t above = 0; above < topmost_first.size(); ++above) {
    for (std::size_t below = above + 1; below < topmost_first.size(); ++below) {
      const Layer& first = topmost_first[above];
      const Layer& second = topmost_first[below];
      CAPTURE(first.name);
      CAPTURE(second.name);
      Open window{{}, {}, {}, {.run = played.run, .oracles = played.oracles, .words = words_of(Language::English), .events = {}, .upcoming = {}, .walkthrough = {}, .library = {}, .message = {}}};
      window.view.author = &window.author;
      window.state.recovery_put_off = true;
      first.open(window);
      second.open(window);
      escape(window);
      CHECK_FALSE(first.is_open(window));
      CHECK(second.is_open(window));
      escape(window);
      CHECK_FALSE(second.is_open(window));
    }
  }
}

TEST_CASE("The window can be used with the keyboard alone: Tab reaches Next, Enter presses it") {
  Played played(3);
  Window window;
  window.walkthrough = WalkthroughView{};
  window.walkthrough->step_count = 3;
  window.frame(played, usual_size);
  REQUIRE(window.state.focus.order.size() > 10);
  bool pressed = false;
  for (std::size_t i = 0; i < window.state.focus.order.size() && !pressed; ++i) {
    window.frame(played, usual_size, {{.key = Key::Tab}});
    const std::uint32_t focus = window.state.focus.widget;
    REQUIRE(focus != 0);
    UiState before = window.state;
    const Actions actions = window.frame(played, usual_size, {{.key = Key::Enter}}).actions;
    pressed = the_only<NextStep>(actions) != nullptr;
    window.state = before;
  }
  CHECK(pressed);
}

}  // namespace ui::test
