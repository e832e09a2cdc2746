// A disk that is full while the window is open, or while a film is made: it is said, nothing is promised that is not so,
// and the window goes on.
#include <cstdlib>

#include "tests/app/running.h"
#include "tests/support/program.h"
#include "tests/support/small_disk.h"

namespace app::test {

namespace {

namespace fs = std::filesystem;

/// Where journals and recordings are kept for the length of a test.
struct KeptIn {
  explicit KeptIn(const fs::path& folder) {
    setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
    setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
  }
  ~KeptIn() {
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
  }
};

fs::path made_folder(const fs::path& folder) {
  fs::create_directory(folder);
  return folder;
}

void crash_b(App& app) { app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key}); }
void restart_b(App& app) { app.apply(ui::Intervene{raft::sim::Restart{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key}); }

NextFrame ask_to_close(Running& running) {
  return running.frame([](FrameInput& input) { input.close_asked = true; });
}

}  // namespace

TEST_CASE("full disk: a recording that is kept nowhere is told of at once, and given up only by who asks twice") {
  const Folder folder;
  SmallDisk disk(made_folder(folder / "disk"));
  const KeptIn kept(disk.folder());
  Running running({.file = {}, .record_path = disk.folder() + "/rec.walk", .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  app.ui_state().library_open = false;
  disk.fill();
  crash_b(app);
  CHECK(says(running, "would not survive a crash"));
  app.apply(ui::DismissMessage{});
  const std::int64_t before = app.session().run().position();
  app.apply(ui::StepForward{ui::Stride::Event});
  CHECK(app.session().run().position() == before + 1);  // it goes on, and does not say it again
  CHECK_FALSE(says(running, "would not survive a crash"));

  CHECK(ask_to_close(running) != NextFrame::Close);
  CHECK(says(running, "Asking again gives it up"));
  restart_b(app);  // there is more to lose than what was given up
  app.apply(ui::Quit{});
  CHECK(running.frame() != NextFrame::Close);
  CHECK(ask_to_close(running) == NextFrame::Close);
  const App::Ending ending = app.end();
  CHECK(ending.saved_to.empty());
  CHECK(ending.why_not == disk.folder() + "/rec.walk: cannot be written: " + disk.why());
  CHECK(ending.safe == RunRecorder::Safe::None);
}

TEST_CASE("full disk: another session does not take the place of one that is kept nowhere before somebody asks twice") {
  const Folder folder;
  SmallDisk disk(made_folder(folder / "disk"));
  const KeptIn kept(disk.folder());
  Running running({.file = {}, .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  app.ui_state().library_open = false;
  app.apply(ui::ToggleRecording{});
  disk.fill();
  crash_b(app);
  app.apply(ui::StartFreePlay{3});
  CHECK(app.session().run().world().node_count() == 5);
  CHECK(says(running, "Asking again gives it up"));
  app.apply(ui::StartFreePlay{3});
  CHECK(app.session().run().world().node_count() == 3);
  CHECK(app.end().safe == RunRecorder::Safe::NothingToKeep);
}

TEST_CASE("full disk: Next at a lesson's end does not give up a recording that is kept nowhere before somebody asks twice") {
  const Folder folder;
  SmallDisk disk(made_folder(folder / "disk"));
  const KeptIn kept(disk.folder());
  Running running(from_library("three_generals.walk"));
  App& app = *running.app;
  const std::string title = app.walkthrough_view()->title;
  app.apply(ui::ToggleRecording{});
  disk.fill();
  app.apply(ui::GoToStep{app.walkthrough_view()->step_count - 1});
  while (app.go_on_with_questions()) {
  }
  REQUIRE(app.walkthrough_view()->ended);
  const auto next = [&] {
    app.apply(ui::NextStep{});
    return app.walkthrough_view()->title != title;
  };
  SUBCASE("It says so when it is asked to open the next lesson, and opens it when it is asked once more") {
    CHECK_FALSE(next());  // offers it
    CHECK_FALSE(next());
    CHECK(says(running, "Asking again gives it up"));
    CHECK(next());
  }
  SUBCASE("What was asked for something else counts for nothing") {
    CHECK_FALSE(next());
    app.apply(ui::Quit{});
    CHECK(says(running, "Asking again gives it up"));
    CHECK_FALSE(next());
    CHECK(says(running, "Next again opens"));
    CHECK_FALSE(next());
    CHECK(says(running, "Asking again gives it up"));
    CHECK(next());
  }
}

TEST_CASE("full disk: a recording that only its journal holds is left to the next start when another session comes") {
  const Folder folder;
  const KeptIn kept(folder.path());
  write(folder / "data", "a file in place of the folder");
  Running running({.file = {}, .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  app.ui_state().library_open = false;
  app.apply(ui::ToggleRecording{});
  crash_b(app);
  app.apply(ui::StartFreePlay{3});
  CHECK(says(running, "offered again at the next start"));
  crash_b(app);  // of the new session, which nobody records
  Running next({.file = {}, .look_for_recovered = true, .trace_path = {}, .settings = {}, .progress = {}});
  next.app->apply(ui::OpenRecovered{});
  CHECK(next.app->session().run().world().node_count() == 5);
  CHECK(next.app->session().run().acts().size() == 1);
}

TEST_CASE("full disk: once there is room, or another place, quitting saves the recording") {
  for (const bool elsewhere : {false, true}) {
    CAPTURE(elsewhere);
    const Folder folder;
    SmallDisk disk(made_folder(folder / "disk"));
    const KeptIn kept(disk.folder());
    Running running({.file = {}, .record_path = disk.folder() + "/rec.walk", .trace_path = {}, .settings = {}, .progress = {}});
    disk.fill();
    crash_b(*running.app);
    CHECK(ask_to_close(running) != NextFrame::Close);
    std::string path = disk.folder() + "/rec.walk";
    if (elsewhere && disk.is_real()) {
      path = (folder / "other.walk").string();
      running.app->apply(ui::SaveRun{std::nullopt, path});
    } else {
      disk.make_room();
    }
    CHECK(ask_to_close(running) == NextFrame::Close);
    const App::Ending ending = running.app->end();
    CHECK(ending.why_not.empty());
    CHECK(ending.saved_to == path);
    CHECK(read(path).find("do crash B") != std::string::npos);
  }
}

TEST_CASE("full disk: what is whole in the journal need not be asked for; what is not there in part is not promised") {
  const Folder folder;
  SmallDisk disk(made_folder(folder / "disk"));
  const KeptIn kept(disk.folder());
  Running running({.file = {}, .record_path = disk.folder() + "/none/rec.walk", .trace_path = {}, .settings = {}, .progress = {}});
  App& app = *running.app;
  write(disk.folder() + "/none", "a file in place of the folder");
  crash_b(app);
  app.apply(ui::Quit{});
  CHECK(running.frame() == NextFrame::Close);
  CHECK(app.end().safe == RunRecorder::Safe::All);

  disk.fill();
  restart_b(app);  // up to the end of the last block there is still room in the journal
  for (int i = 0; i < 150; ++i) {
    crash_b(app);
    restart_b(app);
  }
  CHECK(app.end().safe == RunRecorder::Safe::Part);
  disk.make_room();
  crash_b(app);
  CHECK(app.end().safe == RunRecorder::Safe::All);
}

TEST_CASE("full disk: a trace that ends early is told of once, in the window and at the end") {
  Running running({.file = {}, .trace_path = "/dev/full", .settings = {}, .progress = {}});
  App& app = *running.app;
  app.ui_state().library_open = false;
  app.apply(ui::StepForward{ui::Stride::Event});
  running.frame();
  CHECK(says(running, "The trace ends here"));
  app.apply(ui::DismissMessage{});
  for (int i = 0; i < 3; ++i) app.apply(ui::StepForward{ui::Stride::Event});
  running.frame();
  CHECK_FALSE(says(running, "The trace ends here"));
  CHECK(app.session().run().position() == 4);
  CHECK(app.end().trace_trouble == "/dev/full: cannot be written: no space left on device");
}

TEST_CASE("full disk: a film names the disk, and leaves nothing behind") {
  const Folder folder;
  write(folder / "s.walk", short_story);
  SmallDisk disk(made_folder(folder / "disk"));
  if (!disk.is_real()) return;  // hardening_test.cpp does so with a limit
  for (const std::string film : {"disk/y.mp4", "disk/y.webm", "disk/y.gif"}) {
    CAPTURE(film);
    disk.fill();
    const Result full = run(folder, "render s.walk -o " + film + " --size 320x240 --fps 5");
    CHECK(full.status == 3);
    CHECK(full.err == film + ": cannot be written: no space left on device\n");
    CHECK_FALSE(fs::exists(folder / (film + ".part")));
    disk.make_room();
  }
}

}  // namespace app::test
