// What a person does with mouse and keys is a file that replays to the window's own world; a killed program loses none of it.
#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/asset_store.h"
#include "raft/sim/world_hash.h"
#include "tests/support/small_disk.h"
#include "tests/support/tree.h"
#include "tests/window/story.h"

using namespace window_test;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> walks_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    if (entry.path().extension() == ".walk") found.push_back(entry.path().string());
  }
  return found;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// What `raftlab run FILE --hash` prints last.
std::string replayed_hash(const std::string& file, const std::string& output) {
  CHECK(run({.command = {built_program(), "run", file, "--hash"}, .output = output}) == 0);
  const std::string said = text_of(output);
  return said.size() < 19 ? said : said.substr(said.size() - 19, 18);
}

std::string hash_of(Bench& bench) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%016llx", static_cast<unsigned long long>(raft::sim::world_hash(bench.twin().world())));
  return text;
}

void forget(const std::string& name) {
  fs::remove_all(kept_by(name, "data"));
  fs::remove_all(kept_by(name, "state"));
}

}  // namespace

TEST_CASE("what is recorded by mouse and keys is saved, and runs without a window to the hash that the window had") {
  forget("recording");
  Bench bench({.name = "recording"});
  start_free_play(bench, 5);
  bench.key("ctrl+r");
  bench.see();
  bench.play();
  const Json elected = bench.wait_for("a leader", is_leader);
  bench.stop();
  const raft::NodeId leader = node_named(bench, elected["node"]);
  bench.click(bench.middle_of(leader));
  bench.see();
  const Json killed = bench.act([&] { bench.key("k"); });
  CHECK(killed["kind"] == "crash");
  CHECK(killed["origin"] == "key");
  bench.see();
  // Its menu is still open.
  const Json isolated = bench.act([&] { bench.click_text("ui.isolate", bench.twin().stage()); });
  CHECK(isolated["origin"] == "mouse");
  bench.stop();
  bench.keep_picture("under-way");
  const std::string wanted = hash_of(bench);
  bench.key("ctrl+r");
  const std::string folder = kept_by("recording", "data") + "/raftlab";
  bench.until("the file", [&] { return walks_in(folder).size() == 1; });
  const std::string file = walks_in(folder)[0];
  CHECK(replayed_hash(file, kept("recording.run.log")) == wanted);
  CHECK(text_of(file).find("do crash " + elected["node"].get<std::string>()) != std::string::npos);
  CHECK(text_of(file).find("do isolate " + elected["node"].get<std::string>()) != std::string::npos);
  bench.keep_picture("saved");
  bench.quit();
}

TEST_CASE("killed while it records, the program offers the recording at the next start, and it replays") {
  forget("killed");
  std::string wanted;
  {
    Bench bench({.name = "killed"});
    start_free_play(bench, 5);
    bench.key("ctrl+r");
    bench.see();
    for (int i = 0; i < 3; ++i) bench.stop();
    bench.click(bench.middle_of(raft::node_at(1)));
    bench.see();
    bench.act([&] { bench.key("k"); });
    bench.see();
    wanted = hash_of(bench);
    kill(bench.program().id(), SIGKILL);
  }
  Process program(program_start({.name = "killed"}));
  const double give_up_at = seconds_now() + deadline_s;
  const auto until = [&](const std::function<bool()>& happened) {
    while (!happened()) {
      REQUIRE(seconds_now() < give_up_at);
      REQUIRE(program.runs());
      pause_between_looks();
    }
  };
  // Until it shows something, and the same when one looks again. Without a window the display is black.
  Picture before = Display::get().picture();
  const Picture black{before.width, before.height, std::vector<std::uint8_t>(before.pixels.size(), 0)};
  until([&] {
    const Picture now = Display::get().picture();
    const bool shows = difference(now, black) > before.width * before.height / 2;
    const bool rests = difference(before, now) == 0;
    before = now;
    return shows && rests;
  });
  keep(before, "killed-offered");
  const std::string folder = kept_by("killed", "data") + "/raftlab";
  Display::get().hand({"key", "Tab", "Tab", "Return"});
  Display::get().hand({"key", "ctrl+s"});
  until([&] { return walks_in(folder).size() == 1; });
  CHECK(replayed_hash(walks_in(folder)[0], kept("killed.run.log")) == wanted);
  keep(Display::get().picture(), "killed-opened");
  Display::get().hand({"key", "ctrl+q"});
  CHECK(program.wait(deadline_s) == 0);
  CHECK(walks_in(kept_by("killed", "state") + "/raftlab/recordings").empty());
}

