// The table of keys and their names.
#include "ui/keys.h"

#include <array>

namespace ui {

namespace {

// KeyBinding: key, shift, ctrl, command, group, words
constexpr KeyBinding bindings[] = {
    {Key::Space, false, false, Command::PlayPause, KeyGroup::Playing, "key.space"},
    {Key::Right, false, false, Command::NextEvent, KeyGroup::Playing, "key.right"},
    {Key::Left, false, false, Command::PreviousEvent, KeyGroup::Playing, "key.left"},
    {Key::Right, false, true, Command::NextDelivery, KeyGroup::Playing, "key.ctrl_right"},
    {Key::Left, false, true, Command::PreviousDelivery, KeyGroup::Playing, "key.ctrl_left"},
    {Key::Right, true, false, Command::NextWorthSeeing, KeyGroup::Playing, "key.shift_right"},
    {Key::Left, true, false, Command::PreviousWorthSeeing, KeyGroup::Playing, "key.shift_left"},
    {Key::Home, false, false, Command::ToStart, KeyGroup::Playing, "key.home"},
    {Key::End, false, false, Command::ToEnd, KeyGroup::Playing, "key.end"},
    {Key::Up, false, false, Command::Faster, KeyGroup::Playing, "key.up"},
    {Key::Down, false, false, Command::Slower, KeyGroup::Playing, "key.down"},

    {Key::D, false, false, Command::Diagram, KeyGroup::Playing, "key.diagram"},
    {Key::Left, true, true, Command::DiagramEarlier, KeyGroup::Playing, "key.diagram_earlier"},
    {Key::Right, true, true, Command::DiagramLater, KeyGroup::Playing, "key.diagram_later"},
    {Key::Up, false, true, Command::DiagramCloser, KeyGroup::Playing, "key.diagram_closer"},
    {Key::Down, false, true, Command::DiagramWider, KeyGroup::Playing, "key.diagram_wider"},
    {Key::F, false, false, Command::DiagramStep, KeyGroup::Playing, "key.diagram_step"},
    {Key::F, true, false, Command::DiagramAll, KeyGroup::Playing, "key.diagram_all"},

    {Key::C, false, false, Command::Compare, KeyGroup::Playing, "key.compare"},

    {Key::PageDown, false, false, Command::NextStep, KeyGroup::Walkthrough, "key.page_down"},
    {Key::Enter, false, false, Command::NextStep, KeyGroup::Walkthrough, "key.page_down"},
    {Key::PageUp, false, false, Command::PreviousStep, KeyGroup::Walkthrough, "key.page_up"},
    {Key::Backspace, false, false, Command::PreviousStep, KeyGroup::Walkthrough, "key.page_up"},
    {Key::PageUp, true, false, Command::ReplayStep, KeyGroup::Walkthrough, "key.replay_step"},
    {Key::Backspace, true, false, Command::ReplayStep, KeyGroup::Walkthrough, "key.replay_step"},
    {Key::J, false, false, Command::Steps, KeyGroup::Walkthrough, "key.steps"},
    {Key::A, false, false, Command::Author, KeyGroup::Walkthrough, "key.author"},
    {Key::Period, false, false, Command::Blank, KeyGroup::Walkthrough, "key.blank"},
    {Key::B, false, false, Command::Blank, KeyGroup::Walkthrough, "key.blank"},

    {Key::Digit1, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit2, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit3, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit4, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit5, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit6, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit7, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit8, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit9, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::Digit0, false, false, Command::PickNode, KeyGroup::Acting, "key.digits"},
    {Key::K, false, false, Command::KillOrRestart, KeyGroup::Acting, "key.k"},
    {Key::T, false, false, Command::TimeOut, KeyGroup::Acting, "key.t"},
    {Key::W, false, false, Command::Write, KeyGroup::Acting, "key.w"},
    {Key::I, false, false, Command::Isolate, KeyGroup::Acting, "key.i"},
    {Key::M, false, false, Command::Menu, KeyGroup::Acting, "key.m"},
    {Key::P, false, false, Command::Lasso, KeyGroup::Acting, "key.p"},
    {Key::X, false, false, Command::Cut, KeyGroup::Acting, "key.x"},
    {Key::H, false, false, Command::Heal, KeyGroup::Acting, "key.h"},

    {Key::R, false, true, Command::Record, KeyGroup::Window, "key.record"},
    {Key::S, false, true, Command::Save, KeyGroup::Window, "key.save"},
    {Key::S, true, true, Command::SaveAs, KeyGroup::Window, "key.save_as"},
    {Key::Escape, false, false, Command::Close, KeyGroup::Window, "key.escape"},
    {Key::QuestionMark, false, false, Command::Help, KeyGroup::Window, "key.help"},
    {Key::F1, false, false, Command::Help, KeyGroup::Window, "key.help"},
    {Key::L, false, false, Command::Legend, KeyGroup::Window, "key.legend"},
    {Key::S, false, false, Command::SettingsSheet, KeyGroup::Window, "key.settings"},
    {Key::O, false, true, Command::Library, KeyGroup::Window, "key.library"},
    {Key::O, true, true, Command::OpenFile, KeyGroup::Window, "key.open_file"},
    {Key::Slash, false, false, Command::OpenPalette, KeyGroup::Window, "key.palette"},
    {Key::K, false, true, Command::OpenPalette, KeyGroup::Window, "key.palette"},
    {Key::V, false, false, Command::StateAsText, KeyGroup::Window, "key.state_as_text"},
    {Key::G, false, false, Command::Guessing, KeyGroup::Window, "key.guessing"},
    {Key::Plus, false, false, Command::Larger, KeyGroup::Window, "key.larger"},
    {Key::Equals, false, false, Command::Larger, KeyGroup::Window, "key.larger"},
    {Key::Plus, false, true, Command::Larger, KeyGroup::Window, "key.larger"},
    {Key::Equals, false, true, Command::Larger, KeyGroup::Window, "key.larger"},
    {Key::Minus, false, true, Command::Smaller, KeyGroup::Window, "key.smaller"},
    {Key::Minus, false, false, Command::MinusKey, KeyGroup::Window, "key.minus"},
    {Key::L, false, true, Command::NextLanguage, KeyGroup::Window, "key.language"},
    {Key::T, false, true, Command::NextTheme, KeyGroup::Window, "key.theme"},
    {Key::M, false, true, Command::ReducedMotion, KeyGroup::Window, "key.reduced_motion"},
    {Key::F2, false, false, Command::Room, KeyGroup::Window, "key.room"},
    {Key::F11, false, false, Command::FullScreen, KeyGroup::Window, "key.full_screen"},
    {Key::Tab, false, false, Command::NextWidget, KeyGroup::Window, "key.tab"},
    {Key::Tab, true, false, Command::PreviousWidget, KeyGroup::Window, "key.shift_tab"},
    {Key::Q, false, true, Command::QuitProgram, KeyGroup::Window, "key.quit"},
};

bool is_sign_or_digit(Key key) { return key >= Key::Digit0 && key <= Key::QuestionMark; }

const char* bare_name(Key key) {
  static constexpr std::array<const char*, 7> signs{".", ",", "/", "-", "+", "=", "?"};
  static constexpr std::array<const char*, 16> named{"Space", "Enter", "Esc",  "Tab",  "Backspace", "Delete",
                                                     "Insert", "←",    "→",    "↑",    "↓",         "Home",
                                                     "End",    "PgUp", "PgDn", "F1"};
  const auto number = static_cast<std::size_t>(key);
  if (key >= Key::Period && key <= Key::QuestionMark) return signs[number - static_cast<std::size_t>(Key::Period)];
  if (key >= Key::Space && key <= Key::F1) return named[number - static_cast<std::size_t>(Key::Space)];
  return "";
}

}  // namespace

std::span<const KeyBinding> key_table() { return bindings; }

const char* group_text(KeyGroup group) {
  switch (group) {
    case KeyGroup::Playing: return "key_group.playing";
    case KeyGroup::Walkthrough: return "key_group.walkthrough";
    case KeyGroup::Acting: return "key_group.acting";
    case KeyGroup::Window: return "key_group.window";
  }
  return "";
}

std::string key_name(const KeyBinding& binding) {
  std::string name;
  if (binding.ctrl) name += "Ctrl+";
  if (binding.shift) name += "Shift+";
  const Key key = binding.key;
  if (key <= Key::Z) return name + static_cast<char>('A' + static_cast<int>(key));
  if (key <= Key::Digit9) return name + static_cast<char>('0' + static_cast<int>(key) - static_cast<int>(Key::Digit0));
  if (key > Key::F1) return name + "F" + std::to_string(1 + static_cast<int>(key) - static_cast<int>(Key::F1));
  return name + bare_name(key);
}

std::vector<KeyLine> key_lines() {
  std::vector<KeyLine> lines;
  const KeyBinding* before = nullptr;
  for (const KeyBinding& binding : bindings) {
    if (before == nullptr || before->command != binding.command) lines.push_back({binding.group, {}, binding.text});
    lines.back().names.push_back(key_name(binding));
    before = &binding;
  }
  // Nine digits in a row are a range.
  for (KeyLine& line : lines) {
    if (line.names.size() > 9) line.names = {line.names[0] + " … " + line.names[8], line.names[9]};
  }
  return lines;
}

std::optional<Command> command_of(const KeyPress& press) {
  if (press.alt) return std::nullopt;
  for (const KeyBinding& binding : bindings) {
    if (binding.key != press.key || binding.ctrl != press.ctrl) continue;
    // Whether Shift writes a sign or a digit is the layout's business.
    if (binding.shift != press.shift && !is_sign_or_digit(press.key)) continue;
    return binding.command;
  }
  return std::nullopt;
}

}  // namespace ui
