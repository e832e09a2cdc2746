// The main function of the window test: software drawing, for the pictures are compared bit by bit.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/window/display.h"

int main(int argc, char** argv) {
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  // The twins are part of this process: what they keep is nobody's.
  setenv("XDG_DATA_HOME", window_test::kept("twins").c_str(), 1);
  setenv("XDG_STATE_HOME", window_test::kept("twins").c_str(), 1);
  doctest::Context context(argc, argv);
  return context.run();
}
