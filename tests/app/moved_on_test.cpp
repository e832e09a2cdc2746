// What the window says, shows and remembers is still so after one has moved on.
#include "app/app.h"

#include <algorithm>
#include <cstdlib>

#include <doctest/doctest.h>

#include "app/asset_store.h"
#include "app/author_desk.h"
#include "app/memory.h"
#include "app/user_folders.h"
#include "tests/app/running.h"
#include "tests/support/program.h"

namespace app::test {

TEST_CASE("app: a message goes when it is no longer so, whatever moved on") {
  const Folder folder;
  write(folder / "s.walk", short_story);
  Running running({.file = (folder / "s.walk").string(), .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  app.apply(ui::GoToStep{1});
  const ui::Action moves[] = {ui::StepBack{}, ui::SeekEvent{3}, ui::SeekTime{1'000}, ui::PlayUntil{2'000}, ui::GoToStep{0}, ui::NextStep{},
                              ui::SetLanguage{raft::explain::Language::Chinese}};
  for (const ui::Action& move : moves) {
    app.apply(ui::SetLanguage{raft::explain::Language::English});
    app.apply(ui::Intervene{raft::sim::Restart{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
    REQUIRE(says(running, "A is running. Only a crashed node"));
    app.apply(move);
    app.apply(ui::SetPlaying{false});
    CHECK_FALSE(says(running, "A is running. Only a crashed node"));
  }
}

TEST_CASE("app: the caption tells the latest event, whatever is searched for in the list") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(2))}, raft::sim::Origin::Key});
  for (int i = 0; i < 30; ++i) app.apply(ui::StepForward{});
  const std::vector<std::string> before = texts_shown(running, "caption");
  REQUIRE_FALSE(before.empty());
  app.ui_state().events_search_open = true;
  std::string("crash").copy(app.ui_state().events_search.data(), 5);
  for (int i = 0; i < 3; ++i) running.frame();
  CHECK(texts_shown(running, "caption") == before);
}

TEST_CASE("app: a message that is picked is let go where another branch has no such message") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  while (app.session().run().world().network.in_flight() == 0) app.apply(ui::StepForward{});
  const std::int64_t before = app.session().run().position() - 1;
  app.ui_state().selection = {.kind = ui::Selection::Kind::Message, .message = app.session().run().world().network.flight(0).id};
  app.apply(ui::StepForward{});
  CHECK(app.ui_state().selection.kind == ui::Selection::Kind::Message);
  app.apply(ui::SeekEvent{before});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  CHECK(app.ui_state().selection.kind == ui::Selection::Kind::Nothing);
}

TEST_CASE("app: playing a draft does not make the walkthrough that it is from a done one") {
  const Folder folder;
  setenv("XDG_STATE_HOME", folder.path().c_str(), 1);
  const std::string path = (folder / "s.walk").string();
  write(path, short_story);
  Memory memory;
  Running running({.file = path, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
  App& app = *running.app;
  app.apply(ui::Author{ui::ToggleAuthor{}});
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::RemoveStep{2}}});
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::RemoveStep{1}}});
  app.apply(ui::Author{ui::PlayDraft{0}});
  while (app.playing()) app.advance(0.1);
  running.frame();
  app.remember_all();
  CHECK_FALSE(Memory().progress().seen.at(path).done);
  unsetenv("XDG_STATE_HOME");
}

TEST_CASE("app: what stands in an open field of the author's is taken before the window closes or opens what is dropped on it") {
  const Folder folder;
  write(folder / "s.walk", short_story);
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::Author{ui::ToggleAuthor{}});
  app.ui_state().field = {.id = "pace0"};
  std::string("1/20").copy(app.ui_state().field.text.data(), 4);
  for (int i = 0; i < 4 && !app.ui_state().field.begun; ++i) running.frame();
  REQUIRE(app.ui_state().field.begun);
  running.frame([&](FrameInput& input) { input.dropped_files.push_back((folder / "s.walk").string()); });
  REQUIRE(app.author() != nullptr);  // nowhere on disk: asked about first
  CHECK(app.author()->author().text().find("pace 1/20") != std::string::npos);
}

TEST_CASE("app: what Enter is refused for stays in the field, to be mended") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::Author{ui::ToggleAuthor{}});
  for (const bool well : {false, true}) {
    CAPTURE(well);
    const std::string text = well ? "1/10" : "slowly";
    app.ui_state().field = {.id = "pace0", .taken = true};
    text.copy(app.ui_state().field.text.data(), text.size());
    app.apply(ui::Author{ui::EditDraft{raft::walkthrough::SetPace{0, text}}});
    running.frame();
    CHECK(app.ui_state().field.id == (well ? "" : "pace0"));
    if (!well) CHECK(std::string(app.ui_state().field.text.data()) == text);
  }
}

TEST_CASE("app: a name that begins with ~/ is in one's home") {
  CHECK(path_of_name("~/talks/x") == std::string(std::getenv("HOME")) + "/talks/x.walk");
  CHECK(path_of_name("~x/y") == "~x/y.walk");
}

TEST_CASE("app: whoever comes back to a question is asked it anew") {
  Running running({.file = asset_path("walkthroughs/ab_against_cde.walk"), .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  const auto& steps = app.session().player()->walkthrough().steps;
  const auto asks = std::find_if(steps.begin(), steps.end(), [](const auto& step) { return !step.questions.empty(); });
  const int step = static_cast<int>(asks - steps.begin());
  for (const bool back_by_list : {true, false}) {
    app.apply(ui::GoToStep{step});
    running.frame();
    app.ui_state().choice = {step, 0, 0};
    running.frame();
    if (back_by_list) {
      app.apply(ui::GoToStep{step});
    } else {
      app.apply(ui::PreviousStep{});
    }
    CHECK(app.ui_state().choice.step != step);
  }
}

}  // namespace app::test
