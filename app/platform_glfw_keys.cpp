// From GLFW's keys and characters to ui::Key. No state: which event belongs to which is decided in
// platform_glfw_input.cpp.
#include "app/platform_glfw_keys.h"

#include <GLFW/glfw3.h>

namespace app {

namespace {

ui::Key nth_after(ui::Key first, int offset) {
  return static_cast<ui::Key>(static_cast<int>(first) + offset);
}

}  // namespace

std::optional<ui::Key> key_of_every_layout(int glfw_key) {
  if (glfw_key >= GLFW_KEY_F1 && glfw_key <= GLFW_KEY_F12) {
    return nth_after(ui::Key::F1, glfw_key - GLFW_KEY_F1);
  }
  switch (glfw_key) {
    case GLFW_KEY_SPACE: return ui::Key::Space;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: return ui::Key::Enter;
    case GLFW_KEY_ESCAPE: return ui::Key::Escape;
    case GLFW_KEY_TAB: return ui::Key::Tab;
    case GLFW_KEY_BACKSPACE: return ui::Key::Backspace;
    case GLFW_KEY_DELETE: return ui::Key::Delete;
    case GLFW_KEY_INSERT: return ui::Key::Insert;
    case GLFW_KEY_LEFT: return ui::Key::Left;
    case GLFW_KEY_RIGHT: return ui::Key::Right;
    case GLFW_KEY_UP: return ui::Key::Up;
    case GLFW_KEY_DOWN: return ui::Key::Down;
    case GLFW_KEY_HOME: return ui::Key::Home;
    case GLFW_KEY_END: return ui::Key::End;
    case GLFW_KEY_PAGE_UP: return ui::Key::PageUp;
    case GLFW_KEY_PAGE_DOWN: return ui::Key::PageDown;
    default: return std::nullopt;
  }
}

std::optional<ui::Key> key_of_character(char32_t character) {
  if (character >= U'a' && character <= U'z') {
    return nth_after(ui::Key::A, static_cast<int>(character - U'a'));
  }
  if (character >= U'A' && character <= U'Z') {
    return nth_after(ui::Key::A, static_cast<int>(character - U'A'));
  }
  if (character >= U'0' && character <= U'9') {
    return nth_after(ui::Key::Digit0, static_cast<int>(character - U'0'));
  }
  switch (character) {
    case U'.': return ui::Key::Period;
    case U',': return ui::Key::Comma;
    case U'/': return ui::Key::Slash;
    case U'-':
    case U'\u2212': return ui::Key::Minus;
    case U'+': return ui::Key::Plus;
    case U'=': return ui::Key::Equals;
    case U'?':
    case U'\uFF1F': return ui::Key::QuestionMark;  // what a Chinese input method writes
    default: return std::nullopt;
  }
}

std::optional<ui::Key> key_without_character(int glfw_key, int scancode, bool shift) {
  // The keypad without Num Lock, and its signs under Ctrl.
  switch (glfw_key) {
    case GLFW_KEY_KP_0: return ui::Key::Insert;
    case GLFW_KEY_KP_1: return ui::Key::End;
    case GLFW_KEY_KP_2: return ui::Key::Down;
    case GLFW_KEY_KP_3: return ui::Key::PageDown;
    case GLFW_KEY_KP_4: return ui::Key::Left;
    case GLFW_KEY_KP_6: return ui::Key::Right;
    case GLFW_KEY_KP_7: return ui::Key::Home;
    case GLFW_KEY_KP_8: return ui::Key::Up;
    case GLFW_KEY_KP_9: return ui::Key::PageUp;
    case GLFW_KEY_KP_DECIMAL: return ui::Key::Delete;
    case GLFW_KEY_KP_ADD: return ui::Key::Plus;
    case GLFW_KEY_KP_SUBTRACT: return ui::Key::Minus;
    case GLFW_KEY_KP_DIVIDE: return ui::Key::Slash;
    default: break;
  }
  // The name is what the key writes in this layout without Shift.
  const char* name = glfwGetKeyName(glfw_key, scancode);
  if (name && name[0] != '\0' && name[1] == '\0') {
    const auto key = key_of_character(static_cast<unsigned char>(name[0]));
    if (key == ui::Key::Equals && shift) return ui::Key::Plus;
    if (key == ui::Key::Slash && shift) return ui::Key::QuestionMark;
    if (key) return key;
  }
  // A layout without Latin letters, or one whose digits need Shift: where the key lies.
  if (glfw_key >= GLFW_KEY_A && glfw_key <= GLFW_KEY_Z) {
    return nth_after(ui::Key::A, glfw_key - GLFW_KEY_A);
  }
  if (glfw_key >= GLFW_KEY_0 && glfw_key <= GLFW_KEY_9) {
    return nth_after(ui::Key::Digit0, glfw_key - GLFW_KEY_0);
  }
  return std::nullopt;
}

}  // namespace app