TEST_CASE("asked to end by the system while it records and rests, the program saves the recording first") {
  forget("ended");
  Bench bench({.name = "ended"});
  start_free_play(bench, 5);
  bench.key("ctrl+r");
  bench.see();
  bench.click(bench.middle_of(raft::node_at(1)));
  bench.see();
  bench.act([&] { bench.key("k"); });
  bench.see();
  const std::string wanted = hash_of(bench);
  bench.program().interrupt();
  CHECK(bench.program().wait(deadline_s) == 130);
  const std::vector<std::string> files = walks_in(kept_by("ended", "data") + "/raftlab");
  REQUIRE(files.size() == 1);
  CHECK(replayed_hash(files[0], kept("ended.run.log")) == wanted);
  CHECK(walks_in(kept_by("ended", "state") + "/raftlab/recordings").empty());
}

TEST_CASE("while the disk is full nothing is saved and nothing lost; once there is room the same key saves it") {
  forget("full");
  Bench bench({.name = "full"});
  const std::string data = kept_by("full", "data");
  fs::create_directories(data);
  app::test::SmallDisk disk(data);
  if (!disk.is_real()) return;  // a limit on files would stop the trace, too, by which this test sees
  start_free_play(bench, 5);
  bench.key("ctrl+r");
  bench.see();
  bench.click(bench.middle_of(raft::node_at(1)));
  bench.see();
  disk.fill();
  bench.act([&] { bench.key("k"); });
  bench.see();
  const std::string wanted = hash_of(bench);
  const Picture before = Display::get().picture();
  Display::get().hand({"key", "ctrl+s"});
  bench.until("the window says why not", [&] { return difference(before, Display::get().picture()) > 0; });
  keep(Display::get().picture(), "full");
  CHECK(walks_in(data + "/raftlab").empty());
  CHECK(bench.program().runs());
  disk.make_room();
  Display::get().hand({"key", "ctrl+s"});
  bench.until("the recording is saved", [&] { return walks_in(data + "/raftlab").size() == 1; });
  CHECK(replayed_hash(walks_in(data + "/raftlab")[0], kept("full.run.log")) == wanted);
  Display::get().hand({"key", "ctrl+q"});
  CHECK(bench.program().wait(deadline_s) == 0);
}

TEST_CASE("homework: a puzzle is solved in the window, and its recording passes when it is graded") {
  forget("homework");
  const std::string puzzle = app::asset_path("walkthroughs/puzzles/healthy_leader_deposed.walk");
  Bench bench({.name = "homework", .file = puzzle});
  bench.next_step();  // A leads: the stage is set
  bench.key("ctrl+r");
  bench.see();
  const auto type = [&bench](const std::string& command) {
    bench.key("slash");
    bench.see();
    bench.type(command);
    bench.see();
    CHECK(bench.act([&] { bench.key("Return"); })["command"] == command);
    bench.see();
  };
  const auto is = [](const Json& line, const char* node, const char* what, const Json& wanted) {
    return line.value("node", "") == node && line.contains("state") && line["state"][what] == wanted;
  };
  const auto play_until = [&bench](const std::string& what, const std::function<bool(const Json&)>& wanted) {
    bench.play();
    bench.wait_for(what, wanted);
    bench.stop();
  };
  type("isolate C");
  type("write x by c1");
  play_until("B to know that x is committed", [&](const Json& line) { return is(line, "B", "commit", 1); });
  type("heal");
  type("timeout C");
  play_until("A to step down", [&](const Json& line) { return is(line, "A", "role", "follower"); });
  type("timeout A");
  play_until("A to lead again", [&](const Json& line) { return is(line, "A", "role", "leader"); });
  bench.keep_picture("solved");
  CHECK(bench.twin().session().goals_reached() == 2);
  bench.key("ctrl+r");
  const std::string folder = kept_by("homework", "data") + "/raftlab";
  bench.until("the file", [&] { return walks_in(folder).size() == 1; });
  CHECK(run({.command = {built_program(), "grade", puzzle, walks_in(folder)[0]}, .output = kept("homework.grade.log")}) == 0);
  bench.quit();
}
