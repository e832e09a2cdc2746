// Looks at what the twin shows; goes on event by event until there is something to look at.
#include "tests/window/places.h"

#include <doctest/doctest.h>

namespace window_test {

using ui::Hit;
using ui::Point;

bool hits_around(const ui::Scene& scene, Point at, const Hit& wanted) {
  for (const Point by : {Point{0, 0}, Point{2, 0}, Point{-2, 0}, Point{0, 2}, Point{0, -2}}) {
    if (!(ui::hit_test(scene, at + by) == wanted)) return false;
  }
  return true;
}

ui::FlightShape find_flight(Bench& bench) {
  for (int i = 0; i < 60; ++i) {
    if (bench.twin().world().network.in_flight() > 0) {
      const ui::Scene scene = bench.twin().scene();
      for (const ui::FlightShape& flight : scene.flights) {
        const Hit wanted{.kind = Hit::Kind::Message, .message = flight.id};
        if (flight.progress > 0.2F && flight.progress < 0.8F && hits_around(scene, flight.at, wanted)) return flight;
      }
    }
    bench.key("Right");
  }
  FAIL("no message to click on within 60 events");
  return {};
}

LinkPlace find_open_link(Bench& bench) {
  const ui::Scene scene = bench.twin().scene();
  for (std::size_t i = 0; i < scene.links.size(); ++i) {
    const ui::LinkShape& link = scene.links[i];
    if (!link.a_to_b || !link.b_to_a) continue;
    for (float t = 0.2F; t < 0.8F; t += 0.02F) {
      const Point at = ui::between(link.from, link.to, t);
      const bool alone = hits_around(scene, at, {.kind = Hit::Kind::Link, .link = i});
      if (alone && at.x > scene.client_lane.right && at.y > scene.area.top + 60) return {link, at};
    }
  }
  FAIL("no link lies free");
  return {};
}

}  // namespace window_test
