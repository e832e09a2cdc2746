// Where scrolled content stands.
#pragma once

namespace ui {

/// Scrolled content. `at_end` holds on to the end while more is added.
struct ScrollState {
  float offset = 0;  // points from the start
  float content = 0;
  bool at_end = true;
  float grabbed = -1;  // where in the handle the mouse took hold of it

  /// There, and no longer kept at the end.
  void go_to(float where) {
    offset = where;
    at_end = false;
  }
};

}  // namespace ui
