// The program behind the window, frame by frame and off screen: files that are dropped, the keyboard that is lost, what
// is remembered, and when it rests.
#include "app/app.h"

#include <algorithm>
#include <filesystem>
#include <functional>

#include <doctest/doctest.h>

#include "app/asset_store.h"
#include "tests/app/running.h"
#include "tests/support/program.h"

namespace app::test {

TEST_CASE("app: a walkthrough that is dropped onto the window is opened, whatever lies over it") {
  const Folder folder;
  write(folder / "s.walk", short_story);
  Running running({});
  CHECK(running.app->ui_state().library_open);
  running.frame([&](FrameInput& input) { input.dropped_files = {(folder / "s.walk").string()}; });
  REQUIRE(running.app->session().player() != nullptr);
  CHECK(running.app->session().player()->walkthrough().steps.size() == 3);
  CHECK_FALSE(running.app->ui_state().library_open);
}

TEST_CASE("app: what is dropped and is no walkthrough leaves everything as it was") {
  const Folder folder;
  write(folder / "s.walk", short_story);
  write(folder / "junk.walk", "not a walkthrough");
  Running running({.file = (folder / "s.walk").string(), .trace_path = {}, .settings = {}, .progress = {}});
  const auto* before = running.app->session().player();
  running.frame([&](FrameInput& input) { input.dropped_files = {(folder / "junk.walk").string()}; });
  CHECK(running.app->session().player() == before);
}

TEST_CASE("app: it stops playing when the window loses the keyboard, and rests") {
  Running running({});
  running.app->apply(ui::StartFreePlay{3});
  running.frame();
  running.app->apply(ui::SetPlaying{true});
  CHECK(running.frame() == NextFrame::AtOnce);
  running.frame([](FrameInput& input) { input.focused = false; });
  CHECK_FALSE(running.app->playing());
  CHECK(running.frame([](FrameInput& input) { input.focused = false; }) == NextFrame::WhenSomethingHappens);
}

TEST_CASE("app: when too much is under way, playing stops and says so, and goes on once there is room") {
  const Folder folder;
  std::string story = "walkthrough 1\ncluster A B C\nset timers manual\nset batch 100\nstep \"s\"\n  do timeout A\n"
                      "  until leaders = 1 within 1s\n  do hold A -> B\n";
  for (int client = 1; client <= 90; ++client) story += "  do write x=1 to A by c" + std::to_string(client) + "\n";
  write(folder / "s.walk", story);
  Running running({.file = (folder / "s.walk").string(), .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  app.session().go_to_step(0);
  app.apply(ui::PaletteEnter{"pause C"});
  REQUIRE(app.session().left_walkthrough());
  app.apply(ui::SetPlaying{true});
  for (int i = 0; i < 10'000 && app.playing(); ++i) app.advance(1000);
  REQUIRE(raft::sim::is_full(app.session().run().world()));
  CHECK(says(running, "Nothing more happens until some are dropped or cut."));
  app.apply(ui::PaletteEnter{"cut A -> B"});
  const std::int64_t before = app.session().run().position();
  app.apply(ui::StepForward{ui::Stride::Event});
  CHECK(app.session().run().position() == before + 1);
}

TEST_CASE("app: the list of branches has a picture of how each of them ends") {
  Running running({});
  running.app->apply(ui::StartFreePlay{3});
  running.frame();
  CHECK(texts_shown(running, "branches").empty());
  branch_off(*running.app);
  running.app->ui_state().branch_list.open = true;
  running.frame();
  const std::vector<std::string> texts = texts_shown(running, "branches");
  CHECK(shows(texts, "Main"));
  CHECK(shows(texts, "Branch 2"));
  // A is down at the end of Branch 2: a cross in place of its letter.
  CHECK(std::count(texts.begin(), texts.end(), "A") == 1);
  for (const std::string node : {"B", "C"}) CHECK(std::count(texts.begin(), texts.end(), node) == 2);
}

TEST_CASE("app: the list of branches never shows how the branches of another run ended") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  app.ui_state().branch_list.open = true;
  running.frame();
  // Another run, as long, with as many branches: B is down at the end of Main, A at the end of Branch 2.
  app.apply(ui::StartFreePlay{3});
  for (int i = 0; i < 59; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key});
  app.apply(ui::SeekEvent{30});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  app.ui_state().branch_list.open = true;
  const std::vector<std::string> texts = texts_shown(running, "branches");
  CHECK(std::count(texts.begin(), texts.end(), "A") == 1);
  CHECK(std::count(texts.begin(), texts.end(), "B") == 1);
  CHECK(std::count(texts.begin(), texts.end(), "C") == 2);
}

TEST_CASE("app: running until something holds ends when the cursor is taken elsewhere, and not when somebody acts there") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  const auto rests = [&] {
    const std::int64_t before = app.session().run().position();
    running.frame();
    return app.session().run().position() == before;
  };
  const auto run = [&] {
    app.apply(ui::PaletteEnter{"until leaders = 3"});
    CHECK_FALSE(rests());
  };
  run();
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(2))}, raft::sim::Origin::Key});
  CHECK_FALSE(rests());
  app.apply(ui::SelectBranch{0});
  CHECK(rests());
  app.apply(ui::SelectBranch{1});
  run();
  app.apply(ui::SeekEvent{30});
  CHECK(rests());
  run();
  app.apply(ui::StepBack{ui::Stride::Event});
  CHECK(rests());
  run();
  app.apply(ui::RemoveBranch{1});
  CHECK(rests());
}

