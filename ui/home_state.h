// What the home screen remembers between frames.
#pragma once

#include <string>
#include <vector>

#include "ui/scroll_state.h"

namespace ui {

struct HomeState {
  std::string search;
  ScrollState scroll{.at_end = false};
  std::vector<float> tops;  // of the sections, from the start of the content
  int go_to = -1;           // section to scroll to in this frame
};

}  // namespace ui
