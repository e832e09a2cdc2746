// How many lanes the space-time diagram has, and how high they are.
#include <algorithm>

#include "tests/ui/window.h"
#include "ui/diagram_scene.h"

namespace ui::test {

TEST_CASE("As many clients have a lane as leave the nodes room, three in any case") {
  Played played(3);
  played.play_a_while();
  for (int i = 0; i < 12; ++i) played.write("k" + std::to_string(i), "1");
  REQUIRE(played.run.world().clients.size() > 8);
  DiagramState state;
  const auto lanes = [&](float height) {
    const DiagramScene scene = make_diagram({.run = played.run, .state = state, .rewrites = 0, .unit = 1, .hide_heartbeats = false, .area = {0, 0, 1000, height}});
    float least = 1e9F;
    for (const DiagramLane& lane : scene.lanes) {
      if (lane.end.is_node()) least = std::min(least, lane.row.height());
    }
    return std::pair(scene.lanes.size() - 3, least);
  };
  CHECK(lanes(170).first == 3);
  const auto [some, row] = lanes(250);
  CHECK(some > 3);
  CHECK(some < 8);
  CHECK(row >= roomy_lane);
  CHECK(lanes(600).first == 8);
}

}  // namespace ui::test
