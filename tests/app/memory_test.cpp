// What outlives the window: nothing that is wrong with its files stops the program, and nothing in them is lost.
#include "app/memory.h"

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "app/asset_store.h"
#include "tests/app/running.h"
#include "tests/support/program.h"
#include "tests/support/read_only.h"
#include "ui/action.h"

namespace app::test {

namespace {

using app::KeptJson;
using app::Memory;
using app::Settings;
using raft::explain::Language;
namespace fs = std::filesystem;

/// Variables of the environment, as they were before at its end.
class Environment {
 public:
  void set(const std::string& name, const char* value) {
    const char* before = std::getenv(name.c_str());
    before_.emplace_back(name, before != nullptr ? std::optional<std::string>(before) : std::nullopt);
    value != nullptr ? setenv(name.c_str(), value, 1) : unsetenv(name.c_str());
  }
  ~Environment() {
    for (auto one = before_.rbegin(); one != before_.rend(); ++one) {
      one->second ? setenv(one->first.c_str(), one->second->c_str(), 1) : unsetenv(one->first.c_str());
    }
  }

 private:
  std::vector<std::pair<std::string, std::optional<std::string>>> before_;
};

/// A home of one's own.
struct Home {
  Folder folder;
  Environment environment;
  Home() {
    environment.set("XDG_CONFIG_HOME", (folder / "config").c_str());
    environment.set("XDG_STATE_HOME", (folder / "state").c_str());
  }
  fs::path settings() const { return folder / "config/raftlab/settings.json"; }
  fs::path progress() const { return folder / "state/raftlab/progress.json"; }
  void put(const fs::path& path, const std::string& text) const {
    fs::create_directories(path.parent_path());
    write(path, text);
  }
};

const raft::explain::Words& english() {
  static std::string error;
  static const auto words = app::read_words(Language::English, error);
  return *words;
}

}  // namespace

TEST_CASE("memory: what was chosen and how far one came are there at the next start") {
  const Home home;
  app::Progress progress;
  progress.opened("sally");
  progress.seen["sally"] = {.step = 7, .left_at = 4, .done = false};
  progress.opened_file("/tmp/mine.walk");
  progress.window = app::WindowPlace{10, 20, 1280, 720, true};
  progress.right_width = 300;
  const Settings settings{.language = Language::Chinese, .theme = ui::ThemeName::Ink, .text_scale = 1.25F,
                          .speed_exponent = -3, .room = true, .hide_heartbeats = true, .reduced_motion = true};
  {
    Memory memory;
    memory.keep(settings);
    memory.keep(progress);
    CHECK(memory.take_trouble(english()).empty());
  }
  const Memory again;
  CHECK(again.settings() == settings);
  CHECK(again.progress() == progress);
}

TEST_CASE("memory: two windows keep what each has changed, also of what the other one has read before") {
  const Home home;
  home.put(home.settings(), R"({"theme": "ink", "text_scale": 1.5})");
  Memory one;
  Memory other;
  Settings settings = one.settings();
  settings.room = true;
  one.keep(settings);
  settings = other.settings();
  settings.theme = ui::ThemeName::Paper;
  other.keep(settings);
  app::Progress progress;
  progress.seen["sally"] = {.step = 7, .left_at = 4, .done = false};
  progress.seen["bob"] = {.step = 2, .left_at = 2, .done = true};
  one.keep(progress);
  progress.opened_file("/one.walk");
  one.keep(progress);
  app::Progress others;
  others.seen["split_vote"] = {.step = 3, .left_at = 1, .done = true};
  others.seen["bob"] = {.step = 1, .left_at = 1, .done = false};
  others.opened_file("/other.walk");
  others.window = app::WindowPlace{10, 20, 800, 600, false};
  other.keep(others);
  progress.seen["sally"].left_at = 6;
  one.keep(progress);

  const Memory again;
  CHECK(again.settings().room);
  CHECK(again.settings().theme == ui::ThemeName::Paper);
  CHECK(again.settings().text_scale == 1.5F);
  CHECK(again.progress().seen.at("sally").left_at == 6);
  CHECK(again.progress().seen.at("bob") == app::Seen{.step = 2, .left_at = 1, .done = true});
  CHECK(again.progress().seen.at("split_vote").done);
  CHECK(again.progress().recent == std::vector<std::string>{"/other.walk", "/one.walk"});
  CHECK(again.progress().window == others.window);
}

TEST_CASE("memory: of two windows that opened files the latest come first, however many there were") {
  const Home home;
  app::Progress before;
  for (int i = 8; i >= 1; --i) before.opened_file("/" + std::to_string(i));
  { Memory().keep(before); }
  Memory one;
  Memory other;
  app::Progress progress = one.progress();
  progress.opened_file("/a");
  one.keep(progress);
  progress = other.progress();
  progress.opened_file("/b");
  other.keep(progress);
  CHECK(Memory().progress().recent == std::vector<std::string>{"/b", "/a", "/1", "/2", "/3", "/4", "/5", "/6"});
}

TEST_CASE("memory: what a newer version has written of one walkthrough stays, too") {
  const Home home;
  home.put(home.progress(), R"({"version": 9, "seen": {"sally": {"step": 3, "stars": 2}}})");
  Memory memory;
  app::Progress progress = memory.progress();
  progress.seen["sally"].step = 4;
  memory.keep(progress);
  const auto json = nlohmann::json::parse(read(home.progress()));
  CHECK(json["seen"]["sally"]["step"] == 4);
  CHECK(json["seen"]["sally"]["stars"] == 2);
}

TEST_CASE("memory: garbage gives the defaults and one sentence, and is kept beside the new file") {
  for (const std::string& garbage : {std::string("{\"language\": "), std::string("[1, 2]"), std::string("\xFF\0\x01", 3)}) {
    const Home home;
    home.put(home.settings(), garbage);
    Memory memory;
    CHECK(memory.settings().text_scale == 1);
    CHECK(memory.take_trouble(english()).find("everything has its default") != std::string::npos);
    CHECK(memory.take_trouble(english()).empty());
    CHECK(read(home.settings()) == garbage);  // not before something is to be kept
    memory.keep(Settings{.text_scale = 2});
    CHECK(read(home.settings().string() + ".broken") == garbage);
    CHECK(Memory().settings().text_scale == 2);
  }
}

TEST_CASE("memory: values of the wrong sort have their defaults, the others are read") {
  const Home home;
  home.put(home.settings(), R"({"language": 7, "theme": "ink", "text_scale": 1e300, "speed_exponent": 99999999999, "room": "yes"})");
  home.put(home.progress(), R"({"window": {"x": "left"}, "seen": {"a": 3, "b": {"left_at": -5, "done": 1}}, "recent": [1, "/x"], "right_width": -4})");
  const Memory memory;
  CHECK(memory.settings().theme == ui::ThemeName::Ink);
  CHECK(memory.settings().speed_exponent == ui::fastest_exponent);
  CHECK_FALSE(memory.settings().room);
  CHECK(memory.settings().text_scale <= 2);
  CHECK_FALSE(memory.progress().window.has_value());
  CHECK(memory.progress().seen.size() == 1);
  CHECK(memory.progress().seen.at("b") == app::Seen{});
  CHECK(memory.progress().recent == std::vector<std::string>{"/x"});
  CHECK(memory.progress().right_width == 0);
}

TEST_CASE("memory: what a newer version has written stays, whatever this one keeps") {
  const Home home;
  home.put(home.settings(), R"({"version": 9, "theme": "ink", "holograms": {"on": true}})");
  Memory memory;
  CHECK(memory.settings().theme == ui::ThemeName::Ink);
  CHECK(memory.take_trouble(english()).find("newer version") != std::string::npos);
  memory.keep(Settings{.text_scale = 1.5F});
  const auto json = nlohmann::json::parse(read(home.settings()));
  CHECK(json["holograms"]["on"] == true);
  CHECK(json["version"] == 9);
  CHECK(json["text_scale"] == 1.5);
}

TEST_CASE("memory: where nothing can be written it is said once, and goes on") {
  const Home home;
  write(home.folder / "config", "a file stands where the folder would be");
  Memory memory;
  memory.keep(Settings{.text_scale = 2});
  CHECK(memory.take_trouble(english()).starts_with("Nothing will be remembered. "));
  memory.keep(Settings{.text_scale = 1.5F});
  CHECK(memory.take_trouble(english()).empty());
  CHECK(memory.settings().text_scale == 1.5F);
}

TEST_CASE("memory: in a home that takes nothing it is said once, the window goes on, and nothing is left there") {
  const Folder folder;
  const fs::path home = folder / "home";
  fs::create_directory(home);
  fs::permissions(home, fs::perms::owner_read | fs::perms::owner_exec);
  Environment environment;
  for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"}) environment.set(name, nullptr);
  environment.set("HOME", home.c_str());
  const BoundByPermissions bound;
  REQUIRE_FALSE(std::ofstream(home / "x").is_open());

  Memory memory;
  Running running({.file = {}, .trace_path = {}, .settings = memory.settings(), .progress = {}, .memory = &memory});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  app.apply(ui::SetTextScale{1.5F});
  running.frame();
  CHECK(says(running, "Nothing will be remembered. " + home.string()));
  app.apply(ui::DismissMessage{});
  app.apply(ui::SetTextScale{1.25F});
  running.frame();
  CHECK_FALSE(says(running, "Nothing will be remembered."));
  app.apply(ui::ToggleRecording{});
  app.apply(ui::Intervene{raft::sim::Crash{raft::NodeSet::only(raft::node_at(1))}, raft::sim::Origin::Key});
  running.frame();
  CHECK(says(running, "would not survive a crash"));
  CHECK(app.session().run().position() == 1);
  CHECK(fs::is_empty(home));
}

TEST_CASE("memory: without a home nothing is read or kept, and nobody is bothered") {
  Environment environment;
  for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"}) environment.set(name, nullptr);
  CHECK(app::settings_path().empty());
  CHECK(app::progress_path().empty());
  Memory memory;
  memory.keep(Settings{.text_scale = 2});
  CHECK(memory.take_trouble(english()).empty());
}

TEST_CASE("memory: a folder of the environment that is no whole path is not used") {
  Environment environment;
  environment.set("XDG_CONFIG_HOME", "here");
  environment.set("HOME", "/people/somebody");
  CHECK(app::settings_path() == "/people/somebody/.config/raftlab/settings.json");
}

TEST_CASE("memory: the language is that of the surroundings until one is chosen") {
  const Home home;
  Environment environment;
  environment.set("LC_ALL", "zh_CN.UTF-8");
  CHECK(Memory().settings().language == Language::Chinese);
  environment.set("LC_ALL", "C");
  CHECK(Memory().settings().language == Language::English);
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) environment.set(name, nullptr);
  CHECK(Memory().settings().language == Language::English);
  environment.set("LANG", "zh_TW");
  CHECK(Memory().settings().language == Language::Chinese);
}

TEST_CASE("memory: of the person's own files the last eight are kept, each once, the latest first") {
  app::Progress progress;
  for (int i = 0; i < 12; ++i) progress.opened_file("/" + std::to_string(i));
  progress.opened_file("/8");
  REQUIRE(progress.recent.size() == 8);
  CHECK(progress.recent.front() == "/8");
  CHECK(std::count(progress.recent.begin(), progress.recent.end(), "/8") == 1);
}

}  // namespace app::test
