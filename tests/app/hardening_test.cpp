// Surroundings that fail, files from strangers and signals at a bad moment: a sentence, an exit status, and everything
// that was there before is still as it was.
#include <sys/stat.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/read_only.h"

namespace app::test {

namespace {

namespace fs = std::filesystem;

const std::string running_story =
    "walkthrough 1\ncluster A B C\nseed 2\nstep \"s\"\n  until leaders = 1 within 1s\n  for 3s\n";

std::set<std::string> paths_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) names.insert(entry.path().lexically_relative(folder).string());
  return names;
}

/// No file may grow beyond so many blocks: as a disk that is full, and no right to set up a real one is needed.
Result run_on_full_disk(const Folder& folder, int blocks, const std::string& arguments) {
  return run_shell(folder, "ulimit -f " + std::to_string(blocks) + "; '" + built_program() + "' " + arguments);
}

/// The signal comes as soon as `begun` (a test of the shell) is true.
Result run_and_signal(const Folder& folder, const std::string& arguments, const std::string& signal, const std::string& begun) {
  return run_shell(folder, "'" + built_program() + "' " + arguments + " >out 2>err & raftlab=$!; for i in $(seq 600); do " + begun +
                               " && break; sleep 0.05; done; kill -" + signal + " $raftlab; wait $raftlab; status=$?; cat out; "
                               "cat err >&2; rm out err; exit $status");
}

/// What it wrote on standard output can be waited for only if it writes; what it has caught can be seen from outside.
const std::string catches_signals = R"(grep -q '^SigCgt:.*[4-7c-f]...$' /proc/$raftlab/status 2>/dev/null)";

}  // namespace

TEST_CASE("a disk that is full while a run is written: 3, one line, and the old file as it was") {
  const Folder folder;
  write(folder / "f.walk", running_story);
  for (const std::string option : {"--trace", "--shiviz"}) {
    CAPTURE(option);
    write(folder / "kept", "from before");
    const Result full = run_on_full_disk(folder, 8, "run f.walk " + option + " kept");
    CHECK(full.status == 3);
    CHECK(full.err == "kept: cannot be written: file too large\n");
    CHECK(full.out.empty());
    CHECK(read(folder / "kept") == "from before");
    CHECK(paths_in(folder.path()) == std::set<std::string>{"f.walk", "kept"});
  }
}

TEST_CASE("a disk that is full while pictures are drawn: 3, one line, nothing half-drawn") {
  const Folder folder;
  write(folder / "f.walk", running_story);
  fs::create_directory(folder / "pictures");
  write(folder / "pictures/step-01.png", "from before");
  const Result full = run_on_full_disk(folder, 4, "render f.walk -o pictures --size 640x480");
  CHECK(full.status == 3);
  CHECK(lines(full.err) == 1);
  CHECK(full.err.find("cannot be written: file too large") != std::string::npos);
  CHECK(read(folder / "pictures/step-01.png") == "from before");
  CHECK(paths_in(folder.path()) == std::set<std::string>{"f.walk", "pictures", "pictures/step-01.png"});
}

TEST_CASE("a disk that is full while a film is made: 3, one line, and the old film as it was") {
  const Folder folder;
  write(folder / "f.walk", running_story);
  write(folder / "x.mp4", "from before");
  const Result full = run_on_full_disk(folder, 1, "render f.walk -o x.mp4 --size 320x240 --fps 5");
  CHECK(full.status == 3);
  CHECK(full.err == "x.mp4: cannot be written: file too large\n");
  CHECK(read(folder / "x.mp4") == "from before");
  CHECK(paths_in(folder.path()) == std::set<std::string>{"f.walk", "x.mp4"});
}

TEST_CASE("a pipe in place of a file is read if somebody writes into it, and not waited for if nobody does") {
  const Folder folder;
  write(folder / "f.walk", running_story);
  REQUIRE(mkfifo((folder / "pipe.walk").c_str(), 0600) == 0);
  const Result nobody = run(folder, "run pipe.walk", "timeout 60");
  CHECK(nobody.status == 2);
  CHECK(nobody.err == "pipe.walk: is a pipe that nobody writes into\n");
  const Result somebody = run_shell(folder, "cat f.walk | '" + built_program() + "' run /dev/stdin");
  CHECK(somebody.status == 0);
  CHECK(somebody.out.starts_with("/dev/stdin: 1 steps"));
}

TEST_CASE("a stranger's include reads nothing outside its folder, whatever links say") {
  const Folder folder;
  fs::create_directories(folder / "in/deeper");
  write(folder / "secret", "seed 9\n");
  fs::create_symlink("../secret", folder / "in/link");
  fs::create_directory_symlink("..", folder / "in/up");
  fs::create_symlink("loop", folder / "in/loop");
  const auto said = [&](const std::string& path) {
    write(folder / "in/f.walk", "walkthrough 1\ncluster A\ninclude " + path + "\nstep \"s\"\n");
    const Result result = run(folder, "check in/f.walk");
    CHECK(result.status == 2);
    CHECK(lines(result.err) == 1);
    return result.err;
  };
  CHECK(said("link") == "in/f.walk:3:1: cannot include 'link': it is outside the folder of this walkthrough\n");
  CHECK(said("up/secret") == "in/f.walk:3:1: cannot include 'up/secret': it is outside the folder of this walkthrough\n");
  for (const char* path : {"../secret", "deeper/../../secret", "/etc/passwd", "deeper/.."}) {
    CHECK(said(path).find("is outside the folder of this walkthrough; include takes a relative path inside it") != std::string::npos);
  }
  CHECK(said("deeper").find("is a folder, not a file") != std::string::npos);
  said("loop");
  said("missing");
}