TEST_CASE("app: what does not come true in its time leaves one where one was, unless one has acted on the way") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  for (int i = 0; i < 20; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  const raft::sim::RunPlace place = app.session().run().place();
  app.apply(ui::PaletteEnter{"until leaders = 3 within 60s"});
  run_out(running);
  CHECK(app.session().run().place() == place);
  app.apply(ui::PaletteEnter{"until leaders < 3"});
  run_out(running);
  CHECK(app.session().run().place() == place);
  CHECK(says(running, "It holds already: leaders < 3"));
  app.apply(ui::PaletteEnter{"until leaders = 3 within 2s"});
  run_out(running);
  CHECK(says(running, "it does not come true: leaders = 3. You are where you were"));

  // Also before what was done at the very same time.
  app.apply(ui::StartFreePlay{3});
  for (const int node : {0, 1}) app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(static_cast<std::size_t>(node)))}, raft::sim::Origin::Key});
  app.apply(ui::SeekEvent{0});
  app.apply(ui::PaletteEnter{"until leaders = 3 within 2s"});
  run_out(running);
  CHECK(app.session().run().position() == 0);

  app.apply(ui::StartFreePlay{3});
  app.apply(ui::PaletteEnter{"until leaders = 3 within 60s"});
  running.frame();
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(2))}, raft::sim::Origin::Key});
  run_out(running);
  CHECK(app.session().run().clock() == 60'000'000);
  CHECK(says(running, "it did not come true: leaders = 3"));
}

TEST_CASE("app: who looks into the author's panel and writes nothing finds the run as it was, with its branches") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  const std::int64_t position = app.session().run().position();
  const std::size_t acts = app.session().run().acts().size();
  const std::size_t branches = app.session().branches().all().size();
  REQUIRE(branches == 2);
  app.apply(ui::Author{ui::ToggleAuthor{}});
  REQUIRE(app.author() != nullptr);
  app.apply(ui::Author{ui::ToggleAuthor{}});
  CHECK(app.session().branches().all().size() == branches);
  CHECK(app.session().run().position() == position);
  CHECK(app.session().run().acts().size() == acts);
}

TEST_CASE("app: what is done while the author's panel is closed is written down when it opens again") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::Author{ui::ToggleAuthor{}});
  app.apply(ui::Intervene{raft::sim::FireElectionTimer{raft::node_at(0)}, raft::sim::Origin::Key});
  app.apply(ui::Author{ui::ToggleAuthor{}});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key});
  app.apply(ui::Author{ui::ToggleAuthor{}});
  REQUIRE(app.author() != nullptr);
  const std::string text = app.author()->author().text();
  CHECK(text.find("do timeout A\n") != std::string::npos);
  CHECK(text.find("do crash B\n") != std::string::npos);
}

