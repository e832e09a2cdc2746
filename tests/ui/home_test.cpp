// The home screen and the file dialog by keyboard: what is typed is searched for, the arrows go where they point.
#include <doctest/doctest.h>

#include "tests/ui/window.h"
#include "ui/panels/home.h"
#include "ui/scene.h"

namespace ui::test {


namespace {

LibraryEntry entry(const std::string& path, const std::string& title, int chapter, const std::string& searched) {
  return {.path = path, .title = title, .about = {}, .chapter = chapter, .steps = 5, .searched = searched};
}

struct AtHome {
  Played played{3};
  Window window;

  AtHome() {
    window.library = {entry("sally", "Sally", 0, "sally one command"), entry("bob", "Bob and Tom", 0, "bob tom 分区"),
                      entry("late", "The late candidate", 1, "late sally is named here"),
                      entry("split", "Split vote", 1, "split vote")};
    window.library[1].lecture = true;
    window.chapters = {"Replication", "Election"};
    window.continue_with = 2;
    window.state.library_open = true;
    frame();
  }

  Actions frame(const std::vector<KeyPress>& keys = {}) { return window.frame(played, usual_size, keys).actions; }
  Actions type(const std::string& text) {
    window.type(text);
    return frame();
  }
  const std::string& search() const { return window.state.home.search; }
  /// Tab, until Enter would open that walkthrough.
  void reach(const std::string& path) {
    for (std::size_t i = 0; i < window.state.focus.order.size(); ++i) {
      frame({press(Key::Tab)});
      const UiState before = window.state;
      const Actions actions = frame({press(Key::Enter)});
      window.state = before;
      if (const auto* open = the_only<OpenWalkthrough>(actions); open != nullptr && open->path == path) return;
    }
    FAIL("it cannot be reached: " << path);
  }
  std::string opened(Key key) {
    const UiState before = window.state;
    frame({press(key)});
    const Actions actions = frame({press(Key::Enter)});
    window.state = before;
    const auto* open = the_only<OpenWalkthrough>(actions);
    return open != nullptr ? open->path : "";
  }
};

}  // namespace

TEST_CASE("At home what is typed is searched for, and nothing is played by it") {
  AtHome home;
  CHECK(home.frame({press(Key::S), press(Key::P), press(Key::K), press(Key::Space), press(Key::End)}).empty());
  CHECK_FALSE(home.window.state.settings.open);
  CHECK(home.frame({{.key = Key::Right, .ctrl = true}}).empty());
  CHECK(home.type("Sally").empty());
  CHECK(home.search() == "Sally");
  // The title comes before what only speaks of it.
  const Actions actions = home.frame({press(Key::Enter)});
  REQUIRE(the_only<OpenWalkthrough>(actions) != nullptr);
  CHECK(the_only<OpenWalkthrough>(actions)->path == "sally");
  CHECK(the_only<OpenWalkthrough>(actions)->resume);
}

TEST_CASE("At home every word must occur, in any language; Backspace and Escape take it back") {
  AtHome home;
  home.type("late sally");
  const Actions late = home.frame({press(Key::Enter)});
  REQUIRE(the_only<OpenWalkthrough>(late) != nullptr);
  CHECK(the_only<OpenWalkthrough>(late)->path == "late");
  home.frame({press(Key::Escape)});
  CHECK(home.search().empty());
  CHECK(home.window.state.library_open);
  home.type("分区x");
  CHECK(home.frame({press(Key::Enter)}).empty());  // nothing is found
  home.frame({press(Key::Backspace)});
  CHECK(home.search() == "分区");
  const Actions bob = home.frame({press(Key::Enter)});
  REQUIRE(the_only<OpenWalkthrough>(bob) != nullptr);
  CHECK(the_only<OpenWalkthrough>(bob)->path == "bob");
  home.frame({press(Key::Backspace)});
  CHECK(home.search() == "分");
  home.frame({press(Key::Escape)});
  home.frame({press(Key::Escape)});
  CHECK_FALSE(home.window.state.library_open);
}

TEST_CASE("At home the arrows go from card to card, and Enter opens") {
  AtHome home;
  home.reach("sally");
  CHECK(home.opened(Key::Right) == "bob");
  CHECK(home.opened(Key::Down) == "late");
  home.reach("split");
  CHECK(home.opened(Key::Left) == "late");
  CHECK(home.opened(Key::Up) == "bob");
}

TEST_CASE("At home the keys of the window still work") {
  AtHome home;
  const Actions language = home.frame({{.key = Key::L, .ctrl = true}});
  CHECK(the_only<SetLanguage>(language) != nullptr);
  const Actions files = home.frame({{.key = Key::O, .shift = true, .ctrl = true}});
  CHECK(the_only<ShowFileDialog>(files) != nullptr);
  const Actions motion = home.frame({{.key = Key::M, .ctrl = true}});
  REQUIRE(the_only<SetReducedMotion>(motion) != nullptr);
  CHECK(the_only<SetReducedMotion>(motion)->on);
  home.frame({press(Key::F2)});
  CHECK(home.window.state.room);
}

TEST_CASE("A name that is typed over the home screen is not searched for, and Enter opens nothing there") {
  AtHome home;
  home.window.state.name_prompt = {.what = NamePrompt::For::File};
  for (int i = 0; i < 3; ++i) home.frame();
  home.type("sally");
  home.frame();
  CHECK(std::string(home.window.state.name_prompt.text.data()) == "sally");
  CHECK(home.search().empty());
  const Actions actions = home.frame({press(Key::Enter)});
  for (const Action& action : actions) CHECK_FALSE(std::holds_alternative<OpenWalkthrough>(action));
}

TEST_CASE("The path for a lecture lists what is part of it; the learner's all") {
  AtHome home;
  FrameNotes notes;
  const auto listed = [&](bool lecture) {
    const View view{.run = home.played.run,
                    .oracles = home.played.oracles,
                    .words = words_of(raft::explain::Language::English),
                    .pace = {},
                    .events = {},
                    .upcoming = {},
                    .walkthrough = {},
                    .library = home.window.library,
                    .chapters = home.window.chapters,
                    .lecture_path = lecture,
                    .message = {}};
    const Panel panel{view, home.window.state, notes, Canvas(nullptr, theme(ThemeName::Paper), 1), {}};
    std::size_t count = 0;
    for (const HomeSection& section : home_sections(panel)) count += section.entries.size();
    return count;
  };
  CHECK(listed(false) == 4);
  CHECK(listed(true) == 1);
}

namespace {

struct InDialog {
  Played played{3};
  Window window;
  FileDialogView view;

