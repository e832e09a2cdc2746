// The diagram, when what it shows is not so any more, or not yet.
#include <doctest/doctest.h>

#include "tests/ui/window.h"
#include "ui/diagram_scene.h"

namespace ui::test {

TEST_CASE("The menu of a message, and the head that is held, are let go when the run was changed: its number may be another's") {
  Played played(5);
  played.play_a_while();
  Window window;
  window.state.diagram.open = true;
  window.frame(played, usual_size);
  REQUIRE_FALSE(window.state.diagram.past.flights.empty());
  const raft::sim::MessageId message = window.state.diagram.past.flights.back().flight.id;
  window.state.diagram.menu = {.message = message};
  window.frame(played, usual_size);
  REQUIRE(window.state.diagram.menu.message == message);
  ++window.rewrites;
  window.frame(played, usual_size);
  CHECK(window.state.diagram.menu.message == raft::sim::no_message);

  window.mouse_down = true;
  window.frame(played, usual_size);
  window.state.diagram.drag = {.kind = DiagramDrag::Kind::Delay, .head = message};
  window.frame(played, usual_size);
  REQUIRE(window.state.diagram.drag.head == message);
  ++window.rewrites;
  window.frame(played, usual_size);
  CHECK(window.state.diagram.drag.kind == DiagramDrag::Kind::None);
}

TEST_CASE("A message that is not sent yet is of the future, also if its sending is not among the events that are kept") {
  Played played(3);
  const raft::NodeId a = raft::node_at(0);
  played.act(raft::sim::FireElectionTimer{a});  // the clock stands still: what A sends, it sends at the same moment
  const std::int64_t sent = played.run.position();
  const raft::sim::MessageId message = played.run.world().network.flight(0).id;
  const raft::sim::Time clock = played.run.clock();
  played.step(20);
  DiagramPast past;
  refresh(past, played.run, 0, clock, played.run.clock());
  REQUIRE(past.find(message) != nullptr);
  PastFlight flight = *past.find(message);
  REQUIRE(flight.sent_event == sent);
  REQUIRE(flight.end_event > sent);
  flight.sent_event = -1;
  past.first = sent + 1;
  const auto tense_at = [&](std::int64_t event) {
    played.run.seek(event);
    return tense_of(past, flight, played.run);
  };
  CHECK(tense_at(sent - 1) == DiagramTense::Future);
  CHECK(tense_at(sent) == DiagramTense::OnItsWay);
  CHECK(tense_at(flight.end_event) == DiagramTense::Past);
}

}  // namespace ui::test
