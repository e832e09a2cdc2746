// The window of a build without one (preset `headless`): it says so.
#include "app/platform.h"

namespace app {

WindowResult run_window(const WindowOptions&, const Screen&, std::string* why_not) {
  if (why_not) *why_not = "this build has no window";
  return WindowResult::NoDisplay;
}

void set_full_screen(bool) {}
bool is_full_screen() { return false; }
void set_title(const std::string&) {}

}  // namespace app
