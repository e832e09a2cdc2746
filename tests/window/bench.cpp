// A real window under a real mouse: starts it, finds what is where, waits for facts in its trace.
#include "tests/window/bench.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/asset_store.h"
#include "tests/support/tree.h"
#include "tests/window/drop.h"
#include "ui/icons.h"

namespace window_test {

namespace {

using ui::Key;
using ui::KeyPress;
using ui::Point;
using ui::Rect;

constexpr Point corner_of_rest{Display::width - 3, 3};
std::string settings_of(const std::string& name) { return kept(name + ".config") + "/raftlab/settings.json"; }
std::string progress_of(const std::string& name) { return kept(name + ".state") + "/raftlab/progress.json"; }

nlohmann::json json_in(const std::string& path) {
  std::ifstream file(path);
  nlohmann::json json = file ? nlohmann::json::parse(file, nullptr, false) : nlohmann::json();
  return json.is_object() ? json : nlohmann::json::object();
}

/// A person who has chosen English on paper, and nothing else; or one who comes back.
void prepare_home(const BenchOptions& options) {
  if (options.comes_back) return;
  std::filesystem::remove_all(kept(options.name + ".config"));
  std::filesystem::remove_all(kept(options.name + ".state"));
  std::filesystem::remove_all(kept(options.name + ".data"));
  std::filesystem::create_directories(std::filesystem::path(settings_of(options.name)).parent_path());
  const nlohmann::json settings{{"language", "en"}, {"theme", "paper"}, {"speed_exponent", options.speed_exponent}};
  std::ofstream(settings_of(options.name)) << settings << "\n";
}

app::AppOptions twin_options(const BenchOptions& options) {
  prepare_home(options);
  return {.file = options.file,
          .trace_path = kept(options.name + ".twin.jsonl"),
          .settings = app::settings_from(json_in(settings_of(options.name))),
          .progress = app::progress_from(json_in(progress_of(options.name)))};
}

}  // namespace

std::string kept_by(const std::string& name, const std::string& kind) { return kept(name + "." + kind); }

Start program_start(const BenchOptions& options) {
  Start start{.command = {built_program(), "--trace", kept(options.name + ".jsonl")},
              .environment = {{"DISPLAY", Display::get().name()},
                              {"WAYLAND_DISPLAY", std::nullopt},
                              {"XDG_CONFIG_HOME", kept(options.name + ".config")},
                              {"XDG_DATA_HOME", kept(options.name + ".data")},
                              {"XDG_STATE_HOME", kept(options.name + ".state")},
                              // What drivers leave behind when a window closes is not ours.
                              {"ASAN_OPTIONS", "detect_leaks=0"}},
              .output = kept(options.name + ".log")};
  if (!options.file.empty()) start.command.push_back(options.file);
  std::filesystem::remove(start.command[2]);
  return start;
}

namespace {

raft::explain::Words english() {
  std::string error;
  auto words = app::read_words(raft::explain::Language::English, error);
  REQUIRE_MESSAGE(words.has_value(), error);
  return *words;
}

/// From xdotool's name of a key.
KeyPress press_of(std::string name) {
  KeyPress press;
  for (std::size_t plus = name.find('+'); plus != std::string::npos; plus = name.find('+')) {
    const std::string modifier = name.substr(0, plus);
    press.ctrl = press.ctrl || modifier == "ctrl";
    press.shift = press.shift || modifier == "shift";
    name.erase(0, plus + 1);
  }
  static const std::map<std::string, Key> named{
      {"slash", Key::Slash}, {"space", Key::Space}, {"Return", Key::Enter}, {"Escape", Key::Escape}, {"Left", Key::Left}, {"Right", Key::Right},
      {"Up", Key::Up}, {"Down", Key::Down}, {"BackSpace", Key::Backspace}, {"Tab", Key::Tab}, {"F2", Key::F2}, {"Home", Key::Home}, {"End", Key::End}, {"Next", Key::PageDown}, {"Prior", Key::PageUp}, {"period", Key::Period}};
  if (const auto found = named.find(name); found != named.end()) {
    press.key = found->second;
  } else if (name[0] >= '0' && name[0] <= '9') {
    press.key = static_cast<Key>(static_cast<int>(Key::Digit0) + name[0] - '0');
  } else {
    press.key = static_cast<Key>(static_cast<int>(Key::A) + name[0] - 'a');
  }
  return press;
}

Point whole(Point at) { return {std::round(at.x), std::round(at.y)}; }

std::vector<std::string> mouse_move(Point at) {
  return {"mousemove", std::to_string(static_cast<int>(at.x)), std::to_string(static_cast<int>(at.y))};
}

bool by_hand(const Json& line) { return line.contains("origin") && line["origin"] != "script"; }

}  // namespace

void Bench::Lines::read() {
  std::ifstream file(path, std::ios::binary);
  if (!file.seekg(static_cast<std::streamoff>(bytes))) return;
  const std::string more{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  bytes += more.size();
  rest += more;
  for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
    all.push_back(rest.substr(0, end));
    rest.erase(0, end + 1);
  }
}

Bench::Bench(const BenchOptions& options)
    : name_(options.name),
      real_{kept(options.name + ".jsonl")},
      twins_{kept(options.name + ".twin.jsonl")},
      words_(english()),
      twin_(twin_options(options)),
      program_(program_start(options)) {
  move(corner_of_rest);
  see();
}

Bench::~Bench() = default;

std::string Bench::words(std::string_view key) const { return words_.text(key); }

// --- both hands ---

void Bench::real(const std::vector<std::string>& what) { Display::get().hand(what); }

void Bench::twin_does(const std::function<void()>& what) {
  if (later_ != nullptr) {
    later_->push_back(what);
  } else {
    what();
  }
}

void Bench::move(Point at) {
  at = whole(at);
  real(mouse_move(at));
  twin_does([this, at] { twin_.move(at); });
}

void Bench::press() {
  real({"mousedown", "1"});
  twin_does([this] { twin_.press(); });
}

void Bench::release() {
  real({"mouseup", "1"});
  twin_does([this] { twin_.release(); });
}

void Bench::drag(const std::vector<Point>& way) {
  move(way.front());
  press();
  // One place at a time: what the window has not yet looked at is lost when the mouse goes on.
  for (std::size_t i = 1; i < way.size(); ++i) {
    see();
    move(way[i]);
  }
  see();
}

void Bench::click(Point at) {
  at = whole(at);
  std::vector<std::string> what = mouse_move(at);
  what.insert(what.end(), {"click", "1"});
  real(what);
  twin_does([this, at] {
    twin_.move(at);
    twin_.click();
  });
}

void Bench::wheel(Point at, int notch) {
  move(at);
  real({"click", notch > 0 ? "4" : "5"});
  twin_does([this, notch] { twin_.wheel(static_cast<float>(notch)); });
}

void Bench::drop(const std::string& file, Point at) {
  move(at);
  see();
  const std::string wrong = drop_file(Display::get().name(), file);
  if (!wrong.empty()) give_up("the file to be dropped: " + wrong);
  twin_.drop(file);
}

void Bench::draw_while_it_plays(const std::vector<Point>& way) {
  move(way.front());
  press();
  for (std::size_t i = 1; i < way.size(); ++i) {
    move(way[i]);
    const Point inked = whole(ui::between(whole(way[i - 1]), whole(way[i]), 0.5F));
    see_part({inked.x, inked.y, inked.x + 1, inked.y + 1});
  }
}

Rect Bench::find(std::string_view text, const Rect& within) {
  for (int turns = 0; turns < 12; ++turns) {
    const std::vector<Rect> places = find_text(twin_.letters(), text, within);
    if (!places.empty()) return places.front();
    wheel(within.center(), -1);  // further down, perhaps
  }
  give_up(fmt::format("'{}' cannot be read there; what can: {}", text, transcript_of(twin_.letters())));
}

void Bench::click_on(std::string_view text, const Rect& within) { click(find(text, within).center()); }

void Bench::click_text(std::string_view key, const Rect& within) { click_on(words(key), within); }

Point Bench::middle_of(raft::NodeId node) { return twin_.scene().node(node).center; }

void Bench::key(const std::string& name) {
  real({"key", name});
  twin_does([this, name] { twin_.key(press_of(name)); });
}

void Bench::type(const std::string& text) {
  real({"type", text});
  twin_does([this, text] { twin_.type(text); });
}

void Bench::hold_alt(bool down) {
  real({down ? "keydown" : "keyup", "alt"});
  twin_does([this, down] { twin_.hold_alt(down); });
}

// --- the run ---

Json Bench::act(const std::function<void()>& doing) {
  take_lines();
  const std::size_t before = trace_.size();
  std::vector<std::function<void()>> later;
  later_ = &later;
  doing();
  later_ = nullptr;
  std::size_t line = before;
  until("a line of the trace that says what was done by hand", [&] {
    take_lines();
    while (line < trace_.size() && !by_hand(trace_[line])) ++line;
    return line < trace_.size();
  });
  follow_to(line);
  const auto at = trace_[line]["at_us"].get<raft::sim::Time>();
  if (at > twin_.session().run().clock()) twin_.session().seek_time(at);
  for (const auto& what : later) what();
  compare_lines();
  looked_at_ = std::max(looked_at_, line + 1);
  const Json done = trace_[line];
  // The palette that was open still takes the keys until it has gone from the screen.
  if (!plays_) see();
  return done;
}

Rect Bench::play_button() {
  const Point back = find(ui::icon::step_backward, whole_window).center();
  const Point forward = find(ui::icon::step_forward, whole_window).center();
  const Point middle = whole(ui::between(back, forward, 0.5F));
  return Rect{middle.x, middle.y, middle.x, middle.y}.inset(-8);
}

bool Bench::shows_as_the_twin(const Rect& place) {
  const auto part = [&place](const Picture& whole_picture) {
    Picture cut{static_cast<int>(place.width()), static_cast<int>(place.height()), {}};
    for (int y = static_cast<int>(place.top); y < static_cast<int>(place.bottom); ++y) {
      const auto first = whole_picture.pixels.begin() + (y * whole_picture.width + static_cast<int>(place.left)) * 4;
      cut.pixels.insert(cut.pixels.end(), first, first + cut.width * 4);
    }
    return cut;
  };
  return same_picture(part(Display::get().picture()), part(twin_.picture()));
}

/// Its button is another than the twin's, which never plays.
bool Bench::shows_that_it_plays() { return !shows_as_the_twin(play_button()); }

void Bench::play(By how) {
  plays_ = true;
  if (how == By::Space) {
    real({"key", "space"});
  } else {
    const Point button = play_button().center();
    std::vector<std::string> what = mouse_move(button);
    what.insert(what.end(), {"click", "1"});
    real(what);
    move(corner_of_rest);  // the twin, which has pressed nothing, would go on to say what the button does
  }
  until("the window to show that it plays", [this] { return shows_that_it_plays(); });
}

void Bench::play_until_it_stops(const std::function<void()>& started_by) {
  started_by ? started_by() : key("space");
  twin_.play_on();
  see();
}

void Bench::pause() {
  plays_ = false;
  real({"key", "space"});
  until("the window to show that it does not play", [this] { return !shows_that_it_plays(); });
}

Json Bench::wait_for(const std::string& what, const std::function<bool(const Json&)>& wanted) {
  Json found;
  until(what, [&] {
    take_lines();
    while (looked_at_ < trace_.size() && found.is_null()) {
      if (wanted(trace_[looked_at_])) found = trace_[looked_at_];
      ++looked_at_;
    }
    return !found.is_null();
  });
  follow_to(trace_.size());
  compare_lines();
  return found;
}

void Bench::stop() {
  plays_ = false;
  key("Right");
  see();
}

void Bench::next_step() {
  const int wanted = twin_.session().step_at_cursor() + 1;
  for (int turns = 0; turns < 4; ++turns) {
    std::vector<std::string> presses{"key"};
    do {
      twin_.key({.key = Key::PageDown});
      presses.emplace_back("Next");
      // A step that takes time has begun; the next press completes it.
    } while (!twin_.session().step_complete_at_cursor() && presses.size() < 4);
    // Together, so that the program has no time to complete it by itself in between.
    real(presses);
    see();
    if (twin_.session().step_at_cursor() == wanted) return;
    // It has shown the answer to the question of the step before.
  }
  give_up("the next step");
}

void Bench::see() {
  const double give_up_at = seconds_now() + deadline_s;
  for (;;) {
    take_lines();
    follow_to(trace_.size());
    const Picture& shown = Display::get().picture();
    if (same_picture(shown, twin_.picture())) break;
    if (seconds_now() > give_up_at) {
      give_up(fmt::format("the window to show what it should: {} pixels differ", difference(shown, twin_.picture())));
    }
    if (!program_.runs()) give_up("the program has ended");
    pause_between_looks();
  }
  compare_lines();
}

void Bench::same_trace() {
  until("the whole trace", [this] {
    take_lines();
    return real_.all.size() == twins_.all.size();
  });
  compare_lines();
}

void Bench::resize(int width, int height) {
  real({"search", "--onlyvisible", "--class", "raftlab", "windowsize", "--sync", std::to_string(width), std::to_string(height)});
}

void Bench::keep_picture(const std::string& name) { keep(Display::get().picture(), name_ + "-" + name); }

void Bench::quit() {
  same_trace();
  real({"key", "ctrl+q"});
  const std::optional<int> status = program_.wait(deadline_s);
  REQUIRE_MESSAGE(status.has_value(), "the program does not end after Ctrl+Q");
  CHECK(*status == 0);
  take_lines();
  CHECK(real_.all.size() == twins_.all.size());
}

void Bench::take_lines() {
  real_.read();
  twins_.read();
  for (std::size_t i = trace_.size(); i < real_.all.size(); ++i) {
    trace_.push_back(Json::parse(real_.all[i], nullptr, false));
    REQUIRE_MESSAGE(trace_.back().is_object(), "not JSON: " << real_.all[i]);
  }
}

void Bench::follow_to(std::size_t count) {
  while (twins_.all.size() < count) {
    const std::size_t before = twins_.all.size();
    if (by_hand(trace_[before])) give_up("somebody else to act: " + real_.all[before]);
    twin_.step();
    twins_.read();
    if (twins_.all.size() == before) give_up("the same line from the twin: " + real_.all[before]);
  }
}

void Bench::compare_lines() {
  twins_.read();
  for (; compared_ < std::min(real_.all.size(), twins_.all.size()); ++compared_) {
    REQUIRE(real_.all[compared_] == twins_.all[compared_]);
  }
}

void Bench::see_part(const Rect& place) {
  until("the window to show there what it should", [&] { return shows_as_the_twin(place); });
}

void Bench::until(const std::string& what, const std::function<bool()>& happened) {
  const double give_up_at = seconds_now() + deadline_s;
  while (!happened()) {
    if (!program_.runs()) give_up("the program has ended; " + what);
    if (seconds_now() > give_up_at) give_up(what);
    pause_between_looks();
  }
}

void Bench::give_up(const std::string& what) {
  keep(Display::get().picture(), name_ + "-failed");
  keep(twin_.picture(), name_ + "-failed-twin");
  FAIL(fmt::format("waited in vain for {}; the pictures are {} and …-twin.png", what, kept(name_ + "-failed.png")));
  std::abort();  // FAIL does not return
}

}  // namespace window_test