TEST_CASE("app: going back in time, the author's panel shows the step in which one stands") {
  app::AppOptions options;
  options.file = source_dir() + "/assets/walkthroughs/sally.walk";
  Running running(std::move(options));
  App& app = *running.app;
  app.apply(ui::Author{ui::ToggleAuthor{}});
  REQUIRE(app.author() != nullptr);
  app.apply(ui::Author{ui::SelectStep{4}});
  const std::string& fifth = app.author()->author().draft().steps[4].name;
  const std::string& second = app.author()->author().draft().steps[1].name;
  CHECK(shows(texts_shown(running, "author"), fifth));
  const std::int64_t end = app.session().player()->end_of_step(1)->event;
  app.apply(ui::SeekEvent{end - 1});
  const std::vector<std::string> texts = texts_shown(running, "author");
  const auto count = [&texts](const std::string& text) { return std::count(texts.begin(), texts.end(), text); };
  CHECK(count(second) > count(fifth));  // its name stands in the list, and in the field of the step that is open
}

TEST_CASE("app: puzzles are not edited in the window, and the program's own walkthroughs are saved elsewhere") {
  app::AppOptions options;
  options.file = source_dir() + "/assets/walkthroughs/puzzles/one_cut.walk";
  Running puzzle(std::move(options));
  puzzle.app->apply(ui::Author{ui::ToggleAuthor{}});
  CHECK(puzzle.app->author() == nullptr);
  CHECK(shows(texts_shown(puzzle), "Puzzles and homework are edited as text, not here."));

  Running own(from_library("sally.walk"));
  own.app->apply(ui::Author{ui::ToggleAuthor{}});
  REQUIRE(own.app->author() != nullptr);
  CHECK_FALSE(own.app->author()->has_file());
  own.app->apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "Mine"}}});
  own.app->apply(ui::Author{ui::SaveDraft{own.app->author()->path()}});  // its own name, typed
  CHECK_FALSE(own.app->author()->author().saved());
  CHECK(read(source_dir() + "/assets/walkthroughs/sally.walk").find("Mine") == std::string::npos);
}

TEST_CASE("app: a puzzle's stage is free play that forbids in words; its keys go on in time, not back to the stage") {
  app::AppOptions options;
  options.file = source_dir() + "/assets/walkthroughs/puzzles/one_cut.walk";
  Running running(std::move(options));
  App& app = *running.app;
  app.apply(ui::NextStep{});
  while (app.session().step_at_cursor() < 0 || !app.session().step_complete_at_cursor()) app.apply(ui::StepForward{ui::Stride::Event});
  CHECK(app.walkthrough_view()->seeks_goal);
  const std::size_t acts = app.session().run().acts().size();
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key});
  CHECK(app.session().run().acts().size() == acts);
  CHECK(shows(texts_shown(running), "This puzzle is to be solved without “crash B”."));
  const raft::sim::Time stage = app.session().run().clock();
  app.apply(ui::StepForward{ui::Stride::WorthSeeing});
  CHECK(app.session().run().clock() > stage);
}

