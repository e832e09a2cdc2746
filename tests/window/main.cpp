// The main function of the window test: software drawing, for the pictures are compared bit by bit.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>

int main(int argc, char** argv) {
  setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  doctest::Context context(argc, argv);
  return context.run();
}
