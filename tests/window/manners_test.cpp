// At rest it uses nothing; where it cannot run it says so in one line.
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/tree.h"
#include "tests/window/story.h"

using namespace window_test;

namespace {

/// Processor time, in ticks.
long ticks_of(pid_t id) {
  std::ifstream file("/proc/" + std::to_string(id) + "/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream after_name(line.substr(line.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) after_name >> skipped;
  long user = 0;
  long system = 0;
  after_name >> user >> system;
  return user + system;
}

/// How often its threads have fallen asleep.
long sleeps_of(pid_t id) {
  long sleeps = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(id) + "/task")) {
    std::ifstream file(task.path() / "status");
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with("voluntary_ctxt_switches:")) sleeps += std::stol(line.substr(line.find(':') + 1));
    }
  }
  return sleeps;
}

/// One thing said, in one line, and an exit status.
void cannot_open(const std::string& name, const std::map<std::string, std::optional<std::string>>& environment) {
  const std::string output = kept(name + ".log");
  Start start{.command = {built_program()}, .environment = environment, .output = output};
  start.environment["WAYLAND_DISPLAY"] = std::nullopt;
  start.environment["XDG_CONFIG_HOME"] = kept(name + ".config");
  start.environment["ASAN_OPTIONS"] = "detect_leaks=0";
  CHECK(run(start) == 3);
  std::ifstream file(output);
  const std::string said{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  CHECK(std::count(said.begin(), said.end(), '\n') == 1);
  CHECK_MESSAGE(said.find("raftlab run FILE") != std::string::npos, said);
}

}  // namespace

TEST_CASE("paused and untouched it sleeps: no frame, no processor") {
  Bench bench({.name = "idle"});
  start_free_play(bench, 5);
  bench.move({Display::width - 3, 3});
  bench.key("Right");
  bench.see();
  const pid_t id = bench.program().id();
  long sleeps = sleeps_of(id);
  double since = seconds_now();
  bench.until("the program to fall asleep", [&] {
    const long now = sleeps_of(id);
    if (now != sleeps) since = seconds_now();
    sleeps = now;
    return seconds_now() - since > 0.3;
  });

  constexpr double watched_s = 3;
  const Picture before = Display::get().picture();
  const long ticks = ticks_of(id);
  const double from = seconds_now();
  while (seconds_now() - from < watched_s) pause_between_looks();
  const double used_s = static_cast<double>(ticks_of(id) - ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
  CHECK(used_s < 0.02 * watched_s);
  CHECK(sleeps_of(id) - sleeps <= 2);  // it was not even woken
  CHECK(difference(before, Display::get().picture()) == 0);
  bench.quit();
}

TEST_CASE("without a display it says so in one line and exits with 3") {
  cannot_open("no-display", {{"DISPLAY", std::nullopt}});
  cannot_open("dead-display", {{"DISPLAY", ":4095"}});
}

TEST_CASE("without OpenGL 3.3 it says so in one line and exits with 3") {
  cannot_open("old-opengl", {{"DISPLAY", Display::get().name()}, {"MESA_GL_VERSION_OVERRIDE", "2.1"}});
}

TEST_CASE("when the display goes away it says so and exits with 3") {
  auto display = std::make_unique<Display>();  // of its own: the others go on
  const std::string output = kept("lost-display.log");
  Start start{.command = {built_program()},
              .environment = {{"DISPLAY", display->name()}, {"WAYLAND_DISPLAY", std::nullopt}},
              .output = output};
  start.environment["XDG_CONFIG_HOME"] = kept("lost-display.config");
  start.environment["ASAN_OPTIONS"] = "detect_leaks=0";
  Process program(start);
  const Picture empty = display->picture();
  const double since = seconds_now();
  while (difference(empty, display->picture()) == 0 && seconds_now() - since < deadline_s) pause_between_looks();
  display.reset();
  CHECK(program.wait(deadline_s) == 3);
  std::ifstream file(output);
  const std::string said{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  CHECK_MESSAGE(said.find("the display is gone\n") != std::string::npos, said);
}
