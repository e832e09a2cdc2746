// From the topmost down: the palette, dialogs, the home screen, a text field, a sheet or a menu, a list that Tab has reached.
#include "ui/key_routes.h"

#include <imgui.h>

#include <algorithm>

#include "ui/keys.h"
#include "ui/panels/panels.h"

namespace ui {

bool home_has_keys(const View& view, const UiState& state) {
  return state.library_open && !state.help_open && !state.settings.open && !state.text_open && !state.palette.open &&
         !state.steps_open && state.name_prompt.what == NamePrompt::For::Nothing && view.files == nullptr &&
         !(view.author != nullptr && state.author.text_open);
}

namespace {

/// In the settings the arrows go from one control to the next and change what is reached.
bool moves_in_settings(UiState& state, const KeyPress& press, FrameNotes& notes) {
  if (!state.settings.open || state.help_open || press.ctrl || press.shift) return false;
  switch (press.key) {
    case Key::Up: move_focus(state.focus, true); return true;
    case Key::Down: move_focus(state.focus, false); return true;
    case Key::Left: notes.nudge -= 1; return state.focus.widget != 0;
    case Key::Right: notes.nudge += 1; return state.focus.widget != 0;
    default: return false;
  }
}

/// In a menu of the stage that a key has opened the arrows go from row to row, and not out of it.
bool moves_in_menu(UiState& state, const KeyPress& press) {
  const StageMenu& menu = state.stage.menu;
  const auto in_menu = [&] { return std::find(menu.rows.begin(), menu.rows.end(), state.focus.widget) != menu.rows.end(); };
  if (menu.kind == StageMenu::Kind::Closed || !menu.by_key || !in_menu() || press.ctrl || press.shift) return false;
  const std::uint32_t before = state.focus.widget;
  switch (press.key) {
    case Key::Up: move_focus(state.focus, true); break;
    case Key::Down: move_focus(state.focus, false); break;
    case Key::Left: move_focus_towards(state.focus, {-1, 0}); break;
    case Key::Right: move_focus_towards(state.focus, {1, 0}); break;
    default: return false;
  }
  if (!in_menu()) state.focus.widget = before;
  return true;
}

/// In a list or a grid that Tab has reached the arrows go from row to row and from cell to cell.
bool moves_inside(const UiState& state, const KeyPress& press, FrameNotes& notes) {
  if (!state.focus.arrows_inside || state.focus.widget == 0 || press.ctrl || press.shift || press.alt) return false;
  ListKeys& list = notes.list;
  switch (press.key) {
    case Key::Up: --list.rows; return true;
    case Key::Down: ++list.rows; return true;
    case Key::Left: --list.columns; return true;
    case Key::Right: ++list.columns; return true;
    case Key::Home: list.ends = -1; return true;
    case Key::End: list.ends = 1; return true;
    default: return false;
  }
}

/// In a list with a field the arrows move in the list, whatever is typed.
bool moves_in_files(const View& view, const UiState& state, const KeyPress& press, FrameNotes& notes) {
  if (view.files == nullptr || state.help_open) return false;
  constexpr int page = 10;
  ListKeys& list = notes.list;
  switch (press.key) {
    case Key::Up: press.alt ? void(list.parent = true) : void(--list.rows); return true;
    case Key::Down: ++list.rows; return true;
    case Key::PageUp: list.rows -= page; return true;
    case Key::PageDown: list.rows += page; return true;
    case Key::Backspace: list.parent = state.files.text[0] == '\0'; return true;
    case Key::Enter: list.enter = view.files->replaces.empty(); return list.enter;
    default: return false;
  }
}

/// On the home screen the arrows go from card to card, and whatever writes is searched for.
bool moves_at_home(const View& view, UiState& state, const KeyPress& press, FrameNotes& notes) {
  if (!home_has_keys(view, state) || press.ctrl) return false;
  ListKeys& list = notes.list;
  switch (press.key) {
    case Key::Up: move_focus_towards(state.focus, {0, -1}); return true;
    case Key::Down: move_focus_towards(state.focus, {0, 1}); return true;
    case Key::Left: move_focus_towards(state.focus, {-1, 0}); return true;
    case Key::Right: move_focus_towards(state.focus, {1, 0}); return true;
    case Key::PageUp: --list.pages; return true;
    case Key::PageDown: ++list.pages; return true;
    case Key::Backspace: list.erase = true; return true;
    case Key::Enter: list.enter = state.focus.widget == 0; return list.enter;
    case Key::Space: return state.focus.widget == 0 || !state.home.search.empty();
    default: return press.key < Key::Space || press.key == Key::Home || press.key == Key::End;
  }
}

bool is_of_the_window(Command command) {
  return std::any_of(key_table().begin(), key_table().end(), [command](const KeyBinding& binding) {
    return binding.command == command && binding.group == KeyGroup::Window;
  });
}

/// What covers the run lets no key through to it.
bool goes_through(const View& view, const UiState& state, Command command) {
  const bool closes = command == Command::Close || command == Command::NextWidget || command == Command::PreviousWidget;
  if (view.files != nullptr) return closes;
  return !state.library_open || state.help_open || state.settings.open || is_of_the_window(command);
}

/// Enter and Space belong to the widget that Tab has reached.
bool activates(const UiState& state, const KeyPress& press) {
  return state.focus.widget != 0 && (press.key == Key::Enter || press.key == Key::Space);
}

/// The two keys of a presenter's remote, among others.
bool presents(std::optional<Command> command) { return command == Command::NextStep || command == Command::PreviousStep; }

/// A key that is held answers no question; of a walkthrough it goes one step, past no question and into no other lesson.
bool counts_once(const View& view, std::optional<Command> command) {
  return command == Command::QuitProgram || (presents(command) && view.guided());
}

}  // namespace

void handle_keys(const View& view, UiState& state, const Frame& frame, FrameNotes& notes) {
  const bool typing = ImGui::GetIO().WantTextInput;
  for (const KeyPress& press : frame.keys) {
    if (state.palette.open && palette_takes(state.palette, view, press)) continue;
    const std::optional<Command> command = command_of(press);
    if (moves_in_files(view, state, press, notes) || moves_at_home(view, state, press, notes)) continue;
    if (typing && command != Command::Close) continue;
    if (moves_in_settings(state, press, notes) || moves_in_menu(state, press) || moves_inside(state, press, notes)) continue;
    if (activates(state, press)) {
      if (!press.repeat) notes.activate = true;
    } else if (press.repeat && counts_once(view, command)) {
      continue;
    } else if (presents(command) && lies_over_panels(view, state)) {
      // A presenter's remote closes what lies over the run first, instead of moving what nobody sees.
      const bool remote = press.key == Key::PageDown || press.key == Key::PageUp;
      if (remote && !press.repeat && !asks_about_recovery(view, state)) close_topmost(press, view, state, notes.result.actions);
    } else if (command == Command::NextWidget || command == Command::PreviousWidget) {
      move_focus(state.focus, command == Command::PreviousWidget);
    } else if (command && goes_through(view, state, *command)) {
      run_command(*command, press, view, state, notes.result.actions);
    }
  }
}

}  // namespace ui
