// Windows that nobody can use, but a window manager may make: nothing asserts, nothing is drawn outside, and the window
// is as before when it has its size again.
#include <doctest/doctest.h>

#include "raft/sim/world_hash.h"
#include "tests/ui/window.h"

namespace ui::test {

TEST_CASE("a window one pixel high, one pixel wide, or both, is drawn like any other") {
  Played played(5);
  played.play_a_while();
  const std::uint64_t hash = raft::sim::world_hash(played.run.world());
  Window window;
  window.message = "something is said";
  constexpr Size2 usual{1280, 720};
  for (const Size2 size : {Size2{1280, 1}, Size2{1, 720}, Size2{1, 1}, Size2{40, 30}, Size2{8000, 2}}) {
    CAPTURE(size.width);
    CAPTURE(size.height);
    for (const bool settings : {false, true}) {
      window.state.settings.open = settings;
      for (const Point at : {Point{0, 0}, Point{size.width / 2, size.height / 2}}) {
        CHECK(window.click(played, size, at).empty());
      }
    }
    window.state.settings.open = false;
    window.mouse = {-1e6F, -1e6F};
    for (int frame = 0; frame < 3; ++frame) window.frame(played, usual);
    CHECK(ImGui::GetDrawData()->TotalVtxCount > 1000);
  }
  CHECK(raft::sim::world_hash(played.run.world()) == hash);
}

}  // namespace ui::test
