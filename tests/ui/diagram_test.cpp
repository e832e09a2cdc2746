// The space-time diagram: its geometry, what it costs, what a click and a drag ask for.
#include "ui/diagram_scene.h"

#include <array>
#include <cstring>

#include "tests/ui/window.h"
#include "ui/layout.h"

namespace ui::test {

using raft::explain::Language;
using raft::sim::Time;

namespace {

constexpr Size2 usual{1600, 900};

Layout layout_with_diagram(Size2 size, int nodes) {
  return make_layout({.width = size.width, .height = size.height, .nodes = nodes, .diagram = true});
}

DiagramScene scene_of(const Played& played, DiagramState& state, Rect area) {
  return make_diagram({.run = played.run, .state = state, .rewrites = 0, .unit = 1, .hide_heartbeats = false, .area = area});
}

/// A place on a line where nothing else is hit.
std::optional<Point> free_place(const DiagramScene& scene, const DiagramState& state, const DiagramLine& line) {
  for (float share = 0.2F; share < 0.85F; share += 0.01F) {
    const Point at = between(line.from, line.to, share);
    const DiagramHit hit = hit_diagram(scene, state, at);
    if (hit.kind == DiagramHit::Kind::Message && hit.message == line.flight->flight.id) return at;
  }
  return std::nullopt;
}

/// Until a message that is no heartbeat can be clicked on; stands at an event.
struct Met {
  raft::sim::MessageId message;
  Point at;
  Point head;
  Time ends_at;
};
Met meet(Played& played, Window& window, DiagramTense tense) {
  const Rect area = layout_with_diagram(usual, static_cast<int>(played.run.world().node_count())).diagram;
  for (int i = 0; i < 400; ++i) {
    played.step(1);
    window.frame(played, usual);
    const DiagramScene scene = scene_of(played, window.state.diagram, area);
    for (const DiagramLine& line : scene.lines) {
      if (line.tense != tense || line.quiet || line.dies || line.flight->end_event == played.run.position()) continue;
      if (!scene.plot.contains(line.from) || !scene.plot.contains(line.to)) continue;
      if (tense == DiagramTense::Past && line.flight->sent_event < 0) continue;
      const std::optional<Point> at = free_place(scene, window.state.diagram, line);
      const DiagramHit head = hit_diagram(scene, window.state.diagram, line.to);
      if (at && head.kind == DiagramHit::Kind::Head && head.message == line.flight->flight.id) {
        return {line.flight->flight.id, *at, line.to, line.ends_at};
      }
    }
  }
  FAIL("no message was met");
  return {};
}

/// Inside the part that is clipped to, for the lists of these panels.
void check_within(const char* panel) {
  const ImDrawData* data = ImGui::GetDrawData();
  int found = 0;
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList* list = data->CmdLists[i];
    if (list->_OwnerName == nullptr || std::strstr(list->_OwnerName, panel) == nullptr) continue;
    ++found;
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.ElemCount == 0) continue;
      CHECK(command.ClipRect.z > command.ClipRect.x);
    }
  }
  CHECK(found == 1);
}

}  // namespace