  explicit InDialog(FilePurpose purpose) {
    view = {.purpose = purpose,
            .folder = "/people/me",
            .rows = {{"week 2", true}, {"Bob.walk"}, {"sally.walk"}},
            .folders = {},
            .recent = {},
            .suggested_name = "mine",
            .error = {},
            .replaces = {},
            .opened = 1};
    window.files = &view;
    for (int i = 0; i < 3; ++i) frame();  // until its field has the keyboard
  }
  Actions frame(const std::vector<KeyPress>& keys = {}) { return window.frame(played, usual_size, keys).actions; }
  void type(const std::string& text) {
    window.type(text);
    frame();
    frame();
  }
};

}  // namespace

TEST_CASE("The file dialog finds by a part of the name, and goes into folders, by keyboard alone") {
  InDialog dialog(FilePurpose::Open);
  Actions actions = dialog.frame({press(Key::Down), press(Key::Enter)});
  REQUIRE(the_only<ListFolder>(actions) != nullptr);
  CHECK(the_only<ListFolder>(actions)->path == "/people/me/week 2");
  actions = dialog.frame({{.key = Key::Up, .alt = true}});
  REQUIRE(the_only<ListFolder>(actions) != nullptr);
  CHECK(the_only<ListFolder>(actions)->path == "/people");
  actions = dialog.frame({press(Key::Backspace)});
  REQUIRE(the_only<ListFolder>(actions) != nullptr);
  dialog.type("SAL");
  CHECK(std::string(dialog.window.state.files.text.data()) == "SAL");
  actions = dialog.frame({press(Key::Enter)});
  REQUIRE(the_only<ChooseFile>(actions) != nullptr);
  CHECK(the_only<ChooseFile>(actions)->name == "sally.walk");
  CHECK_FALSE(the_only<ChooseFile>(actions)->replace);
  actions = dialog.frame({press(Key::Escape)});
  CHECK(the_only<CloseFileDialog>(actions) != nullptr);
}

TEST_CASE("The file dialog takes a path that is typed, and says nothing to the window below") {
  InDialog dialog(FilePurpose::Open);
  dialog.type("/tmp/x.walk");
  const Actions actions = dialog.frame({press(Key::Enter), press(Key::Space), {.key = Key::Right, .ctrl = true}});
  REQUIRE(the_only<ChooseFile>(actions) != nullptr);
  CHECK(the_only<ChooseFile>(actions)->name == "/tmp/x.walk");
}

TEST_CASE("Saving suggests a name, takes that of a file that is picked, and asks before that file is lost") {
  InDialog dialog(FilePurpose::SaveAs);
  Actions actions = dialog.frame({press(Key::Enter)});
  REQUIRE(the_only<ChooseFile>(actions) != nullptr);
  CHECK(the_only<ChooseFile>(actions)->name == "mine");
  actions = dialog.frame({press(Key::Down), press(Key::Down), press(Key::Enter)});
  REQUIRE(the_only<ChooseFile>(actions) != nullptr);
  CHECK(the_only<ChooseFile>(actions)->name == "Bob.walk");

  dialog.view.replaces = "Bob.walk";
  for (int i = 0; i < 3; ++i) CHECK(dialog.frame().empty());
  // Enter alone keeps the file; the other button replaces it.
  actions = dialog.frame({press(Key::Enter)});
  REQUIRE(the_only<ListFolder>(actions) != nullptr);
  CHECK(the_only<ListFolder>(actions)->path == "/people/me");
  dialog.frame({press(Key::Tab)});
  actions = dialog.frame({press(Key::Enter)});
  REQUIRE(the_only<ChooseFile>(actions) != nullptr);
  CHECK(the_only<ChooseFile>(actions)->name == "Bob.walk");
  CHECK(the_only<ChooseFile>(actions)->replace);
  actions = dialog.frame({press(Key::Escape)});
  CHECK(the_only<ListFolder>(actions) != nullptr);  // it is kept, and the dialog stays
}

TEST_CASE("With less motion a message stands half way, whatever the time") {
  Played played(3);
  while (played.run.world().network.in_flight() < 2) REQUIRE(played.run.step());
  const StageState stage;
  SceneInput input{played.run.world(), played.run.clock(), stage, 1, {0, 0, 900, 500}, {}};
  const Scene moving = make_scene(input);
  input.reduced_motion = true;
  const Scene still = make_scene(input);
  REQUIRE(!still.flights.empty());
  CHECK(moving.flights.front().progress == 0);
  for (const FlightShape& flight : still.flights) CHECK(flight.progress == 0.5F);
}

}  // namespace ui::test
