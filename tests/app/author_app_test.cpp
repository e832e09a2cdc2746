// The author's panel in the program: what opening, closing and clicking does to the run on the stage and to files.
#include "app/app.h"

#include <algorithm>
#include <filesystem>
#include <list>
#include <set>

#include <doctest/doctest.h>

#include "app/library.h"
#include "app/memory.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/player.h"
#include "tests/app/running.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

using raft::walkthrough::AddStep;

void toggle_author(App& app) { app.apply(ui::Author{ui::ToggleAuthor{}}); }

void crash(App& app, std::size_t node) {
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(node))}, raft::sim::Origin::Key});
}

std::uint64_t hash_at_end(raft::sim::Timeline run) {
  run.seek(run.end());
  return world_hash(run.world());
}

std::set<std::uint64_t> hashes_of_branches(const App& app) {
  std::set<std::uint64_t> hashes;
  for (const raft::check::Branch& branch : app.session().branches().all()) hashes.insert(hash_at_end(branch.run.timeline()));
  return hashes;
}

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

TEST_CASE("app: what lay after the cursor, and the other branches, are still there when the panel closes after an edit") {
  Running running({});
  App& app = *running.app;
  branch_off(app);
  for (int i = 0; i < 40; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  crash(app, 1);
  for (int i = 0; i < 40; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  const std::uint64_t future = hash_at_end(app.session().run());
  const std::uint64_t main = hash_at_end(app.session().run_of(0));
  app.apply(ui::SeekEvent{45});
  toggle_author(app);
  crash(app, 2);
  toggle_author(app);
  CHECK(hashes_of_branches(app).contains(future));
  CHECK(hashes_of_branches(app).contains(main));
  CHECK(says(running, "What you had tried before stays: 2 branches beside the walkthrough."));
  // They stay when the panel is opened again, something else is edited, and it closes.
  toggle_author(app);
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "Other"}}});
  toggle_author(app);
  CHECK(hashes_of_branches(app).contains(future));
  CHECK(hashes_of_branches(app).contains(main));
  // The draft plays on beside them, and each of them can be stood on and left again.
  const std::size_t count = app.session().branches().all().size();
  for (const raft::check::Branch& branch : std::list<raft::check::Branch>(app.session().branches().all())) app.apply(ui::SelectBranch{branch.id});
  app.apply(ui::SelectBranch{raft::check::trunk});
  CHECK(app.session().branches().all().size() >= count - 1);  // but for the one that nobody has touched
  CHECK(hashes_of_branches(app).contains(main));
}

TEST_CASE("app: what the draft does itself is no branch beside it") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  for (int i = 0; i < 40; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  crash(app, 1);
  toggle_author(app);
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "Other"}}});
  toggle_author(app);
  CHECK(app.session().branches().all().size() == 1);
}

TEST_CASE("app: a draft of another cluster that is gone on with saves what was tried before, and says where") {
  const Folder folder;
  setenv("XDG_CONFIG_HOME", (folder / "config").c_str(), 1);
  setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
  setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
  Memory memory;
  {
    Running crashed({.file = {}, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
    crashed.app->apply(ui::StartFreePlay{5});
    toggle_author(*crashed.app);
    crash(*crashed.app, 4);
  }
  Running next({.file = {}, .trace_path = {}, .settings = {}, .progress = {}, .memory = &memory});
  App& app = *next.app;
  branch_off(app);
  const std::uint64_t tried = hash_at_end(app.session().run());
  toggle_author(app);
  app.apply(ui::Author{ui::RestoreDraft{true}});
  toggle_author(app);
  CHECK(app.session().run().world().node_count() == 5);
  std::vector<std::filesystem::path> saved;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "data/raftlab")) saved.push_back(entry.path());
  REQUIRE(saved.size() == 1);
  std::string error;
  const auto walkthrough = load_walkthrough(saved[0].string(), error);
  REQUIRE_MESSAGE(walkthrough, error);
  raft::walkthrough::Player player(walkthrough);
  while (!player.ended() && !player.failure()) player.play_one();
  CHECK_FALSE(player.failure());
  CHECK(world_hash(player.timeline().world()) == tried);
  CHECK(says(next, saved[0].string()));
  unsetenv("XDG_CONFIG_HOME");
  unsetenv("XDG_STATE_HOME");
  unsetenv("XDG_DATA_HOME");
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

TEST_CASE("app: a draft is not saved over what another program has written into its file") {
  const Folder folder;
  const std::string lesson = (folder / "lesson.walk").string();
  write(lesson, short_story);
  Running running({.file = lesson, .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  const std::string theirs = short_story + "# theirs\n";
  write(lesson, theirs);  // after it was opened, before the panel is
  toggle_author(app);
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "mine"}}});
  app.apply(ui::Author{ui::SaveDraft{}});
  CHECK(read(lesson) == theirs);
  CHECK(says(running, "has been changed by another program"));
  write(lesson, short_story);  // they take it back
  app.apply(ui::Author{ui::SaveDraft{}});
  CHECK(read(lesson).find("step \"mine\"") != std::string::npos);
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "again"}}});
  app.apply(ui::Author{ui::SaveDraft{}});
  CHECK(read(lesson).find("step \"again\"") != std::string::npos);

  // What was saved under another name is that file's: closed, opened and saved again, nobody has changed it.
  const std::string copy = (folder / "copy.walk").string();
  Running other({.file = lesson, .trace_path = {}, .settings = {}, .progress = {}});
  toggle_author(*other.app);
  other.app->apply(ui::Author{ui::SaveDraft{copy}});
  REQUIRE_FALSE(read(copy).empty());
  toggle_author(*other.app);
  toggle_author(*other.app);
  other.app->apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "copied"}}});
  other.app->apply(ui::Author{ui::SaveDraft{}});
  CHECK(read(copy).find("step \"copied\"") != std::string::npos);
}

