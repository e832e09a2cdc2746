// The real program in a real window, and its twin. What is done is done to both: to the one with the mouse and the
// keyboard of the display, to the other by calling it. Two things must then be the same, always: every line of
// the trace, and, while nothing plays, every pixel.
#pragma once

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/window/display.h"
#include "tests/window/process.h"
#include "tests/window/twin.h"

namespace window_test {

using Json = nlohmann::json;

inline constexpr ui::Rect whole_window{0, 0, Display::width, Display::height};

struct BenchOptions {
  std::string name;       // of what is kept
  std::string file = {};  // a walkthrough
  int speed_exponent = 1;  // simulated time runs at twice the speed of real time
  bool comes_back = false;  // with what the program of that name has remembered
};

/// The program alone, without a twin.
Start program_start(const BenchOptions& options);
/// Where it keeps what is its user's: `kind` is data or state.
std::string kept_by(const std::string& name, const std::string& kind);

class Bench {
 public:
  explicit Bench(const BenchOptions& options);
  ~Bench();

  Twin& twin() { return twin_; }
  Process& program() { return program_; }
  const std::vector<Json>& trace() const { return trace_; }

  // --- by mouse ---
  void move(ui::Point at);
  void press();
  void release();
  void drag(const std::vector<ui::Point>& way);  // up to the release, which is to be an act
  /// The line of a tool, drawn while the run goes on; up to the release, too.
  void draw_while_it_plays(const std::vector<ui::Point>& way);
  void click(ui::Point at);
  /// One notch of the wheel: up, or away from the hand, is 1.
  void wheel(ui::Point at, int notch);
  /// On the middle of words (a key of the texts) or of an icon that can be read inside `within`.
  void click_on(std::string_view text, const ui::Rect& within);
  void click_text(std::string_view key, const ui::Rect& within);
  /// A file that another program has dragged here is let go over the window.
  void drop(const std::string& file, ui::Point at);
  ui::Rect find(std::string_view text, const ui::Rect& within);
  ui::Point middle_of(raft::NodeId node);

  // --- by keyboard; as xdotool names them: space, Right, ctrl+l ---
  void key(const std::string& name);
  void type(const std::string& text);
  void hold_alt(bool down);

  /// Does one thing, at rest or while it plays, that changes the run: a click or a key, not several, for the twin
  /// does it when the trace has told at which moment it happened. At rest, waits until it shows. Returns the line of
  /// the trace.
  Json act(const std::function<void()>& doing);

  /// Starts to play, by the button or by Space. The twin does not play: it follows the trace.
  enum class By { Mouse, Space };
  void play(By how = By::Mouse);
  /// Space in both (or what else makes them play), until they stop by themselves: at the same place, for that does not
  /// depend on how fast they are.
  void play_until_it_stops(const std::function<void()>& started_by = {});
  /// Space again, somewhere between two events.
  void pause();
  /// Until there is a line of the trace as wanted, after the last that was waited for or done. Returns it.
  Json wait_for(const std::string& what, const std::function<bool(const Json&)>& wanted);
  /// Stops at an event, so that both stand at exactly the same place, and waits for the picture.
  void stop();

  /// The next step of the walkthrough, by a presenter's key, to its end.
  void next_step();

  /// The window's size, in pixels; the twin keeps its own, so that nothing is to be seen afterwards.
  void resize(int width, int height);

  /// Waits until the window shows what the twin shows.
  void see();
  /// The same for a place where nothing moves, while it plays.
  void see_part(const ui::Rect& place);
  /// Waits for anything; fails in time.
  void until(const std::string& what, const std::function<bool()>& happened);
  /// Waits until the twin and the program have written the same number of lines, and compares them.
  void same_trace();
  void keep_picture(const std::string& name);

  std::string words(std::string_view key) const;

  /// Ctrl+Q; the program ends well.
  void quit();

 private:
  void real(const std::vector<std::string>& what);
  void twin_does(const std::function<void()>& what);
  void take_lines();
  void follow_to(std::size_t count);
  void compare_lines();
  ui::Rect play_button();
  bool shows_that_it_plays();
  bool shows_as_the_twin(const ui::Rect& place);
  [[noreturn]] void give_up(const std::string& what);

  /// A file that grows line by line.
  struct Lines {
    std::string path;
    std::size_t bytes = 0;
    std::string rest = {};  // of a line that is not complete
    std::vector<std::string> all = {};
    void read();
  };

  std::string name_;
  Lines real_;
  Lines twins_;
  std::vector<Json> trace_;
  std::size_t compared_ = 0;
  std::size_t looked_at_ = 0;  // by wait_for and act
  bool plays_ = false;
  std::vector<std::function<void()>>* later_ = nullptr;
  raft::explain::Words words_;
  Twin twin_;
  Process program_;
};

}  // namespace window_test
