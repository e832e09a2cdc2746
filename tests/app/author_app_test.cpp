// The author's panel in the program: what opening, closing and clicking does to the run on the stage and to files.
#include "app/app.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "app/memory.h"
#include "tests/app/running.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

using raft::walkthrough::AddStep;

void toggle_author(App& app) { app.apply(ui::Author{ui::ToggleAuthor{}}); }

/// Its list of suggestions is drawn.
bool lists(Running& running) { return shows(texts_shown(running, "author"), "True now"); }

}  // namespace

TEST_CASE("app: who looks into the author's panel and then compares finds the run as it was, with its branches") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  toggle_author(app);
  app.apply(ui::Compare{.nodes = 5});
  CHECK(app.author() == nullptr);
  CHECK(app.session().branches().all().size() == 2);
}

TEST_CASE("app: of two steps that end at the same event, the one that was chosen is shown") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::Author{ui::EditDraft{AddStep{1, "Nothing yet"}}});
  const auto count = [&running] {
    const std::vector<std::string> texts = texts_shown(running, "author");
    return std::count(texts.begin(), texts.end(), "Nothing yet");
  };
  app.apply(ui::Author{ui::SelectStep{0}});
  CHECK(count() == 1);  // in the list
  app.apply(ui::Author{ui::SelectStep{1}});
  CHECK(count() == 2);  // and in the field of the step that is open
}

TEST_CASE("app: a list of suggestions closes when the stage has moved on") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::Author{ui::ShowSuggestions{ui::AuthorList::Expectations}});
  CHECK(lists(running));
  app.apply(ui::StepForward{ui::Stride::Event});
  CHECK_FALSE(lists(running));
}

TEST_CASE("app: a new step at the start of one begins below what is said of that one") {
  using namespace raft::walkthrough;
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::Author{ui::EditDraft{SetStepText{0, Statement::Kind::Say, "en", "First."}}});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  app.apply(ui::SeekEvent{0});
  app.apply(ui::Author{ui::NewStepHere{}});
  const auto& steps = app.author()->author().draft().steps;
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].say.size() == 1);
  CHECK(steps[1].say.empty());
  CHECK(steps[1].statements.size() == 1);
}

TEST_CASE("app: nothing that was found out about one run is shown of the next") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::StepForward{ui::Stride::WorthSeeing});
  app.ui_state().diagram.open = true;
  running.frame();
  const std::int64_t before = app.ui_state().diagram.past.rewrites;
  REQUIRE(app.ui_state().seek_bar.records > 0);
  app.apply(ui::Author{ui::SelectStep{0}});
  CHECK(app.ui_state().seek_bar.records == 0);
  running.frame();
  CHECK(app.ui_state().diagram.past.rewrites != before);
}

TEST_CASE("app: what was being typed does not go into the walkthrough that is opened next") {
  Running running({});
  App& app = *running.app;
  app.ui_state().field.id = "say en0";
  app.ui_state().author.text_open = true;
  app.apply(ui::StartFreePlay{3});
  CHECK(app.ui_state().field.id.empty());
  CHECK_FALSE(app.ui_state().author.text_open);
}

TEST_CASE("app: a draft that a crash has left knows its file and what it includes, and goes back there") {
  const Folder folder;
  setenv("XDG_CONFIG_HOME", (folder / "config").c_str(), 1);
  setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
  write(folder / "common.walk", "cluster A B C\nseed 2\n");
  const std::string lesson = (folder / "lesson.walk").string();
  write(lesson, "walkthrough 1\ninclude \"common.walk\"\nstep \"one\"\n  for 20ms\n");
  Memory memory;
  {
    Running crashed({.file = lesson, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
    toggle_author(*crashed.app);
    crashed.app->apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "begun"}}});
  }
  Running next({.file = {}, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
  App& app = *next.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::Author{ui::RestoreDraft{true}});
  CHECK(app.author()->path() == lesson);
  CHECK(app.author()->author().draft().steps[0].name == "begun");
  app.apply(ui::Author{ui::SaveDraft{}});
  CHECK(read(lesson).find("step \"begun\"") != std::string::npos);
  // It is what is worked on now: closing the panel does not bring back what stood there before.
  toggle_author(app);
  REQUIRE(app.session().player() != nullptr);
  CHECK(app.session().player()->walkthrough().steps[0].name == "begun");
  unsetenv("XDG_CONFIG_HOME");
  unsetenv("XDG_STATE_HOME");
}

TEST_CASE("app: a walkthrough that is saved under a name alone lies where recordings lie, and overwrites nothing") {
  const Folder folder;
  setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::SaveRun{std::nullopt, "foo"});
  const auto file = folder / "raftlab/foo.walk";
  CHECK(read(file) == app.author()->author().text());
  write(folder / "raftlab/other.walk", "mine");
  app.apply(ui::Author{ui::SaveDraft{"other"}});
  CHECK(read(folder / "raftlab/other.walk") == "mine");
  unsetenv("XDG_DATA_HOME");
}

}  // namespace app::test
