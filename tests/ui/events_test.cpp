// The list of events: where it stands, and who moves it.
#include "tests/ui/window.h"

namespace ui::test {

namespace {

constexpr Size2 small{1280, 720};

/// Where the line of the event one stands at is drawn, by its number.
std::optional<float> top_of_here(Window& window, const Played& played) {
  const std::string number = std::to_string(played.run.position());
  for (const DrawnItem& item : window.drawn(played, small)) {
    if (item.panel.find("events") != std::string::npos && item.what == number) return item.box.top;
  }
  return std::nullopt;
}

void wheel(Window& window, const Played& played, float notches) {
  window.mouse = {1100, 480};
  window.frame(played, small);
#if IMGUI_VERSION_NUM >= 18700
  ImGui::GetIO().AddMouseWheelEvent(0, notches);
#else
  ImGui::GetIO().MouseWheel = notches;
#endif
  window.frame(played, small);
}

}  // namespace

TEST_CASE("an event whose reasons are longer than the list can be read to their end, and the list follows the cursor again") {
  Window window;
  Played played(5);
  while (raft::sim::current_leader(played.run.world()) == raft::no_node) played.step(1);
  const auto first = top_of_here(window, played);
  REQUIRE(first.has_value());
  wheel(window, played, -1);
  const auto scrolled = top_of_here(window, played);
  CHECK((!scrolled || *first - *scrolled > 20));
  wheel(window, played, 20);  // far up: older events
  const auto gone = top_of_here(window, played);
  CHECK((!gone.has_value() || *gone > *first));
  for (int i = 0; i < 3; ++i) CHECK(top_of_here(window, played) == gone);  // and stays there
  played.step(1);  // the cursor moves: the list goes along
  const auto next = top_of_here(window, played);
  REQUIRE(next.has_value());
  CHECK(*next < 528);
}

}  // namespace ui::test
