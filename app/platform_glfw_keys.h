// From GLFW's keys and characters to ui::Key. Only for platform_glfw_input.cpp.
#pragma once

#include <optional>

#include "ui/input.h"

namespace app {

// Keys that mean the same in every layout (Space, Enter, arrows, F1 …).
std::optional<ui::Key> key_of_every_layout(int glfw_key);

// What the layout wrote. Nothing: a character that is no key of ours.
std::optional<ui::Key> key_of_character(char32_t character);

// For a press that wrote no key of ours (Ctrl is held, a dead key, a layout without Latin letters).
std::optional<ui::Key> key_without_character(int glfw_key, int scancode, bool shift);

}  // namespace app