TEST_CASE("app: what was saved of one run is not overwritten by the walkthrough of another one") {
  const Folder folder;
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(0))}, raft::sim::Origin::Key});
  toggle_author(app);
  const std::string file = (folder / "foo.walk").string();
  app.apply(ui::Author{ui::SaveDraft{file}});
  const std::string saved = read(file);
  REQUIRE(saved.find("crash A") != std::string::npos);
  toggle_author(app);  // unedited: the free play comes back
  app.apply(ui::SeekEvent{0});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key});
  toggle_author(app);
  app.apply(ui::Author{ui::SaveDraft{}});
  CHECK(read(file) == saved);
  CHECK(app.ui_state().author.text_open);  // where a name is asked for
}

TEST_CASE("app: what is being written and can be kept nowhere is given up only by asking twice") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.apply(ui::Author{ui::EditDraft{raft::walkthrough::NameStep{0, "mine"}}});
  app.apply(ui::StartFreePlay{5});
  REQUIRE(app.author() != nullptr);
  CHECK(says(running, "The walkthrough you are writing is not on disk"));
  app.apply(ui::StartFreePlay{5});
  CHECK(app.author() == nullptr);
}

TEST_CASE("app: once a draft is saved no key goes into the field of its path") {
  const Folder folder;
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  toggle_author(app);
  app.ui_state().author.text_open = true;
  app.ui_state().field.id = "draft path";
  running.frame();
  app.apply(ui::Author{ui::SaveDraft{(folder / "lesson.walk").string()}});
  CHECK(std::filesystem::exists(folder / "lesson.walk"));
  CHECK(app.ui_state().field.id.empty());
  CHECK_FALSE(app.ui_state().author.text_open);
}

TEST_CASE("app: steps are named in the language of the window, also those of a recording") {
  const Folder folder;
  setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
  setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
  Running running({});
  App& app = *running.app;
  app.apply(ui::SetLanguage{raft::explain::Language::Chinese});
  app.apply(ui::StartFreePlay{3});
  crash(app, 0);
  for (int i = 0; i < 30; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  app.apply(ui::ToggleRecording{});
  crash(app, 1);
  app.apply(ui::ToggleRecording{});
  for (const auto& entry : std::filesystem::directory_iterator(folder / "data/raftlab")) {
    CHECK(read(entry.path()).find("step \"操作过程\"") != std::string::npos);
    CHECK(read(entry.path()).find("Session") == std::string::npos);
    CHECK(read(entry.path()).find("Before the recording") == std::string::npos);
  }
  toggle_author(app);
  const auto& steps = app.author()->author().draft().steps;
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].name == "步骤 1");
  CHECK(steps[1].name == "步骤 2");
  unsetenv("XDG_DATA_HOME");
  unsetenv("XDG_STATE_HOME");
}

}  // namespace app::test