TEST_CASE("app: the home screen rests once its pictures are made") {
  Running running({});
  int frames = 0;
  while (running.frame() == NextFrame::AtOnce) REQUIRE(++frames < 100'000);
  CHECK(frames > 10);  // they were not all made before the first frame
  CHECK(running.frame() == NextFrame::WhenSomethingHappens);
}

TEST_CASE("app: how far a walkthrough was seen is remembered, and it goes on from there") {
  const Folder folder;
  write(folder / "s.walk", short_story);
  const std::string path = (folder / "s.walk").string();
  setenv("XDG_CONFIG_HOME", (folder / "config").c_str(), 1);
  setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
  {
    app::Memory memory;
    Running running({.file = path, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
    running.app->apply(ui::GoToStep{1});
    running.frame();
    CHECK(memory.progress().seen.at(path).left_at == 2);
    CHECK_FALSE(memory.progress().seen.at(path).done);
    CHECK(memory.progress().recent == std::vector<std::string>{path});
    running.app->apply(ui::GoToStep{0});
    running.frame();
    CHECK(memory.progress().seen.at(path) == app::Seen{.step = 2, .left_at = 1, .done = false});
  }
  {
    app::Memory memory;
    Running running({.file = {}, .trace_path = {}, .settings = {}, .progress = memory.progress(), .memory = &memory});
    running.app->apply(ui::OpenWalkthrough{path, true});
    CHECK(running.app->session().step_at_cursor() == 0);
    CHECK(running.app->session().step_complete_at_cursor());
    running.app->apply(ui::GoToStep{2});
    running.frame();
    CHECK(memory.progress().seen.at(path).done);
    // What has been seen to its end begins anew.
    running.app->apply(ui::OpenWalkthrough{path, true});
    CHECK(running.app->session().step_at_cursor() == -1);
  }
  unsetenv("XDG_CONFIG_HOME");
  unsetenv("XDG_STATE_HOME");
}

TEST_CASE("app: a run is saved through the dialog and can be opened again") {
  const Folder folder;
  Running running({});
  running.app->apply(ui::StartFreePlay{3});
  for (int i = 0; i < 40; ++i) running.app->apply(ui::StepForward{});
  running.app->apply(ui::ShowFileDialog{ui::FilePurpose::SaveAs, "mine"});
  running.app->apply(ui::ListFolder{folder.path().string()});
  running.frame();
  running.app->apply(ui::ChooseFile{"mine"});
  const std::string path = (folder / "mine.walk").string();
  CHECK(read(path).starts_with("walkthrough 1\n"));
  running.app->apply(ui::ShowFileDialog{});
  running.frame();
  running.app->apply(ui::ChooseFile{"mine"});
  CHECK(running.app->session().player() != nullptr);
}

TEST_CASE("app: a theme or a language that was chosen is kept, also if it is the one of the start; one of the command line is not") {
  const Folder folder;
  setenv("XDG_CONFIG_HOME", folder.path().c_str(), 1);
  const auto kept = [] { return Memory().settings(); };
  for (const bool chosen : {false, true}) {
    Memory memory;
    Running running({.file = {}, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
    App& app = *running.app;
    if (chosen) {
      for (const ui::ThemeName theme : {ui::ThemeName::Ink, ui::ThemeName::Paper}) {
        app.apply(ui::SetTheme{theme});
        running.frame();
        app.remember_all();
        CHECK(kept().theme == theme);
      }
    } else {
      Settings ink = memory.settings();
      ink.theme = ui::ThemeName::Ink;
      memory.keep(ink);
      running.frame();
      app.remember_all();
      CHECK(kept().theme == ui::ThemeName::Ink);
    }
  }
  unsetenv("XDG_CONFIG_HOME");
}

TEST_CASE("app: a puzzle is done when it is solved, not when its stage is set") {
  const Folder folder;
  setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
  Memory memory;
  const std::string puzzle = asset_path("walkthroughs/puzzles/two_leaders.walk");
  Running running({.file = puzzle, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
  App& app = *running.app;
  REQUIRE(app.session().assignment() != nullptr);
  app.apply(ui::GoToStep{0});
  running.frame();
  app.remember_all();
  const Memory kept;
  REQUIRE_FALSE(kept.progress().seen.empty());
  for (const auto& one : kept.progress().seen) CHECK_FALSE(one.second.done);
  unsetenv("XDG_STATE_HOME");
}

TEST_CASE("app: the menu of what is picked does not open under a sheet") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  running.frame();
  app.ui_state().selection = {.kind = ui::Selection::Kind::Node, .node = raft::node_at(0)};
  const auto press = [&] { running.frame([](FrameInput& input) { input.keys.push_back({.key = ui::Key::M}); }); };
  for (bool* sheet : {&app.ui_state().help_open, &app.ui_state().text_open, &app.ui_state().settings.open}) {
    *sheet = true;
    press();
    running.frame();
    CHECK(app.ui_state().stage.menu.kind == ui::StageMenu::Kind::Closed);
    *sheet = false;
  }
  press();
  CHECK(app.ui_state().stage.menu.kind == ui::StageMenu::Kind::Node);
}

}  // namespace app::test
