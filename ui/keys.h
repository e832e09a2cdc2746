// The one table of keys: key, what it does, and the words for it. The help overlay, `raftlab help keys` and the
// window itself read nothing else. What a command does is in key_commands.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/input.h"
#include "ui/ui.h"

namespace ui {

enum class Command : std::uint8_t {
  // playing
  PlayPause,
  NextEvent,
  PreviousEvent,
  NextDelivery,
  PreviousDelivery,
  NextWorthSeeing,
  PreviousWorthSeeing,
  ToStart,
  ToEnd,
  Diagram,
  DiagramEarlier,
  DiagramLater,
  DiagramCloser,
  DiagramWider,
  DiagramStep,
  DiagramAll,
  Compare,
  Faster,
  Slower,
  // walkthrough
  NextStep,
  PreviousStep,
  ReplayStep,
  Steps,
  Blank,
  Author,
  // acting
  PickNode,  // the key says which
  KillOrRestart,
  TimeOut,
  Write,
  Isolate,
  Menu,
  Lasso,
  Cut,
  Heal,
  // keeping
  Record,
  Save,
  SaveAs,
  // the window
  Close,
  Help,
  Legend,
  SettingsSheet,
  Library,
  OpenFile,
  OpenPalette,
  StateAsText,
  Guessing,
  Larger,
  Smaller,
  MinusKey,  // the eleventh node, or smaller text where there are fewer nodes
  NextLanguage,
  NextTheme,
  ReducedMotion,
  FullScreen,
  Room,
  NextWidget,
  PreviousWidget,
  QuitProgram,
};

enum class KeyGroup : std::uint8_t { Playing, Walkthrough, Acting, Window };

struct KeyBinding {
  Key key;
  bool shift = false;
  bool ctrl = false;
  Command command;
  KeyGroup group;
  const char* text;  // key of the words: "key.space"
};

std::span<const KeyBinding> key_table();
const char* group_text(KeyGroup group);  // key of the words

/// "Shift+→", as it is printed on the screen and in a terminal.
std::string key_name(const KeyBinding& binding);

/// Keys that do the same, in one line: {"?", "F1"}, {"1 … 9", "0"}.
struct KeyLine {
  KeyGroup group{};
  std::vector<std::string> names;
  const char* text = "";  // key of the words
};
std::vector<KeyLine> key_lines();

std::optional<Command> command_of(const KeyPress& press);

/// Closes what lies topmost over the run, as Escape does, which also stops what is under way.
void close_topmost(const KeyPress& press, const View& view, UiState& state, Actions& actions);
/// Does what the key says: changes what the UI remembers, or asks for an action.
void run_command(Command command, const KeyPress& press, const View& view, UiState& state, Actions& actions);

}  // namespace ui
