// Stands in for the window and the drawing of pictures until they are linked.
#include <cstdio>

#include "app/cli.h"

namespace app {

int open_window(const WindowRequest&) {
  std::fputs("raftlab: the window is not built yet in this version\n", stderr);
  return exit_surroundings;
}

int render(const RenderRequest&) {
  std::fputs("raftlab: 'render' is not built yet in this version\n", stderr);
  return exit_surroundings;
}

}  // namespace app
