// The home screen, the file dialog and what is remembered, in the real window.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "app/asset_store.h"
#include "tests/window/story.h"

using namespace window_test;

namespace {

namespace fs = std::filesystem;

Json json_of(const std::string& path) {
  std::ifstream file(path);
  return Json::parse(file, nullptr, false);
}

const std::string& title_of(Bench& bench) {
  return raft::walkthrough::text_in(bench.twin().session().player()->walkthrough().titles, "en");
}

/// A part of a longer text; what breaks its lines is not known here.
bool can_be_read(Bench& bench, const std::string& word) {
  return transcript_of(bench.twin().letters()).find(word) != std::string::npos;
}

}  // namespace

TEST_CASE("home: typing finds a walkthrough, Enter opens it; how far it was seen is kept over a restart") {
  {
    Bench bench({.name = "home"});
    CHECK(bench.twin().ui_state().library_open);
    bench.keep_picture("first");
    bench.type("bob and");
    bench.see();
    CHECK(bench.twin().ui_state().home.search == "bob and");
    bench.keep_picture("search");
    bench.key("Return");
    bench.see();
    REQUIRE(bench.twin().session().player() != nullptr);
    CHECK(title_of(bench) == "Bob and Tom");
    for (int step = 0; step < 3; ++step) bench.next_step();
    bench.quit();
  }
  const Json progress = json_of(kept("home.state") + "/raftlab/progress.json");
  REQUIRE(progress.is_object());
  CHECK(progress["last"] == "bob_and_tom");
  CHECK(progress["seen"]["bob_and_tom"]["left_at"] == 3);
  CHECK(progress["seen"]["bob_and_tom"]["done"] == false);

  Bench bench({.name = "home", .comes_back = true});
  bench.keep_picture("back");
  const int steps = 3;
  CHECK(bench.twin().ui_state().library_open);
  bench.click_text("home.continue", whole_window);
  bench.see();
  CHECK(title_of(bench) == "Bob and Tom");
  CHECK(bench.twin().session().step_at_cursor() == steps - 1);
  CHECK(bench.twin().session().step_complete_at_cursor());
  bench.quit();
}

TEST_CASE("home: by arrows and Enter, in both languages, and back with Ctrl+O") {
  Bench bench({.name = "home-keys"});
  bench.key("ctrl+l");
  bench.see();
  bench.keep_picture("chinese");
  bench.key("ctrl+t");
  bench.see();
  bench.keep_picture("chinese-ink");
  bench.key("F2");
  bench.see();
  bench.keep_picture("room");
  bench.key("F2");
  bench.key("ctrl+t");
  bench.key("ctrl+l");
  bench.see();
  bench.type("split vote");
  bench.key("Down");
  bench.see();
  bench.key("Return");
  bench.see();
  CHECK_FALSE(bench.twin().ui_state().library_open);
  bench.key("ctrl+o");
  bench.see();
  CHECK(bench.twin().ui_state().library_open);
  bench.quit();
}

TEST_CASE("files: a walkthrough is found in a folder and opened, by keyboard, and is then among the recent ones") {
  const std::string folder = kept("files.folder");
  fs::remove_all(folder);
  fs::create_directories(folder + "/week 2");
  fs::copy_file(app::asset_path("walkthroughs/sally.walk"), folder + "/week 2/mine.walk");
  std::ofstream(folder + "/broken.walk") << "walkthrough 1\nclutser A B\n";
  {
    Bench bench({.name = "files"});
    bench.key("ctrl+shift+o");
    bench.see();
    bench.type(folder + "/");
    bench.key("Return");
    bench.see();
    bench.keep_picture("folder");
    bench.find("week 2", whole_window);
    // What cannot be played is said in the dialog, and nothing is lost.
    bench.type("broken");
    bench.key("Return");
    bench.see();
    bench.keep_picture("broken");
    CHECK(can_be_read(bench, "clutser"));
    CHECK(bench.twin().session().player() == nullptr);
    bench.key("Escape");
    bench.see();
    bench.key("ctrl+shift+o");
    bench.see();
    bench.key("Down");
    bench.see();
    bench.key("Return");
    bench.see();
    bench.type("min");
    bench.see();
    bench.keep_picture("found");
    bench.key("Return");
    bench.see();
    REQUIRE(bench.twin().session().player() != nullptr);
    CHECK(title_of(bench) == "Sally");
    bench.quit();
  }
  const Json progress = json_of(kept("files.state") + "/raftlab/progress.json");
  REQUIRE(progress.is_object());
  CHECK(progress["recent"] == Json::array({folder + "/week 2/mine.walk"}));
}

