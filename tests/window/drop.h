// Drag and drop from another program, as the window system has it (XDND): xdotool has no files to carry.
#pragma once

#include <string>

namespace window_test {

/// Offers the file to the window that accepts files on that display, with the mouse where it is, and lets it go over it.
/// Returns what is wrong, or "" when the window has taken it.
std::string drop_file(const std::string& display, const std::string& path);

}  // namespace window_test