TEST_CASE("A time and its place in the diagram lead back to each other") {
  const DiagramScale scale{100, 900, 40'000, 200'000};
  CHECK(scale.x_of(40'000) == doctest::Approx(100));
  CHECK(scale.x_of(240'000) == doctest::Approx(900));
  for (const Time time : {40'000, 77'777, 140'000, 239'999}) CHECK(std::abs(scale.time_at(scale.x_of(time)) - time) <= 20);
}

TEST_CASE("What lies under the mouse stays there when the diagram is zoomed, and the view keeps to the run") {
  Played played(5);
  played.step(2000);
  DiagramState state;
  const Rect area{0, 0, 1000, 400};
  scene_of(played, state, area);
  const Time around = state.from + state.span / 4;
  for (const double factor : {0.5, 0.7, 1.3, 2.0}) {
    const DiagramScale before{0, 1000, state.from, state.span};
    zoom(state, played.run, around, factor);
    const DiagramScale after{0, 1000, state.from, state.span};
    CHECK(after.x_of(around) == doctest::Approx(before.x_of(around)).epsilon(0.01));
  }
  for (int i = 0; i < 60; ++i) zoom(state, played.run, around, 0.5);
  CHECK(state.span == least_span);
  for (int i = 0; i < 60; ++i) zoom(state, played.run, around, 2);
  CHECK(state.span <= played.run.clock() * 5 / 4);
  pan(state, played.run, 1'000'000'000'000);
  CHECK(state.from < played.run.clock());
  pan(state, played.run, -1'000'000'000'000);
  CHECK(state.from + state.span > 0);
  CHECK(state.from <= 0);
}

TEST_CASE("The view follows the cursor where it moves, and stays where it was put while the cursor rests") {
  Played played(3);
  DiagramState state;
  const Rect area{0, 0, 1000, 400};
  for (int i = 0; i < 300; ++i) {
    played.step(1);
    const DiagramScene scene = scene_of(played, state, area);
    const float x = scene.scale.x_of(played.run.clock());
    CHECK(x >= scene.plot.left);
    CHECK(x <= scene.plot.right);
  }
  pan(state, played.run, -state.span * 2);
  const Time put = state.from;
  scene_of(played, state, area);
  CHECK(state.from == put);
}

TEST_CASE("Every message has its beginning and its end in the diagram, as the run tells them") {
  Played played(5);
  played.play_a_while();
  played.act(raft::sim::Isolate{.nodes = raft::NodeSet::first(2)});
  played.step(80);
  DiagramPast past;
  refresh(past, played.run, 0, 0, played.run.clock());
  int arrived = 0;
  int lost = 0;
  for (const raft::sim::Event& event : played.run.events(1, played.run.position())) {
    if (!event.flight || (event.kind != raft::sim::EventKind::Receive && event.kind != raft::sim::EventKind::Lose)) continue;
    const PastFlight* flight = past.find(event.flight->id);
    REQUIRE(flight != nullptr);
    CHECK(flight->end_event == event.number);
    CHECK(flight->ended_at == event.at);
    CHECK(flight->lost == (event.kind == raft::sim::EventKind::Lose));
    CHECK(flight->flight.sent_at == event.flight->sent_at);
    ++(flight->lost ? lost : arrived);
  }
  CHECK(arrived > 50);
  CHECK(lost > 0);
  for (std::size_t i = 0; i < played.run.world().network.in_flight(); ++i) {
    const PastFlight* flight = past.find(played.run.world().network.flight(i).id);
    REQUIRE(flight != nullptr);
    CHECK(flight->end_event == -1);
  }
}

TEST_CASE("What is kept of the past grows with the run and is the same as if it were read at once") {
  Played played(5);
  played.step(100);
  DiagramPast growing;
  for (int i = 0; i < 200; ++i) {
    played.step(1);
    refresh(growing, played.run, 0, 0, played.run.clock());
    CHECK(growing.replayed <= 102);
  }
  DiagramPast whole;
  refresh(whole, played.run, 0, 0, played.run.clock());
  REQUIRE(growing.flights.size() == whole.flights.size());
  for (std::size_t i = 0; i < whole.flights.size(); ++i) {
    CHECK(growing.flights[i].flight.id == whole.flights[i].flight.id);
    CHECK(growing.flights[i].end_event == whole.flights[i].end_event);
    CHECK(growing.flights[i].sent_event == whole.flights[i].sent_event);
  }
  CHECK(growing.events.size() == whole.events.size());
}

TEST_CASE("A cut is a span of time, until it is healed") {
  Played played(5);
  played.play_a_while();
  const Time cut_at = played.run.clock();
  played.act(raft::sim::Isolate{.nodes = raft::NodeSet::first(2)});
  played.step(60);
  const Time healed_at = played.run.clock();
  played.act(raft::sim::Heal{});
  played.step(60);
  DiagramCuts cuts;
  const std::vector<CutSpan> spans = cuts_between(cuts, played.run, 0, 0, played.run.clock());
  REQUIRE(spans.size() == 1);
  CHECK(spans[0].from == cut_at);
  CHECK(spans[0].to == healed_at);
  CHECK(spans[0].links->islands.size() > 1);
  cuts_between(cuts, played.run, 0, 0, played.run.clock());
  CHECK(cuts.replays == 0);
}

TEST_CASE("A frame of the diagram costs the same after a million events, near and far") {
  Played played(5);
  while (played.run.end() < 1'000'000 && played.run.step()) {
  }
  REQUIRE(played.run.end() == 1'000'000);
  Window window;
  window.state.diagram.open = true;
  window.frame(played, usual);
  DiagramState& diagram = window.state.diagram;
  CHECK(diagram.index.stretches.size() <= DiagramIndex::stretches_max);
  CHECK(diagram.work.lines > 0);
  CHECK(diagram.work.lines < 1500);
  CHECK(diagram.work.replayed < 2000);
  CHECK(diagram.work.read == 0);
  for (const double share : {1.0, 0.1, 0.01, 0.001}) {
    show_all(diagram, played.run);
    diagram.span = static_cast<Time>(static_cast<double>(diagram.span) * share);
    window.frame(played, usual);
    CAPTURE(share);
    CHECK(diagram.work.lines < 1500);
    CHECK(diagram.work.columns <= 800);
    CHECK(diagram.work.marks <= 16'000);
    CHECK(diagram.work.read <= most_records_read + DiagramIndex::stretches_max);
    CHECK(ImGui::GetDrawData()->TotalVtxCount < 250'000);
    window.frame(played, usual);
    CHECK(diagram.work.read == 0);  // nothing has changed
    CHECK(diagram.work.replayed == 0);
  }
}

TEST_CASE("Columns of stretches and columns of records tell the same of every lane") {
  Played played(5);
  played.step(6000);
  played.act(raft::sim::Crash{.nodes = raft::NodeSet::first(2)});
  played.step(4000);
  DiagramIndex index;
  refresh(index, played.run, 0);
  DiagramColumns columns;
  refresh(columns, index, played.run, 0, played.run.clock(), 40);
  REQUIRE(columns.columns.size() == 40);
  const LaneBriefs& last = columns.columns.back();
  const LaneBriefs& stretch = index.stretches.back();
  for (std::size_t node = 0; node < 5; ++node) {
    const raft::sim::Machine& machine = played.run.world().machines[node];
    CHECK(last[node].up == machine.up);
    CHECK(stretch[node].up == machine.up);
    if (!machine.up) continue;
    CHECK(last[node].role == machine.node.memory.role);
    CHECK(last[node].term == machine.node.durable.current_term);
    CHECK(stretch[node].term == machine.node.durable.current_term);
  }
}

TEST_CASE("With the diagram open the panels still fill the window, at every size and number of nodes") {
  for (const Size2 size : {Size2{1280, 720}, {1600, 900}, {1920, 1080}, {3840, 2160}}) {
    for (int nodes = 1; nodes <= 11; ++nodes) {
      for (const bool room : {false, true}) {
        const Layout layout = make_layout({.width = size.width, .height = size.height, .text_scale = room ? 2.0F : 1.0F,
                                           .nodes = nodes, .diagram = true, .room = room});
        CAPTURE(size.width);
        CAPTURE(nodes);
        CAPTURE(room);
        CHECK(is_empty(layout.log));
        CHECK_FALSE(is_empty(layout.diagram));
        CHECK(layout.diagram.top == layout.stage.bottom);
        CHECK(layout.diagram.bottom == layout.safety.top);
        CHECK((is_empty(layout.stage) || layout.stage.height() >= 150));
        if (!room) CHECK_FALSE(is_empty(layout.stage));
      }
    }
  }
}

TEST_CASE("The diagram is drawn at every size, in both languages and themes, and changes nothing") {
  Window window;
  window.state.diagram.open = true;
  for (const int nodes : {1, 3, 5, 11}) {
    Played played(nodes);
    played.play_a_while();
    for (const Size2 size : {Size2{1280, 720}, {1600, 900}, {3840, 2160}}) {
      for (const Language language : {Language::English, Language::Chinese}) {
        for (const bool room : {false, true}) {
          window.language = language;
          window.theme = language == Language::English ? ThemeName::Paper : ThemeName::Ink;
          window.state.room = room;
          CHECK(window.frame(played, size).actions.empty());
          check_within("/diagram_");
        }
      }
    }
  }
}

TEST_CASE("A click on a lane goes to that moment, and one behind the end plays up to it") {
  Played played(5);
  played.play_a_while();
  Window window;
  window.state.diagram.open = true;
  window.frame(played, usual);
  const Rect area = layout_with_diagram(usual, 5).diagram;
  const DiagramScene scene = scene_of(played, window.state.diagram, area);
  bool sought = false;
  for (float x = scene.plot.left + 20; x < scene.scale.x_of(played.run.clock()) - 20 && !sought; x += 7) {
    const Point at{x, scene.lanes.back().row.bottom - 3};
    if (hit_diagram(scene, window.state.diagram, at).kind != DiagramHit::Kind::Lane) continue;
    const Actions actions = window.click(played, usual, at);
    const auto* seek = the_only<SeekTime>(actions);
    REQUIRE(seek != nullptr);
    CHECK(std::abs(seek->time - std::max<Time>(0, scene.scale.time_at(x))) <= 1);
    sought = true;
  }
  CHECK(sought);
  const Point beyond{scene.plot.right - 12, scene.lanes.back().row.bottom - 3};
  REQUIRE(hit_diagram(scene, window.state.diagram, beyond).kind == DiagramHit::Kind::Lane);
  const Actions actions = window.click(played, usual, beyond);
  REQUIRE(the_only<PlayUntil>(actions) != nullptr);
  CHECK(the_only<PlayUntil>(actions)->time > played.run.clock());
}

TEST_CASE("The scissors drop the message whose line is clicked, the copy tool duplicates it, by mouse") {
  for (const DiagramTool tool : {DiagramTool::Snip, DiagramTool::Copy}) {
    Played played(5);
    Window window;
    window.state.diagram.open = true;
    const Met met = meet(played, window, DiagramTense::OnItsWay);
    window.state.diagram.tool = tool;
    const Actions actions = window.click(played, usual, met.at);
    const auto* act = the_only<Intervene>(actions);
    REQUIRE(act != nullptr);
    CHECK(act->origin == raft::sim::Origin::Mouse);
    if (tool == DiagramTool::Snip) {
      REQUIRE(std::holds_alternative<raft::sim::DropMessage>(act->what));
      CHECK(std::get<raft::sim::DropMessage>(act->what).pick.id == met.message);
    } else {
      REQUIRE(std::holds_alternative<raft::sim::DuplicateMessage>(act->what));
      CHECK(std::get<raft::sim::DuplicateMessage>(act->what).pick.id == met.message);
    }
  }
}

TEST_CASE("A message that has arrived is met again just before its end, and dropped there") {
  Played played(5);
  Window window;
  window.state.diagram.open = true;
  const Met met = meet(played, window, DiagramTense::Past);
  const std::int64_t end_event = window.state.diagram.past.find(met.message)->end_event;
  window.state.diagram.tool = DiagramTool::Snip;
  const Actions actions = window.click(played, usual, met.at);
  REQUIRE(actions.size() == 2);
  REQUIRE(std::holds_alternative<SeekEvent>(actions[0]));
  CHECK(std::get<SeekEvent>(actions[0]).number == end_event - 1);
  REQUIRE(std::holds_alternative<Intervene>(actions[1]));
  const auto& what = std::get<Intervene>(actions[1]).what;
  REQUIRE(std::holds_alternative<raft::sim::DropMessage>(what));
  CHECK(std::get<raft::sim::DropMessage>(what).pick.id == met.message);
  // There it acts: it is on its way then.
  played.run.seek(end_event - 1);
  CHECK_FALSE(raft::sim::refusal(played.run.world(), what).has_value());
}

TEST_CASE("A message that has not been sent yet is not changed, and its menu says why") {
  Played played(5);
  Window window;
  window.state.diagram.open = true;
  const Met met = meet(played, window, DiagramTense::Past);
  const std::int64_t sent = window.state.diagram.past.find(met.message)->sent_event;
  played.run.seek(sent - 1);
  window.state.diagram.clock = played.run.clock();  // the view stays
  window.state.diagram.tool = DiagramTool::Snip;
  CHECK(window.click(played, usual, met.at).empty());
  CHECK(window.state.diagram.menu.message == met.message);
}

TEST_CASE("A head that is dragged to the right is delivered so much later; to the left nothing happens") {
  for (const float by : {60.0F, -60.0F}) {
    Played played(5);
    Window window;
    window.state.diagram.open = true;
    const Met met = meet(played, window, DiagramTense::OnItsWay);
    const DiagramScene scene = scene_of(played, window.state.diagram, layout_with_diagram(usual, 5).diagram);
    const Actions actions = window.drag(played, usual, {met.head, met.head + Point{by / 2, 0}, met.head + Point{by, 0}});
    if (by < 0) {
      CHECK(actions.empty());
      continue;
    }
    const auto* act = the_only<Intervene>(actions);
    REQUIRE(act != nullptr);
    REQUIRE(std::holds_alternative<raft::sim::DelayMessage>(act->what));
    const auto& delay = std::get<raft::sim::DelayMessage>(act->what);
    CHECK(delay.pick.id == met.message);
    const raft::sim::Time wanted = scene.scale.time_at(met.head.x + by) - met.ends_at;
    const raft::sim::Time a_point = scene.scale.time_at(met.head.x + 1) - scene.scale.time_at(met.head.x);
    CHECK(std::abs(delay.by - wanted) <= a_point);  // the mouse stands on whole points
    CHECK(delay.by > 0);
  }
}

TEST_CASE("Escape lets go of a dragged head: nothing is delayed") {
  Played played(5);
  Window window;
  window.state.diagram.open = true;
  const Met met = meet(played, window, DiagramTense::OnItsWay);
  Actions actions;
  const Point there = met.head + Point{60, 0};
  window.point(played, usual, met.head, false, actions);
  for (const Point at : {met.head, met.head + Point{30, 0}, there}) window.point(played, usual, at, true, actions);
  window.frame(played, usual, {press(Key::Escape)});
  for (const bool down : {true, false, false}) window.point(played, usual, there, down, actions);
  CHECK(actions.empty());
  CHECK(window.state.diagram.open);
}

TEST_CASE("What is due has a row of its own: a click plays up to it, and its buttons act at once") {
  Played played(5);
  played.play_a_while();
  Window window;
  window.frame(played, usual);
  const Layout layout = make_layout({.width = usual.width, .height = usual.height, .nodes = 5});
  const std::vector<raft::sim::Upcoming> due = raft::sim::queue(played.run.world());
  REQUIRE_FALSE(due.empty());
  const Point row{layout.upcoming.left + 150, layout.upcoming.top + 36 + 13};
  const Actions actions = window.click(played, usual, row);
  REQUIRE(the_only<PlayUntil>(actions) != nullptr);
  CHECK(the_only<PlayUntil>(actions)->time == due.front().at);
  const Actions now = window.click(played, usual, {layout.upcoming.right - 20 - 13, layout.upcoming.top + 36 + 13});
  REQUIRE(the_only<Intervene>(now) != nullptr);
}

TEST_CASE("The number of a step on the seek bar goes to that step") {
  Played played(3);
  played.play_a_while();
  Window window;
  window.walkthrough = WalkthroughView{};
  window.walkthrough->step = 1;
  window.walkthrough->step_count = 3;
  window.steps = {{0, 10, played.run.record(10).at}, {1, played.run.position(), played.run.clock() * 3 / 4}};
  window.frame(played, usual);
  const Layout layout = make_layout({.width = usual.width, .height = usual.height, .nodes = 3});
  // Somewhere below the band stands the number: the row is searched from the left.
  bool found = false;
  for (float x = 700; x < 1390 && !found; x += 3) {
    const Actions actions = window.click(played, usual, {x, layout.transport.center().y + 20});
    for (const Action& action : actions) {
      if (const auto* step = std::get_if<GoToStep>(&action)) found = step->index == 1;
    }
  }
  CHECK(found);
}

}  // namespace ui::test
