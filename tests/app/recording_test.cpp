// Recording in the program: saved files, journals, and what a killed process leaves behind.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/app.h"
#include "app/run_recorder.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/player.h"
#include "tests/support/cluster.h"
#include "tests/support/program.h"

namespace raft::test {

namespace {

namespace fs = std::filesystem;

/// Folders of its own for what the program keeps.
struct Home {
  fs::path folder;
  Home() {
    std::string name = (fs::temp_directory_path() / "raftlab-recording-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder = name;
    setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
    setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
  }
  ~Home() {
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
    fs::remove_all(folder);
  }
  std::vector<fs::path> files(const std::string& below) const {
    std::vector<fs::path> found;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder / below, code)) found.push_back(entry.path());
    return found;
  }
};

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::unique_ptr<app::App> program(bool look_for_recovered = false, const std::string& record = "") {
  app::App::Error error;
  auto made = app::App::create({.file = {}, .record_path = record, .look_for_recovered = look_for_recovered, .trace_path = {}, .settings = {}, .progress = {}}, error);
  REQUIRE_MESSAGE(made != nullptr, error.text);
  return made;
}

void act(app::App& app, const Intervention& what) { app.apply(ui::Intervene{what, Origin::Key}); }

void step(app::App& app, int events) {
  for (int i = 0; i < events; ++i) app.apply(ui::StepForward{ui::Stride::Event});
}

std::uint64_t hash(const app::App& app) { return world_hash(app.session().run().world()); }

/// The world to which a file replays; it must.
std::uint64_t replayed(const fs::path& path) {
  auto parsed = walkthrough::parse(text_of(path), path.string());
  REQUIRE_MESSAGE(parsed.errors.empty(), parsed.errors.front().message());
  walkthrough::Player player(std::make_shared<const walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
  while (true) {
    const auto progress = player.play_one();
    if (progress == walkthrough::Player::Progress::Ended) break;
    REQUIRE_MESSAGE(progress != walkthrough::Player::Progress::Failed, player.failure()->message());
  }
  return world_hash(player.timeline().world());
}

}  // namespace

TEST_CASE("a recording is saved when it is stopped, what came before it hidden, and replays to its hash") {
  const Home home;
  const auto app = program();
  act(*app, Crash{set_of({B})});
  step(*app, 30);
  app->apply(ui::ToggleRecording{});
  step(*app, 20);
  act(*app, Restart{set_of({B})});
  step(*app, 40);
  CHECK(home.files("state/raftlab/recordings").size() == 1);
  const std::uint64_t wanted = hash(*app);
  app->apply(ui::ToggleRecording{});
  const auto saved = home.files("data/raftlab");
  REQUIRE(saved.size() == 1);
  CHECK(replayed(saved[0]) == wanted);
  const std::string text = text_of(saved[0]);
  CAPTURE(text);
  CHECK(text.find("hide\n  do crash B\n  at event 31\n\nstep \"Session\"") != std::string::npos);
  CHECK(text.find("hash 0x") != std::string::npos);
  CHECK(home.files("state/raftlab/recordings").empty());
}

TEST_CASE("the journal is a walkthrough after every action, on whatever branch") {
  const Home home;
  const auto app = program();
  app->apply(ui::ToggleRecording{});
  step(*app, 100);
  const auto check = [&] {
    const auto files = home.files("state/raftlab/recordings");
    REQUIRE(files.size() == 1);
    CHECK(replayed(files[0]) == hash(*app));
  };
  act(*app, Crash{set_of({C})});
  check();
  step(*app, 30);
  act(*app, Isolate{set_of({A})});
  check();
  app->apply(ui::SeekEvent{60});
  act(*app, Crash{set_of({D})});
  check();
  CHECK(app->session().branches().all().size() == 2);
  act(*app, Restart{set_of({D})});
  check();
  app->apply(ui::SelectBranch{0});
  app->apply(ui::SeekEvent{app->session().run().end()});
  step(*app, 5);
  act(*app, Heal{});
  check();
}

TEST_CASE("a recording that began between two events, and then somebody acts just before that moment") {
  const Home home;
  const auto app = program();
  step(*app, 40);
  const sim::Time then = app->session().run().clock();
  app->apply(ui::SeekTime{then + (app->session().run().next_at() - then) / 2});
  app->apply(ui::ToggleRecording{});
  app->apply(ui::SeekEvent{40});
  act(*app, Crash{set_of({C})});
  step(*app, 10);
  const std::uint64_t wanted = hash(*app);
  app->apply(ui::ToggleRecording{});
  REQUIRE(home.files("data/raftlab").size() == 1);
  CHECK(replayed(home.files("data/raftlab")[0]) == wanted);
}

TEST_CASE("a branch of a walkthrough is saved with the walkthrough's own steps up to where it leaves it") {
  const Home home;
  const fs::path lesson = home.folder / "lesson.walk";
  std::ofstream(lesson) << "walkthrough 1\ncluster A B C\nseed 3\nstep \"one\"\n  say en: First.\n  for 400ms\nstep \"two\"\n  do crash B\n  for 400ms\n";
  const auto app = program();
  app->apply(ui::OpenWalkthrough{lesson.string()});
  app->apply(ui::GoToStep{1});
  act(*app, Restart{set_of({B})});
  step(*app, 20);
  app->apply(ui::SaveRun{std::nullopt, (home.folder / "tried").string()});
  const std::string text = text_of(home.folder / "tried.walk");
  CAPTURE(text);
  CHECK(text.find("step \"one\"\n  say en: First.\n") != std::string::npos);
  CHECK(text.find("step \"two\"\n  do crash B\n") != std::string::npos);
  CHECK(text.find("do restart B", text.find("step \"Session\"")) != std::string::npos);
  CHECK(replayed(home.folder / "tried.walk") == hash(*app));
}

TEST_CASE("two programs that record at once do not touch each other's journal, nor offer it") {
  const Home home;
  const auto one = program();
  const auto two = program();
  for (const auto& app : {one.get(), two.get()}) {
    app->apply(ui::ToggleRecording{});
    act(*app, Crash{set_of({C})});
  }
  CHECK(home.files("state/raftlab/recordings").size() == 2);
  std::string text;
  std::time_t when = 0;
  CHECK_FALSE(app::Journal::left_behind(app::journal_folder(), app::recording_kind, text, when));
}

TEST_CASE("killed at any action, at most that one is lost: the recording is offered, opened, gone on with and saved") {
  const Home home;
  for (const int actions : {1, 2, 7}) {
    CAPTURE(actions);
    const pid_t child = fork();
    if (child == 0) {
      const auto app = program();
      step(*app, 20);
      app->apply(ui::ToggleRecording{});
      for (int i = 0; i < actions; ++i) {
        step(*app, 10);
        act(*app, i % 2 == 0 ? Intervention(Crash{set_of({E})}) : Intervention(Restart{set_of({E})}));
      }
      kill(getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));

    const auto app = program(true);
    app->apply(ui::OpenRecovered{});
    CHECK(app->session().run().acts().size() == static_cast<std::size_t>(actions));
    CHECK(app->session().run().position() == 20 + 11 * actions);
    step(*app, 10);
    act(*app, Isolate{set_of({A})});
    const std::uint64_t wanted = hash(*app);
    const fs::path saved = home.folder / ("kept-" + std::to_string(actions) + ".walk");
    app->apply(ui::SaveRun{std::nullopt, saved.string()});
    CHECK(replayed(saved) == wanted);
    std::string path;
    CHECK(app->finish_recording(path) == "");
    CHECK(path == saved.string());
    CHECK(home.files("state/raftlab/recordings").empty());
  }
}

TEST_CASE("killed while an action was being written down, only that one is lost, wherever the line ends") {
  const Home home;
  std::string journal;
  fs::path at;
  {
    const auto app = program();
    app->apply(ui::ToggleRecording{});
    step(*app, 10);
    act(*app, Crash{set_of({D})});
    step(*app, 10);
    act(*app, Crash{set_of({E})});
    REQUIRE(home.files("state/raftlab/recordings").size() == 1);
    at = home.files("state/raftlab/recordings").front();
    journal = text_of(at);
  }
  const std::size_t last = journal.rfind("  do crash");
  REQUIRE(last != std::string::npos);
  for (std::size_t size = last; size <= journal.size(); ++size) {
    CAPTURE(size);
    std::ofstream(at, std::ios::binary) << journal.substr(0, size);
    const auto app = program(true);
    app->apply(ui::OpenRecovered{});
    CHECK(app->session().run().acts().size() == (size == journal.size() ? 2U : 1U));
    app->apply(ui::ToggleRecording{});
    fs::remove_all(home.folder / "data");
  }
}

TEST_CASE("a recording that is not wanted is discarded; one in which nothing was done is not offered") {
  const Home home;
  const pid_t child = fork();
  if (child == 0) {
    const auto app = program();
    app->apply(ui::ToggleRecording{});
    act(*app, Crash{set_of({E})});
    kill(getpid(), SIGKILL);
  }
  REQUIRE(waitpid(child, nullptr, 0) == child);
  const auto app = program(true);
  CHECK(home.files("state/raftlab/recordings").size() == 1);
  app->apply(ui::DiscardRecovered{});
  CHECK(home.files("state/raftlab/recordings").empty());
  app->apply(ui::ToggleRecording{});
  step(*app, 10);
  CHECK(home.files("state/raftlab/recordings").empty());
}

TEST_CASE("raftlab --record: saved at the end, also when nothing was done; another session gets a file of its own") {
  const Home home;
  const fs::path file = home.folder / "lesson.walk";
  {
    const auto app = program(false, file.string());
    step(*app, 50);
    act(*app, Crash{set_of({B})});
    app->apply(ui::StartFreePlay{3});
    CHECK(fs::exists(file));
    act(*app, Crash{set_of({A})});
    std::string path;
    CHECK(app->finish_recording(path) == "");
    CHECK(path == (home.folder / "lesson-2.walk").string());
  }
  CHECK(text_of(file).find("do crash B") != std::string::npos);
  CHECK(text_of(home.folder / "lesson-2.walk").find("cluster A B C\n") != std::string::npos);
}

TEST_CASE("saving says where; a file that exists is not overwritten under a typed name, the session's own is") {
  const Home home;
  const auto app = program();
  act(*app, Crash{set_of({B})});
  app->apply(ui::SaveRun{std::nullopt, "mine"});
  const fs::path mine = home.folder / "data/raftlab/mine.walk";
  REQUIRE(fs::exists(mine));
  step(*app, 10);
  app->apply(ui::SaveRun{});
  CHECK(replayed(mine) == hash(*app));
  const std::string before = text_of(mine);
  app->apply(ui::StartFreePlay{3});
  step(*app, 10);
  app->apply(ui::SaveRun{std::nullopt, "mine.walk"});
  CHECK(text_of(mine) == before);
}

TEST_CASE("raftlab --record: the file that was asked for gets the recording, whatever was saved meanwhile and on whatever branch") {
  const Home home;
  const fs::path file = home.folder / "lesson.walk";
  const auto app = program(false, file.string());
  step(*app, 40);
  act(*app, Crash{set_of({A})});
  app->apply(ui::SaveRun{});
  app->apply(ui::SeekEvent{20});
  act(*app, Crash{set_of({B})});
  std::string path;
  CHECK(app->finish_recording(path) == "");
  CHECK(path == file.string());
  CHECK(text_of(file).find("do crash B") != std::string::npos);
}

TEST_CASE("raftlab --record: a run that was saved under that very name stays, and the recording of another branch lies beside it") {
  const Home home;
  const fs::path file = home.folder / "lesson.walk";
  const auto app = program(false, file.string());
  step(*app, 40);
  act(*app, Crash{set_of({A})});
  app->apply(ui::SaveRun{std::nullopt, file.string()});
  app->apply(ui::SeekEvent{20});
  act(*app, Crash{set_of({B})});
  std::string path;
  CHECK(app->finish_recording(path) == "");
  CHECK(path == (home.folder / "lesson-2.walk").string());
  CHECK(text_of(file).find("do crash A") != std::string::npos);
}

TEST_CASE("raftlab --record: its file is the same however its name is spelled, and whichever branch was saved there") {
  const Home home;
  const fs::path file = home.folder / "lesson.walk";
  const auto app = program(false, file.string());
  step(*app, 40);
  act(*app, Crash{set_of({A})});
  const raft::check::BranchId first = app->session().branches().current_id();
  app->apply(ui::SeekEvent{20});
  act(*app, Crash{set_of({B})});
  REQUIRE(app->session().branches().current_id() != first);
  app->apply(ui::SaveRun{first, (home.folder / "data/../lesson.walk").string()});
  REQUIRE(text_of(file).find("do crash A") != std::string::npos);
  std::string path;
  CHECK(app->finish_recording(path) == "");
  CHECK(path == (home.folder / "lesson-2.walk").string());
  CHECK(text_of(file).find("do crash A") != std::string::npos);
  CHECK(text_of(path).find("do crash B") != std::string::npos);
}

TEST_CASE("raftlab --record: where its file cannot be written it is saved elsewhere, and what is put there later stays") {
  const Home home;
  const fs::path file = home.folder / "lesson.walk";
  fs::create_directory(file);
  const auto app = program(false, file.string());
  step(*app, 40);
  act(*app, Crash{set_of({A})});
  std::string path;
  CHECK_FALSE(app->finish_recording(path).empty());
  app->apply(ui::SaveRun{std::nullopt, (home.folder / "else.walk").string()});
  CHECK(app->finish_recording(path) == "");
  CHECK(path == (home.folder / "else.walk").string());
  fs::remove(file);
  app->apply(ui::SaveRun{std::nullopt, file.string()});
  app->apply(ui::StartFreePlay{3});
  act(*app, Crash{set_of({B})});
  CHECK(app->finish_recording(path) == "");
  CHECK(path == (home.folder / "lesson-2.walk").string());
  CHECK(text_of(file).find("do crash A") != std::string::npos);
}

TEST_CASE("what was saved of one branch is not overwritten by another one, nor what another program has written there since") {
  const Home home;
  const auto app = program();
  step(*app, 40);
  for (const NodeId node : {A, B}) {
    app->apply(ui::SeekEvent{20});  // the second time that opens a branch
    app->apply(ui::ToggleRecording{});
    act(*app, Crash{set_of({node})});
    app->apply(ui::ToggleRecording{});
  }
  std::vector<fs::path> files = home.files("data/raftlab");
  REQUIRE(files.size() == 2);
  const std::string both = text_of(files[0]) + text_of(files[1]);
  CHECK(both.find("do crash A") != std::string::npos);
  CHECK(both.find("do crash B") != std::string::npos);
  for (const fs::path& file : files) std::ofstream(file, std::ios::app) << "# mine\n";
  act(*app, Crash{set_of({C})});
  app->apply(ui::SaveRun{});
  CHECK(home.files("data/raftlab").size() == 3);
  for (const fs::path& file : files) CHECK(text_of(file).ends_with("# mine\n"));
  app->apply(ui::SaveRun{});  // that one is this window's own
  CHECK(home.files("data/raftlab").size() == 3);
}

TEST_CASE("the author's panel ends a recording and saves it; while it is open none begins") {
  const Home home;
  const auto app = program();
  app->apply(ui::ToggleRecording{});
  act(*app, Crash{set_of({B})});
  step(*app, 20);
  app->apply(ui::Author{ui::ToggleAuthor{}});
  CHECK(home.files("data/raftlab").size() == 1);
  CHECK(home.files("state/raftlab/recordings").empty());
  app->apply(ui::ToggleRecording{});
  app->apply(ui::Author{ui::SelectStep{0}});
  act(*app, Crash{set_of({C})});
  CHECK(home.files("state/raftlab/recordings").empty());
  CHECK(text_of(home.files("data/raftlab").front()).find("do crash B") != std::string::npos);
}

TEST_CASE("raftlab --record: what was saved is not overwritten by the next session, whatever ended the recording") {
  for (const bool by_author : {true, false}) {
    CAPTURE(by_author);
    const Home home;
    const fs::path file = home.folder / "lesson.walk";
    const auto app = program(false, file.string());
    act(*app, Crash{set_of({B})});
    if (by_author) {
      app->apply(ui::Author{ui::ToggleAuthor{}});
    } else {
      app->apply(ui::ToggleRecording{});
    }
    app->apply(ui::StartFreePlay{3});
    act(*app, Crash{set_of({A})});
    std::string path;
    CHECK(app->finish_recording(path) == "");
    CHECK(path == (home.folder / "lesson-2.walk").string());
    CHECK(text_of(file).find("do crash B") != std::string::npos);
  }
}

TEST_CASE("what was saved before a walkthrough was written is not overwritten by the run of what was written") {
  const Home home;
  const auto app = program();
  act(*app, Crash{set_of({B})});
  app->apply(ui::SaveRun{std::nullopt, "mine"});
  const fs::path mine = home.folder / "data/raftlab/mine.walk";
  const std::string saved = text_of(mine);
  app->apply(ui::Author{ui::ToggleAuthor{}});
  app->apply(ui::Author{ui::EditDraft{walkthrough::AddStep{1, "Another"}}});
  app->apply(ui::Author{ui::ToggleAuthor{}});
  step(*app, 20);
  app->apply(ui::SaveRun{});
  CHECK(text_of(mine) == saved);
  CHECK(home.files("data/raftlab").size() == 2);
}

}  // namespace raft::test