TEST_CASE("files: a walkthrough is dropped onto the window, at home and over another; what cannot be played is said, and nothing is lost") {
  const std::string folder = kept("dropped.folder");
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::copy_file(app::asset_path("walkthroughs/sally.walk"), folder + "/mine.walk");
  std::ofstream(folder + "/broken.walk") << "walkthrough 1\nclutser A B\n";
  const ui::Point middle{Display::width / 2.0F, Display::height / 2.0F};
  {
    Bench bench({.name = "dropped"});
    bench.drop(app::asset_path("walkthroughs/split_vote.walk"), middle);
    bench.see();
    REQUIRE(bench.twin().session().player() != nullptr);
    CHECK(title_of(bench) == "A split vote");
    CHECK_FALSE(bench.twin().ui_state().library_open);
    bench.drop(folder + "/mine.walk", middle);
    bench.see();
    CHECK(title_of(bench) == "Sally");
    bench.next_step();
    app::Session& session = bench.twin().session();
    const int step = session.step_at_cursor();
    const raft::sim::RunPlace place = session.run().place();
    CHECK_FALSE(can_be_read(bench, "clutser"));
    bench.drop(folder + "/broken.walk", middle);
    bench.see();
    bench.keep_picture("broken");
    CHECK(can_be_read(bench, "clutser"));
    CHECK(title_of(bench) == "Sally");
    CHECK(session.step_at_cursor() == step);
    CHECK(session.run().place() == place);
    bench.quit();
  }
  const Json progress = json_of(kept("dropped.state") + "/raftlab/progress.json");
  REQUIRE(progress.is_object());
  CHECK(progress["recent"] == Json::array({folder + "/mine.walk"}));
}

TEST_CASE("window: the size that it was given is remembered, in every size it draws on") {
  {
    Bench bench({.name = "resized"});
    bench.resize(900, 620);
    bench.resize(1000, 650);
    bench.quit();
  }
  const Json progress = json_of(kept("resized.state") + "/raftlab/progress.json");
  REQUIRE(progress.is_object());
  CHECK(progress["window"]["width"] == 1000);
  CHECK(progress["window"]["height"] == 650);
  CHECK(progress["window"]["maximised"] == false);
}

TEST_CASE("settings: what was chosen with the keys is there at the next start") {
  {
    Bench bench({.name = "settings-kept"});
    bench.key("ctrl+l");
    bench.key("ctrl+t");
    bench.key("ctrl+m");
    bench.see();
    bench.quit();
  }
  const Json settings = json_of(kept("settings-kept.config") + "/raftlab/settings.json");
  REQUIRE(settings.is_object());
  CHECK(settings["language"] == "zh");
  CHECK(settings["theme"] == "ink");
  CHECK(settings["reduced_motion"] == true);
  const Json progress = json_of(kept("settings-kept.state") + "/raftlab/progress.json");
  REQUIRE(progress.is_object());
  CHECK(progress["window"]["width"] == Display::width);
  CHECK(progress["window"]["height"] == Display::height);

  Bench bench({.name = "settings-kept", .comes_back = true});
  bench.keep_picture("back");
  bench.quit();
}
