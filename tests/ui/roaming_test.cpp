// Lists and grids by keyboard alone: Tab reaches the list of events and the table of logs, the arrows go on in them, and
// Enter does what a click does.
#include <doctest/doctest.h>

#include <cstring>

#include "tests/ui/window.h"

namespace ui::test {

namespace {

/// Tab until the arrows belong to the list or the grid that has changed this; false: there is none.
template <typename Reached>
bool tab_to(Window& window, const Played& played, Reached&& reached) {
  window.frame(played, usual_size);
  const std::size_t stops = window.state.focus.order.size();
  for (std::size_t i = 0; i < stops; ++i) {
    window.frame(played, usual_size, {press(Key::Tab)});
    if (window.state.focus.arrows_inside && reached()) return true;
  }
  return false;
}

/// A run with more entries than the table of logs is wide.
Played long_logs() {
  Played played(3);
  played.play_a_while();
  for (int i = 0; i < 40; ++i) {
    played.write("k", std::to_string(i));
    played.step(30);
  }
  return played;
}

/// Of what the table of logs has drawn.
int log_vertices() {
  int count = 0;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList* list = data->CmdLists[i];
    if (list->_OwnerName != nullptr && std::strstr(list->_OwnerName, "/log_") != nullptr) count += list->VtxBuffer.Size;
  }
  return count;
}

/// What the ring around the cell that the keyboard has reached takes; 0: it is not drawn. The focus is gone then.
int ring_vertices(Window& window, const Played& played) {
  window.frame(played, usual_size);
  const int with = log_vertices();
  REQUIRE(with > 0);
  window.state.focus.widget = 0;
  window.frame(played, usual_size);  // the cell is lit for one more frame
  window.frame(played, usual_size);
  return with - log_vertices();
}

}  // namespace

TEST_CASE("The list of events is reached by Tab; the arrows go from line to line, Enter goes to that event") {
  Played played(3);
  played.play_a_while();
  const std::int64_t here = played.run.position();
  Window window;
  REQUIRE(tab_to(window, played, [&] { return window.state.events_row == here; }));
  CHECK(window.frame(played, usual_size, {press(Key::Up)}).actions.empty());
  const std::int64_t before = window.state.events_row;
  CHECK(before < here);
  CHECK(window.state.hovered_event == before);  // lit in the diagram too
  const Actions actions = window.frame(played, usual_size, {press(Key::Enter)}).actions;
  REQUIRE(the_only<SeekEvent>(actions) != nullptr);
  CHECK(the_only<SeekEvent>(actions)->number == before);
  window.frame(played, usual_size, {press(Key::Down)});
  CHECK(window.state.events_row == here);
  CHECK(window.frame(played, usual_size, {press(Key::Enter)}).actions.empty());  // one stands there

  // The first line is scrolled into view.
  window.frame(played, usual_size, {press(Key::Home)});
  const std::int64_t first = window.state.events_row;
  CHECK(first < before);
  window.frame(played, usual_size);
  const Drawn drawn = window.drawn(played, usual_size);
  CHECK(std::any_of(drawn.begin(), drawn.end(), [&](const DrawnItem& item) {
    return item.panel.find("events") != std::string::npos && item.what == std::to_string(first) && item.box.top >= item.clip.top;
  }));
  window.frame(played, usual_size, {press(Key::End)});
  CHECK(window.state.events_row == here);
}

TEST_CASE("While the keyboard is elsewhere the arrows step as ever, and a click takes them back") {
  Played played(3);
  played.play_a_while();
  Window window;
  CHECK(the_only<StepBack>(window.frame(played, usual_size, {press(Key::Left)}).actions) != nullptr);
  REQUIRE(tab_to(window, played, [] { return true; }));
  CHECK(window.frame(played, usual_size, {press(Key::Left)}).actions.empty());
  CHECK(the_only<StepBack>(window.frame(played, usual_size, {{.key = Key::Left, .shift = true}}).actions) != nullptr);
  window.click(played, usual_size, {usual_size.width / 2, 2});
  CHECK(the_only<StepBack>(window.frame(played, usual_size, {press(Key::Left)}).actions) != nullptr);
}

TEST_CASE("The table of logs is reached by Tab; the arrows go from cell to cell, Enter opens node or entry") {
  const Played played = long_logs();
  Window window;
  REQUIRE(tab_to(window, played, [&] { return window.state.hovered.kind == Selection::Kind::Node; }));
  window.frame(played, usual_size, {press(Key::Down)});
  window.frame(played, usual_size, {press(Key::Enter)});
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Node, .node = raft::node_at(1)});
  window.frame(played, usual_size, {press(Key::Right)});
  window.frame(played, usual_size, {press(Key::Enter)});
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Entry, .node = raft::node_at(1), .entry = 1});
  window.frame(played, usual_size);
  CHECK(window.state.log_scroll.offset < 200);  // the first entry is in view
  window.frame(played, usual_size, {press(Key::End)});
  window.frame(played, usual_size, {press(Key::Enter)});
  const raft::Index last = window.state.selection.entry;
  CHECK(last > 20);
  CHECK(window.state.log_scroll.offset > 500);
  window.frame(played, usual_size, {press(Key::Home)});
  window.frame(played, usual_size, {press(Key::Up), press(Key::Up), press(Key::Up)});
  window.frame(played, usual_size, {press(Key::Enter)});
  CHECK(window.state.selection == Selection{.kind = Selection::Kind::Node, .node = raft::node_at(0)});
}

TEST_CASE("The ring of the table of logs goes out of view with its cell") {
  const Played played = long_logs();
  for (const bool scrolled : {false, true}) {
    CAPTURE(scrolled);
    Window window;
    REQUIRE(tab_to(window, played, [&] { return window.state.hovered.kind == Selection::Kind::Node; }));
    window.frame(played, usual_size, {press(Key::Right)});
    window.frame(played, usual_size);
    REQUIRE(window.state.log_scroll.offset < 200);
    if (scrolled) window.state.log_scroll.go_to(500);
    CHECK((ring_vertices(window, played) > 0) == !scrolled);
  }
}

TEST_CASE("In the table of logs the mouse goes before the keyboard: what lies under it is lit") {
  const Played played = long_logs();
  Window window;
  REQUIRE(tab_to(window, played, [&] { return window.state.hovered.kind == Selection::Kind::Node; }));
  const Selection by_keys = window.state.hovered;
  const Drawn drawn = window.drawn(played, usual_size);
  const auto command = std::find_if(drawn.begin(), drawn.end(), [](const DrawnItem& item) {
    return item.panel.find("/log_") != std::string::npos && item.what.starts_with("k=") && item.box.left > usual_size.width / 4;
  });
  REQUIRE(command != drawn.end());
  window.mouse = command->box.center();
  window.frame(played, usual_size);
  window.frame(played, usual_size);
  CHECK(window.state.hovered.kind == Selection::Kind::Entry);
  window.mouse = {-1e6F, -1e6F};
  window.frame(played, usual_size);
  window.frame(played, usual_size);
  CHECK(window.state.hovered == by_keys);
}

}  // namespace ui::test
