// Places on the stage where one thing lies free, so that a click meets it and nothing else.
#pragma once

#include "tests/window/bench.h"

namespace window_test {

/// Whether `wanted` is met there, and beside it, too.
bool hits_around(const ui::Scene& scene, ui::Point at, const ui::Hit& wanted);

/// A message that lies free, after as many events as that takes.
ui::FlightShape find_flight(Bench& bench);

struct LinkPlace {
  ui::LinkShape link;
  ui::Point at;
};

/// A place on an open link where nothing else is.
LinkPlace find_open_link(Bench& bench);

/// The same for this link as it is drawn now, whatever was done to it; what was drawn beside it may have moved.
ui::Point find_place_on(Bench& bench, raft::NodeId a, raft::NodeId b);

}  // namespace window_test
