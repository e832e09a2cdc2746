// Times to a leader in the window: a slice in each frame, while the sheet is open; anew when the cluster has changed.
#include <doctest/doctest.h>

#include "raft/sim/world_hash.h"
#include "tests/app/running.h"

namespace app::test {

namespace {

/// Frames until nothing is to be done any more.
int frames_until_rest(Running& running) {
  int frames = 0;
  while (running.frame() == NextFrame::AtOnce && frames < 10'000) ++frames;
  return frames;
}

}  // namespace

TEST_CASE("app: elections are measured while the settings are open, and then it rests") {
  Running running({});
  App& app = *running.app;
  app.apply(ui::StartFreePlay{3});
  const std::uint64_t before = raft::sim::world_hash(app.session().run().world());
  app.apply(ui::MeasureElections{});
  frames_until_rest(running);
  CHECK(running.frame() == NextFrame::WhenSomethingHappens);  // the sheet is closed
  app.ui_state().settings.open = true;
  app.ui_state().settings.go_to_group = 1;
  CHECK(says(running, " of 1000 clusters so far"));
  CHECK(frames_until_rest(running) > 10);
  CHECK_FALSE(says(running, "clusters so far"));
  CHECK(says(running, "Half of them have a leader within"));
  CHECK(says(running, "Stable: elections are rarely in vain"));
  CHECK(raft::sim::world_hash(app.session().run().world()) == before);

  // Another cluster has other times: they are measured anew.
  app.apply(ui::Intervene{raft::sim::ChangeSetting{raft::sim::Setting::ElectionTimeout, {150'000, 150'000}}, raft::sim::Origin::Key});
  CHECK(frames_until_rest(running) > 10);
  CHECK(says(running, "No leader is elected"));

  app.apply(ui::MeasureElections{});
  running.frame();
  CHECK(says(running, "clusters so far"));
  app.apply(ui::MeasureElections{false});
  frames_until_rest(running);
  CHECK_FALSE(says(running, "clusters so far"));
  CHECK_FALSE(says(running, "No leader is elected"));
}

}  // namespace app::test
