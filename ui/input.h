// The keys that the window understands, and one press of one of them. No library's key codes here:
// the platform translates, so that a window, an off-screen test and a recording share one list.
#pragma once

#include <cstdint>

namespace ui {

// Letters, digits and signs are what the keyboard layout writes, not where the key lies: `?` is
// QuestionMark wherever it is, and never also Slash; `w` and `W` are both W, told apart by `shift`.
// clang-format off
enum class Key : std::uint8_t {
  A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z,
  Digit0, Digit1, Digit2, Digit3, Digit4, Digit5, Digit6, Digit7, Digit8, Digit9,
  Period, Comma, Slash, Minus, Plus, Equals, QuestionMark,
  Space, Enter, Escape, Tab, Backspace, Delete, Insert,
  Left, Right, Up, Down, Home, End, PageUp, PageDown,
  F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12,
};
// clang-format on

// `repeat`: the key is being held and the system sends it again.
struct KeyPress {
  Key key = Key::Escape;
  bool shift = false;
  bool ctrl = false;
  bool alt = false;
  bool repeat = false;

  friend bool operator==(const KeyPress&, const KeyPress&) = default;
};

}  // namespace ui