TEST_CASE("a walkthrough over its limits is refused where it is over them") {
  const Folder folder;
  const auto said = [&](const std::string& text) {
    write(folder / "f.walk", "walkthrough 1\ncluster A\nset heartbeat 10h\nset election_timeout 10h..20h\nstep \"s\"\n" + text);
    const Result result = run(folder, "run f.walk", "timeout 60");
    CHECK_MESSAGE(lines(result.err) == 1, text);
    return result;
  };
  CHECK(said("  for 1000000000s\n").err == "f.walk:6:7: '1000000000s' is longer than 1000 simulated hours\n");
  CHECK(said("  until leaders = 2 within 1000000000s\n").status == 2);
  CHECK(said("  for 600h\n  for 600h\n").status != 0);
  CHECK(said("  until leaders = 2 within 1000h\n").status == 1);
  std::string includes = "walkthrough 1\ninclude b.walk\ncluster A\nstep \"s\"\n";
  write(folder / "a.walk", includes);
  write(folder / "b.walk", "include a.walk\n");
  const Result loop = run(folder, "run a.walk", "timeout 60");
  CHECK(loop.status == 2);
  CHECK(lines(loop.err) == 1);
}

TEST_CASE("SIGTERM and SIGINT in the middle of a run, a swarm, an exploration: 130, and nothing partial") {
  for (const std::string signal : {"TERM", "INT"}) {
    const Folder folder;
    write(folder / "long.walk", "walkthrough 1\ncluster A B C D E\nstep \"s\"\n  for 900h\n");
    const std::set<std::string> before = paths_in(folder.path());
    for (const std::string call : {"run long.walk --trace t.jsonl --shiviz s.log", "swarm --seeds 1..1000000 --history .",
                                   "explore --nodes 5 --terms 3 --entries 3"}) {
      CAPTURE(call);
      const Result stopped = run_and_signal(folder, call, signal, catches_signals);
      CHECK(stopped.status == 130);
      CHECK(lines(stopped.err) <= 1);
      for (const std::string& name : paths_in(folder.path())) {
        CHECK_FALSE(name.ends_with(".part"));
        if (!name.starts_with("seed-")) CHECK(before.contains(name));  // of seeds that were done
      }
    }
  }
}

TEST_CASE("it works from any folder, with a home that takes nothing, without one, in any locale") {
  const Folder folder;
  write(folder / "f.walk", running_story);
  fs::create_directory(folder / "home");
  fs::permissions(folder / "home", fs::perms::owner_read | fs::perms::owner_exec);
  const std::string usual = run(folder, "run f.walk --transcript en --hash").out;
  REQUIRE_FALSE(usual.empty());
  const std::string read_only = bound_by_permissions() + "env HOME='" + (folder / "home").string() + "'";
  REQUIRE(run_shell(folder, read_only + " sh -c 'touch \"$HOME/x\"'").status != 0);
  const std::vector<std::string> all = {
      "env -i", read_only, "env HOME=/nowhere/at/all",
      "env -u HOME -u XDG_CONFIG_HOME", "env LC_ALL=zh_CN.UTF-8", "env LC_ALL=C", "env LC_ALL=tlh_KX.EBCDIC",
      "env HOME=/dev/null XDG_CONFIG_HOME=/dev/full"};
  for (const std::string& surroundings : all) {
    CAPTURE(surroundings);
    const Result result = run(folder, "run f.walk --transcript en --hash", surroundings);
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    CHECK(result.out == usual);
    // Without a display the window says so, and nothing else.
    const Result window = run(folder, "", surroundings);
    CHECK(window.status == 3);
    CHECK(lines(window.err) == 1);
  }
  CHECK(fs::is_empty(folder / "home"));
  CHECK_FALSE(fs::exists("/nowhere"));
  const std::string path = (folder / "f.walk").string();
  CHECK(run_shell(folder, "cd / && '" + built_program() + "' run '" + path + "' --hash | tail -n 1").out ==
        run(folder, "run f.walk --hash | tail -n 1").out);
}

TEST_CASE("settings that are garbage or from the future are the defaults, and nothing is said of them") {
  const Folder folder;
  write(folder / "f.walk", running_story);
  fs::create_directories(folder / "config/raftlab");
  const auto check = [&] {
    const Result result = run(folder, "", "env XDG_CONFIG_HOME='" + (folder / "config").string() + "'");
    CHECK(result.status == 3);  // there is no display
    CHECK(lines(result.err) == 1);
  };
  const fs::path settings = folder / "config/raftlab/settings.json";
  write(settings, std::string("\0\xFF{{{", 5));
  check();
  write(settings, R"({"language": {"of": "the future"}, "text_scale": 1e308, "speed_exponent": -99999999999})");
  check();
  write(settings, std::string(100'000, '['));
  check();
}

}  // namespace app::test
